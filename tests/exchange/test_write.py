"""The way out, and back in again."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import given, settings

from app.domain.document.checks import document_from
from app.domain.errors import DocumentInvalid
from app.exchange.read import read
from app.exchange.write import write
from app.exchange.xlsx_parts import unescaped
from tests.counts import many
from tests.exchange.documents import documents, whole

KINDS = ("yaml", "json", "xlsx", "csv")


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_written_is_read_as_the_same_document(kind: str):
    """A document that uses every member comes back unchanged from every kind of file."""
    written = write(whole(), kind)

    assert document_from(read(written, "acme", kind).raw) == document_from(whole())


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_of_a_written_file_shows(kind: str):
    """A written file is known by its content alone."""
    written = write(whole(), kind)

    assert read(written, "<stdin>").kind == kind


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_document_gives_the_same_bytes(kind: str):
    """Files carry no date and no order of their own, and what was read writes the same file again."""
    written = write(whole(), kind)

    assert write(read(written, "acme", kind).raw, kind) == written


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=many(1_000))
@given(document=documents())
def test_no_document_is_changed_by_writing_and_reading(kind: str, document: dict[str, Any]):
    """Every valid document survives every kind of file, whatever its texts and numbers look like."""
    written = write(document, kind)

    assert document_from(read(written, "acme", kind).raw) == document_from(document)


@settings(max_examples=many(1_000))
@given(document=documents())
def test_other_yaml_readers_see_the_same(document: dict[str, Any]):
    """What a YAML 1.1 reader makes of a written document is the document, days apart."""
    written = write(document, "yaml")

    assert document_from(yaml.safe_load(written)) == document_from(document)


def test_yaml_is_written_as_people_write_it():
    """Short objects stand in one line, lists of them like tables, and only what must be is quoted."""
    text = write(whole(), "yaml").decode()

    assert text.startswith(
        "concord: 1\n"
        "organization:\n"
        "  key: acme\n"
        "  name: Acme Telecom\n"
        "  industry: telecommunications\n"
        "  currency: EUR\n"
        "  employees: 1200\n"
        "  customers:\n"
        "    count: 400000\n"
        "    segments:\n"
        "      - {key: premium, name: 'Premium; gold', share: 0.1, value_share: 0.35}\n"
        "      - {key: rest}\n"
        "departments:\n"
        "  - {key: service, name: Customer Service, function: service, headcount: 300, lead: Head of Service}\n"
    )
    assert "    effective: {from: 2026-01-01, to: 2027-01-01}\n" in text
    assert "    name: 'yes'\n" in text


def test_members_are_written_in_the_order_of_the_description():
    """The order in which a document came does not matter."""
    shuffled = dict(reversed(whole().items()))

    assert list(json.loads(write(shuffled, "json"))) == list(whole())


def test_null_and_empty_members_are_left_out():
    """What is not known is not written, and neither is a list of nothing."""
    written = write(
        {**whole(), "governance": {"outcome_owner": None, "executive_sponsor": True, "shared_kpis": []}}, "json"
    )

    assert json.loads(written)["governance"] == {"executive_sponsor": True}


def test_text_that_looks_like_a_formula_is_guarded_in_sheets():
    """Spreadsheets get a leading ' before what they would compute; reading takes it off."""
    files = zipfile.ZipFile(io.BytesIO(write(whole(), "csv")))

    assert "effort,'=Effort,maintain" in files.read("outcomes.csv").decode()
    assert ",'-5 % late deliveries,increase" not in files.read("kpis.csv").decode()
    assert "late,sales,'-5 % late deliveries," in files.read("kpis.csv").decode()


def test_sheets_have_the_members_as_columns():
    """One sheet a list, dots for nesting, keys of plans beside their components."""
    files = zipfile.ZipFile(io.BytesIO(write(whole(), "csv")))
    headings = files.read("components.csv").decode().splitlines()[0].split(",")

    assert files.namelist()[:7] == [
        "organization.csv",
        "segments.csv",
        "departments.csv",
        "outcomes.csv",
        "kpis.csv",
        "incentive_plans.csv",
        "components.csv",
    ]
    assert headings[:4] == ["incentive_plan", "key", "kpi", "measure"]
    assert {"payout.kind", "payout.accelerators", "gate.kpi", "clawback.months", "deferral.share"} <= set(headings)


def test_a_workbook_helps_to_fill_it_in():
    """It has notes, units in the headings, drop-downs for enumerations and keys, and days that are days."""
    book = openpyxl.load_workbook(io.BytesIO(write(whole(), "xlsx")))
    plans, departments = book["incentive_plans"], book["departments"]
    choices = {str(choice.sqref): choice.formula1 for choice in book["components"].data_validations.dataValidation}

    assert book.sheetnames[:2] == ["notes", "organization"]
    assert "target_total_pay [EUR]" in [cell.value for cell in plans[1]]
    assert departments.data_validations.dataValidation[0].formula1.startswith('"sales,marketing,service')
    assert "incentive_plans!$A$2:$A$5001" in choices.values()
    assert book["kpis"]["Q2"].value.isoformat() == "2026-01-01T00:00:00"
    assert book["kpis"]["C4"].value == "'-5 % late deliveries"
    assert book["kpis"]["C4"].data_type == "s"


def test_what_is_no_document_is_not_written():
    """Writing refuses what reading would refuse."""
    with pytest.raises(DocumentInvalid) as refused:
        write({**whole(), "organization": {}}, "yaml")

    assert "/organization/name" in [problem.pointer for problem in refused.value.problems]


def test_a_list_that_is_too_long_for_a_cell_is_not_cut():
    """A workbook that cannot hold a list is not written at all."""
    document = whole()
    document["metrics"][0]["aliases"] = [f"{number:0300}" for number in range(200)]

    with pytest.raises(DocumentInvalid) as refused:
        write(document, "xlsx")

    assert [problem.code for problem in refused.value.problems] == ["too_long"]


def test_an_unknown_kind_is_a_mistake_of_the_caller():
    """There are four kinds of files."""
    with pytest.raises(ValueError, match="docx"):
        write(whole(), "docx")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "'=", "''@"], ids=repr)
def test_whatever_a_formula_begins_with_is_guarded_in_every_text(sign: str, kind: str):
    """In names, in lists and in texts of one cell, in both kinds of sheets; and comes back as it was."""
    text = f"{sign}cmd|'/c calc'!A1"
    document = whole()
    document["departments"][0]["lead"] = text
    document["metrics"][0]["aliases"] = [text, "other"]

    written = write(document, kind)

    shown = _texts(written)
    assert f"'{text}" in shown
    assert not [cell for cell in shown if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and cell != "-3"]
    assert document_from(read(written, "acme", kind).raw) == document_from(document)


def test_no_text_with_a_zero_character_is_written():
    """Spreadsheets cannot carry it, and neither can a document."""
    with pytest.raises(DocumentInvalid):
        write({**whole(), "organization": {"name": "\0=1"}}, "csv")


def _texts(written: bytes) -> list[str]:
    """Every text in the cells of a workbook or of the CSV sheets of an archive."""
    if read(written, "acme").kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(written))
        assert not [cell for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"]
        return [
            unescaped(cell.value)
            for page in book.worksheets[1:]
            for row in page.iter_rows()
            for cell in row
            if isinstance(cell.value, str)
        ]
    with zipfile.ZipFile(io.BytesIO(written)) as files:
        texts = [io.StringIO(files.read(name).decode(), newline="") for name in files.namelist()]
    return [cell for text in texts for row in csv.reader(text) for cell in row]
