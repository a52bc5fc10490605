"""`concord roadmap`: the road from conflicts to a customer-centric company, in the service."""

from __future__ import annotations

import json
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli import terminal
from app.cli.columns import columns
from app.cli.commands import Command, Group, command_app
from app.cli.failures import FINDINGS, Refused
from app.cli.options import FormatOption, LanguageOption

if TYPE_CHECKING:
    from app.client.roadmaps import RoadmapItem
    from app.domain.terms import Language

app = command_app(
    cls=Group,
    epilog="""\
concord roadmap build acme --starts-on 2027-01-04
concord roadmap show acme
concord roadmap item acme try_changed_goals --owner "Ada Park" --starts-on 2027-02-01
concord roadmap export acme ics > acme.ics""",
)

OrgArgument = Annotated[str, typer.Argument(metavar="ORG", help="Key of the organization.")]
DayOption = Annotated[datetime | None, typer.Option("--starts-on", formats=["%Y-%m-%d"], help="The day to begin.")]


_WORDS = {
    "en": {
        "span": "{name}: {starts_on} to {ends_on}, {progress} % of the stages are done",
        "item": "{stage}: {begins_on} to {ends_on}, {waits}; owner: {owner}",
        "critical": "the end waits for it",
        "slack": "may wait {days} days",
        "nobody": "nobody yet",
        "measure": "Measure of success",
        "guardrail": "Guardrail",
        "customers": "Customers",
        "exit": "To leave the stage:",
        "grounds": "Why here:",
    },
    "de": {
        "span": "{name}: {starts_on} bis {ends_on}, {progress} % der Stufen sind erledigt",
        "item": "{stage}: {begins_on} bis {ends_on}, {waits}; verantwortlich: {owner}",
        "critical": "das Ende wartet darauf",
        "slack": "kann {days} Tage warten",
        "nobody": "noch niemand",
        "measure": "Erfolgsmaß",
        "guardrail": "Leitplanke",
        "customers": "Kunden",
        "exit": "Zum Verlassen der Stufe:",
        "grounds": "Warum hier:",
    },
}


_COLUMNS = ("key", "stage_title", "begins_on", "ends_on", "title")


class FileForm(StrEnum):
    """What a roadmap is exported as."""

    ICS = "ics"
    CSV = "csv"
    MD = "md"


@app.callback()
def roadmap() -> None:
    """The road from conflicts to a customer-centric company: built from what was found, with dates, stages and what each needs."""


@app.command(cls=Command, epilog="concord roadmap build acme --starts-on 2027-01-04")
def build(
    org: OrgArgument, starts_on: DayOption = None, format_: FormatOption = "text", language: LanguageOption = "en"
) -> None:
    """Build the roadmap, or build it anew: what people entered stays, grounds are those of today."""
    from app.cli import remote

    with remote.connected() as client, remote.organization_in(client, org):
        made = client.roadmaps.build(org, starts_on=_day(starts_on), lang=language)
    _tell_all(made, format_, language)


@app.command(cls=Command, epilog="concord roadmap show acme --lang de")
def show(org: OrgArgument, format_: FormatOption = "text", language: LanguageOption = "en") -> None:
    """Show the items with their dates and stages; an asterisk marks those that the end waits for."""
    from app.cli import remote

    with remote.connected() as client, remote.organization_in(client, org):
        found = client.roadmaps.get(org, lang=language)
    _tell_all(found, format_, language)


@app.command(
    cls=Command,
    epilog="""\
concord roadmap item acme try_changed_goals
concord roadmap item acme try_changed_goals --owner "Ada Park" --measure "fcr=66>72 %" --guardrail "aht=412>450 seconds"
concord roadmap item acme try_changed_goals --confirm "ran=Four weeks in two shops" --stage implement""",
)
def item(
    org: OrgArgument,
    key: Annotated[str, typer.Argument(metavar="ITEM", help="Key of the item.")],
    owner: Annotated[str | None, typer.Option("--owner", metavar="NAME", help="Who owns it.")] = None,
    starts_on: DayOption = None,
    days: Annotated[int | None, typer.Option("--days", min=1, help="How long it takes.")] = None,
    after: Annotated[list[str] | None, typer.Option("--after", metavar="ITEM", help="What it waits for.")] = None,
    measure: Annotated[
        str | None, typer.Option("--measure", metavar="NAME=FROM>TO UNIT", help="Its measure of success.")
    ] = None,
    guardrail: Annotated[
        list[str] | None, typer.Option("--guardrail", metavar="NAME=NOW>BOUND UNIT", help="What must not get worse.")
    ] = None,
    confirm: Annotated[
        list[str] | None, typer.Option("--confirm", metavar="CRITERION=EVIDENCE", help="A criterion that is met.")
    ] = None,
    stage: Annotated[str | None, typer.Option("--stage", metavar="STAGE", help="The stage to go to.")] = None,
    format_: FormatOption = "text",
    language: LanguageOption = "en",
) -> None:
    """Show an item, or change it: what is entered counts before its stage is left.

    Exit status: 0 done, 1 the next stage needs more, which is listed, 2 wrong use, 3 the service does not answer.
    """
    from app.cli import remote
    from app.client import WrongState

    said: dict[str, Any] = {
        "owner": owner,
        "starts_on": starts_on and starts_on.date().isoformat(),
        "days": days,
        "after": after,
        "measure": _measure("--measure", measure) if measure else None,
        "guardrails": [_measure("--guardrail", one) for one in guardrail] if guardrail else None,
        "confirmed": dict(_confirmed(one) for one in confirm) if confirm else None,
        "stage": stage,
    }
    changes = {name: value for name, value in said.items() if value is not None}
    with remote.connected() as client, remote.organization_in(client, org):
        found = client.roadmaps.item(org, key, lang=language)
        if changes:
            try:
                found = client.roadmaps.patch_item(org, key, changes, if_match=found.etag, lang=language)
            except WrongState as refused:
                if refused.slug != "criteria-unmet":
                    raise
                terminal.say(f"concord: {refused.detail}")
                raise typer.Exit(FINDINGS) from None
    if format_ == "json":
        terminal.answer(json.dumps(dict(found), ensure_ascii=False, indent=2) + "\n")
    else:
        terminal.answer("\n".join(_lines(found, language)) + "\n")


@app.command(cls=Command, epilog="concord roadmap export acme ics > acme.ics")
def export(
    org: OrgArgument,
    form: Annotated[FileForm, typer.Argument(metavar="FORM", help="ics: a calendar; csv: a sheet; md: a text.")],
    language: LanguageOption = "en",
) -> None:
    """Write the roadmap as a calendar, a sheet or a text to standard output."""
    from app.cli import remote

    with remote.connected() as client, remote.organization_in(client, org):
        content = client.roadmaps.export(org, form.value, lang=language)
    terminal.answer_bytes(content)


def _tell_all(found: Any, format_: str, language: str) -> None:
    if format_ == "json":
        terminal.answer(json.dumps(dict(found), ensure_ascii=False, indent=2) + "\n")
        return
    lines = [_WORDS[language]["span"].format_map({**found, "progress": round(100 * found.progress)})]
    for phase in found.phases:
        rows = [
            ["*" if one["is_critical"] else " ", *(one[name] for name in _COLUMNS)]
            for one in found["items"]
            if one["phase"] == phase["key"]
        ]
        lines += ["", phase["title"], *(f"  {row}" for row in columns(rows))]
    terminal.answer("\n".join(lines) + "\n")


def _lines(one: RoadmapItem, language: Language) -> list[str]:
    from app.reports.measure_words import measured

    words = _WORDS[language]
    waits = words["critical"] if one.is_critical else words["slack"].format(days=one.slack_days)
    told = {**one, "stage": one.stage_title, "waits": waits, "owner": one.owner or words["nobody"]}
    lines = [f"{one.title} ({one.key})", f"  {one.why}", f"  {words['item'].format_map(told)}"]
    lines += [f"  {words['measure']}: {measured(one.measure, language)}"] if one.measure else []
    lines += [f"  {words['guardrail']}: {measured(each, language)}" for each in one.guardrails]
    lines += [f"  {words['customers']}: {one.customers}"]
    lines += ["", f"  {words['exit']}", *(_criterion(each) for each in one.exit)] if one.exit else []
    lines += ["", f"  {words['grounds']}", *(f"    {each['title']}" for each in one.grounds)] if one.grounds else []
    return lines


def _criterion(one: dict[str, Any]) -> str:
    evidence = f" ({one['by']}, {one['on']}: {one['evidence']})" if "evidence" in one else ""
    return f"    [{'x' if one['met'] else ' '}] {one['key']}: {one['text']}{evidence}"


def _measure(option: str, word: str) -> dict[str, Any]:
    """`fcr=66>72 %` → the measure that it says."""
    name, _, values = word.rpartition("=")
    today, _, wanted = values.partition(">")
    target, _, unit = wanted.strip().partition(" ")
    try:
        said: dict[str, Any] = {"name": name.strip(), "baseline": float(today), "target": float(target)}
    except ValueError:
        raise Refused(f"{option} {word}: expected NAME=FROM>TO UNIT, such as “fcr=66>72 %”") from None
    return {**said, **({"unit": unit.strip()} if unit.strip() else {})}


def _confirmed(word: str) -> tuple[str, dict[str, str]]:
    criterion, _, evidence = word.partition("=")
    if not evidence:
        raise Refused(f"--confirm {word}: expected CRITERION=EVIDENCE")
    return criterion.strip(), {"evidence": evidence}


def _day(at: datetime | None) -> date | None:
    return None if at is None else at.date()
