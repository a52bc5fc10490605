"""What an analysis saw, handed to those who follow conflicts over time; and the waivers that they hand to an analysis.

The one meeting place of analyses and conflicts: analyses call these two functions, and know nothing else of conflicts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.findings import Subject
from app.domain.terms import FindingKind, Language, Level
from app.domain.waivers import Grant
from app.storage.organizations import OrganizationRow
from app.storage.workspace import Transaction


class Sighting(NamedTuple):
    """A finding that an analysis saw, by itself: those that a report folds under another are sighted, too.

    `titles`: by language; `outcome`: the key of the outcome that it works against, None where it is not about one; `grounds`: the mark of
    what it rests on (app.domain.grounds); `waived_by`: where the waiver stands that covers it, None for one that is open.
    """

    fingerprint: str
    kind: FindingKind
    rule: str
    level: Level
    severity: float
    confidence: float
    subjects: tuple[Subject, ...]
    departments: tuple[str, ...]
    outcome: str | None
    grounds: str
    titles: Mapping[Language, str]
    waived_by: str | None = None


class Sighted(NamedTuple):
    """A stored analysis and all that it saw, worst first.

    `is_latest`: it looked at the organization's newest revision as of the day on which it ran. What one of a past document or another day
    saw says nothing about what has become of conflicts.
    """

    analysis: str
    revision: int
    as_of: date
    is_latest: bool
    findings: tuple[Sighting, ...]


def waivers_in_force(tx: Transaction, organization: OrganizationRow) -> tuple[Grant, ...]:
    """The waivers that people have given to conflicts of the organization, beside those in its document; they may have expired."""
    return ()


def record_sightings(
    tx: Transaction, caller: Caller, organization: OrganizationRow, seen: Sighted, now: datetime
) -> Mapping[str, Any]:
    """Let the conflicts of the organization know, in the transaction that stores the analysis.

    Returns counts for the message about the analysis, such as `{"opened": 2, "resolved": 1}`.
    """
    return {}
