"""The rules of an analysis: those of the catalogue, an organization's own beside them, and what it sets otherwise.

Rules are kept apart from the knowledge that they are run on, so that whoever has rules of their own shares the searches in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from app.domain.catalogue import Catalogue
from app.domain.facts.kinds import FACT_KINDS
from app.domain.findings import NotRun, Setting
from app.domain.overrides import Override, Overrides
from app.domain.rules.params import Param
from app.domain.rules.rule import CompiledRule, Retuned, Rule
from app.domain.terms import Level

ORIGIN = "rule-settings"
"""Where settings of rules stand: of an organization, with the reason."""


class RuleSetting(NamedTuple):
    """What an organization sets otherwise of a rule, and why: a level (`off`: it is not run), parameters, or both."""

    rule: str
    reason: str
    level: Level | Literal["off"] | None = None
    params: Mapping[str, Param] = MappingProxyType({})

    @property
    def origin(self) -> str:
        """Where it stands, with the reason, as reports tell it."""
        return f"{ORIGIN} {self.rule}: {self.reason}"


class Rulebook:
    """Rules by id, and the versions of their packs. Every rule holds together on its fact kind: whoever makes a book has checked that."""

    def __init__(
        self,
        rules: Mapping[str, Rule],
        packs: Mapping[str, str],
        settings: Mapping[str, RuleSetting] | None = None,
        unfit: tuple[NotRun, ...] = (),
    ) -> None:
        self.settings = settings or {}
        self.unfit = unfit
        self.rules = {id_: _retuned(rule, self.settings.get(id_)) for id_, rule in sorted(rules.items())}
        self.packs = dict(sorted(packs.items()))

    @cached_property
    def compiled(self) -> tuple[CompiledRule, ...]:
        """The rules that are run, by id; on days on which they are in force."""
        return tuple(
            CompiledRule(rule, FACT_KINDS[rule.fact_kind])
            for rule in self.rules.values()
            if rule.status == "active" and not self._is_off(rule.id)
        )

    @property
    def overrides(self) -> Overrides:
        """The levels that findings of rules get."""
        return Overrides(
            everywhere={
                id_: Override(setting.level, setting.origin)
                for id_, setting in self.settings.items()
                if setting.level not in (None, "off")
            }
        )

    def not_run(self, as_of: date) -> tuple[NotRun, ...]:
        """The rules that are not run on that day, each with why."""
        found = []
        for rule in self.rules.values():
            if self._is_off(rule.id):
                found.append(NotRun(rule.id, rule.version, "off", self.settings[rule.id].reason))
            elif rule.status == "active" and not rule.effective.holds(as_of):
                start, end = (day.isoformat() if day else "" for day in rule.effective)
                found.append(NotRun(rule.id, rule.version, "not_in_force", f"{start}/{end}"))
        return tuple(sorted((*found, *self.unfit)))

    @property
    def told(self) -> tuple[Setting, ...]:
        """What is set otherwise, as reports list it."""
        return tuple(said for _, setting in sorted(self.settings.items()) for said in _told(setting))

    def of(self, catalogue: Catalogue) -> Catalogue:
        """The catalogue with these rules, for those who name them."""
        return catalogue if self is built_in(catalogue) else catalogue._replace(rules=self.rules)

    def _is_off(self, id_: str) -> bool:
        setting = self.settings.get(id_)
        return setting is not None and setting.level == "off"


@lru_cache(maxsize=4)
def built_in(catalogue: Catalogue) -> Rulebook:
    """The rules of a catalogue, which is refused unless all its rules hold together."""
    return Rulebook(catalogue.rules, catalogue.rule_packs)


def compiled_rules(catalogue: Catalogue) -> tuple[CompiledRule, ...]:
    """The built-in rules by id, ready to run."""
    return built_in(catalogue).compiled


def with_own(
    catalogue: Catalogue,
    own: Iterable[Rule],
    packs: Mapping[str, str] | None = None,
    settings: Iterable[RuleSetting] = (),
    unfit: tuple[NotRun, ...] = (),
) -> Rulebook:
    """The rules of a catalogue with others beside them; `packs`: versions of those that these belong to; `unfit`: others that hold together
    no more.

    Packs of which no rule is active are not named.
    """
    rules = {rule.id: rule for rule in own}
    used = {rule.pack for rule in rules.values() if rule.status == "active"}
    versions = {pack: version for pack, version in (packs or {}).items() if pack in used}
    known = {**catalogue.rules, **rules}
    set_ = {setting.rule: setting for setting in settings if setting.rule in known}
    if not rules and not set_ and not unfit:
        return built_in(catalogue)
    return Rulebook(known, {**catalogue.rule_packs, **versions}, set_, unfit)


def _retuned(rule: Rule, setting: RuleSetting | None) -> Rule:
    """The rule with the parameters that are set otherwise; those that it does not have (any more) are passed over."""
    changed = {} if setting is None else {name: rule.params[name] for name in setting.params if name in rule.params}
    if setting is None or not changed:
        return rule
    params = {name: setting.params.get(name, value) for name, value in rule.params.items()}
    return rule._replace(params=params, retuned=Retuned(setting.reason, changed))


def _told(setting: RuleSetting) -> Iterable[Setting]:
    name = f"rules.{setting.rule}"
    if setting.level is not None:
        yield Setting(name, setting.level, setting.origin)
    for param, value in sorted(setting.params.items()):
        yield Setting(f"{name}.{param}", value, setting.origin)
