"""The search for a row on which conditions come to wanted answers: found, ruled out, or given up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import Any, Literal, NamedTuple

from app.domain.rule_sets.answers import FALSE, OPEN, TRUE
from app.domain.rule_sets.boxes import FAR, Box, Side, Span, sum_span, tightened, values_of, whole_side
from app.domain.rule_sets.linear import Terms
from app.domain.rule_sets.possible import Possible
from app.domain.rules.schema import FactKind, Field
from app.domain.rules.walk import Truth

BUDGET = 600
"""Boxes that a search looks at before it gives up."""

MOST_SUBSETS = 64
"""Lists of words that are told apart; beyond, a few stand for all."""

Verdict = Literal["found", "none", "unsure"]
Words = Mapping[str, tuple[Any, ...]]
"""Field → the only words that it may hold here; a field without an entry may hold all."""


class Wanted(NamedTuple):
    """A condition, over boxes and on a row, and the answers that are looked for."""

    condition: Possible
    truth: Truth
    answers: int


class Answer(NamedTuple):
    """What a search came to, the row that it found, and how many boxes it looked at."""

    verdict: Verdict
    row: Mapping[str, Any] | None = None
    looked: int = 0


def find(
    wanted: Sequence[Wanted],
    kind: FactKind,
    words: Words,
    empty: frozenset[str] = frozenset(),
    *,
    budget: int = BUDGET,
) -> Answer:
    """A row of the kind on which every condition comes to one of its answers; `empty`: fields that hold nothing here."""
    cuts = _cuts(wanted)
    start = _everything(wanted, kind, words, empty, cuts)
    guessed = any(kind.fields[name].type == "text" for name in start.sides)
    waiting, looked = [start], 0
    while waiting:
        if looked >= budget:
            return Answer("unsure", looked=looked)
        looked += 1
        box = tightened(waiting.pop())
        if box is None:
            continue
        found = [one.condition.read(box) for one in wanted]
        if not all(answers & one.answers for answers, one in zip(found, wanted, strict=True)):
            continue
        row = _row_in(box, wanted, kind)
        if row is not None:
            return Answer("found", row, looked)
        undecided = [one for answers, one in zip(found, wanted, strict=True) if answers & ~one.answers]
        waiting += _split(box, undecided or wanted, cuts)
    return Answer("unsure" if guessed else "none", looked=looked)


def plainer(row: Mapping[str, Any], wanted: Sequence[Wanted], kind: FactKind) -> Mapping[str, Any]:
    """A row that a search found with numbers that are nearer to where the conditions change their answers, for people."""
    for key, cuts in _cuts(wanted).items():
        if isinstance(key, str) and row[key] is not None:
            unit = 10 ** kind.fields[key].digits
            for whole in sorted({cut + step for cut in cuts for step in (-1, 0)}, key=abs):
                nearer = {**row, key: whole / unit if unit > 1 else whole}
                if _fits(whole, kind.fields[key]) and all(_bit(one.truth(nearer)) & one.answers for one in wanted):
                    row = nearer
                    break
    return row


def _fits(whole: int, field: Field) -> bool:
    span = whole_side(field, ()).span
    return span is not None and span.least <= whole <= span.most


def _cuts(wanted: Sequence[Wanted]) -> Mapping[str | Terms, list[int]]:
    found: dict[str | Terms, set[int]] = {}
    for one in wanted:
        for key, cuts in one.condition.cuts.items():
            found.setdefault(key, set()).update(cuts)
    return {key: sorted(cuts) for key, cuts in found.items()}


def _everything(
    wanted: Sequence[Wanted],
    kind: FactKind,
    words: Words,
    empty: frozenset[str],
    cuts: Mapping[str | Terms, list[int]],
) -> Box:
    """The box of all rows, in which one word stands for all that the conditions do not tell apart."""
    names = sorted({name for one in wanted for name in one.condition.fields})
    sides = {}
    for name in names:
        field = kind.fields[name]
        far = max([FAR, *(2 * abs(cut) for cut in cuts.get(name, ()))])
        side = whole_side(field, words.get(name) or stand_ins(field, [one.condition for one in wanted]), far)
        sides[name] = side._replace(span=None, words=(), there=False, gone=True) if name in empty else side
    box = Box(sides, {})
    sums = {key: _hull(box, key) for key in cuts if not isinstance(key, str)}
    return box._replace(sums={key: span for key, span in sums.items() if span is not None})


def _hull(box: Box, terms: Terms) -> Span | None:
    return sum_span(box, terms) if all(box.sides[name].there for name, _ in terms) else None


def stand_ins(field: Field, conditions: Sequence[Possible]) -> tuple[Any, ...]:
    """Words that stand for all that a field of words may hold: one for each way in which the conditions may answer."""
    if field.is_number:
        return ()
    found = tuple(_values(field, conditions))
    if any(field.name in condition.paired for condition in conditions):
        return found
    tests = [test for condition in conditions for test in condition.tests.get(field.name, ())]
    told_apart = {tuple(test(word) for test in tests): word for word in reversed(found)}
    return tuple(sorted(told_apart.values(), key=found.index))


def _values(field: Field, conditions: Sequence[Possible]) -> Iterator[Any]:
    """All values of a yes/no, a word of a list or a list of words; for free text, texts with and without what is asked for."""
    if field.type == "bool":
        yield from (True, False)
    elif field.type == "enum":
        yield from field.values
    elif field.type == "enum_list":
        said = sorted({word for condition in conditions for word in condition.said.get(field.name, ())})
        subsets = chain.from_iterable(combinations(said, size) for size in range(len(said) + 1))
        yield from (subset for subset, _ in zip(subsets, range(MOST_SUBSETS), strict=False))
    else:
        said = sorted({word for condition in conditions for word in condition.said.get(field.name, ())})
        yield from dict.fromkeys(
            ("", *said, *(f"{a}~{b}" for a in ("", *said) for b in ("", *said)), *(f"~{a}~" for a in said))
        )


def _split(box: Box, wanted: Sequence[Wanted], cuts: Mapping[str | Terms, list[int]]) -> list[Box]:
    """The box in parts: at the first field or sum at which an answer may change. None where there is nothing to split."""
    names = sorted({name for one in wanted for name in one.condition.fields})
    for name in names:
        side = box.sides[name]
        if side.there and side.gone:
            return [box.with_side(name, Side(there=False, gone=True)), box.with_side(name, side._replace(gone=False))]
        if side.there and len(side.words) > 1:
            return [box.with_side(name, side._replace(words=(word,))) for word in reversed(side.words)]
    for name in names:
        span = box.sides[name].span
        if span is not None and (cut := _inside(span, cuts.get(name, ()))) is not None:
            return [box.with_side(name, box.sides[name]._replace(span=part)) for part in _at(span, cut)]
    for terms, whole in box.sums.items():
        if all(box.sides[name].there for name, _ in terms):
            span = sum_span(box, terms).within(whole)
            if (cut := _inside(span, cuts.get(terms, ()))) is not None:
                return [box.with_sum(terms, part) for part in _at(span, cut)]
    return _halved(box, wanted)


def _halved(box: Box, wanted: Sequence[Wanted]) -> list[Box]:
    """The box cut through the middle of the widest range that stands in a sum, product or quotient."""
    joint = sorted({name for one in wanted for name in one.condition.joint})
    spans = {name: box.sides[name].span for name in joint}
    widths = {name: span.most - span.least for name, span in spans.items() if span is not None}
    widest = max(widths, key=lambda name: widths[name], default=None)
    if widest is None or not widths[widest]:
        return []
    span = spans[widest]
    assert span is not None
    cut = (span.least + span.most) // 2 + 1
    return [box.with_side(widest, box.sides[widest]._replace(span=part)) for part in _at(span, cut)]


def _inside(span: Span, cuts: Sequence[int]) -> int | None:
    """The cut nearest to the middle that has numbers of the span on both sides."""
    inside = [cut for cut in cuts if span.least < cut <= span.most]
    return inside[len(inside) // 2] if inside else None


def _at(span: Span, cut: int) -> tuple[Span, Span]:
    """Both sides of a cut, the lower one last, where the search goes on."""
    return Span(cut, span.most), Span(span.least, cut - 1)


def _row_in(box: Box, wanted: Sequence[Wanted], kind: FactKind) -> Mapping[str, Any] | None:
    """A row of the box on which every condition comes to one of its answers, if one of a few is such."""
    for pick in (_least, _most, _middle):
        point = _point(box, pick)
        if point is None:
            continue
        row = values_of(point, kind)
        if all(_bit(one.truth(row)) & one.answers for one in wanted):
            return row
    return None


def _point(box: Box, pick: Any) -> Box | None:
    """A box of one row within a box."""
    for name in box.sides:
        side = box.sides[name]
        if not side.there:
            continue
        if side.span is None:
            chosen = side._replace(words=(pick(side.words),), gone=False)
        else:
            number = pick(range(side.span.least, side.span.most + 1))
            chosen = side._replace(span=Span(number, number), gone=False)
        narrower = tightened(box.with_side(name, chosen))
        if narrower is None:
            return None
        box = narrower
    return box


def _least(options: Sequence[Any]) -> Any:
    return options[0]


def _most(options: Sequence[Any]) -> Any:
    return options[-1]


def _middle(options: Sequence[Any]) -> Any:
    return options[(options.stop - options.start) // 2] if isinstance(options, range) else options[len(options) // 2]


def _bit(held: bool | None) -> int:
    return OPEN if held is None else TRUE if held else FALSE
