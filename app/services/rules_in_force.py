"""The rules that an organization is analysed by: the built-in ones, the workspace's active own ones, and what the organization sets
otherwise; and exactly those of an analysis that was stored."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.catalogue.load import catalogue
from app.domain.canonical import canonical_text
from app.domain.findings import NotRun
from app.domain.rule_settings import settings_from
from app.domain.rulebook import Rulebook, built_in, with_own
from app.domain.rules.check import checked
from app.domain.rules.form import pack_hash
from app.domain.rules.rule import Rule, rule_from
from app.storage import rule_packs, rule_settings, rules
from app.storage.organizations import Organization
from app.storage.rule_settings import AnalysisRulesRow
from app.storage.rules import RuleVersionRow
from app.storage.workspace import Transaction

Pin = tuple[str, Any, str]
"""Id of a rule or pack, its version, and the hash of what it says or holds."""


@dataclass(frozen=True, slots=True)
class InForce:
    """Own rules as they were written, with their versions and hashes; their packs; what is set otherwise."""

    bodies: tuple[tuple[Pin, dict[str, Any]], ...] = ()
    packs: tuple[Pin, ...] = ()
    settings: tuple[tuple[str, dict[str, Any]], ...] = ()

    @property
    def pins(self) -> list[Pin]:
        """Id, version and hash of each own rule."""
        return [pin for pin, _ in self.bodies]

    def book(self) -> Rulebook:
        """The rules, ready to run; the same object for the same rules, so that they are compiled once."""
        if not self.bodies and not self.settings:
            return built_in(catalogue())
        return _book(canonical_text([self.bodies, self.packs, self.settings]), _Same(self))


class _Same:
    """Values that a key stands for, and that do not count themselves."""

    def __init__(self, in_force: InForce) -> None:
        self.in_force = in_force

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=32)
def _book(_: str, same: _Same) -> Rulebook:
    in_force = same.in_force
    own, unfit = [], []
    for pin, body in in_force.bodies:
        found = checked(body, catalogue())
        if found.is_sound:
            own.append(_running(pin, body))
        else:
            reason = "; ".join(problem.message for problem in found.refusal().problems)
            unfit.append(NotRun(pin[0], pin[1], "unfit", reason))
    packs = {id_: str(version) for id_, version, _ in in_force.packs}
    return with_own(catalogue(), own, packs, settings_from(dict(in_force.settings)), tuple(unfit))


def _running(pin: Pin, body: dict[str, Any]) -> Rule:
    return rule_from(body, own=True)._replace(version=pin[1], status="active")


def in_force(tx: Transaction, organization: Organization | None = None) -> InForce:
    """What holds now, for an organization or, without its settings, for any."""
    row = None if organization is None else rule_settings.of_organization(tx, organization)
    bodies = tuple(_body(one) for one in rules.active(tx))
    return InForce(bodies, _packs(tx, bodies), () if row is None else tuple(sorted(row.settings.items())))


def keep(tx: Transaction, organization: Organization, analysis: str, ran: InForce) -> None:
    """Keep what an analysis ran, beside its row."""
    if ran == InForce():
        return
    tx.add(
        AnalysisRulesRow(
            workspace_id=tx.workspace,
            organization_id=organization.id,
            analysis_id=analysis,
            rules=ran.pins,
            packs=list(ran.packs),
            settings=dict(ran.settings),
        )
    )


def kept(tx: Transaction, organization: Organization, analysis: str) -> InForce:
    """What an analysis ran."""
    row = rule_settings.of_analysis(tx, organization, analysis)
    if row is None:
        return InForce()
    pinned = [(id_, number) for id_, number, _ in row.rules]
    bodies = tuple(_body(one) for one in rules.of_numbers(tx, pinned))
    return InForce(bodies, tuple(tuple(one) for one in row.packs), tuple(sorted(row.settings.items())))


def _body(row: RuleVersionRow) -> tuple[Pin, dict[str, Any]]:
    return (row.rule_id, row.number, row.content_hash), row.body


def _packs(tx: Transaction, bodies: tuple[tuple[Pin, dict[str, Any]], ...]) -> tuple[Pin, ...]:
    """The packs of the rules, each with its version and the hash of those of its rules that run."""
    used: dict[str, dict[str, str]] = {}
    for (id_, _, hash_), body in bodies:
        used.setdefault(body["pack"], {})[id_] = hash_
    if not used:
        return ()
    versions = {row.id: row.version for row in rule_packs.packs(tx)}
    return tuple((pack, versions.get(pack, rule_packs.FIRST), pack_hash(held)) for pack, held in sorted(used.items()))
