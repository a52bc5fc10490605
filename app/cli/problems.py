"""Problems of a document as a good compiler prints them: place, what is wrong, the line with a caret, what was expected."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from app.cli import terminal
from app.cli.failures import REFUSED
from app.domain.errors import DocumentInvalid, Problem
from app.domain.problem_texts import told
from app.domain.terms import Language

if TYPE_CHECKING:
    from app.cli.inputs import Input

Paint = Callable[[str, str], str]

_TEXTS = {
    "error": ("error", "Fehler"),
    "found": ("found", "gefunden"),
    "expected": ("expected", "erwartet"),
    "nearest": ("perhaps", "vielleicht"),
    "at": ("at", "bei"),
    "one": ("1 problem; the document was not looked at further", "1 Problem; das Dokument wurde nicht weiter geprüft"),
    "many": (
        "{n} problems; the document was not looked at further",
        "{n} Probleme; das Dokument wurde nicht weiter geprüft",
    ),
    "one_beside": ("1 problem; nothing was audited", "1 Problem; nichts wurde geprüft"),
    "many_beside": ("{n} problems; nothing was audited", "{n} Probleme; nichts wurde geprüft"),
    "omitted": (" ({n} more not listed)", " ({n} weitere nicht aufgeführt)"),
}
_BOLD, _RED, _BLUE, _DIM, _OFF = "\x1b[1m", "\x1b[1;31m", "\x1b[1;34m", "\x1b[2m", "\x1b[0m"
_TOKEN = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s,\[\]{}#:]+|.)""")
_LONGEST_LINE = 160


def print_problems(
    invalid: DocumentInvalid, given: Input | None = None, language: Language = "en", *, beside: bool = False
) -> None:
    """Everything that is wrong with a document, or with a file `beside` the documents, to standard error."""
    colour = terminal.in_colour("auto", sys.stderr)
    terminal.say(problem_text(invalid, given, language, colour=colour, beside=beside))


@contextmanager
def problems_of(given: Input, language: Language) -> Iterator[None]:
    """Problems of a document that arise within end the command with exit status 2."""
    try:
        yield
    except DocumentInvalid as invalid:
        print_problems(invalid, given, language)
        raise typer.Exit(REFUSED) from None


def problem_text(
    invalid: DocumentInvalid, given: Input | None, language: Language, *, colour: bool = False, beside: bool = False
) -> str:
    """One paragraph for each problem, and the count at the end."""
    at = 1 if language == "de" else 0
    paint = _painted if colour else _unpainted
    paragraphs = ["\n".join(_paragraph(told(problem, language), given, at, paint)) for problem in invalid.problems]
    count = len(invalid.problems) + invalid.omitted
    name = given.name if given else "document"
    how_many = f"{'one' if count == 1 else 'many'}{'_beside' if beside else ''}"
    summary = _TEXTS[how_many][at].format(n=count)
    if invalid.omitted:
        summary += _TEXTS["omitted"][at].format(n=invalid.omitted)
    return "\n\n".join([*paragraphs, f"{paint(name, _BOLD)}: {summary}"])


def _paragraph(problem: Problem, given: Input | None, at: int, paint: Paint) -> list[str]:
    error = paint(f"{_TEXTS['error'][at]}:", _RED)
    lines = [f"{paint(place(problem, given), _BOLD)}: {error} {problem.message}"]
    lines += _source_lines(problem, given, paint)
    said = [
        (name, value)
        for name, value in (("found", problem.found), ("expected", problem.expected), ("nearest", problem.nearest))
        if value and value not in problem.message
    ]
    if problem.pointer:
        said.append(("at", problem.pointer))
    width = max((len(_TEXTS[name][at]) for name, _ in said), default=0)
    for name, value in said:
        label = paint(f"{_TEXTS[name][at]:<{width}}", _DIM)
        lines.append(f"    {label}  {value}")
    return lines


def place(problem: Problem, given: Input | None) -> str:
    """`file:line:column`, `file:sheet!cell`, or the file alone."""
    name = _name(problem, given)
    if problem.sheet is not None and problem.cell is not None:
        return f"{name}:{problem.sheet}!{problem.cell}"
    if problem.sheet is not None:
        return f"{name}:{problem.sheet}"
    if problem.line is None:
        return name
    return f"{name}:{problem.line}" + (f":{problem.column}" if problem.column is not None else "")


def _name(problem: Problem, given: Input | None) -> str:
    """The file as the caller named it, so that it can be opened from here."""
    if given is None or given.path is None:
        return given.name if given else problem.file or "document"
    return given.name if problem.file in (None, given.path.name) else str(problem.file)


def _source_lines(problem: Problem, given: Input | None, paint: Paint) -> list[str]:
    """The line on which it stands, and a caret under what is meant."""
    from app.reports.text_line import cells, plain

    text = given.line(problem.line) if given and problem.line else None
    if text is None or not text.strip() or "\0" in text or problem.sheet is not None:
        return []
    number = str(problem.line)
    bar = paint("|", _BLUE)
    shown = plain(text.rstrip())
    lines = [f" {paint(number, _BLUE)} {bar} {shown[:_LONGEST_LINE]}"]
    if problem.column is not None and problem.column - 1 <= min(len(shown), _LONGEST_LINE):
        column = problem.column - 1
        token = _TOKEN.match(shown, column)
        length = max(1, len(token[0]) if token else 1)
        gap = " " * cells(shown[:column])
        lines.append(f" {' ' * len(number)} {bar} {gap}{paint('^' * min(length, 40), _RED)}")
    return lines


def _painted(text: str, style: str) -> str:
    return f"{style}{text}{_OFF}"


def _unpainted(text: str, style: str) -> str:
    return text
