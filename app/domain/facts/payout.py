"""What a payout pays at an attainment, as a multiple of target pay, and where it jumps (the document's conventions)."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.document import Component, Payout

MOST_ATTAINMENT = 1.5
"""Pay ranges are compared from nothing to this attainment."""

_BEFORE = 1e-9


def pay_at(payout: Payout, attainment: float) -> float | None:
    """Pay at an attainment in multiples of target pay; None for ranking and for tiers that are not listed."""
    plain = _plain(payout, attainment)
    if plain is None:
        return None
    reached = sorted((a for a in payout.accelerators if a.above <= attainment), key=lambda a: a.above)
    paid = plain
    for n, accelerator in enumerate(reached):
        upper = reached[n + 1].above if n + 1 < len(reached) else attainment
        between = (_plain(payout, upper) or 0.0) - (_plain(payout, accelerator.above) or 0.0)
        paid += (accelerator.multiplier - 1) * between
    whole = [a.multiplier for a in reached if a.retroactive]
    if whole:
        paid = plain * max(whole)
    paid = max(paid, payout.floor or 0.0)
    return paid if payout.cap is None else min(paid, payout.cap)


def pay_before(payout: Payout, attainment: float) -> float | None:
    """Pay just short of an attainment, where it may jump; None as in `pay_at`."""
    short = pay_at(payout, max(0.0, attainment - _BEFORE))
    return None if short is None else round(short, 6)


def largest_step(payout: Payout) -> float | None:
    """The largest jump of pay at a single attainment, in multiples of target pay; None where pay is not known."""
    edges = {payout.threshold, *(t.from_ for t in payout.tiers), *(a.above for a in payout.accelerators)}
    if payout.kind == "threshold":
        edges.add(_threshold(payout))
    jumps = []
    for edge in sorted(e for e in edges if e):
        here, before = pay_at(payout, edge), pay_at(payout, edge - _BEFORE)
        if here is None or before is None:
            return None
        jumps.append(here - before)
    if not jumps and pay_at(payout, 0.0) is None:
        return None
    return round(max(jumps, default=0.0), 6)


def effective_weight(component: Component, components: Sequence[Component]) -> float | None:
    """The share of the plan's pay range that a component moves; None where a payout is not known or nothing moves."""
    ranges = [_moved(c) for c in components]
    mine = _moved(component)
    if mine is None or any(r is None for r in ranges):
        return None
    whole = sum(r for r in ranges if r is not None)
    return mine / whole if whole > 0 else None


def _moved(component: Component) -> float | None:
    lowest, highest = pay_at(component.payout, 0.0), pay_at(component.payout, MOST_ATTAINMENT)
    return None if lowest is None or highest is None else component.weight * (highest - lowest)


def _plain(payout: Payout, attainment: float) -> float | None:
    """Before accelerators, floor and cap."""
    if payout.kind == "threshold":
        return 1.0 if attainment >= _threshold(payout) else 0.0
    if payout.kind == "tiered":
        if not payout.tiers:
            return None
        return max(((t.from_, t.pays) for t in payout.tiers if t.from_ <= attainment), default=(0.0, 0.0))[1]
    if payout.kind == "ranking":
        return None
    return attainment if attainment >= (payout.threshold or 0.0) else 0.0


def _threshold(payout: Payout) -> float:
    if payout.threshold is not None:
        return payout.threshold
    return payout.target if payout.target is not None else 1.0
