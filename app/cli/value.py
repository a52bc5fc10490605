"""`concord value`: what conflicts may cost, where the document says what an outcome is worth."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from app.cli import terminal
from app.cli.commands import Command, command_app
from app.cli.inputs import one_input
from app.cli.options import AsOfOption, ColourOption, FormatOption, LanguageOption, RulesOption, day_or_today
from app.cli.problems import problems_of

app = command_app()


@app.command(
    cls=Command,
    epilog="""\
concord value acme.yaml
concord value acme.yaml --format json""",
)
def value(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The document; - for stdin.")],
    format_: FormatOption = "text",
    as_of: AsOfOption = None,
    language: LanguageOption = "en",
    rules: RulesOption = None,
    colour: ColourOption = "auto",
) -> None:
    """What conflicts with outcomes may cost: a range of money with every assumption named, where the document prices outcomes."""
    from app.cli.rule_files import rulebook
    from app.services import robustness

    given = one_input(file)
    with problems_of(given, language):
        source, book = given.read(), rulebook(rules or (), language)
        found = robustness.valued(source, as_of=day_or_today(as_of), language=language, rulebook=book)
    if format_ == "json":
        from app.reports.canonical_json import written
        from app.reports.json_robustness import value_as_json

        terminal.answer_bytes(written(value_as_json(found.value, found.assumptions, found.lacking)))
        return
    from app.reports.text_value import value_page

    page = value_page(
        found.value,
        found.assumptions,
        found.lacking,
        found.findings,
        raw=source.raw,
        language=language,
        width=terminal.width(sys.stdout),
    )
    terminal.answer(page.text(colour=terminal.in_colour(colour, sys.stdout)))
