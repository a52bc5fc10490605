"""The command `concord`: which commands there are, and how the program starts."""

from __future__ import annotations

import gc
import os
from typing import Annotated

gc.set_threshold(1_000_000)
"""A run is short and its values all live to the end: garbage is looked for rarely, and not at all while modules are loaded."""

import typer  # noqa: E402

from app.cli import terminal  # noqa: E402
from app.cli.commands import LazyGroup  # noqa: E402

app = typer.Typer(
    cls=LazyGroup, rich_markup_mode=None, no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False
)


def _version(asked: bool) -> None:
    if asked:
        from app.domain.analysis import ENGINE_VERSION
        from app.services.knowledge import version

        typer.echo(f"concord {ENGINE_VERSION}, catalogue {version()}")
        raise typer.Exit


@app.callback(
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog="""\
concord init --template telecom acme.yaml
concord audit acme.yaml
concord explain FLU101""",
)
def concord(
    version: Annotated[
        bool, typer.Option("--version", help="Show the versions and leave.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Find conflicts among departments' goals and incentive plans before a plan is signed."""


def run() -> None:
    """Run the command line: the entry point of the `concord` command. Ends the process.

    Its values all live to the end, so memory goes back in one piece: taking them apart one by one takes longer than some audits.
    Plugins of pydantic are not looked for: none is used, and the search goes through every package that is installed.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    terminal.prepare()
    try:
        app(prog_name="concord")
    except SystemExit as ended:
        terminal.leave(ended.code)


if __name__ == "__main__":
    run()
