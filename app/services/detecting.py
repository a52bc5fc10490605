"""A document as it stands, or as a scenario makes it, and what is found in it, without the ones that somebody accepted.

Nothing is stored, and no transaction is open while the engine runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from app.catalogue.load import catalogue
from app.domain.detection import Detection, detect
from app.domain.document import Document
from app.domain.document.checks import document_from
from app.domain.telling import tell_all
from app.domain.waivers import Grant, granted, waive
from app.services import rules_in_force, sightings
from app.services.audits import check_size
from app.services.rules_in_force import InForce
from app.storage import documents
from app.storage.organizations import Organization
from app.storage.workspace import Transaction


class Standing(NamedTuple):
    """A document as it is kept, and the waivers and rules in force."""

    raw: Mapping[str, Any]
    revision: int
    content_hash: str
    waivers: tuple[Grant, ...]
    rules: InForce


class Detected(NamedTuple):
    """A document, what is found in it, and the fingerprints of what somebody accepted."""

    document: Document
    detection: Detection
    left_out: frozenset[str]


def standing(tx: Transaction, organization: Organization) -> Standing:
    """The organization's document as it stands."""
    stored = documents.standing(tx, organization)
    waivers, rules = sightings.waivers_in_force(tx, organization), rules_in_force.in_force(tx, organization)
    return Standing(stored.raw, stored.number, stored.content_hash, waivers, rules)


def detected(found: Standing, as_of: date, most_goals: int | None = None) -> Detected:
    """What is found in a document on a day. Raises DocumentInvalid where the catalogue of today refuses it, or it has more than
    `most_goals`."""
    document = document_from(found.raw, catalogue())
    if most_goals is not None:
        check_size(document, most_goals)
    detection = detect(document, catalogue(), found.rules.book().compiled, as_of)
    grants = (*granted(document.suppressions), *found.waivers)
    waived = waive(tell_all(detection.matches, detection, "en"), grants, as_of)[0] if grants else ()
    accepted = frozenset(one.finding.fingerprint for one in waived if one.finding is not None)
    return Detected(document, detection, accepted)
