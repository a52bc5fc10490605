"""Preconditions of a change (RFC 9110 §13): on which state it was made."""

from __future__ import annotations

from typing import NamedTuple

from app.domain.errors import Changed, ConditionNeeded

ANY = "*"


class Condition(NamedTuple):
    """What a caller says of the state that a change is made on: the tags it may have (`if_match`), and those it must not have.

    Tags are given without quotes; `("*",)` stands for any state of something that exists. None: nothing was said.
    """

    if_match: tuple[str, ...] | None = None
    if_none_match: tuple[str, ...] | None = None

    def check(self, tag: str | None, *, needed: bool = True) -> None:
        """Raise Changed when the condition does not hold for a thing with this tag (None: there is none).

        Raises ConditionNeeded when a thing exists, nothing was said, and something is `needed`.
        """
        if self.if_none_match is not None and tag is not None and _names(self.if_none_match, tag):
            raise Changed(tag)
        if self.if_match is not None and (tag is None or not _names(self.if_match, tag)):
            raise Changed(tag)
        if needed and tag is not None and self.if_match is None and self.if_none_match is None:
            raise ConditionNeeded(tag)


def _names(tags: tuple[str, ...], tag: str) -> bool:
    return tags == (ANY,) or tag in tags
