"""Why items are on an organization's road: conflicts that stand, gaps of what is asked of a company, accepted recommendations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from app.catalogue.instruments import instruments
from app.domain.assessments import assessed
from app.domain.instruments import LEAST, MOST
from app.domain.roadmap import Ground
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
    """What is stored of an organization that its road is built from, and the newest analysis, None where there is none."""

    analysis: str | None
    reasons: tuple[Reason, ...]


def stored(tx: Transaction, of: Organization) -> Stored:
    """Conflicts that stand, and recommendations that were accepted."""
    found = conflicts.of_organization(tx, of.id).values()
    standing = [_conflict(of, row) for row in found if row.status in STANDING]
    return Stored(analyses.latest_id(tx, of), (*standing, *_accepted(tx, of)))


def gaps(seen: Detected) -> Iterator[Reason]:
    """What the facts of the document answer to the questions of instruments, and that is short of the best answer."""
    facts = next((row.values for row in seen.detection.tables.get("organization", ())), {})
    asked: set[str] = set()
    for instrument in instruments().values():
        for gap in assessed(instrument, (), facts).gaps:
            question = instrument.question(gap.question)
            if question is None or gap.points < LEAST_GAP or question.key in asked:
                continue
            asked.add(question.key)
            weight = 100 * gap.points / (MOST - LEAST)
            ground = Ground("gap", question.key, question.key, weight)
            yield Reason(ground, question.text._asdict(), f"/v1/instruments/{instrument.id}")


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
