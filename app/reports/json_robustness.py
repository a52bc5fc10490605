"""Sensitivity, deciding influences, cuts and value at stake as JSON (docs/robustness.md)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from app.domain.cuts import Cut, CutConflict, Safeguard
from app.domain.deciding import Decider, Shifted, Turned
from app.domain.sensitivity import Deciding, Sensitivity, Stability, Tried
from app.domain.value_at_stake import Money, OutcomeValue, ValueAtStake
from app.reports.canonical_json import Json, chain_as_json, measure, severity


def sensitivity_as_json(found: Sensitivity, seed: int) -> Json:
    """How far findings and recommendations stand. Shares and correlations have four digits after the point, severities two."""
    return {
        "samples": found.samples,
        "seed": seed,
        "tried": found.tried,
        "findings": [_stability(one) for one in found.findings],
        "recommendations": [_tried(one) for one in found.recommendations],
        "deciding": [_deciding(one) for one in found.deciding],
    }


def deciders_as_json(asked: Sequence[str], deciders: Sequence[Decider]) -> Json:
    """The influences on the chains behind a finding (its fingerprint), or between two (their keys)."""
    about = {"finding": asked[0]} if len(asked) == 1 else {"source": asked[0], "target": asked[1]}
    return {**about, "influences": [_decider(one) for one in deciders]}


def cut_as_json(cut: Cut) -> Json:
    """The smallest cut, and what it leaves."""
    return {
        "source": cut.source,
        "target": cut.target,
        "safeguards": [_safeguard(one) for one in cut.safeguards],
        "chains": cut.chains,
        "severity": {"before": severity(cut.before), "after": severity(cut.after)},
        "conflicts": [_conflict(one) for one in cut.conflicts],
    }


def value_as_json(value: ValueAtStake, assumptions: Sequence[str], lacking: Sequence[str]) -> Json:
    """What may be at stake. Money is a decimal text in the organization's currency."""
    return {
        **({"currency": value.currency} if value.currency else {}),
        "outcomes": [_outcome(one, value.currency or "") for one in value.outcomes],
        "lacking": [
            {"outcome": outcome, "member": member, "said": said}
            for (outcome, member), said in zip(value.lacking, lacking, strict=True)
        ],
        "assumptions": list(assumptions),
    }


def _stability(one: Stability) -> Json:
    return {
        "fingerprint": one.fingerprint,
        "level": one.level,
        "severity": severity(one.severity),
        "holds": measure(one.holds),
        "remains": measure(one.remains),
        "range": {"low": severity(one.low), "high": severity(one.high)},
        "rests_on_strengths": one.rests_on_strengths,
        **({} if one.measured is None else {"measured_level": one.measured}),
        "deciding": [_deciding(each) for each in one.deciding],
    }


def _tried(one: Tried) -> Json:
    return {"id": one.recommendation, "helps": measure(one.helps), "cleared": severity(one.cleared)}


def _deciding(one: Deciding) -> Json:
    return {"influence": one.influence, "correlation": measure(one.correlation)}


def _decider(one: Decider) -> Json:
    (link,) = chain_as_json([one.link])
    return {**link, "decides": one.decides, "dropped": _turned(one.dropped), "flipped": _turned(one.flipped)}


def _turned(one: Turned) -> Json:
    return {"asked": [_shifted(each) for each in one.asked], "others": [_shifted(each) for each in one.others]}


def _shifted(one: Shifted) -> Json:
    sides = {"before": (one.before, one.severity_before), "after": (one.after, one.severity_after)}
    graded = {
        name: {"level": level, "severity": severity(bad)} for name, (level, bad) in sides.items() if level is not None
    }
    return {"fingerprint": one.fingerprint, **graded}


def _safeguard(one: Safeguard) -> Json:
    return {
        "movement": one.movement._asdict(),
        "kpis": list(one.kpis),
        "controlled": one.controlled,
        "goals": list(one.goals),
        "chains": one.chains,
    }


def _conflict(one: CutConflict) -> Json:
    said: dict[str, Any] = {"source": one.source, "target": one.target}
    return {
        **said,
        "severity": {"before": severity(one.before), "after": severity(one.after)},
        **({} if one.beyond is None else {"beyond": one.beyond}),
        "by_kind": one.by_kind,
    }


def _outcome(one: OutcomeValue, currency: str) -> Json:
    return {
        "outcome": one.outcome,
        "worth": _amount(one.worth, currency),
        **_range(one.money, currency),
        "findings": [
            {
                "fingerprint": each.fingerprint,
                "share": {"low": measure(each.low_share), "high": measure(each.high_share)},
                **_range(each.money, currency),
            }
            for each in one.findings
        ],
    }


def _range(money: Money, currency: str) -> Json:
    return {"low": _amount(money.low, currency), "high": _amount(money.high, currency)}


def _amount(amount: Decimal, currency: str) -> Json:
    return {"amount": f"{amount:.2f}", "currency": currency}
