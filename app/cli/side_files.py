"""Files that an audit reads beside documents: opened, and refused with every problem and its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import typer

from app.cli.failures import REFUSED, Refused
from app.domain.errors import DocumentInvalid
from app.domain.terms import Language

T = TypeVar("T")


def shown_path(path: Path) -> str:
    """A path as output names it: from the working folder where it lies below it."""
    whole = path.resolve()
    return (whole.relative_to(Path.cwd()) if whole.is_relative_to(Path.cwd()) else whole).as_posix()


def read_side_file(path: Path, read: Callable[[bytes], T], language: Language) -> T:
    """What a file says. Raises Refused where it cannot be opened; its problems are printed, and end the command with 2."""
    from app.cli.inputs import Input
    from app.cli.problems import print_problems

    try:
        return read(path.read_bytes())
    except OSError as error:
        raise Refused(f"cannot read {shown_path(path)}: {error.strerror}") from None
    except DocumentInvalid as invalid:
        print_problems(invalid, Input(shown_path(path), path), language, beside=True)
        raise typer.Exit(REFUSED) from None
