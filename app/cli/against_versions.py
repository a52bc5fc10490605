"""What a change is compared with: for each document the file, or the state in git, that it was before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from app.cli.against_git import GIT, gone_since, revision_of, version_at
from app.cli.failures import Refused
from app.cli.inputs import STANDARD_INPUT, Input, find_inputs, organization_of
from app.domain.errors import DocumentInvalid

ALIKE = 0.5
"""The share of their keys that two documents of one organization must have in common to be one that was given another name."""

_PARTS = ("departments", "outcomes", "kpis", "incentive_plans")


class OldVersions:
    """The documents of a run as they were. `against`: a file, a folder, `-`, or `git:` and a revision.

    A document goes with the one at its place; where there was none, with one that is gone and says nearly the same, under whichever name.
    """

    def __init__(self, against: str, paths: Sequence[str], inputs: Sequence[Input]) -> None:
        self._roots = [Path(path).resolve() for path in paths if path != STANDARD_INPUT]
        self._of: dict[str, Input] = {}
        self._gone: list[Input] = []
        if revision := revision_of(against):
            self._from_git(revision, inputs)
        else:
            self._from_files(against, inputs)

    def of(self, given: Input) -> Input | None:
        """The document that a document was; None where there was none."""
        return self._of.get(given.name)

    def gone(self) -> Iterator[Input]:
        """Documents of the folders that were named which are not there any more."""
        yield from self._gone

    def _from_git(self, revision: str, inputs: Sequence[Input]) -> None:
        if any(one.path is None for one in inputs):
            raise Refused(
                f"standard input has no revision to compare with; name a file, or compare with one instead of {GIT}…"
            )
        self._of = {one.name: old for one in inputs if (old := version_at(revision, one))}
        folders = {one.path.absolute().parent for one in inputs if one.path and one.name not in self._of}
        folders |= {root for root in self._roots if root.is_dir()}
        gone = {old.name: (path, old) for folder in sorted(folders) for path, old in gone_since(revision, folder)}
        left = self._renamed(inputs, [old for _, old in gone.values()])
        self._gone = [old for old in left if any(gone[old.name][0].is_relative_to(root) for root in self._roots)]

    def _from_files(self, against: str, inputs: Sequence[Input]) -> None:
        if against == STANDARD_INPUT and any(one.path is None for one in inputs):
            raise Refused("standard input cannot be both sides of a comparison")
        olds = find_inputs([against]).inputs
        if len(inputs) == len(olds) == 1:
            self._of = {inputs[0].name: olds[0]}
            return
        by_place = {_place(one, [Path(against).resolve()]): one for one in olds}
        there = {_place(one, self._roots): one for one in inputs}
        self._of = {one.name: by_place[place] for place, one in there.items() if place in by_place}
        self._gone = self._renamed(inputs, [old for place, old in by_place.items() if place not in there])

    def _renamed(self, inputs: Iterable[Input], gone: Sequence[Input]) -> list[Input]:
        """Those of the documents that are gone which no document without an old version is; the others are taken for renamed."""
        lone = [one for one in inputs if one.name not in self._of] if gone else []
        olds = [(old, said) for old in gone if (said := _said(old))] if lone else []
        news = [(one, said) for one in lone if (said := _said(one))] if olds else []
        pairs = [(_alike(was, is_), one, old) for old, was in olds for one, is_ in news]
        renamed: set[str] = set()
        for alike, one, old in sorted(pairs, key=lambda pair: -pair[0]):
            if alike >= ALIKE and one.name not in self._of and old.name not in renamed:
                self._of[one.name] = old
                renamed.add(old.name)
        return [old for old in gone if old.name not in renamed]


def _place(given: Input, roots: Sequence[Path]) -> str:
    """Where a document lies below the folder that was named."""
    if given.path is None:
        return given.name
    whole = given.path.resolve()
    root = next((root for root in roots if root.is_dir() and whole.is_relative_to(root)), whole.parent)
    return whole.relative_to(root).as_posix()


def _said(document: Input) -> frozenset[tuple[str, str]] | None:
    """The organization and the keys of a document; None for one that cannot be read, which is told where it is audited."""
    try:
        raw = document.read().raw
    except (DocumentInvalid, Refused):
        return None
    items = ((part, item) for part in _PARTS for item in _list(raw, part) if isinstance(item, dict))
    keys = {(part, str(item.get("key") or item.get("name"))) for part, item in items}
    return frozenset({("organization", organization_of(raw)), *keys})


def _list(raw: Any, part: str) -> list[Any]:
    items = raw.get(part) if isinstance(raw, dict) else None
    return items if isinstance(items, list) else []


def _alike(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> float:
    """The share of what two documents have in common; 0 for those of different organizations."""
    if not any(part == "organization" for part, _ in one & other):
        return 0.0
    return len(one & other) / len(one | other)
