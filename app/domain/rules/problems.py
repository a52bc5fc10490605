"""What can be wrong with a rule, and where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.domain.errors import ConcordError


class RuleProblem(NamedTuple):
    """One fault of a rule: characters `start` to `end` of its `part`, and what was expected there.

    `part` is the path of a member of the rule: `condition`, `severity`, `message.de`, `examples.silent.0` …
    """

    start: int
    end: int
    code: str
    message: str
    expected: str = ""
    nearest: str = ""
    part: str = "condition"

    def caret(self, text: str) -> str:
        """The text with the fault underlined, for terminals."""
        width = max(1, min(self.end, len(text)) - self.start)
        return f"{text}\n{' ' * self.start}{'^' * width}"


class RuleSyntaxError(ConcordError):
    """A text is no expression; `problem` is the first fault."""

    def __init__(self, problem: RuleProblem) -> None:
        self.problem = problem
        self.start, self.end = problem.start, problem.end
        self.expected, self.nearest = problem.expected, problem.nearest
        super().__init__(problem.message)


class RuleInvalid(ConcordError):
    """A rule does not hold together; `problems` are all faults that were found."""

    def __init__(self, rule: str, problems: Iterable[RuleProblem]) -> None:
        self.rule = rule
        self.problems = tuple(problems)
        said = "; ".join(f"{p.part} at {p.start + 1}: {p.message}" for p in self.problems)
        super().__init__(f"rule {rule}: {said}")
