"""Audits: a document in, what the engine says about it out; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from app.catalogue.load import catalogue
from app.domain import analysis, detection
from app.domain.document import Document
from app.domain.document.checks import document_from
from app.domain.errors import DocumentInvalid
from app.domain.faults import Fault, problem
from app.domain.findings import Analysis
from app.domain.policy import NO_POLICY, Policy
from app.domain.rulebook import Rulebook, compiled_rules
from app.domain.terms import Language
from app.exchange.source import Source

if TYPE_CHECKING:
    from app.domain.why import Why


def audit(
    source: Source,
    *,
    as_of: date,
    language: Language = "en",
    with_recommendations: bool = True,
    most_goals: int | None = None,
    policy: Policy = NO_POLICY,
) -> Analysis:
    """Audit the document that was read, as of a day and as a policy wants it.

    Raises DocumentInvalid with every problem and the place of each in what was read; with `most_goals` also, as too large, for a document
    with more KPIs and components than that.
    """
    document = document_of(source)
    if most_goals is not None:
        check_size(document, most_goals)
    return analysis.analyse(
        document,
        catalogue(),
        as_of=as_of,
        raw=source.raw,
        language=language,
        with_recommendations=with_recommendations,
        policy=policy,
    )


def why(source: Source, first: str, second: str, *, as_of: date) -> Why:
    """Why two goals (KPIs, components or outcomes, by key) are in conflict, or why not.

    Raises DocumentInvalid, and Unknown for a key that the document does not have.
    """
    from app.domain import why as reasons

    known = catalogue()
    seen = detection.detect(document_of(source), known, compiled_rules(known), as_of)
    return reasons.why(seen, first, second)


def why_told(
    source: Source,
    first: str,
    second: str,
    *,
    as_of: date,
    language: Language = "en",
    rulebook: Rulebook | None = None,
) -> tuple[Why, tuple[str, ...]]:
    """As `why`, with the answer in sentences as well, by the rules of a rulebook, else by the built-in ones."""
    from app.domain import why as reasons
    from app.domain.why_text import tell_why

    known = catalogue()
    rules = rulebook.compiled if rulebook else compiled_rules(known)
    seen = detection.detect(document_of(source), known, rules, as_of)
    answer = reasons.why(seen, first, second)
    return answer, tell_why(answer, seen, language)


def document_of(source: Source) -> Document:
    """The checked document that was read; raises DocumentInvalid with places."""
    with located(source):
        return document_from(source.raw, catalogue())


def goal_count(document: Document) -> int:
    """How many KPIs and components a document has."""
    return len(document.kpis) + sum(len(plan.components) for plan in document.incentive_plans)


def check_size(document: Document, most_goals: int) -> None:
    """Raise DocumentInvalid, as too large, for a document with more KPIs and components than that."""
    count = goal_count(document)
    if count > most_goals:
        fault = Fault((), "too_many_goals", details={"count": count, "most": most_goals})
        raise DocumentInvalid([problem(fault)], too_large=True)


@contextmanager
def located(source: Source) -> Iterator[None]:
    """Problems that arise within are told with their places in what was read."""
    try:
        yield
    except DocumentInvalid as invalid:
        raise source.located(invalid) from None
