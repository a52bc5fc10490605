"""What a change is compared with: for each document the file, or the state in git, that it was before."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.failures import Refused
from app.cli.inputs import SHEET_SUFFIX, STANDARD_INPUT, Input, find_inputs

if TYPE_CHECKING:
    from app.exchange.source import Source

GIT = "git:"
DEADLINE = 60
"""Seconds that git is waited for."""


class OldVersion(Input):
    """A document as it was at a revision: its bytes come from git."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(name, None)
        self._data = data

    def read(self) -> Source:
        """What stood in it. Raises DocumentInvalid."""
        from app.exchange.read import read

        return read(self._data, self.name)


class OldVersions:
    """The documents of a run as they were. `against`: a file, a folder, `-`, or `git:` and a revision."""

    def __init__(self, against: str, paths: Sequence[str], inputs: Sequence[Input]) -> None:
        self._revision = against.removeprefix(GIT) if against.startswith(GIT) else None
        self._inputs = inputs
        self._roots = [Path(path).resolve() for path in paths if path != STANDARD_INPUT]
        if self._revision is not None:
            self._check_revision(against)
            return
        if against == STANDARD_INPUT and any(one.path is None for one in inputs):
            raise Refused("standard input cannot be both sides of a comparison")
        self._old = find_inputs([against]).inputs
        self._by_place = {_place(one, [Path(against).resolve()]): one for one in self._old}

    def of(self, given: Input) -> Input | None:
        """The document that a document was; None where there was none. Raises Refused."""
        if self._revision is not None:
            return _at(self._revision, given)
        if len(self._inputs) == 1 and len(self._old) == 1:
            return self._old[0]
        return self._by_place.get(_place(given, self._roots))

    def gone(self) -> Iterator[Input]:
        """Documents that there were and that are not there any more; those of git are not looked for."""
        if self._revision is not None or (len(self._inputs) == 1 and len(self._old) == 1):
            return
        there = {_place(given, self._roots) for given in self._inputs}
        yield from (one for place, one in self._by_place.items() if place not in there)

    def _check_revision(self, against: str) -> None:
        if not self._revision or self._revision.startswith("-"):
            raise Refused(f"{against!r} names no revision; write {GIT}main, {GIT}HEAD~1 or {GIT} and a commit")
        if any(one.path is None for one in self._inputs):
            raise Refused(
                f"standard input has no revision to compare with; name a file, or compare with one instead of {GIT}…"
            )


def _place(given: Input, roots: Sequence[Path]) -> str:
    """Where a document lies below the folder that was named."""
    if given.path is None:
        return given.name
    whole = given.path.resolve()
    root = next((root for root in roots if root.is_dir() and whole.is_relative_to(root)), whole.parent)
    return whole.relative_to(root).as_posix()


def _at(revision: str, given: Input) -> Input | None:
    """A file, or a folder of sheets, at a revision of the repository that it lies in."""
    assert given.path is not None
    path = given.path.absolute()
    name = f"{revision}:{given.name}"
    commit = _commit(revision, path.parent)
    if not path.is_dir():
        found = _git(path.parent, "ls-tree", "-z", "--name-only", commit, "--", path.name).split(b"\0")[0]
        return OldVersion(name, _shown(commit, path)) if found else None
    sheets = {}
    for listed in _git(path, "ls-tree", "-z", "--name-only", commit, "--", "./").split(b"\0"):
        sheet = listed.decode("utf-8", "surrogateescape")
        if sheet.endswith(SHEET_SUFFIX):
            sheets[Path(sheet).name] = _shown(commit, path / sheet)
    if not sheets:
        return None
    from app.exchange.archives import packed

    return OldVersion(f"{name}.zip", packed(sheets))


def _commit(revision: str, folder: Path) -> str:
    """The commit that a revision names; raises Refused where git is not there, or knows no such revision."""
    try:
        return (
            _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
            .decode()
            .strip()
        )
    except _GitFailed:
        pass
    try:
        _git(folder, "rev-parse", "--git-dir")
    except _GitFailed:
        raise Refused(
            f"{folder} lies in no git repository, so there is no revision {revision!r} to compare with"
        ) from None
    branches = _git(folder, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes")
    from app.domain.nearest import nearest

    near = nearest(revision, branches.decode("utf-8", "replace").split(), most=1)
    hint = f"; did you mean {GIT}{near[0]}?" if near else ""
    raise Refused(f"git knows no revision {revision!r} in {folder}{hint}")


def _shown(commit: str, path: Path) -> bytes:
    return _git(path.parent, "show", "--no-textconv", f"{commit}:./{path.name}")


class _GitFailed(Exception):
    pass


def _git(folder: Path, *arguments: str) -> bytes:
    """What git prints; raises _GitFailed when it ends with an error, Refused when it cannot be run."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, timeout=DEADLINE, check=False
        )
    except FileNotFoundError:
        raise Refused("git is not installed, so no revision can be read; compare with a file instead") from None
    except subprocess.TimeoutExpired:
        raise Refused(f"git did not answer within {DEADLINE} seconds") from None
    if done.returncode != 0:
        raise _GitFailed(done.stderr.decode("utf-8", "replace"))
    return done.stdout
