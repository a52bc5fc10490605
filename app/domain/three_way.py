"""Three-way merges of documents: what was changed in one copy of a document, made in another copy that was changed meanwhile.

All three are documents in the form in which they are kept. Parts go by their keys, members by their names; what both copies changed in
different ways is a conflict, and somebody chooses. The weights of an incentive plan hold together, since they sum to one: where both
copies changed which components there are or what they weigh, that is one conflict.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from app.domain.document.changes import Change, changes_between
from app.domain.document.patch import identity
from app.domain.faults import pointer

Raw = dict[str, Any]
Path = tuple[str, ...]
Side = Literal["ours", "theirs"]

WEIGHTS = "components"
"""The last member of the place of a conflict about the weights of an incentive plan."""


class Clash(NamedTuple):
    """A place that both copies changed in different ways, and what stands there; None where nothing does.

    `path`: members and keys that lead there. `part_gone`: theirs no longer has a part that ours changes.
    """

    path: Path
    base: Any
    theirs: Any
    ours: Any
    part_gone: bool = False

    @property
    def pointer(self) -> str:
        """The place, parts by their keys: `/kpis/aht/weight`."""
        return pointer(self.path)


class Merged(NamedTuple):
    """The merged document, its clashes, and those that nobody has chosen for: there it says what ours does."""

    raw: Raw
    clashes: tuple[Clash, ...]
    open: tuple[Clash, ...]


def merge(base: Raw, ours: Raw, theirs: Raw, choices: Mapping[str, Side] | None = None) -> Merged:
    """What ours changed in the base, made in theirs. `choices`: pointer of a clash → whose value stands there."""
    chosen = choices or {}
    work = _Merge(base, ours, theirs)
    still_open = []
    for clash in work.clashes:
        side = chosen.get(clash.pointer)
        if side is None:
            still_open.append(clash)
        if side != "theirs":
            work.take(clash)
    return Merged(work.raw, tuple(work.clashes), tuple(still_open))


class _Merge:
    """A merge: what does not clash is made at once."""

    def __init__(self, base: Raw, ours: Raw, theirs: Raw) -> None:
        self._base, self._ours, self._theirs = base, ours, theirs
        self.raw: Raw = copy.deepcopy(theirs)
        self._weighed = _weights_apart(base, ours, theirs)
        self.clashes = [self._weights_clash(plan) for plan in sorted(self._weighed)]
        changed = {change.path: change for change in changes_between(base, theirs)}
        for change in changes_between(base, ours):
            self._make(change, changed)

    def take(self, clash: Clash) -> None:
        """Let ours stand where both clash."""
        if clash.path[-1] == WEIGHTS and clash.path[:2] in self._weighed:
            _weigh(_at(self.raw, clash.path[:2]), _at(self._ours, clash.path[:2]))
        else:
            _put(self.raw, clash.path, self._ours)

    def _weights_clash(self, plan: Path) -> Clash:
        base, theirs, ours = (_weights(_at(raw, plan)) for raw in (self._base, self._theirs, self._ours))
        kept = (base or {}).keys() & (ours or {}).keys()
        return Clash((*plan, WEIGHTS), base, theirs, ours, part_gone=bool(kept - (theirs or {}).keys()))

    def _make(self, change: Change, theirs: Mapping[Path, Change]) -> None:
        """Make a change, or note where it clashes."""
        path = change.path
        in_weighed = path[:2] in self._weighed and path[2:3] == (WEIGHTS,)
        gone = next((path[:n] for n in range(2, len(path) + 1) if _is_removed(theirs.get(path[:n]))), None)
        if in_weighed and (gone is not None or change.action != "changed"):
            return
        if gone is not None:
            if change.action != "removed":
                self._clash(gone, part_gone=True)
        elif change.action == "added":
            self._whole(path, path in theirs)
        elif change.action == "removed":
            beneath = any(other[: len(path)] == path and not _is_removed(made) for other, made in theirs.items())
            self._whole(path, beneath)
        else:
            others = theirs.get(path)
            for member in change.members:
                if not (in_weighed and member.path == ("weight",)):
                    self._member(path, member.path, others)

    def _whole(self, path: Path, both_changed: bool) -> None:
        """A part that ours added or removed."""
        if both_changed:
            self._clash(path)
        else:
            _put(self.raw, path, self._ours)

    def _member(self, path: Path, member: Path, others: Change | None) -> None:
        """A member that ours changed; a member of theirs that holds it, or that it holds, is the same place."""
        theirs = [one.path for one in others.members] if others else []
        meeting = [one for one in theirs if one[: len(member)] == member or member[: len(one)] == one]
        if meeting:
            self._clash((*path, *min((member, *meeting), key=len)))
        else:
            _put(self.raw, (*path, *member), self._ours)

    def _clash(self, path: Path, *, part_gone: bool = False) -> None:
        if any(clash.path == path for clash in self.clashes):
            return
        base, theirs, ours = (_at(raw, path) for raw in (self._base, self._theirs, self._ours))
        if ours != theirs:
            self.clashes.append(Clash(path, base, theirs, ours, part_gone))


def _is_removed(change: Change | None) -> bool:
    return change is not None and change.action == "removed"


def _weights_apart(base: Raw, ours: Raw, theirs: Raw) -> frozenset[Path]:
    """Incentive plans whose components or their weights both sides changed, and not in the same way."""
    plans = [("incentive_plans", str(plan["key"])) for plan in base.get("incentive_plans", ())]
    sides = {plan: [_weights(_at(raw, plan)) for raw in (base, ours, theirs)] for plan in plans}
    return frozenset(
        plan
        for plan, (before, mine, other) in sides.items()
        if mine is not None and other is not None and before != mine != other != before
    )


def _weights(plan: Any) -> dict[str, float] | None:
    return None if plan is None else {str(one["key"]): one["weight"] for one in plan.get("components", ())}


def _weigh(plan: Raw, like: Raw) -> None:
    """Give a plan the components of another, those that it has as they are but for their weights."""
    known = {one["key"]: one for one in plan["components"]}
    plan["components"] = [
        {**known.get(one["key"], copy.deepcopy(one)), "weight": one["weight"]} for one in like["components"]
    ]


def _at(raw: Any, path: Sequence[str]) -> Any:
    """What stands at a path; None where nothing does."""
    for name in path:
        if isinstance(raw, list):
            raw = next((item for item in _named(raw, name)), None)
        elif isinstance(raw, Mapping):
            raw = raw.get(name)
        else:
            return None
    return raw


def _put(raw: Raw, path: Path, source: Raw) -> None:
    """Let a document say at a path what another one says there. Of a part that the path leads through and that it lacks it gets all."""
    at: Any = raw
    for number, name in enumerate(path[:-1], 1):
        below = _at(at, (name,))
        if below is None:
            path = path[:number]
            break
        at = below
    value = copy.deepcopy(_at(source, path))
    if isinstance(at, list):
        at[:] = [item for item in at if item not in _named(at, path[-1])] + ([] if value is None else [value])
    elif value is None:
        at.pop(path[-1], None)
    else:
        at[path[-1]] = value


def _named(items: list[Any], name: str) -> Iterator[Any]:
    """The items of a list that go by a name; the second of two that go by the same has its number behind it."""
    plain, _, _ = name.partition(" #")
    alike = [item for item in items if identity(item) in (name, plain)]
    if alike and identity(alike[0]) != name:
        number = int(name.rpartition("#")[2]) if name.rpartition("#")[2].isdigit() else 1
        alike = alike[number - 1 : number]
    yield from alike[:1]
