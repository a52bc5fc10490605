"""`concord apply`: what is written, where, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.exchange.read import read_path
from tests.cli.conftest import Written
from tests.cli.documents import HARMFUL
from tests.cli.runner import AS_OF, Ran, concord

COMMENTED = "# signed in March\n" + HARMFUL


def apply(*arguments: object, stdin: str | None = None) -> Ran:
    return concord("apply", *arguments, "--as-of", AS_OF, stdin=stdin)


@pytest.fixture
def harmful(written: Written) -> Path:
    return written("acme.yaml", COMMENTED)


def answered(*arguments: object) -> dict[str, Any]:
    ran = concord(*arguments, "--format", "json", "--as-of", AS_OF)
    assert ran.status == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_a_recommendation_is_written_and_nothing_else(harmful: Path, tmp_path: Path):
    """The file holds what the recommendation's patch makes; lines that it does not concern, comments included, are as they were."""
    first = answered("recommend", harmful)["recommendations"][0]
    output = tmp_path / "better.yaml"

    ran = apply(harmful, first["id"], "--output", output)

    effect = first["effect"]
    assert ran.status == 0
    assert f"{effect['severity_before']:.0f} → {effect['severity_after']:.0f}" in ran.err
    assert output.read_text().startswith("# signed in March\n")
    assert harmful.read_text() == COMMENTED != output.read_text()


@pytest.mark.slow
def test_a_plan_is_written_as_it_was_planned(harmful: Path, tmp_path: Path):
    """Its changes, one after the other, make the document of the plan."""
    planned = answered("plan", harmful, "--max-changes", 2)
    file, output = tmp_path / "plan.json", tmp_path / "planned.yaml"
    file.write_text(json.dumps(planned))

    ran = apply(harmful, file, "-o", output)

    assert ran.status == 0, ran.err
    assert json.loads(json.dumps(read_path(output).raw)) == planned["document"]


def test_a_json_patch_is_written_in_place(harmful: Path, tmp_path: Path):
    """Any JSON Patch will do; the file itself is changed where that is asked for."""
    file = tmp_path / "patch.json"
    file.write_text(json.dumps([{"op": "replace", "path": "/organization/name", "value": "Acme Mobile"}]))

    ran = apply(harmful, file, "--in-place")

    assert ran.status == 0, ran.err
    assert harmful.read_text() == COMMENTED.replace("Acme Telecom", "Acme Mobile")


def test_without_a_file_it_goes_to_standard_output(harmful: Path):
    """Only the document does; what it does to what is found is said on standard error."""
    first = answered("recommend", harmful)["recommendations"][0]

    ran = apply("-", first["id"], stdin=COMMENTED)

    assert ran.status == 0
    assert ran.out.lstrip().startswith("concord: 1") and "Total severity" in ran.err


def test_what_does_not_fit_any_more_changes_nothing(harmful: Path, tmp_path: Path):
    """A patch tests what it touches: after another has been there, the file is left as it is."""
    file = tmp_path / "patch.json"
    file.write_text(
        json.dumps(
            [
                {"op": "test", "path": "/organization/name", "value": "Other"},
                {"op": "replace", "path": "/organization/name", "value": "Third"},
            ]
        )
    )

    ran = apply(harmful, file, "--in-place")

    assert ran.status == 2 and "does not fit" in ran.err
    assert harmful.read_text() == COMMENTED


@pytest.mark.parametrize(
    ("content", "said"),
    [("[]", "holds no change"), ("{", "holds no JSON"), ('{"changes": [{"title": "x"}]}', "holds no change")],
)
def test_a_file_without_a_change_is_refused(harmful: Path, tmp_path: Path, content: str, said: str):
    """It says what was expected."""
    file = tmp_path / "none.json"
    file.write_text(content)

    ran = apply(harmful, file, "--in-place")

    assert ran.status == 2 and said in ran.err
    assert harmful.read_text() == COMMENTED


def test_an_id_that_nothing_has_is_refused_with_the_nearest(harmful: Path):
    """A letter wrong: the id that was meant is named."""
    known = answered("recommend", harmful)["recommendations"][0]["id"]
    wrong = known[:-1] + ("0" if known[-1] != "0" else "1")

    ran = apply(harmful, wrong)

    assert ran.status == 2 and ran.out == "" and known in ran.err


def test_a_change_that_makes_the_document_invalid_is_refused(harmful: Path, tmp_path: Path):
    """Every problem of what would come out is listed, and nothing is written."""
    file = tmp_path / "patch.json"
    file.write_text(json.dumps([{"op": "replace", "path": "/kpis/0/department", "value": "nowhere"}]))

    ran = apply(harmful, file, "--in-place")

    assert ran.status == 2 and "nowhere" in ran.err
    assert harmful.read_text() == COMMENTED
