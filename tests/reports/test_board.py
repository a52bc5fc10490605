"""Reports for a board: the figures of the JSON, whole in both languages, read aloud in order, cut with a notice."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from app.catalogue.load import catalogue
from app.domain.findings import MatrixCell
from app.domain.terms import LEVELS, Language
from app.domain.verdicts import AuditReport, verdicts_of
from app.exchange.read import read
from app.reports import board, formats, pdf
from app.reports.board_report import MOST_DECISIONS
from app.reports.board_words import BOARD_TEXTS, FIELD_TEXTS, BoardWords
from app.reports.canonical_json import as_json
from app.reports.text_missing import FIELDS
from app.services import audits
from app.services.verdicts import reported
from tests.reports.pdf_reader import bookmarks, elements, opened, tags, texts

DAY = date(2026, 11, 22)
ROOT = Path(__file__).parents[2]
LANGUAGES: tuple[Language, ...] = ("en", "de")


@lru_cache(maxsize=2)
def telecom(language: Language = "en") -> AuditReport:
    """The starter company of a telecom."""
    file = ROOT / "app/catalogue/templates/telecom.yaml"
    source = read(file.read_bytes(), file.name)
    return reported(file.name, source, audits.audit(source, as_of=DAY, language=language), language=language)


@lru_cache(maxsize=8)
def rendered(name: str, language: Language = "en") -> bytes:
    return formats.render(name, [telecom(language)], catalogue=catalogue())


@lru_cache(maxsize=2)
def pages(language: Language = "en") -> list[str]:
    return texts(opened(rendered("pdf", language)))


def markdown(language: Language) -> str:
    """As a person reads it."""
    told = re.sub(r"\\([\\`*_\[\]|~#$])", r"\1", rendered("board", language).decode())
    return " ".join(told.replace("&amp;", "&").split())


def figures(said: dict[str, Any], words: BoardWords) -> Iterator[str]:
    """Every figure of an analysis in JSON that a board is told, as it is written."""
    yield words.signed(said["summary"]["alignment_index"])
    for level in LEVELS:
        if n := said["summary"]["levels"][level]:
            yield f"{n} {words(level)}"
    for one in said["departments"]:
        yield f"{words.signed(one['alignment'])}"
    for one in said["matrix"]:
        yield f"{words.severity(one['severity'])} {one['count']}"
    for one in said["recommendations"]:
        effect = one["effect"]
        sums = {name: words.number(effect[f"severity_{name}"]) for name in ("before", "after")}
        counts = {name: len(effect[name]) for name in ("removed", "weakened", "worsened")}
        yield words("proof", **sums, **counts)


def findings(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in said["findings"]:
        yield from (one, *one["also"])


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_and_markdown_have_the_figures_of_the_json(language: Language) -> None:
    """Index, counts, matrix, every finding of medium and above with severity and confidence, every change with its effect."""
    said, words = as_json(telecom(language).analysis), BoardWords(language)
    one_line = " ".join(pages(language)).replace("\xa0", " ")
    table = re.sub(r" \| ", " ", markdown(language).replace("\xa0", " "))

    for told in (one_line, table):
        assert [figure for figure in figures(said, words) if figure.replace("\xa0", " ") not in told] == []
        for one in findings(said):
            if one["level"] == "low":
                continue
            assert one["fingerprint"] in told
            assert f"{words(one['level'])} {words.severity(one['severity'])}" in told
            assert words("sure_enough", share=words.share(one["confidence"])).replace("\xa0", " ") in told


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_pages_have_the_figures_of_the_json(language: Language) -> None:
    """Page 1 the index and the gravest; page 2 the sums of severities before and after, and how many could not be judged."""
    said, words = as_json(telecom(language).analysis), BoardWords(language)
    first, second = pages(language)[:2]

    assert said["summary"]["headline"] in first
    assert words.signed(said["summary"]["alignment_index"]) in first
    for one in said["recommendations"][:MOST_DECISIONS]:
        before, after = (words.number(one["effect"][f"severity_{side}"]) for side in ("before", "after"))
        assert f"{before} → {after}" in second.replace("\xa0", " ")
    unjudged = sum(bool(rule["not_assessable_rows"]) for rule in said["rules"])
    assert words("rules_open", n=unjudged, all=len(said["rules"]), fields="")[:20] in second


@pytest.mark.slow
def test_the_workbook_has_the_figures_of_the_json() -> None:
    """With all their digits: a row for each finding, change, cell of the matrix and name."""
    said = as_json(telecom().analysis)

    book = openpyxl.load_workbook(io.BytesIO(rendered("xlsx")))

    _, conflicts, flaws, changes, matrix, names, _ = ([*sheet.iter_rows(min_row=2, values_only=True)] for sheet in book)
    told = {row[-1]: (row[1], row[2]) for row in (*conflicts, *flaws)}
    assert told == {one["fingerprint"]: (one["severity"], one["confidence"]) for one in findings(said)}
    effects = [(one["effect"], one["cost"]) for one in said["recommendations"]]
    assert [(*row[2:4], *row[12:14]) for row in changes] == [
        (e["severity_before"], e["severity_after"], e["alignment_before"], e["alignment_after"]) for e, _ in effects
    ]
    assert [(row[14], row[7], *row[15:18]) for row in changes] == [
        (c["weight_moved"], c["pay_moved"], c.get("pay_amount"), c["plans"], c["people"]) for _, c in effects
    ]
    assert sorted(row[3:6] for row in matrix) == sorted(
        (one["severity"], one["count"], one["worst"]) for one in said["matrix"]
    )
    assert [row[0] for row in names] == [one["name"] for one in said["resolutions"]]
    summary = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert summary["Alignment index"] == said["summary"]["alignment_index"]
    assert summary["Content hash"] == said["content_hash"]


@pytest.mark.slow
@pytest.mark.parametrize("files", [1, 2])
def test_the_printed_workbook_can_be_read(files: int) -> None:
    """A4 across, one page wide and as many high as it takes, headings on each: what is printed is shrunk to three fifths at most, and what
    is not printed is said at the foot. Of eleven points are left seven."""
    reports = [telecom()] * files

    book = openpyxl.load_workbook(io.BytesIO(formats.render("xlsx", reports, catalogue=catalogue())))

    for sheet in book:
        first, last = sheet.print_area.replace("$", "").rpartition("!")[2].split(":")
        printed = range(1, sheet[last].column + 1)
        letters = sum(sheet.column_dimensions[get_column_letter(column)].width for column in printed)
        inches = A4_ACROSS - sheet.page_margins.left - sheet.page_margins.right
        assert (first, sheet[last].row, sheet.print_title_rows) == ("A1", sheet.max_row, "$1:$1"), sheet.title
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert inches * LETTERS_AN_INCH / letters >= 0.6, (sheet.title, letters)
        assert ("Further columns" in (sheet.oddFooter.center.text or "")) == (len(printed) < sheet.max_column)


A4_ACROSS, LETTERS_AN_INCH = 11.69, 96 / 7
"""Inches; letters of the usual font at its usual size, each seven of ninety-six points wide."""


@pytest.mark.slow
def test_sources_in_the_workbook_are_those_of_the_chains() -> None:
    """Each with its number, and none but what is cited."""
    said = as_json(telecom().analysis)
    cited = {id_.partition("#")[0] for one in findings(said) for id_ in one.get("references", ())}
    cited |= {id_ for one in findings(said) for link in one["chain"] for id_ in link["citations"]}

    sheet = openpyxl.load_workbook(io.BytesIO(rendered("xlsx"))).worksheets[-1]

    ids = {str(row[3]) for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert ids == {id_ for id_ in cited if catalogue().citations[id_].status != "editorial"}


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_says_what_it_is_of(language: Language) -> None:
    """Analysis, content hash and day on every page; the first two parts take a page each."""
    report = telecom(language)._replace(id="ana_01m8")
    words = BoardWords(language)

    told = texts(opened(formats.render("pdf", [report], catalogue=catalogue())))

    mark = f"{words('analysis', id='ana_01m8')} · {words('content', hash=report.analysis.content_hash)}"
    assert all(mark in page and words.day("2026-11-22") in page for page in told)
    starts = [next(n for n, page in enumerate(told) if page.startswith(words(part))) for part in ("to_decide", "annex")]
    assert starts == [1, 2]


@pytest.mark.slow
def test_a_screen_reader_gets_tags_texts_and_bookmarks() -> None:
    """PDF/UA-1: headings in order, tables with heads, drawings with texts, title and language set, parts in the outline."""
    document = opened(rendered("pdf", "de"))
    root, found = document.trailer["/Root"], tags(document)

    metadata = root["/Metadata"].get_object().get_data()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert (root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == ("de", True)
    assert document.metadata is not None
    assert document.metadata.title == "Tallowmere Telecom: Ziele und Anreizpläne"
    levels = [int(str(one["/S"])[2]) for one in elements(document) if re.fullmatch("/H[1-6]", str(one["/S"]))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert found["/TH"] > found["/Table"] == found["/THead"]
    said = [str(one["/Alt"]) for one in elements(document) if one["/S"] == "/Figure"]
    assert [one.partition(".")[0] for one in said] == ["Wohin jede Abteilung zieht", "Wer gegen wen arbeitet"]
    parts = ("to_decide", "not_judged", "reliance", "annex", "method", "sources")
    assert {BoardWords("de")(part) for part in parts} <= set(bookmarks(document))


@pytest.mark.slow
def test_paper_is_a4_and_fonts_are_in_it() -> None:
    """Nothing depends on the fonts of whoever opens it."""
    document = opened(rendered("pdf"))

    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in document.pages} == {(595, 842)}
    fonts = {str(font["/BaseFont"]) for page in document.pages for font in _fonts(page)}
    assert fonts and all("Inter" in font and "+" in font for font in fonts)


def _fonts(page: Any) -> list[Any]:
    return [font.get_object() for font in page["/Resources"].get("/Font", {}).values()]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["pdf", "xlsx", "board"])
def test_names_that_look_like_formulas_or_have_letters_of_any_script_are_told(name: str) -> None:
    """A workbook guards them, a PDF takes what fonts there are, and none fails."""
    raw = {**telecom().raw, "organization": {"name": "=1+2 会社 Тест 🏦 \u202eabc"}}

    content = formats.render(name, [telecom()._replace(raw=raw)], catalogue=catalogue())

    if name == "xlsx":
        cell = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["B2"]
        assert (cell.value, cell.data_type) == ("'=1+2 会社 Тест 🏦 \u202eabc", "s")
    elif name == "pdf":
        assert "=1+2" in texts(opened(content))[0]
        assert tags(opened(content))["/H1"] == 1
    else:
        assert content.decode().startswith("# =1+2 会社 Тест 🏦")


@pytest.mark.slow
def test_an_annex_that_is_too_long_is_cut_with_a_notice() -> None:
    """Thousands of findings, a matrix of forty departments and many files end in a document that can be opened."""
    report, most = telecom(), board.MOST_FINDINGS
    keys = [f"d{n}" for n in range(40)]
    every = tuple(
        one._replace(fingerprint=f"{n:08x}{one.fingerprint[:8]}", also=())
        for n in range(30)
        for one in report.analysis.findings
    )
    matrix = tuple(MatrixCell(a, b, 1, 60.0, every[0].fingerprint) for a in keys for b in keys)
    analysis = report.analysis._replace(findings=every, matrix=matrix)
    big = report._replace(analysis=analysis, verdicts=verdicts_of(analysis))
    grave = sum(one.level != "low" for one in every)

    told = formats.render("board", [big], catalogue=catalogue()).decode()
    paper = opened(formats.render("pdf", [big], catalogue=catalogue()))
    many = opened(formats.render("pdf", [report] * (pdf.MOST_FILES + 2), catalogue=catalogue()))

    assert f"The gravest {most} of {grave} are told here" in told
    assert "1500 more pairs are in the workbook." in told
    assert len(paper.pages) < 100
    assert "2 more files are in the workbook." in many.pages[0].extract_text()


def test_a_flaw_without_a_cure_is_no_conflict_of_goals() -> None:
    """A document that says nothing yet still makes a report, and nobody is told to decide between two goals."""
    source = read(b"concord: 1\norganization: {key: acme, name: Acme}\n", "acme.yaml")
    report = reported("acme.yaml", source, audits.audit(source, as_of=DAY))

    told = " ".join(texts(opened(formats.render("pdf", [report], catalogue=catalogue()))))

    assert "There is nothing to judge" in told
    assert "no single change of the catalogue clears it" in told
    assert "between the two goals" not in told


def test_every_text_is_in_both_languages_and_takes_the_same_values() -> None:
    """A placeholder that one language lacks would be a figure that its readers miss."""
    for name, (english, german) in {**BOARD_TEXTS, **FIELD_TEXTS}.items():
        assert english and german, name
        assert set(re.findall(r"{(\w+)}", english)) == set(re.findall(r"{(\w+)}", german)), name


def test_a_board_reads_no_names_of_fields() -> None:
    """What a document leaves out is said in words, whatever rule misses it."""
    fields = {field for named in FIELDS.values() for field in named}

    assert fields <= FIELD_TEXTS.keys()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["pdf", "xlsx"])
def test_a_terminal_gets_a_clear_word_instead_of_bytes(name: str, tmp_path: Path) -> None:
    """Before anything is computed; a pipe or a file gets the bytes."""
    file = tmp_path / "acme.yaml"
    file.write_text("concord: 1\norganization: {key: acme, name: Acme}\n", encoding="utf-8")
    command = [sys.executable, "-m", "app.cli.main", "audit", str(file), "--exit-zero", "--format", name]

    above, below = pty.openpty()
    try:
        shown = subprocess.run(command, stdout=below, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    finally:
        os.close(above)
        os.close(below)
    piped = subprocess.run(command, capture_output=True, cwd=ROOT, check=True).stdout

    assert shown.returncode == 2
    assert f"{name} is no text that a terminal shows: add --output report.{name}, or a pipe" in shown.stderr.decode()
    assert piped.startswith(b"%PDF-1.7" if name == "pdf" else b"PK")


@pytest.mark.slow
def test_a_small_audit_loads_neither_typst_nor_openpyxl(tmp_path: Path) -> None:
    """What only a board needs is imported when it is asked for."""
    file = tmp_path / "acme.yaml"
    file.write_text("concord: 1\norganization: {key: acme, name: Acme}\n", encoding="utf-8")
    program = (
        f"import sys\nfrom app.cli.main import app\ntry:\n    app(['audit', {str(file)!r}, '--exit-zero'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'typst', 'openpyxl'} & sys.modules.keys()), file=sys.stderr)"
    )

    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)

    assert told.stderr.splitlines()[-1] == "[]"
