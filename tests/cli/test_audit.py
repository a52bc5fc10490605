"""`concord audit`, as people and scripts call it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Written
from tests.cli.documents import BROKEN, CALM, HARMFUL
from tests.cli.runner import AS_OF, concord, process


def audit(*arguments: object, stdin: str | None = None):
    return concord("audit", *arguments, "--as-of", AS_OF, stdin=stdin)


def test_findings_at_the_level_end_with_1(written: Written):
    """A finding of the level, or a worse one, makes the exit status 1."""
    ran = audit(written("acme.yaml", HARMFUL), "--fail-on", "critical", "--no-recommendations")

    assert ran.status == 1


def test_nothing_at_the_level_ends_with_0(written: Written):
    """Findings below --fail-on leave the exit status 0."""
    ran = audit(written("calm.yaml", CALM))

    assert (ran.status, ran.err) == (0, "")


def test_a_lower_level_fails_sooner(written: Written):
    """What passes by default fails when low findings count."""
    ran = audit(written("calm.yaml", CALM), "--fail-on", "low")

    assert ran.status == 1


def test_exit_zero_passes_findings(written: Written):
    """--exit-zero makes findings no failure."""
    ran = audit(written("acme.yaml", HARMFUL), "--exit-zero", "--no-recommendations")

    assert ran.status == 0


def test_exit_zero_does_not_pass_an_invalid_document(written: Written):
    """A document that cannot be read fails whatever is asked of findings."""
    ran = audit(written("broken.yaml", BROKEN), "--exit-zero")

    assert ran.status == 2


def test_problems_are_told_with_place_and_caret_on_standard_error(written: Written):
    """A compiler's way: file, line, column, what is wrong, the line with a caret, the count at the end."""
    path = written("broken.yaml", BROKEN)

    ran = audit(path)

    assert ran.out == ""
    assert f"{path}:4:45: error: 'function' must be one of sales" in ran.err
    assert "did you mean 'service'?" in ran.err
    assert " 4 |   - {key: service, name: Service, function: servce}" in ran.err
    assert "   |                                             ^^^^^^\n" in ran.err
    assert ran.err.endswith(f"{path}: 2 problems; the document was not looked at further\n")


def test_problems_are_told_in_german(written: Written):
    """--lang holds for problems too."""
    ran = audit(written("broken.yaml", BROKEN), "--lang", "de")

    assert "Fehler: es gibt keine Abteilung 'sevice'; meinten Sie 'service'?" in ran.err


def test_2_wins_over_1(written: Written):
    """Of several files, one that is invalid decides the exit status, and the others are audited all the same."""
    ran = audit(written("acme.yaml", HARMFUL), written("broken.yaml", BROKEN), "--no-recommendations")

    assert ran.status == 2
    assert "Acme Telecom" in ran.out


def test_a_file_that_does_not_exist_is_named_with_the_nearest(written: Written):
    """A slip of the pen in a file's name is pointed out."""
    path = written("acme.yaml", HARMFUL)

    ran = audit(path.with_name("acmee.yaml"))

    assert ran.status == 2
    assert ran.err == f"concord: there is no file {path.with_name('acmee.yaml')}; did you mean {path}?\n"


def test_a_wrong_option_ends_with_2(written: Written):
    """Wrong use is told with the usage, and has the status of wrong use."""
    ran = audit(written("acme.yaml", HARMFUL), "--format", "jsn")

    assert ran.status == 2
    assert "'jsn' is not one of " in ran.err
    assert "did you mean 'json'?" in ran.err


def test_a_day_that_is_none_is_refused(written: Written):
    """--as-of takes a day as ISO 8601 writes it."""
    ran = concord("audit", written("acme.yaml", HARMFUL), "--as-of", "01.02.2026")

    assert ran.status == 2
    assert "write YYYY-MM-DD" in ran.err


def test_json_is_the_analysis_alone(written: Written):
    """One file gives the bare analysis with the members of the contract."""
    ran = audit(written("acme.yaml", HARMFUL), "--format", "json")

    analysis = json.loads(ran.out)
    assert list(analysis) == [
        "concord", "engine", "content_hash", "as_of", "summary", "departments", "matrix", "resolutions", "findings",
        "recommendations", "waived", "rules", "loops", "goals", "assumptions",
    ]  # fmt: skip
    assert analysis["as_of"] == AS_OF
    assert ran.err == ""


def test_several_files_give_a_list(written: Written):
    """Several files give their analyses in the order in which they were named, each with its file."""
    one, other = written("b.yaml", HARMFUL), written("a.yaml", CALM)

    ran = audit(one, other, "--format", "json", "--no-recommendations")

    assert [a["file"] for a in json.loads(ran.out)["analyses"]] == [one.as_posix(), other.as_posix()]


def test_refused_files_are_listed_for_programs(written: Written):
    """JSON names what was refused with pointer, place and nearest value, so that a script need not read texts."""
    ran = audit(written("calm.yaml", CALM), written("broken.yaml", BROKEN), "--format", "json")

    answer = json.loads(ran.out)
    problem = answer["refused"][0]["errors"][0]
    assert len(answer["analyses"]) == 1
    assert (problem["pointer"], problem["line"], problem["nearest"]) == ("#/departments/0/function", 4, "service")


def test_a_folder_is_searched_for_documents(written: Written, tmp_path: Path):
    """Every document in a folder and below is audited, by name; other files are passed over and named."""
    written("plans/b.yaml", HARMFUL)
    written("plans/deep/a.json", json.dumps({"concord": 1, "organization": {"name": "Empty"}}))
    other = written("plans/compose.yaml", "services: {}\n")

    ran = audit(tmp_path / "plans", "--format", "json", "--no-recommendations")

    files = [Path(a["file"]).name for a in json.loads(ran.out)["analyses"]]
    assert files == ["b.yaml", "a.json"]
    assert str(other) in ran.err


def test_a_folder_without_documents_is_refused(tmp_path: Path):
    """Nothing to audit is wrong use, not success."""
    ran = audit(tmp_path)

    assert ran.status == 2
    assert "holds no model document" in ran.err


def test_a_file_named_twice_is_audited_once(written: Written, tmp_path: Path):
    """A file and the folder that holds it are not counted twice."""
    path = written("calm.yaml", CALM)

    ran = audit(path, tmp_path, "--format", "json")

    assert json.loads(ran.out)["concord"] == 1


def test_standard_input_is_read(written: Written):
    """`-` stands for standard input; the kind of text is told from what it holds."""
    ran = audit("-", "--format", "json", stdin=CALM)

    assert json.loads(ran.out)["resolutions"][0]["name"] == "First contact resolution"


def test_problems_of_standard_input_show_its_lines():
    """What came in by standard input is shown with a caret too."""
    ran = audit("-", stdin=BROKEN)

    assert ran.status == 2
    assert "<stdin>:7:17: error:" in ran.err
    assert " 7 |     department: sevice" in ran.err


def test_a_workbook_is_audited_like_the_text_that_it_came_from(written: Written, tmp_path: Path):
    """XLSX and YAML of one document give the same analysis."""
    path, book = written("acme.yaml", HARMFUL), tmp_path / "acme.xlsx"
    concord("convert", path, book)

    from_text, from_book = (audit(p, "--format", "json", "--no-recommendations") for p in (path, book))

    assert json.loads(from_book.out) == json.loads(from_text.out)


def test_a_folder_of_sheets_is_one_document(written: Written, tmp_path: Path):
    """CSV sheets in a folder are one document, whose problems name sheet and cell."""
    sheets = tmp_path / "sheets"
    concord("convert", written("acme.yaml", HARMFUL), f"{sheets}/")
    kpis = sheets / "kpis.csv"
    kpis.write_text(kpis.read_text().replace("aht,service", "aht,sevice"))

    ran = audit(sheets)

    assert ran.status == 2
    assert f"{kpis}:kpis!B2: error: there is no department 'sevice'" in ran.err


def test_output_goes_into_a_file(written: Written, tmp_path: Path):
    """--output writes the same bytes that would have been printed, and prints nothing."""
    path, target = written("acme.yaml", HARMFUL), tmp_path / "report.txt"

    printed = audit(path, "--no-recommendations")
    ran = audit(path, "--no-recommendations", "--output", target)

    assert ran.out == ""
    assert target.read_text(encoding="utf-8") == printed.out


def test_an_output_that_cannot_be_written_is_wrong_use(written: Written, tmp_path: Path):
    """A folder that does not exist is told in a line."""
    ran = audit(written("calm.yaml", CALM), "--output", tmp_path / "nowhere" / "report.txt")

    assert ran.status == 2
    assert ran.err.startswith(f"concord: cannot write {tmp_path / 'nowhere' / 'report.txt'}")


def test_quiet_gives_a_line_for_each_finding(written: Written):
    """--quiet leaves the summary and the titles."""
    path = written("acme.yaml", HARMFUL)

    quiet, whole = (audit(path, "--no-recommendations", *more) for more in (["--quiet"], []))

    assert "FINDINGS, WORST FIRST" in whole.out
    assert "FINDINGS, WORST FIRST" not in quiet.out
    assert quiet.out.splitlines()[-1].endswith(("FLU001", "FLU101", "MEA101", "GOV103"))


def test_recommendations_can_be_left_out(written: Written):
    """--no-recommendations leaves the section out, and in JSON the list is empty."""
    path = written("acme.yaml", HARMFUL)

    text, data = (audit(path, "--no-recommendations", "--format", f) for f in ("text", "json"))

    assert "WHAT TO CHANGE" not in text.out
    assert json.loads(data.out)["recommendations"] == []


def test_german_reports_are_german(written: Written):
    """--lang de reaches titles, sections and headline."""
    ran = audit(written("acme.yaml", HARMFUL), "--lang", "de", "--no-recommendations")

    assert "BEFUNDE, DIE SCHWERSTEN ZUERST" in ran.out
    assert "KRITISCH" in ran.out


@pytest.mark.parametrize("colour", ["auto", "never"])
def test_what_is_no_terminal_gets_no_colour(colour: str, written: Written):
    """Pipes and files get plain text."""
    ran = audit(written("acme.yaml", HARMFUL), "--no-recommendations", "--color", colour)

    assert "\x1b[" not in ran.out


def test_colour_can_be_had_anyway(written: Written):
    """--color always colours pipes, and what is said is the same."""
    path = written("acme.yaml", HARMFUL)

    plain, coloured = (audit(path, "--no-recommendations", "--color", c).out for c in ("never", "always"))

    assert "\x1b[1;37;41mCRITICAL" in coloured
    assert _without_colour(coloured) == plain


@pytest.mark.slow
def test_the_same_document_gives_the_same_bytes_whatever_the_hash_seed(written: Written):
    """No order of sets or dictionaries leaks into text or JSON."""
    path = written("acme.yaml", HARMFUL)

    for format_ in ("text", "json"):
        answers = {
            process("audit", path, "--as-of", AS_OF, "--format", format_, PYTHONHASHSEED=seed).out
            for seed in ("1", "2")
        }
        assert len(answers) == 1


def _without_colour(text: str) -> str:
    import re

    return re.sub(r"\x1b\[[0-9;]*m", "", text)
