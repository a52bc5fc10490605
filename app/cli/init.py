"""`concord init`: a realistic starter document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.catalogue.sources import FOLDER
from app.cli import terminal
from app.cli.commands import Command, command_app
from app.cli.failures import Refused
from app.cli.options import ForceOption, LanguageOption
from app.domain.terms import Language

app = command_app()
TEMPLATES = FOLDER / "templates"
BLANK = "blank"


@app.command(
    cls=Command,
    epilog="""\
concord init --template telecom
concord init --template saas plans/acme.yaml
concord init --template retail-bank acme.yaml --force
concord init --template telecom acme.xlsx    # as a workbook
concord init --template blank acme.xlsx --lang de    # an empty workbook to fill in""",
)
def init(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it.")] = Path("concord.yaml"),
    template: Annotated[
        str,
        typer.Option(
            "--template",
            "-t",
            help="saas, telecom, retail-bank, ecommerce or contact-centre; blank for an empty workbook.",
        ),
    ] = "saas",
    language: LanguageOption = "en",
    force: ForceOption = False,
) -> None:
    """Write a starter document: an invented company whose departments get into each other's way, to be made yours. As a workbook where
    FILE ends with .xlsx; --lang is the language of its notes."""
    names = [*sorted(path.stem for path in TEMPLATES.glob("*.yaml")), BLANK]
    if template not in names:
        raise Refused(_unknown(template, names))
    is_workbook = file.suffix.lower() == ".xlsx"
    if template == BLANK and not is_workbook:
        raise Refused(f"an empty document is written as a workbook: concord init --template {BLANK} {file.stem}.xlsx")
    content = _workbook(template, language) if is_workbook else (TEMPLATES / f"{template}.yaml").read_bytes()
    terminal.save(file, content, force=force)
    following = f"fill it in, then concord audit {file}" if template == BLANK else f"concord audit {file}"
    terminal.say(f"{file} is written. Next: {following}")


def _workbook(template: str, language: Language) -> bytes:
    if template == BLANK:
        from app.exchange.workbook_template import template as empty_workbook

        return empty_workbook(language)
    from app.exchange.read import read_path
    from app.exchange.xlsx_writer import as_workbook

    return as_workbook(read_path(TEMPLATES / f"{template}.yaml").raw, language)


def _unknown(template: str, names: list[str]) -> str:
    from app.domain.nearest import nearest

    near = nearest(template, names, most=1)
    meant = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(names)}"
    return f"there is no template {template!r}{meant}"
