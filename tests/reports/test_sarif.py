"""SARIF: what code scanning reads, member by member."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.domain.verdicts import AuditReport
from app.reports import sarif
from app.reports.file_names import uri_of
from tests.reports.readers import read_sarif
from tests.reports.reports import KNOWN, REFUSED, audited, small_report

COMPANIES = Path(__file__).parents[1] / "cases" / "companies"


def run_of(*reports: AuditReport, **more: Any) -> dict[str, Any]:
    (run,) = json.loads(sarif.render(reports, catalogue=KNOWN, **more))["runs"]
    return dict(run)


def result(run: dict[str, Any], fingerprint: str) -> dict[str, Any]:
    return next(r for r in run["results"] if r["partialFingerprints"] == {"concord/v1": fingerprint})


def test_a_finding_stands_at_the_line_of_what_has_to_change() -> None:
    """The component that pays for the push, by line and column of its entry in the YAML file."""
    company = yaml.safe_load((COMPANIES / "07-sprint-care.yaml").read_text())["document"]
    report = audited({"concord": 1, **company})
    lines = yaml.safe_dump({"concord": 1, **company}, sort_keys=False, allow_unicode=True).splitlines()

    for found in run_of(report)["results"]:
        (location,) = found["locations"]
        (logical,) = location["logicalLocations"]
        region = location["physicalLocation"]["region"]
        key = logical["fullyQualifiedName"].split("/", 1)[1]
        below = "\n".join([lines[region["startLine"] - 1][region["startColumn"] - 1 :], *lines[region["startLine"] :]])
        assert f"key: {key}" in below.split("\n- ")[0] or logical["kind"] == "organization"


def test_the_witness_chain_is_a_code_flow() -> None:
    """From what is pushed, arc by arc with its evidence, to what suffers."""
    found = result(run_of(small_report()), "aaaaaaaaaaaaaaaa")

    ((flow,),) = [[thread["locations"] for thread in one["threadFlows"]] for one in found["codeFlows"]]
    assert [step["location"]["message"]["text"] for step in flow] == [
        "service.handle_time ↓",
        "→ service.resolution ↓: moderate, after 7 days, observed, contested (Kerr 1975). Because.",
        "→ customer.retention ↓: moderate, after 6 months, judgement (practice). Because.",
    ]
    names = [step["location"]["logicalLocations"][0]["fullyQualifiedName"] for step in flow]
    assert names == ["component/agents-aht", "component/agents-aht", "outcome/loyalty"]


def test_what_is_waived_is_suppressed_with_its_reason() -> None:
    """And all others say that they are not; a waiver in a file of its own is external."""
    run = run_of(small_report())

    (suppression,) = result(run, "cccccccccccccccc")["suppressions"]
    assert suppression["kind"] == "external"
    assert suppression["justification"] == "Accepted by Head of Service until 31 March 2027: known, see memo"
    assert suppression["properties"] == {
        "owner": "Head of Service",
        "expires": "2027-03-31",
        "place": "waivers.yaml:12",
    }
    assert [r["suppressions"] for r in run["results"] if r is not result(run, "cccccccccccccccc")] == [[]] * 4


def test_levels_that_settings_changed_are_overrides_of_the_invocation() -> None:
    """Rule, level and the place that says so; the result has the level in force."""
    run = run_of(small_report())

    (override,) = run["invocations"][0]["ruleConfigurationOverrides"]
    rules = run["tool"]["driver"]["rules"]
    assert rules[override["descriptor"]["index"]]["id"] == override["descriptor"]["id"] == "FLU001"
    assert override["configuration"] == {"level": "warning"}
    assert override["properties"]["origin"] == "concord.toml rules.FLU001"
    assert result(run, "bbbbbbbbbbbbbbbb")["level"] == "warning"


def test_the_baseline_says_what_is_new() -> None:
    """`baselineState` on each result that was compared."""
    states = {r["properties"]["fingerprint"][0]: r.get("baselineState") for r in run_of(small_report())["results"]}

    assert states == {"a": "new", "b": "unchanged", "c": None, "d": None, "e": "new"}


def test_a_file_that_was_refused_makes_the_run_unsuccessful() -> None:
    """Each problem is a notification at its line."""
    (invocation,) = run_of(small_report(), refused=[REFUSED])["invocations"]

    told = [n for n in invocation["toolConfigurationNotifications"] if n["level"] == "error"]
    assert not invocation["executionSuccessful"]
    assert [n["message"]["text"] for n in told] == ["/kpis/0/weight: weight must be at least 0"]
    assert told[0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 7, "startColumn": 13}


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_rule_comes_with_its_help(language: Any) -> None:
    """What it looks for, why it matters, when it holds, what can be done, in the language of the run."""
    run = run_of(small_report(language))

    rule = next(rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == "FLU101")
    known = KNOWN.rules["FLU101"]
    assert run["language"] == language
    assert rule["shortDescription"]["text"] == known.title[language]
    assert rule["fullDescription"]["text"] == known.why(language)
    assert known.condition in rule["help"]["markdown"] and "`concord explain FLU101`" in rule["help"]["markdown"]


@pytest.mark.slow
def test_more_results_than_are_shown_are_counted() -> None:
    """The worst five thousand are kept, and a notification says how many are left out."""
    report = small_report()
    many = [
        report.verdicts[0]._replace(
            finding=report.verdicts[0].finding._replace(severity=n / 100, fingerprint=f"{n:016x}")
        )
        for n in range(5_003)
    ]
    crowd = report._replace(verdicts=tuple(many))

    run = run_of(crowd)

    assert len(run["results"]) == 5_000
    assert {r["partialFingerprints"]["concord/v1"] for r in run["results"]}.isdisjoint(f"{n:016x}" for n in range(3))
    (told,) = [
        n["message"]["text"]
        for n in run["invocations"][0]["toolConfigurationNotifications"]
        if "5000" in n["message"]["text"]
    ]
    assert told == "5000 of 5003 findings are listed, the worst; 3 more are left out."


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("plans/acme.yaml", "plans/acme.yaml"),
        ("./acme 1.yaml", "acme%201.yaml"),
        ("a:b.yaml", "a%3Ab.yaml"),
        ("100%#?.yaml", "100%25%23%3F.yaml"),
        ("/srv/plans/ä.yaml", "file:///srv/plans/%C3%A4.yaml"),
        ("C:\\plans\\acme.yaml", "file:///C:/plans/acme.yaml"),
        ("plans\\acme.yaml", "plans/acme.yaml"),
        ("bad\udcff.yaml", "bad%FF.yaml"),
    ],
)
def test_names_of_files_are_uris(file: str, uri: str) -> None:
    """Relative to the root of the sources unless they are absolute; every byte survives."""
    assert uri_of(file) == uri


def test_a_workbook_has_no_lines() -> None:
    """A finding in a file without lines names the file and the thing."""
    report = small_report()
    workbook = report._replace(place=lambda pointer: None)

    run = run_of(workbook)

    assert all("region" not in r["locations"][0]["physicalLocation"] for r in run["results"])
    read_sarif(sarif.render([workbook], catalogue=KNOWN), [workbook], [])
