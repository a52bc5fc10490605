"""The influence that decides: what an answer would be without each influence that it rests on, or with its sign turned round.

After the structural sensitivity of signed digraphs: a conclusion that hangs on one arc is only as good as that arc.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from app.domain.arcs import Arc
from app.domain.conflict_findings import chain_links
from app.domain.detection import Detection, Match
from app.domain.errors import Unknown
from app.domain.field import Field, Target
from app.domain.findings import ChainLink
from app.domain.goals import Goal
from app.domain.map_runs import MapRuns, Severities
from app.domain.maps import flipped, maps_of, without
from app.domain.proofs import LEAST_CLEARED
from app.domain.reach import Chain
from app.domain.terms import LEVELS, Language, Level
from app.domain.voice import Voice
from app.domain.why import Why

Turn = Literal["dropped", "flipped"]


class Shifted(NamedTuple):
    """A finding that is not what it was: its level and severity before and after; None where it is not found."""

    fingerprint: str
    before: Level | None
    after: Level | None
    severity_before: float
    severity_after: float


class Turned(NamedTuple):
    """What one influence's being dropped or flipped does: `asked`, to the findings that were asked about; `others`, to all others."""

    turn: Turn
    asked: tuple[Shifted, ...]
    others: tuple[Shifted, ...]


class Decider(NamedTuple):
    """An influence on the chains that were asked about. `decides`: dropped or flipped, a finding asked about goes, or falls by a level."""

    link: ChainLink
    decides: bool
    dropped: Turned
    flipped: Turned


def deciders_of_finding(
    detection: Detection, runs: MapRuns, fingerprint: str, language: Language = "en"
) -> tuple[Decider, ...]:
    """The influences on the chains behind a finding, those that decide first; none where it rests on no chain. Raises Unknown.

    `runs` are those on the document that was detected.
    """
    match = next((one for one in detection.matches if one.fingerprint == fingerprint), None)
    if match is None:
        raise Unknown("finding", fingerprint)
    conflict = match.row.conflict
    arcs = _arcs(detection.field, [(conflict.goal, conflict.target)]) if conflict else []
    return _deciders(detection, runs, arcs, [match], language)


def deciders_of_pair(detection: Detection, runs: MapRuns, why: Why, language: Language = "en") -> tuple[Decider, ...]:
    """The influences on the chains between two goals, or a goal and an outcome, as `why` was asked about them."""
    field = detection.field
    ends = {why.source, why.target}
    pairs = [
        (goal, target)
        for goal in field.goals.goals
        for target in field.targets
        if goal.item is not target.item and {_key(goal), _key(target)} == ends
    ]
    asked = [
        match
        for match in detection.matches
        if match.conflict is not None
        and match.rule.rule.fact_kind.startswith("goal_")
        and {_key(match.conflict.goal), _key(match.conflict.target)} == ends
    ]
    return _deciders(detection, runs, _arcs(field, pairs), asked, language)


def _key(end: Goal | Target) -> str:
    return end.item.key if end.item.kind != "component" else f"measure:{end.item.key}"


def _arcs(field: Field, pairs: Iterable[tuple[Goal, Target]]) -> list[Arc]:
    """The arcs of every chain kept between the pairs, for and against, each influence once."""
    found: dict[str, Arc] = {}
    for goal, target in pairs:
        for chain in _chains(field, goal, target):
            for arc in chain.arcs:
                found.setdefault(arc.id, arc)
    return list(found.values())


def _chains(field: Field, goal: Goal, target: Target) -> Iterable[Chain]:
    """The strongest first: those by which an answer was found, then others that were kept."""
    answer = field.ask(goal, target)
    yield from (answer.harmed_by, answer.helped_by)
    if answer.fallback == "none" and target.number is not None:
        for number in (target.number ^ 1, target.number):
            yield from field.reach_of(goal).chains(number)


def _deciders(
    detection: Detection, runs: MapRuns, arcs: Sequence[Arc], asked: Sequence[Match], language: Language
) -> tuple[Decider, ...]:
    maps, voice = maps_of(detection.field), Voice(detection.goals, language)
    before = {match.fingerprint: match.severity for match in detection.matches}
    keys = {match.fingerprint for match in asked}

    def turned(turn: Turn, after: Severities) -> Turned:
        shifted = _shifted(before, after, detection)
        return Turned(
            turn,
            tuple(one for one in shifted if one.fingerprint in keys),
            tuple(one for one in shifted if one.fingerprint not in keys),
        )

    found = []
    for arc, link in zip(arcs, chain_links(tuple(arcs), voice), strict=True):
        dropped = turned("dropped", runs.on(maps.redrawn(without([arc.id]))))
        turned_round = turned("flipped", runs.on(maps.redrawn(flipped(arc.id))))
        decides = any(map(_falls, (*dropped.asked, *turned_round.asked)))
        found.append(Decider(link, decides, dropped, turned_round))
    return tuple(sorted(found, key=_order))


def _shifted(before: Severities, after: Severities, detection: Detection) -> list[Shifted]:
    """Findings that are new, gone, or of another level, the largest shift first."""
    parameters, found = detection.goals.parameters, []
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        was, is_ = (None if bad is None else parameters.level(bad) for bad in (old, new))
        if was != is_ and abs((old or 0.0) - (new or 0.0)) >= LEAST_CLEARED:
            found.append(Shifted(key, was, is_, old or 0.0, new or 0.0))
    return sorted(found, key=lambda one: (-abs(one.severity_after - one.severity_before), one.fingerprint))


def _falls(shifted: Shifted) -> bool:
    return _rank(shifted.after) < _rank(shifted.before)


def _rank(level: Level | None) -> int:
    return -1 if level is None else LEVELS.index(level)


def _order(decider: Decider) -> tuple[bool, float, int, str]:
    """Those that decide first; of these by what they take from the findings asked about, then by how many others they change."""
    asked = [one for turned in (decider.dropped, decider.flipped) for one in turned.asked]
    lost = max((one.severity_before - one.severity_after for one in asked), default=0.0)
    others = len(decider.dropped.others) + len(decider.flipped.others)
    return (not decider.decides, -lost, -others, decider.link.id)
