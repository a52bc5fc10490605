"""Files that could not be audited, as reports tell them."""

from __future__ import annotations

from typing import NamedTuple

from app.domain.errors import DocumentInvalid, Problem
from app.domain.problem_texts import told
from app.domain.terms import Language


class Refusal(NamedTuple):
    """A file that was refused: why, and its problems where it could be opened at all; `omitted` counts those not listed."""

    file: str
    reason: str
    problems: tuple[Problem, ...] = ()
    omitted: int = 0

    @classmethod
    def of(cls, file: str, invalid: DocumentInvalid, language: Language = "en") -> Refusal:
        """The refusal of a document that is not valid, in a language."""
        problems = tuple(told(problem, language) for problem in invalid.problems)
        return cls(file, str(invalid), problems, invalid.omitted)
