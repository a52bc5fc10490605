"""`concord deciding`: which influence decides a finding, or between two goals."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from app.cli import terminal
from app.cli.commands import Command, command_app
from app.cli.failures import Refused
from app.cli.inputs import one_input
from app.cli.options import AsOfOption, ColourOption, FormatOption, LanguageOption, RulesOption, day_or_today
from app.cli.problems import problems_of

app = command_app()


@app.command(
    cls=Command,
    epilog="""\
concord deciding 54c6f613 acme.yaml     # a finding, by the beginning of its fingerprint
concord deciding aht loyalty acme.yaml  # a pair: keys of KPIs, components or outcomes
concord deciding aht loyalty acme.yaml --format json""",
)
def deciding(
    asked: Annotated[
        list[str], typer.Argument(metavar="FINDING | FROM TO", help="A finding's fingerprint, or two keys.")
    ],
    file: Annotated[str, typer.Argument(metavar="FILE", help="The document; - for stdin.")],
    format_: FormatOption = "text",
    as_of: AsOfOption = None,
    language: LanguageOption = "en",
    rules: RulesOption = None,
    colour: ColourOption = "auto",
) -> None:
    """Which influence decides: each one on the chains behind a finding dropped, and turned round, and what changes."""
    from app.cli.rule_files import rulebook
    from app.services import robustness

    if len(asked) > 2:
        raise Refused(f"{' '.join(asked)}: expected the fingerprint of a finding, or two keys")
    given = one_input(file)
    with problems_of(given, language):
        source, book = given.read(), rulebook(rules or (), language)
        found = robustness.decided(source, asked, as_of=day_or_today(as_of), language=language, rulebook=book)
    if format_ == "json":
        from app.reports.canonical_json import written
        from app.reports.json_robustness import deciders_as_json

        terminal.answer_bytes(written(deciders_as_json(found.asked, found.deciders)))
        return
    from app.catalogue.load import catalogue
    from app.reports.text_deciding import deciding_page

    page = deciding_page(
        found.asked,
        found.deciders,
        found.findings,
        raw=source.raw,
        catalogue=book.of(catalogue()),
        language=language,
        width=terminal.width(sys.stdout),
    )
    terminal.answer(page.text(colour=terminal.in_colour(colour, sys.stdout)))
