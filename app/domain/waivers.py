"""Findings that somebody accepted: which waiver covers which finding, and what is wrong with waivers themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from app.domain.document import Suppression
from app.domain.findings import Analysis, Finding, Waived
from app.domain.grounds import changed
from app.domain.rules.rule import Rule
from app.domain.terms import Language
from app.domain.waiver_words import Words


class Grant(NamedTuple):
    """A waiver as granted: for one fingerprint, or for what a rule reports about subjects. It holds up to and on the day it expires."""

    place: str
    """Where it stands: `suppressions[2]` of the document, or file and line."""
    fingerprint: str | None = None
    rule: str | None = None
    subjects: frozenset[str] = frozenset()
    owner: str | None = None
    reason: str | None = None
    expires: date | None = None
    grounds: str | None = None
    """What the finding rested on when it was accepted (app.domain.grounds)."""

    def covers(self, fingerprint: str, rule: str, keys: Collection[str]) -> bool:
        """Whether it is meant for a finding of the rule about the keys; it may have expired."""
        if self.fingerprint is not None:
            return self.fingerprint == fingerprint
        return self.rule == rule and self.subjects.issubset(keys)

    def has_expired(self, day: date) -> bool:
        """Whether its last day lies before the day."""
        return self.expires is not None and self.expires < day

    def is_void_for(self, finding: Finding) -> bool:
        """Whether the finding rests on something else than when it was accepted."""
        return self.grounds is not None and changed(self.grounds, finding.grounds) is not None


def granted(suppressions: Sequence[Suppression]) -> tuple[Grant, ...]:
    """The waivers that stand in a document."""
    return tuple(
        Grant(
            f"suppressions[{number}]", s.fingerprint, s.rule, frozenset(s.subjects), s.owner, s.reason, s.expires,
            s.grounds,
        )
        for number, s in enumerate(suppressions)
    )  # fmt: skip


def waive(
    findings: Iterable[Finding], grants: Sequence[Grant], as_of: date
) -> tuple[tuple[Waived, ...], list[Finding]]:
    """Findings that somebody accepted and still accepts on the day, and the others."""
    valid = [grant for grant in grants if not grant.has_expired(as_of)]
    by_fingerprint = {grant.fingerprint for grant in valid}
    by_rule = {grant.rule for grant in valid if grant.fingerprint is None}
    waived: list[Waived] = []
    left: list[Finding] = []
    for finding in findings:
        meant = finding.fingerprint in by_fingerprint or finding.rule in by_rule
        by = next((g for g in valid if _covers(g, finding) and not g.is_void_for(finding)), None) if meant else None
        if by is None:
            left.append(finding)
        else:
            waived.append(_waived(finding, by))
    return tuple(waived), left


def notices(
    grants: Iterable[Grant], audited: Sequence[Analysis], as_of: date, rules: Mapping[str, Rule], language: Language
) -> list[str]:
    """What is wrong with waivers after the documents that they may be meant for were audited: expired, void, unused, unknown, too wide."""
    findings = [f for analysis in audited for f in _all_findings(analysis)]
    known = {f.fingerprint: f for f in findings}
    seen = [one for analysis in audited for one in analysis.seen]
    words = Words(language)
    told: list[str] = []
    for grant in grants:
        covered = [known.get(s.fingerprint) for s in seen if grant.covers(s.fingerprint, s.rule, s.keys)]
        told += [f"{grant.place}: {fault}" for fault in _faults(grant, covered, as_of, words)]
        if not covered:
            keys = {key for one in seen for key in one.keys} if grant.subjects else set()
            told.append(f"{grant.place}: {_idle(grant, rules, keys, [s.fingerprint for s in seen], as_of, words)}")
    return told


def _faults(grant: Grant, covered: Sequence[Finding | None], as_of: date, words: Words) -> Iterator[str]:
    """What is wrong with a waiver that covers something; findings that were not asked for are None."""
    if grant.has_expired(as_of):
        if covered:
            assert grant.expires is not None
            yield words.expired(grant.expires, [f.title for f in covered if f], len(covered))
        return
    for finding in covered:
        if finding is not None and grant.is_void_for(finding):
            assert grant.grounds is not None
            change = changed(grant.grounds, finding.grounds)
            assert change is not None
            yield words.void(finding, change)
    if len(covered) > 1 and grant.fingerprint is None:
        yield words.wide(len(covered))
    lacking = [name for name in ("owner", "reason", "expires") if getattr(grant, name) is None]
    if lacking and covered:
        yield words.lacking(lacking)


def _idle(
    grant: Grant,
    rules: Mapping[str, Rule],
    keys: Collection[str],
    fingerprints: Sequence[str],
    as_of: date,
    words: Words,
) -> str:
    """Why a waiver covers nothing, as far as can be seen."""
    from app.domain.nearest import nearest

    if grant.has_expired(as_of):
        assert grant.expires is not None
        return words.expired_idle(grant.expires)
    if grant.fingerprint is not None:
        near = nearest(grant.fingerprint, (f for f in fingerprints if _alike(f, grant.fingerprint)), 1)
        return words.no_fingerprint(grant.fingerprint, near)
    rule = grant.rule or ""
    if rule not in rules:
        return words.no_rule(rule, nearest(rule, rules, 1))
    unknown = sorted(grant.subjects.difference(keys))
    near = nearest(unknown[0], keys, 1) if unknown else []
    return words.nothing_about(rule, sorted(grant.subjects), near)


def _covers(grant: Grant, finding: Finding) -> bool:
    return grant.covers(finding.fingerprint, finding.rule, {subject.key for subject in finding.subjects})


def _waived(finding: Finding, by: Grant) -> Waived:
    return Waived(
        finding.fingerprint,
        by.owner,
        by.reason,
        by.expires.isoformat() if by.expires else None,
        finding.title,
        finding.level,
        by.place,
        finding._replace(status="waived"),
    )


def _all_findings(analysis: Analysis) -> Iterator[Finding]:
    for finding in analysis.findings:
        yield finding
        yield from finding.also
    for waived in analysis.waived:
        if waived.finding is not None:
            yield waived.finding


def _alike(one: str, other: str) -> bool:
    """Whether two fingerprints differ as by a slip of the pen."""
    return sum(a != b for a, b in zip(one, other, strict=False)) <= 2
