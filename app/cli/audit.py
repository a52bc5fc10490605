"""`concord audit`: documents in, conflicts and the changes that clear them out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from app.cli import terminal
from app.cli.commands import Command, command_app
from app.cli.failures import FINDINGS, REFUSED, Refused
from app.cli.inputs import Input, find_inputs
from app.cli.options import (
    AsOfOption,
    ColourOption,
    FormatOption,
    LanguageOption,
    OutputOption,
    day_or_today,
)
from app.domain.terms import LEVELS, Language, Level

if TYPE_CHECKING:
    from app.domain.errors import DocumentInvalid
    from app.domain.findings import Analysis
    from app.exchange.source import Source

app = command_app()


@dataclass(frozen=True, slots=True)
class Looks:
    """How an answer for people is to look."""

    language: Language
    colour: bool
    width: int
    brief: bool
    everything: bool
    with_recommendations: bool


@dataclass(frozen=True, slots=True)
class Audited:
    """A document that was audited."""

    name: str
    source: Source
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that was refused; `invalid` lists its problems where it could be opened at all."""

    name: str
    reason: str
    invalid: DocumentInvalid | None = None


@app.command(
    cls=Command,
    epilog="""\
concord audit acme.yaml
concord audit plans/ --fail-on medium --format json --output findings.json
concord audit acme.xlsx --lang de --as-of 2027-01-01
cat acme.yaml | concord audit - --quiet""",
)
def audit(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="YAML, JSON or XLSX files, folders of them or of CSV sheets, - for stdin."),
    ],
    format_: FormatOption = "text",
    fail_on: Annotated[
        Literal["low", "medium", "high", "critical"],
        typer.Option("--fail-on", help="Exit with 1 when a finding is of this level or worse."),
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
    """Find conflicts among goals and incentive plans, and the changes that clear them.

    Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong use or a document that is not valid, 3 a failure of Concord.
    """
    found = find_inputs(paths)
    for path in found.passed_over:
        terminal.say(f"concord: {path} is passed over: it is no model document (no “concord” in it)")
    looks = Looks(
        language=language,
        colour=terminal.in_colour(colour, sys.stdout) if output is None else colour == "always",
        width=terminal.width(sys.stdout) if output is None else terminal.USUAL,
        brief=quiet,
        everything=everything,
        with_recommendations=not no_recommendations,
    )
    outcomes = _audited(found.inputs, day_or_today(as_of), looks)
    content = _as_json(outcomes, language) if format_ == "json" else _as_text(outcomes, looks)
    _deliver(content, output, machine=format_ == "json")
    raise typer.Exit(_status(outcomes, fail_on, exit_zero=exit_zero))


def _audited(inputs: Sequence[Input], as_of: date, looks: Looks) -> list[Audited | Unread]:
    """Every document audited, or refused with its problems on standard error."""
    from app.cli.problems import print_problems
    from app.domain.errors import DocumentInvalid
    from app.services import audits

    outcomes: list[Audited | Unread] = []
    with terminal.progress(inputs, "Auditing") as shown:
        for given in shown:
            try:
                source = given.read()
                analysis = audits.audit(
                    source, as_of=as_of, language=looks.language, with_recommendations=looks.with_recommendations
                )
            except DocumentInvalid as invalid:
                print_problems(invalid, given, looks.language)
                outcomes.append(Unread(given.name, str(invalid), invalid))
            except Refused as refused:
                terminal.say(f"concord: {refused}")
                outcomes.append(Unread(given.name, str(refused)))
            else:
                outcomes.append(Audited(given.name, source, analysis))
    return outcomes


def _as_json(outcomes: Sequence[Audited | Unread], language: Language) -> bytes:
    """One document gives its analysis; several give `{"analyses": […]}`; those refused come with their problems."""
    from app.cli.problems import problems_as_json
    from app.reports import canonical_json

    if len(outcomes) == 1 and isinstance(outcomes[0], Audited):
        return canonical_json.render_analysis(outcomes[0].analysis)
    analyses = [{"file": o.name, **canonical_json.as_json(o.analysis)} for o in outcomes if isinstance(o, Audited)]
    refused = [problems_as_json(o.name, o.reason, o.invalid, language) for o in outcomes if isinstance(o, Unread)]
    answer = {"analyses": analyses} if len(outcomes) > 1 else {}
    return canonical_json.written({**answer, "refused": refused} if refused else answer)


def _as_text(outcomes: Sequence[Audited | Unread], looks: Looks) -> bytes:
    from app.catalogue.load import catalogue
    from app.reports import text

    audited = [o for o in outcomes if isinstance(o, Audited)]
    pages = []
    for outcome in audited:
        page = text.render_analysis(
            outcome.analysis,
            raw=outcome.source.raw,
            catalogue=catalogue(),
            language=looks.language,
            width=looks.width,
            colour=looks.colour,
            brief=looks.brief,
            everything=looks.everything,
            with_recommendations=looks.with_recommendations,
        )
        pages.append(text.file_heading(outcome.name, looks.width, looks.colour) + page if len(outcomes) > 1 else page)
    if len(outcomes) > 1 and audited:
        pages.append(
            text.render_several([(o.name, o.analysis) for o in audited], looks.language, looks.width, looks.colour)
        )
    return b"\n".join(pages)


def _deliver(content: bytes, output: Path | None, *, machine: bool) -> None:
    if output is not None:
        terminal.save(output, content)
    elif machine:
        terminal.answer_bytes(content)
    else:
        terminal.answer(content.decode())


def _status(outcomes: Sequence[Audited | Unread], fail_on: Level, *, exit_zero: bool) -> int:
    """2 wins over 1."""
    if any(isinstance(o, Unread) for o in outcomes):
        return REFUSED
    grave = LEVELS[LEVELS.index(fail_on) :]
    counts = [o.analysis.summary.levels for o in outcomes if isinstance(o, Audited)]
    return FINDINGS if not exit_zero and any(levels.get(level) for levels in counts for level in grave) else 0
