"""Why items are on an organization's road: conflicts that stand, gaps of what is asked of a company, accepted recommendations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from app.catalogue.instruments import instruments
from app.domain.assessments import assessed
from app.domain.instruments import LEAST, MOST, Instrument
from app.domain.roadmap import Ground
from app.services.assessments import newest_gaps
from app.services.detecting import Detected
from app.storage import analyses, conflicts, recommendations
from app.storage.conflicts import ConflictRow
from app.storage.organizations import Organization
from app.storage.workspace import Transaction

Json = dict[str, Any]

STANDING = frozenset({"new", "open", "acknowledged", "disputed", "regressed"})
"""States of conflicts that somebody still has to do something about."""
LEAST_GAP = 1.0
"""Points to the best answer from which on a gap is one."""


class Reason(NamedTuple):
    """A ground, its words by language, and the path of the address under which it can be looked up."""

    ground: Ground
    titles: Mapping[str, str]
    path: str

    @property
    def kept(self) -> Json:
        """Its words and address as they are kept beside the ground."""
        return {"titles": dict(self.titles), "path": self.path}


class Stored(NamedTuple):
    """What is stored of an organization that its road is built from, the newest analysis, None where there is none, and the instruments
    with which the company was assessed."""

    analysis: str | None
    reasons: tuple[Reason, ...]
    assessed_with: frozenset[str]


def stored(tx: Transaction, of: Organization) -> Stored:
    """Conflicts that stand, gaps of the newest assessments, recommendations that were accepted."""
    found = conflicts.of_organization(tx, of.id).values()
    standing = [_conflict(of, row) for row in found if row.status in STANDING]
    answered = newest_gaps(tx, of)
    asked = [
        reason
        for id_, gaps in answered.items()
        for gap in gaps
        if (reason := _gap(instruments()[id_], gap["question"], gap["points"])) is not None
    ]
    return Stored(analyses.latest_id(tx, of), (*standing, *asked, *_accepted(tx, of)), frozenset(answered))


class FactGap(NamedTuple):
    """What facts of the document say is short of the best answer to a question of an instrument."""

    instrument: str
    reason: Reason


def fact_gaps(seen: Detected) -> Iterator[FactGap]:
    """What the facts of the document answer to the questions of instruments, and that is short of the best answer."""
    facts = next((row.values for row in seen.detection.tables.get("organization", ())), {})
    for instrument in instruments().values():
        for gap in assessed(instrument, (), facts).gaps:
            if (reason := _gap(instrument, gap.question, gap.points)) is not None:
                yield FactGap(instrument.id, reason)


def once_each(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """The reasons without those that were told before, as different instruments ask the same."""
    found: dict[tuple[str, str], Reason] = {}
    for reason in reasons:
        found.setdefault((reason.ground.kind, reason.ground.key), reason)
    return tuple(found.values())


def _gap(instrument: Instrument, key: str, points: float) -> Reason | None:
    question = instrument.question(key)
    if question is None or points < LEAST_GAP:
        return None
    ground = Ground("gap", key, key, 100 * points / (MOST - LEAST))
    return Reason(ground, question.text._asdict(), f"/v1/instruments/{instrument.id}")


def _conflict(of: Organization, row: ConflictRow) -> Reason:
    ground = Ground("finding", row.fingerprint, row.kind, row.severity)
    return Reason(ground, row.titles, f"/v1/organizations/{of.key}/conflicts/{row.fingerprint}")


def _accepted(tx: Transaction, of: Organization) -> Iterator[Reason]:
    told: set[str] = set()
    for row in recommendations.accepted(tx, of.id):
        if row.id not in told:
            told.add(row.id)
            ground = Ground("recommendation", row.id, row.remedy, min(100.0, row.severity_cleared))
            titles = {language: body["title"] for language, body in row.bodies.items()}
            path = f"/v1/organizations/{of.key}/analyses/{row.analysis_id}/recommendations/{row.id}"
            yield Reason(ground, titles, path)
