"""What the YAML parser says → what Concord says, and where."""

from __future__ import annotations

from typing import Any

from app.domain.faults import Fault
from app.exchange.budgets import DEEPEST

_REASONS = {
    "mapping values are not allowed in this context": "colon_in_text",
    "did not find expected key": "indented_otherwise",
    "did not find expected '-' indicator": "indented_otherwise",
    "block sequence entries are not allowed in this context": "dash_misplaced",
    "could not find expected ':'": "no_colon",
    "did not find expected ',' or ']'": "list_not_closed",
    "did not find expected ',' or '}'": "object_not_closed",
    "found unexpected end of stream": "quote_not_closed",
    "found unexpected document indicator": "quote_not_closed",
    "found character that cannot start any token": "reserved_start",
    "did not find expected alphabetic or numeric character": "anchor_name",
    "found unknown escape character": "unknown_escape",
    "did not find expected hexdecimal number": "unknown_escape",
    "found invalid Unicode character escape code": "unknown_escape",
    "did not find expected comment or line break": "block_text",
    "did not find expected node content": "nothing_here",
    "did not find expected <document start>": "text_after_end",
}
_AT_THE_BEGINNING = frozenset({"no_colon", "quote_not_closed"})
"""Reasons that are shown where the faulty part begins, not where the parser gave up."""


def yaml_fault(error: Any, text: str) -> tuple[Fault, int]:
    """The fault that an error of the parser stands for, and the offset at which it is shown."""
    problem = getattr(error, "problem", None) or "it cannot be read"
    mark, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    reason = _REASONS.get(problem, "other_yaml")
    shown = mark or begun
    at = min(shown.index, len(text)) if shown else 0
    if begun and (reason in _AT_THE_BEGINNING or at >= len(text)):
        at = min(begun.index, len(text))
    found = text[at : at + 1]
    if "tab character" in problem or (found == "\t" and reason in ("reserved_start", "indented_otherwise")):
        return Fault((), "tab_indents"), at
    if problem == "exceeded maximum nesting depth":
        return Fault((), "too_deep", details={"most": DEEPEST}), at
    if problem == "found undefined tag handle":
        return Fault((), "tagged", text[at:].split(maxsplit=1)[0][:40]), at
    line = begun.line + 1 if begun else 1
    details = {"reason": reason, "line": line, "character": f"'{found}'", "detail": problem}
    return Fault((), "malformed_yaml", details=details), at
