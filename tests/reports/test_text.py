"""The report for people: golden texts, empty states, and that no line is ever too wide."""

from __future__ import annotations

import re
from datetime import date

import pytest

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.document.checks import document_from
from app.domain.facts.kinds import FACT_KINDS
from app.domain.findings import Analysis, DepartmentView, MatrixCell, Summary
from app.domain.terms import Language
from app.reports import text
from app.reports.text_line import cells
from app.reports.text_missing import FIELDS, NAMES, NOTHING
from app.reports.text_words import Words
from tests.cases import score
from tests.cases.audits import companies
from tests.reports import small


def test_what_is_just_below_a_level_does_not_read_as_if_it_had_reached_it():
    """Severities are rounded down: medium ends below 50."""
    words = Words("en")

    assert words.grade("medium", 49.96) == "medium 49"
    assert words.grade("high", 50.0) == "high 50"


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_small_company_reads_as_it_should(language: Language):
    """The whole report of a small company, word by word (`python -m tests.reports.small` writes it anew)."""
    golden = (small.GOLDEN / f"small.{language}.txt").read_text(encoding="utf-8")

    assert small.report(language) == golden


@pytest.mark.slow
@pytest.mark.parametrize(("language", "step"), [("en", 1), ("de", 5)])
def test_no_line_is_wider_than_the_page(language: Language, step: int):
    """Every labelled company fits into 80 cells, whatever it is called and whatever was found, and into 60 and 100."""
    for stem, case in list(companies().items())[::step]:
        raw = score.document(case)
        analysis = analyse(
            document_from(raw, catalogue()),
            catalogue(),
            as_of=date(2026, 1, 1),
            raw=raw,
            language=language,
            with_recommendations=False,
        )
        for width, everything in ((80, False), (60, True), (100, False)):
            page = text.render_analysis(
                analysis, raw=raw, catalogue=catalogue(), language=language, width=width, everything=everything
            )

            assert max(cells(line) for line in page.decode().splitlines()) <= width, stem


def test_long_and_wide_names_are_folded():
    """A name without spaces, wider than the page, in wide characters, disturbs nothing."""
    raw = {**small.RAW, "organization": {"name": "会社" * 60}}
    raw["departments"] = [{"key": d["key"], "name": "Abteilung" * 20, "function": "other"} for d in raw["departments"]]

    page = text.render_analysis(small.analysis(), raw=raw, catalogue=small.CATALOGUE).decode()

    assert max(cells(line) for line in page.splitlines()) == 80


def test_colour_changes_nothing_but_the_colour():
    """Without its escape sequences the coloured report is the plain one."""
    coloured, plain = small.report("en", colour=True), small.report("en")

    assert coloured != plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain


def test_names_cannot_move_the_cursor():
    """Control characters and marks of direction in names never reach the terminal."""
    raw = {**small.RAW, "organization": {"name": "Acme\n\x1b[2J\x9b31m\u202eevil"}}

    page = text.render_analysis(small.analysis(), raw=raw, catalogue=small.CATALOGUE).decode()

    assert page.startswith("Acme  [2J 31mevil")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", page)


def test_without_names_keys_are_shown():
    """An analysis alone, as programs hand it on, can be told too."""
    page = text.render_analysis(small.analysis()).decode()

    assert "service.handle_time ↓" in page
    assert "Rests on  kerr1975; guide#section-3" in page


def test_the_brief_form_has_a_line_for_each_finding():
    """Summary and titles, nothing else."""
    lines = small.report("en", brief=True).splitlines()

    assert lines[-2:] == [
        " 1  critical 71  Paying agents for short calls works against retention  FLU101",
        " 2  medium 33  New customers lengthen the calls of Customer Service  FLU001",
    ]


def test_everything_lists_low_findings_and_the_arithmetic():
    """--all leaves nothing out."""
    page = small.report("en", everything=True)

    assert "18  All or nothing at one value  INC101" in page
    assert "Severity  pressure 0.90, importance 0.80, net harm 0.45" in page


def test_a_clean_document_is_told_what_was_judged():
    """No finding is only good news as far as names and rules were understood."""
    clean = _without_findings(small.analysis())

    page = text.render_analysis(clean, raw=small.RAW, catalogue=small.CATALOGUE).decode()

    assert "Nothing was found. 2 of 3 names were understood and 0 of 1 rules could be judged" in page
    assert "WHAT TO CHANGE" not in page


def test_an_empty_document_is_told_where_to_begin():
    """Without KPIs there is nothing to compare; the report says what to do next."""
    empty = _without_findings(small.analysis())._replace(resolutions=(), goals=(), departments=(), rules=())

    page = text.render_analysis(
        empty, raw={"concord": 1, "organization": {"name": "New"}}, catalogue=small.CATALOGUE
    ).decode()

    assert "The document has no KPIs yet" in page
    assert "concord init --template" in page


def test_a_document_without_plans_is_told_that_pay_was_not_looked_at():
    """Silence on pay is no clean bill."""
    raw = {**small.RAW, "incentive_plans": []}

    page = text.render_analysis(small.analysis(), raw=raw, catalogue=small.CATALOGUE).decode()

    assert "No incentive plan is given, so pay was not looked at." in page


@pytest.mark.parametrize("departments", [2, 8, 14, 40])
def test_the_matrix_fits_however_many_departments_there_are(departments: int):
    """A table with counts, a table without, or the worst pairs as a list: always within the page, never nothing."""
    keys = [f"d{number}" for number in range(departments)]
    cells_ = tuple(
        MatrixCell(source, target, 3, 10.0 + 2 * at, "f") for at, source in enumerate(keys) for target in keys
    )
    crowd = small.analysis()._replace(
        matrix=cells_, departments=tuple(DepartmentView(k, None, 0.0, 1.0, ()) for k in keys)
    )

    page = text.render_analysis(crowd, catalogue=small.CATALOGUE).decode()

    matrix = page.partition("WHO WORKS AGAINST WHOM\n")[2].partition("FINDINGS")[0]
    assert max(cells(line) for line in page.splitlines()) <= 80
    assert f"{10 + 2 * (departments - 1)}" in matrix


def test_every_fact_that_may_be_missing_names_what_fills_it():
    """Each column that may be empty has a field of the document, follows from names, or is said to be nobody's."""
    may_be_missing = {
        field.name
        for kind in FACT_KINDS.values()
        for field in kind.fields.values()
        if field.nullable and field.testable
    }
    explained = {*FIELDS, *NAMES, *NOTHING}

    assert may_be_missing - explained == set()


def _without_findings(analysis: Analysis) -> Analysis:
    nothing = Summary(0.9, dict.fromkeys(analysis.summary.levels, 0), {}, "No conflict was found.")
    return analysis._replace(findings=(), matrix=(), recommendations=(), waived=(), loops=(), summary=nothing)
