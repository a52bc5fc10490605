"""`concord why`: why two goals are in conflict, or why not."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from app.cli import terminal
from app.cli.commands import Command, command_app
from app.cli.inputs import one_input
from app.cli.options import AsOfOption, ColourOption, LanguageOption, RulesOption, day_or_today
from app.cli.problems import problems_of

app = command_app()


@app.command(
    cls=Command,
    epilog="""\
concord why aht loyalty acme.yaml
concord why agents-2026-aht fcr acme.yaml --lang de""",
)
def why(
    source: Annotated[str, typer.Argument(metavar="FROM", help="Key of a KPI, or of a component that pays it.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Key of a KPI or an outcome.")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="The document; - for stdin.")],
    as_of: AsOfOption = None,
    language: LanguageOption = "en",
    rules: RulesOption = None,
    colour: ColourOption = "auto",
) -> None:
    """Why two goals are in conflict, or why not: the nearest chain, what weakened it, the condition that failed."""
    from app.catalogue.load import catalogue
    from app.cli.rule_files import rulebook
    from app.reports.text_why import why_page
    from app.services import audits

    given = one_input(file)
    with problems_of(given, language):
        read, book = given.read(), rulebook(rules or (), language)
        answer, told = audits.why_told(
            read, source, target, as_of=day_or_today(as_of), language=language, rulebook=book
        )
    page = why_page(
        answer,
        told,
        raw=read.raw,
        catalogue=book.of(catalogue()),
        language=language,
        width=terminal.width(sys.stdout),
    )
    terminal.answer(page.text(colour=terminal.in_colour(colour, sys.stdout)))
