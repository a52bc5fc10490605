"""The command `concord`: which commands there are, and how the program starts."""

from __future__ import annotations

from typing import Annotated

import typer

from app.cli.commands import LazyGroup

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
    """Run the command line: the entry point of the `concord` command."""
    from app.cli.terminal import prepare

    prepare()
    app(prog_name="concord")


if __name__ == "__main__":
    run()
