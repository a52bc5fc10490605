"""Audits as Markdown for a board: two pages to decide by and an annex, with the texts and figures of the PDF.

It is plain CommonMark with tables; names are escaped, and every part ends with the analysis that it is of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.domain.catalogue import Catalogue
from app.domain.verdicts import AuditReport
from app.reports.beside_parts import Chapter, rows_of
from app.reports.board_annex import Change, Told
from app.reports.board_report import MOST_PAIRS, MOST_PAIRS_IN_ANNEX, BoardReport, Grave, Pair, board_report
from app.reports.board_words import BoardWords
from app.reports.file_names import written_name
from app.reports.markdown import escaped
from app.reports.refusals import Refusal

NAME = "board"
MEDIA_TYPE = "text/x-concord-board"
SUFFIX = ".md"

MOST_FINDINGS = 500
"""Findings that annexes tell, of all files together; what is left out is said."""
LEAST_FINDINGS = 5

_DECISIONS = ("number", "change_of", "before_after", "index_column", "clears_column", "costs_column")
_PAIRS = ("from", "to", "level", "severity", "number_of")
_DEPARTMENTS = ("department", "alignment", "reached")
_NAMES = ("name", "kind_of_thing", "taken_for", "how_taken", "certainty")
_WAIVED = ("finding", "level", "who", "until", "reason")


def render(reports: Sequence[AuditReport], *, catalogue: Catalogue, refused: Sequence[Refusal] = ()) -> bytes:
    """A report for each file, one after the other; files that were refused stand first."""
    words = BoardWords(reports[0].language if reports else "en")
    most = max(LEAST_FINDINGS, MOST_FINDINGS // max(1, len(reports)))
    blocks = list(_refused(refused, words))
    if not reports and not refused:
        blocks.append(words("nothing_at_all"))
    for one in reports:
        blocks += _blocks(board_report(one, catalogue, most_findings=most), words)
    return ("\n\n".join(blocks) + "\n").encode("utf-8", "replace")


def _blocks(board: BoardReport, words: BoardWords) -> Iterator[str]:
    yield f"# {escaped(board.organization)}"
    yield f"{words('board_title')} · {escaped(board.mark.made_by)}"
    yield from _first_page(board, words)
    yield _mark(board)
    yield from _second_page(board, words)
    yield _mark(board)
    if board.beside is not None:
        yield from _beside(board.beside, words)
        yield _mark(board)
    yield from _annex(board, words)
    yield _mark(board)


def _first_page(board: BoardReport, words: BoardWords) -> Iterator[str]:
    yield f"**{escaped(board.headline)}**"
    index = f"**{board.alignment}** " if board.alignment else ""
    yield f"{words('index')}: {index}{escaped(board.alignment_said)}. {escaped(board.alignment_means)}"
    levels = " · ".join(said for _, said in board.levels) or words("no_findings")
    yield f"{words('findings')}: {levels}{f' ({board.kinds})' if board.kinds else ''}"
    yield f"## {words('matrix')}"
    if board.pairs:
        yield _pairs(board.pairs[:MOST_PAIRS], words)
        if len(board.pairs) > MOST_PAIRS:
            yield words("the_worst_pairs", n=len(board.pairs))
    else:
        yield words("no_matrix")
    yield f"## {board.grave_title}"
    yield "\n".join(_grave(n, one) for n, one in enumerate(board.grave, 1)) if board.grave else words("no_open")


def _grave(number: int, one: Grave) -> str:
    told = [f"**{escaped(one.sentence)}** ({one.grade})", *map(escaped, filter(None, (one.change, one.proof)))]
    return f"{number}. {'<br>'.join(told)}"


def _second_page(board: BoardReport, words: BoardWords) -> Iterator[str]:
    yield f"## {words('to_decide')}"
    if board.decisions:
        yield words("to_decide_how")
        rows = [
            (one.number, one.title, one.severities, one.alignment, one.clears, one.costs) for one in board.decisions
        ]
        yield _table(_DECISIONS, rows, words)
        if board.more_decisions:
            yield board.more_decisions
    else:
        yield words("no_recommendations")
    yield f"## {words('not_judged')}"
    yield _listed(board.unjudged)
    yield f"## {words('reliance')}"
    yield _listed(board.reliance)


def _beside(chapter: Chapter, words: BoardWords) -> Iterator[str]:
    yield f"## {words('beside')}"
    yield words("beside_how")
    for part in chapter.parts:
        yield f"### {escaped(part.title)}"
        yield from map(escaped, part.said)
        drawn = [rows_of(one.drawing) for one in part.drawings if not one.in_table]
        for table in (*drawn, *part.tables):
            if table.title:
                yield f"#### {escaped(table.title)}"
            yield _sheet(table.head, table.rows)
        if part.points:
            yield _listed(part.points)
    yield from filter(None, (chapter.lacking,))


def _annex(board: BoardReport, words: BoardWords) -> Iterator[str]:
    annex = board.annex
    yield f"## {words('annex')}"
    yield f"### {words('annex_findings')}"
    if not annex.findings:
        yield words("annex_none")
    yield from filter(None, (annex.cut, annex.low))
    for finding in annex.findings:
        yield from _finding(finding, words)
    if annex.changes:
        yield f"### {words('changes_all')}"
        for change in annex.changes:
            yield from _change(change, words)
        yield from filter(None, (annex.changes_cut,))
    if len(board.pairs) > MOST_PAIRS:
        yield f"### {words('matrix')}"
        yield _pairs(board.pairs[:MOST_PAIRS_IN_ANNEX], words)
        if (left := len(board.pairs) - MOST_PAIRS_IN_ANNEX) > 0:
            yield words("pairs_cut", n=left)
    if annex.departments:
        yield f"### {words('alignment')}"
        yield words("scale")
        yield _table(_DEPARTMENTS, annex.departments, words)
    if annex.waived:
        yield f"### {words('waived')}"
        yield _table(_WAIVED, annex.waived, words)
    if annex.names:
        yield f"### {words('names_read_as')}"
        yield _table(_NAMES, annex.names, words)
        yield from filter(None, (annex.names_cut,))
    yield f"### {words('method')}"
    yield from map(escaped, annex.method)
    for title, said in (("assumptions", annex.assumptions), ("notices", annex.settings)):
        if said:
            yield f"#### {words(title)}"
            yield _listed(said)
    if annex.sources:
        yield f"### {words('sources')}"
        yield "\n".join(f"{number}. {escaped(said)}" for number, said in annex.sources)


def _finding(one: Told, words: BoardWords) -> Iterator[str]:
    yield f"#### {one.number}. {escaped(one.title)} ({one.grade})"
    yield escaped(one.about)
    if one.explanation:
        yield escaped(one.explanation)
    if one.steps:
        steps = [f"{escaped(step.moves)}: {escaped(step.how)}, {escaped(step.known)}" for step in one.steps]
        yield "\n".join([f"- {escaped(one.begins)}", *(f"- → {step}" for step in steps)])
    said = (("doubts", one.doubts), ("rests_on", one.rests_on), ("what_helps", one.helps))
    yield "\n".join(f"- {words(label)}: {escaped(told)}" for label, told in said if told)


def _change(one: Change, words: BoardWords) -> Iterator[str]:
    yield f"#### {one.number} {escaped(one.title)}"
    yield escaped(one.proof)
    said = [("costs", one.costs), ("why", one.why), *(("risk", risk) for risk in one.risks)]
    yield "\n".join(f"- {words(label)}: {escaped(told)}" for label, told in said if told)


def _pairs(pairs: Sequence[Pair], words: BoardWords) -> str:
    return _table(_PAIRS, [(one.source, one.target, one.said, one.severity, one.found) for one in pairs], words)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], words: BoardWords) -> str:
    return _sheet([words(one) for one in head], rows)


def _sheet(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *([escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _listed(said: Sequence[str]) -> str:
    return "\n".join(f"- {escaped(one)}" for one in said)


def _mark(board: BoardReport) -> str:
    return f"---\n\n<sub>{escaped(board.mark.line)}</sub>"


def _refused(refused: Sequence[Refusal], words: BoardWords) -> Iterator[str]:
    if refused:
        yield f"# {words('not_audited')}"
    for one in refused:
        problems = [problem.message for problem in one.problems] or [one.reason]
        yield f"**{escaped(written_name(one.file))}**"
        yield _listed(problems)
