"""`concord import`: what a spreadsheet or document would change in another, and the document that comes out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from app.cli import terminal
from app.cli.commands import Command, command_app
from app.cli.failures import REFUSED, Refused
from app.cli.inputs import one_input
from app.cli.options import ForceOption, FormatOption, LanguageOption
from app.cli.problems import print_problems, problems_of

if TYPE_CHECKING:
    from app.cli.inputs import Input
    from app.domain.terms import Language
    from app.exchange.preview import Preview

app = command_app()


@app.command(
    cls=Command,
    epilog="""\
concord import goals.xlsx --into acme.yaml
concord import goals.xlsx --into acme.yaml --output acme.yaml --force
concord import pay.csv --into acme.yaml --map 'Wieght=weight' --map 'Employee id=-'""",
)
def import_(
    source: Annotated[str, typer.Argument(metavar="FILE", help="Workbook, CSV, folder of CSV sheets, YAML or JSON.")],
    into: Annotated[
        str | None, typer.Option("--into", metavar="DOC", help="The document to import into; left out, a new one.")
    ] = None,
    mode: Annotated[
        Literal["merge", "replace"],
        typer.Option(
            "--mode", help="merge leaves alone what FILE does not mention; replace removes it from lists in FILE."
        ),
    ] = "merge",
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="HEADING=COLUMN", help="What a heading means; '-' passes its column over."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the document that comes out there.")
    ] = None,
    output_format: FormatOption = "text",
    language: LanguageOption = "en",
    force: ForceOption = False,
) -> None:
    """Show what importing a file would change, row by row. Nothing is written without --output, nor while anything is wrong."""
    from app.catalogue.load import catalogue
    from app.exchange.import_preview import preview_path

    given = one_input(source)
    if given.path is None:
        raise Refused("name a file; the kind of an import shows in its name")
    kind = _kind_of_output(output)
    found = preview_path(
        given.path, _document(into, language), mode=mode, catalogue=catalogue(), headings=_headings(mapped or [])
    )
    _show(found, given, output_format, language)
    if found.refusal is not None:
        raise typer.Exit(REFUSED)
    if output is not None:
        from app.exchange.write import write

        terminal.save(output, write(found.accepted(), kind), force=force)
        terminal.say(f"{output} is written." if language == "en" else f"{output} ist geschrieben.")


def _document(into: str | None, language: Language) -> Any:
    """The document to import into, which has to be valid; None for a new one."""
    if into is None:
        return None
    from app.services import audits

    given = one_input(into)
    with problems_of(given, language):
        read = given.read()
        audits.document_of(read)
    return read.raw


def _headings(mapped: list[str]) -> dict[str, str]:
    from app.domain.nearest import nearest
    from app.exchange.import_preview import all_columns

    headings: dict[str, str] = {}
    for each in mapped:
        heading, _, column = (part.strip() for part in each.rpartition("="))
        if not heading or not column:
            raise Refused(f"--map {each!r} must be written HEADING=COLUMN")
        if column not in all_columns():
            near = nearest(column, all_columns(), most=1)
            raise Refused(f"there is no column {column!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
        headings[heading] = column
    return headings


def _kind_of_output(output: Path | None) -> str:
    from app.cli.convert import KINDS

    if output is None:
        return ""
    if output.suffix.lower() not in KINDS:
        raise Refused(f"{output}: what to write is not clear from {output.suffix!r}; end it with {', '.join(KINDS)}")
    return KINDS[output.suffix.lower()]


def _show(found: Preview, given: Input, output_format: str, language: Language) -> None:
    if output_format == "json":
        import json

        terminal.answer(json.dumps(found.as_json(language), ensure_ascii=False, indent=2) + "\n")
        return
    from app.cli.import_text import import_text

    terminal.answer(import_text(found, language))
    if found.refusal is not None:
        print_problems(found.refusal, given, language)
