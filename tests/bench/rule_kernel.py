"""The rule kernel against hand-written NumPy: 40 rules on a million rows, three-valued against two-valued."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.domain.facts.component_columns import COMPONENT
from app.domain.rules.columns import Column, Mask
from app.domain.rules.evaluate import evaluate
from app.domain.rules.schema import Field
from app.domain.rules.syntax import parse
from app.domain.rules.type_check import check
from tests.bench.timing import Ratio, ratio

ROWS = 1_000_000
BOUND = 1.5
MISSING = 0.1
ON_A_LIMIT = 1e-5

Plain = dict[str, NDArray[Any]]
"""Columns as a programmer would hold them: doubles with NaN, codes, yes/no with False where missing."""


def code(name: str, word: str) -> int:
    """The code of a word in a column."""
    return sorted(COMPONENT.fields[name].values).index(word)


def among(c: Plain, name: str, *words: str) -> Mask:
    """A column among some of its words."""
    held = c[name] == code(name, words[0])
    for word in words[1:]:
        held |= c[name] == code(name, word)
    return held


RULES: dict[str, Callable[[Plain], Mask]] = {
    'payout_kind == "threshold" && stake >= 0.02': lambda c: among(c, "payout_kind", "threshold") & (c["stake"] >= 0.02),
    'payout_kind in ["linear", "tiered", "commission"] && !has_cap': lambda c: (
        among(c, "payout_kind", "linear", "tiered", "commission") & ~c["has_cap"]
    ),
    "accelerator_max > 1 && !has_gate && !has_modifier": lambda c: (
        (c["accelerator_max"] > 1) & ~c["has_gate"] & ~c["has_modifier"]
    ),
    'payout_kind == "ranking"': lambda c: among(c, "payout_kind", "ranking"),
    "real && !has_gate && !has_modifier && stake >= 0.02 && others_customer_share < 0.25": lambda c: (
        c["real"] & ~c["has_gate"] & ~c["has_modifier"] & (c["stake"] >= 0.02) & (c["others_customer_share"] < 0.25)
    ),
    "late_harm && stake >= 0.02": lambda c: c["late_harm"] & (c["stake"] >= 0.02),
    'late_harm && stake >= 0.02 && !own && (payout_kind == "commission" || reap in ["acquisition", "penetration", "retention"])':
        lambda c: c["late_harm"] & (c["stake"] >= 0.02) & ~c["own"] & (
            among(c, "payout_kind", "commission") | among(c, "reap", "acquisition", "penetration", "retention")
        ),
    "real && weight >= 0.8 && !has_gate && !has_modifier && stake >= 0.02": lambda c: (
        c["real"] & (c["weight"] >= 0.8) & ~c["has_gate"] & ~c["has_modifier"] & (c["stake"] >= 0.02)
    ),
    "real && !own && quality_share > 0 && 3 * quality_share <= weight": lambda c: (
        c["real"] & ~c["own"] & (c["quality_share"] > 0) & (3 * c["quality_share"] <= c["weight"])
    ),
    "measures_in_plan > 5 || measures_in_plan > 3 && weight < 0.1": lambda c: (
        (c["measures_in_plan"] > 5) | (c["measures_in_plan"] > 3) & (c["weight"] < 0.1)
    ),
    "(controllable != null && !controllable) || (controllable == null && !shared && stake >= 0.02 && "
    "(accountability_split || driven_by_others))": lambda c: (c["controllable_known"] & ~c["controllable"]) | (
        ~c["controllable_known"] & ~c["shared"] & (c["stake"] >= 0.02) & (c["accountability_split"] | c["driven_by_others"])
    ),
    "sells && real && sales_share >= 0.5 && others_customer_share < 0.25 && !has_gate && !has_modifier && stake >= 0.02":
        lambda c: c["sells"] & c["real"] & (c["sales_share"] >= 0.5) & (c["others_customer_share"] < 0.25)
        & ~c["has_gate"] & ~c["has_modifier"] & (c["stake"] >= 0.02),
    "retroactive && accelerator_max > 1 && (sells || real)": lambda c: (
        c["retroactive"] & (c["accelerator_max"] > 1) & (c["sells"] | c["real"])
    ),
    "paid_as_supervised && sells && !has_gate && !has_modifier && others_customer_share < 0.25": lambda c: (
        c["paid_as_supervised"] & c["sells"] & ~c["has_gate"] & ~c["has_modifier"] & (c["others_customer_share"] < 0.25)
    ),
    "speeds && real && !own && quality_share == 0 && !has_gate && !has_modifier && stake >= 0.02": lambda c: (
        c["speeds"] & c["real"] & ~c["own"] & (c["quality_share"] == 0) & ~c["has_gate"] & ~c["has_modifier"]
        & (c["stake"] >= 0.02)
    ),
    "sells && best_paid_ratio >= 1.5": lambda c: c["sells"] & (c["best_paid_ratio"] >= 1.5),
    "own && weight < 0.1 && sales_share >= 0.5": lambda c: c["own"] & (c["weight"] < 0.1) & (c["sales_share"] >= 0.5),
    'survey && stake >= 0.05 && (payout_kind in ["threshold", "ranking"] || has_penalties)': lambda c: (
        c["survey"] & (c["stake"] >= 0.05) & (among(c, "payout_kind", "threshold", "ranking") | c["has_penalties"])
    ),
    "starts_mid_period": lambda c: c["starts_mid_period"],
    "own && effective_weight < 0.6 * weight": lambda c: c["own"] & (c["effective_weight"] < 0.6 * c["weight"]),
    "variable_share >= 0.8 && real && stake >= 0.02": lambda c: (
        (c["variable_share"] >= 0.8) & c["real"] & (c["stake"] >= 0.02)
    ),
    "paid_twice && best_paid_ratio <= 1": lambda c: c["paid_twice"] & (c["best_paid_ratio"] <= 1),
    "has_penalties && real": lambda c: c["has_penalties"] & c["real"],
    "exclusive_credit && credited_departments >= 2": lambda c: c["exclusive_credit"] & (c["credited_departments"] >= 2),
    'gameability == "high" && stake >= 0.05 && monitored == false': lambda c: (
        among(c, "gameability", "high") & (c["stake"] >= 0.05) & (c["monitored_known"] & ~c["monitored"])
    ),
    "(has_gate || has_modifier) && real && !guard_on_customer": lambda c: (
        (c["has_gate"] | c["has_modifier"]) & c["real"] & (c["guard_on_customer_known"] & ~c["guard_on_customer"])
    ),
    "period_days < 365 && kpi_horizon_days > period_days && stake >= 0.02": lambda c: (
        (c["period_days"] < 365) & (c["kpi_horizon_days"] > c["period_days"]) & (c["stake"] >= 0.02)
    ),
    'payout_kind in ["linear", "tiered"] && largest_step >= 0.5 && real && stake >= 0.02': lambda c: (
        among(c, "payout_kind", "linear", "tiered") & (c["largest_step"] >= 0.5) & c["real"] & (c["stake"] >= 0.02)
    ),
    'measure_kind == "activity" && stake >= 0.05 && !own': lambda c: (
        among(c, "measure_kind", "activity") & (c["stake"] >= 0.05) & ~c["own"]
    ),
    "definition_differs": lambda c: c["definition_differs"],
    "has_gate && !gate_stated": lambda c: c["has_gate"] & (c["gate_stated_known"] & ~c["gate_stated"]),
    "worst_severity >= 50 && held_days < worst_lag_days": lambda c: (
        (c["worst_severity"] >= 50) & (c["held_days"] < c["worst_lag_days"])
    ),
    "weight + others_customer_share > 0.9": lambda c: c["weight"] + c["others_customer_share"] > 0.9,
    "cap > 2 && accelerator_max > 2": lambda c: (c["cap"] > 2) & (c["accelerator_max"] > 2),
    "clawback_months == 0 && deferral_months == 0 && stake >= 0.25": lambda c: (
        (c["clawback_months"] == 0) & (c["deferral_months"] == 0) & (c["stake"] >= 0.25)
    ),
    'reap == "efficiency" && harms_outcome && !reaches_outcome': lambda c: (
        among(c, "reap", "efficiency") & c["harms_outcome"] & ~c["reaches_outcome"]
    ),
    'metric_function in ["sales", "marketing"] && variable_share > 0.4': lambda c: (
        among(c, "metric_function", "sales", "marketing") & (c["variable_share"] > 0.4)
    ),
    "customer_share >= 0.5 || quality_share >= 0.5": lambda c: (c["customer_share"] >= 0.5) | (c["quality_share"] >= 0.5),
    "longest_outcome_lag_days > 365 && period_days <= 91": lambda c: (
        (c["longest_outcome_lag_days"] > 365) & (c["period_days"] <= 91)
    ),
    "supervises && stake >= 0.1 && !(has_gate || has_modifier)": lambda c: (
        c["supervises"] & (c["stake"] >= 0.1) & ~(c["has_gate"] | c["has_modifier"])
    ),
}  # fmt: skip
"""A rule, and the same as a programmer would write it."""


def ratios() -> Iterator[Ratio]:
    """The whole set on all rows; both find the same rows, but for a few exactly on a limit, where doubles err."""
    plain, table = data(ROWS)
    nodes = [parse(text) for text in RULES]
    assert len(nodes) == 40 and not any(check(node, COMPONENT) for node in nodes)
    for text, (true, _), by_hand in zip(RULES, evaluate(nodes, table), RULES.values(), strict=True):
        assert np.count_nonzero(true != by_hand(plain)) <= ON_A_LIMIT * ROWS, text
    value = ratio(lambda: evaluate(nodes, table), lambda: [rule(plain) for rule in RULES.values()])
    yield Ratio(
        f"{len(RULES)} rules on {ROWS:,} rows", value, BOUND, "the same rules written by hand in two-valued NumPy"
    )


def data(rows: int) -> tuple[Plain, dict[str, Column]]:
    """Random components, as plain arrays and as the kernel's columns; every nullable column misses a tenth."""
    chance = np.random.default_rng(1)
    plain: Plain = {}
    table: dict[str, Column] = {}
    for name, field in COMPONENT.fields.items():
        known = chance.random(rows) >= MISSING if field.nullable else None
        plain[name], table[name] = _column(field, known, chance, rows)
        if known is not None:
            plain[f"{name}_known"] = known
    return plain, table


def _column(field: Field, known: Mask | None, chance: np.random.Generator, rows: int) -> tuple[NDArray[Any], Column]:
    if field.type == "bool":
        flags = chance.random(rows) < 0.5
        held = flags if known is None else flags & known
        return held, Column(held, known)
    if field.type == "enum":
        words = tuple(sorted(field.values))
        codes = chance.integers(0, len(words), rows).astype(np.uint8)
        shown = codes if known is None else np.where(known, codes, 255).astype(np.uint8)
        return shown, Column(codes, known, words)
    most = {"int": 400.0, "decimal": 3.0}[field.type] if field.maximum is None else field.maximum
    units = chance.integers(0, int(most * 10**field.digits) + 1, rows)
    values = units / 10.0**field.digits
    if known is not None:
        values = np.where(known, values, np.nan)
    return values, Column(units, known, scale=field.digits, bound=int(units.max()))


def main() -> None:
    """Print the ratio."""
    for measured in ratios():
        print(measured.line())


if __name__ == "__main__":
    main()
