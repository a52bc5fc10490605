"""What an analysis saw, handed to those who follow conflicts over time; and the waivers that they hand to an analysis.

The one meeting place of analyses and conflicts: analyses call these two functions, and know nothing else of conflicts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.conflict_states import OF_CONFLICTS, Step, seen, unseen
from app.domain.coverage import GoalKey, goals_gone
from app.domain.findings import Subject
from app.domain.pages import folded
from app.domain.terms import FindingKind, Language, Level
from app.domain.waivers import Grant
from app.services.conflict_log import ConflictLog, put, state_of
from app.services.grants import grant_from
from app.storage import analyses, conflicts, outbox
from app.storage.conflicts import ConflictRow
from app.storage.organizations import Organization
from app.storage.workspace import Transaction

MANY_TOLD = 100
"""Fingerprints that a message about an analysis lists, the worst of them; its count is of all."""


class Sighting(NamedTuple):
    """A finding that an analysis saw, by itself: those that a report folds under another are sighted, too.

    `titles`: by language; `outcome`: the key of the outcome that it works against, None where it is not about one; `grounds`: the mark of
    what it rests on (app.domain.grounds); `waived_by`: the waiver that covers it, None for one that is open.
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
    waived_by: Grant | None = None


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


def waivers_in_force(tx: Transaction, organization: Organization) -> tuple[Grant, ...]:
    """The waivers that people have given to conflicts of the organization, beside those in its document; they may have expired."""
    given = (grant_from(row.waiver) for row in conflicts.waived(tx, organization.id))
    return tuple(grant for grant in given if grant.place.startswith(OF_CONFLICTS))


def record_sightings(
    tx: Transaction, caller: Caller, organization: Organization, sighted: Sighted, now: datetime
) -> Mapping[str, Any]:
    """Let the conflicts of the organization know, in the transaction that stores the analysis and has locked the organization.

    Returns counts for the message about the analysis, such as `{"opened": 2, "resolved": 1}`.
    """
    if not sighted.is_latest:
        return {}
    return _Recording(tx, caller, organization, sighted, now).run()


class _Recording:
    """What becomes of an organization's conflicts with an analysis."""

    def __init__(
        self, tx: Transaction, caller: Caller, organization: Organization, sighted: Sighted, now: datetime
    ) -> None:
        self._tx, self._organization, self._sighted, self._now = tx, organization, sighted, now
        self._log = ConflictLog(tx, organization, caller.actor, now)
        self._known = conflicts.of_organization(tx, organization.id)
        self._begun: list[ConflictRow] = []

    def run(self) -> dict[str, int]:
        """Take every conflict on, and tell of those that opened, were resolved, or lost their waivers."""
        steps = {one.fingerprint: self._see(one) for one in self._sighted.findings}
        missed = [row for row in self._known.values() if row.fingerprint not in steps and row.status != "resolved"]
        self._miss(missed)
        conflicts.add(self._tx, self._begun)
        self._log.close()
        opened = [key for key, step in steps.items() if step.state.status in ("new", "regressed")]
        resolved = [row.fingerprint for row in sorted(missed, key=lambda row: (-row.severity, row.fingerprint))]
        self._tell("finding.opened", opened)
        self._tell("finding.resolved", resolved)
        for key, step in steps.items():
            if step.happened == "waiver_ended":
                tell_waiver_ended(self._tx, self._organization, key, step, self._now)
        return {"opened": len(opened), "resolved": len(resolved)}

    def _see(self, sighting: Sighting) -> Step:
        row = self._known.get(sighting.fingerprint)
        by = sighting.waived_by
        in_document = None if by is None or by.place.startswith(OF_CONFLICTS) else by
        before = None if row is None else state_of(row)
        step = seen(before, sighting.grounds, self._sighted.as_of, in_document)
        if row is None:
            row = self._begin(sighting, step)
        else:
            self._renew(row, sighting)
        self._log.take(row, step, analysis=self._sighted.analysis)
        return step

    def _begin(self, sighting: Sighting, step: Step) -> ConflictRow:
        row = ConflictRow(
            workspace_id=self._tx.workspace,
            organization_id=self._organization.id,
            fingerprint=sighting.fingerprint,
            first_analysis=self._sighted.analysis,
            first_seen_at=self._now,
            last_analysis=self._sighted.analysis,
            last_seen_at=self._now,
            changed_at=self._log.at,
            status=step.state.status,
            **_said(sighting),
        )
        put(row, step.state)
        self._begun.append(row)
        return row

    def _renew(self, row: ConflictRow, sighting: Sighting) -> None:
        """The conflict as it is seen now. A change of it is noted where its level is another."""
        before, said = row.level, _said(sighting)
        differing = [name for name, value in said.items() if getattr(row, name) != value]
        for name in differing:
            setattr(row, name, said[name])
        row.last_analysis, row.last_seen_at = self._sighted.analysis, self._now
        row.goal_removed = False
        self._log.touch(row)
        if differing:
            row.changed_at = self._log.at
        if row.level != before:
            level = {"before": before, "after": row.level}
            self._log.note(row, "regraded", analysis=self._sighted.analysis, level=level)

    def _miss(self, rows: Sequence[ConflictRow]) -> None:
        gone: dict[str, Collection[GoalKey]] = {}
        for row in rows:
            if row.last_analysis not in gone:
                gone[row.last_analysis] = self._goals_gone_since(row.last_analysis)
            row.goal_removed = _is_about(row, gone[row.last_analysis])
            removed = {"goal_removed": True} if row.goal_removed else {}
            self._log.take(row, unseen(state_of(row)), analysis=self._sighted.analysis, **removed)

    def _goals_gone_since(self, analysis: str) -> Collection[GoalKey]:
        """The goals that an earlier analysis looked at and this one does not."""
        before, after = (self._goals(id_) for id_ in (analysis, self._sighted.analysis))
        return {one.goal for one in goals_gone(before, after)}

    def _goals(self, analysis: str) -> dict[GoalKey, float]:
        row = analyses.short(self._tx, self._organization, analysis)
        return {GoalKey(*key): pressure for *key, pressure in row.goals} if row else {}

    def _tell(self, type_: outbox.EventType, fingerprints: Sequence[str]) -> None:
        if fingerprints:
            of = {"organization": self._organization.key, "analysis": self._sighted.analysis}
            said = {**of, "count": len(fingerprints), "fingerprints": fingerprints[:MANY_TOLD]}
            outbox.add(self._tx, type_, said, self._now)


def tell_waiver_ended(tx: Transaction, organization: Organization, fingerprint: str, step: Step, now: datetime) -> None:
    """Put into the outbox that the waiver of a conflict ended, and why."""
    said = {"organization": organization.key, "fingerprint": fingerprint, "because": step.because}
    outbox.add(tx, "conflict.waiver_expired", said, now)


def _said(sighting: Sighting) -> dict[str, Any]:
    """What a conflict's row says of the finding."""
    keys = [subject.key for subject in sighting.subjects]
    return {
        "kind": sighting.kind,
        "rule": sighting.rule,
        "level": sighting.level,
        "severity": sighting.severity,
        "confidence": sighting.confidence,
        "subjects": [subject._asdict() for subject in sighting.subjects],
        "departments": list(sighting.departments),
        "outcome": sighting.outcome,
        "titles": dict(sighting.titles),
        "grounds": sighting.grounds,
        "searched": folded(sighting.fingerprint, sighting.rule, *keys, *sighting.titles.values()),
    }


def _is_about(row: ConflictRow, goals: Iterable[GoalKey]) -> bool:
    """Whether it is gone because a goal is that it was about: nobody has solved it."""
    about = {(subject["kind"], subject["key"]) for subject in row.subjects}
    return any((goal.kind, goal.key) in about for goal in goals)
