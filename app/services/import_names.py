"""What the names of goals that an import adds or changes are taken to mean, before anybody relies on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from app.catalogue.load import catalogue
from app.domain.terms import Language
from app.services.kept_imports import FullImport
from app.services.names import WrittenName, resolve

MOST = 200
"""Names that are told."""
_LISTS = {"kpi": "kpis", "outcome": "outcomes"}


class ReadName(NamedTuple):
    """A name, and the metric that it is taken for; `metric` is empty where it is not known, `sure` says how surely it is (0 to 1).

    `inverted`: it means the opposite of the metric.
    """

    name: str
    department: str
    metric: str
    inverted: bool
    sure: float


def read_names(found: FullImport, language: Language) -> list[ReadName]:
    """The names of KPIs and outcomes that would come or change and that nobody has pinned a metric for."""
    after: Mapping[str, Any] = found.after or {}
    goals = list(_goals(found, after))[:MOST]
    departments = {one["key"]: one for one in after.get("departments", ())}
    functions = {key: one.get("function") for key, one in departments.items()}
    written = [
        WrittenName(one["name"], functions.get(one.get("department")), one.get("unit"), one.get("direction"))
        for one in goals
    ]
    metrics = catalogue().metrics
    told = []
    for goal, read in zip(goals, resolve(written), strict=True):
        metric = metrics.get(read.metric or "")
        called = "" if metric is None else (metric.name_de if language == "de" else "") or metric.name
        owner = departments.get(goal.get("department"), {}).get("name", "")
        told.append(ReadName(goal["name"], owner, called, read.inverted, read.score if metric else 0.0))
    return sorted(told, key=lambda one: one.sure)


def _goals(found: FullImport, after: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The KPIs and outcomes without a metric of their own that would be new or changed."""
    touched = {(change["kind"], change.get("key")) for change in found.preview.changes if change["action"] != "removed"}
    for kind, list_ in _LISTS.items():
        for one in after.get(list_, ()):
            if (kind, one["key"]) in touched and not one.get("metric"):
                yield one
