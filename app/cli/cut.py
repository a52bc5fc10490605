"""`concord cut`: the fewest safeguards that break every harmful chain between two departments."""

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
concord cut sales service acme.yaml
concord cut service customer acme.yaml --lang de
concord cut sales service acme.yaml --format json""",
)
def cut(
    source: Annotated[str, typer.Argument(metavar="FROM", help="Key of the department whose goals do harm.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="Key of the department that is harmed; or: customer.")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="The document; - for stdin.")],
    format_: FormatOption = "text",
    as_of: AsOfOption = None,
    language: LanguageOption = "en",
    rules: RulesOption = None,
    colour: ColourOption = "auto",
) -> None:
    """The fewest measures that one department's pay must depend on, so that every harmful chain to another is met."""
    from app.cli.rule_files import rulebook
    from app.services import robustness

    given = one_input(file)
    with problems_of(given, language):
        document, book = given.read(), rulebook(rules or (), language)
        found = robustness.cut(document, source, target, as_of=day_or_today(as_of), rulebook=book)
    if format_ == "json":
        from app.reports.canonical_json import written
        from app.reports.json_robustness import cut_as_json

        terminal.answer_bytes(written(cut_as_json(found)))
        return
    from app.catalogue.load import catalogue
    from app.reports.text_cut import cut_page

    page = cut_page(
        found, raw=document.raw, catalogue=book.of(catalogue()), language=language, width=terminal.width(sys.stdout)
    )
    terminal.answer(page.text(colour=terminal.in_colour(colour, sys.stdout)))
