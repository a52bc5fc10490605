"""What was changed in one copy of a document, made in another copy that was changed meanwhile."""

from __future__ import annotations

import copy
from typing import Any

from app.domain.three_way import merge

Raw = dict[str, Any]

BASE: Raw = {
    "concord": 1,
    "organization": {"key": "acme", "name": "Acme"},
    "departments": [{"key": "service", "name": "Service", "function": "service"}],
    "kpis": [
        {"key": "aht", "department": "service", "name": "Handling time", "direction": "decrease", "weight": 40},
        {"key": "csat", "department": "service", "name": "Satisfaction", "direction": "increase", "weight": 60},
    ],
    "incentive_plans": [
        {
            "key": "agents",
            "department": "service",
            "period": "month",
            "target_variable_pay_share": 0.2,
            "components": [
                {"key": "a", "kpi": "aht", "weight": 0.6, "payout": {"kind": "linear", "cap": 1.5}},
                {"key": "b", "kpi": "csat", "weight": 0.4, "payout": {"kind": "linear"}},
            ],
        }
    ],
}


def with_(**changes: Any) -> Raw:
    """The base with values set at paths of keys: `kpis__aht__weight=30`; None takes away."""
    raw = copy.deepcopy(BASE)
    for path, value in changes.items():
        *way, last = path.split("__")
        at: Any = raw
        for name in way:
            at = next(item for item in at if item["key"] == name) if isinstance(at, list) else at[name]
        if isinstance(at, list):
            at[:] = [item for item in at if item["key"] != last]
        elif value is None:
            del at[last]
        else:
            at[last] = value
    return raw


def test_changes_in_different_places_are_both_made() -> None:
    """Members of one part among them."""
    ours, theirs = with_(kpis__aht__weight=30), with_(kpis__aht__name="Speed", organization__name="Acme & Sons")

    merged = merge(BASE, ours, theirs)

    assert merged.clashes == ()
    assert merged.raw == with_(kpis__aht__weight=30, kpis__aht__name="Speed", organization__name="Acme & Sons")


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    """Neither of a member, nor of a part that both took out."""
    both = with_(kpis__aht__weight=30, kpis__csat=None)

    assert merge(BASE, both, with_(kpis__aht__weight=30)).clashes == ()
    assert merge(BASE, both, both) == merge(BASE, BASE, both)


def test_a_member_that_both_changed_is_chosen() -> None:
    """Ours until somebody chooses; the pointer leads by keys."""
    ours, theirs = with_(kpis__aht__weight=30), with_(kpis__aht__weight=50)

    merged = merge(BASE, ours, theirs)
    (clash,) = merged.open
    assert (clash.pointer, clash.base, clash.theirs, clash.ours) == ("/kpis/aht/weight", 40, 50, 30)
    assert merged.raw == ours
    assert merge(BASE, ours, theirs, {clash.pointer: "theirs"}).raw == theirs
    assert merge(BASE, ours, theirs, {clash.pointer: "theirs"}).open == ()


def test_a_whole_member_meets_a_change_within_it() -> None:
    """The payout that ours replaces has another cap in theirs: one conflict, about what both hold."""
    ours = with_(incentive_plans__agents__components__a__payout__cap=None)
    theirs = with_(incentive_plans__agents__components__a__payout__cap=2.0)

    (clash,) = merge(BASE, ours, theirs).clashes
    assert clash.pointer == "/incentive_plans/agents/components/a/payout/cap"
    assert (clash.ours, clash.theirs) == (None, 2.0)


def test_a_change_of_what_theirs_took_out_can_bring_it_back() -> None:
    """The whole part as ours has it, or none; what ours took out and theirs took out, too, stays out."""
    ours, theirs = with_(kpis__aht__weight=30), with_(kpis__aht=None)

    (clash,) = merge(BASE, ours, theirs).open
    assert (clash.pointer, clash.part_gone) == ("/kpis/aht", True)
    assert merge(BASE, ours, theirs, {"/kpis/aht": "theirs"}).raw == theirs
    back = merge(BASE, ours, theirs, {"/kpis/aht": "ours"}).raw
    assert sorted(back["kpis"], key=lambda kpi: str(kpi["key"])) == ours["kpis"]
    assert (
        merge(BASE, with_(incentive_plans__agents__components__a=None), with_(incentive_plans__agents=None)).raw[
            "incentive_plans"
        ]
        == []
    )


def test_what_ours_took_out_and_theirs_changed_is_chosen() -> None:
    """Nobody's work goes unseen."""
    ours, theirs = with_(kpis__csat=None), with_(kpis__csat__weight=70)

    (clash,) = merge(BASE, ours, theirs).open
    assert (clash.pointer, clash.ours) == ("/kpis/csat", None)
    assert merge(BASE, ours, theirs, {"/kpis/csat": "theirs"}).raw == theirs
    assert merge(BASE, ours, theirs, {"/kpis/csat": "ours"}).raw == ours


def test_weights_of_a_plan_go_together() -> None:
    """A mixture of both sides would not sum to one; what else changed in the components is made whichever is chosen."""
    ours = with_(
        incentive_plans__agents__components__a__weight=0.3, incentive_plans__agents__components__b__weight=0.7,
        incentive_plans__agents__components__b__payout__cap=1.2,
    )  # fmt: skip
    theirs = with_(
        incentive_plans__agents__components__a__weight=0.9, incentive_plans__agents__components__b__weight=0.1
    )

    (clash,) = merge(BASE, ours, theirs).open
    assert clash.pointer == "/incentive_plans/agents/components"
    for side, weights in (("ours", [0.3, 0.7]), ("theirs", [0.9, 0.1])):
        chosen = merge(BASE, ours, theirs, {clash.pointer: side})  # type: ignore[dict-item]
        components = chosen.raw["incentive_plans"][0]["components"]
        assert [one["weight"] for one in components] == weights
        assert components[1]["payout"]["cap"] == 1.2
