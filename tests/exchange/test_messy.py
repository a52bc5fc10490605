"""Spreadsheets as people really have them, made by several programs: read as meant, or refused with the cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.exchange.import_preview import preview
from app.exchange.import_rows import item_name, value_at
from app.exchange.preview import Preview
from tests.exchange.messy_cases import CASES, COMPANY, Read, Refused

FOLDER = Path(__file__).with_name("messy")


def imported(file: str) -> Preview:
    """What importing a messy file into the company would do."""
    return preview((FOLDER / file).read_bytes(), file, COMPANY)


def changes(found: Preview) -> dict[str, dict[str, object]]:
    """Item → member → value afterwards, for all that changes; keys are the items' names already."""
    changed: dict[str, dict[str, object]] = {}
    for change in (change for row in found.rows for change in row.changes):
        path = tuple(int(token) if token.isdecimal() else token for token in change.pointer.split("/")[1:])
        place = max(at for at, token in enumerate(path) if isinstance(token, int)) + 1
        member = ".".join(map(str, path[place:]))
        assert value_at(found.accepted(), path) == change.after
        if member != "key":
            changed.setdefault(item_name(found.accepted(), path[:place]), {})[member] = change.after
    return changed


@pytest.mark.parametrize("case", [case for case in CASES if isinstance(case, Read)], ids=str)
def test_a_messy_sheet_is_read_as_meant(case: Read):
    """Every change is the one that the people who made the sheet meant, and there is no other."""
    found = imported(case.file)

    assert changes(found) == case.gives
    assert not found.removed


@pytest.mark.parametrize("case", [case for case in CASES if isinstance(case, Refused)], ids=str)
def test_what_cannot_be_known_is_refused_with_its_cell(case: Refused):
    """What can mean two things, or nothing, is named with the cell in which it stands, and nothing would be changed."""
    found = imported(case.file)

    problems = [
        (problem.code, problem.cell or (f"line {problem.line}" if problem.line else "")) for problem in found.problems
    ]
    assert problems == case.problems
    assert found.document is None


def test_every_messy_file_has_its_line_in_the_table():
    """At least forty, by at least five programs."""
    assert sorted(case.file for case in CASES) == sorted(path.name for path in FOLDER.iterdir())
    assert len(CASES) >= 40
    assert len({case.made_by.partition(",")[0] for case in CASES}) >= 5


@pytest.mark.parametrize(
    ("file", "encoding"),
    [
        ("kpis-windows-1252.csv", "Windows-1252"),
        ("kpis-mac-roman.csv", "Mac Roman"),
        ("kpis-ms-dos.csv", "MS-DOS (code page 850)"),
        ("kpis-utf-16.csv", "UTF-16"),
    ],
)
def test_another_encoding_is_named(file: str, encoding: str):
    """People learn what to change when they save again."""
    (problem,) = imported(file).problems

    assert encoding in problem.message
    assert "save it as UTF-8" in problem.message


def test_ambiguous_cells_say_how_to_write_them():
    """Both meanings are named, and a way to write only one of them."""
    said = [imported(file).problems[0].message for file in ("kpis-one-or-thousand.csv", "kpis-day-or-month.csv")]

    assert said == [
        "'1.234' can be read in two ways, as 1.234 or as 1234; write it without separator of thousands",
        "'03/04/2026' can be 2026-04-03 or 2026-03-04; write it YYYY-MM-DD",
    ]
