"""Options that several commands share."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import typer

from app.cli.terminal import Colour

TextOrJson = Literal["text", "json"]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day; write YYYY-MM-DD") from None


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
ForceOption = Annotated[bool, typer.Option("--force", help="Overwrite what exists.")]


def day_or_today(day: date | None) -> date:
    """The day that was asked for, else today: the only place where the command line reads the clock."""
    return day or date.today()
