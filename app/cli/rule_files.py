"""Files of own rules: a rule each, or a pack in one; found, read, and checked whole, every problem told with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from app.cli.failures import REFUSED, Refused
from app.cli.inputs import Input, is_hidden
from app.cli.problems import print_problems
from app.domain.errors import DocumentInvalid
from app.domain.terms import Language

if TYPE_CHECKING:
    from app.domain.rulebook import Rulebook
    from app.domain.rules.check import Checked
    from app.exchange.source import Source

SUFFIXES = (".yaml", ".yml", ".json")
PACK = "pack.yaml"
"""What describes the pack of a folder of rules, and is no rule."""


class Written(NamedTuple):
    """A rule as it stands in a file; `path`: where in it, for files that hold several."""

    given: Input
    source: Source
    path: tuple[str | int, ...]
    raw: Any

    @property
    def name(self) -> str:
        """The file, and which of its rules."""
        return f"{self.given.name} {self.path[-1]}" if self.path else self.given.name

    def located(self, invalid: DocumentInvalid) -> DocumentInvalid:
        """The same problems with their places in the file."""
        return self.source.located(invalid)


def written_rules(paths: Iterable[Path], language: Language) -> list[Written]:
    """The rules of files, and of the files in folders. A file that cannot be read is told of, and ends the command."""
    return [written for path in _files(paths) for written in _written(path, language)]


def sound_rules(paths: Iterable[Path], language: Language) -> list[tuple[Written, Checked]]:
    """The same, checked. Everything that is wrong with any is printed, and ends the command with 2; so does an id that is there twice."""
    from app.catalogue.load import catalogue
    from app.domain.rules.check import checked

    found = [(written, checked(written.raw, catalogue())) for written in written_rules(paths, language)]
    wrong = [(written, one) for written, one in found if not one.is_sound]
    for written, one in wrong:
        tell_problems(written, one, language)
    if wrong:
        raise typer.Exit(REFUSED)
    seen: dict[str, Written] = {}
    for written, one in found:
        first = seen.setdefault(one.rule.id, written)
        if first is not written:
            raise Refused(f"{one.rule.id} stands in {first.name} and in {written.name}: an id names one rule")
    return found


def tell_problems(written: Written, one: Checked, language: Language) -> None:
    """Print everything that is wrong with a rule, each with its line."""
    invalid = written.located(one.refusal(written.path))
    print_problems(invalid, written.given, language, beside=True)


def rulebook(paths: Sequence[Path], language: Language) -> Rulebook:
    """The built-in rules with those of files beside them."""
    from app.catalogue.load import catalogue
    from app.domain.rulebook import with_own
    from app.domain.rules.form import pack_hash, rule_hash

    rules = [one.rule for _, one in sound_rules(paths, language)]
    packs: dict[str, dict[str, str]] = {}
    for rule in rules:
        packs.setdefault(rule.pack, {})[rule.id] = rule_hash(rule)
    versions = {pack: pack_hash(held).removeprefix("sha256:")[:12] for pack, held in packs.items()}
    return with_own(catalogue(), rules, versions)


def _written(path: Path, language: Language) -> Iterator[Written]:
    given = Input(path.as_posix(), path)
    try:
        source = given.read()
    except DocumentInvalid as invalid:
        print_problems(invalid, given, language, beside=True)
        raise typer.Exit(REFUSED) from None
    rules = source.raw.get("rules") if isinstance(source.raw, dict) and "pack" in source.raw else None
    if isinstance(rules, list) and isinstance(source.raw["pack"], dict):
        yield from (Written(given, source, ("rules", number), raw) for number, raw in enumerate(rules))
    else:
        yield Written(given, source, (), source.raw)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_file():
            yield path
        elif path.is_dir():
            found = [
                file
                for file in sorted(path.rglob("*"))
                if file.suffix.lower() in SUFFIXES and file.name != PACK and not is_hidden(file.name)
            ]
            if not found:
                raise Refused(f"{path} holds no file of rules ({', '.join(SUFFIXES)})")
            yield from found
        else:
            raise Refused(f"there is no file {path}")
