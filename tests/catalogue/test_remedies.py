"""The remedy catalogue: each example is carried out and proved, every form is shown, and what becomes of a malformed remedy file."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from app.catalogue.check import problems
from app.catalogue.load import catalogue
from app.catalogue.sources import Entry, Sources, read_sources
from app.domain.candidates import Candidate, find_candidates
from app.domain.detection import Detection, detect
from app.domain.document.checks import document_from
from app.domain.findings import Finding
from app.domain.json_patch import apply
from app.domain.patch_templates import render
from app.domain.proofs import Ledger, Rerun
from app.domain.remedies import Remedy, RemedyExample
from app.domain.rulebook import compiled_rules
from app.domain.situation import Company
from app.domain.telling import tell_all
from app.domain.terms import Language

REMEDIES = catalogue().remedies
EXAMPLES = [(remedy, example) for remedy in REMEDIES.values() for example in remedy.examples]
NAMES = [f"{remedy.id}: {example.because}" for remedy, example in EXAMPLES]
AS_OF = date(2026, 7, 1)
LANGUAGES: tuple[Language, ...] = ("en", "de")
PART = re.compile(r"/(kpis|departments|incentive_plans)/[0-9]+(/components/[0-9]+)?")
"""The path of a part that has a key."""


@dataclass(frozen=True)
class Asked:
    """An example seen by the engine: the document before, the finding for which the remedy is asked, and the ways it offers."""

    company: Company
    finding: Finding
    findings: list[Finding]
    ways: list[Candidate]


@pytest.mark.parametrize(("remedy", "example"), EXAMPLES, ids=NAMES)
def test_the_document_before_becomes_the_one_after(remedy: Remedy, example: RemedyExample):
    """Asked for the finding, the remedy offers the very change that the example shows."""
    way = shown(remedy, example)

    assert apply(example.before, way.patch) == example.after


@pytest.mark.parametrize(("remedy", "example"), EXAMPLES, ids=NAMES)
def test_the_finding_is_gone_or_weaker(remedy: Remedy, example: RemedyExample):
    """The engine, run again on the document after, proves it: less severity in all, and less of that for which it was asked."""
    seen, way = asked(remedy, example), shown(remedy, example)
    before, after = run(example.before), run(example.after)

    proof = Ledger(seen.company.document, rerun(before), seen.findings).prove(way, after.document, rerun(after))

    assert proof is not None
    assert seen.finding.fingerprint in proof.drops
    assert proof.cleared == pytest.approx(total(before) - total(after))


@pytest.mark.parametrize(("remedy", "example"), EXAMPLES, ids=NAMES)
def test_both_languages_say_the_same_change(remedy: Remedy, example: RemedyExample):
    """Titles are filled in English and German, and the German patch does the same in the same places."""
    way = shown(remedy, example)
    titles = {way.form.title.said(language, way.bindings) for language in LANGUAGES}
    steps = [render(way.form.patch, way.bindings, example.before, language) for language in LANGUAGES]

    assert len(titles) == 2
    assert not any("{" in title for title in titles)
    assert [(s["op"], s["path"]) for s in steps[0]] == [(s["op"], s["path"]) for s in steps[1]]


@pytest.mark.parametrize(("remedy", "example"), EXAMPLES, ids=NAMES)
def test_what_is_changed_by_place_is_tested_by_key(remedy: Remedy, example: RemedyExample):
    """Whatever part of a list the patch writes into, it has made sure before that this part stands there."""
    sure: set[str] = set()

    for step in shown(remedy, example).patch:
        if step["op"] == "test":
            sure.add(step["path"].removesuffix("/key"))
        elif part := PART.match(step["path"]):
            assert part[0] in sure


@pytest.mark.parametrize("remedy", REMEDIES.values(), ids=REMEDIES)
def test_every_form_is_shown(remedy: Remedy):
    """Each way to carry the remedy out has its own example."""
    assert [shown(remedy, example).form.id for example in remedy.examples] == [form.id for form in remedy.forms]


@pytest.mark.parametrize("remedy", REMEDIES.values(), ids=REMEDIES)
def test_side_effects_are_named(remedy: Remedy):
    """Every remedy says what may go wrong, what it costs, and rests on something that was published."""
    assert remedy.risks
    assert any(catalogue().citations[r.split("#")[0]].status != "editorial" for r in remedy.references)


def test_the_contract_names_its_remedies():
    """The kinds of change that the analysis promises by name are there."""
    promised = (
        "gate clawback deferral reweight shared_kpi longer_horizon remove_component cap smooth_payout guardrail sla owner sponsor "
        "counter_measure train measure single_view"
    )

    assert set(promised.split()) <= set(REMEDIES)


def without(field: str) -> Callable[[dict[str, Any]], None]:
    return lambda data: data.pop(field)


def with_(field: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda data: data.update({field: value})


def in_form(field: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda data: data["forms"][0].update({field: value})


def in_step(number: int, field: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda data: data["forms"][0]["patch"][number].update({field: value})


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (without("when"), "field 'when' is None, expected a text in en and de"),
        (with_("cost", {"en": "little"}), "field 'cost' is {'en': 'little'}, expected a text in en and de"),
        (with_("wehn", "soon"), "field 'wehn' is not known"),
        (without("examples"), "field 'examples' is None, expected a list of at least one entry"),
        (with_("risks", []), "field 'risks' is [], expected a list of at least one entry"),
        (with_("references", ["kerr1957"]), "citation 'kerr1957' does not exist; nearest is 'kerr1975'"),
        (with_("fits", {"flaws": ["no_gate"]}), "flaw 'no_gate' does not exist"),
        (with_("fits", {"kinds": ["conflict"]}), "field 'kinds' is 'conflict', expected one of goal_conflict"),
        (with_("fits", {"rules": ["FLU999"]}), "rule 'FLU999' does not exist"),
        (in_form("find", {"pay": "ungated"}), "finder 'ungated' does not exist; nearest is 'ungated_pay'"),
        (in_form("effort", "tiny"), "field 'effort' is 'tiny', expected one of low, medium, high"),
        (in_form("clears", 30), "field 'clears' is 30, expected a share above 0, at most 1"),
        (in_form("patch", []), "field 'patch' is [], expected a list of at least one entry"),
        (in_form("title", {"en": "Gate {gaurd.name}", "de": "x"}), "{gaurd.name} in form 'on_quality' is found by nothing"),
        (in_step(0, "op", "add"), "field 'patch' begins otherwise, expected a test of what it touches"),
        (in_step(1, "op", "move"), "field 'op' is 'move', expected one of test, add"),
        (in_step(1, "path", "{place.path}/gate"), "{place.path} in form 'on_quality' is found by nothing"),
        (in_step(1, "each", "payments.items"), "{payments.items} in form 'on_quality' is found by nothing"),
        (with_("id", "gates"), "belongs into remedies/gates.yaml"),
    ],
)  # fmt: skip
def test_a_faulty_remedy_is_named(spoil: Callable[[dict[str, Any]], None], reason: str):
    """File, remedy and field are named, with what was expected."""
    found = problems(spoiled("gate", spoil))

    assert any(p.file == "remedies/gate.yaml" and reason in p.reason for p in found), [str(p) for p in found]


def test_a_rule_may_not_name_a_remedy_that_does_not_exist():
    """A rule without its remedy would promise a change that nobody can make."""
    sources = written()
    left = [entry for entry in sources.of("remedies") if entry.id != "cap"]

    found = problems(Sources(sources.version, {**sources.sections, "remedies": left}, sources.packs, sources.lexicon))

    assert any("remedy 'cap' does not exist" in problem.reason for problem in found)


def shown(remedy: Remedy, example: RemedyExample) -> Candidate:
    """The way that makes the document before into the one after."""
    offered = asked(remedy, example).ways
    return next((way for way in offered if apply(example.before, way.patch) == example.after), offered[0])


def asked(remedy: Remedy, example: RemedyExample) -> Asked:
    """Ask one remedy for the finding of its example."""
    detection = run(example.before)
    findings = tell_all(detection.matches, detection, "en")
    finding = next(
        f for f in findings if f.rule == example.rule and set(example.subjects) <= {s.key for s in f.subjects}
    )
    company = Company(document_from(example.before, catalogue()), example.before, detection)
    return Asked(company, finding, findings, find_candidates(company, [finding], {remedy.id: remedy}))


def run(raw: Mapping[str, Any]) -> Detection:
    return detect(document_from(raw, catalogue()), catalogue(), compiled_rules(catalogue()), AS_OF)


def total(detection: Detection) -> float:
    return sum(match.severity for match in detection.matches)


def rerun(detection: Detection) -> Rerun:
    return Rerun.of(detection)


@lru_cache(maxsize=1)
def written() -> Sources:
    return read_sources()


def spoiled(remedy: str, spoil: Callable[[dict[str, Any]], None]) -> Sources:
    sources = written()
    entries = []
    for entry in sources.of("remedies"):
        data = copy.deepcopy(entry.data)
        if entry.id == remedy:
            spoil(data)
        entries.append(Entry(entry.file, data))
    return Sources(sources.version, {**sources.sections, "remedies": entries}, sources.packs, sources.lexicon)
