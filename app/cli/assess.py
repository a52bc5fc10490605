"""`concord assess`: how customer-centric a company is, by what people and the model answer; in the service."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli import terminal
from app.cli.columns import columns
from app.cli.commands import Command, Group, command_app
from app.cli.failures import Refused
from app.cli.options import FormatOption, LanguageOption

app = command_app(
    cls=Group,
    epilog="""\
concord assess ask seven-principles > answers.csv
concord assess start acme seven-principles --name "Board of 2027"
concord assess answer acme ass_01m8cz02y9fd1v4b7vy3vm6jtr answers.csv
concord assess result acme ass_01m8cz02y9fd1v4b7vy3vm6jtr""",
)

OrgArgument = Annotated[str, typer.Argument(metavar="ORG", help="Key of the organization.")]
IdArgument = Annotated[str, typer.Argument(metavar="ASSESSMENT", help="Id of the assessment.")]
InstrumentArgument = Annotated[str, typer.Argument(metavar="INSTRUMENT", help="Id of the instrument.")]


@app.callback()
def assess() -> None:
    """How customer-centric a company is, by what people and the model answer."""


@app.command(
    cls=Command,
    epilog="""\
concord assess ask
concord assess ask seven-principles > answers.csv
concord assess ask obstacles --lang de""",
)
def ask(
    instrument: Annotated[
        str | None, typer.Argument(metavar="INSTRUMENT", help="Id of the instrument; all are listed without one.")
    ] = None,
    language: LanguageOption = "en",
) -> None:
    """Print a form to fill in, as CSV; no service is needed."""
    from app.catalogue.instruments import instruments

    known = instruments()
    if instrument is None:
        rows = [[one.id, str(sum(1 for _ in one.questions())), one.title.plain(language)] for one in known.values()]
        terminal.answer("".join(f"{row}\n" for row in columns([["INSTRUMENT", "QUESTIONS", "TITLE"], *rows])))
        return
    if instrument not in known:
        raise Refused(f"there is no instrument {instrument}; there are {', '.join(known)}")
    from app.exchange.answer_sheets import form_sheet

    terminal.answer(form_sheet(known[instrument], language).decode().replace("\r\n", "\n"))


@app.command(cls=Command, epilog='concord assess start acme seven-principles --name "Board of 2027"')
def start(
    org: OrgArgument,
    instrument: InstrumentArgument,
    name: Annotated[str, typer.Option("--name", "-n", metavar="TEXT", help="What the assessment is called.")],
) -> None:
    """Begin an assessment, and print its id; what the model can answer, it has answered at once."""
    from app.cli import remote

    with remote.connected() as client, remote.organization_in(client, org):
        made = client.assessments.add(org, instrument, name)
    terminal.say(f"The model answers {made.coverage:.0%} of the questions of “{made.name}”.")
    terminal.answer(f"{made.id}\n")


@app.command(cls=Command, name="list", epilog="concord assess list acme --instrument obstacles")
def list_(
    org: OrgArgument,
    instrument: Annotated[
        str | None, typer.Option("--instrument", metavar="ID", help="Those of one instrument: its history.")
    ] = None,
    format_: FormatOption = "text",
) -> None:
    """List the assessments of an organization with their scores, the newest first."""
    from app.cli import remote

    with remote.connected() as client, remote.organization_in(client, org):
        found = [dict(one) for one in client.assessments.list(org, instrument=[instrument] if instrument else ())]
    if format_ == "json":
        terminal.answer(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
        return
    if not found:
        terminal.answer("No assessments yet.\n")
        return
    rows = [
        [
            one["id"],
            one["instrument"],
            one["as_of"],
            "-" if one["score"] is None else f"{one['score']:.1f}",
            f"{one['coverage']:.0%}",
            str(one["people"]),
            one["name"],
        ]
        for one in found
    ]
    head = ["ASSESSMENT", "INSTRUMENT", "AS OF", "SCORE", "ANSWERED", "PEOPLE", "NAME"]
    terminal.answer("".join(f"{row}\n" for row in columns([head, *rows])))


@app.command(cls=Command, epilog="concord assess answer acme ass_01m8cz02y9fd1v4b7vy3vm6jtr answers.csv")
def answer(
    org: OrgArgument,
    assessment: IdArgument,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The answers as CSV, JSON or YAML; - for stdin.")],
) -> None:
    """Add the answers of a file, all or none; rows without a score were not answered."""
    from app.cli import remote

    given = _bytes(file)
    kinds = {".json": "application/json", ".yaml": "application/yaml", ".yml": "application/yaml"}
    media_type = next((kind for end, kind in kinds.items() if file.lower().endswith(end)), "text/csv")
    with remote.connected() as client:
        made = client.assessments.answer(org, assessment, given, media_type=media_type)
    terminal.say(f"“{made.name}” has {made.answer_count} answers now.")


@app.command(cls=Command, epilog="concord assess show acme ass_01m8cz02y9fd1v4b7vy3vm6jtr --question sponsor")
def show(
    org: OrgArgument,
    assessment: IdArgument,
    question: Annotated[
        str | None,
        typer.Option("--question", "-q", metavar="KEY", help="Only what the score of one question rests on."),
    ] = None,
    format_: FormatOption = "text",
) -> None:
    """Show the answers and the facts that scores rest on."""
    from app.cli import remote

    with remote.connected() as client:
        found = client.assessments.answers(org, assessment, question)
    if format_ == "json":
        terminal.answer(json.dumps(dict(found), ensure_ascii=False, indent=2) + "\n")
        return
    names = ("question", "score", "respondent", "group", "department", "about", "note")
    rows = [[str(one.get(name, "")) for name in names] for one in found.answers]
    rows += [[one["question"], " ".join(map(str, one["counts"])), "", one["group"], "", "", ""] for one in found.counts]
    lines = list(columns([[name.upper() for name in names], *rows])) if rows else ["Nobody has answered."]
    by_model = found.answered_by_model or ([{"question": question, **found.model}] if found.model else [])
    lines += [
        f"The model answers {one['question']} with {one['score']} by {json.dumps(one['facts'])}." for one in by_model
    ]
    terminal.answer("".join(f"{line}\n" for line in lines))


@app.command(
    cls=Command,
    epilog="""\
concord assess result acme ass_01m8cz02y9fd1v4b7vy3vm6jtr
concord assess result acme ass_01m8cz02y9fd1v4b7vy3vm6jtr --format json""",
)
def result(
    org: OrgArgument, assessment: IdArgument, format_: FormatOption = "text", language: LanguageOption = "en"
) -> None:
    """What the answers come to: scores with their intervals, gaps by weight, and what would help."""
    from app.cli import remote

    with remote.connected() as client:
        found = client.assessments.get(org, assessment)
    if format_ == "json":
        terminal.answer(json.dumps(dict(found), ensure_ascii=False, indent=2) + "\n")
        return
    from app.catalogue.instruments import instruments
    from app.reports.text_assessment import assessment_text
    from app.services.knowledge import cited

    instrument = instruments()[found.instrument]
    sources = {one.citation: cited(one.citation, language) for one in instrument.benchmarks}
    terminal.answer(assessment_text(found, instrument, sources, language))


def _bytes(file: str) -> bytes:
    """What stands in a file, or on standard input. Raises Refused."""
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise Refused(f"cannot read {file}: {error.strerror}") from None
