"""Pages of plans: a form of constraints, and what came of it: how far few changes get, and what stands in the way where none do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

from app.domain.terms import LEVELS
from app.pages.console.faults import faults_of
from app.pages.console.page import Head, Json, page
from app.pages.console.plan_fields import fields_of, relaxed
from app.pages.texts import PageWords
from app.reports.drawings.front import Choice, front
from app.reports.text_names import Names

MOST_NAMED = 4
"""Findings of a step that are named at once."""
MOST_OFFERED = 40
"""Findings that the form offers to get rid of, the worst ones."""
LIMITS = (10, 30, 60, 300)
"""Seconds after which the best so far is the answer, as the form offers them."""
ALLOWED = ("claims", "removals", "target_pay")
MOST_NAME = 200
"""Characters of a scenario's name."""


class Offered(NamedTuple):
    """The analysis that a plan is for, in short; the revision of the model as it is now; the document and result of the analysis."""

    analysis: Json
    revision: int
    raw: Json
    result: Json

    @property
    def is_outdated(self) -> bool:
        """Whether the model has another revision by now."""
        return bool(self.analysis["revision"] != self.revision)

    @property
    def titles(self) -> dict[str, str]:
        """Finding → its title."""
        return {one["fingerprint"]: one["title"] for one in _flat(self.result["findings"])}


def plans_page(
    head: Head,
    organization: Json,
    offered: Offered,
    found: Sequence[Json],
    typed: Mapping[str, Sequence[str]],
    problem: Json | None,
) -> bytes:
    """The form, beginning with what was `typed`, and the plans there are, the newest first."""
    grave = [one for one in _flat(offered.result["findings"]) if one["level"] != "low" and one["status"] == "open"]
    first = {name: values[-1] for name, values in typed.items() if values}
    return page(
        "console/plans.html",
        head,
        title=f"{head.words('plans_title')}: {organization['name']}",
        organization=organization,
        section="recommendations",
        offered=offered,
        currency=offered.raw["organization"].get("currency", ""),
        parts=_parts(offered.raw, head.words),
        grave=sorted(grave, key=lambda one: (-LEVELS.index(one["level"]), -one["severity"]))[:MOST_OFFERED],
        limits=LIMITS,
        allowed=ALLOWED,
        found=found,
        typed={"max_changes": "5", **dict.fromkeys(_FIELDS, ""), **first},
        ticked={name: set(typed.get(name, ())) for name in ("freeze", "must_go", "allow")},
        problem=problem,
        faults=faults_of(problem) if problem else {},
    )


def plan_page(
    head: Head,
    organization: Json,
    plan: Json,
    steps: Mapping[int, Sequence[Json]],
    offered: Offered,
    scenarios: Sequence[Json],
    once: str,
    typed: Mapping[str, str],
    problem: Json | None,
) -> bytes:
    """A plan. `steps`: number of changes → those of that point of its front; `scenarios`: those that it can be taken into."""
    words, titles = head.words, offered.titles
    choices = [Choice(one["count"], one["severity"], one.get("knee", False)) for one in plan["front"]]
    knee = next((one["count"] for one in plan["front"] if one.get("knee")), 0)
    name = words("plan_name", day=words.on(plan["created_at"]))
    return page(
        "console/plan.html",
        head,
        title=f"{words('plan_title')}: {organization['name']}",
        organization=organization,
        section="recommendations",
        plan=plan,
        offered=offered,
        cleared=words.share(_cleared(plan["severity"]["before"], plan["severity"]["after"])),
        drawing=front("front", choices, words) if len(choices) > 1 else None,
        changes=[_change(one, titles) for one in plan["changes"]],
        points=[_point(one, steps.get(one["count"], ()), plan, titles, words) for one in plan["front"] if one["count"]],
        knee=knee,
        blockers=[_blocker(one, plan["constraints"]) for one in plan.get("blockers", ())],
        scenarios=scenarios,
        once=once,
        typed={"step": str(knee or plan["change_count"]), "into": "", "name": name[:MOST_NAME], **typed},
        problem=problem,
        faults=faults_of(problem) if problem else {},
    )


_FIELDS = ("min_weight", "max_weight", "budget", "max_measures", "time_limit_seconds")


def _flat(findings: Sequence[Json]) -> Iterator[Json]:
    """Every finding by itself, those that others fold included."""
    for one in findings:
        yield one
        yield from one.get("also", ())


def _parts(raw: Json, words: PageWords) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be kept as it is, by kind: keys and names."""
    names = Names(words, raw, None)
    departments = [(one["key"], names.department(one["key"])) for one in raw.get("departments", ())]
    plans = [(one["key"], one.get("role") or one["key"]) for one in raw.get("incentive_plans", ())]
    kpis = [(one["key"], one["name"]) for one in raw.get("kpis", ())]
    kinds = (("plans_departments", departments), ("plans_incentive_plans", plans), ("plans_kpis", kpis))
    return [(name, parts) for name, parts in kinds if parts]


def _change(one: Json, titles: Mapping[str, str]) -> SimpleNamespace:
    return SimpleNamespace(
        title=one["title"],
        rationale=one["rationale"],
        risks=one["risks"],
        gone=_named(one["effect"]["removed"], titles),
    )


def _point(
    one: Json, changes: Sequence[Json], plan: Json, titles: Mapping[str, str], words: PageWords
) -> SimpleNamespace:
    """A point of the front: what is changed, what is left, and what it clears beyond the point before."""
    return SimpleNamespace(
        count=one["count"],
        knee=one.get("knee", False),
        changes=[each["title"] for each in changes],
        severity=words.number(one["severity"]),
        cleared=words.share(_cleared(plan["severity"]["before"], one["severity"])),
        index=words("unknown") if one["alignment"] is None else words.signed(one["alignment"]),
        cost=words.cost(one["cost"]),
        gone=_named(one["removed"], titles),
        weaker=len(one["weakened"]),
        worse=len(one["worsened"]),
    )


def _named(fingerprints: Sequence[str], titles: Mapping[str, str]) -> SimpleNamespace:
    """Findings by their titles, the first few and the others."""
    said = [titles[one] for one in fingerprints if one in titles]
    return SimpleNamespace(count=len(fingerprints), first=said[:MOST_NAMED], others=said[MOST_NAMED:])


def _blocker(one: Json, constraints: Json) -> SimpleNamespace:
    """What stands in the way, and the fields of the form that leaves it out."""
    fields: dict[str, list[Any]] = dict(relaxed(fields_of(constraints), one["constraint"], one.get("about", "")))
    return SimpleNamespace(
        said=one["said"], fields=[(name, value) for name, values in fields.items() for value in values]
    )


def _cleared(before: float, after: float) -> float:
    return (before - after) / before if before else 0.0
