"""What stands on the sheets of a workbook: columns and rows, figures with the digits of the JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from app.domain.catalogue import Catalogue
from app.domain.citations import reference
from app.domain.headline import CONFLICTS
from app.domain.parameters import parameters
from app.domain.terms import LEVELS
from app.domain.verdicts import AuditReport, Beside, Verdict
from app.reports.beside_assessments import Voice
from app.reports.beside_report import voice_of
from app.reports.board_annex import doubts, name_read
from app.reports.board_words import BoardWords
from app.reports.canonical_json import measure, severity
from app.reports.chain_lines import link_line, start_line
from app.reports.file_names import written_name
from app.reports.refusals import Refusal
from app.reports.reread import as_in_json
from app.reports.text_finding import best_change
from app.reports.text_names import Names, Sources
from app.reports.workbook_beside import BESIDE_SHEETS, Row, beside_summary


class Column(NamedTuple):
    """A column: its heading, its width in letters, the format of its numbers; what its cells are."""

    title: str
    width: int
    form: str = ""
    is_level: bool = False
    is_mixed: bool = False


class Sheet(NamedTuple):
    """A sheet of the workbook. `printed`: so many of its columns, from the first, go on paper; more would make all of it too small."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    printed: int


class _Told(NamedTuple):
    report: AuditReport
    names: Names
    sources: Sources
    words: BoardWords


def sheets_of(
    reports: Sequence[AuditReport], catalogue: Catalogue, refused: Sequence[Refusal], words: BoardWords
) -> Iterator[Sheet]:
    """The sheets; that of refused files only where there are any."""
    told = []
    for one in map(as_in_json, reports):
        names = Names(words, one.raw, catalogue, one.analysis.resolutions)
        told.append(_Told(one, names, Sources(names), words))
    several = len(reports) > 1
    for title, printed, columns, rows in _SHEETS[:_BEFORE_BESIDE]:
        yield _sheet(
            title, printed, columns, [_row(one, row, several) for one in told for row in rows(one)], words, several
        )
    for title, printed, columns, beside_rows in BESIDE_SHEETS:
        found = [_row(one, row, several) for one in told for row in _beside(one, beside_rows)]
        if found:
            yield _sheet(title, printed, columns, found, words, several)
    for title, printed, columns, rows in _SHEETS[_BEFORE_BESIDE:]:
        yield _sheet(
            title, printed, columns, [_row(one, row, several) for one in told for row in rows(one)], words, several
        )
    if refused:
        columns_ = tuple(Column(words(name), width) for name, width in (("file", 40), ("place", 20), ("problem", 90)))
        yield Sheet(words("not_audited"), columns_, tuple(_refused(refused)), len(columns_))


def _sheet(
    title: str,
    printed: int,
    columns: Sequence[tuple[str, int, str]],
    rows: Sequence[Row],
    words: BoardWords,
    several: bool,
) -> Sheet:
    """A sheet; with several files its first column names the file."""
    heads = tuple(Column(words(name), width, form, name == "level", name == "value") for name, width, form in columns)
    heads = (Column(words("file"), 28), *heads) if several else heads
    return Sheet(words(title), heads, tuple(rows), printed + several)


def _row(told: _Told, row: Row, several: bool) -> Row:
    return (written_name(told.report.file), *row) if several else row


def _beside(told: _Told, rows: Callable[[Beside, Voice], Iterator[Row]]) -> Iterator[Row]:
    """Rows on what is kept beside an analysis."""
    if told.report.beside is not None:
        yield from rows(told.report.beside, voice_of(told.report, told.names, told.sources, told.words))


def _summary(told: _Told) -> Iterator[Row]:
    analysis, words = told.report.analysis, told.words
    engine = analysis.engine
    index = analysis.summary.alignment_index
    yield words("organization"), told.names.organization
    yield words("headline"), analysis.summary.headline
    yield words("index"), words("no_alignment") if index is None else measure(index)
    for level in reversed(LEVELS):
        yield f"{words('findings')}: {words(level)}", analysis.summary.levels.get(level, 0)
    yield words("analysis_id"), told.report.id or words("not_stored")
    yield words("content_hash"), analysis.content_hash
    yield words("day"), analysis.as_of
    yield words("made_with"), f"Concord {engine['version']} · {engine['catalogue']}"
    for one in analysis.departments:
        name = told.names.department(one.key)
        known = words("reaches_nothing") if one.alignment is None else measure(one.alignment)
        yield f"{words('alignment')}: {name}", known
    if told.report.beside is not None:
        yield from beside_summary(told.report.beside, words)
    for assumption in analysis.assumptions:
        yield words("assumptions"), assumption
    for notice in told.report.notices:
        yield words("notices"), notice
    for rule in analysis.not_run:
        yield words("rules_not_run"), words.not_run(rule)


def _conflicts(told: _Told) -> Iterator[Row]:
    return _findings(told, lambda verdict: verdict.finding.kind in CONFLICTS)


def _flaws(told: _Told) -> Iterator[Row]:
    return _findings(told, lambda verdict: verdict.finding.kind not in CONFLICTS)


def _findings(told: _Told, wanted: Callable[[Verdict], bool]) -> Iterator[Row]:
    words, names = told.words, told.names
    recommendations = told.report.analysis.recommendations
    numbers = {one.id: f"R{n} {one.title}" for n, one in enumerate(recommendations, 1)}
    for verdict in filter(wanted, told.report.verdicts):
        finding = verdict.finding
        best = best_change(finding, recommendations)
        chain = [start_line(finding.chain, names)] if finding.chain else []
        chain += [link_line(one, names) for one in finding.chain]
        yield (
            words(finding.level),
            severity(finding.severity),
            measure(finding.confidence),
            finding.title,
            ", ".join(names.department(key) for key in finding.departments),
            finding.explanation,
            numbers[best.id] if best else "",
            words(f"state_{_state(verdict)}"),
            words.excuse(verdict),
            words(finding.kind),
            "\n".join(chain),
            "; ".join(doubts(finding, names, words)),
            "; ".join(dict.fromkeys(told.sources.named(one) for one in finding.references)),
            finding.rule,
            finding.fingerprint,
        )


def _state(verdict: Verdict) -> str:
    if verdict.waiver is not None:
        return "waived"
    return {"new": "new", "unchanged": "known"}.get(verdict.baseline or "", "open")


def _recommendations(told: _Told) -> Iterator[Row]:
    words, names = told.words, told.names
    for number, one in enumerate(told.report.analysis.recommendations, 1):
        effect, cost = one.effect, one.cost
        yield (
            f"R{number}",
            one.title,
            severity(effect.severity_before),
            severity(effect.severity_after),
            len(effect.removed),
            len(effect.weakened),
            len(effect.worsened),
            measure(cost.pay_moved),
            words(f"effort_{one.effort}"),
            ", ".join(names.department(key) for key in one.owners),
            one.rationale,
            "\n".join(one.risks),
            None if effect.alignment_before is None else measure(effect.alignment_before),
            None if effect.alignment_after is None else measure(effect.alignment_after),
            measure(cost.weight_moved),
            cost.pay_amount,
            cost.plans,
            cost.people,
            one.id,
        )


def _matrix(told: _Told) -> Iterator[Row]:
    analysis, words = told.report.analysis, told.words
    bounds = parameters(dict(analysis.engine.get("parameters", {})))
    for cell in sorted(analysis.matrix, key=lambda cell: (-cell.severity, cell.source, cell.target)):
        yield (
            told.names.department(cell.source),
            told.names.department(cell.target),
            words(bounds.level(cell.severity)),
            severity(cell.severity),
            cell.count,
            cell.worst,
        )


def _names(told: _Told) -> Iterator[Row]:
    for one in told.report.analysis.resolutions:
        read = name_read(one, told.names, told.words)
        score = measure(one.score) if one.metric is not None else None
        yield read.name, read.kind, read.taken, one.metric or one.family or "", read.how, score


def _sources(told: _Told) -> Iterator[Row]:
    """Every source that a finding rests on, in its rule or its chain."""
    for verdict in told.report.verdicts:
        for link in verdict.finding.chain:
            told.sources.marks(link.citations)
    for number, citation in told.sources.used():
        yield number, reference(citation, told.words.language), citation.status, citation.id


def _refused(refused: Sequence[Refusal]) -> Iterator[Row]:
    for one in refused:
        for problem in one.problems:
            place = f"{problem.line}:{problem.column or 1}" if problem.line else problem.pointer
            yield written_name(one.file), place, problem.message
        if not one.problems:
            yield written_name(one.file), "", one.reason


_FINDINGS = (
    ("level", 11, ""), ("severity", 10, "0.00"), ("confidence_column", 12, "0%"), ("finding", 42, ""), ("departments", 22, ""),
    ("explanation", 62, ""), ("what_helps", 36, ""), ("state", 11, ""), ("reason", 40, ""), ("kind", 22, ""), ("chain_column", 110, ""),
    ("doubts", 70, ""), ("rests_on", 70, ""), ("rule", 10, ""), ("fingerprint", 19, ""),
)  # fmt: skip
_SHEETS: tuple[tuple[str, int, tuple[tuple[str, int, str], ...], Callable[[_Told], Iterator[Row]]], ...] = (
    ("sheet_summary", 2, (("what", 40, ""), ("value", 110, "")), _summary),
    ("sheet_conflicts", 8, _FINDINGS, _conflicts),
    ("sheet_flaws", 8, _FINDINGS, _flaws),
    (
        "sheet_recommendations",
        11,
        (
            ("number", 6, ""), ("change_of", 44, ""), ("before", 10, "0.00"), ("after", 10, "0.00"), ("removed", 10, ""),
            ("weakened", 11, ""), ("worsened", 14, ""), ("pay_column", 16, "0%"), ("effort_column", 10, ""), ("who", 20, ""),
            ("why", 54, ""), ("risks", 110, ""), ("index_before", 10, "0.00"), ("index_after", 10, "0.00"), ("weight_column", 14, "0%"),
            ("amount_column", 14, "#,##0"), ("plans_column", 8, ""), ("people_column", 10, "#,##0"), ("id", 24, ""),
        ),
        _recommendations,
    ),
    (
        "sheet_matrix",
        5,
        (
            ("from", 30, ""), ("to", 30, ""), ("level", 11, ""), ("severity", 10, "0.00"), ("number_of", 10, ""),
            ("fingerprint", 19, ""),
        ),
        _matrix,
    ),
    (
        "sheet_names",
        6,
        (
            ("name", 40, ""), ("kind_of_thing", 22, ""), ("taken_for", 40, ""), ("id", 36, ""), ("how_taken", 26, ""),
            ("certainty", 11, "0%"),
        ),
        _names,
    ),
    ("sheet_sources", 3, (("number", 6, ""), ("source", 110, ""), ("state", 12, ""), ("id", 26, "")), _sources),
)  # fmt: skip
"""Name of a sheet → how many of its columns are printed, its columns with their widths and formats, and what fills it."""
_BEFORE_BESIDE = 5
"""Sheets before those on what is kept beside the analysis; names and sources stand after them."""
