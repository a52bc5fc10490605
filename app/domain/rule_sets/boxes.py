"""Boxes of rows: for every field what it may hold, for sums of fields the range in which they lie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.domain.rule_sets.linear import Terms
from app.domain.rules.schema import FactKind, Field

FAR = 10**12
"""Beyond this, in units of its scale, no number without a bound is looked for."""


class Span(NamedTuple):
    """Whole numbers from `least` to `most`, in units of a field's scale or of a sum."""

    least: int
    most: int

    @property
    def is_empty(self) -> bool:
        """Whether no number lies in it."""
        return self.least > self.most

    def within(self, other: Span) -> Span:
        """The numbers that lie in both."""
        return Span(max(self.least, other.least), min(self.most, other.most))


class Side(NamedTuple):
    """What a field may hold in a box: a number in `span` or one of `words` where it is `there`, nothing where it may be `gone`."""

    span: Span | None = None
    words: tuple[Any, ...] = ()
    there: bool = True
    gone: bool = False


class Box(NamedTuple):
    """Rows whose fields hold what the sides allow, and whose sums lie in the spans."""

    sides: Mapping[str, Side]
    sums: Mapping[Terms, Span]

    def with_side(self, name: str, side: Side) -> Box:
        """The same with another side."""
        return self._replace(sides={**self.sides, name: side})

    def with_sum(self, terms: Terms, span: Span) -> Box:
        """The same with another range of a sum."""
        return self._replace(sums={**self.sums, terms: span})


def whole_side(field: Field, words: tuple[Any, ...], far: int = FAR) -> Side:
    """All that a field may hold; `words`: of a field that is no number, what stands for its values."""
    if not field.is_number:
        return Side(words=words, gone=field.nullable)
    unit = 10**field.digits
    least = -far if field.minimum is None else round(field.minimum * unit)
    most = far if field.maximum is None else round(field.maximum * unit)
    return Side(Span(least, max(least, most)), gone=field.nullable)


def tightened(box: Box) -> Box | None:
    """The box without values that the ranges of its sums rule out; None when nothing is left.

    A sum with a missing part has no value, so that its range rules nothing out there.
    """
    sides = dict(box.sides)
    for terms, span in box.sums.items():
        if not all(sides[name].there and not sides[name].gone for name, _ in terms):
            continue
        spans = {name: _times(sides[name].span, factor) for name, factor in terms}
        least, most = sum(s.least for s in spans.values()), sum(s.most for s in spans.values())
        if span.within(Span(least, most)).is_empty:
            return None
        for name, factor in terms:
            rest = Span(least - spans[name].least, most - spans[name].most)
            allowed = _divided(Span(span.least - rest.most, span.most - rest.least), factor)
            side = sides[name]
            left = allowed.within(_span(side))
            if left.is_empty:
                return None
            sides[name] = side._replace(span=left)
    return box._replace(sides=sides)


def sum_span(box: Box, terms: Terms) -> Span:
    """Where a sum may lie in a box whose fields are there."""
    spans = [_times(box.sides[name].span, factor) for name, factor in terms]
    hull = Span(sum(span.least for span in spans), sum(span.most for span in spans))
    return hull.within(box.sums[terms]) if terms in box.sums else hull


def values_of(box: Box, kind: FactKind) -> dict[str, Any]:
    """The values of a row in a box whose sides hold one value each."""
    return {name: _value(side, kind.fields[name]) for name, side in box.sides.items()}


def _value(side: Side, field: Field) -> Any:
    if not side.there:
        return None
    if side.span is None:
        return side.words[0]
    return side.span.least / 10**field.digits if field.digits else side.span.least


def _span(side: Side) -> Span:
    assert side.span is not None
    return side.span


def _times(span: Span | None, factor: int) -> Span:
    assert span is not None
    ends = (span.least * factor, span.most * factor)
    return Span(min(ends), max(ends))


def _divided(span: Span, factor: int) -> Span:
    """The whole numbers whose multiple lies in a span."""
    if factor < 0:
        span, factor = Span(-span.most, -span.least), -factor
    return Span(-(-span.least // factor), span.most // factor)
