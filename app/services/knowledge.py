"""Look-ups in the built-in knowledge: metrics, levers, families, influences, citations, rules and packs, remedies, instruments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from app.catalogue import instruments as instrument_files
from app.catalogue import sources
from app.catalogue.load import catalogue
from app.catalogue.packs import Pack, packs
from app.domain.catalogue import Citation, Family, Influence, Lever, Metric, MetricFamily
from app.domain.citations import cited_by_id
from app.domain.errors import Unknown
from app.domain.facts.kinds import FACT_KINDS
from app.domain.instruments import Instrument
from app.domain.nearest import nearest
from app.domain.remedies import Remedy
from app.domain.rules.rule import Rule
from app.domain.rules.schema import FactKind
from app.domain.terms import Language

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RulePack:
    """A set of rules that is versioned together."""

    id: str
    version: str
    rules: tuple[str, ...]


def version() -> str:
    """The version of the catalogue."""
    return catalogue().version


@lru_cache(maxsize=1)
def content_hash() -> str:
    """The hash of everything that the catalogue is made of."""
    return sources.content_hash()


def metrics() -> Mapping[str, Metric]:
    """Every metric by id."""
    return catalogue().metrics


def metric(id_: str) -> Metric:
    """A metric; raises Unknown."""
    return _one("metric", id_, metrics())


def family_of(metric_id: str) -> MetricFamily | None:
    """The family of a metric, with the orientation."""
    return catalogue().metric_families.get(metric_id)


def levers() -> Mapping[str, Lever]:
    """Every lever by id."""
    return catalogue().levers


def lever(id_: str) -> Lever:
    """A lever; raises Unknown."""
    return _one("lever", id_, levers())


def families() -> Mapping[str, Family]:
    """Every family by id."""
    return catalogue().families


def family(id_: str) -> Family:
    """A family; raises Unknown."""
    return _one("family", id_, families())


def influences() -> Mapping[str, Influence]:
    """Every influence by id: among metrics and from levers, then among families."""
    known = catalogue()
    return {**known.influences, **known.family_influences}


def influence(id_: str) -> Influence:
    """An influence; raises Unknown."""
    return _one("influence", id_, influences())


def is_of_families(influence: Influence) -> bool:
    """Whether an influence joins families rather than metrics."""
    return influence.id in catalogue().family_influences


def citations() -> Mapping[str, Citation]:
    """Every citation by id."""
    return catalogue().citations


def citation(id_: str) -> Citation:
    """A citation; raises Unknown."""
    return _one("citation", id_, citations())


def cited(reference: str, language: Language) -> str:
    """The short form of a reference, with the clause that it names."""
    return cited_by_id(reference, citations(), language)


def rules() -> Mapping[str, Rule]:
    """Every built-in rule by id."""
    return catalogue().rules


def rule(id_: str) -> Rule:
    """A rule; raises Unknown."""
    return _one("rule", id_, rules())


def rule_packs() -> Mapping[str, RulePack]:
    """Every rule pack by id, with the ids of its rules."""
    known = catalogue()
    return {
        id_: RulePack(id_, version, tuple(sorted(rule.id for rule in known.rules.values() if rule.pack == id_)))
        for id_, version in known.rule_packs.items()
    }


def rule_pack(id_: str) -> RulePack:
    """A rule pack; raises Unknown."""
    return _one("rule pack", id_, rule_packs())


def built_in_pack(id_: str) -> Pack:
    """A built-in rule pack as its file has it: name, what it implements, which rules refine which; raises Unknown."""
    return _one("rule pack", id_, packs())


def remedies() -> Mapping[str, Remedy]:
    """Every remedy by id."""
    return catalogue().remedies


def remedy(id_: str) -> Remedy:
    """A remedy; raises Unknown."""
    return _one("remedy", id_, remedies())


def fact_kinds() -> Mapping[str, FactKind]:
    """Every fact kind by name."""
    return FACT_KINDS


def fact_kind(name: str) -> FactKind:
    """A fact kind; raises Unknown."""
    return _one("fact kind", name, fact_kinds())


def instruments() -> Mapping[str, Instrument]:
    """Every instrument of assessments by id."""
    return instrument_files.instruments()


def instrument(id_: str) -> Instrument:
    """An instrument; raises Unknown."""
    return _one("instrument", id_, instruments())


def _one(what: str, id_: str, known: Mapping[str, T]) -> T:
    if id_ not in known:
        raise Unknown(what, id_, tuple(nearest(id_, known)))
    return known[id_]
