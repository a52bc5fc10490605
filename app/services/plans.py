"""Plans: the few changes of a document that clear the most, and the audits before and after them. Nothing is stored."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.document import Document
from app.domain.document.checks import document_from
from app.domain.findings import Analysis
from app.domain.optimise import optimise
from app.domain.optimise_constraints import Constraints
from app.domain.optimise_plan import Plan
from app.domain.policy import NO_POLICY, Policy
from app.domain.terms import Language
from app.exchange.source import Source
from app.services.audits import document_of


class Planned(NamedTuple):
    """A plan, and the audits of the document as it is and as the plan makes it."""

    plan: Plan
    before: Analysis
    after: Analysis


def plan(
    source: Source,
    constraints: Constraints,
    *,
    as_of: date,
    language: Language = "en",
    policy: Policy = NO_POLICY,
    seconds: Callable[[], float] = lambda: math.inf,
    progress: Callable[[int, int], None] = lambda made, most: None,
) -> Planned:
    """Plan for the document that was read, as of a day and as a policy wants it; `seconds` and `progress` as in `optimise`.

    Raises DocumentInvalid with every problem and its place, Unknown for constraints that name what the document does not have.
    """
    document = document_of(source)
    found = optimise(
        document,
        source.raw,
        catalogue(),
        as_of=as_of,
        constraints=constraints,
        policy=policy,
        language=language,
        seconds=seconds,
        progress=progress,
    )

    def audit(audited: Document, raw: Mapping[str, Any]) -> Analysis:
        return analyse(
            audited, catalogue(), as_of=as_of, raw=raw, language=language, with_recommendations=False, policy=policy
        )

    before = audit(document, source.raw)
    after = audit(document_from(found.document, catalogue()), found.document) if found.changes else before
    return Planned(found, before, after)
