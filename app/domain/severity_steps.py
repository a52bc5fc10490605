"""How a severity came about, step by step (semantics §4, §6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from app.domain.findings import Finding
from app.domain.parameters import Parameters
from app.domain.phrases import number
from app.domain.rules.rule import STANDARD, Rule
from app.domain.severity import flaw_severity, leans_to_the_good, net_harm, severity
from app.domain.terms import Language

StepName = Literal[
    "pressure", "importance", "harm", "help", "net", "held_pay", "pull", "internalised", "cap",
    "base", "stake", "expression", "severity",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One quantity of the arithmetic: its value, and how it follows from those before it (empty when it is given)."""

    name: StepName
    value: float
    formula: str = ""


def severity_steps(finding: Finding, rule: Rule, parameters: Parameters) -> tuple[Step, ...]:
    """The steps from the facts of a finding to its severity; the last one is the severity itself.

    `rule` and `parameters` are those with which the finding was made.
    """
    if rule.severity != STANDARD:
        return (Step("expression", finding.severity, rule.severity), Step("severity", finding.severity))
    if rule.fact_kind in ("goal_pair", "goal_outcome"):
        return (*_conflict(finding.facts, parameters), Step("severity", finding.severity))
    return (*_based(finding, rule), Step("severity", finding.severity))


def _conflict(facts: Mapping[str, Any], parameters: Parameters) -> Iterator[Step]:
    pressure, importance, harm, help_ = (float(facts[name]) for name in ("pressure", "importance", "harm", "help"))
    yield Step("pressure", pressure)
    yield Step("importance", importance)
    yield Step("harm", harm)
    yield Step("help", help_)
    net = net_harm(harm, help_, parameters)
    difference = f"{_put(harm)} − {parameters.net_help:g} × {_put(help_)}"
    yield Step(
        "net", net, f"({difference}) × {parameters.tie_factor:g}" if leans_to_the_good(harm, help_) else difference
    )
    left = float(facts["net"])
    if left < net - 1e-9:
        yield Step("held_pay", left, f"{_put(net)} × {_put(left / net)}")
    pull = severity(pressure, importance, left, 0.0, parameters)
    yield Step("pull", pull, _product(pressure, importance, left, parameters))
    internalised = float(facts["internalised"])
    bad = severity(pressure, importance, left, internalised, parameters)
    if internalised > 0:
        yield Step("internalised", bad, f"{pull:.2f} × (1 − {parameters.internalisation:g} × {_put(internalised)})")
    if float(facts["severity"]) < bad - 1e-9:
        yield Step("cap", float(facts["severity"]))


def _based(finding: Finding, rule: Rule) -> Iterator[Step]:
    base = rule.base or 0.0
    yield Step("base", base)
    if rule.fact_kind != "component":
        return
    stake = float(finding.facts[rule.stake])
    yield Step("stake", stake)
    yield Step("pull", flaw_severity(base, stake), f"{base:g} × √min(1; 0.25 + 3 × {_put(stake)})")


def _product(pressure: float, importance: float, net: float, parameters: Parameters) -> str:
    powers = f"{_put(importance)}^{parameters.importance_power:g} × {_put(net)}^{parameters.net_power:g}"
    return f"100 × √({_put(pressure)}) × {powers}"


def _put(share: float) -> str:
    """A share with as many digits as it takes to reckon over what follows from it."""
    return number(share, "en", 4)


_NAMES: Mapping[StepName, tuple[str, str]] = {
    "pressure": ("pressure on the goal", "Druck auf das Ziel"),
    "importance": ("importance of what is harmed", "Bedeutung dessen, was leidet"),
    "harm": ("harm that arrives", "Schaden, der ankommt"),
    "help": ("help that arrives", "Hilfe, die ankommt"),
    "net": ("net harm", "Nettoschaden"),
    "held_pay": ("after pay that is held or can be taken back", "nach einbehaltener oder rückholbarer Vergütung"),
    "pull": ("severity before what restrains it", "Schwere vor dem, was sie mindert"),
    "internalised": ("after what the department answers for itself", "nach dem, wofür die Abteilung selbst einsteht"),
    "cap": (
        "at most medium, because no chain joins the two metrics",
        "höchstens mittel, weil keine Kette die beiden Metriken verbindet",
    ),
    "base": ("base of the rule", "Grundwert der Regel"),
    "stake": ("share of total pay at stake", "Anteil der Gesamtvergütung, der daran hängt"),
    "expression": ("the rule's own expression", "der eigene Ausdruck der Regel"),
    "severity": ("severity", "Schwere"),
}


def tell_steps(steps: tuple[Step, ...], language: Language) -> tuple[str, ...]:
    """The steps as lines: `net harm: 0.41 − 0.5 × 0.1 = 0.36`."""
    return tuple(_told(step, language) for step in steps)


def _told(step: Step, language: Language) -> str:
    name = _NAMES[step.name][language == "de"]
    value = number(step.value, language, 1 if step.value > 1 else 4)
    formula = step.formula.replace(".", ",") if language == "de" and step.name != "expression" else step.formula
    return f"{name}: {formula} = {value}" if formula else f"{name}: {value}"
