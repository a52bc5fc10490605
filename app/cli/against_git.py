"""Documents as they were at a revision of the git repository that they lie in."""

from __future__ import annotations

import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.failures import Refused
from app.cli.inputs import SHEET_SUFFIX, SUFFIXES, Input, holds_sheets, is_document, is_hidden

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


def revision_of(against: str) -> str | None:
    """The revision that `git:REVISION` names; None for anything else. Raises Refused for what can be none."""
    if not against.startswith(GIT):
        return None
    revision = against.removeprefix(GIT)
    if not revision or revision.startswith("-"):
        raise Refused(f"{against!r} names no revision; write {GIT}main, {GIT}HEAD~1 or {GIT} and a commit")
    return revision


def version_at(revision: str, given: Input) -> Input | None:
    """A file, or a folder of sheets, as it was; None where there was nothing. Raises Refused."""
    assert given.path is not None
    path = given.path.absolute()
    commit = _commit(revision, path.parent)
    if not path.is_dir():
        listed = _git(path.parent, "ls-tree", "-z", "--name-only", commit, "--", path.name)
        return OldVersion(f"{revision}:{given.name}", _shown(commit, path)) if listed else None
    sheets = [path / name for name in _names(_git(path, "ls-tree", "-z", "--name-only", commit, "--", "./"))]
    return _sheets(f"{revision}:{given.name}", commit, sheets)


def gone_since(revision: str, folder: Path) -> Iterator[tuple[Path, Input]]:
    """Documents of the whole repository that a folder lies in, as they were, which are not there any more, each with its path."""
    commit = _commit(revision, folder)
    root = Path(_git(folder, "rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape").rstrip("\n"))
    deleted = _git(root, "diff", "--no-renames", "--diff-filter=D", "--name-only", "-z", commit, "--")
    sheets: Mapping[Path, list[Path]] = defaultdict(list)
    for name in _names(deleted):
        path = root / name
        if any(map(is_hidden, Path(name).parts)):
            continue
        if path.suffix == SHEET_SUFFIX:
            sheets[path.parent].append(path)
        elif path.suffix.lower() in SUFFIXES and is_document(path.suffix, content := _shown(commit, path)):
            yield path, OldVersion(f"{revision}:{name}", content)
    for place, paths in sheets.items():
        if holds_sheets(paths) and (old := _sheets(f"{revision}:{place.relative_to(root).as_posix()}", commit, paths)):
            yield place, old


def _sheets(name: str, commit: str, paths: Iterable[Path]) -> Input | None:
    from app.exchange.archives import packed

    contents = {path.name: _shown(commit, path) for path in paths if path.suffix == SHEET_SUFFIX}
    return OldVersion(f"{name}.zip", packed(contents)) if contents else None


@lru_cache(maxsize=1024)
def _commit(revision: str, folder: Path) -> str:
    """The commit that a revision names; raises Refused where git is not there, or knows no such revision."""
    try:
        named = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        return named.decode().strip()
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
    """A file as it was; its folder need not be there any more."""
    folder = next(place for place in path.parents if place.is_dir())
    return _git(folder, "show", "--no-textconv", f"{commit}:./{path.relative_to(folder).as_posix()}")


def _names(listed: bytes) -> list[str]:
    return [name.decode("utf-8", "surrogateescape") for name in listed.split(b"\0") if name]


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
