"""A plan with a front of eight changes for a large company, against one analysis of it."""

from __future__ import annotations

from collections.abc import Iterator

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.document.checks import document_from
from app.domain.optimise import optimise
from app.domain.optimise_constraints import Constraints
from tests.bench.company import a_company
from tests.bench.detection import AS_OF
from tests.bench.timing import Ratio, ratio

CHANGES = 8

ANALYSES = 10
"""One takes a fortieth of what a plan does, and chance has a large part in it: so many are measured together."""


def ratios() -> Iterator[Ratio]:
    """Names pinned; the analysis is one without recommendations, each of which would cost a run of its own."""
    raw = a_company(12, 80, 60)
    document = document_from(raw, catalogue())
    constraints = Constraints(max_changes=CHANGES)
    front = optimise(document, raw, catalogue(), as_of=AS_OF, constraints=constraints).front
    assert len(front) == CHANGES + 1, f"a front of only {len(front) - 1} steps"
    yield Ratio(
        f"a plan for 12 departments, 80 KPIs, 60 components, with {CHANGES} steps of the front",
        ANALYSES
        * ratio(
            lambda: optimise(document, raw, catalogue(), as_of=AS_OF, constraints=constraints),
            lambda: [
                analyse(document, catalogue(), as_of=AS_OF, raw=raw, with_recommendations=False)
                for _ in range(ANALYSES)
            ],
            times=1,
        ),
        60,
        "one analysis of the same company, without recommendations",
    )
