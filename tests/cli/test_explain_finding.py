"""`concord explain FINGERPRINT FILE`: a finding in full, by the beginning of its fingerprint."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Written
from tests.cli.documents import HARMFUL
from tests.cli.runner import AS_OF, ROOT, Ran, concord

TEMPLATE = ROOT / "app/catalogue/templates/saas.yaml"
AHT = "Paying Customer Service to lower “Average handle time”"


def explain(*arguments: object, stdin: str | None = None) -> Ran:
    return concord("explain", *arguments, "--as-of", AS_OF, stdin=stdin)


def findings(path: Path) -> list[dict]:
    """Everything that is found in a document, folded or not."""
    found = json.loads(concord("audit", path, "--as-of", AS_OF, "--format", "json", "--no-recommendations").out)
    return [one for finding in found["findings"] for one in (finding, *finding["also"])]


@pytest.fixture
def acme(written: Written) -> Path:
    return written("acme.yaml", HARMFUL)


def worst(path: Path) -> dict:
    return max(findings(path), key=lambda finding: finding["severity"])


def test_a_finding_is_told_in_full(acme: Path):
    """The chain with its evidence, the severity step by step, the conditions, what would have to change, the sources' status."""
    finding = next(f for f in findings(acme) if f["kind"] == "outcome_conflict")

    ran = explain(finding["fingerprint"], acme)

    said = " ".join(ran.out.split())
    assert ran.status == 0
    for heading in (
        "HOW IT COMES ABOUT",
        "HOW SEVERE IT IS",
        "WHY IT IS REPORTED",
        "WHAT WOULD HAVE TO CHANGE",
        "SOURCES",
    ):
        assert heading in ran.out
    assert re.search(r"• pressure on the goal: 0\.\d+", said)
    assert f"severity: {finding['severity']:.1f}" in said
    assert re.search(r"• harm that arrives: from \d\.\d+ to under \d\.\d+", said)
    assert re.search(r"net > 0 \(net 0\.\d+\)", said)
    assert "verified: the source or its record was seen" in said


def test_a_finding_says_where_it_stands_and_how_to_accept_it(acme: Path, tmp_path: Path):
    """File and line of what has to change; and a waiver that lacks who, why and until when, which then waives."""
    finding = worst(acme)

    said = explain(finding["fingerprint"], acme).out

    lines = HARMFUL.splitlines()
    number = next(n for n, line in enumerate(lines, 1) if "agents-aht" in line)
    assert f"{finding['fingerprint']}·{acme}:{number}:" in "".join(said.split())
    waiver = said.partition("TO ACCEPT IT FOR A WHILE")[2].partition("SOURCES")[0]
    waiver = (
        waiver[waiver.index("- fingerprint:") :].replace("owner:", "owner: Ann").replace("reason:", "reason: known")
    )
    (tmp_path / "waivers.yaml").write_text(waiver.replace("expires:", "expires: 2026-06-30"))
    ran = concord("audit", acme, "--as-of", AS_OF, "--waivers", tmp_path / "waivers.yaml", "--format", "json")
    assert [one["fingerprint"] for one in json.loads(ran.out)["waived"]] == [finding["fingerprint"]]


def test_a_finding_is_told_in_german(acme: Path):
    """--lang holds for all of it."""
    ran = explain(worst(acme)["fingerprint"], acme, "--lang", "de")

    for heading in (
        "WIE ES DAZU KOMMT",
        "WIE SCHWER ES WIEGT",
        "WARUM ES GEMELDET WIRD",
        "WAS SICH ÄNDERN MÜSSTE",
        "QUELLEN",
    ):
        assert heading in ran.out


@pytest.mark.slow
def test_the_beginning_of_a_fingerprint_is_enough(acme: Path):
    """What nobody else begins with names the finding, in capitals too."""
    fingerprint = worst(acme)["fingerprint"]

    whole, short, loud = (explain(name, acme) for name in (fingerprint, fingerprint[:6], fingerprint[:6].upper()))

    assert whole.out == short.out == loud.out


def test_an_unknown_fingerprint_lists_what_there_is(acme: Path):
    """Whoever misses gets every finding with its fingerprint, the worst first."""
    ran = explain("ffffffffffffffff", acme)

    listed = re.findall(r"^[0-9a-f]{16}", ran.err, re.MULTILINE)
    assert ran.status == 2
    assert "no finding of" in ran.err
    assert listed[0] == worst(acme)["fingerprint"]
    assert set(listed) == {f["fingerprint"] for f in findings(acme)}


@pytest.mark.slow
def test_a_beginning_that_several_share_lists_them():
    """Only those that may be meant are listed."""
    every = [f["fingerprint"] for f in findings(TEMPLATE)]
    shared = next(p for p in "0123456789abcdef" if sum(f.startswith(p) for f in every) > 1)

    ran = explain(shared, TEMPLATE)

    listed = re.findall(r"^[0-9a-f]{16}", ran.err, re.MULTILINE)
    assert ran.status == 2
    assert sorted(listed) == sorted(f for f in every if f.startswith(shared))


def test_a_waived_finding_is_explained_and_said_to_be_waived(written: Written, acme: Path):
    """What somebody accepted can still be asked for."""
    fingerprint = worst(acme)["fingerprint"]
    path = written(
        "waived.yaml", f"{HARMFUL}suppressions:\n  - {{fingerprint: {fingerprint}, owner: Ann, reason: Known}}\n"
    )

    ran = explain(fingerprint, path)

    assert ran.status == 0
    assert "It is waived, and fails no run." in ran.out


@pytest.mark.slow
def test_every_finding_of_a_company_can_be_explained():
    """Conflicts, tensions, flaws and gaps, in either language, without a gap in the text."""
    kinds = {}
    for finding in findings(TEMPLATE):
        kinds.setdefault((finding["kind"], finding["rule"]), finding["fingerprint"])

    for number, fingerprint in enumerate([*kinds.values()][::4]):
        ran = explain(fingerprint, TEMPLATE, "--lang", ("en", "de")[number % 2])
        assert ran.status == 0
        assert "None" not in ran.out
        assert "{" not in ran.out


def test_what_was_tried_is_told_with_what_it_leaves(acme: Path):
    """Recommendations that help come with the level at which they leave the finding."""
    ran = explain(worst(acme)["fingerprint"], acme)

    said = " ".join(ran.out.split())
    assert "Changes of the document that were tried, with what they leave of it: •" in said


def test_standard_input_is_read(acme: Path):
    """A document need not be a file."""
    fingerprint = worst(acme)["fingerprint"]

    piped, named = explain(fingerprint, "-", stdin=HARMFUL).out, explain(fingerprint, acme).out

    assert "<stdin>:27:9" in piped
    assert piped.partition("HOW IT COMES ABOUT")[2] == named.partition("HOW IT COMES ABOUT")[2]


def test_without_a_file_it_is_an_entry_of_the_knowledge():
    """`concord explain FLU101` still tells the rule."""
    ran = concord("explain", "FLU101")

    assert ran.status == 0
    assert ran.out.startswith("FLU101")
