"""What can be wrong with the catalogue, said in one way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from app.catalogue.sources import Entry


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault: the file and the entry where it is, and what is wrong with it."""

    file: str
    id: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.id}: {self.reason}"


class CatalogueFaulty(Exception):
    """The data files do not hold together; `problems` has every fault."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def unknown(entry: Entry, what: str, named: Iterable[str], known: set[str]) -> Iterator[Problem]:
    """A problem for each name that nothing answers to."""
    for name in named:
        if name not in known:
            yield Problem(entry.file, entry.id, f"{what} {name!r} does not exist{nearest(name, known)}")


def nearest(word: str, known: Iterable[str]) -> str:
    """The end of a sentence that names the known word nearest to a wrong one; empty when none is near."""
    close = get_close_matches(word, sorted(known), n=1)
    return f"; nearest is {close[0]!r}" if close else ""
