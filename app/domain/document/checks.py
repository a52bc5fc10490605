"""The way into the domain: a document as it came → a `Document`, or every problem at once.

What the shape cannot say is checked here: references, sums, dates in order, keys used twice. These checks run on the document as it
came, whether or not its shape is right, so that all problems come together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from app.domain.document import (
    MOST_COMPONENTS,
    MOST_DEPARTMENTS,
    MOST_INFLUENCES,
    MOST_KPIS,
    MOST_METRICS,
    MOST_OUTCOMES,
    MOST_PLANS,
    MOST_SEGMENTS,
    MOST_SUPPRESSIONS,
    Document,
)
from app.domain.document.knowledge_checks import knowledge_faults
from app.domain.document.pay_checks import pay_faults
from app.domain.document.references import period, reference, references, repeated
from app.domain.document.shape import shaped
from app.domain.document.view import LISTS, OBJECTS, Item, titles
from app.domain.faults import Fault, Path, invalid
from app.domain.nearest import nearest
from app.domain.terms import CUSTOMER

if TYPE_CHECKING:
    from app.domain.catalogue import Catalogue

DEEPEST = 32
"""Levels of nesting that are read."""

_MOST = {
    "departments": MOST_DEPARTMENTS,
    "outcomes": MOST_OUTCOMES,
    "kpis": MOST_KPIS,
    "incentive_plans": MOST_PLANS,
    "metrics": MOST_METRICS,
    "influences": MOST_INFLUENCES,
    "suppressions": MOST_SUPPRESSIONS,
}
_REFERENCES = {"departments": "unknown_department", "kpis": "unknown_kpi", "incentive_plans": "unknown_plan"}
"""Lists that are referred to by key, and the code for a key that they do not have."""

_NOT_A_DEPARTMENT = frozenset({"unknown", "unbekannt", "?", "not known", "n/a"}) | frozenset(
    {"none", "nobody", "no one", "no-one", "niemand", "keiner", "keine", "-"}
)


def document_from(raw: Any, catalogue: Catalogue | None = None) -> Document:
    """The document that plain data holds; raises DocumentInvalid with every problem.

    With a catalogue, ids of metrics, families and influences must exist in it or be the document's own.
    """
    document, faults = checked(raw, catalogue)
    if faults or document is None:
        raise invalid(faults, raw)
    return document


def checked(raw: Any, catalogue: Catalogue | None = None) -> tuple[Document | None, list[Fault]]:
    """The document when there is one, and all faults."""
    try:
        said = _without_nulls(raw, DEEPEST)
    except _TooDeep:
        return None, [Fault((), "too_deep", details={"most": DEEPEST})]
    document, faults = shaped(raw)
    if isinstance(said, Mapping):
        whole = Item((), said)
        faults += [*_check(whole), *pay_faults(whole), *knowledge_faults(whole, catalogue)]
        faults = _without_echoes(whole, faults)
    return document, _once_each(faults)


def _check(whole: Item) -> Iterator[Fault]:
    yield from _limits(whole)
    yield from _duplicate_keys(whole)
    yield from _departments(whole)
    yield from _goals(whole)
    yield from _outcomes(whole)
    yield from _governance(whole)
    for suppression in whole.items("suppressions"):
        if not suppression.members.keys() & {"fingerprint", "rule"}:
            yield Fault(suppression.path, "waives_nothing")
        yield from repeated(suppression, "subjects")


def _limits(whole: Item) -> Iterator[Fault]:
    for name, most in _MOST.items():
        if (count := whole.count(name)) > most:
            yield Fault((name,), "too_many", details={"count": count, "most": most})
    if (customers := _customers(whole)) and (count := customers.count("segments")) > MOST_SEGMENTS:
        yield Fault(customers.at("segments"), "too_many", details={"count": count, "most": MOST_SEGMENTS})
    if (count := sum(plan.count("components") for plan in whole.items("incentive_plans"))) > MOST_COMPONENTS:
        yield Fault(("incentive_plans",), "too_many_components", details={"count": count, "most": MOST_COMPONENTS})


def _duplicate_keys(whole: Item) -> Iterator[Fault]:
    for name in ("departments", "outcomes", "kpis", "incentive_plans"):
        yield from _taken(whole.items(name))
    yield from _taken(whole.items("metrics"), "id")
    yield from _taken(c for plan in whole.items("incentive_plans") for c in plan.items("components"))
    if customers := _customers(whole):
        yield from _taken(customers.items("segments"))


def _taken(items: Iterator[Item], member: str = "key") -> Iterator[Fault]:
    first: dict[str, Path] = {}
    for item in items:
        key = item.text(member)
        if key is None:
            continue
        if key in first:
            place = "/" + "/".join(str(token) for token in first[key])
            yield Fault(item.at(member), "duplicate_key", key, details={"first": place})
        first.setdefault(key, item.path)


def _departments(whole: Item) -> Iterator[Fault]:
    departments = whole.keys("departments")
    for item in whole.items("departments"):
        if item.text("key") == CUSTOMER:
            yield Fault(item.at("key"), "reserved_key", CUSTOMER)
        yield from reference(item, "parent", departments, "unknown_department")
    yield from _circles({key: item.text("parent") for key, item in departments.items()}, departments)


def _circles(parents: Mapping[str, str | None], departments: Mapping[str, Item]) -> Iterator[Fault]:
    """One fault for every circle, at its first department."""
    done: set[str] = set()
    for start in parents:
        trail: list[str] = []
        key: str | None = start
        while key is not None and key in parents and key not in done:
            done.add(key)
            trail.append(key)
            key = parents[key]
        if key in trail:
            circle = trail[trail.index(key) :]
            told = " → ".join([*circle[:5], *(["…"] if len(circle) > 5 else []), circle[0]])
            yield Fault(departments[circle[0]].at("parent"), "circular_parent", details={"circle": told})


def _goals(whole: Item) -> Iterator[Fault]:
    departments = whole.keys("departments")
    customers = _customers(whole)
    segments = customers.keys("segments") if customers else {}
    for goal in (*whole.items("kpis"), *whole.items("outcomes")):
        yield from reference(goal, "segment", segments, "unknown_segment")
        target, baseline = goal.number("target"), goal.number("baseline")
        if target is not None and target == baseline and goal.text("direction") != "maintain":
            yield Fault(goal.at("target"), "target_is_baseline", goal.members["target"])
    for kpi in whole.items("kpis"):
        yield from reference(kpi, "department", departments, "unknown_department")
        yield from references(kpi, "shared_with", departments, "unknown_department")
        yield from period(kpi)


def _outcomes(whole: Item) -> Iterator[Fault]:
    weights = [item.number("weight") for item in whole.items("outcomes")]
    if weights and all(weight == 0 for weight in weights):
        yield Fault(("outcomes",), "weights_zero")


def _governance(whole: Item) -> Iterator[Fault]:
    governance = whole.part("governance")
    if governance is None:
        return
    yield from references(governance, "shared_kpis", whole.keys("kpis"), "unknown_kpi")
    owner = governance.text("customer_owned_by")
    if owner is None or owner.strip().casefold() in _NOT_A_DEPARTMENT:
        return
    departments = titles(whole.keys("departments"))
    if owner.strip().casefold() not in {title.casefold() for title in departments}:
        yield Fault(governance.at("customer_owned_by"), "unknown_owner", owner, options=departments)


def _customers(whole: Item) -> Item | None:
    organization = whole.part("organization")
    return organization.part("customers") if organization else None


class _TooDeep(Exception):
    """A value nests deeper than is read."""


def _without_nulls(value: Any, levels: int) -> Any:
    """A copy in which members that are null are left out; list items stay, so that places stay the same.

    Raises _TooDeep for what nests more levels.
    """
    if isinstance(value, _LEAVES):
        return value
    is_object = isinstance(value, OBJECTS)
    if not is_object and not isinstance(value, LISTS):
        return value
    if not levels:
        raise _TooDeep
    if is_object:
        return {name: _without_nulls(member, levels - 1) for name, member in value.items() if member is not None}
    return [_without_nulls(item, levels - 1) for item in value]


_LEAVES = (str, int, float)


def _without_echoes(whole: Item, faults: list[Fault]) -> list[Fault]:
    """The faults without those that only follow from another: keys that are not found because their list is called otherwise, and the
    form of a key that names nothing."""
    lost = {_REFERENCES[name] for name in _misspelt(whole, _REFERENCES.keys())}
    kept = [fault for fault in faults if fault.code not in lost]
    unknown = {fault.path for fault in kept if fault.code in _REFERENCES.values()}
    return [fault for fault in kept if fault.code != "bad_form" or fault.path not in unknown]


def _misspelt(whole: Item, lists: Collection[str]) -> Iterator[str]:
    """Lists that the document lacks, while it has a member that nobody knows and whose name is near."""
    lacking = [name for name in lists if name not in whole.members]
    others = (str(name) for name in whole.members if name not in Document.model_fields) if lacking else ()
    for other in others:
        yield from nearest(other, lacking, 1)


def _once_each(faults: list[Fault]) -> list[Fault]:
    """The faults without those that say the same of the same place."""
    seen: set[tuple[Path, str]] = set()
    kept = []
    for fault in faults:
        if (fault.path, fault.code) not in seen:
            seen.add((fault.path, fault.code))
            kept.append(fault)
    return kept
