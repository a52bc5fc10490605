"""`concord convert`: a document between YAML, JSON, workbook and CSV sheets."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Annotated, Literal
from zipfile import ZipFile

import typer

from app.cli import terminal
from app.cli.commands import Command, command_app
from app.cli.failures import Refused
from app.cli.inputs import STANDARD_INPUT, one_input
from app.cli.options import ForceOption
from app.cli.problems import problems_of

app = command_app()

KINDS = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".xlsx": "xlsx", ".zip": "csv"}
"""End of a file's name → what is written into it; a name without one is a folder of CSV sheets."""


@app.command(
    cls=Command,
    epilog="""\
concord convert acme.yaml acme.xlsx
concord convert acme.xlsx acme.yaml --force
concord convert acme.yaml sheets/    # a folder of CSV sheets
concord convert sheets/ - --to json""",
)
def convert(
    source: Annotated[
        str, typer.Argument(metavar="FROM", help="The document: file, folder of CSV sheets, - for stdin.")
    ],
    target: Annotated[str, typer.Argument(metavar="TO", help="File, folder for CSV sheets, - for stdout.")],
    kind: Annotated[
        Literal["yaml", "json", "xlsx", "csv"] | None,
        typer.Option("--to", help="What to write, where the name of TO does not tell."),
    ] = None,
    force: ForceOption = False,
) -> None:
    """Turn a document into YAML, JSON, a workbook (XLSX) or CSV sheets, without loss. It must be valid."""
    from app.exchange.write import write
    from app.services import audits

    given = one_input(source)
    with problems_of(given, "en"):
        read = given.read()
        audits.document_of(read)
    wanted = kind or _kind(target)
    content = write(read.raw, wanted)
    if target == STANDARD_INPUT:
        terminal.answer_bytes(content)
    elif wanted == "csv" and _is_folder(target):
        _unpack(content, Path(target), force=force)
    else:
        terminal.save(Path(target), content, force=force)


def _kind(target: str) -> str:
    if target == STANDARD_INPUT:
        return "yaml"
    if _is_folder(target):
        return "csv"
    suffix = Path(target).suffix.lower()
    if suffix not in KINDS:
        raise Refused(
            f"{target}: what to write is not clear from {suffix!r}; name it with --to yaml, json, xlsx or csv"
        )
    return KINDS[suffix]


def _is_folder(target: str) -> bool:
    return target != STANDARD_INPUT and (target.endswith("/") or Path(target).is_dir() or not Path(target).suffix)


def _unpack(content: bytes, folder: Path, *, force: bool) -> None:
    """The sheets of an archive as files of a folder; nothing is written when one of them exists and `force` is false."""
    with ZipFile(BytesIO(content)) as sheets:
        names = [info.filename for info in sheets.infolist()]
        if (there := [name for name in names if (folder / name).exists()]) and not force:
            raise Refused(f"{folder / there[0]} exists already; --force overwrites it")
        terminal.make_folder(folder)
        for name in names:
            terminal.save(folder / name, sheets.read(name))
