"""The empty workbook that people fill in, and what a workbook says about itself."""

from __future__ import annotations

import io

import openpyxl
import pytest

from app.domain.problem_texts import told
from app.exchange.columns import SHEETS, columns_of
from app.exchange.import_preview import preview
from app.exchange.notes_in_german import GERMAN
from app.exchange.workbook_template import template
from app.exchange.write import write
from tests.exchange.documents import whole
from tests.exchange.messy_cases import COMPANY


def test_the_template_has_the_layout_of_an_export():
    """The same sheets and headings, so that either can be filled in."""
    empty = openpyxl.load_workbook(io.BytesIO(template(currency="EUR")))
    export = openpyxl.load_workbook(io.BytesIO(write(whole(), "xlsx")))

    for name in empty.sheetnames[1:]:
        assert [cell.value for cell in empty[name][1]] == [cell.value for cell in export[name][1]], name


def test_drop_downs_offer_values_and_keys():
    """Functions, horizons, directions and kinds of payout by name; departments, KPIs, plans and segments by their sheets."""
    book = openpyxl.load_workbook(io.BytesIO(template()))
    choices = {choice.formula1 for page in book for choice in page.data_validations.dataValidation}

    assert {
        '"increase,decrease,maintain"',
        '"day,week,month,quarter,year,multi_year"',
        '"month,quarter,year"',
    } <= choices
    assert '"linear,tiered,threshold,commission,ranking"' in choices
    assert any(choice.startswith('"sales,marketing,') for choice in choices)
    assert {f"{sheet}!$A$2:$A$5001" for sheet in ("departments", "kpis", "incentive_plans", "segments")} <= choices


def test_nothing_is_protected_and_the_same_bytes_come_again():
    """People may change whatever they like; files can be compared."""
    book = openpyxl.load_workbook(io.BytesIO(template("de")))

    assert not any(page.protection.sheet for page in book)
    assert template("de") == template("de")


def test_importing_the_empty_template_changes_nothing():
    """Sheets without rows say nothing."""
    found = preview(template(), "template.xlsx", COMPANY)

    assert found.accepted() == COMPANY
    assert not found.rows


@pytest.mark.parametrize(
    ("language", "title", "needed"),
    [("en", "A model document of Concord", "yes"), ("de", "Ein Modelldokument von Concord", "ja")],
)
def test_notes_explain_every_column(language, title: str, needed: str):
    """Each column with its meaning, whether it is needed, and its values, in either language."""
    notes = openpyxl.load_workbook(io.BytesIO(template(language)))["notes"]
    rows = [[cell.value for cell in row] for row in notes.iter_rows()]

    assert rows[0][0] == title
    explained = {(row[0], row[1]): row[2:] for row in rows if row[1]}
    assert explained["departments", "function"][0] == needed
    assert all(row[1] for row in explained.values())


def test_every_column_is_explained_in_german():
    """No sentence is left in English."""
    sentences = {
        column.member.sentence for sheet in SHEETS for column in columns_of(sheet).values() if not column.is_object
    }

    assert sentences - GERMAN.keys() == set()


def test_units_of_headings_are_told_in_both_languages():
    """A heading that counts otherwise says what is due."""
    (problem,) = preview(
        b"incentive_plan,key,clawback [Jahre]\nagents,agents-aht,2\n", "components.csv", COMPANY
    ).problems

    assert (
        told(problem, "en").message
        == "the heading counts in 'Jahre', where months are due; convert the numbers below it"
    )
    assert (
        told(problem, "de").message
        == "die Überschrift zählt in 'Jahre', wo Monate stehen sollten; rechnen Sie die Zahlen darunter um"
    )
