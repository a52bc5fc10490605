"""The single view of customers: how much of it there is at each touch point and system, and at which share of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.assessments import Answer
from app.domain.instruments import VIEW, Question


class ViewAt(NamedTuple):
    """What was answered about one touch point or system; `counts`: by none, partial and full."""

    about: str
    counts: dict[str, int]
    view: str


class ViewShares(NamedTuple):
    """A question of the single view; `shares`: of the touch points or systems with none, a partial and the full view, all together 1."""

    question: str
    at: tuple[ViewAt, ...]
    shares: dict[str, float]


def view_shares(question: Question, answers: Sequence[Answer]) -> ViewShares:
    """What the answers to a question come to. Where people differ, a place has what most say, of equals the lesser."""
    places: dict[str, dict[str, int]] = {}
    for one in answers:
        if one.question == question.key and one.about is not None:
            counts = places.setdefault(one.about, dict.fromkeys(VIEW.values(), 0))
            counts[VIEW[one.score]] += 1
    at = tuple(ViewAt(about, counts, max(counts, key=counts.__getitem__)) for about, counts in sorted(places.items()))
    shares = {view: sum(one.view == view for one in at) / len(at) for view in VIEW.values()} if at else {}
    return ViewShares(question.key, at, shares)
