"""Why a pair is a conflict, or why not: chain, arithmetic, what weakened it, what comes nearest."""

from __future__ import annotations

from typing import Any

import pytest
from pytest import approx

from app.domain.errors import Unknown
from app.domain.why import Side, Why, why
from tests.domain.told import CHURN, SALES, SERVICE, TRUST, a_company, a_kpi, a_plan, detected


def selling(**component: Any) -> dict[str, Any]:
    """Branches paid for products per customer; customers owed trust; a satisfaction KPI at hand for safeguards."""
    return a_company(
        {**SALES, "name": "Branches"},
        kpis=[
            a_kpi("products", "sales", "Products per customer", metric="sales.cross_sell_ratio", weight=90),
            a_kpi("trusted", "sales", "Trust survey", metric="customer.trust", weight=10),
        ],
        outcomes=[TRUST, {**CHURN, "weight": 1}],
        incentive_plans=[a_plan("products", "sales", 0.3, **component)],
    )


def asked(document: dict[str, Any], source: str, target: str) -> Why:
    """The answer for a pair."""
    return why(detected(document), source, target)


def side(document: dict[str, Any], source: str, target: str) -> Side:
    """The first side of a pair."""
    return asked(document, source, target).sides[0]


def weakenings(found: Side) -> dict[str, tuple[float, float]]:
    """What weakened a side, before and after."""
    return {w.kind: (w.before, w.after) for w in found.weakened}


def test_a_conflict_has_its_finding_and_its_chain():
    """The answer names the finding, and the side shows numbers and arcs of it."""
    document = selling()
    reported = next(
        m for m in detected(document).matches if m.rule.rule.id == "FLU101" and m.conflict.target.item.key == "trust"
    )

    found = asked(document, "products", "trust")

    assert found.finding == reported.fingerprint
    assert found.sides[0].reason == "conflict"
    assert found.sides[0].severity == reported.severity
    assert found.sides[0].chain[-1].target == ("customer.trust", "down")


def test_a_component_stands_for_its_kpi():
    """Asking for what pays is asking for what is paid."""
    assert asked(selling(), "pay-products", "trust") == asked(selling(), "products", "trust")


def test_a_pair_of_goals_is_looked_at_from_both_sides():
    """The stronger side is reported, the other one is told as weaker."""
    document = a_company(
        SERVICE,
        {"key": "people", "name": "People", "function": "hr"},
        kpis=[
            a_kpi("aht", "service", "Call length", "decrease", metric="service.average_handle_time"),
            a_kpi("turnover", "people", "Turnover", "decrease", metric="hr.employee_turnover"),
        ],
        outcomes=[TRUST],
    )

    found = asked(document, "aht", "turnover")

    assert {(s.source, s.target) for s in found.sides} == {("aht", "turnover"), ("turnover", "aht")}


def test_a_gate_is_told_with_what_it_took():
    """The gate on the guarded metric and the care that it brings for the rest are two weakenings."""
    free, gated = side(selling(), "products", "trust"), side(selling(gate={"kpi": "trusted"}), "products", "trust")

    assert weakenings(gated)["gate"] == (approx(free.harm), approx(0.2 * free.harm))
    assert gated.harm == approx(0.2 * free.harm)
    assert side(selling(gate={"kpi": "trusted"}), "products", "churn").harm < side(selling(), "products", "churn").harm
    assert "spill" in weakenings(side(selling(gate={"kpi": "trusted"}), "products", "churn"))


def test_scaled_pay_is_told_with_what_it_took():
    """A modifier halves the harm to what it scales by."""
    free = side(selling(), "products", "trust")
    scaled = side(selling(modifier={"kpi": "trusted", "low": 0.8, "high": 1.2}), "products", "trust")

    assert weakenings(scaled)["modifier"] == (approx(free.harm), approx(0.5 * free.harm))


def test_held_pay_is_told_with_what_it_took():
    """Pay that is still held when the harm shows halves the net harm; pay that is not takes nothing."""
    held = side(selling(clawback={"months": 24}), "products", "trust")
    brief = side(selling(clawback={"months": 1}), "products", "trust")

    before, after = weakenings(held)["held_pay"]
    assert after == approx(0.5 * before) == approx(held.net)
    assert "held_pay" not in weakenings(brief)


def test_what_the_department_answers_for_itself_lowers_the_severity():
    """The KPI by which it does so is named, and the severity before and after."""
    found = side(selling(), "products", "trust")

    (by,) = [w for w in found.weakened if w.kind == "internalised"]
    assert by.by == "trusted"
    assert by.after == approx(found.severity)
    assert by.after < by.before


def test_help_weakens_and_a_tie_weakens_more():
    """Every weakening lowers its value."""
    document = a_company(
        SERVICE,
        kpis=[a_kpi("aht", "service", "Call length", "decrease", metric="service.average_handle_time")],
        outcomes=[
            {"key": "effort", "name": "Effort", "metric": "customer.effort", "direction": "decrease", "weight": 1}
        ],
    )

    found = side(document, "aht", "effort")

    kind = "tie" if found.help >= found.harm else "help"
    assert weakenings(found)[kind] == (approx(found.harm), approx(found.net))
    assert all(w.after < w.before for w in found.weakened)


def test_what_only_helps_is_no_conflict():
    """Resolution helps churn; the chain that helps is shown."""
    document = a_company(
        SERVICE,
        kpis=[a_kpi("solved", "service", "Solved", metric="service.first_contact_resolution")],
        outcomes=[CHURN],
    )

    found = asked(document, "solved", "churn")

    assert found.finding is None
    assert found.sides[0].reason == "only_helps"
    assert found.sides[0].help_chain


def test_a_name_that_was_not_understood_is_the_reason():
    """Nothing is said of what a riddle does, nor of what is done to it."""
    document = selling()
    document["kpis"].append(a_kpi("lantern", "sales", "Zorblax", weight=1))

    assert side(document, "lantern", "trust").reason == "source_unknown"
    assert side(document, "products", "lantern").reason == "target_unknown"


def test_a_chain_through_customers_is_the_customers_conflict():
    """Revenue is harmed only because customers leave; the chain is shown, and nothing is reported."""
    document = a_company(
        SERVICE,
        SALES,
        kpis=[
            a_kpi("saves", "service", "Saves", metric="service.save_rate"),
            a_kpi("revenue", "sales", "Revenue", metric="sales.revenue"),
        ],
        outcomes=[TRUST],
    )

    found = side(document, "saves", "revenue")

    assert found.reason == "through_customers"
    assert any(link.target.metric.startswith("customer.") for link in found.chain[:-1])
    assert asked(document, "saves", "revenue").finding is None


def test_where_no_chain_counts_the_nearest_one_is_shown_with_its_strength():
    """A chain under the cut-off is no chain; it is still the answer to why not."""
    document = selling()
    document["parameters"] = {"cutoff": 0.5, "max_hops": 1}
    document["kpis"].append(a_kpi("growth", "sales", "New customers", metric="sales.new_customers", weight=1))
    document["outcomes"] = [{**TRUST, "metric": "service.service_level", "name": "Answered in time"}]

    found = side(document, "growth", "trust")

    assert found.reason in ("no_chain", "only_helps")
    assert found.nearest is not None
    assert found.nearest.chain[-1].target == ("service.service_level", "down")
    assert 0 < found.nearest.strength < 0.5


def test_where_nothing_leads_the_two_edges_of_the_gap_are_shown():
    """What the push reaches, and what would reach the target."""
    document = a_company(
        SALES,
        kpis=[
            a_kpi("stars", "sales", "Stars", metric="own.stars"),
            a_kpi("bright", "sales", "Light", metric="own.light"),
        ],
        outcomes=[TRUST],
        metrics=[
            {"id": "own.stars", "name": "Stars", "family": "peer_comparison", "good_direction": "increase"},
            {"id": "own.light", "name": "Light", "family": "utilisation", "good_direction": "increase"},
            {"id": "own.dark", "name": "Dark", "family": "utilisation", "good_direction": "decrease"},
        ],
        influences=[{"source": "own.dark", "target": "own.light", "sign": "-", "source_note": "seen in the cellar"}],
    )

    found = side(document, "stars", "bright")

    assert found.nearest is not None
    if not found.nearest.chain:
        assert found.nearest.reached_by == (("own.dark", "up"),)


def test_an_unknown_key_names_the_nearest():
    """A slip of the finger is answered with the key that was meant."""
    with pytest.raises(Unknown) as raised:
        asked(selling(), "product", "trust")

    assert raised.value.nearest[0] == "products"


def test_an_outcome_pushes_nothing():
    """An outcome is the target whichever way it is asked, and two outcomes have no side to tell."""
    assert asked(selling(), "trust", "products") == asked(selling(), "products", "trust")
    assert asked(selling(), "trust", "churn").sides == ()
