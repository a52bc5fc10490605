"""`concord sensitivity`, `deciding`, `cut` and `value`: what they print, and how they refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Written
from tests.cli.documents import BROKEN, HARMFUL
from tests.cli.runner import AS_OF, Ran, concord


def ran(*arguments: object) -> Ran:
    return concord(*arguments, "--as-of", AS_OF)


def said(*arguments: object) -> dict[str, Any]:
    """The answer for programs."""
    found = ran(*arguments, "--format", "json")
    assert found.status == 0, found.err
    answer: dict[str, Any] = json.loads(found.out)
    return answer


@pytest.fixture
def harmful(written: Written) -> Path:
    return written("acme.yaml", HARMFUL)


def a_conflict(path: Path) -> dict[str, Any]:
    """The gravest conflict with an outcome."""
    audit = json.loads(concord("audit", path, "--format", "json", "--exit-zero", "--as-of", AS_OF).out)
    every = [one for finding in audit["findings"] for one in (finding, *finding.get("also", []))]
    return next(one for one in every if one["kind"] == "outcome_conflict")


@pytest.mark.slow
def test_sensitivity_tells_what_stands_and_whether_advice_helps(harmful: Path):
    """Findings, measured influences, recommendations, and what all of it hangs on; with its seed."""
    found = ran("sensitivity", harmful, "--samples", 10, "--seed", 4)

    assert (found.status, found.err) == (0, "")
    for part in ("10 samples", "WITH MEASURED INFLUENCES ONLY", "WHETHER RECOMMENDATIONS HELP", "Seed 4."):
        assert part in found.out


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes(harmful: Path):
    """And what is told is told of every finding."""
    first, again = (ran("sensitivity", harmful, "--samples", 10, "--format", "json").out for _ in range(2))

    assert first == again
    assert a_conflict(harmful)["fingerprint"] in {one["fingerprint"] for one in json.loads(first)["findings"]}


def test_a_finding_is_asked_by_the_beginning_of_its_fingerprint(harmful: Path):
    """And the pair behind it by its keys: the same influences."""
    conflict = a_conflict(harmful)
    source = next(one["key"] for one in conflict["subjects"] if one["role"] == "source" and one["kind"] == "kpi")
    target = next(one["key"] for one in conflict["subjects"] if one["role"] == "target")

    by_finding = said("deciding", conflict["fingerprint"][:8], harmful)
    by_pair = said("deciding", source, target, harmful)

    assert by_finding["finding"] == conflict["fingerprint"]
    assert by_finding["influences"] == by_pair["influences"] != []


def test_what_decides_is_told_with_its_evidence(harmful: Path):
    """Each influence, what is left without it, and with its sign turned round."""
    found = ran("deciding", a_conflict(harmful)["fingerprint"], harmful)

    assert found.status == 0
    for part in ("What decides: ", "Without it", "Turned round", "SOURCES"):
        assert part in found.out


def test_a_cut_names_safeguards_and_what_they_leave(harmful: Path):
    """For people, and the same for programs."""
    (department,) = a_conflict(harmful)["departments"]

    cut, page = said("cut", department, "customer", harmful), ran("cut", department, "customer", harmful)

    assert len(cut["safeguards"]) > 0 and cut["severity"]["after"] < cut["severity"]["before"]
    assert f"meets all {cut['chains']} harmful chains" in " ".join(page.out.split()) or "meet all" in page.out
    assert "WHAT BECOMES OF THE CONFLICTS" in page.out


def test_no_money_is_named_where_the_document_names_none(harmful: Path):
    """What would have to be said is said."""
    found = ran("value", harmful)

    assert found.status == 0 and "No amount can be named" in found.out and "`value`" in found.out
    assert said("value", harmful)["outcomes"] == []


@pytest.mark.parametrize(
    ("command", "part"),
    [
        (("sensitivity", "{}", "--samples", 5), "Stichproben"),
        (("cut", "service", "customer", "{}"), "Wo der Weg von"),
        (("value", "{}"), "Kein Betrag lässt sich nennen"),
        (("deciding", "{finding}", "{}"), "Was entscheidet: "),
    ],
)
def test_all_of_it_is_told_in_german(harmful: Path, command: tuple[object, ...], part: str):
    """With `--lang de`."""
    places = {"{}": harmful, "{finding}": a_conflict(harmful)["fingerprint"]}

    found = ran(*(places.get(str(one), one) for one in command), "--lang", "de")

    assert found.status == 0 and part in found.out


@pytest.mark.parametrize(
    ("command", "part"),
    [
        (("cut", "servise", "customer", "{}"), "did you mean 'service'"),
        (("deciding", "0000", "{}"), "there is no finding '0000'"),
        (("deciding", "a", "b", "c", "{}"), "expected the fingerprint of a finding, or two keys"),
        (("sensitivity", "{}", "--samples", 0), "0"),
    ],
)
def test_what_is_not_there_is_refused_in_a_line(harmful: Path, command: tuple[object, ...], part: str):
    """With what may have been meant; nothing is printed for programs to read."""
    found = ran(*(harmful if one == "{}" else one for one in command))

    assert (found.status, found.out) == (2, "")
    assert part in found.err


@pytest.mark.parametrize(
    "command", [("sensitivity",), ("cut", "service", "customer"), ("value",), ("deciding", "abcd")]
)
def test_a_document_that_is_not_valid_is_refused_whole(written: Written, command: tuple[str, ...]):
    """With every problem at its place."""
    found = ran(*command, written("broken.yaml", BROKEN))

    assert (found.status, found.out) == (2, "") and "error" in found.err
