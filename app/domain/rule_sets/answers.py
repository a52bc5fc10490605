"""Answers that are possible, as bits of one number, and what they come to together (Kleene)."""

from __future__ import annotations

TRUE, FALSE, OPEN = 1, 2, 4
"""Answers that are possible, as bits of one number."""


def same_truth(first: int, second: int, equal: bool) -> int:
    """Whether two conditions come to the same, or do not (`equal`)."""
    found = OPEN if (first | second) & OPEN else 0
    if first & second & (TRUE | FALSE):
        found |= TRUE if equal else FALSE
    if (first & TRUE and second & FALSE) or (first & FALSE and second & TRUE):
        found |= FALSE if equal else TRUE
    return found


def _combined(enough: int) -> list[list[int]]:
    """Every pair of possible answers → what they may come to together."""
    other = TRUE if enough == FALSE else FALSE

    def one(a: int, b: int) -> int:
        if enough in (a, b):
            return enough
        return OPEN if OPEN in (a, b) else other

    answers = (TRUE, FALSE, OPEN)

    def both(x: int, y: int) -> int:
        found = 0
        for a in answers:
            for b in answers:
                if x & a and y & b:
                    found |= one(a, b)
        return found

    return [[both(x, y) for y in range(8)] for x in range(8)]


DENIED = [(x & OPEN) | (FALSE if x & TRUE else 0) | (TRUE if x & FALSE else 0) for x in range(8)]
"""Possible answers → those of the denial."""

OR, AND = _combined(TRUE), _combined(FALSE)
"""Possible answers of two parts → those of both joined."""
