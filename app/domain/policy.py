"""What a company decides about findings, all of it: which it wants, how grave they are to it, which it accepts, which it knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.domain.detection import Match
from app.domain.document import Document
from app.domain.findings import Finding, Seen, Setting
from app.domain.overrides import NO_OVERRIDES, Overrides
from app.domain.rulebook import Rulebook
from app.domain.selection import EVERYTHING, Selection
from app.domain.terms import LEVELS, Level
from app.domain.waivers import Grant


class Policy(NamedTuple):
    """`grants`: waivers beside those of the document; `known`: fingerprints of a baseline, None without one; `new_only`: without these;
    `rulebook`: the rules that are run, None for the built-in ones."""

    selection: Selection = EVERYTHING
    overrides: Overrides = NO_OVERRIDES
    grants: tuple[Grant, ...] = ()
    known: frozenset[str] | None = None
    new_only: bool = False
    settings: tuple[Setting, ...] = ()
    rulebook: Rulebook | None = None


NO_POLICY = Policy()


def with_rulebook(policy: Policy) -> Policy:
    """The policy with what its rulebook sets otherwise: its levels hold for rules of which the policy itself says nothing."""
    rulebook = policy.rulebook
    if rulebook is None or not rulebook.settings:
        return policy
    everywhere = {**rulebook.overrides.everywhere, **policy.overrides.everywhere}
    overrides = policy.overrides._replace(everywhere=everywhere)
    return policy._replace(overrides=overrides, settings=(*policy.settings, *rulebook.told))


class Overridden(NamedTuple):
    """What an override did to a finding."""

    engine_level: Level
    place: str


class Graded(NamedTuple):
    """Matches that are wanted, worst first, and what overrides did to some, by fingerprint."""

    matches: Sequence[Match]
    overridden: Mapping[str, Overridden]


def graded(matches: Sequence[Match], document: Document, policy: Policy) -> Graded:
    """The matches as the policy grades them, without those that it does not want."""
    if policy.selection == EVERYTHING and policy.overrides == NO_OVERRIDES:
        return Graded(matches, {})
    plan_of = {c.key: plan.key for plan in document.incentive_plans for c in plan.components}
    kept: list[Match] = []
    overridden: dict[str, Overridden] = {}
    for match in matches:
        rule, departments = match.rule.rule.id, match.row.departments
        override = policy.overrides.of(rule, departments[0] if departments else None, _plans(match, plan_of))
        if override is not None:
            if override.grade == "off":
                continue
            overridden[match.fingerprint] = Overridden(match.level, override.place)
            match = Match(match.rule, match.row, match.fingerprint, match.severity, override.grade, match.conflict)
        if policy.selection.admits(rule, match.level, departments):
            kept.append(match)
    if overridden:
        kept.sort(key=lambda match: -LEVELS.index(match.level))
    return Graded(kept, overridden)


def with_policy(findings: Sequence[Finding], overridden: Mapping[str, Overridden], policy: Policy) -> list[Finding]:
    """The findings, each with the override that changed it and how it stands to the baseline."""
    return [_with_policy(finding, overridden.get(finding.fingerprint), policy) for finding in findings]


def _with_policy(finding: Finding, override: Overridden | None, policy: Policy) -> Finding:
    if override is not None:
        finding = finding._replace(engine_level=override.engine_level, override=override.place)
    if policy.known is not None:
        finding = finding._replace(baseline="unchanged" if finding.fingerprint in policy.known else "new")
    return finding


def seen(matches: Sequence[Match]) -> tuple[Seen, ...]:
    """Every match in short, wanted or not, by which waivers and baselines are told to be idle."""
    return tuple(Seen(match.fingerprint, match.rule.rule.id, _keys(match)) for match in matches)


def _keys(match: Match) -> frozenset[str]:
    """The subjects of its finding, by key: of a conflict also the components that pay for the goal."""
    is_conflict = match.rule.rule.finding.endswith(("conflict", "tension"))
    paying = match.conflict.goal.parts if match.conflict and is_conflict else ()
    return frozenset([s.key for s in match.row.subjects] + [part.component.key for part in paying])


def _plans(match: Match, plan_of: Mapping[str, str]) -> set[str]:
    plans = {s.key for s in match.row.subjects if s.kind == "incentive_plan"}
    return plans | {plan_of[key] for key in _keys(match) if key in plan_of}
