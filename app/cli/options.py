"""Options that several commands share."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, get_args

import typer

from app.cli.failures import Refused
from app.cli.terminal import Colour

TextOrJson = Literal["text", "json"]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day; write YYYY-MM-DD") from None


def _rendered(name: str) -> str:
    """The name of a format; which there are is looked up when another than text or JSON is asked for."""
    if name not in get_args(TextOrJson) and name not in _formats():
        from app.domain.nearest import nearest

        near = "".join(f"; did you mean {other!r}?" for other in nearest(name, _formats(), 1))
        raise typer.BadParameter(f"{name!r} is not one of {', '.join(map(repr, _formats()))}{near}")
    return name


def _formats() -> tuple[str, ...]:
    from app.reports import formats

    return formats.names()


def check_output(format_: str, output: Path | None) -> None:
    """Raises Refused where a format of bytes would go to a terminal."""
    if format_ in get_args(TextOrJson) or output is not None or not sys.stdout.isatty():
        return
    from app.reports import formats

    form = formats.formats()[format_]
    if not form.is_text:
        raise Refused(f"{format_} is no text that a terminal shows: add --output report{form.suffix}, or a pipe")


def listed(values: list[str] | None) -> tuple[str, ...]:
    """Values of an option that is repeated or takes several with commas."""
    words = (word.strip() for value in values or () for word in value.split(","))
    return tuple(word for word in words if word)


RenderedOption = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        parser=_rendered,
        metavar="FORMAT",
        help="For people (text, html, markdown, csv), for a board (pdf, xlsx, board) or for programs (json, sarif, junit, github, gitlab).",
    ),
]
FormatOption = Annotated[
    TextOrJson, typer.Option("--format", "-f", help="For people (text) or for programs (json, docs/analysis.md).")
]
AsOfOption = Annotated[
    date | None,
    typer.Option("--as-of", parser=_day, metavar="DATE", help="Judge what is in force on this day.  [default: today]"),
]
LanguageOption = Annotated[Literal["en", "de"], typer.Option("--lang", "-l", help="Language of titles and texts.")]
ColourOption = Annotated[Colour, typer.Option("--color", help="Colour: auto needs a terminal and no NO_COLOR.")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the answer there instead of printing it.")
]
RulesOption = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="PATH", help="Own rules: a file or a folder of them; can be repeated."),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Settings.  [default: the nearest concord.toml above]"),
]
NoConfigOption = Annotated[bool, typer.Option("--no-config", help="Read no concord.toml.")]
ForceOption = Annotated[bool, typer.Option("--force", help="Overwrite what exists.")]


def day_or_today(day: date | None) -> date:
    """The day that was asked for, else today: the only place where the command line reads the clock."""
    return day or date.today()
