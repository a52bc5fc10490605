"""What stands in the way where no plan keeps the constraints: none of it can be left out of the set that is named (semantics §8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from app.domain.optimise_constraints import Allowed, Constraint, Constraints
from app.domain.optimise_runs import Chosen

FURTHER = 5
"""Changes that are made beyond those allowed when their number is set aside."""

Attempt = Callable[[Constraints], Chosen | None]
"""The best set that a search finds under constraints; None where none keeps them."""

_ALLOWED: dict[str, Allowed] = {"claims": "claims", "removals": "removals", "target_pay": "target_pay"}
_SETTABLE = frozenset({"max_changes", "freeze", "weights", "budget", "measures", "must_go", *_ALLOWED})


def standing_in_the_way(
    constraints: Constraints, attempt: Attempt, broken_by: Callable[[Chosen], frozenset[Constraint]]
) -> frozenset[Constraint]:
    """Constraints without which a search finds a plan that keeps all others, while with any one of them it finds none.

    What must go is only named where nothing else can be set aside for it. `broken_by`: what a set of moves breaks of all constraints.
    """
    demands = {Constraint("must_go", key) for key in constraints.must_go}
    chosen = attempt(without(constraints, _settable(constraints) - demands))
    if chosen is None:
        kept = _kept(constraints, attempt)
        chosen, left = attempt(without(constraints, demands - kept)), demands - kept
        if chosen is None:
            return frozenset(left or demands)
    found = _of_user(broken_by(chosen))
    for one in sorted(found, key=lambda c: (c.kind != "must_go", c)):
        if one not in found:
            continue
        fewer = attempt(without(constraints, found - {one}))
        if fewer is not None:
            found = _of_user(broken_by(fewer)) & (found - {one})
    return found


def without(constraints: Constraints, aside: Iterable[Constraint]) -> Constraints:
    """The constraints with some of them set aside."""
    left = constraints
    for kind, about in sorted(aside):
        if kind == "max_changes":
            left = left._replace(max_changes=constraints.max_changes + FURTHER)
        elif kind == "freeze":
            left = left._replace(frozen=tuple(key for key in left.frozen if key != about))
        elif kind == "must_go":
            left = left._replace(must_go=tuple(key for key in left.must_go if key != about))
        elif kind == "weights":
            left = left._replace(least_weight=0.0, most_weight=1.0)
        elif kind == "budget":
            left = left._replace(budget=None)
        elif kind == "measures":
            left = left._replace(most_measures=None)
        elif kind in _ALLOWED:
            left = left._replace(allowed=left.allowed | {_ALLOWED[kind]})
    return left


def _kept(constraints: Constraints, attempt: Attempt) -> set[Constraint]:
    """Demands that can be met one after the other together with all other constraints, however many of them."""
    kept: tuple[str, ...] = ()
    for key in constraints.must_go:
        if attempt(constraints._replace(must_go=(*kept, key))) is not None:
            kept = (*kept, key)
    return {Constraint("must_go", key) for key in kept}


def _settable(constraints: Constraints) -> frozenset[Constraint]:
    """What somebody set, or could allow."""
    found = {Constraint("max_changes"), *(Constraint("freeze", key) for key in constraints.frozen)}
    found |= {Constraint("must_go", key) for key in constraints.must_go}
    found |= {Constraint(kind) for kind in ("claims", "removals", "target_pay") if kind not in constraints.allowed}
    if (constraints.least_weight, constraints.most_weight) != (0.0, 1.0):
        found.add(Constraint("weights"))
    if constraints.budget is not None:
        found.add(Constraint("budget"))
    if constraints.most_measures is not None:
        found.add(Constraint("measures"))
    return frozenset(found)


def _of_user(broken: Iterable[Constraint]) -> frozenset[Constraint]:
    return frozenset(one for one in broken if one.kind in _SETTABLE)
