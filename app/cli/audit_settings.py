"""Which settings are in force for a document: what the command line says, then the nearest `concord.toml`, then the defaults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.cli.failures import Refused
from app.cli.side_files import read_side_file, shown_path
from app.domain.findings import Setting
from app.domain.terms import Language, Level

if TYPE_CHECKING:
    from app.cli.inputs import Input
    from app.domain.configuration import Configuration
    from app.domain.overrides import Overrides
    from app.domain.rulebook import Rulebook
    from app.domain.rules.rule import Rule
    from app.domain.selection import Selection

FILE = "concord.toml"
COMMAND_LINE = "command line"


class Asked(NamedTuple):
    """What the command line says about findings; None and empty: nothing."""

    fail_on: Level | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: Path | None = None
    update_baseline: bool = False
    strict_baseline: bool = False
    new_only: bool = False
    waivers: tuple[Path, ...] = ()
    rules: tuple[Path, ...] = ()
    config: Path | None = None
    no_config: bool = False


class InForce(NamedTuple):
    """Settings as they hold for a document. `selection`, `overrides`: None where all findings are wanted as the engine grades them;
    `rulebook`: None for the built-in rules."""

    fail_on: Level = "high"
    selection: Selection | None = None
    overrides: Overrides | None = None
    baseline: Path | None = None
    strict_baseline: bool = False
    new_only: bool = False
    waivers: tuple[Path, ...] = ()
    settings: tuple[Setting, ...] = ()
    rulebook: Rulebook | None = None


class Settings:
    """The settings of every document of a run; each file of settings is read once."""

    def __init__(self, asked: Asked, language: Language) -> None:
        self._asked, self._language = asked, language
        self._by_file: dict[Path | None, InForce] = {}
        self._files: dict[Path, Path | None] = {}

    def of(self, given: Input) -> InForce:
        """What holds for a document. Raises Refused for a file that cannot be read, Unknown for a name that cannot be meant."""
        file = self._file(given)
        if file not in self._by_file:
            self._by_file[file] = self._read(file)
        return self._by_file[file]

    def _file(self, given: Input) -> Path | None:
        """The nearest file of settings above a document, else above the working folder."""
        if self._asked.no_config:
            return None
        if self._asked.config is not None:
            return self._asked.config
        above = self._above(given.path.resolve().parent) if given.path is not None else None
        return above or self._above(Path.cwd())

    def _above(self, folder: Path) -> Path | None:
        if folder not in self._files:
            candidates = (place / FILE for place in (folder, *folder.parents))
            self._files[folder] = next((file for file in candidates if file.is_file()), None)
        return self._files[folder]

    def _read(self, file: Path | None) -> InForce:
        asked = self._asked
        if file is None and asked == Asked(fail_on=asked.fail_on, no_config=asked.no_config):
            return InForce(asked.fail_on or "high")
        from app.domain.configuration import Configuration

        rulebook = self._rulebook(file)
        rules = rulebook.rules if rulebook else _built_in()
        said = _configuration(file, rules, self._language) if file is not None else Configuration()
        merged = _merged(asked, said, file, rules)._replace(rulebook=rulebook)
        if merged.new_only and merged.baseline is None:
            raise Refused("--new-only needs a baseline to compare with: --baseline FILE")
        if merged.strict_baseline and merged.baseline is None:
            raise Refused("--strict-baseline needs a baseline: --baseline FILE")
        if asked.update_baseline and merged.baseline is None:
            raise Refused("--update-baseline needs to know which file: --baseline FILE")
        return merged

    def _rulebook(self, file: Path | None) -> Rulebook | None:
        """The rules that are run, where own ones are: those of the command line, else those that the file of settings names."""
        named = self._asked.rules
        if not named and file is not None:
            from app.exchange.configuration_file import read_rule_files

            name = shown_path(file)
            files = read_side_file(file, lambda data: read_rule_files(data, name), self._language)
            named = tuple(file.parent / one for one in files)
        if not named:
            return None
        from app.cli.rule_files import rulebook

        return rulebook(named, self._language)


def _built_in() -> Mapping[str, Rule]:
    from app.catalogue.load import catalogue

    return catalogue().rules


def _configuration(file: Path, rules: Mapping[str, Rule], language: Language) -> Configuration:
    from app.exchange.configuration_file import read_configuration

    name = shown_path(file)
    return read_side_file(file, lambda data: read_configuration(data, name, rules), language)


def _merged(asked: Asked, said: Configuration, file: Path | None, rules: Mapping[str, Rule]) -> InForce:
    """The command line wins, setting by setting."""
    from app.domain.selection import Selection, picked

    folder = file.parent if file is not None else Path()
    given = {setting.name: setting for setting in _said_on_command_line(asked)}
    replaced = {*given, *(("fail_on",) if asked.fail_on else ())}
    return InForce(
        fail_on=asked.fail_on or said.fail_on or "high",
        selection=Selection(picked(asked.select or said.select, rules), picked(asked.ignore or said.ignore, rules)),
        overrides=said.overrides,
        baseline=asked.baseline or (folder / said.baseline if said.baseline else None),
        strict_baseline=asked.strict_baseline or said.strict_baseline,
        new_only=asked.new_only or said.new_only,
        waivers=asked.waivers or tuple(folder / waivers for waivers in said.waivers),
        settings=(*(s for s in said.settings if s.name not in replaced), *given.values()),
    )


def _said_on_command_line(asked: Asked) -> Iterable[Setting]:
    """What the command line decides about the findings that are shown; when a run fails is no part of what was found."""
    said: dict[str, object] = {
        "select": list(asked.select),
        "ignore": list(asked.ignore),
        "baseline": asked.baseline.as_posix() if asked.baseline else None,
        "new_only": asked.new_only,
        "waivers": [path.as_posix() for path in asked.waivers],
        "rule_files": [path.as_posix() for path in asked.rules],
    }
    return [Setting(name, value, COMMAND_LINE) for name, value in said.items() if value]
