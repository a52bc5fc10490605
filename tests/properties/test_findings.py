"""What must hold for every company: the order of lists, scales of weights and names of keys mean nothing; findings are stable."""

from __future__ import annotations

import copy
import random
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.conflicts import Conflict, Internalised, conflict_of
from app.domain.detection import Detection, detect
from app.domain.document.checks import document_from
from app.domain.findings import Finding
from app.domain.rulebook import compiled_rules
from app.reports.canonical_json import render_analysis
from tests.cases.audits import AS_OF
from tests.counts import many
from tests.properties.companies import Raw, companies

CLOSE = 1e-9


@settings(max_examples=many(1_000))
@given(companies(), st.randoms(use_true_random=False))
def test_the_order_of_lists_means_nothing(raw: Raw, chance: random.Random):
    """Shuffled lists give the same analysis, byte for byte (patches, which name places, apart)."""
    shuffled = _shuffled(raw, chance)

    assert _without_patches(shuffled) == _without_patches(raw)


@settings(max_examples=many(1_000))
@given(companies())
def test_the_scale_of_weights_means_nothing(raw: Raw):
    """KPI and outcome weights times ten give the same findings."""
    scaled = copy.deepcopy(raw)
    for item in (*scaled["kpis"], *scaled["outcomes"]):
        if "weight" in item:
            item["weight"] *= 10

    assert _rounded(_findings(scaled)) == _rounded(_findings(raw))


@settings(max_examples=many(1_000))
@given(companies())
def test_keys_are_only_names(raw: Raw):
    """Other keys give the same findings up to keys and fingerprints, unless the two sides of a pair are exactly as bad."""
    assume(not _has_ties(_detected(raw)))
    renamed = _renamed(raw)

    assert sorted(_rounded(_findings(renamed), keys=False)) == sorted(_rounded(_findings(raw), keys=False))


@settings(max_examples=many(1_000))
@given(companies(), st.data())
def test_removing_a_goal_creates_no_conflict_between_others(raw: Raw, data: st.DataObject):
    """A goal that nobody is paid for and no gate looks at can go without making two others collide."""
    named = str(raw.get("incentive_plans", "")) + str(raw.get("governance", ""))
    free = [k for k in raw["kpis"] if f"'{k['key']}'" not in named]
    if not free or len(raw["kpis"]) < 3:
        return
    gone = data.draw(st.sampled_from(free))
    fewer = copy.deepcopy(raw)
    fewer["kpis"] = [k for k in fewer["kpis"] if k["key"] != gone["key"]]

    assert _pairs(_detected(fewer)) <= _pairs(_detected(raw))


@settings(max_examples=many(1_000))
@given(companies(), st.data())
def test_a_stronger_influence_never_lowers_harm(raw: Raw, data: st.DataObject):
    """Where chains of metrics answer before and after, making one influence stronger leaves no pair with less harm that counts."""
    before = _detected(raw)
    on_chains = sorted(
        {a.influence.id for c in _conflicts(before) for a in c.between.chain if c.between.fallback == "none"}
    )
    on_chains = [
        i
        for i in on_chains
        if catalogue().influences[i].strength != "strong" and catalogue().influences[i].kind != "identity"
    ]
    if not on_chains:
        return
    stronger = {
        **copy.deepcopy(raw),
        "influences": [{"overrides": data.draw(st.sampled_from(on_chains)), "strength": "strong"}],
    }
    after = _detected(stronger)

    weaker = {pair: harm for pair, harm in _harms(before).items() if _harms(after).get(pair, harm) < harm - CLOSE}
    assert {pair: harm for pair, harm in weaker.items() if harm >= before.goals.parameters.harm_floor} == {}


@settings(max_examples=many(1_000))
@given(companies(), st.data())
def test_a_gate_makes_no_conflict_of_its_goal_worse(raw: Raw, data: st.DataObject):
    """Whatever it guards: what it keeps away is not asked of families in its place."""
    paid = [c for plan in raw.get("incentive_plans", []) for c in plan["components"] if _plain(c)]
    if not paid or len(raw["kpis"]) < 2:
        return
    component = data.draw(st.sampled_from(paid))
    gated = copy.deepcopy(raw)
    others = sorted(k["key"] for k in raw["kpis"] if k["key"] != component["kpi"])
    (same,) = [c for p in gated["incentive_plans"] for c in p["components"] if c["key"] == component["key"]]
    same["gate"] = {"kpi": data.draw(st.sampled_from(others)), "condition": ">= 1"}

    before, after = (_severities(_detected(document), component["kpi"]) for document in (raw, gated))

    assert {pair: bad for pair, bad in after.items() if bad > before.get(pair, 0.0) + CLOSE} == {}


@settings(max_examples=many(1_000))
@given(companies())
def test_every_number_is_within_its_bounds(raw: Raw):
    """Severity 0–100, shares 0–1, alignment −1 to 1; every cell of the matrix counts what is there."""
    analysis = _analysed(raw)

    every = [f for entry in analysis.findings for f in (entry, *entry.also)]
    assert all(0 <= f.severity <= 100 and 0 <= f.confidence <= 1 for f in every)
    assert all(d.alignment is None or -1 <= d.alignment <= 1 for d in analysis.departments)
    assert all(0 <= d.coverage <= 1 + CLOSE for d in analysis.departments)
    assert len({f.fingerprint for f in every}) == len(every)
    conflicts = [f for f in every if f.kind in ("goal_conflict", "outcome_conflict", "internal_tension")]
    assert sum(cell.count for cell in analysis.matrix) == len(conflicts)


def _detected(raw: Raw) -> Detection:
    return detect(document_from(raw, catalogue()), catalogue(), compiled_rules(catalogue()), AS_OF)


def _analysed(raw: Raw) -> Any:
    return analyse(document_from(raw, catalogue()), catalogue(), as_of=AS_OF, raw=raw, with_recommendations=False)


def _findings(raw: Raw) -> list[Finding]:
    return [f for entry in _analysed(raw).findings for f in (entry, *entry.also)]


def _without_patches(raw: Raw) -> bytes:
    return render_analysis(_analysed(raw))


def _conflicts(detection: Detection) -> list[Conflict]:
    return [m.conflict for m in detection.matches if m.conflict and m.rule.rule.fact_kind.startswith("goal_")]


def _pairs(detection: Detection) -> set[frozenset[str]]:
    return {frozenset((c.goal.item.key, c.target.item.key)) for c in _conflicts(detection)}


def _has_ties(detection: Detection) -> bool:
    """Whether a pair's two sides are equally bad, so that only keys decide which of them is reported."""
    worst: dict[frozenset[int], tuple[float, object]] = {}
    answered = Internalised(detection.field)
    for goal in detection.goals.goals:
        for target in detection.field.targets:
            conflict = conflict_of(detection.field, goal, target, answered)
            if conflict is None:
                continue
            pair, side = frozenset((id(goal.item), id(target.item))), (goal.department, goal.item.key)
            before = worst.get(pair, (0.0, side))
            if before[1] != side and abs(before[0] - conflict.severity) < CLOSE:
                return True
            worst[pair] = max(before, (conflict.severity, side))
    return False


def _harms(detection: Detection) -> dict[tuple[str, str], float]:
    """(goal, target) → harm, wherever chains of metrics answer."""
    found = {}
    for goal in detection.goals.goals:
        for target in detection.field.targets:
            between = detection.field.ask(goal, target)
            if between.fallback == "none":
                found[goal.key, target.item.key + str(target.movement)] = between.harm
    return found


def _rounded(findings: list[Finding], *, keys: bool = True) -> list[Any]:
    """What a finding says, rounded where scaling weights moves the last bit of a double; without keys also without what ties decide."""
    return [
        (
            f.rule,
            round(f.severity, 6),
            f.level,
            (round(f.confidence, 6), *(link.id for link in f.chain)) if keys else (),
            tuple((s.kind, s.key, s.role) for s in f.subjects) if keys else (),
        )
        for f in findings
    ]


def _shuffled(raw: Raw, chance: random.Random) -> Raw:
    shuffled = copy.deepcopy(raw)
    for name in ("departments", "outcomes", "kpis", "incentive_plans"):
        if name in shuffled:
            chance.shuffle(shuffled[name])
    for plan in shuffled.get("incentive_plans", ()):
        chance.shuffle(plan["components"])
    return shuffled


def _renamed(value: Any) -> Any:
    """Every key of the made-up company turned round, references too: k3 → z3."""
    if isinstance(value, dict):
        return {name: member if name == "name" else _renamed(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_renamed(item) for item in value]
    if isinstance(value, str) and value[:1] in "dkopc" and value[1:2].isdigit():
        return f"z{9 - int(value[1])}{value[0]}{value[2:]}"
    return value


def _plain(component: Raw) -> bool:
    """Whether it pays by a line and has no gate, so that a gate takes no lever away."""
    return (
        "gate" not in component
        and component["payout"]["kind"] == "linear"
        and "accelerators" not in component["payout"]
    )


def _severities(detection: Detection, pushed: str) -> dict[tuple[str, str, str], float]:
    """Department, KPI and target → severity, for the goals on one KPI."""
    field = detection.field
    answered = Internalised(field)
    found = {}
    for goal in detection.goals.goals:
        for target in field.targets if goal.item.key == pushed else ():
            conflict = conflict_of(field, goal, target, answered)
            key = (goal.key, target.item.kind, target.item.key)
            found[key] = max(found.get(key, 0.0), conflict.severity if conflict else 0.0)
    return found
