"""`concord plan`: what it prints, what it writes, how its options bound it, how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.exchange.read import read_path
from tests.cli.conftest import Written
from tests.cli.documents import BROKEN, CALM, HARMFUL
from tests.cli.runner import AS_OF, Ran, concord, process

FEW = ("--max-changes", "2", "--as-of", AS_OF)


def plan(*arguments: object, stdin: str | None = None) -> Ran:
    return concord("plan", *arguments, "--as-of", AS_OF, stdin=stdin)


def planned(*arguments: object) -> dict[str, Any]:
    """The answer for programs."""
    ran = plan(*arguments, "--format", "json")
    assert ran.status == 0, ran.err
    return json.loads(ran.out)


def audited(path: Path) -> dict[str, Any]:
    return json.loads(concord("audit", path, "--format", "json", "--exit-zero", "--as-of", AS_OF).out)


def severities(analysis: dict[str, Any]) -> list[float]:
    """Those of medium level and above."""
    every = [one for finding in analysis["findings"] for one in (finding, *finding.get("also", []))]
    return [one["severity"] for one in every if one["level"] != "low"]


@pytest.fixture
def harmful(written: Written) -> Path:
    return written("acme.yaml", HARMFUL)


@pytest.mark.slow
def test_the_plan_for_people_says_what_to_change_and_what_it_does(harmful: Path):
    """The sum, the changes one by one with proof, text and price, how far fewer get, and what is left."""
    ran = plan(harmful, "--max-changes", 2)

    assert ran.status == 0 and ran.err == ""
    for said in (
        "2 changes clear",
        "WHAT TO CHANGE, IN THIS ORDER",
        "total severity",
        "Write",
        "HOW FAR FEWER CHANGES GET",
    ):
        assert said in ran.out
    assert "WHAT IS LEFT" in ran.out and "incentive_plans[agents]" in ran.out


@pytest.mark.slow
def test_the_plan_in_german(harmful: Path):
    """Headings, titles and numbers are German."""
    ran = plan(harmful, "--max-changes", 2, "--lang", "de")

    assert "Änderungen beheben" in ran.out and "WAS ZU ÄNDERN IST" in ran.out
    assert not re.search(r"\b(severity|changes|left)\b", ran.out)


@pytest.mark.slow
def test_the_plan_for_programs_is_what_a_fresh_audit_finds(harmful: Path, tmp_path: Path):
    """`document`, `changes`, `effect` and `front`; an audit of the document finds the severities that `effect` and `severity` give."""
    answer = planned(harmful, "--max-changes", 2)
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(answer["document"]))

    found = audited(changed)

    every = [one for finding in found["findings"] for one in (finding, *finding.get("also", []))]
    assert {"document", "changes", "effect", "front"} <= answer.keys()
    assert answer["effect"]["severity_after"] == pytest.approx(sum(one["severity"] for one in every), abs=0.1)
    assert answer["severity"]["after"] == pytest.approx(sum(severities(found)), abs=0.1)
    assert [point["count"] for point in answer["front"]] == [0, 1, 2]


def test_output_writes_the_changed_document_and_nothing_else_into_it(harmful: Path, tmp_path: Path):
    """The file holds the document of the plan; lines that no change concerns are as they were."""
    output = tmp_path / "planned.yaml"

    answer = planned(harmful, "--max-changes", 1, "--output", output)

    assert read_path(output).raw == yaml.safe_load(json.dumps(answer["document"]))
    assert set(HARMFUL.splitlines()[:11]) <= set(output.read_text().splitlines())
    assert harmful.read_text() == HARMFUL


def test_output_of_another_kind_is_written_whole(harmful: Path, tmp_path: Path):
    """A JSON file of a plan for a YAML file holds the same document."""
    output = tmp_path / "planned.json"

    answer = planned(harmful, "--max-changes", 1, "-o", output)

    assert read_path(output).raw == answer["document"]


def test_output_that_is_no_document_is_refused(harmful: Path, tmp_path: Path):
    """A plan is written as YAML or JSON."""
    ran = plan(harmful, "--max-changes", 1, "--output", tmp_path / "planned.pdf")

    assert ran.status == 2 and "name it .yaml or .json" in ran.err


def test_freeze_keeps_what_it_names(harmful: Path):
    """With the incentive plan frozen, whichever way the option is written, pay stays as it is."""
    pay = yaml.safe_load(HARMFUL)["incentive_plans"]

    once, listed = planned(harmful, *FEW, "--freeze", "agents"), planned(harmful, *FEW, "--freeze", "agents,wins")

    assert once["document"]["incentive_plans"] == listed["document"]["incentive_plans"] == pay


def test_a_key_that_is_not_there_is_refused_with_the_nearest(harmful: Path):
    """Nothing is planned; the nearest key is named."""
    ran = plan(harmful, "--freeze", "agent")

    assert ran.status == 2 and ran.out == ""
    assert "'agent'" in ran.err and "'agents'" in ran.err


@pytest.mark.slow
def test_weights_budget_and_measures_bound_the_plan(harmful: Path):
    """No weight beyond the bounds, no pay moved without money, no component more than allowed."""
    answer = planned(
        harmful, *FEW, "--min-weight", 0.2, "--max-weight", 0.8, "--budget", 0, "--max-measures", 1
    )  # fmt: skip

    (pay,) = answer["document"]["incentive_plans"]
    assert [component["weight"] for component in pay["components"]] == [1]
    assert answer["cost"]["pay_moved"] == 0


def test_bounds_of_weights_must_not_cross(harmful: Path):
    """The least weight is at most the largest."""
    ran = plan(harmful, "--min-weight", 0.6, "--max-weight", 0.4)

    assert ran.status == 2 and "--min-weight 0.6 is above --max-weight 0.4" in ran.err


def test_allow_lets_governance_count(written: Written):
    """Flags of governance are touched only when they are allowed; what may be allowed is listed."""
    silent = written("calm.yaml", CALM + "governance: {outcome_owner: nobody, executive_sponsor: false}\n")

    usual, allowed = planned(silent), planned(silent, "--allow", "claims")
    wrong = plan(silent, "--allow", "claim")

    assert usual["document"]["governance"] == {"outcome_owner": "nobody", "executive_sponsor": False}
    assert allowed["document"]["governance"] != usual["document"]["governance"]
    assert wrong.status == 2 and "claims, removals, target-pay" in wrong.err


@pytest.mark.slow
def test_what_stands_in_the_way_is_named_with_its_option(harmful: Path, tmp_path: Path):
    """A finding about pay that is frozen cannot go: status 1, the option to relax, and no file is written."""
    flaws = [one for one in audited(harmful)["findings"] if one["kind"] == "incentive_flaw"]
    fingerprint = flaws[0]["fingerprint"]
    frozen = ("--freeze", "service", "--must-go", fingerprint, "--max-changes", 2)
    output = tmp_path / "planned.yaml"

    told, asked = plan(harmful, *frozen, "--output", output), plan(harmful, *frozen, "--format", "json")

    assert told.status == asked.status == 1
    assert "No plan keeps all of these constraints" in told.out
    assert "--freeze service" in told.out
    assert [(one["constraint"], one["about"]) for one in json.loads(asked.out)["blockers"]] == [("freeze", "service")]
    assert plan(harmful, "--must-go", fingerprint, "--max-changes", 2).status == 0
    assert not output.exists()


def test_a_time_limit_gives_the_best_so_far(harmful: Path):
    """Without any time there is no change, and it is said that the search was stopped."""
    answer = planned(harmful, "--time-limit", 0)

    assert answer["search"]["complete"] is False
    assert answer["changes"] == []


def test_a_document_without_findings_needs_no_plan(written: Written):
    """It is said, and the status is 0."""
    ran = plan(written("calm.yaml", CALM), "--no-config", "--color", "never")

    assert ran.status == 0 and "there is nothing to plan" in ran.out


@pytest.mark.slow
def test_settings_count_as_in_an_audit(harmful: Path, written: Written):
    """A rule that is switched off in the settings is nothing that a plan has to clear."""
    off = written("own.toml", '[rules]\nFLU101 = "off"\n')

    without = planned(harmful, *FEW, "--config", off)

    assert without["severity"]["before"] < planned(harmful, *FEW, "--no-config")["severity"]["before"]


def test_a_document_that_is_not_valid_is_refused(written: Written):
    """Every problem is listed, the status is 2."""
    ran = plan(written("broken.yaml", BROKEN))

    assert ran.status == 2 and ran.out == ""
    assert "error" in ran.err


def test_standard_input_is_planned_as_well(tmp_path: Path):
    """A document that comes in can be written out changed."""
    output = tmp_path / "planned.yaml"

    ran = plan("-", "--max-changes", 1, "--output", output, stdin=HARMFUL)

    assert ran.status == 0
    assert read_path(output).raw["organization"] == {"name": "Acme Telecom"}


@pytest.mark.slow
def test_the_answer_for_programs_is_json_whatever_the_solver_prints(harmful: Path):
    """As a process of its own, standard output holds one line of JSON, the same each time."""
    once, again = (process("plan", harmful, *FEW, "--format", "json") for _ in range(2))

    assert once.status == 0 and once.out == again.out
    assert json.loads(once.out)["changes"]
