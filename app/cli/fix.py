"""`concord audit --fix` and `--fix-unsafe`: changes written into the files themselves, with the proof of what they do."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

from app.cli import terminal
from app.cli.audit_outcome import How
from app.cli.audit_settings import Settings
from app.cli.failures import FINDINGS, REFUSED, Refused
from app.cli.inputs import Input
from app.domain.errors import DocumentInvalid
from app.domain.fixes import Fixed
from app.domain.terms import Level, from_level
from app.domain.verdicts import each
from app.exchange.edits import CannotEdit, edited
from app.exchange.read import read
from app.reports.looks import Looks
from app.reports.text_fixes import fixes_page
from app.services.fixes import fix

WRITABLE = (".yaml", ".yml", ".json")


class Fix(NamedTuple):
    """A file, what it holds, and what it is to hold. `fixed`: what was changed; `fail_on`: the level at which its audit fails."""

    path: Path
    name: str
    before: bytes
    after: bytes
    fixed: Fixed
    fail_on: Level

    @property
    def fails(self) -> bool:
        """Whether an audit of the file as changed would fail."""
        grave = from_level(self.fail_on)
        return any(f.level in grave and f.baseline != "unchanged" for f in each(self.fixed.after.findings))


def fix_files(inputs: Sequence[Input], settings: Settings, how: How, *, unsafe: bool, looks: Looks) -> bool:
    """Change the files and tell on standard error what was changed; False where a file could not be written.

    Documents that are not valid are left to the audit that follows. Raises Refused, before anything is written, for what is no file
    that can be changed in place.
    """
    written = True
    for given in _writable(inputs):
        try:
            one = _fixed(given, settings, how, unsafe=unsafe)
            if one.fixed.changes:
                _overwrite(one)
        except DocumentInvalid:
            continue
        except Refused as refused:
            terminal.say(f"concord: {refused}")
            written = False
        else:
            _tell(one, how, looks, planned=False)
    return written


def show_fixes(
    inputs: Sequence[Input], settings: Settings, how: How, *, unsafe: bool, looks: Looks, exit_zero: bool
) -> int:
    """Tell what would be changed: the difference on standard output, the proof on standard error. Gives the exit status."""
    fixes: list[Fix] = []
    status = 0
    for given in _writable(inputs):
        try:
            one = _fixed(given, settings, how, unsafe=unsafe)
        except DocumentInvalid as invalid:
            from app.cli.problems import print_problems

            print_problems(invalid, given, how.language)
            status = REFUSED
        except Refused as refused:
            terminal.say(f"concord: {refused}")
            status = REFUSED
        else:
            _tell(one, how, looks, planned=True)
            fixes.append(one)
    terminal.answer("".join(line for one in fixes for line in _difference(one)))
    return status or (FINDINGS if not exit_zero and any(one.fails for one in fixes) else 0)


def _writable(inputs: Iterable[Input]) -> list[Input]:
    """The inputs, when every one of them is a file that can be changed in place."""
    for given in inputs:
        if given.path is None:
            raise Refused("standard input cannot be fixed in place; name a file")
        if given.path.is_dir() or given.path.suffix.lower() not in WRITABLE:
            what = "a folder of CSV sheets" if given.path.is_dir() else f"a file of kind {given.path.suffix}"
            raise Refused(
                f"{given.name} is {what} and cannot be fixed in place, only YAML and JSON can; "
                f"`concord convert {given.name} {given.path.with_suffix('.yaml').name}` makes one of it"
            )
    return [*inputs]


def _fixed(given: Input, settings: Settings, how: How, *, unsafe: bool) -> Fix:
    from app.cli.audit_policy import policy_of

    assert given.path is not None
    try:
        before = given.path.read_bytes()
    except OSError as error:
        raise Refused(f"cannot read {given.name}: {error.strerror}") from None
    source = read(before, given.name)
    in_force = settings.of(given)._replace(new_only=False)
    if in_force.baseline and not in_force.baseline.exists():
        in_force = in_force._replace(baseline=None)
    fixed = fix(
        source,
        as_of=how.as_of,
        language=how.language,
        unsafe_until=in_force.fail_on if unsafe else None,
        policy=policy_of(given, source, in_force, how),
    )
    try:
        after = edited(before, source.kind, fixed.raw) if fixed.changes else before
    except CannotEdit as reason:
        raise Refused(f"{given.name} was left as it is: {reason}") from None
    return Fix(given.path, given.name, before, after, fixed, in_force.fail_on)


def _overwrite(one: Fix) -> None:
    """Write the file whole or not at all, with the rights that it has; raises Refused, also when somebody changed it meanwhile."""
    path = one.path.resolve()
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(one.after)
        shutil.copymode(path, draft)
        if path.read_bytes() != one.before:
            raise Refused(f"{one.name} was changed by somebody else while it was audited; it was left as it is")
        draft.replace(path)
    except OSError as error:
        raise Refused(f"cannot write {one.name}: {error.strerror}") from None
    finally:
        with suppress(OSError):
            draft.unlink()


def _tell(one: Fix, how: How, looks: Looks, *, planned: bool) -> None:
    page = fixes_page(
        one.name,
        one.fixed.safe,
        one.fixed.applied,
        before=one.fixed.before,
        after=one.fixed.after,
        planned=planned,
        language=how.language,
        width=looks.width,
    )
    colour = looks.colour and sys.stderr.isatty()
    terminal.say(page.text(colour=colour).rstrip("\n"))


def _difference(one: Fix) -> Iterable[str]:
    before, after = (_lines(content) for content in (one.before, one.after))
    yield from unified_diff(before, after, f"a/{one.name}", f"b/{one.name}")


def _lines(content: bytes) -> list[str]:
    """Lines with their ends; a last one without gets one, so that the difference reads well."""
    lines = content.decode("utf-8-sig").splitlines(keepends=True)
    return [line if line.endswith(("\n", "\r")) else f"{line}\n" for line in lines]
