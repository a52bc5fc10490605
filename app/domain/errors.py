"""Every error that the domain raises.

ConcordError
├── DocumentInvalid      the model document has problems, all of them listed
├── RuleInvalid          a rule does not hold together (app.domain.rules)
└── Unknown              something is asked for that does not exist
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong with an input: where, what was found, what was expected, the nearest valid value.

    `pointer` is a JSON pointer (`/kpis/3/weight`); `line` and `column` count from 1; `sheet` and `cell` stand for spreadsheets.
    `code` is stable; `message` and `expected` are English, `app.domain.problem_texts.told` says them in another language out of
    `details`. `found` and `nearest` are data and stay as they are.
    """

    pointer: str
    code: str
    message: str
    found: str | None = None
    expected: str | None = None
    nearest: str | None = None
    file: str | None = None
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    details: tuple[tuple[str, str], ...] = ()


class ConcordError(Exception):
    """Base of all errors that carry their own explanation."""


class DocumentInvalid(ConcordError):
    """The document is refused whole; `problems` lists everything that is wrong with it, in document order.

    `malformed` is true when the bytes could not be read as the format that they claim to be; `too_large` when they exceed what is
    read at all. `omitted` counts the problems beyond the first hundred, which are not listed.
    """

    def __init__(
        self, problems: Iterable[Problem], *, malformed: bool = False, too_large: bool = False, omitted: int = 0
    ) -> None:
        self.problems = tuple(problems)
        self.malformed = malformed
        self.too_large = too_large
        self.omitted = omitted
        count = len(self.problems) + omitted
        listed = "" if not omitted else f", the first {len(self.problems)} are listed"
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in the document{listed}")


class Unknown(ConcordError):
    """Something was asked for by a name that does not exist; `nearest` names what may have been meant."""

    def __init__(self, what: str, name: str, nearest: tuple[str, ...] = ()) -> None:
        self.what, self.name, self.nearest = what, name, nearest
        super().__init__(f"there is no {what} '{name}'")
