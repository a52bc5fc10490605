"""The settings of a company for its audits, as `concord.toml` says them: checked whole, every fault told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from app.domain.errors import Unknown
from app.domain.faults import Fault, Path, invalid
from app.domain.findings import Setting
from app.domain.overrides import GRADES, ByRule, Override, Overrides
from app.domain.rules.rule import Rule
from app.domain.selection import packs_of, picked, rules_named
from app.domain.terms import LEVELS, Level

ALL = "all"
"""Stands for every rule."""


class Configuration(NamedTuple):
    """Settings of a file. `baseline`, `waivers` and `rule_files` are paths relative to its folder; `settings`: what it sets, one by one."""

    fail_on: Level | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    baseline: str | None = None
    strict_baseline: bool = False
    new_only: bool = False
    waivers: tuple[str, ...] = ()
    rule_files: tuple[str, ...] = ()
    overrides: Overrides = Overrides()
    settings: tuple[Setting, ...] = ()


SENTENCES = {
    "fail_on": "A finding of this level or worse fails a run.",
    "select": "Rules, beginnings of their ids, packs, levels and departments whose findings are wanted; several kinds narrow each other.",
    "ignore": "The same, of findings that are left out.",
    "baseline": "File of findings that are known and do not fail a run; relative to this file.",
    "strict_baseline": "Whether what was fixed but is still listed in the baseline fails a run.",
    "new_only": "Whether findings that the baseline knows are left out.",
    "waivers": "Files of findings that are accepted; relative to this file.",
    "rule_files": "Files of own rules, and folders of them, that are run beside the built-in ones; relative to this file.",
    "rules": "Level of a rule's findings, by its id, the beginning of ids, or its pack; `all` for all; `off`: not reported.",
    "departments": "The same for findings that begin in a department: one level for all of them, or levels by rule.",
    "incentive_plans": "The same for findings about an incentive plan.",
}
"""Member → what it means."""


def rule_files_of(raw: Any) -> tuple[str, ...]:
    """The files of own rules that a file of settings names, before it is checked: what it says of rules can be checked only with them."""
    named = raw.get("rule_files") if isinstance(raw, Mapping) else None
    return tuple(name for name in named if isinstance(name, str)) if isinstance(named, list) else ()


def configuration_from(raw: Any, origin: str, rules: Mapping[str, Rule]) -> Configuration:
    """The settings that a file, called `origin`, says; raises DocumentInvalid with every fault."""
    reading = _Reading(raw, origin, rules)
    made = reading.configuration()
    if reading.faults:
        raise invalid(reading.faults, raw)
    return made


class _Reading:
    def __init__(self, raw: Any, origin: str, rules: Mapping[str, Rule]) -> None:
        self.raw = raw if isinstance(raw, Mapping) else {}
        self.origin, self.rules = origin, rules
        self.faults: list[Fault] = []
        self.settings: list[Setting] = []

    def configuration(self) -> Configuration:
        for name in self.raw:
            if name not in SENTENCES:
                self.faults.append(Fault((name,), "unknown_member", options=list(SENTENCES)))
        return Configuration(
            fail_on=self._one("fail_on", self._level),
            select=self._one("select", self._names) or (),
            ignore=self._one("ignore", self._names) or (),
            baseline=self._one("baseline", self._text),
            strict_baseline=bool(self._one("strict_baseline", self._flag)),
            new_only=bool(self._one("new_only", self._flag)),
            waivers=self._one("waivers", self._texts) or (),
            rule_files=self._one("rule_files", self._texts) or (),
            overrides=Overrides(
                self._by_rule(self.raw["rules"], ("rules",)) if "rules" in self.raw else {},
                self._by_key("departments"),
                self._by_key("incentive_plans"),
            ),
            settings=tuple(self.settings),
        )

    def _one(self, name: str, read: Callable[[Any, Path], Any]) -> Any:
        """A member of the file by itself; None where it is not set."""
        if name not in self.raw:
            return None
        self.settings.append(Setting(name, self.raw[name], self.origin))
        return read(self.raw[name], (name,))

    def _level(self, value: Any, path: Path) -> Any:
        if value not in LEVELS:
            self._fault(path, "not_one_of", value, "one_of", LEVELS)
        return value

    def _text(self, value: Any, path: Path) -> Any:
        if not isinstance(value, str):
            self._fault(path, "wrong_type", value, "text")
        elif not value.strip():
            self._fault(path, "empty", value)
        return value

    def _flag(self, value: Any, path: Path) -> Any:
        if not isinstance(value, bool):
            self._fault(path, "wrong_type", value, "flag")
        return value

    def _texts(self, value: Any, path: Path) -> tuple[str, ...]:
        if not isinstance(value, list):
            self._fault(path, "wrong_type", value, "list")
            return ()
        return tuple(self._text(item, (*path, number)) for number, item in enumerate(value))

    def _names(self, value: Any, path: Path) -> tuple[str, ...]:
        before = len(self.faults)
        names = self._texts(value, path)
        for number, name in enumerate(names if len(self.faults) == before else ()):
            try:
                picked([name], self.rules)
            except Unknown:
                options = [*self.rules, *packs_of(self.rules), *LEVELS]
                self._fault((*path, number), "unknown_selection", name, options=options)
        return names

    def _by_key(self, name: str) -> dict[str, ByRule]:
        """Overrides by the key of a department or an incentive plan; a level alone is for all rules."""
        tables = self.raw.get(name, {})
        if not isinstance(tables, Mapping):
            self._fault((name,), "wrong_type", tables, "object")
            return {}
        return {
            key: self._by_rule(table if isinstance(table, Mapping) else {ALL: table}, (name, key), table)
            for key, table in tables.items()
        }

    def _by_rule(self, table: Any, path: Path, written: Any = None) -> ByRule:
        """Rules → overrides: the narrower name wins, a rule before the beginning of its id, that before its pack, that before all."""
        if not isinstance(table, Mapping):
            self._fault(path, "wrong_type", table, "object")
            return {}
        found: dict[str, Override] = {}
        for name, grade in sorted(table.items(), key=lambda entry: (_narrowness(entry[0]), entry[0])):
            alone = isinstance(written, str) and name == ALL
            at = path if alone else (*path, name)
            for rule in self._rules(name, at):
                found[rule] = Override(grade, f"{self.origin} {'.'.join(map(str, at))}")
            if grade not in GRADES:
                self._fault(at, "not_one_of", grade, "one_of", GRADES)
        self.settings += [
            Setting(".".join(map(str, at)), grade, self.origin) for at, grade in _leaves(table, path, written)
        ]
        return found

    def _rules(self, name: str, path: Path) -> frozenset[str]:
        named = frozenset(self.rules) if name == ALL else rules_named(name, self.rules)
        if not named:
            self._fault(path, "unknown_rule", name, options=[*self.rules, *packs_of(self.rules), ALL])
        return named

    def _fault(self, path: Path, code: str, found: Any, expectation: str = "", options: Any = ()) -> None:
        details = {"values": ", ".join(options)} if expectation == "one_of" else {}
        self.faults.append(Fault(path, code, found, expectation, options, details))


def _narrowness(name: str) -> tuple[int, int]:
    """`all`, packs, beginnings of ids by length, ids."""
    if name == ALL:
        return 0, 0
    return (2, len(name)) if name[:1].isupper() else (1, 0)


def _leaves(table: Mapping[str, Any], path: Path, written: Any) -> Iterator[tuple[Path, Any]]:
    if isinstance(written, str):
        yield path, written
        return
    for name, grade in table.items():
        yield (*path, name), grade
