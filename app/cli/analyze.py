"""`concord analyze`: the service analyses what it keeps, and keeps the result; it is told as `concord audit` tells it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import terminal
from app.cli.audit_delivery import TEXT
from app.cli.commands import Command, command_app
from app.cli.failures import FINDINGS
from app.cli.options import AsOfOption, ColourOption, LanguageOption, OutputOption, RenderedOption, check_output
from app.domain.terms import LEVELS, Language, Level
from app.reports.looks import Looks

if TYPE_CHECKING:
    from app.client import Client
    from app.client.analyses import Analysis
    from app.client.jobs import Job

app = command_app()


@app.command(
    cls=Command,
    epilog="""\
concord analyze acme
concord analyze acme --as-of 2027-01-01 --quiet
concord analyze acme --format sarif --output findings.sarif --fail-on medium""",
)
def analyze(
    org: Annotated[str, typer.Argument(metavar="ORG", help="Key of the organization.")],
    format_: RenderedOption = "text",
    fail_on: Annotated[
        Level, typer.Option("--fail-on", help="Exit with 1 when a finding is of this level or worse.")
    ] = "high",
    as_of: AsOfOption = None,
    language: LanguageOption = "en",
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 whatever is found.")] = False,
    output: OutputOption = None,
    no_recommendations: Annotated[
        bool, typer.Option("--no-recommendations", help="Find conflicts only; faster.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Show low findings and all recommendations, everything in full.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="The summary and one line for each finding.")] = False,
    colour: ColourOption = "auto",
) -> None:
    """Analyse an organization's document in the service, keep the result there, and show it.

    Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong use, 3 the service does not answer or Concord fails.
    """
    from app.cli import remote

    check_output(format_, output)
    looks = Looks(
        width=terminal.width(sys.stdout) if output is None else terminal.USUAL,
        colour=terminal.in_colour(colour, sys.stdout) if output is None else colour == "always",
        brief=quiet,
        everything=everything,
        with_recommendations=not no_recommendations,
    )
    with remote.connected() as client, remote.organization_in(client, org):
        found = client.analyses.run(
            org, as_of=as_of, with_recommendations=not no_recommendations, lang=language, told=_telling()
        )
        content = _report(client, org, found, format_, language, looks)
    terminal.say(f"Kept as {found.id}: revision {found.revision} as of {found.as_of}.")
    if output is not None:
        terminal.save(output, content)
    elif format_ == TEXT:
        terminal.answer(content.decode())
    else:
        terminal.answer_bytes(content)
    fails = any(found.summary.levels.get(level) for level in LEVELS[LEVELS.index(fail_on) :])
    raise typer.Exit(FINDINGS if fails and not exit_zero else 0)


def _report(client: Client, org: str, found: Analysis, format_: str, language: Language, looks: Looks) -> bytes:
    """The analysis in a format; as text it fits this terminal."""
    if format_ != TEXT:
        return client.analyses.report(org, found.id, format_, lang=language, file=f"{org}.yaml")
    import json

    from app.catalogue.load import catalogue
    from app.reports.reread import analysis_from
    from app.reports.text import render_analysis

    analysis = analysis_from(json.loads(client.analyses.report(org, found.id, lang=language)))
    raw = client.documents.get(org, revision=found.revision).said
    return render_analysis(analysis, raw=raw, catalogue=catalogue(), language=language, **looks._asdict())


def _telling() -> Callable[[Job], None]:
    """Tells on standard error how far a job is, whenever that has changed."""
    last: list[str] = []

    def tell(job: Job) -> None:
        far = f", {job.progress.done} of {job.progress.total} {job.progress.unit}" if job.progress else ""
        now = f"The analysis is a job ({job.id}): {job.status}{far}"
        if [now] != last:
            last[:] = [now]
            terminal.say(now)

    return tell
