"""`concord plan`: the few changes that clear the most, under constraints."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import terminal
from app.cli.audit_settings import Asked, Settings
from app.cli.commands import Command, command_app
from app.cli.edited_files import changed_file, kind_of
from app.cli.failures import FINDINGS, Refused
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
    listed,
)
from app.cli.problems import problems_of

if TYPE_CHECKING:
    from app.domain.optimise_constraints import Allowed

app = command_app()

ALLOWED: dict[str, Allowed] = {"claims": "claims", "removals": "removals", "target-pay": "target_pay"}


@app.command(
    cls=Command,
    epilog="""\
concord plan acme.yaml
concord plan acme.yaml --max-changes 3 --freeze sellers-2026 --output planned.yaml
concord plan acme.yaml --budget 100000 --max-weight 0.6 --max-measures 4
concord plan acme.yaml --must-go 5f0c1d2e3a4b5c6d --format json""",
)
def plan(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The document; - for stdin.")],
    max_changes: Annotated[
        int, typer.Option("--max-changes", "-n", min=0, max=50, metavar="N", help="Changes that are made at most.")
    ] = 5,
    freeze: Annotated[
        list[str] | None,
        typer.Option("--freeze", metavar="KEY", help="Department, KPI, plan or component that stays as it is."),
    ] = None,
    min_weight: Annotated[
        float,
        typer.Option("--min-weight", min=0, max=1, metavar="SHARE", help="Least weight that is set in a plan, 0–1."),
    ] = 0.0,
    max_weight: Annotated[
        float, typer.Option("--max-weight", min=0, max=1, metavar="SHARE", help="Largest weight that is set, 0–1.")
    ] = 1.0,
    budget: Annotated[
        float | None,
        typer.Option("--budget", min=0, metavar="AMOUNT", help="Pay a year that may come to hang on something else."),
    ] = None,
    max_measures: Annotated[
        int | None,
        typer.Option("--max-measures", min=1, metavar="K", help="Components that an incentive plan gets at most."),
    ] = None,
    must_go: Annotated[
        list[str] | None,
        typer.Option("--must-go", metavar="FINGERPRINT", help="Finding that must be below medium afterwards."),
    ] = None,
    allow: Annotated[
        list[str] | None,
        typer.Option(
            "--allow",
            metavar="claims|removals|target-pay",
            help="Also flags of governance; taking out; other target pay. Several with commas, or given again.",
        ),
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option("--time-limit", min=0, metavar="SECONDS", help="Then the best plan so far is given."),
    ] = None,
    format_: FormatOption = "text",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the changed document there.")
    ] = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    rules: RulesOption = None,
    as_of: AsOfOption = None,
    language: LanguageOption = "en",
    colour: ColourOption = "auto",
) -> None:
    """The few changes that clear the most, each proved, under your constraints.

    Exit status: 0 a plan that keeps them, 1 none does (what stands in the way is named), 2 wrong use or a document that is not valid,
    3 a failure of Concord.
    """
    from app.cli.audit_outcome import How
    from app.cli.audit_policy import policy_of
    from app.domain.optimise_constraints import Constraints
    from app.services import plans

    if min_weight > max_weight:
        raise Refused(f"--min-weight {min_weight:g} is above --max-weight {max_weight:g}")
    constraints = Constraints(
        max_changes=max_changes,
        frozen=listed(freeze),
        least_weight=min_weight,
        most_weight=max_weight,
        budget=budget,
        most_measures=max_measures,
        allowed=frozenset(_allowed(word) for word in listed(allow)),
        must_go=listed(must_go),
    )
    given, how = one_input(file), How(day_or_today(as_of), language, with_recommendations=False)
    in_force = Settings(Asked(rules=tuple(rules or ()), config=config, no_config=no_config), language).of(given)
    in_force = in_force._replace(baseline=None, new_only=False)
    with problems_of(given, language), terminal.hushed(), terminal.counted("Planning") as progress:
        source = given.read()
        policy = policy_of(given, source, in_force, how)
        found = plans.plan(
            source,
            constraints,
            as_of=how.as_of,
            language=language,
            policy=policy,
            seconds=_seconds_left(time_limit),
            progress=progress,
        )
    if output is not None and not found.plan.blockers:
        terminal.save(output, changed_file(given, source, found.plan.document, kind_of(output)))
    if format_ == "json":
        from app.reports.json_plan import render_plan

        terminal.answer_bytes(render_plan(found.plan))
    else:
        from app.reports.text_plan import plan_page

        page = plan_page(
            found.plan, found.before, found.after, raw=source.raw, language=language, width=terminal.width(sys.stdout)
        )
        terminal.answer(page.text(colour=terminal.in_colour(colour, sys.stdout)))
    raise typer.Exit(FINDINGS if found.plan.blockers else 0)


def _allowed(word: str) -> Allowed:
    if word not in ALLOWED:
        raise Refused(f"--allow {word}: expected {', '.join(ALLOWED)}")
    return ALLOWED[word]


def _seconds_left(limit: float | None) -> Callable[[], float]:
    if limit is None:
        return lambda: math.inf
    end = time.monotonic() + limit
    return lambda: end - time.monotonic()
