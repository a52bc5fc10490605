"""Recommendations: nothing on faith, in an order that one would take them up, and told in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TypeVar

import pytest

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.document.checks import document_from
from app.domain.findings import Finding
from app.domain.json_patch import PatchFailed, apply
from app.domain.terms import LEVELS
from tests.domain.call_centre import AS_OF, Raw, audit, by_fingerprint, call_centre, recommended

T = TypeVar("T")


def test_every_number_is_that_of_a_fresh_audit_of_the_changed_document():
    """Severity before and after, alignment, and what is removed, weakened and worsened, as the engine itself says."""
    raw = call_centre()
    analysis = audit(raw)
    before = by_fingerprint(analysis)

    for recommendation in analysis.recommendations:
        changed = audit(apply(raw, recommendation.patch), recommend=False)
        after, effect = by_fingerprint(changed), recommendation.effect
        assert effect.severity_before == pytest.approx(sum(f.severity for f in before.values()))
        assert effect.severity_after == pytest.approx(sum(f.severity for f in after.values()))
        assert effect.alignment_after == pytest.approx(changed.summary.alignment_index)
        assert set(effect.removed) == before.keys() - after.keys()
        assert all(after[k].severity < before[k].severity for k in effect.weakened)
        assert set(effect.worsened) >= after.keys() - before.keys()


def test_the_engine_is_the_better_for_every_recommendation():
    """What does not lower the total severity is not recommended."""
    found = recommended(call_centre())

    assert len(found) >= 8
    assert all(r.effect.severity_after < r.effect.severity_before for r in found)


def test_a_change_that_makes_nothing_better_is_dropped():
    """A rule names a longer pay period, but a quarter would not outlast harm that shows after a year: it is not recommended."""
    analysis = audit(call_centre())
    late = {k: f for k, f in by_fingerprint(analysis).items() if f.rule == "INC106" and f.facts["late_lag_days"] > 91}

    assert late
    assert all("longer_horizon" in f.remedies for f in late.values())
    assert not [r for r in analysis.recommendations if r.remedy == "longer_horizon" and late.keys() & set(r.addresses)]


@pytest.mark.slow
def test_no_recommendation_brings_up_something_grave():
    """No finding of level high or worse is new after a change; milder new ones are listed as worsened."""
    raw = call_centre()
    before = by_fingerprint(audit(raw))

    for recommendation in recommended(raw):
        new = [
            f
            for k, f in by_fingerprint(audit(apply(raw, recommendation.patch), recommend=False)).items()
            if k not in before
        ]
        assert {f.fingerprint for f in new} <= set(recommendation.effect.worsened)
        assert not [f.title for f in new if LEVELS.index(f.level) >= LEVELS.index("high")]


def test_what_gets_worse_is_said():
    """The more resolution counts, the more it hurts that lower cost works against it: that is named."""
    raw = call_centre() | {"parameters": {"level_medium": 25}}
    known = by_fingerprint(audit(raw))
    change = only(r for r in recommended(raw) if r.title.startswith("Pay Agent for “First-contact resolution” as well"))

    worse = [known[k] for k in change.effect.worsened if k in known]

    assert {frozenset(s.key for s in f.subjects if s.kind == "kpi") for f in worse} == {frozenset({"cost", "fcr"})}


def test_it_addresses_what_it_clears():
    """The findings that it removes or weakens, those that lose most first."""
    for recommendation in recommended(call_centre()):
        effect = recommendation.effect
        assert set(recommendation.addresses) >= {*effect.removed, *effect.weakened}
        assert not set(recommendation.addresses) & set(effect.worsened)


def test_the_worst_conflict_is_addressed_early():
    """One of the first two recommendations takes on the worst finding."""
    analysis = audit(call_centre())

    assert any(analysis.findings[0].fingerprint in r.addresses for r in analysis.recommendations[:2])


def test_of_two_ways_to_set_one_thing_the_better_is_recommended():
    """No component gets two gates, and no weight is moved twice by one remedy."""
    gates = [r for r in recommended(call_centre()) if r.remedy == "gate"]
    gated = [step["path"] for r in gates for step in r.patch if step["path"].endswith("/gate")]

    assert len(gated) == len(set(gated)) == 2


def test_accepted_findings_count_nowhere():
    """A waived finding is neither in the totals nor addressed, and recommendations for it alone are gone."""
    raw = call_centre()
    owner = only(f for f in audit(raw).findings if f.rule == "GOV101")
    raw["suppressions"] = [{"fingerprint": owner.fingerprint, "owner": "Board", "reason": "Known"}]
    analysis = audit(raw)

    assert not [r for r in analysis.recommendations if r.remedy == "owner"]
    assert not [r for r in analysis.recommendations if owner.fingerprint in (*r.addresses, *r.effect.removed)]
    assert all(r.effect.severity_before == pytest.approx(total(analysis.findings)) for r in analysis.recommendations)


def test_a_well_run_company_is_left_alone():
    """Where nothing is found nothing is recommended."""
    raw = {
        "concord": 1,
        "organization": {"name": "Calm"},
        "departments": [{"key": "service", "name": "Service", "function": "service"}],
        "outcomes": [
            {"key": "solved", "name": "First-contact resolution", "direction": "increase", "weight": 1, "target": 80}
        ],
        "kpis": [{"key": "fcr", "department": "service", "name": "First-contact resolution", "direction": "increase"}],
    }

    assert audit(raw).findings == ()
    assert recommended(raw) == ()


def test_the_patch_begins_with_a_test_of_what_it_touches():
    """Applied to another document, in which another part stands in that place, a patch fails instead of changing it."""
    raw, other = call_centre(), call_centre()
    other["incentive_plans"].reverse()

    for recommendation in recommended(raw):
        assert recommendation.patch[0]["op"] == "test"
        if "/incentive_plans/" in recommendation.patch[0]["path"]:
            with pytest.raises(PatchFailed):
                apply(other, recommendation.patch)


def test_the_changed_document_is_valid():
    """Weights of a plan sum to 1, keys are unique, gates stand on other KPIs: the document is read again without a problem."""
    raw = call_centre()

    for recommendation in recommended(raw):
        document_from(apply(raw, recommendation.patch), catalogue())


@pytest.mark.slow
def test_what_comes_out_does_not_depend_on_the_order_of_lists():
    """The same recommendations, by id, in the same order, with the same effect; only the places in the patches differ."""
    raw, turned = call_centre(), turned_round(call_centre())

    assert [(r.id, r.title, r.effect, r.cost) for r in recommended(turned)] == [
        (r.id, r.title, r.effect, r.cost) for r in recommended(raw)
    ]
    assert recommended(turned)[0].patch != recommended(raw)[0].patch
    assert all(apply(turned, r.patch) for r in recommended(turned))


def test_places_in_a_patch_are_those_of_the_document_as_submitted():
    """Also where a KPI that is no longer in force comes first and takes no part."""
    raw = call_centre()
    raw["kpis"].insert(0, {**raw["kpis"][0], "key": "old", "effective": {"to": "2025-01-01"}})

    for recommendation in recommended(raw):
        apply(raw, recommendation.patch)


@pytest.mark.slow
def test_the_same_change_is_told_in_german():
    """Titles, reasons, risks and the texts that a patch writes are German; ids and effects are the same."""
    english, german = recommended(call_centre()), recommended(call_centre(), "de")

    assert [(r.id, r.effect) for r in german] == [(r.id, r.effect) for r in english]
    assert not {r.title for r in german} & {r.title for r in english}
    assert "Der Kunde kündigt" in json.dumps([r.patch for r in german], ensure_ascii=False)
    assert "Einschätzung" in " ".join(german[0].risks)


def test_risks_name_their_source_or_say_that_they_are_judgement():
    """Nobody takes an opinion for a finding of research."""
    for recommendation in recommended(call_centre()):
        assert recommendation.risks
        assert all(risk.endswith(")") and "(" in risk for risk in recommendation.risks)


@pytest.mark.slow
def test_the_document_may_be_given_without_what_was_submitted():
    """Then the patches are for the document's own dump."""
    document = document_from(call_centre(), catalogue())
    given = analyse(document, catalogue(), as_of=AS_OF).recommendations

    assert [r._replace(patch=()) for r in given] == [r._replace(patch=()) for r in recommended(call_centre())]


@pytest.mark.slow
def test_own_metrics_and_influences_are_known_to_the_second_run():
    """A harm that only the organization knows of is weakened by a gate like any other."""
    raw = call_centre()
    raw["metrics"] = [
        {"id": "acme.calm", "name": "Calm of the line", "family": "service_experience", "good_direction": "increase"}
    ]
    raw["influences"] = [
        {
            "source": "service.average_handle_time",
            "target": "acme.calm",
            "sign": "+",
            "kind": "causal",
            "strength": "strong",
        }
    ]
    raw["outcomes"].append(
        {"key": "calm", "name": "Calm of the line", "metric": "acme.calm", "direction": "increase", "weight": 100}
    )
    analysis = audit(raw)
    harm = only(
        f for f in by_fingerprint(analysis).values() if {"aht", "calm"} <= {s.key for s in f.subjects} and not f.flaw
    )

    assert [r.remedy for r in analysis.recommendations if harm.fingerprint in r.addresses]


def total(findings: tuple[Finding, ...]) -> float:
    return sum(one.severity for finding in findings for one in (finding, *finding.also))


def only(found: Iterable[T]) -> T:
    (one,) = found
    return one


def turned_round(raw: Raw) -> Raw:
    for name in ("departments", "outcomes", "kpis", "incentive_plans"):
        raw[name].reverse()
    return raw
