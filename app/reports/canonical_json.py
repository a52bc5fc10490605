"""An analysis as JSON: the contract with outside programs (docs/analysis.md), the same bytes wherever it is computed.

Members come in the order of the contract. Severities have two digits after the point, every other measure four; the values of a patch
are left as they are. Members that the contract shows are always there; those that it does not show are left out when they are empty.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from app.domain.catalogue import Catalogue
from app.domain.findings import (
    Analysis,
    ChainLink,
    Condition,
    Cost,
    DepartmentView,
    Effect,
    Finding,
    GoalView,
    Loop,
    MatrixCell,
    Recommendation,
    Resolution,
    RuleOutcome,
    Setting,
    Subject,
    Summary,
    Waived,
)
from app.domain.problem_entries import told_entry
from app.domain.terms import Movement
from app.domain.verdicts import AuditReport

if TYPE_CHECKING:
    from app.reports.refusals import Refusal

NAME = "json"
MEDIA_TYPE = "application/json"
SUFFIX = ".json"

Json = dict[str, Any]


def render(
    reports: Sequence[AuditReport], *, catalogue: Catalogue | None = None, refused: Sequence[Refusal] = ()
) -> bytes:
    """One audit as its analysis; several as `{"analyses": [{"file": …, …}]}`; files that were refused under `refused`."""
    if len(reports) == 1 and not refused:
        return written(as_json(reports[0].analysis))
    answer: Json = {}
    if len(reports) + len(refused) > 1:
        answer["analyses"] = [{"file": report.file, **as_json(report.analysis)} for report in reports]
    if refused:
        answer["refused"] = [refusal_as_json(one) for one in refused]
    return written(answer or {"analyses": []})


def render_analysis(analysis: Analysis) -> bytes:
    """The analysis as UTF-8, without white space but the line's end."""
    return written(as_json(analysis))


def written(value: Json) -> bytes:
    """JSON values as bytes; raises ValueError on numbers that JSON cannot hold."""
    return (json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n").encode()


def as_json(analysis: Analysis) -> Json:
    """The analysis as JSON values."""
    return {
        "concord": analysis.concord,
        "engine": dict(analysis.engine),
        "content_hash": analysis.content_hash,
        "as_of": analysis.as_of,
        "summary": _summary(analysis.summary),
        "departments": [_department(department) for department in analysis.departments],
        "matrix": [_cell(cell) for cell in analysis.matrix],
        "resolutions": [resolution_as_json(resolution) for resolution in analysis.resolutions],
        "findings": [finding_as_json(finding) for finding in analysis.findings],
        "recommendations": [recommendation_as_json(recommendation) for recommendation in analysis.recommendations],
        "waived": [_waived(waived) for waived in analysis.waived],
        "rules": [_rule(rule) for rule in analysis.rules],
        "loops": [_loop(loop) for loop in analysis.loops],
        "goals": [_goal(goal) for goal in analysis.goals],
        "assumptions": list(analysis.assumptions),
        **_present(
            notices=list(analysis.notices),
            settings=[_setting(setting) for setting in analysis.settings],
            not_run=[one._asdict() for one in analysis.not_run],
        ),
    }


def refusal_as_json(refusal: Refusal) -> Json:
    """A refused document and its problems; members as in the problem documents of the API."""
    errors = [told_entry(problem) for problem in refusal.problems]
    return {"file": refusal.file, "detail": refusal.reason, "errors": errors}


def resolution_as_json(resolution: Resolution) -> Json:
    """What a name was taken to mean; `subject` is there when the name belongs to something in a document."""
    subject = {"subject": _named(resolution.subject)} if resolution.subject else {}
    turned = {"family_direction": resolution.family_direction} if resolution.family_direction else {}
    return {
        **subject,
        "name": resolution.name,
        "metric": resolution.metric,
        "inverted": resolution.inverted,
        "family": resolution.family,
        **turned,
        "score": measure(resolution.score),
        "method": resolution.method,
        "candidates": [
            {"metric": c.metric, "score": measure(c.score), "inverted": c.inverted} for c in resolution.candidates
        ],
    }


def chain_as_json(chain: Sequence[ChainLink]) -> list[Json]:
    """The links of a witness chain, from the goal to what it works against."""
    return [_link(link) for link in chain]


def _summary(summary: Summary) -> Json:
    return {
        "alignment_index": _maybe(summary.alignment_index),
        "levels": dict(summary.levels),
        "kinds": dict(summary.kinds),
        "headline": summary.headline,
    }


def _department(department: DepartmentView) -> Json:
    return {
        "key": department.key,
        "alignment": _maybe(department.alignment),
        "coverage": measure(department.coverage),
        "pressure": measure(department.pressure),
        "effects": [
            {"outcome": e.outcome, "help": measure(e.help), "harm": measure(e.harm)} for e in department.effects
        ],
    }


def _cell(cell: MatrixCell) -> Json:
    return {
        "from": cell.source,
        "to": cell.target,
        "count": cell.count,
        "severity": severity(cell.severity),
        "worst": cell.worst,
    }


def finding_as_json(finding: Finding) -> Json:
    """A finding with those that it folds."""
    return {
        "fingerprint": finding.fingerprint,
        "kind": finding.kind,
        "rule": finding.rule,
        "flaw": finding.flaw,
        "level": finding.level,
        "severity": severity(finding.severity),
        "confidence": measure(finding.confidence),
        "contested": finding.contested,
        "sign_reliability": _maybe(finding.sign_reliability),
        "basis": finding.basis,
        "subjects": [_subject(subject) for subject in finding.subjects],
        "related": [_subject(subject) for subject in finding.related],
        "rule_version": finding.rule_version,
        "departments": list(finding.departments),
        "title": finding.title,
        "explanation": finding.explanation,
        "chain": chain_as_json(finding.chain),
        "help": chain_as_json(finding.help),
        "conditions": [_condition(condition) for condition in finding.conditions],
        "remedies": list(finding.remedies),
        "status": finding.status,
        "also": [finding_as_json(folded) for folded in finding.also],
        **_present(
            facts=_facts(finding.facts),
            references=list(finding.references),
            grounds=finding.grounds,
            engine_level=finding.engine_level,
            override=finding.override,
            baseline=finding.baseline,
        ),
    }


def _link(link: ChainLink) -> Json:
    return {
        "source": _movement(link.source),
        "target": _movement(link.target),
        "kind": link.kind,
        "strength": link.strength,
        "lag_days": link.lag_days,
        "evidence": link.evidence,
        "citations": list(link.citations),
        "mechanism": link.mechanism,
        "influence": link.id,
        "support": link.support,
        **_present(
            when=link.when, contested=link.contested, counters=list(link.counters), lever=link.lever, means=link.means
        ),
    }


def _condition(condition: Condition) -> Json:
    value = {name: _fact(name, read) for name, read in condition.value.items()}
    return {"expression": condition.expression, "value": value, "holds": condition.holds}


def recommendation_as_json(recommendation: Recommendation) -> Json:
    """A change with its proof."""
    return {
        "id": recommendation.id,
        "remedy": recommendation.remedy,
        "title": recommendation.title,
        "rationale": recommendation.rationale,
        "addresses": list(recommendation.addresses),
        "patch": [dict(operation) for operation in recommendation.patch],
        "effect": effect_as_json(recommendation.effect),
        "cost": cost_as_json(recommendation.cost),
        "effort": recommendation.effort,
        "owners": list(recommendation.owners),
        "risks": list(recommendation.risks),
    }


def cost_as_json(cost: Cost) -> Json:
    """What a change costs; the amount of money only where it is known."""
    return {
        "weight_moved": measure(cost.weight_moved),
        "pay_moved": measure(cost.pay_moved),
        "plans": cost.plans,
        "people": cost.people,
        **({} if cost.pay_amount is None else {"pay_amount": cost.pay_amount}),
    }


def effect_as_json(effect: Effect) -> Json:
    """What a change does to the findings."""
    return {
        "severity_before": severity(effect.severity_before),
        "severity_after": severity(effect.severity_after),
        "alignment_before": _maybe(effect.alignment_before),
        "alignment_after": _maybe(effect.alignment_after),
        "removed": list(effect.removed),
        "weakened": list(effect.weakened),
        "worsened": list(effect.worsened),
    }


def _waived(waived: Waived) -> Json:
    return {
        "fingerprint": waived.fingerprint,
        "owner": waived.owner,
        "reason": waived.reason,
        "expires": waived.expires,
        "title": waived.title,
        "level": waived.level,
        **_present(place=waived.place, finding=finding_as_json(waived.finding) if waived.finding else None),
    }


def _setting(setting: Setting) -> Json:
    return {"name": setting.name, "value": setting.value, "origin": setting.origin}


def _rule(rule: RuleOutcome) -> Json:
    return {
        "id": rule.id,
        "version": rule.version,
        "fact_kind": rule.fact_kind,
        "rows": rule.rows,
        "matched": rule.matched,
        "clear": rule.clear,
        "not_assessable_rows": rule.not_assessable_rows,
        "not_assessable": [
            {"subjects": [_subject(s) for s in row.subjects], "missing": list(row.missing)}
            for row in rule.not_assessable
        ],
    }


def _loop(loop: Loop) -> Json:
    return {"movements": [_movement(movement) for movement in loop.movements], "reinforcing": loop.reinforcing}


def _goal(goal: GoalView) -> Json:
    return {
        "department": goal.department,
        "subject": _named(goal.subject),
        "metric": goal.metric,
        "direction": goal.direction,
        "pressure": measure(goal.pressure),
        "exposure": {name: measure(value) for name, value in goal.exposure.items()},
    }


def _subject(subject: Subject) -> Json:
    return {"kind": subject.kind, "key": subject.key, "role": subject.role}


def _named(subject: Subject) -> Json:
    return {"kind": subject.kind, "key": subject.key}


def _movement(movement: Movement) -> Json:
    return {"metric": movement.metric, "direction": movement.direction}


def _facts(facts: Mapping[str, Any]) -> Json:
    return {name: _fact(name, value) for name, value in facts.items() if value is not None}


def _fact(name: str, value: Any) -> Any:
    if isinstance(value, float):
        return severity(value) if name == "severity" else measure(value)
    return list(value) if isinstance(value, tuple) else value


def _present(**members: Any) -> Json:
    return {name: value for name, value in members.items() if value}


def severity(value: float) -> float:
    """A severity as it is written."""
    return _rounded(value, 2)


def measure(value: float) -> float:
    """Any other measure as it is written."""
    return _rounded(value, 4)


def _maybe(value: float | None) -> float | None:
    return None if value is None else measure(value)


def _rounded(value: float, digits: int) -> float:
    """Adding zero turns −0.0 into 0.0."""
    return round(float(value), digits) + 0.0
