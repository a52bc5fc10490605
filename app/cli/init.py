"""`concord init`: a realistic starter document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.catalogue.sources import FOLDER
from app.cli import terminal
from app.cli.commands import Command, command_app
from app.cli.failures import Refused
from app.cli.options import ForceOption

app = command_app()
TEMPLATES = FOLDER / "templates"


@app.command(
    cls=Command,
    epilog="""\
concord init --template telecom
concord init --template saas plans/acme.yaml
concord init --template retail-bank acme.yaml --force""",
)
def init(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it.")] = Path("concord.yaml"),
    template: Annotated[
        str, typer.Option("--template", "-t", help="saas, telecom, retail-bank, ecommerce or contact-centre.")
    ] = "saas",
    force: ForceOption = False,
) -> None:
    """Write a starter document: an invented company whose departments get into each other's way, to be made yours."""
    names = sorted(path.stem for path in TEMPLATES.glob("*.yaml"))
    if template not in names:
        raise Refused(_unknown(template, names))
    terminal.save(file, (TEMPLATES / f"{template}.yaml").read_bytes(), force=force)
    terminal.say(f"{file} is written. Next: concord audit {file}")


def _unknown(template: str, names: list[str]) -> str:
    from app.domain.nearest import nearest

    near = nearest(template, names, most=1)
    meant = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(names)}"
    return f"there is no template {template!r}{meant}"
