"""Which clause of a change lies behind a finding: each is taken back by itself, and the engine runs again.

A clause is what can be taken back alone: one member of a part, a part that was added or removed, the weights of one incentive plan
together, because they sum to one. A clause lies behind a new or worse finding when the finding is gone or clearly weaker without it, and
behind a fixed or better one when it is back or clearly worse. Where no clause does so alone, those are named that do it only together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.compare import Comparison, Grade, Shift, moved
from app.domain.document.changes import Change, undone
from app.domain.findings import Finding, Waived

MOST_CLAUSES = 120
"""Clauses that are taken back one by one at most; of more those that findings name come first."""

Grades = Mapping[str, Grade]
"""Fingerprint → how bad the finding is."""

NOTHING = Grade(0.0, "low")


class Clause(NamedTuple):
    """Changes that can only be made or taken back together."""

    changes: tuple[Change, ...]


class Cause(NamedTuple):
    """A clause behind a finding. `without`: how bad the finding is when the clause is taken back, None when it is not there.

    `together`: the clause does it only with the other causes that say so.
    """

    clause: Clause
    without: Grade | None
    together: bool = False


def clauses_of(changes: Iterable[Change]) -> tuple[Clause, ...]:
    """Changes, cut into what can be taken back alone, in their order."""
    found: dict[object, list[Change]] = defaultdict(list)
    for change in changes:
        for piece in _pieces(change):
            found[_weights_of(piece) or (piece.path, *(m.path[0] for m in piece.members[:1]))].append(piece)
    return tuple(Clause(tuple(pieces)) for pieces in found.values())


def find_causes(
    comparison: Comparison,
    changes: Sequence[Change],
    new_raw: Mapping[str, Any],
    rerun: Callable[[Mapping[str, Any]], Grades | None],
    waived_before: Iterable[Waived] = (),
    most: int = MOST_CLAUSES,
) -> dict[str, tuple[Cause, ...]]:
    """Fingerprint of each finding that is new, worse, fixed or better → the clauses behind it, the strongest first.

    `rerun` gives what is found in a document, None for one that is not valid. `waived_before`: findings that a waiver covered in the old
    document; that they are open now comes of the waiver. `most`: clauses that are tried by themselves, each of
    which costs a run; as many runs again are spent on what clauses do only together.
    """
    shifts = (*comparison.introduced, *comparison.fixed, *comparison.better)
    clauses = clauses_of(changes)
    if not shifts or not clauses:
        return {}
    if len(clauses) > most:
        found = [shift.finding for shift in shifts]
        clauses = tuple(sorted(clauses, key=lambda c: not any(_touches(c, finding) for finding in found)))[:most]
    runs = _Runs(clauses, new_raw, rerun, 2 * most)
    accepted = {one.fingerprint for one in waived_before}
    causes: dict[str, tuple[Cause, ...]] = {}
    for shift in shifts:
        if shift.before is None and shift.finding.fingerprint in accepted:
            causes[shift.finding.fingerprint] = tuple(_waivers(clauses, shift.finding))
        else:
            causes[shift.finding.fingerprint] = tuple(_alone(shift, runs) or _together(shift, runs))
    return causes


class _Runs:
    """What is found when some clauses are taken back; each question is asked once."""

    def __init__(
        self,
        clauses: Sequence[Clause],
        raw: Mapping[str, Any],
        rerun: Callable[[Mapping[str, Any]], Grades | None],
        most: int,
    ) -> None:
        self.clauses = clauses
        self._most = most
        self._raw, self._rerun = raw, rerun
        self._known: dict[frozenset[int], Grades | None] = {}

    @property
    def spent(self) -> bool:
        """Whether as many runs were made as may be made."""
        return len(self._known) >= self._most

    def without(self, taken_back: frozenset[int]) -> Grades | None:
        """What is found without these clauses; None when the document would not be valid."""
        if taken_back not in self._known:
            changes = [change for number in sorted(taken_back) for change in self.clauses[number].changes]
            self._known[taken_back] = self._rerun(undone(self._raw, changes))
        return self._known[taken_back]


def _pieces(change: Change) -> Iterator[Change]:
    """A changed part member by member, as far as the first name goes."""
    if change.action != "changed":
        yield change
        return
    by_name = defaultdict(list)
    for member in change.members:
        by_name[member.path[0]].append(member)
    for members in by_name.values():
        yield change._replace(members=tuple(members))


def _weights_of(piece: Change) -> object:
    """The incentive plan whose weights the change moves."""
    if piece.kind != "component":
        return None
    moves = piece.action != "changed" or piece.members[0].path == ("weight",)
    return ("weights", piece.within) if moves else None


def _alone(shift: Shift, runs: _Runs) -> list[Cause]:
    causes = []
    for number, clause in enumerate(runs.clauses):
        found = runs.without(frozenset({number}))
        if found is not None and _takes_back(shift, found):
            causes.append(Cause(clause, _grade(shift, found)))
    down = shift.by > 0
    return sorted(causes, key=lambda c: (c.without or NOTHING).severity, reverse=not down)


def _together(shift: Shift, runs: _Runs) -> list[Cause]:
    """The fewest clauses that must all be taken back, found by leaving out ever smaller shares; none when all are not enough."""
    if runs.spent:
        return []
    every = range(len(runs.clauses))
    near = [number for number in every if _touches(runs.clauses[number], shift.finding)]
    needed = next((some for some in (near, [*every]) if some and _restores(shift, runs, some)), [])
    size = len(needed) // 2
    while size and not runs.spent:
        for start in reversed(range(0, len(needed), size)):
            fewer = needed[:start] + needed[start + size :]
            if fewer and _restores(shift, runs, fewer):
                needed = fewer
        size //= 2
    without = _grade(shift, runs.without(frozenset(needed)) or {}) if needed else None
    return [Cause(runs.clauses[number], without, len(needed) > 1) for number in needed]


def _takes_back(shift: Shift, found: Grades) -> bool:
    """Whether the finding clearly moves the other way than the change moved it."""
    without = _grade(shift, found)
    if shift.after is None:
        return without is not None
    if without is None:
        return shift.by > 0
    way = moved(Grade(shift.after.severity, shift.after.level), without)
    return way < 0 if shift.by > 0 else way > 0


def _restores(shift: Shift, runs: _Runs, taken_back: Iterable[int]) -> bool:
    """Whether the finding is as it was before the change, when these clauses are taken back."""
    found = runs.without(frozenset(taken_back))
    if found is None:
        return False
    without = _grade(shift, found)
    if shift.before is None or without is None:
        return shift.before is None and without is None
    return moved(Grade(shift.before.severity, shift.before.level), without) == 0


def _grade(shift: Shift, found: Grades) -> Grade | None:
    """How bad the finding is, by whichever rule it is reported."""
    keys = [finding.fingerprint for finding in (shift.after, shift.before) if finding]
    return next((found[key] for key in keys if key in found), None)


def _touches(clause: Clause, finding: Finding) -> bool:
    """Whether a clause changes something that the finding names."""
    named = {s.key for s in (*finding.subjects, *finding.related)} | set(finding.departments)
    return any({change.key, change.within} & named for change in clause.changes)


def _waivers(clauses: Iterable[Clause], finding: Finding) -> Iterator[Cause]:
    """The waivers that were taken away or changed and had covered the finding."""
    keys = {subject.key for subject in finding.subjects}
    for clause in clauses:
        change = clause.changes[0]
        if change.kind != "suppression":
            continue
        about = change.key.split(" ")
        if about == [finding.fingerprint] or (about[0] == finding.rule and set(about[1:]) <= keys):
            yield Cause(clause, None)
