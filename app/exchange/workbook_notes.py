"""What a workbook says about itself: how it is read, and what each column means."""

from __future__ import annotations

from app.exchange.columns import Column

NOTES = (
    "A model document of Concord",
    "One sheet holds one list, one row one item. The first row of a sheet names its columns; what stands in brackets is a unit.",
    "Keys are small letters, digits, '.', '_' and '-'. They link the sheets: a KPI names its department by key, a component its plan.",
    "Several keys or names in one cell are separated by ';'. Empty cells mean: not known, or not given.",
    "Accelerators, tiers and places stand in one cell, one after another: above=1 multiplier=2; above=1.2 multiplier=3 retroactive=true",
    "Shares are numbers from 0 to 1; 40 % is read as 0.4. Formulas are not computed: paste their values.",
    "The weights of the components of one plan sum to 1. This sheet is not read.",
)

_UNITS = {
    "employees": "people", "headcount": "people", "customers.count": "customers", "lag_days": "days", "payout.threshold": "attainment",
    "payout.target": "attainment", "payout.cap": "× target pay", "payout.floor": "× target pay", "modifier.low": "× target pay",
    "modifier.high": "× target pay", "clawback.months": "months", "deferral.months": "months", "baseline": "in unit",
    "target": "in unit", "tolerance": "in unit",
}  # fmt: skip
_MONEY = frozenset({"target_total_pay", "value.amount"})
_FORMS = {"share": "0–1", "day": "YYYY-MM-DD"}


def unit_of(column: Column, currency: str) -> str | None:
    """What the numbers of a column are counted in."""
    if column.name in _MONEY:
        return currency
    return _UNITS.get(column.name) or _FORMS.get(column.member.form)


def described(column: Column) -> tuple[str, str]:
    """What a column means, and the values that it takes where they are few."""
    values = column.member.values or (("true", "false") if column.member.form == "flag" else ())
    return column.member.sentence, ", ".join(values)
