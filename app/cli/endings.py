"""How a command ends in which something goes wrong: a message on standard error and an exit status, never a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from app.cli.failures import FAILED, INTERRUPTED, REFUSED, Refused, unknown_text
from app.domain.errors import DocumentInvalid, Unknown


@contextmanager
def reported() -> Iterator[None]:
    """Turn what a command raises into a message on standard error and an exit status; never a traceback."""
    try:
        yield
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    except Refused as refused:
        _said(str(refused))
        raise typer.Exit(REFUSED) from None
    except Unknown as unknown:
        _said(unknown_text(unknown))
        raise typer.Exit(REFUSED) from None
    except DocumentInvalid as invalid:
        from app.cli.problems import print_problems

        print_problems(invalid)
        raise typer.Exit(REFUSED) from None
    except Exception as error:
        _failed(error)
        raise typer.Exit(FAILED) from None


def _failed(error: Exception) -> None:
    """Say in one line that Concord itself failed; the whole story when CONCORD_DEBUG is set."""
    if os.environ.get("CONCORD_DEBUG"):
        import traceback

        traceback.print_exception(error, file=sys.stderr)
        return
    what = " ".join(str(error).split())[:200]
    _said(
        f"a failure of Concord itself: {type(error).__name__}{': ' if what else ''}{what} (CONCORD_DEBUG=1 tells more)"
    )


def _said(text: str) -> None:
    sys.stderr.write(f"concord: {text}\n")
