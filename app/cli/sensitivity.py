"""`concord sensitivity`: how far findings and recommendations stand when the strengths of influences are not sure."""

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
concord sensitivity acme.yaml
concord sensitivity acme.yaml --samples 200 --seed 7
concord sensitivity acme.yaml --format json""",
)
def sensitivity(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The document; - for stdin.")],
    samples: Annotated[
        int, typer.Option("--samples", "-n", min=1, max=100_000, metavar="N", help="How many samples are drawn.")
    ] = 1_000,
    seed: Annotated[int, typer.Option("--seed", min=0, metavar="S", help="The same seed gives the same samples.")] = 0,
    format_: FormatOption = "text",
    as_of: AsOfOption = None,
    language: LanguageOption = "en",
    rules: RulesOption = None,
    colour: ColourOption = "auto",
) -> None:
    """How far findings stand when every influence's strength is drawn within its class, and what they hang on."""
    from app.cli.rule_files import rulebook
    from app.services import robustness

    given = one_input(file)
    with problems_of(given, language), terminal.counted("Sampling") as progress:
        source, book = given.read(), rulebook(rules or (), language)
        found = robustness.sampled(
            source,
            as_of=day_or_today(as_of),
            samples=samples,
            seed=seed,
            language=language,
            rulebook=book,
            progress=progress,
        )
    if format_ == "json":
        from app.reports.canonical_json import written
        from app.reports.json_robustness import sensitivity_as_json

        terminal.answer_bytes(written(sensitivity_as_json(found.sensitivity, seed)))
        return
    from app.catalogue.load import catalogue
    from app.reports.text_sensitivity import sensitivity_page

    page = sensitivity_page(
        found.sensitivity,
        found.analysis,
        seed=seed,
        raw=source.raw,
        catalogue=book.of(catalogue()),
        language=language,
        width=terminal.width(sys.stdout),
    )
    terminal.answer(page.text(colour=terminal.in_colour(colour, sys.stdout)))
