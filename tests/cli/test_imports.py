"""`concord import`, and workbooks from `concord init`."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Written
from tests.cli.documents import HARMFUL
from tests.cli.runner import concord


def edited(source: str, path: Path, sheet: str, cell: str, value: object) -> Path:
    """The document as a workbook in which one cell is filled otherwise."""
    concord("convert", source, path)
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)
    return path


def test_an_import_shows_what_it_would_change_and_writes_nothing(written: Written, tmp_path: Path):
    """The changed cell is named with what was there and what would be."""
    document = written("acme.yaml", HARMFUL)
    before = Path(document).read_bytes()
    book = edited(document, tmp_path / "acme.xlsx", "departments", "B2", "Care")

    ran = concord("import", book, "--into", document)

    assert ran.status == 0
    assert '  departments!2  change  departments/service\n      B2  name: "Customer Service" → "Care"\n' in ran.out
    assert ran.out.splitlines()[-1].startswith("0 to create, 1 to change, ")
    assert Path(document).read_bytes() == before


def test_what_comes_out_is_written_where_it_is_asked_for(written: Written, tmp_path: Path):
    """--output takes the whole document, as a kind of file that its name says."""
    document = written("acme.yaml", HARMFUL)
    book = edited(document, tmp_path / "acme.xlsx", "departments", "B2", "Care")

    ran = concord("import", book, "--into", document, "--output", tmp_path / "new.json")

    assert ran.status == 0
    assert json.loads((tmp_path / "new.json").read_text())["departments"][0]["name"] == "Care"


def test_a_document_is_overwritten_only_with_force(written: Written, tmp_path: Path):
    """Without --force what exists stays as it is, with status 2; with it the import lands in the document itself."""
    document = written("acme.yaml", HARMFUL)
    book = edited(document, tmp_path / "acme.xlsx", "departments", "B2", "Care")
    call = ("import", book, "--into", document, "--output", document)

    kept, after_keeping = concord(*call), Path(document).read_text()
    forced = concord(*call, "--force")

    assert (kept.status, after_keeping) == (2, HARMFUL)
    assert f"{document} exists already; --force overwrites it" in " ".join(kept.err.split())
    assert forced.status == 0
    assert "name: Care" in Path(document).read_text()


def test_nothing_is_written_while_anything_is_wrong(written: Written, tmp_path: Path):
    """The row is told to be wrong, the problem with its cell, and there is no file."""
    document = written("acme.yaml", HARMFUL)
    book = edited(document, tmp_path / "acme.xlsx", "departments", "C2", "servise")

    ran = concord("import", book, "--into", document, "--output", tmp_path / "new.json")

    assert ran.status == 2
    assert "departments!2  wrong  departments/service" in ran.out
    assert "acme.xlsx:departments!C2: error: 'function' must be one of" in ran.err
    assert not (tmp_path / "new.json").exists()


def test_headings_can_be_told(written: Written, tmp_path: Path):
    """A heading that is not known is refused with the nearest column, and read once it is said what it means."""
    document = written("acme.yaml", HARMFUL)
    (tmp_path / "departments.csv").write_text("key,Nmae,Floor\nservice,Care,3\n")

    refused = concord("import", tmp_path / "departments.csv", "--into", document)
    told = concord("import", tmp_path / "departments.csv", "--into", document, "--map", "Nmae=name", "--map", "Floor=-")

    assert refused.status == 2
    assert "departments!B1  'Nmae' → name: perhaps; say it with --map" in refused.out
    assert told.status == 0
    assert 'name: "Customer Service" → "Care"' in told.out


def test_what_a_list_does_not_mention_is_removed_when_it_replaces(written: Written, tmp_path: Path):
    """A document without one of its plans is the whole document; what is gone is named."""
    document = written("acme.yaml", HARMFUL)
    concord("convert", document, tmp_path / "acme.json")
    less = json.loads((tmp_path / "acme.json").read_text())
    gone = less["incentive_plans"].pop()["key"]
    (tmp_path / "less.json").write_text(json.dumps(less))

    merged = concord("import", tmp_path / "less.json", "--into", document)
    replaced = concord("import", tmp_path / "less.json", "--into", document, "--mode", "replace")

    assert "REMOVED" not in merged.out
    assert f"REMOVED\n  incentive_plans/{gone}\n" in replaced.out


@pytest.mark.parametrize(
    ("mapped", "said"),
    [("Name", "must be written HEADING=COLUMN"), ("Name=nmae", "there is no column 'nmae'; did you mean 'name'?")],
)
def test_what_a_heading_is_told_to_mean_must_exist(mapped: str, said: str, written: Written):
    """A slip in --map is pointed out."""
    document = written("acme.yaml", HARMFUL)

    ran = concord("import", document, "--into", document, "--map", mapped)

    assert (ran.status, said in ran.err) == (2, True)


def test_a_preview_for_programs_is_json(written: Written):
    """Layout, mode, counts, columns and rows, in one object."""
    document = written("acme.yaml", HARMFUL)

    ran = concord("import", document, "--into", document, "--format", "json")

    found = json.loads(ran.out)
    assert (found["layout"], found["mode"], found["valid"]) == ("yaml", "merge", True)
    assert {row["action"] for row in found["rows"]} == {"unchanged"}


def test_an_empty_workbook_is_written_to_be_filled_in(tmp_path: Path):
    """Its notes are in the language that is asked for, and importing it empty changes nothing."""
    ran = concord("init", "--template", "blank", tmp_path / "acme.xlsx", "--lang", "de")

    assert ran.status == 0
    book = openpyxl.load_workbook(tmp_path / "acme.xlsx")
    assert book["notes"]["A1"].value == "Ein Modelldokument von Concord"
    assert [cell.value for cell in book["departments"][1]][:3] == ["key", "name", "function"]


def test_an_empty_document_is_a_workbook(tmp_path: Path):
    """There is nothing to write into YAML."""
    ran = concord("init", "--template", "blank", tmp_path / "acme.yaml")

    assert ran.status == 2
    assert "concord init --template blank acme.xlsx" in ran.err


def test_a_starter_company_can_be_a_workbook(tmp_path: Path):
    """It says the same as the starter in YAML."""
    concord("init", "--template", "saas", tmp_path / "a.yaml")
    concord("init", "--template", "saas", tmp_path / "a.xlsx")

    ran = concord("import", tmp_path / "a.xlsx", "--into", tmp_path / "a.yaml", "--format", "json")

    found = json.loads(ran.out)
    assert {row["action"] for row in found["rows"]} == {"unchanged"}
    assert found["removed"] == []
