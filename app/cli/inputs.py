"""From what the caller names (files, folders, `-` for standard input) to what is read."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from app.cli.failures import Refused

if TYPE_CHECKING:
    from app.exchange.source import Source

STANDARD_INPUT = "-"
SUFFIXES = (".yaml", ".yml", ".json", ".xlsx")
SHEET_SUFFIX = ".csv"
SHEETS = ("organization", "departments", "outcomes", "kpis", "incentive_plans", "components", "governance")
"""Names of CSV files; a folder that holds one of them is a document of its own."""

_MARK = re.compile(rb"""["']?concord["']?\s*:""")
"""What a file in a folder must say to be taken for a model document."""


class Input:
    """A document to be read: a file, a folder of CSV sheets, or standard input (no path)."""

    def __init__(self, name: str, path: Path | None) -> None:
        self.name = name
        self.path = path
        self._data = b""

    def read(self) -> Source:
        """What stands in it. Raises DocumentInvalid for what cannot be understood, Refused for what cannot be opened."""
        from app.exchange.read import read, read_path

        if self.path is None:
            self._data = sys.stdin.buffer.read()
            return read(self._data, self.name)
        try:
            return read_path(self.path)
        except OSError as error:
            raise Refused(f"cannot read {self.name}: {error.strerror}") from None

    def line(self, number: int) -> str | None:
        """A line of its text, counted from 1; None where there is none to show."""
        if self.path is not None and self.path.is_file() and not self._data:
            self._data = self.path.read_bytes()
        lines = self._data.decode("utf-8-sig", errors="replace").splitlines()
        return lines[number - 1] if 0 < number <= len(lines) else None


class Found(NamedTuple):
    """The documents that paths lead to, each once, and files in folders that are no model documents."""

    inputs: tuple[Input, ...]
    passed_over: tuple[Path, ...]


def find_inputs(paths: Sequence[str]) -> Found:
    """The documents of files, folders (searched through) and standard input, in the order given; folders by name.

    Raises Refused for a path that does not exist, and for a folder in which nothing is found.
    """
    inputs: dict[str, Input] = {}
    passed_over: list[Path] = []
    for given in paths:
        if given == STANDARD_INPUT:
            inputs.setdefault(given, Input("<stdin>", None))
            continue
        path = Path(given)
        found = list(_documents(path, passed_over)) if path.is_dir() else [_existing(path)]
        if not found:
            raise Refused(f"{path} holds no model document ({', '.join(SUFFIXES)}, or a folder of CSV sheets)")
        for document in found:
            inputs.setdefault(str(document.resolve()), Input(document.as_posix(), document))
    return Found(tuple(inputs.values()), tuple(passed_over))


def one_input(path: str) -> Input:
    """The single document of a path; raises Refused when there are several."""
    found = find_inputs([path]).inputs
    if len(found) > 1:
        raise Refused(f"{path} holds {len(found)} documents; name one of them")
    return found[0]


def _existing(path: Path) -> Path:
    if path.exists():
        return path
    from app.domain.nearest import nearest

    beside = [p.name for p in path.parent.iterdir()] if path.parent.is_dir() else []
    near = nearest(path.name, beside, most=1)
    raise Refused(f"there is no file {path}" + (f"; did you mean {path.with_name(near[0])}?" if near else ""))


def _documents(folder: Path, passed_over: list[Path]) -> Iterator[Path]:
    """The model documents in a folder and the folders below it, by name; hidden ones are left alone."""
    here = sorted(path for path in folder.iterdir() if not is_hidden(path.name))
    if holds_sheets(path for path in here if path.is_file()):
        yield folder
        return
    for path in here:
        if path.is_dir() and not path.is_symlink():
            yield from _documents(path, passed_over)
        elif path.suffix.lower() in SUFFIXES:
            if _is_document(path):
                yield path
            else:
                passed_over.append(path)


def _is_document(path: Path) -> bool:
    """One that cannot be read is taken for one, and refused when it is."""
    try:
        return is_document(path.suffix, path.read_bytes())
    except OSError:
        return True


def is_document(suffix: str, content: bytes) -> bool:
    """Whether a file in a folder says of itself that it is a model document; workbooks are taken to be."""
    return suffix.lower() == ".xlsx" or _MARK.search(content) is not None


def is_hidden(name: str) -> bool:
    """Whether a file or folder is left alone: hidden ones, and what spreadsheet programs put beside open files."""
    return name.startswith((".", "~$"))


def holds_sheets(files: Iterable[Path]) -> bool:
    """Whether the files of a folder make it a document of its own."""
    names = {f"{sheet}{SHEET_SUFFIX}" for sheet in SHEETS}
    return any(path.name in names for path in files)


def organization_of(raw: Any) -> str:
    """The key of the organization that a document is of, else its name; empty when it says neither."""
    organization = raw.get("organization") if isinstance(raw, dict) else None
    said = organization if isinstance(organization, dict) else {}
    return str(said.get("key") or said.get("name") or "")
