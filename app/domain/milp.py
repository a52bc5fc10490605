"""Mixed-integer linear programmes, solved by HiGHS.

Huangfu, Hall (2018): Parallelizing the dual revised simplex method. The same programme gives the same answer, unless time runs out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

MOST_NODES = 30
"""Nodes of the search tree after which the best answer so far is given."""

NEAR_ENOUGH = 0.01
"""How far above the bound, as a share, an answer may lie."""

Terms = Mapping[int, float]
"""Variable → coefficient."""


INFEASIBLE = 2
"""How SciPy says that no values keep to the rows."""


class Answer(NamedTuple):
    """The best values found, by variable, none where time or nodes ran out before; `bound`: no answer is below it."""

    values: tuple[float, ...]
    bound: float


class Programme:
    """A linear programme to be minimised, put together variable by variable and row by row."""

    def __init__(self) -> None:
        self._costs: list[float] = []
        self._bounds: list[tuple[float, float]] = []
        self._whole: list[bool] = []
        self._rows: list[tuple[Terms, float, float]] = []

    def variable(self, cost: float = 0.0, low: float = 0.0, high: float = 1.0, *, whole: bool = False) -> int:
        """A variable within bounds, whole or not; gives its number."""
        self._costs.append(cost)
        self._bounds.append((low, high))
        self._whole.append(whole)
        return len(self._costs) - 1

    def row(self, terms: Terms, low: float = -math.inf, high: float = math.inf) -> None:
        """A sum of variables that stays within bounds."""
        self._rows.append((terms, low, high))

    def solved(self, seconds: float = math.inf) -> Answer | None:
        """The best answer, or the best that was found in time; None where no values keep to the rows."""
        import numpy
        from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
        from scipy.sparse import csr_array  # type: ignore[import-untyped]

        columns = [column for terms, _, _ in self._rows for column in terms]
        values = [value for terms, _, _ in self._rows for value in terms.values()]
        starts = numpy.cumsum([0, *(len(terms) for terms, _, _ in self._rows)])
        matrix = csr_array((values, columns, starts), shape=(len(self._rows), len(self._costs)))
        found = milp(
            numpy.array(self._costs),
            integrality=numpy.array(self._whole, dtype=int),
            bounds=Bounds(*map(numpy.array, zip(*self._bounds, strict=True))),
            constraints=LinearConstraint(matrix, [low for _, low, _ in self._rows], [high for *_, high in self._rows]),
            options={
                "node_limit": MOST_NODES,
                "mip_rel_gap": NEAR_ENOUGH,
                **({"time_limit": max(0.01, seconds)} if seconds < math.inf else {}),
            },
        )
        if found.x is None:
            return None if found.status == INFEASIBLE else Answer((), -math.inf)
        bound = found.mip_dual_bound if found.mip_dual_bound is not None else found.fun
        return Answer(tuple(float(value) for value in found.x), float(bound))
