"""What things are called: departments, KPIs and components as the document names them, metrics and sources as the catalogue does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.domain.catalogue import Catalogue, Citation
from app.domain.citations import EDITORIAL, cited_by_id
from app.domain.findings import Finding, Resolution, Subject
from app.domain.terms import CUSTOMER, Movement
from app.reports.text_words import Words

FAMILY = "family:"
ARROWS = {"up": "↑", "down": "↓"}


class Names:
    """Names in one document and one catalogue; a key stands for itself where nothing is known of it."""

    def __init__(
        self,
        words: Words,
        raw: Mapping[str, Any] | None,
        catalogue: Catalogue | None,
        resolutions: Iterable[Resolution] = (),
    ) -> None:
        self.words = words
        self.catalogue = catalogue
        self._organization = _text(_mapping(_mapping(raw).get("organization")), "name")
        self._named = {kind: dict(_items(raw, section)) for kind, section in _SECTIONS.items()}
        self._components = dict(_components(raw))
        self._plans = dict(_plans(raw))
        self._own_metrics = {str(m.get("id")): str(m.get("name", "")) for m in _entries(raw, "metrics")}
        customers = _mapping(_mapping(_mapping(raw).get("organization")).get("customers"))
        self._segments = dict(_items(customers, "segments"))
        self._read = {(r.subject.kind, r.subject.key): r.name for r in resolutions if r.subject}

    @property
    def organization(self) -> str:
        """The organization's name."""
        return self._organization or self.words("unnamed")

    @property
    def departments(self) -> list[str]:
        """The keys of departments in the order of the document."""
        return list(self._named["department"])

    @property
    def pays(self) -> bool:
        """Whether the document has an incentive plan."""
        return bool(self._named["incentive_plan"])

    def department(self, key: str) -> str:
        """A department, or the customers."""
        return self.words("customers") if key == CUSTOMER else self._named["department"].get(key, key)

    @property
    def outcomes(self) -> Mapping[str, str]:
        """The names of customer outcomes by key."""
        return self._named["outcome"]

    def segment(self, key: str) -> str:
        """A group of customers."""
        return self._segments.get(key, key)

    def subject(self, subject: Subject) -> str:
        """Anything that a finding is about."""
        if subject.kind == "organization":
            return self.organization
        named = self._components if subject.kind == "component" else self._named.get(subject.kind, {})
        return named.get(subject.key) or self._read.get((subject.kind, subject.key)) or subject.key

    def goal(self, key: str) -> str:
        """A KPI, an outcome or a component by its key; a measure of a component is written `measure:<key>`."""
        key = key.removeprefix("measure:")
        return next(
            (n for n in (self.subject(Subject(k, key)) for k in ("kpi", "outcome", "component")) if n != key), key
        )

    def plan(self, component: str) -> str:
        """The incentive plan of a component, by the role that it pays."""
        return self._plans.get(component, component)

    def metric(self, id_: str) -> str:
        """A metric, lever or family by its id; families are written `family:<id>`."""
        known, german = self.catalogue, self.words.language == "de"
        if id_ in self._own_metrics:
            return self._own_metrics[id_]
        if known is None:
            return id_
        if id_.startswith(FAMILY):
            family = known.families.get(id_.removeprefix(FAMILY))
            return (family.name_de if german and family.name_de else family.name) if family else id_
        entry = known.metrics.get(id_) or known.levers.get(id_)
        return (entry.name_de if german and entry.name_de else entry.name) if entry else id_

    def rule(self, id_: str) -> str:
        """A rule by its id, with what it looks for."""
        rule = self.catalogue.rules.get(id_) if self.catalogue else None
        if rule is None:
            return id_
        title = rule.title.get(self.words.language) or rule.title["en"]
        return self.words("rule_named", id=id_, title=title)

    def movement(self, movement: Movement) -> str:
        """A metric and the way it goes; a lever only is there."""
        name = self.metric(movement.metric)
        return name if movement.metric.startswith("lever.") else f"{name} {ARROWS[movement.direction]}"

    def parties(self, finding: Finding) -> str:
        """Whose goal against whom."""
        if not finding.departments:
            return ""
        source = self.department(finding.departments[0])
        if finding.kind == "outcome_conflict":
            return self.words("against_customers", source=source)
        if finding.kind == "goal_conflict" and finding.departments[0] != finding.departments[-1]:
            return self.words("pair", source=source, target=self.department(finding.departments[-1]))
        if finding.kind in ("goal_conflict", "internal_tension"):
            return self.words("within", source=source)
        return ", ".join(self.department(key) for key in finding.departments)


class Sources:
    """Citations, numbered in the order in which they are first used."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._numbers: dict[str, int] = {}

    def marks(self, references: Iterable[str]) -> str:
        """The numbers of sources, as `[1, 3]`; nothing for marks of the catalogue's own."""
        numbers = [str(self._number(c)) for r in references if (c := self._cited(r)) and c.status != EDITORIAL]
        return f"[{', '.join(dict.fromkeys(numbers))}]" if numbers else ""

    def named(self, reference: str) -> str:
        """A source by its short name with its number, and the clause that is meant."""
        citation = self._cited(reference)
        if citation is None:
            return reference
        if citation.status == EDITORIAL:
            return self._names.words("expert")
        known = self._names.catalogue
        name = cited_by_id(reference, known.citations if known else {}, self._names.words.language)
        return f"{name} [{self._number(citation)}]"

    def used(self) -> Iterator[tuple[int, Citation]]:
        """Every source that was named, by number."""
        known = self._names.catalogue
        for id_, number in self._numbers.items():
            if known is not None:
                yield number, known.citations[id_]

    def _cited(self, reference: str) -> Citation | None:
        known = self._names.catalogue
        return known.citations.get(reference.partition("#")[0]) if known else None

    def _number(self, citation: Citation) -> int:
        return self._numbers.setdefault(citation.id, len(self._numbers) + 1)


_SECTIONS = {
    "department": "departments",
    "kpi": "kpis",
    "outcome": "outcomes",
    "incentive_plan": "incentive_plans",
}


def _items(raw: Mapping[str, Any] | None, section: str) -> Iterator[tuple[str, str]]:
    for item in _entries(raw, section):
        key = str(item.get("key", ""))
        yield key, _text(item, "name") or _text(item, "role") or key


def _components(raw: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    kpis = dict(_items(raw, "kpis"))
    for plan in _entries(raw, "incentive_plans"):
        for component in _entries(plan, "components"):
            key = str(component.get("key", ""))
            yield key, _text(component, "measure") or kpis.get(str(component.get("kpi", "")), key)


def _plans(raw: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    for plan in _entries(raw, "incentive_plans"):
        for component in _entries(plan, "components"):
            yield str(component.get("key", "")), _text(plan, "role") or str(plan.get("key", ""))


def _entries(raw: Mapping[str, Any] | None, section: str) -> list[Mapping[str, Any]]:
    listed = _mapping(raw).get(section)
    return [entry for entry in listed if isinstance(entry, Mapping)] if isinstance(listed, list | tuple) else []


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(item: Mapping[str, Any], member: str) -> str:
    value = item.get(member)
    return value if isinstance(value, str) else ""
