"""Workbooks as spreadsheets write them."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.errors import DocumentInvalid
from app.exchange.read import read
from tests.exchange.files import DAY, DAYS_IN_QUOTES, MONEY, OWN_DAY, PERCENT, number, text, workbook

HEAD = [text("key"), text("name"), text("target"), text("inverted"), text("effective.from"), text("weight")]


def kpis(*rows: list[str], **options: Any) -> list[dict[str, Any]]:
    """The KPIs of a workbook with these rows."""
    return read(workbook({"kpis": [HEAD, *rows]}, **options), "acme.xlsx").raw["kpis"]


def problems(*rows: list[str]) -> list[tuple[str, str | None, str | None]]:
    """Code and cell of every problem of a workbook, with what was found."""
    with pytest.raises(DocumentInvalid) as refused:
        kpis(*rows)
    return [
        (p.code, p.cell, p.found) for p in refused.value.problems if p.code not in ("missing", "unknown_department")
    ]


def test_cells_are_read_as_what_they_hold():
    """Numbers, flags, days and texts, with gaps between them."""
    row = [text("a"), text(" A "), number(330.5), '<c t="b"><v>1</v></c>', number(46053, DAY), ""]

    assert kpis(row, [""], [text("b"), "", number("1.2E-3")]) == [
        {"key": "a", "name": "A", "target": 330.5, "inverted": True, "effective": {"from": "2026-01-31"}},
        {"key": "b", "target": 0.0012},
    ]


def test_texts_that_cells_share_are_read():
    """With formatting within them, and without the readings that East Asian texts carry."""
    texts = "<si><t>a</t></si><si><r><t>Call </t></r><r><rPr/><t>quality</t></r><rPh><t>x</t></rPh></si><si><t>_x0041_ _x005F_x</t></si>"
    row = ['<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>']

    assert kpis(row, texts=texts) == [{"key": "a", "name": "Call quality"}]
    assert kpis([row[0], '<c t="s"><v>2</v></c>'], texts=texts) == [{"key": "a", "name": "A _x"}]


def test_addresses_decide_where_a_cell_belongs():
    """Rows and cells may be left out of the file."""
    row = '<c r="A3" t="inlineStr"><is><t>a</t></is></c><c r="C3"><v>7</v></c>'

    assert kpis([row]) == [{"key": "a", "target": 7}]


def test_formats_decide_what_a_number_is():
    """Days by their format, also the workbook's own and from 1904; quotes and currencies in a format mean nothing."""
    assert kpis([number(1), "", number(5, DAYS_IN_QUOTES), "", number(46053, OWN_DAY)]) == [
        {"key": "1", "target": 5, "effective": {"from": "2026-01-31"}}
    ]
    assert kpis(
        [number(1), "", number(5, MONEY), "", number(44591, DAY)], properties='<x:workbookPr date1904="1"/>'
    ) == [{"key": "1", "target": 5, "effective": {"from": "2026-01-31"}}]
    assert kpis([number(1), "", "", "", number(59, DAY)]) == [{"key": "1", "effective": {"from": "1900-02-28"}}]


def test_percentages_are_the_numbers_behind_them_where_that_is_clear():
    """A column of weights that are all percentages is; a target of 95 % is not."""
    assert kpis([text("a"), "", "", "", "", number(0.6, PERCENT)]) == [{"key": "a", "weight": 0.6}]
    assert problems([text("a"), "", number(0.95, PERCENT)]) == [("ambiguous_percent", "C2", "'95 %'")]


def test_numbers_in_columns_of_text_are_what_they_show():
    """A name may be a number, a percentage or a day."""
    rows = [number(1), number(2026)], [number(2), number(0.95, PERCENT)], [number(3), number(46053, DAY)]

    assert [kpi["name"] for kpi in kpis(*rows)] == ["2026", "95 %", "2026-01-31"]


def test_what_is_no_day_is_left_for_the_checks():
    """A time of day, a moment, and a day that never was are no days."""
    cells = [number(0.5, DAY), number(46053.25, DAY), number(60, DAY), number(-1, DAY)]
    read_days = [kpi["effective"]["from"] for kpi in kpis(*([text("a"), "", "", "", cell] for cell in cells))]

    assert read_days == ["12:00:00", "2026-01-31 06:00:00", 60, -1]


def test_formulas_and_errors_are_problems():
    """Nothing is computed, and what a spreadsheet could not compute is no value."""
    rows = [text("a"), '<c t="str"><f>B1</f><v>x</v></c>'], [text("b"), '<c t="e"><v>#N/A</v></c>']

    assert problems(*rows) == [("formula", "B2", None), ("cell_error", "B3", "'#N/A'")]


def test_true_and_false_are_values_however_they_are_written():
    """LibreOffice writes them as formulas."""
    rows = [
        [text(key), "", "", f'<c t="b"><f aca="false">{key.upper()}()</f><v>1</v></c>'] for key in ("true", "false")
    ]

    assert [kpi["inverted"] for kpi in kpis(*rows)] == [True, False]


def test_a_formula_in_a_heading_is_a_problem():
    """Headings are read, not computed."""
    with pytest.raises(DocumentInvalid) as refused:
        read(workbook({"kpis": [["<c><f>1</f><v>key</v></c>", text("name")], [text("a"), text("b")]]}), "acme.xlsx")

    assert ("formula", "kpis", "A1") in [(p.code, p.sheet, p.cell) for p in refused.value.problems]


def test_hidden_sheets_are_read_when_they_are_lists():
    """What nobody sees and nobody knows is passed over."""
    sheets = {
        "kpis": [[text("key")], [text("a")]],
        "Lookup": [[text("x")]],
        "departments": [[text("key")], [text("d")]],
    }

    raw = read(workbook(sheets, hidden=["Lookup", "departments"]), "acme.xlsx").raw

    assert (raw["kpis"], raw["departments"]) == ([{"key": "a"}], [{"key": "d"}])


def test_a_workbook_without_values_is_refused():
    """Empty sheets say nothing."""
    with pytest.raises(DocumentInvalid) as refused:
        read(workbook({"kpis": []}), "acme.xlsx")

    assert refused.value.problems[0].message == "the workbook cannot be read: it has no sheets with values"
