"""Baselines of a run: what is known of each document before it is audited, what is said of it, and the file made anew."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from app.cli import terminal
from app.cli.failures import Refused
from app.cli.inputs import Input, organization_of
from app.cli.side_files import read_side_file, shown_path
from app.domain.baselines import Baseline, Listed, Run, updated
from app.domain.terms import Language
from app.exchange.baseline_file import read_baseline, written


class Before(NamedTuple):
    """What is known of a document: where it is listed, under which names, and what is listed of it (None: nothing)."""

    path: Path
    file: str
    organization: str
    listed: Listed | None


class Baselines:
    """The baselines of a run, each read once. With `may_be_new` one that does not exist yet is empty, else it is refused."""

    def __init__(self, inputs: Sequence[Input], language: Language, *, may_be_new: bool) -> None:
        self._inputs, self._language, self._may_be_new = inputs, language, may_be_new
        self._read: dict[Path, tuple[Baseline, frozenset[str]]] = {}

    def before(self, path: Path, given: Input, raw: Any) -> Before:
        """What the baseline at the path lists of a document."""
        if path not in self._read:
            audited = frozenset(_name_in(path, other) for other in self._inputs)
            self._read[path] = (self._baseline(path), audited)
        baseline, audited = self._read[path]
        file, organization = _name_in(path, given), organization_of(raw)
        return Before(path, file, organization, baseline.of(file, organization, audited))

    def update(self, path: Path, runs: Sequence[Run]) -> None:
        """Write the baseline anew and say what came and went."""
        before, _ = self._read[path]
        gone = [x.file for x in before.documents if not (path.parent / x.file).exists()]
        made = updated(before, runs, gone)
        terminal.save(path, written(made.baseline))
        count = sum(len(listed.findings) for listed in made.baseline.documents)
        english = f"{count} findings listed, {made.added} added, {made.removed} taken off"
        german = f"{count} Befunde aufgeführt, {made.added} neu, {made.removed} gestrichen"
        terminal.say(f"concord: {shown_path(path)}: {german if self._language == 'de' else english}")

    def _baseline(self, path: Path) -> Baseline:
        if not path.exists():
            if self._may_be_new:
                return Baseline()
            raise Refused(f"there is no baseline {path}; --update-baseline makes one")
        name = shown_path(path)
        return read_side_file(path, lambda data: read_baseline(data, name), self._language)


def _name_in(path: Path, given: Input) -> str:
    """A document as the baseline at the path names it: from the folder of the baseline."""
    if given.path is None:
        return given.name
    return Path(os.path.relpath(given.path.resolve(), path.resolve().parent)).as_posix()
