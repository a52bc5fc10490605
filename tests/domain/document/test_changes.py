"""What two documents differ in, part by part, as people are told it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from app.domain.document.changes import Change, MemberChange, changes_between, patch_between

OLD: dict[str, Any] = {
    "concord": 1,
    "organization": {"name": "Acme", "customers": {"segments": [{"key": "big", "share": 0.2}]}},
    "departments": [{"key": "service", "name": "Service", "function": "service"}],
    "kpis": [
        {
            "key": "aht",
            "department": "service",
            "name": "Handle time",
            "direction": "decrease",
            "shared_with": ["a", "b"],
        },
        {"key": "fcr", "department": "service", "name": "Solved at once", "direction": "increase"},
    ],
    "incentive_plans": [
        {
            "key": "agents",
            "department": "service",
            "period": "month",
            "components": [
                {"key": "agents-aht", "kpi": "aht", "weight": 0.6, "payout": {"kind": "linear", "cap": 1.5}},
                {"key": "agents-fcr", "kpi": "fcr", "weight": 0.4, "payout": {"kind": "linear"}},
            ],
        }
    ],
    "influences": [{"source": "a", "target": "b", "sign": "+"}],
    "suppressions": [{"rule": "FLU101", "subjects": ["aht"], "reason": "known"}],
}


def changed(*steps: tuple[Any, ...]) -> dict[str, Any]:
    """The document with a value put at a place; the last of each step is the value."""
    raw = deepcopy(OLD)
    for *way, last, value in steps:
        at: Any = raw
        for name in way:
            at = at[name]
        at[last] = value
    return raw


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        pytest.param(OLD, (), id="nothing"),
        pytest.param(
            changed(("incentive_plans", 0, "components", 0, "payout", "cap", None)),
            (Change("changed", ("incentive_plans", "agents", "components", "agents-aht"),
                    (MemberChange(("payout", "cap"), 1.5, None),)),),
            id="a member within a component is left out",
        ),
        pytest.param(
            changed(("incentive_plans", 0, "components", 0, "gate", {"kpi": "fcr"})),
            (Change("changed", ("incentive_plans", "agents", "components", "agents-aht"),
                    (MemberChange(("gate",), None, {"kpi": "fcr"}),)),),
            id="a gate comes",
        ),
        pytest.param(
            changed(("incentive_plans", 0, "period", "year")),
            (Change("changed", ("incentive_plans", "agents"), (MemberChange(("period",), "month", "year"),)),),
            id="a member of a plan",
        ),
        pytest.param(
            changed(("kpis", OLD["kpis"][:1])),
            (Change("removed", ("kpis", "fcr"), before=OLD["kpis"][1]),),
            id="a KPI goes",
        ),
        pytest.param(
            changed(("kpis", 0, "shared_with", ["b", "c"])),
            (Change("changed", ("kpis", "aht"), (MemberChange(("shared_with",), ["a", "b"], ["b", "c"]),)),),
            id="a list of keys is one member",
        ),
        pytest.param(changed(("kpis", 0, "shared_with", ["b", "a"])), (), id="the order of a list of keys"),
        pytest.param(changed(("kpis", 0, "inverted", False)), (), id="a default that is written out"),
        pytest.param(changed(("kpis", 0, "target", None), ("metrics", [])), (), id="null and empty are left out"),
        pytest.param(
            changed(("organization", "customers", "segments", 0, "share", 0.3)),
            (Change("changed", ("organization", "customers", "segments", "big"), (MemberChange(("share",), 0.2, 0.3),)),),
            id="a segment",
        ),
        pytest.param(
            changed(("influences", 0, "sign", "-"), ("suppressions", 0, "reason", "accepted")),
            (Change("changed", ("influences", "a b"), (MemberChange(("sign",), "+", "-"),)),
             Change("changed", ("suppressions", "FLU101 aht"), (MemberChange(("reason",), "known", "accepted"),))),
            id="what has no key goes by what it is about",
        ),
        pytest.param(
            changed(("governance", {"shared_kpis": ["aht"]}), ("parameters", {"gate_factor": 0.3})),
            (Change("changed", ("governance",), (MemberChange(("shared_kpis",), None, ["aht"]),)),
             Change("changed", ("parameters",), (MemberChange(("gate_factor",), None, 0.3),))),
            id="what there is one of",
        ),
    ],
)  # fmt: skip
def test_changes_are_told_part_by_part(new: dict[str, Any], expected: tuple[Change, ...]):
    """Each part that differs, with the members that differ before and after."""
    assert changes_between(OLD, new) == expected


def test_a_change_says_what_it_is_about():
    """A component goes by its own key and that of its plan; what there is one of has no key."""
    component = Change("changed", ("incentive_plans", "agents", "components", "agents-aht"))
    governance = Change("changed", ("governance",))

    assert (component.kind, component.key, component.within) == ("component", "agents-aht", "agents")
    assert (governance.kind, governance.key, governance.within) == ("governance", "", "")


def test_a_patch_tests_the_key_of_what_it_touches():
    """Whoever applies it to another document is stopped before anything wrong is changed."""
    new = changed(
        ("incentive_plans", 0, "components", 0, "weight", 0.5), ("incentive_plans", 0, "components", 1, "weight", 0.5)
    )

    assert patch_between(OLD, new) == [
        {"op": "test", "path": "/incentive_plans/0/key", "value": "agents"},
        {"op": "test", "path": "/incentive_plans/0/components/0/key", "value": "agents-aht"},
        {"op": "replace", "path": "/incentive_plans/0/components/0/weight", "value": 0.5},
        {"op": "test", "path": "/incentive_plans/0/components/1/key", "value": "agents-fcr"},
        {"op": "replace", "path": "/incentive_plans/0/components/1/weight", "value": 0.5},
    ]


def test_an_item_that_moves_is_moved_alone():
    """Of a list in which one item stands elsewhere only that item is touched."""
    old = {"kpis": [{"key": key} for key in "abcd"]}
    new = {"kpis": [{"key": key} for key in "dabc"]}

    assert patch_between(old, new) == [
        {"op": "test", "path": "/kpis/3/key", "value": "d"},
        {"op": "remove", "path": "/kpis/3"},
        {"op": "add", "path": "/kpis/0", "value": {"key": "d"}},
    ]
