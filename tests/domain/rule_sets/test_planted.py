"""Faults planted in a set of rules are found, and the built-in rules draw no remark."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from app.catalogue.load import catalogue
from app.catalogue.packs import packs
from app.catalogue.sources import FOLDER
from app.domain.detection import Detection, detect
from app.domain.facts.kinds import FACT_KINDS
from app.domain.parameters import parameters
from app.domain.rule_sets.company import company_of
from app.domain.rule_sets.remarks import NO_COMPANY, Company, Remark, remarks
from app.domain.rule_sets.telling import told
from app.domain.rulebook import compiled_rules
from app.domain.rules.rule import STANDARD, CompiledRule, Rule, compile_rule
from app.exchange.read import read
from app.services.audits import document_of

PLANTED = [
    (kind, fault)
    for kind, faults in yaml.safe_load(Path(__file__).with_name("planted.yaml").read_text("utf-8")).items()
    for fault in faults
]
BUILT_IN = compiled_rules(catalogue())
REFINES = {rule: others for pack in packs().values() for rule, others in pack.refines.items()}
COMPANIES = sorted(FOLDER.glob("templates/*.yaml"))


@lru_cache
def detection(file: Path) -> Detection:
    document = document_of(read(file.read_bytes(), file.name, "yaml"))
    return detect(document, catalogue(), BUILT_IN, date(2026, 11, 22))


def own_rule(fact_kind: str, condition: str, **members: Any) -> CompiledRule:
    """A rule of a company's own: a flaw of a component, else a gap."""
    about_pay = fact_kind == "component"
    finding = "incentive_flaw" if about_pay else "governance_gap"
    if fact_kind == "goal":
        members.setdefault("severity", "30")
    base = None if members.get("severity", STANDARD) != STANDARD else 40
    texts = {"en": "Something is wrong", "de": "Etwas stimmt nicht"}
    said: dict[str, Any] = {"finding": finding, "flaw": "own_flaw" if about_pay else None, "base": base, **members}
    rule = Rule(
        "OWN001", "own", "own", 1, fact_kind, condition=condition, title=texts, message=texts, rationale="So.", **said
    )
    return compile_rule(rule, FACT_KINDS)


def remarked(*own: CompiledRule, company: Company = NO_COMPANY) -> list[Remark]:
    return remarks([*BUILT_IN, *own], parameters({}), np.random.default_rng(1), company, REFINES)


def test_fifty_faults_are_planted():
    """The table says nothing twice."""
    assert len({str(fault) for _, fault in PLANTED}) == len(PLANTED) >= 50


@pytest.mark.parametrize(("kind", "fault"), PLANTED, ids=[f"{k}: {f['condition']}" for k, f in PLANTED])
def test_a_planted_fault_is_found(kind: str, fault: dict[str, Any]):
    """The remark names the rule, what is wrong with it, and the built-in rule that it repeats."""
    members = dict(fault)
    other = members.pop("with", None)
    company = company_of(detection(FOLDER / "templates" / "telecom.yaml").tables)

    found = [remark for remark in remarked(own_rule(**members), company=company) if remark.rule == "OWN001"]

    assert (kind, other) in {(remark.kind, remark.other) for remark in found}
    assert {remark.how for remark in found} == {"reasoning"}


def test_built_in_rules_draw_no_remark():
    """None of them never fires, always fires, repeats another one or contradicts it."""
    assert remarked() == []


@pytest.mark.parametrize("file", COMPANIES, ids=[file.stem for file in COMPANIES])
def test_what_is_said_of_built_in_rules_for_a_company_is_true(file: Path):
    """Only that they wait for what the company does not tell; none of them fires there, and each waits on some row."""
    seen = detection(file)
    outcomes = {outcome.id: outcome for outcome in seen.outcomes}

    for remark in remarked(company=company_of(seen.tables)):
        outcome = outcomes[remark.rule]
        assert remark.kind == "never_assessable"
        assert outcome.matched == 0 < outcome.not_assessable_rows
        assert all(set(remark.fields) & set(row.missing) for row in outcome.not_assessable)


def test_an_overlap_is_shown_by_a_row():
    """On the row both rules fire, at the levels that are told."""
    own = own_rule("component", "accelerator_max > 1.5 && !has_gate", flaw="accelerator_without_gate", base=90)

    (found,) = [remark for remark in remarked(own) if remark.kind == "overlap"]

    assert found.row is not None and found.levels is not None
    assert own.truth(found.row) is True
    assert next(rule for rule in BUILT_IN if rule.rule.id == "INC103").truth(found.row) is True
    assert found.levels[0] != found.levels[1]


def test_a_covered_rule_is_told_in_both_languages():
    """One sentence, which names both rules."""
    own = own_rule("component", 'payout_kind == "ranking" && stake > 0.05')

    (found,) = remarked(own)

    assert told(found, own.kind, "en") == "OWN001 says nothing new: wherever it fires, INC104 fires, too"
    assert (
        told(found, own.kind, "de") == "OWN001 sagt nichts Neues: Wo immer die Regel anschlägt, schlägt auch INC104 an"
    )


def test_of_two_rules_that_say_the_same_the_later_one_is_told():
    """Written otherwise, the condition is still the same."""
    own = own_rule("component", '!(payout_kind != "ranking")', base=50)

    (found,) = remarked(own)

    assert (found.rule, found.other, found.same) == ("OWN001", "INC104", True)


def test_a_rule_that_reports_more_than_a_built_in_one_covers_it():
    """The remark stands with the rule that is left without use."""
    own = own_rule("component", 'payout_kind in ["ranking", "threshold"]', base=50)

    found = remarked(own)

    assert {(remark.rule, remark.other) for remark in found if remark.kind == "covered"} == {
        ("INC101", "OWN001"), ("INC104", "OWN001"),
    }  # fmt: skip
