"""`concord audit`: documents in, conflicts and the changes that clear them out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli import terminal
from app.cli.audit_delivery import deliver, status
from app.cli.audit_outcome import How
from app.cli.audit_run import run
from app.cli.audit_settings import Asked, Settings
from app.cli.commands import Command, command_app
from app.cli.failures import REFUSED, Refused
from app.cli.inputs import find_inputs
from app.cli.options import (
    AsOfOption,
    ColourOption,
    ConfigOption,
    LanguageOption,
    NoConfigOption,
    OutputOption,
    RenderedOption,
    check_output,
    day_or_today,
    listed,
)
from app.domain.terms import Level
from app.reports.looks import Looks

app = command_app()

NAMES = "RULE|PACK|LEVEL|DEPARTMENT"
FAILING, CHOOSING, KNOWING = "When it fails", "Which findings", "What is known already"
CHANGING = "What a change does, and changes by machine"
"""What options are about: headings of the help."""


@app.command(
    cls=Command,
    epilog="""\
concord audit acme.yaml
concord audit plans/ --fail-on medium --format json --output findings.json
concord audit plans/ --baseline known.json --update-baseline
concord audit plans/ --baseline known.json --waivers waivers.yaml --format sarif
concord audit acme.yaml --select fluss,high --ignore FLU204
concord audit acme.yaml --rules my-rules/
concord audit acme.yaml --against git:main
concord audit acme.yaml --fix-unsafe --dry-run
concord audit acme.xlsx --lang de --as-of 2027-01-01
cat acme.yaml | concord audit - --quiet""",
)
def audit(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help="YAML, JSON or XLSX files, folders of them or of CSV sheets, - for stdin."
        ),
    ],
    format_: RenderedOption = "text",
    output: OutputOption = None,
    as_of: AsOfOption = None,
    language: LanguageOption = "en",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="The summary and one line for each finding.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Show low findings and all recommendations, everything in full.")
    ] = False,
    not_assessable: Annotated[
        bool, typer.Option("--show-not-assessable", help="List, by rule, what could not be judged and why.")
    ] = False,
    no_recommendations: Annotated[
        bool, typer.Option("--no-recommendations", help="Find conflicts only; faster.")
    ] = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    colour: ColourOption = "auto",
    fail_on: Annotated[
        Level | None,
        typer.Option(
            "--fail-on",
            help="Exit with 1 when a finding is of this level or worse.  [default: high]",
            rich_help_panel=FAILING,
        ),
    ] = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit with 0 whatever is found.", rich_help_panel=FAILING)
    ] = False,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select",
            metavar=NAMES,
            help="Only these findings; several with commas, or given again.",
            rich_help_panel=CHOOSING,
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar=NAMES, help="All findings but these; as --select.", rich_help_panel=CHOOSING),
    ] = None,
    rules: Annotated[
        list[Path] | None,
        typer.Option(
            "--rules",
            metavar="PATH",
            help="Own rules, run beside the built-in ones: a file or a folder of them; can be repeated.",
            rich_help_panel=CHOOSING,
        ),
    ] = None,
    waivers: Annotated[
        list[Path] | None,
        typer.Option(
            "--waivers",
            metavar="FILE",
            help="Findings that are accepted (YAML, JSON, TOML); can be repeated.",
            rich_help_panel=CHOOSING,
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline",
            metavar="FILE",
            help="Findings that are known: they do not fail a run.",
            rich_help_panel=KNOWING,
        ),
    ] = None,
    update_baseline: Annotated[
        bool,
        typer.Option("--update-baseline", help="Write what is found now into the baseline.", rich_help_panel=KNOWING),
    ] = False,
    new_only: Annotated[
        bool, typer.Option("--new-only", help="Leave out what the baseline knows.", rich_help_panel=KNOWING)
    ] = False,
    strict_baseline: Annotated[
        bool,
        typer.Option(
            "--strict-baseline",
            help="Exit with 1 when what was fixed is still in the baseline.",
            rich_help_panel=KNOWING,
        ),
    ] = False,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="OLD",
            help="Judge the change only: what is new or worse than in a file, a folder, or git:REVISION.",
            rich_help_panel=CHANGING,
        ),
    ] = None,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help="Write safe changes into the files: pins of metrics, missing keys.",
            rich_help_panel=CHANGING,
        ),
    ] = False,
    fix_unsafe: Annotated[
        bool,
        typer.Option(
            "--fix-unsafe",
            help="Write proved recommendations into the files, too, until --fail-on is met.",
            rich_help_panel=CHANGING,
        ),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Show what --fix or --fix-unsafe would change; write nothing.",
            rich_help_panel=CHANGING,
        ),
    ] = False,
) -> None:
    """Find conflicts among goals and incentive plans, and the changes that clear them.

    Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong use or a document that is not valid, 3 a failure of Concord.
    """
    found = find_inputs(paths)
    for path in found.passed_over:
        terminal.say(f"concord: {path} is passed over: it is no model document (no “concord” in it)")
    asked = Asked(
        fail_on=fail_on,
        select=listed(select),
        ignore=listed(ignore),
        baseline=baseline,
        update_baseline=update_baseline,
        strict_baseline=strict_baseline,
        new_only=new_only,
        waivers=tuple(waivers or ()),
        rules=tuple(rules or ()),
        config=config,
        no_config=no_config,
    )
    check_output(format_, output)
    looks = Looks(
        width=terminal.width(sys.stdout) if output is None else terminal.USUAL,
        colour=terminal.in_colour(colour, sys.stdout) if output is None else colour == "always",
        brief=quiet,
        everything=everything,
        with_recommendations=not no_recommendations,
        not_assessable=not_assessable,
    )
    how = How(day_or_today(as_of), language, with_recommendations=not no_recommendations)
    settings = Settings(asked, language)
    if against is not None:
        _check_alone("--against", fix or fix_unsafe or baseline is not None or update_baseline)
        from app.cli.against import review

        raise typer.Exit(
            review(
                paths,
                found.inputs,
                against,
                settings,
                how,
                format_=format_,
                looks=looks,
                output=output,
                exit_zero=exit_zero,
            )
        )
    fixed = True
    if fix or fix_unsafe:
        from app.cli.fix import fix_files, show_fixes

        if dry_run:
            raise typer.Exit(
                show_fixes(found.inputs, settings, how, unsafe=fix_unsafe, looks=looks, exit_zero=exit_zero)
            )
        fixed = fix_files(found.inputs, settings, how, unsafe=fix_unsafe, looks=looks)
    elif dry_run:
        raise Refused("--dry-run shows what would be fixed; it goes with --fix or --fix-unsafe")
    outcome = run(found.inputs, settings, how, update_baseline=update_baseline)
    deliver(outcome, format_, looks, language, output)
    raise typer.Exit(status(outcome, exit_zero=exit_zero, accepts_all=update_baseline) if fixed else REFUSED)


def _check_alone(option: str, others: bool) -> None:
    if others:
        raise Refused(f"{option} compares by itself; leave out --fix, --fix-unsafe, --baseline and --update-baseline")
