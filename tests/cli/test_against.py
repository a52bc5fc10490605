"""`concord audit --against`: the change is judged, against files, folders and real repositories."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Written
from tests.cli.documents import BROKEN, CALM, HARMFUL
from tests.cli.runner import AS_OF, Ran, concord, process

FCR = (
    "  - {key: fcr, department: service, name: Solved, metric: service.first_contact_resolution, direction: increase}\n"
)
GUARDED = HARMFUL.replace("incentive_plans:", f"{FCR}incentive_plans:").replace(
    "payout: {kind: threshold, threshold: 1}}",
    'payout: {kind: threshold, threshold: 1}, gate: {kpi: fcr, condition: ">= 80"}}',
)
UNGUARDED = HARMFUL.replace("incentive_plans:", f"{FCR}incentive_plans:")

Git = Callable[..., None]


def audit(*arguments: object, stdin: str | None = None) -> Ran:
    return concord("audit", *arguments, "--as-of", AS_OF, stdin=stdin)


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """Git in a repository of the test's own folder."""

    def run(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=Ann", "-c", "user.email=ann@example.com", *arguments],
            cwd=tmp_path, check=True, capture_output=True,
        )  # fmt: skip

    run("init", "-q", "-b", "main")
    return run


def test_a_change_that_brings_grave_findings_fails(written: Written):
    """A gate is taken out: the findings that come of it are told with the clause and its line."""
    old, new = written("old.yaml", GUARDED), written("new.yaml", UNGUARDED)

    ran = audit(new, "--against", old)

    line = UNGUARDED.splitlines().index(next(row for row in UNGUARDED.splitlines() if "agents-aht" in row)) + 1
    assert ran.status == 1
    assert "INTRODUCED" in ran.out
    assert "gate taken out (was" in ran.out
    assert f"new.yaml:{line}" in ran.out.replace("\n", "").replace(" ", "")


def test_a_change_that_leaves_grave_findings_as_they_are_passes(written: Written):
    """What was wrong before is not the change's fault."""
    reworded = HARMFUL.replace("name: Acme Telecom", "name: Acme plc").replace("headcount: 260", "headcount: 270")

    ran = audit(written("new.yaml", reworded), "--against", written("old.yaml", HARMFUL))

    assert audit(written("new.yaml", reworded)).status == 1
    assert ran.status == 0
    assert "2 changes, none of which changes a finding." in ran.out


def test_the_same_document_is_no_change(written: Written):
    """Two documents that say the same are told to."""
    ran = audit(written("new.yaml", HARMFUL), "--against", written("old.yaml", HARMFUL))

    assert (ran.status, "Both documents say the same." in ran.out) == (0, True)


def test_a_change_for_the_better_is_shown(written: Written):
    """What the change fixes is told with the clause that does it, in German too."""
    ran = audit(written("new.yaml", GUARDED), "--against", written("old.yaml", UNGUARDED), "--lang", "de")

    assert ran.status == 0
    assert "BEHOBEN" in ran.out
    assert "gate neu: kpi: fcr, condition: >= 80" in " ".join(ran.out.split())


def test_fail_on_and_exit_zero_hold_for_the_change(written: Written):
    """The level at which a run fails is asked of new and worse findings only."""
    sides = (written("new.yaml", UNGUARDED), "--against", written("old.yaml", GUARDED))

    assert audit(*sides, "--fail-on", "low").status == 1
    assert audit(*sides, "--exit-zero").status == 0


def test_a_revision_is_read_from_git(written: Written, git: Git, tmp_path: Path):
    """`git:main` compares with the same path at that revision, wherever in the repository it lies."""
    path = written("plans/acme.yaml", GUARDED)
    git("add", ".")
    git("commit", "-q", "-m", "before")
    path.write_text(UNGUARDED)

    ran = audit(path, "--against", "git:main")

    assert ran.status == 1
    assert "gate taken out" in ran.out
    assert "main:" in ran.out


def test_a_file_that_the_revision_lacks_is_all_new(written: Written, git: Git):
    """A plan that is added is judged whole."""
    written("other.yaml", CALM)
    git("add", ".")
    git("commit", "-q", "-m", "before")

    ran = audit(written("acme.yaml", HARMFUL), "--against", "git:HEAD")

    assert ran.status == 1
    assert "There was no such document before" in ran.out


def test_a_file_that_was_given_another_name_is_the_same_document(written: Written, git: Git, tmp_path: Path):
    """A plan that moves to next year's file is compared with what it was, named alone or with its folder, staged or not."""
    path = written("plans/2026.yaml", GUARDED)
    git("add", ".")
    git("commit", "-q", "-m", "before")
    path.unlink()
    moved = written("plans/next/2027.yaml", UNGUARDED)

    alone, folder = (audit(given, "--against", "git:main") for given in (moved, tmp_path / "plans"))

    assert (alone.status, folder.status) == (1, 1)
    assert "main:plans/2026.yaml" in alone.out
    assert "gate taken out" in alone.out
    assert "gate taken out" in folder.out
    assert "not there any more" not in alone.err + folder.err


def test_another_company_in_place_of_one_that_is_gone_is_new(written: Written, git: Git, tmp_path: Path):
    """Only what says nearly the same is taken for renamed; what else is gone below the folders that were named is told."""
    path = written("plans/acme.yaml", HARMFUL)
    written("other/gone.yaml", HARMFUL)
    git("add", ".")
    git("commit", "-q", "-m", "before")
    path.unlink()
    (tmp_path / "other/gone.yaml").unlink()
    written("plans/calm.yaml", CALM)

    ran = audit(tmp_path / "plans", "--against", "git:main")

    assert "There was no such document before" in ran.out
    assert "main:plans/acme.yaml is not there any more" in ran.err
    assert "other/gone.yaml" not in ran.err


def test_a_folder_of_sheets_that_is_gone_is_told(written: Written, git: Git, tmp_path: Path):
    """A document is missed as a whole, not sheet by sheet."""
    concord("convert", written("acme.yaml", GUARDED), f"{tmp_path}/plans/acme/")
    written("plans/calm.yaml", CALM)
    git("add", ".")
    git("commit", "-q", "-m", "before")
    shutil.rmtree(tmp_path / "plans/acme")

    ran = audit(tmp_path / "plans", "--against", "git:main")

    assert ran.status == 0
    assert ran.err.count("is not there any more") == 1
    assert "main:plans/acme.zip is not there any more" in ran.err


def test_sheets_are_read_from_git(written: Written, git: Git, tmp_path: Path):
    """A folder of CSV sheets is compared with that folder at the revision."""
    folder = tmp_path / "sheets"
    concord("convert", written("acme.yaml", GUARDED), f"{folder}/")
    git("add", ".")
    git("commit", "-q", "-m", "before")
    components = folder / "components.csv"
    components.write_text("\n".join(components.read_text().replace("fcr", "").replace(">= 80", "").splitlines()) + "\n")

    ran = audit(folder, "--against", "git:main")

    assert ran.status == 1
    assert "gate taken out" in ran.out


def test_a_revision_that_git_does_not_know_is_refused_with_the_nearest(written: Written, git: Git):
    """A slip of the pen in a branch's name is pointed out."""
    path = written("acme.yaml", CALM)
    git("add", ".")
    git("commit", "-q", "-m", "before")

    ran = audit(path, "--against", "git:mian")

    assert ran.status == 2
    assert "git knows no revision 'mian'" in ran.err
    assert "did you mean git:main?" in ran.err


@pytest.mark.parametrize("revision", ["", "-x", "--output=/tmp/x"])
def test_what_is_no_revision_is_refused(revision: str, written: Written):
    """Nothing that looks like an option reaches git."""
    ran = audit(written("acme.yaml", CALM), "--against", f"git:{revision}")

    assert ran.status == 2
    assert "names no revision" in ran.err


@pytest.mark.slow
def test_outside_of_a_repository_there_are_no_revisions(written: Written):
    """Where git has nothing to say, that is said."""
    path = written("acme.yaml", CALM)

    ran = process("audit", path, "--against", "git:main", GIT_CEILING_DIRECTORIES=str(path.parent.parent))

    assert ran.status == 2
    assert "lies in no git repository" in ran.err


def test_folders_are_compared_file_by_file(written: Written, tmp_path: Path):
    """Each document goes with the one at the same place; one that is gone is told, one that is new is judged whole."""
    for name, before, after in (("a", GUARDED, UNGUARDED), ("b/c", CALM, CALM)):
        written(f"old/{name}.yaml", before)
        written(f"new/{name}.yaml", after)
    written("old/gone.yaml", CALM)
    written("new/added.yaml", HARMFUL)

    ran = audit(tmp_path / "new", "--against", tmp_path / "old", "--format", "json")

    changes = json.loads(ran.out)["changes"]
    assert ran.status == 1
    assert "gone.yaml is not there any more" in ran.err
    assert [(Path(c["file"]).name, bool(c["new"]), len(c["changes"])) for c in changes] == [
        ("a.yaml", True, 1),
        ("added.yaml", True, 0),
        ("c.yaml", False, 0),
    ]


def test_in_folders_a_file_may_have_another_name(written: Written, tmp_path: Path):
    """As in git, a document whose place is new goes with one that is gone and says nearly the same."""
    written("2026/agents.yaml", GUARDED)
    written("2026/calm.yaml", CALM)
    written("2027/agents-2027.yaml", UNGUARDED)
    written("2027/calm.yaml", CALM)

    ran = audit(tmp_path / "2027", "--against", tmp_path / "2026")

    assert ran.status == 1
    assert "gate taken out" in ran.out
    assert "There was no such document before" not in ran.out


def test_standard_input_is_compared_with_a_file(written: Written):
    """What a program writes can be judged before it is saved."""
    ran = audit("-", "--against", written("old.yaml", GUARDED), stdin=UNGUARDED)

    assert ran.status == 1
    assert audit("-", "--against", "-", stdin=CALM).status == 2
    assert audit("-", "--against", "git:main", stdin=CALM).status == 2


def test_json_says_which_clause_lies_behind_what(written: Written):
    """Programs get the finding, what changed, and how it would be without that."""
    ran = audit(written("new.yaml", UNGUARDED), "--against", written("old.yaml", GUARDED), "--format", "json")

    change = json.loads(ran.out)
    assert change["changes"][0]["path"] == "/incentive_plans/agents/components/agents-aht"
    assert change["changes"][0]["members"] == [{"name": "gate", "before": {"kpi": "fcr", "condition": ">= 80"}}]
    (clause,) = change["new"][0]["clauses"]
    assert (clause["without"], clause["together"]) == (None, False)
    assert clause["changes"] == change["changes"]
    assert all(shift["before"]["severity"] < shift["finding"]["severity"] for shift in change["worse"])


def test_every_other_format_shows_what_is_new_or_worse(written: Written):
    """SARIF, JUnit and the others hold the findings that the change has to answer for, and no others."""
    sides = (written("new.yaml", UNGUARDED), "--against", written("old.yaml", GUARDED))
    change = json.loads(audit(*sides, "--format", "json").out)

    ran = audit(*sides, "--format", "sarif")

    results = json.loads(ran.out)["runs"][0]["results"]
    expected = {s["finding"]["fingerprint"] for s in (*change["new"], *change["worse"])}
    assert {next(iter(r["partialFingerprints"].values())) for r in results} == expected
    assert {r["baselineState"] for r in results} == {"new"}


def test_an_old_document_that_is_not_valid_is_told_with_its_places(written: Written):
    """Problems on either side are told as always, and end with 2."""
    old = written("old.yaml", BROKEN)

    ran = audit(written("new.yaml", CALM), "--against", old)

    assert ran.status == 2
    assert f"{old}:4:45: error: 'function' must be one of" in ran.err


def test_a_waiver_in_the_new_document_fixes_nothing(written: Written):
    """A change may accept what it does; it is said to be waived, and does not fail."""
    waived = UNGUARDED + "suppressions:\n" + "".join(
        f"  - {{rule: {rule}, subjects: [{subject}], owner: Ann, reason: Accepted}}\n"
        for rule, subject in (("FLU101", "aht"), ("INC105", "agents-aht"), ("INC108", "agents-aht"))
    )  # fmt: skip

    ran = audit(written("new.yaml", waived), "--against", written("old.yaml", UNGUARDED))

    assert ran.status == 0
    assert "NEWLY WAIVED" in ran.out
    assert "0 fixed" in ran.out


def test_it_goes_with_nothing_that_compares_or_writes_by_itself(written: Written):
    """--against and --baseline both say what is known; --fix would change what is compared."""
    sides = (written("new.yaml", CALM), "--against", written("old.yaml", CALM))

    assert audit(*sides, "--fix").status == 2
    assert audit(*sides, "--baseline", "known.json").status == 2


def test_settings_hold_for_both_sides(written: Written):
    """What concord.toml leaves out is no part of the comparison."""
    written("concord.toml", 'ignore = ["FLU101", "INC105", "INC108", "INC101", "incentive-design"]\nfail_on = "low"\n')

    ran = audit(written("new.yaml", UNGUARDED), "--against", written("old.yaml", GUARDED))

    assert "FLU101" not in ran.out


def test_it_is_written_to_a_file(written: Written, tmp_path: Path):
    """--output holds for change audits too."""
    target = tmp_path / "change.json"

    ran = audit(
        written("new.yaml", CALM), "--against", written("old.yaml", CALM), "--format", "json", "--output", target
    )

    assert (ran.out, json.loads(target.read_text())["new"]) == ("", [])
