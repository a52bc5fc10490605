"""`concord recommend`: single changes, each proved, in the order in which one would take them up."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from app.cli import terminal
from app.cli.audit_settings import Asked, Settings
from app.cli.commands import Command, command_app
from app.cli.inputs import one_input
from app.cli.options import (
    AsOfOption,
    ColourOption,
    ConfigOption,
    FormatOption,
    LanguageOption,
    NoConfigOption,
    RulesOption,
    day_or_today,
)
from app.cli.problems import problems_of

app = command_app()


@app.command(
    cls=Command,
    epilog="""\
concord recommend acme.yaml
concord recommend acme.yaml --limit 3 --format json
concord recommend acme.yaml --lang de --as-of 2027-01-01""",
)
def recommend(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The document; - for stdin.")],
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, max=12, metavar="N", help="So many at most, the best first.")
    ] = 5,
    format_: FormatOption = "text",
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    rules: RulesOption = None,
    as_of: AsOfOption = None,
    language: LanguageOption = "en",
    colour: ColourOption = "auto",
) -> None:
    """Single changes that clear what is found, each with the proof of what it does, its price and its risks.

    Each has an id, by which `concord apply` writes it into a file. For several changes that go together, see `concord plan`.
    """
    from app.cli.audit_outcome import How
    from app.cli.audit_policy import policy_of
    from app.services.applying import recommended

    given, how = one_input(file), How(day_or_today(as_of), language, with_recommendations=True)
    in_force = Settings(Asked(rules=tuple(rules or ()), config=config, no_config=no_config), language).of(given)
    with problems_of(given, language):
        source = given.read()
        policy = policy_of(given, source, in_force, how)
        analysis = recommended(source, as_of=how.as_of, language=language, policy=policy)
    first = analysis.recommendations[:limit]
    if format_ == "json":
        from app.reports.canonical_json import recommendation_as_json, written

        terminal.answer_bytes(written({"recommendations": [recommendation_as_json(one) for one in first]}))
        return
    from app.reports.text_recommended import recommended_page

    page = recommended_page(analysis, first, raw=source.raw, language=language, width=terminal.width(sys.stdout))
    terminal.answer(page.text(colour=terminal.in_colour(colour, sys.stdout)))
