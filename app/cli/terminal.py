"""Where output goes: answers to standard output, all else to standard error; colour, encodings, closed pipes."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO, TypeVar

from app.cli.failures import Refused

if TYPE_CHECKING:
    from rich.progress import Progress

Colour = Literal["auto", "always", "never"]
T = TypeVar("T")

NARROWEST, WIDEST, USUAL = 60, 100, 80
"""Columns: a terminal's own width within bounds, and what files and pipes get."""

PATIENCE = 2.0
"""Seconds after which a terminal wants to see that something is being done."""

ASCII = {
    "→": "->", "←": "<-", "↑": "(up)", "↓": "(down)", "↔": "<->", "─": "-", "━": "=", "│": "|", "┃": "|", "╵": "|",
    "·": "-", "•": "*", "●": "o", "○": "o", "■": "#", "×": "x", "–": "-", "—": "-", "−": "-", "…": "...", "“": '"',
    "”": '"', "„": '"', "‘": "'", "’": "'", "≥": ">=", "≤": "<=", "≈": "~", "ä": "ae", "ö": "oe", "ü": "ue",
    "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "€": "EUR", "\u00a0": " ", "\u202f": " ", "▲": "^", "└": "`", "├": "|",
    "┼": "+", "┤": "|",
}  # fmt: skip
"""What a terminal that cannot show a character gets for it; a question mark for all others."""


def prepare() -> None:
    """Let standard output and error show what their encoding can, and something readable for the rest."""
    codecs.register_error("concord", _readable)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):
            stream.reconfigure(errors="concord")  # type: ignore[union-attr]


def leave(code: object) -> None:
    """End the process at once with an exit status, everything written."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


def answer(text: str) -> None:
    """Write an answer for people to standard output."""
    _written(sys.stdout, text)


def answer_bytes(content: bytes) -> None:
    """Write an answer for programs to standard output, the same bytes whatever the terminal's encoding."""
    sys.stdout.flush()
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _close(sys.stdout)


def say(text: str) -> None:
    """Write a line beside the answer, to standard error."""
    _written(sys.stderr, text + "\n")


def save(path: Path, content: bytes, *, force: bool = True) -> None:
    """Write a file whole or not at all; raises Refused where it cannot be written, or exists and `force` is false."""
    if path.exists() and not force:
        raise Refused(f"{path} exists already; --force overwrites it")
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise Refused(f"cannot write {path}: {error.strerror}") from None


def make_folder(folder: Path) -> None:
    """Make a folder and those above it; raises Refused where that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"cannot make the folder {folder}: {error.strerror}") from None


def in_colour(wanted: Colour, stream: TextIO) -> bool:
    """Whether to colour what goes to a stream: a terminal that can, unless NO_COLOR is set or the caller decides."""
    if wanted != "auto":
        return wanted == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width(stream: TextIO) -> int:
    """Columns to fill: those of a terminal within bounds, else the usual ones."""
    if not stream.isatty():
        return USUAL
    try:
        return max(NARROWEST, min(WIDEST, os.get_terminal_size(stream.fileno()).columns))
    except (OSError, ValueError):
        return USUAL


@contextmanager
def progress(items: Sequence[T], doing: str) -> Iterator[Iterable[T]]:
    """The items one by one. A terminal's standard error shows how far it is with several, and that it goes on when one takes long."""
    if not sys.stderr.isatty():
        yield items
    elif len(items) < 2:
        with _sign_of_life(doing):
            yield items
    else:
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True), transient=True) as bar:
            yield bar.track(items, description=doing)


@contextmanager
def _sign_of_life(doing: str) -> Iterator[None]:
    """After `PATIENCE` seconds, for how long it has been at it."""
    from threading import Timer

    shown: list[Progress] = []

    def show() -> None:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TimeElapsedColumn

        columns = (SpinnerColumn(), "{task.description}", TimeElapsedColumn())
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        bar.add_task(doing, total=None)
        bar.start()
        shown.append(bar)

    timer = Timer(PATIENCE, show)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        for bar in shown:
            bar.stop()


@contextmanager
def counted(doing: str) -> Iterator[Callable[[int, int], None]]:
    """Something to tell how much is done, of how much; a terminal's standard error shows it."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


@contextmanager
def hushed() -> Iterator[None]:
    """Nothing that is not written by this program itself reaches standard output: the solver below it prints now and then."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _written(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _close(stream)


def _close(stream: TextIO) -> None:
    """Nobody reads any more: let the rest, and the flush at the end, go nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _readable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(ASCII.get(c, "?") for c in error.object[error.start : error.end]), error.end
