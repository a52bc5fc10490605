"""`concord audit --fix` and `--fix-unsafe`: files are changed in place, and the proof is told."""

from __future__ import annotations

import difflib
import json
import os
import re
import shutil
import stat
from pathlib import Path

import pytest
import yaml

from app.exchange.read import read_path
from tests.cli.conftest import Written
from tests.cli.documents import BROKEN, CALM, HARMFUL
from tests.cli.runner import AS_OF, ROOT, Ran, concord

TEMPLATES = [ROOT / "app/catalogue/templates" / f"{name}.yaml" for name in ("contact-centre", "retail-bank", "saas")]
COMPANIES = ["04-sears-auto", "24-unum", "59-hmrc-call-handling"]
COMMENT = re.compile(r"#[^\n]*")

UNPINNED = """\
# What we pay for, 2026
concord: 1
organization: {name: "No Ltd"}   # the name is no joke
departments:
  - {key: service, name: Customer Service, function: service}
outcomes:
  - {key: happy, name: Customer satisfaction, direction: increase, weight: 1}
kpis:
  - key: aht
    department: service
    name: 'Average handle time'  # in seconds

    direction: decrease
    weight: 60.0
    unit: no
    owner: "yes"
    effective: {from: 2026-01-01, to: "2027-01-01"}
  - {key: index, department: service, name: The Beacon index, direction: increase, weight: 40}   # nobody knows
# the end
"""
"""A document with what other readers of YAML take for something else: `no`, `yes`, days, numbers with a point."""


def audit(*arguments: object, stdin: str | None = None) -> Ran:
    return concord("audit", *arguments, "--as-of", AS_OF, stdin=stdin)


def levels(path: Path) -> dict[str, int]:
    """How many findings there are of each level."""
    return json.loads(audit(path, "--format", "json", "--no-recommendations").out)["summary"]["levels"]


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Lines that are gone, and lines that are new."""
    diff = [*difflib.ndiff(before.splitlines(), after.splitlines())]
    return [line[2:] for line in diff if line[0] == "-"], [line[2:] for line in diff if line[0] == "+"]


def test_a_safe_fix_pins_what_names_mean_and_touches_nothing_else(written: Written):
    """Names that mean one metric for certain say so afterwards; every other byte stays."""
    path = written("acme.yaml", UNPINNED)

    ran = audit(path, "--fix")

    assert ran.status == 0
    assert changed_lines(UNPINNED, path.read_text()) == (
        ["  - {key: happy, name: Customer satisfaction, direction: increase, weight: 1}"],
        [
            "  - {key: happy, name: Customer satisfaction, direction: increase, weight: 1, metric: customer.satisfaction}",
            "    metric: service.average_handle_time",
        ],
    )
    assert "“Average handle time” is service.average_handle_time" in " ".join(ran.err.split())


def test_a_safe_fix_changes_no_finding(written: Written):
    """What is found is the same before and after, fingerprint by fingerprint."""
    path = written("acme.yaml", UNPINNED)
    before = json.loads(audit(path, "--format", "json").out)["findings"]

    audit(path, "--fix")

    after = json.loads(audit(path, "--format", "json").out)["findings"]
    assert [(f["fingerprint"], f["severity"]) for f in after] == [(f["fingerprint"], f["severity"]) for f in before]


def test_a_second_fix_changes_nothing(written: Written):
    """What was fixed stays fixed."""
    path = written("acme.yaml", UNPINNED)
    audit(path, "--fix")
    once = path.read_bytes()

    ran = audit(path, "--fix")

    assert path.read_bytes() == once
    assert "nothing to change" in ran.err


def test_missing_keys_and_the_missing_version_are_filled_in(written: Written):
    """A document that lacks nothing but keys and its version becomes one."""
    path = written(
        "acme.yaml", CALM.replace("concord: 1\n", "").replace("key: service, ", "").replace("key: happy, ", "")
    )

    ran = audit(path, "--fix")

    assert ran.status == 0
    assert path.read_text().startswith("concord: 1\norganization: {name: Calm Ltd}\n")
    assert read_path(path).raw["departments"][0]["key"] == "service"
    assert "the version of the format; key service of “Service”" in " ".join(ran.err.split())


def test_a_document_that_is_not_valid_otherwise_is_left_alone(written: Written):
    """What cannot be mended safely is told as always, and nothing is written."""
    path = written("broken.yaml", BROKEN)

    ran = audit(path, "--fix-unsafe")

    assert (ran.status, path.read_text()) == (2, BROKEN)
    assert "'function' must be one of" in ran.err


@pytest.mark.slow
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_an_unsafe_fix_clears_what_fails_and_keeps_every_comment(template: Path, tmp_path: Path):
    """After it nothing of the level is left; only lines that a change concerns differ, and nobody's comment is lost."""
    path = Path(shutil.copy(template, tmp_path / "acme.yaml"))
    before = path.read_text()

    ran = audit(path, "--fix-unsafe", "--no-recommendations")

    after = path.read_text()
    gone, come = changed_lines(before, after)
    assert ran.status == 0
    assert levels(path)["high"] + levels(path)["critical"] == 0
    assert [c.strip() for c in COMMENT.findall(after)] == [c.strip() for c in COMMENT.findall(before)]
    assert len(gone) <= 20
    assert all(_is_kept(line, "\n".join(come)) for line in gone)
    assert yaml.safe_load(after).keys() == yaml.safe_load(before).keys()


def _is_kept(line: str, text: str) -> bool:
    """Whether a line that was changed is still there but for what was added to it, or a value in it."""
    words = re.findall(r"[\w.-]+", line)
    return sum(word in text for word in words) >= 0.8 * len(words)


@pytest.mark.slow
@pytest.mark.parametrize("stem", COMPANIES)
def test_an_unsafe_fix_makes_companies_better(stem: str, tmp_path: Path):
    """Documents of real companies audit better afterwards, and their total severity falls with every change."""
    case = yaml.safe_load((ROOT / "tests/cases/companies" / f"{stem}.yaml").read_text())
    path = tmp_path / "company.yaml"
    path.write_text(yaml.safe_dump({"concord": 1, **case["document"]}, sort_keys=False, allow_unicode=True, width=100))
    before = levels(path)

    ran = audit(path, "--fix-unsafe", "--no-recommendations")

    after = levels(path)
    steps = re.findall(r"total severity (\d+) → (\d+)", " ".join(ran.err.split()))
    assert after["high"] + after["critical"] < before["high"] + before["critical"] or not steps
    assert all(int(later) < int(earlier) for earlier, later in steps)


def test_the_proof_says_what_each_change_does(written: Written):
    """Each change with the severities before and after it, and the findings before and after all of them."""
    path = written("acme.yaml", HARMFUL)

    ran = audit(path, "--fix-unsafe")

    said = " ".join(ran.err.split())
    assert re.search(r": changed 1 .* total severity \d+ → \d+.* clears \d+: ", said)
    assert re.search(r"Findings .* high .* → ", said)
    assert ran.status == 0


def test_the_proof_is_told_in_german(written: Written):
    """--lang holds for proofs, and for what is written into the document."""
    ran = audit(written("acme.yaml", HARMFUL), "--fix-unsafe", "--lang", "de")

    assert "Gesamtschwere" in ran.err


@pytest.mark.slow
def test_fail_on_says_when_it_is_enough(written: Written):
    """The lower the level at which an audit fails, the more is changed."""
    usual, strict = written("usual.yaml", HARMFUL), written("strict.yaml", HARMFUL)

    audit(usual, "--fix-unsafe")
    audit(strict, "--fix-unsafe", "--fail-on", "medium")

    assert levels(usual)["critical"] + levels(usual)["high"] == 0
    assert levels(strict)["medium"] < levels(usual)["medium"]


def test_a_dry_run_shows_the_difference_and_writes_nothing(written: Written):
    """The difference on standard output can be applied by `patch`; the status is that of the document as it would be."""
    path = written("acme.yaml", HARMFUL)

    ran = audit(path, "--fix-unsafe", "--dry-run")

    assert path.read_text() == HARMFUL
    assert ran.out.startswith(f"--- a/{path}\n+++ b/{path}\n@@ ")
    assert "would be changed" in " ".join(ran.err.split())
    assert ran.status == 0


def test_a_dry_run_ends_as_the_audit_of_the_changed_document_would(written: Written, tmp_path: Path):
    """What a baseline knows fails neither."""
    path, known = written("acme.yaml", HARMFUL), tmp_path / "known.json"
    audit(path, "--baseline", known, "--update-baseline")

    planned = audit(path, "--fix", "--dry-run")
    planned_knowing = audit(path, "--fix", "--dry-run", "--baseline", known)
    fixed_knowing = audit(path, "--fix", "--baseline", known)

    assert (planned.status, planned_knowing.status, fixed_knowing.status) == (1, 0, 0)


def test_a_dry_run_without_a_fix_is_wrong_use(written: Written):
    """There is nothing to show."""
    assert audit(written("acme.yaml", CALM), "--dry-run").status == 2


def test_a_dry_run_tells_what_is_not_valid(written: Written):
    """The status of a document that cannot be read is 2 there, too."""
    ran = audit(written("broken.yaml", BROKEN), "--fix", "--dry-run")

    assert (ran.status, ran.out) == (2, "")


@pytest.mark.parametrize("kind", ["xlsx", "csv", "stdin"])
def test_what_cannot_be_written_faithfully_is_refused(kind: str, written: Written, tmp_path: Path):
    """Workbooks, sheets and standard input are not changed, and the way to a file that can be is told."""
    source, good = written("acme.yaml", HARMFUL), written("good.yaml", HARMFUL)
    if kind == "stdin":
        ran = audit("-", good, "--fix", stdin=HARMFUL)
    else:
        target = f"{tmp_path / 'acme'}.xlsx" if kind == "xlsx" else f"{tmp_path / 'sheets'}/"
        concord("convert", source, target)
        ran = audit(target, good, "--fix-unsafe")

    assert ran.status == 2
    assert "cannot be fixed in place" in ran.err
    assert good.read_text() == HARMFUL


def test_json_keeps_its_indentation(written: Written):
    """A JSON file is changed in place as well."""
    raw = json.loads(json.dumps(yaml.safe_load(CALM)))
    del raw["outcomes"][0]["metric"]
    raw["outcomes"][0]["name"] = "Customer satisfaction"
    text = json.dumps(raw, indent="\t")
    path = written("acme.json", text)

    audit(path, "--fix")

    expected = json.loads(text)
    expected["outcomes"][0]["metric"] = "customer.satisfaction"
    assert path.read_text() == json.dumps(expected, indent="\t")


def test_the_rights_of_a_file_and_a_link_to_it_stay(written: Written, tmp_path: Path):
    """A file that others may not read is as private afterwards, and a link still leads to it."""
    path = written("acme.yaml", UNPINNED)
    path.chmod(0o640)
    link = tmp_path / "link.yaml"
    link.symlink_to(path)

    audit(link, "--fix")

    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert "metric: service.average_handle_time" in path.read_text()
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


def test_a_folder_that_may_not_be_written_is_told(written: Written):
    """A file that cannot be written is told, with status 2, and stays as it is."""
    path = written("locked/acme.yaml", UNPINNED)
    path.parent.chmod(0o500)
    if os.access(path.parent, os.W_OK):
        path.parent.chmod(0o700)
        pytest.skip("this user may write everywhere")

    ran = audit(path, "--fix")

    path.parent.chmod(0o700)
    assert (ran.status, path.read_text()) == (2, UNPINNED)
