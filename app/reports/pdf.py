"""Audits as a PDF for a board: two pages to decide by and an annex, tagged for those who listen (PDF/UA-1).

It is set by Typst with fonts that lie beside this module; nothing is loaded from anywhere, and no clock is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from app.domain.catalogue import Catalogue
from app.domain.verdicts import AuditReport
from app.reports.beside_parts import Chapter, Part, Rows, Shown, rows_of
from app.reports.board_drawings import Picture, compass_picture, matrix_picture, picture_of
from app.reports.board_report import MOST_PAIRS, MOST_PAIRS_IN_ANNEX, BoardReport, board_report
from app.reports.board_words import BoardWords
from app.reports.drawings.words import DrawingWords
from app.reports.file_names import written_name
from app.reports.refusals import Refusal

NAME = "pdf"
MEDIA_TYPE = "application/pdf"
SUFFIX = ".pdf"

MOST_FINDINGS = 150
"""Findings that annexes tell, of all files together; what is left out is said."""
LEAST_FINDINGS = 5
MOST_FILES = 25

_FOLDER = Path(__file__).with_name("typeset")
_NO_DAY = date(1980, 1, 1)
_MISSING_LETTER = "could not be displayed with"


def render(reports: Sequence[AuditReport], *, catalogue: Catalogue, refused: Sequence[Refusal] = ()) -> bytes:
    """A report for each file, one after the other; files that were refused stand first."""
    language = reports[0].language if reports else "en"
    words = BoardWords(language)
    told = reports[:MOST_FILES]
    most = max(LEAST_FINDINGS, MOST_FINDINGS // max(1, len(told)))
    boards = [board_report(one, catalogue, most_findings=most) for one in told]
    day = max((one.as_of for one in reports), default=_NO_DAY)
    name = boards[0].organization if len(boards) == 1 else ""
    left = len(reports) - len(told)
    said = {
        "title": words("board_of", name=name) if name else words("board_title"),
        "language": language,
        "date": [day.year, day.month, day.day],
        "labels": _labels(words),
        "mark": boards[0].mark.line if len(boards) == 1 else "",
        "refused": list(_refused(refused)),
        "cut": words("files_cut", n=left) if left else "",
        "reports": [_report(board, words) for board in boards],
    }
    return _set(json.dumps(said, ensure_ascii=False), datetime(day.year, day.month, day.day, tzinfo=UTC))


def _set(said: str, at: datetime) -> bytes:
    """The document. Letters that the fonts beside this module lack are looked for on the machine; what no font has is an empty box."""
    import typst

    page = (_FOLDER / "report.typ").read_bytes()
    fonts = [str(_FOLDER / "fonts")]
    for own_only, standards in ((True, ["ua-1"]), (False, ["ua-1"])):
        try:
            return _compiled(typst, page, fonts, said, at, own_only, standards)
        except typst.TypstError as error:
            if _MISSING_LETTER not in error.message:
                raise
    return _compiled(typst, page, fonts, said, at, own_only=False, standards=[])


def _compiled(
    typst: Any, page: bytes, fonts: list[str], said: str, at: datetime, own_only: bool, standards: list[str]
) -> bytes:
    content: bytes = typst.compile(
        page,
        format="pdf",
        font_paths=fonts,
        ignore_system_fonts=own_only,
        sys_inputs={"report": said},
        pdf_standards=standards,
        timestamp=at,
    )
    return content


def _report(board: BoardReport, words: BoardWords) -> dict[str, Any]:
    """A report as the page takes it."""
    pairs = len(board.pairs)
    return {
        **_plain({name: getattr(board, name) for name in _TEXTS}),
        "subtitle": f"{words('board_title')} · {board.mark.made_by}",
        "mark": board.mark.line,
        "matrix": _picture(matrix_picture(board)),
        "compass": _picture(compass_picture(board)),
        "beside": _beside(board.beside),
        "pairs": _plain(board.pairs[:MOST_PAIRS_IN_ANNEX]),
        "annex_pairs_cut": words("pairs_cut", n=pairs - MOST_PAIRS_IN_ANNEX) if pairs > MOST_PAIRS_IN_ANNEX else "",
        "pairs_cut": words("the_worst_pairs", n=pairs) if pairs > MOST_PAIRS else "",
    }


def _beside(chapter: Chapter | None) -> dict[str, Any] | None:
    """What is kept beside the analysis, as the page takes it."""
    if chapter is None:
        return None
    return {"parts": [_part(one) for one in chapter.parts], "lacking": chapter.lacking}


def _part(part: Part) -> dict[str, Any]:
    return {
        "title": part.title,
        "said": list(part.said),
        "drawings": [_drawing(one) for one in part.drawings],
        "tables": [_rows(one) for one in part.tables],
        "points": list(part.points),
    }


def _drawing(shown: Shown) -> dict[str, Any]:
    drawing = shown.drawing
    table = None if shown.in_table else _rows(rows_of(drawing)._replace(title=""))
    return {"title": drawing.title, "picture": _picture(picture_of(drawing)), "table": table}


def _rows(table: Rows) -> dict[str, Any]:
    """A table; a column of the width 0 is as wide as what stands in it."""
    columns = range(len(table.head))
    widths = table.widths or [0 if column in table.numbers else 1 for column in columns]
    aligned = ["right" if column in table.numbers else "left" for column in columns]
    return {**_plain(table), "widths": list(widths), "aligned": aligned}


_TEXTS = (
    "organization", "headline", "alignment", "alignment_said", "alignment_means", "levels", "kinds", "grave_title",
    "grave", "decisions", "more_decisions", "unjudged", "reliance", "annex",
)  # fmt: skip


def _picture(picture: Picture | None) -> dict[str, Any] | None:
    return picture._asdict() if picture else None


def _plain(value: Any) -> Any:
    """Named tuples as objects, all the way down."""
    if hasattr(value, "_asdict"):
        return {name: _plain(member) for name, member in value._asdict().items()}
    if isinstance(value, dict):
        return {name: _plain(member) for name, member in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _refused(refused: Sequence[Refusal]) -> Iterator[list[str]]:
    for one in refused[:MOST_FILES]:
        for problem in one.problems[:MOST_FILES]:
            place = f"{problem.line}:{problem.column or 1}" if problem.line else problem.pointer
            yield [written_name(one.file), place, problem.message]
        if not one.problems:
            yield [written_name(one.file), "", one.reason]


def _labels(words: BoardWords) -> dict[str, Any]:
    """What stands over tables and parts."""
    plain = (
        "index", "findings", "no_findings", "no_open", "matrix", "no_matrix", "to_decide", "to_decide_how", "no_recommendations",
        "not_judged", "reliance", "annex", "annex_findings", "annex_none", "changes_all", "waived", "names_read_as", "method",
        "assumptions", "notices", "alignment", "scale", "sources", "rests_on", "costs", "why", "risk", "not_audited", "nothing_at_all",
        "beside", "beside_how",
    )  # fmt: skip
    heads = {
        "pairs": ("from", "to", "level", "severity", "number_of"),
        "decisions": ("number", "change_of", "before_after", "index_column", "clears_column", "costs_column"),
        "steps": ("step", "moves", "how_strong", "known_by", "why"),
        "waived_head": ("finding", "level", "who", "until", "reason"),
        "departments_head": ("department", "alignment", "reached"),
        "names_head": ("name", "kind_of_thing", "taken_for", "how_taken", "certainty"),
        "sources_head": ("number", "source"),
        "refused_head": ("file", "place", "problem"),
    }  # fmt: skip
    return {
        **{name: words(name) for name in plain},
        **{name: [words(one) for one in head] for name, head in heads.items()},
        "matrix_how": words("matrix_how"),
        "compass_how": DrawingWords(words.language)("compass_how"),
        "doubts": words("doubts"),
        "helps": words("what_helps"),
    }
