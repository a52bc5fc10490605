"""Weights set anew, of an incentive plan's components or a department's KPIs: away from what adds most to the findings (semantics §8).

How much weight adds is the slope of the severities of §4 at the weights as they are; to move weight along it, within bounds, is a linear
programme whose answer is read off: the steepest gives first, the flattest takes. The slope only proposes; what a proposal does is seen
by a run.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from app.domain.candidates import Candidate, candidate_id
from app.domain.conflicts import Conflict
from app.domain.detection import Match
from app.domain.document import Component, Kpi
from app.domain.finders.found import department, listed, plan
from app.domain.finders.shares import MOST_MOVED, STEP, exact, percent
from app.domain.findings import Finding
from app.domain.goals import Goal, Item
from app.domain.optimise_constraints import Constraints
from app.domain.parameters import Parameters
from app.domain.patch_templates import Text, render
from app.domain.remedies import Form, Remedy
from app.domain.situation import Company, situation

OF_PAY = (MOST_MOVED, MOST_MOVED / 2)
OF_KPIS = (2 * MOST_MOVED, MOST_MOVED)
"""Shares of all weight that are moved, each as a proposal of its own: of KPIs more, because nobody's pay moves with them (judgement)."""

KEPT_OF_PAY, KEPT_OF_KPI = Decimal("0.5"), Decimal("0.1")
"""What a component keeps of its own weight, and a KPI of its department's: what is moved does not vanish (judgement)."""

LEAST_GAIN = 1.0
"""Points of severity that a proposal must promise."""

_PATCH = (
    {"op": "test", "each": "whole.wholes", "path": "{each.path}/key", "value": "{each.key}"},
    {"op": "test", "each": "whole.items", "path": "{each.path}/key", "value": "{each.key}"},
    {"op": "replace", "each": "whole.items", "path": "{each.path}/weight", "value": "{each.weight}"},
)
_PAY = Form(
    id="pay_anew",
    title=Text(
        "Weigh the variable pay of {whole.name} anew: {whole.said}",
        "Die variable Vergütung von {whole.name} neu gewichten: {whole.said}",
    ),
    find=(),
    patch=_PATCH,
    effort="medium",
    clears=0.3,
)
_KPIS = Form(
    id="kpis_anew",
    title=Text(
        "Weigh the KPIs of {whole.name} anew: {whole.said}", "Die KPIs von {whole.name} neu gewichten: {whole.said}"
    ),
    find=(),
    patch=_PATCH,
    effort="low",
    clears=0.15,
)
_TOGETHER = {_PAY.id: _PAY._replace(effort="high"), _KPIS.id: _KPIS._replace(effort="medium")}
"""Beside the forms that the catalogue has of the remedy that moves weight; for several roles or departments at once it takes more."""


class Weight(NamedTuple):
    """A weight that may be set anew.

    `slope`: points of severity that come with a share of 1 more; `takes`: whether it may gain; `kept`: how low it may go.
    """

    key: str
    name: str
    path: str
    weight: Decimal
    slope: float
    takes: bool
    kept: Decimal


class Whole(NamedTuple):
    """Weights that are shares of one whole, and whose it is. `amounts`: shares of it that may move; `low`, `high`: bounds of each."""

    form: Form
    of: Mapping[str, Any]
    weights: tuple[Weight, ...]
    amounts: tuple[Decimal, ...]
    low: Decimal
    high: Decimal

    @property
    def sum(self) -> Decimal:
        """What they come to together, which stays."""
        return sum((weight.weight for weight in self.weights), Decimal(0))


class _Anew(NamedTuple):
    """A whole with the weights that its parts get, proposed for a finding."""

    whole: Whole
    after: Mapping[str, Decimal]
    finding: Finding

    @property
    def changed(self) -> list[Weight]:
        """The parts whose weights change, by key."""
        return [w for w in sorted(self.whole.weights, key=lambda w: w.key) if self.after[w.key] != w.weight]

    @property
    def gain(self) -> float:
        """Points of severity that it promises, to first order."""
        return sum(w.slope * float((w.weight - self.after[w.key]) / self.whole.sum) for w in self.changed)


def weight_candidates(
    company: Company, findings: Sequence[Finding], remedy: Remedy | None, constraints: Constraints
) -> Iterator[Candidate]:
    """Proposals for every incentive plan and department with several weights, as further forms of the remedy that moves weight.

    `findings`: those that a plan is to clear. None without the remedy.
    """
    open_ = {finding.fingerprint: finding for finding in findings}
    matches = [match for match in company.detection.matches if match.fingerprint in open_ and match.conflict]
    if remedy is None or not matches:
        return
    worst = {}
    for match in reversed(matches):
        assert match.conflict is not None
        worst[match.conflict.goal.department] = open_[match.fingerprint]
    proposed: dict[tuple[str, int], list[_Anew]] = defaultdict(list)
    for whole in _wholes(company, slopes_of(matches, company.goals.parameters), constraints):
        finding = worst.get(str(whole.of["department"]))
        if finding is None:
            continue
        for place, amount in enumerate(whole.amounts):
            anew = _Anew(whole, weighed(whole, amount), finding)
            if anew.gain >= LEAST_GAIN:
                proposed[whole.form.id, place].append(anew)
    for anews in proposed.values():
        yield from (_candidate(company, [anew], anew.whole.form, remedy) for anew in anews)
    for (form, _), anews in proposed.items():
        if len({anew.whole.of["department"] for anew in anews}) > 1:
            yield _candidate(company, anews, _TOGETHER[form], remedy)


def slopes_of(matches: Iterable[Match], parameters: Parameters) -> Mapping[str, float]:
    """Component or KPI → points of severity that a share of 1 more would add to these findings, to first order (semantics §2, §4)."""
    slopes: dict[str, float] = defaultdict(float)
    for match in matches:
        if match.conflict is not None and match.rule.rule.fact_kind in ("goal_pair", "goal_outcome"):
            for key, slope in _of_conflict(match.conflict, parameters):
                slopes[key] += slope * match.severity
    return slopes


def weighed(whole: Whole, amount: Decimal) -> dict[str, Decimal]:
    """Every weight when so large a share at most moves from steep to flat, in round steps, within the bounds."""
    order = sorted(whole.weights, key=lambda w: (w.slope, w.key))
    after = {w.key: w.weight for w in whole.weights}
    step, left = STEP * whole.sum, amount * whole.sum
    for giver in reversed(order):
        given = giver.weight - max(giver.kept, whole.low * whole.sum, step)
        for taker in order:
            if taker.slope >= giver.slope:
                break
            moved = (
                min(given, left, whole.high * whole.sum - after[taker.key]) // step * step
                if taker.takes
                else Decimal(0)
            )
            if moved > 0:
                after[giver.key] -= moved
                after[taker.key] += moved
                given, left = given - moved, left - moved
    return after


def _of_conflict(conflict: Conflict, parameters: Parameters) -> Iterator[tuple[str, float]]:
    """Component or KPI → share by which a share of weight of 1 more raises the conflict's severity."""
    yield from ((key, slope / 2) for key, slope in _pressure_slopes(conflict.goal, parameters))
    answered, by = parameters.internalisation * conflict.internalised, conflict.internalised_by
    if by is not None and answered > 0:
        yield from ((key, -slope * answered / (1 - answered)) for key, slope in _pressure_slopes(by, parameters))


def _pressure_slopes(goal: Goal, parameters: Parameters) -> Iterator[tuple[str, float]]:
    """Component or KPI → share by which a share of weight of 1 more raises the pressure on a goal (semantics §2)."""
    exposure = goal.kpi_exposure + goal.pay_exposure + goal.penalty_exposure
    if exposure <= 0:
        return
    left = math.exp(-exposure) / (1 - math.exp(-exposure))
    for part in goal.parts:
        if part.component.weight > 0:
            yield part.component.key, left * parameters.pressure_pay * part.exposure / part.component.weight
    if goal.kpi_share > 0:
        yield goal.item.key, left * goal.kpi_exposure * parameters.pressure_share_power / goal.kpi_share


def _wholes(company: Company, slopes: Mapping[str, float], constraints: Constraints) -> Iterator[Whole]:
    document = company.detection.document
    low, high = exact(constraints.least_weight), exact(constraints.most_weight)
    for paying in sorted(document.incentive_plans, key=lambda p: p.key):
        found = plan(company, paying)
        parts = (
            _weight(company, "components", c, company.paid_for(paying, c).item, slopes, KEPT_OF_PAY * exact(c.weight))
            for c in paying.components
        )
        of = {**found, "name": found["role"], "department": paying.department}
        yield Whole(_PAY, of, tuple(parts), OF_PAY, low, high)
    for unit in sorted(document.departments, key=lambda d: d.key):
        own = [kpi for kpi in document.kpis if kpi.department == unit.key]
        if own and all(kpi.weight is not None for kpi in own) and any(kpi.weight for kpi in own):
            kept = KEPT_OF_KPI * sum((exact(kpi.weight or 0.0) for kpi in own), Decimal(0))
            parts = (_weight(company, "kpis", k, company.goals.kpis[k.key], slopes, kept) for k in own)
            of = {**department(company, unit.key), "department": unit.key}
            yield Whole(_KPIS, of, tuple(parts), OF_KPIS, Decimal(0), Decimal(1))


def _weight(
    company: Company, kind: str, part: Component | Kpi, item: Item, slopes: Mapping[str, float], kept: Decimal
) -> Weight:
    weight = exact(part.weight or 0.0)
    takes = weight > 0 and not company.is_harmful(item)
    return Weight(part.key, item.name, company.path(kind, part.key), weight, slopes.get(part.key, 0.0), takes, kept)


def _candidate(company: Company, anews: Sequence[_Anew], form: Form, remedy: Remedy) -> Candidate:
    wholes = [anew.whole.of for anew in anews]
    items = [{"key": w.key, "path": w.path, "weight": float(anew.after[w.key])} for anew in anews for w in anew.changed]
    bindings = {
        "whole": {
            "name": listed([str(whole["name"]) for whole in wholes]),
            "wholes": wholes,
            "items": items,
            "said": _said(anews),
            "policy": len({whole["department"] for whole in wholes}) > 1,
        }
    }
    patch = tuple(render(form.patch, bindings, company.raw, "en"))
    keys = "+".join(str(whole["key"]) for whole in wholes)
    written = ";".join(f"{item['key']}={item['weight']}" for item in items)
    gravest = max((anew.finding for anew in anews), key=lambda f: (f.severity, f.fingerprint))
    return Candidate(
        id=candidate_id(remedy.id, f"{form.id}:{keys}:{written}"),
        remedy=remedy,
        form=form,
        situation=situation(company, gravest),
        bindings=bindings,
        patch=patch,
        sets=frozenset((remedy.id, company.named(step["path"])) for step in patch if step["op"] != "test"),
        estimate=sum(anew.gain for anew in anews),
        findings=frozenset(anew.finding.fingerprint for anew in anews),
    )


def _said(anews: Sequence[_Anew]) -> Text:
    """“First-contact resolution” 30 → 45 %, and so on."""
    said = [
        (w.name, _percent(w.weight, anew.whole), _percent(anew.after[w.key], anew.whole))
        for anew in anews
        for w in anew.changed
    ]
    return Text(
        ", ".join(f"“{name}” {old.en} → {new.en} %" for name, old, new in said),
        ", ".join(f"„{name}“ {old.de} → {new.de} %" for name, old, new in said),
    )


def _percent(weight: Decimal, whole: Whole) -> Text:
    return percent((weight / whole.sum).quantize(Decimal("0.0001"), ROUND_HALF_UP))
