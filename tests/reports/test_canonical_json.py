"""An analysis as JSON: the contract with outside programs."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.document.checks import document_from
from app.domain.findings import Analysis
from app.reports.canonical_json import MEDIA_TYPE, SUFFIX, as_json, render, render_analysis
from tests.reports.reports import audited

COMPANIES = sorted((Path(__file__).parents[1] / "cases" / "companies").glob("*.yaml"))
MEMBERS = [
    "concord", "engine", "content_hash", "as_of", "summary", "departments", "matrix", "resolutions", "findings", "recommendations",
    "waived", "rules", "loops", "goals", "assumptions",
]  # fmt: skip
OF_A_FINDING = {
    "fingerprint", "kind", "rule", "flaw", "level", "severity", "confidence", "contested", "sign_reliability", "basis", "subjects",
    "related", "rule_version", "departments", "title", "explanation", "chain", "help", "conditions", "remedies", "status", "also",
}  # fmt: skip
OF_A_LINK = {"source", "target", "kind", "strength", "lag_days", "evidence", "citations", "mechanism"}


def document(path: Path) -> dict[str, Any]:
    return {"concord": 1, **yaml.safe_load(path.read_text())["document"]}


def analysed(raw: dict[str, Any]) -> Analysis:
    return analyse(document_from(raw, catalogue()), catalogue(), as_of=date(2026, 11, 22), raw=raw)


def findings(analysis: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for finding in analysis["findings"]:
        yield finding
        yield from finding["also"]


@pytest.fixture(scope="module")
def analyses() -> list[dict[str, Any]]:
    return [json.loads(render_analysis(analysed(document(path)))) for path in COMPANIES[::10]]


@pytest.mark.slow
def test_members_come_in_the_order_of_the_contract(analyses: list[dict[str, Any]]) -> None:
    """So that two analyses can be compared line by line."""
    assert all(list(analysis) == MEMBERS for analysis in analyses)


@pytest.mark.slow
def test_what_the_contract_shows_is_always_there(analyses: list[dict[str, Any]]) -> None:
    """Also where it is empty or null."""
    for analysis in analyses:
        for finding in findings(analysis):
            assert set(finding) >= OF_A_FINDING
            assert all(set(link) >= OF_A_LINK for link in finding["chain"])


def test_movements_are_a_metric_and_a_direction(analyses: list[dict[str, Any]]) -> None:
    """Never a text with an arrow."""
    ends = [link[end] for a in analyses for f in findings(a) for link in f["chain"] for end in ("source", "target")]

    assert ends
    assert all(set(end) == {"metric", "direction"} and end["direction"] in ("up", "down") for end in ends)


def test_numbers_are_rounded(analyses: list[dict[str, Any]]) -> None:
    """Severities to two digits after the point, everything else to four, and zero has no sign."""
    for analysis in analyses:
        for finding in findings(analysis):
            assert finding["severity"] == round(finding["severity"], 2)
            assert finding["confidence"] == round(finding["confidence"], 4)
        assert "-0.0," not in json.dumps(analysis)


def test_it_ends_in_one_line_end_and_is_utf_8() -> None:
    """Compact, as one line."""
    raw = document(COMPANIES[0])
    raw["organization"]["name"] = "Müller & Söhne"
    raw["kpis"][0]["name"] = "Kündigungsquote"

    told = render_analysis(analysed(raw))

    assert told.count(b"\n") == 1 and told.endswith(b"}\n")
    assert "Kündigungsquote".encode() in told


@pytest.mark.slow
def test_several_files_are_told_in_their_order() -> None:
    """Each with its name before all else."""
    one, other = (audited(document(path), file) for path, file in zip(COMPANIES, ("b.yaml", "a.yaml"), strict=False))

    told = json.loads(render([one, other]))

    assert told == {
        "analyses": [{"file": "b.yaml", **as_json(one.analysis)}, {"file": "a.yaml", **as_json(other.analysis)}]
    }
    assert list(told["analyses"][0])[:2] == ["file", "concord"]


def test_it_says_what_it_is() -> None:
    """For negotiation and for file names."""
    assert (MEDIA_TYPE, SUFFIX) == ("application/json", ".json")


@pytest.mark.slow
def test_the_order_of_lists_does_not_change_the_bytes_of_findings() -> None:
    """Lists of a document are sets."""
    raw = document(COMPANIES[7])
    shuffled = {
        **raw,
        **{name: random.Random(7).sample(raw[name], len(raw[name])) for name in ("kpis", "departments", "outcomes")},
    }

    one, other = as_json(analysed(raw)), as_json(analysed(shuffled))

    assert json.dumps(one["findings"]) == json.dumps(other["findings"])
    assert one["content_hash"] == other["content_hash"]


@pytest.mark.slow
def test_the_bytes_are_the_same_under_every_hash_seed() -> None:
    """Nothing depends on the order in which sets happen to come."""
    program = (
        "import sys, json, yaml; from datetime import date; from app.catalogue.load import catalogue; "
        "from app.domain.document.checks import document_from; from app.domain.analysis import analyse; "
        "from app.reports.canonical_json import render_analysis; "
        "raw = {'concord': 1, **yaml.safe_load(open(sys.argv[1]).read())['document']}; "
        "sys.stdout.buffer.write(render_analysis(analyse(document_from(raw, catalogue()), catalogue(), as_of=date(2026, 11, 22), raw=raw)))"
    )

    told = {
        subprocess.run(
            [sys.executable, "-c", program, str(COMPANIES[21])],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "4711")
    }

    assert told == {render_analysis(analysed(document(COMPANIES[21])))}
