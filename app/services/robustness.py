"""How far an audit can be relied on: what stands when strengths are not sure, which influence decides, where to cut, what may be at stake.

Everything here is of a document that is read, by the rules of a rulebook, else by the built-in ones, and nothing is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.cuts import Cut, find_cut
from app.domain.deciding import Decider, deciders_of_finding, deciders_of_pair
from app.domain.detection import Detection, detect
from app.domain.document import Document
from app.domain.errors import Unknown
from app.domain.findings import Analysis, Finding
from app.domain.map_runs import MapRuns
from app.domain.policy import Policy
from app.domain.rulebook import Rulebook, built_in
from app.domain.sensitivity import SAMPLES, Sensitivity, sensitivity
from app.domain.telling import tell_all
from app.domain.terms import Language
from app.domain.value_at_stake import ValueAtStake, value_at_stake
from app.domain.value_words import tell_assumptions, tell_lacking
from app.domain.waivers import granted, waive
from app.domain.why import why
from app.exchange.source import Source
from app.services.audits import document_of

SHORTEST_PREFIX = 4
"""Characters of a fingerprint that must be given at least."""


class Sampled(NamedTuple):
    """An audit, and how far it stands."""

    analysis: Analysis
    sensitivity: Sensitivity


class Decided(NamedTuple):
    """The influences behind a finding, or between two; `findings`: everything that is found in the document, or was before."""

    asked: tuple[str, ...]
    deciders: tuple[Decider, ...]
    findings: tuple[Finding, ...]


class Valued(NamedTuple):
    """What may be at stake, with the sentences that it rests on, those on what is lacking, and the findings."""

    value: ValueAtStake
    assumptions: tuple[str, ...]
    lacking: tuple[str, ...]
    findings: tuple[Finding, ...]


def sampled(
    source: Source,
    *,
    as_of: date,
    samples: int = SAMPLES,
    seed: int = 0,
    language: Language = "en",
    rulebook: Rulebook | None = None,
    progress: Callable[[int, int], None] = lambda done, most: None,
) -> Sampled:
    """The audit of the document that was read, and how far it stands in so many samples. Raises DocumentInvalid with places."""
    from numpy.random import default_rng

    document, book = document_of(source), rulebook or built_in(catalogue())
    analysis = analyse(
        document, catalogue(), as_of=as_of, raw=source.raw, language=language, policy=Policy(rulebook=book)
    )
    found = sensitivity(
        document,
        source.raw,
        analysis,
        catalogue(),
        book.compiled,
        default_rng(seed),
        samples=samples,
        progress=progress,
    )
    return Sampled(analysis, found)


def cut(source: Source, department: str, target: str, *, as_of: date, rulebook: Rulebook | None = None) -> Cut:
    """The smallest cut between two departments, or one and the customers. Raises DocumentInvalid, and Unknown for a department."""
    return find_cut(_detected(document_of(source), as_of, rulebook), department, target)


def decided(
    source: Source,
    asked: Sequence[str],
    *,
    as_of: date,
    language: Language = "en",
    rulebook: Rulebook | None = None,
) -> Decided:
    """The influences behind the finding whose fingerprint begins so, or between two keys. Raises DocumentInvalid and Unknown."""
    detection = _detected(document_of(source), as_of, rulebook)
    runs = MapRuns(detection, (rulebook or built_in(catalogue())).compiled, as_of)
    findings = tell_all(detection.matches, detection, language)
    if len(asked) == 2:
        answer = why(detection, *asked)
        return Decided(
            (answer.source, answer.target), deciders_of_pair(detection, runs, answer, language), tuple(findings)
        )
    fingerprint = _whole(asked[0], detection)
    return Decided((fingerprint,), deciders_of_finding(detection, runs, fingerprint, language), tuple(findings))


def valued(source: Source, *, as_of: date, language: Language = "en", rulebook: Rulebook | None = None) -> Valued:
    """What the open conflicts with outcomes may cost. Raises DocumentInvalid with places."""
    document = document_of(source)
    detection = _detected(document, as_of, rulebook)
    findings = tell_all(detection.matches, detection, language)
    waived, _ = waive(findings, granted(document.suppressions), as_of)
    value = value_at_stake(detection, {one.fingerprint for one in waived})
    return Valued(
        value,
        tell_assumptions(value, document, language),
        tell_lacking(value.lacking, document, language),
        tuple(findings),
    )


def _detected(document: Document, as_of: date, rulebook: Rulebook | None) -> Detection:
    return detect(document, catalogue(), (rulebook or built_in(catalogue())).compiled, as_of)


def _whole(prefix: str, detection: Detection) -> str:
    """The fingerprint that begins so; raises Unknown where none does, or several, which are then named."""
    known = [match.fingerprint for match in detection.matches]
    begun = [one for one in known if one.startswith(prefix.lower()) and len(prefix) >= SHORTEST_PREFIX]
    if len(begun) != 1:
        raise Unknown("finding", prefix, tuple(begun[:3]))
    return begun[0]
