"""Fits the weights of `app.domain.names.odds` to labelled names and prints them with what they bring: `python -m tests.cases.fit_names`.

Judged by folds: the names of a company, or a name that stands alone, are scored with weights that were fitted without them. Companies whose
number in their hash is divisible by three are never fitted on.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from scipy.optimize import minimize

from app.catalogue.load import catalogue
from app.domain.names import odds as name_odds
from app.domain.names.resolve import Resolver, asked_of
from tests.cases.audits import FOLDER, companies, labels
from tests.cases.score import judge_name

FILES = ("kpi_names.json", "kpi_names_more.json", "kpi_names_prose.json")
FOLDS = 5
RIDGE = 0.3
"""Strength with which weights are drawn to nothing."""
THRESHOLDS = (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8)

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Case:
    """A labelled name with what speaks for each metric, the last row being none of them."""

    group: str
    fold: int
    """-1: never fitted on."""
    label: dict[str, Any]
    metrics: list[tuple[str, bool]]
    told: bool
    """Whether it is the very name of a metric, which is answered without weighing."""
    rows: Array
    fits: Array
    """1 for each row that the expert accepts."""


def _number(text: str) -> int:
    return int(sha256(text.encode()).hexdigest(), 16)


def aside(stem: str) -> bool:
    """Whether a company is never fitted on."""
    return _number(stem) % 3 == 0


def cases() -> list[Case]:
    """Every labelled name, read."""
    resolver = Resolver(catalogue())
    found = []
    for stem, company in companies().items():
        document = company["document"]
        functions = {d["key"]: d["function"] for d in document["departments"]}
        for item in [*document["kpis"], *document["outcomes"]]:
            label = labels()[stem].get(item["key"])
            if label is not None:
                function = functions[item["department"]] if "department" in item else "customer"
                fold = -1 if aside(stem) else _number(stem) % FOLDS
                group = "aside" if aside(stem) else "companies"
                found.append(_case(resolver, group, fold, {**item, "function": function}, label))
    for file in FILES:
        for entry in json.loads((FOLDER / file).read_text()):
            found.append(_case(resolver, file, _number(entry["name"]) % FOLDS, entry, entry))
    return found


def _case(resolver: Resolver, group: str, fold: int, item: dict[str, Any], label: dict[str, Any]) -> Case:
    asked = asked_of(item.get("function"), item.get("unit"), item.get("direction"))
    weighed, nothing = resolver.weighed(item["name"], asked)
    metrics = [(match.metric, match.inverted) for match, _ in weighed]
    columns = len(name_odds.EVIDENCE)
    rows = np.zeros((len(metrics) + 1, columns + len(name_odds.NOTHING)))
    for number, (_, evidence) in enumerate(weighed):
        rows[number, :columns] = evidence
    rows[-1, columns:] = nothing
    fits = [float(_judged(label, metric) == "right") for metric in metrics]
    if label.get("metric") is None:
        fits = [float(metric in (label.get("also") or [])) for metric, _ in metrics]
    none = float(label.get("metric") is None or not any(fits))
    return Case(group, fold, label, metrics, resolver.told(weighed) is not None, rows, np.array([*fits, none]))


def _judged(label: dict[str, Any], answer: tuple[str, bool] | None) -> str:
    if answer is None:
        return judge_name(label, None)
    return judge_name(label, {"method": "fuzzy", "metric": answer[0], "inverted": answer[1]})


def fit(chosen: Sequence[Case]) -> Array:
    """The weights under which the accepted answers are likeliest."""

    def loss(weights: Array) -> tuple[float, Array]:
        total, slope = RIDGE * weights @ weights, 2 * RIDGE * weights
        for case in chosen:
            odds = _odds(case, weights)
            right = odds * case.fits
            total -= np.log(right.sum() + 1e-9)
            slope = slope + case.rows.T @ (odds - right / (right.sum() + 1e-9))
        return float(total), slope

    size = len(name_odds.EVIDENCE) + len(name_odds.NOTHING)
    fitted: Array = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B").x
    return fitted


def _odds(case: Case, weights: Array) -> Array:
    sums = case.rows @ weights
    raised = np.exp(sums - sums.max())
    odds: Array = raised / raised.sum()
    return odds


def by_folds(all_cases: Sequence[Case]) -> list[tuple[Case, int, float]]:
    """Each case with its likeliest answer and that answer's probability, under weights fitted without it."""
    found = []
    for fold in range(-1, FOLDS):
        weights = fit([c for c in all_cases if c.fold not in (-1, fold)])
        for case in all_cases:
            if case.fold == fold and case.metrics:
                odds = _odds(case, weights)[:-1]
                best = int(odds.argmax())
                found.append((case, best, float(odds[best])))
    return found


def main() -> int:
    """Weights, right and wrong shares by threshold, and how often an answer of some probability is right."""
    all_cases = cases()
    judged = by_folds(all_cases)
    weights = fit([c for c in all_cases if c.fold >= 0])
    columns = len(name_odds.EVIDENCE)
    print("EVIDENCE", dict(zip(name_odds.Evidence._fields, weights[:columns].round(2).tolist(), strict=True)))
    print("NOTHING", dict(zip(name_odds.Nothing._fields, weights[columns:].round(2).tolist(), strict=True)))
    for group in ("companies", *FILES, *(["aside"] if "--aside" in sys.argv else [])):
        ours = [j for j in judged if j[0].group == group]
        number = sum(c.group == group for c in all_cases)
        silent = [_judged(c.label, None) for c in all_cases if c.group == group and not c.metrics]
        told = []
        for threshold in THRESHOLDS:
            verdicts = silent + [
                _judged(c.label, c.metrics[b] if p >= threshold or c.told else None) for c, b, p in ours
            ]
            told.append(f"{threshold}: {verdicts.count('right') / number:.3f}/{verdicts.count('wrong') / number:.3f}")
        print(f"{group:24}{number:5}  " + "  ".join(told))
    for low in np.arange(0, 1, 0.1):
        within = [c.fits[b] for c, b, p in judged if low <= p < low + 0.1 and c.fold >= 0]
        if within:
            print(f"probability {low:.1f}–{low + 0.1:.1f}: {len(within):4} names, right {np.mean(within):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
