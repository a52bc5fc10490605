"""Documents for the tests of reading and writing: one that uses everything, and generated ones."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

from app.domain.document.values import LARGEST

WHOLE: dict[str, Any] = {
    "concord": 1,
    "organization": {
        "key": "acme",
        "name": "Acme Telecom",
        "industry": "telecommunications",
        "currency": "EUR",
        "employees": 1200,
        "customers": {
            "count": 400000,
            "segments": [
                {"key": "premium", "name": "Premium; gold", "share": 0.1, "value_share": 0.35},
                {"key": "rest"},
            ],
        },
    },
    "departments": [
        {
            "key": "service",
            "name": "Customer Service",
            "function": "service",
            "headcount": 300,
            "lead": "Head of Service",
        },
        {"key": "hotline", "name": "Hotline", "function": "service", "parent": "service"},
        {"key": "sales", "name": "Vertrieb – Süd", "function": "sales"},
    ],
    "outcomes": [
        {
            "key": "loyalty",
            "name": "Customer retention rate",
            "direction": "increase",
            "weight": 40,
            "value": {"amount": 250000, "per": 1, "unit": "percentage point"},
        },
        {"key": "effort", "name": "=Effort", "direction": "maintain", "weight": 0.5, "target": -3, "tolerance": 0.25},
    ],
    "kpis": [
        {
            "key": "aht",
            "department": "service",
            "name": "Average handling time",
            "metric": "service.average_handle_time",
            "direction": "decrease",
            "weight": 40,
            "unit": "seconds",
            "baseline": 420,
            "target": 330.5,
            "segment": "premium",
            "horizon": "multi_year",
            "owner": "Head of Service",
            "shared_with": ["sales", "hotline"],
            "effective": {"from": "2026-01-01", "to": "2027-01-01"},
        },
        {"key": "csat", "department": "service", "name": "yes", "family": "satisfaction", "direction": "increase"},
        {
            "key": "late",
            "department": "sales",
            "name": "-5 % late deliveries",
            "metric": "operations.on_time_delivery",
            "inverted": True,
            "direction": "decrease",
        },
    ],
    "incentive_plans": [
        {
            "key": "agents-2026",
            "department": "service",
            "role": "Contact centre agent",
            "headcount": 260,
            "period": "month",
            "target_variable_pay_share": 0.15,
            "target_total_pay": 38000,
            "owner": "Head of Reward",
            "designed_by": "sales",
            "approved_by": "service",
            "supervises": ["sellers"],
            "components": [
                {
                    "key": "agents-aht",
                    "kpi": "aht",
                    "weight": 0.6,
                    "payout": {
                        "kind": "tiered",
                        "threshold": 0.9,
                        "target": 1.0,
                        "cap": 1.5,
                        "floor": 0.1,
                        "tiers": [{"from": 0.9, "pays": 0.5}, {"from": 1.0, "pays": 1.0}],
                        "accelerators": [
                            {"above": 1.0, "multiplier": 2.0, "retroactive": True},
                            {"above": 1.2, "multiplier": 3},
                        ],
                    },
                    "gate": {"kpi": "csat", "condition": ">= 4.2"},
                    "modifier": {"kpi": "late", "low": 0.8, "high": 1.2},
                    "clawback": {"months": 6, "condition": "customer leaves"},
                    "deferral": {"months": 12, "share": 0.5},
                    "controllable": True,
                    "penalties": "hours cut after two misses",
                    "exclusive_credit": True,
                },
                {
                    "key": "agents-calls",
                    "measure": "@calls\nanswered",
                    "direction": "increase",
                    "weight": 0.4,
                    "payout": {"kind": "ranking", "places": [{"to": 3, "pays": 2.0}, {"to": 10, "pays": 1}]},
                    "controllable": False,
                },
            ],
            "effective": {"from": "2026-01-01"},
        },
        {
            "key": "sellers",
            "department": "sales",
            "period": "year",
            "target_variable_pay_share": 0,
            "components": [
                {"key": "sellers-late", "kpi": "late", "weight": 1, "payout": {"kind": "commission", "rate": 0.02}},
            ],
        },
    ],
    "governance": {
        "outcome_owner": "Chief Customer Officer",
        "executive_sponsor": "unknown",
        "customer_owned_by": "sales",
        "shared_kpis": ["aht"],
        "customer_in_all_decisions": False,
        "single_customer_view": "none",
        "incentive_review": {"quality_monitoring": True, "frequency": "quarter"},
    },
    "metrics": [
        {
            "id": "service.empathy",
            "name": "Empathy",
            "family": "satisfaction",
            "good_direction": "increase",
            "aliases": ["warmth; kindness", '"care"', "'care'"],
            "controllable_by": ["service", "sales"],
        }
    ],
    "influences": [
        {
            "source": "service.empathy",
            "target": "service.average_handle_time",
            "sign": "+",
            "kind": "causal",
            "strength": "weak",
        },
        {"mutes": "some-influence", "reason": "not here"},
    ],
    "suppressions": [
        {"fingerprint": "0123456789abcdef", "owner": "CFO", "reason": "known", "expires": "1899-12-31"},
        {"rule": "FLU240", "subjects": ["aht", "csat"]},
    ],
    "parameters": {"decay": 0.8, "max_hops": 4},
}
"""A document in which every member of every part is used, with texts that spreadsheets and YAML like to misread."""


def whole() -> dict[str, Any]:
    """A copy of the document that uses everything."""
    return copy.deepcopy(WHOLE)


_characters = st.characters(exclude_categories=("Cs",), exclude_characters="\x00\r\x7f\ufffe\uffff").filter(
    lambda c: c in "\t\n" or ord(c) >= 0x20
)
_AWKWARD = (
    "no", "yes", "null", "~", "1e5", "0x1F", "12:30", "2026-01-01", "=1+1", "+49", "-", "@x", "'=x", "''", "#N/A", "_x0041_",
    "a: b", "a #b", "[x]", "{x}", "&a", "*a", "!a", "|", ">", "%", "a;b", '"a";b', "a,b", "TRUE", "1.234,5", "40 %", "e\u0301",
    "\u00a0x\u2028y", "a\tb", "a\nb", " - ", "{}", "<<", "\ufeffx", "\x85", "😀", "sep=;", "above=1", "_x005F_", "1.0", "007",
)  # fmt: skip
"""Texts that YAML, spreadsheets or readers of numbers and days like to take for something else."""

texts = (st.text(_characters, min_size=1, max_size=40) | st.sampled_from(_AWKWARD)).filter(
    lambda text: text.strip() != ""
)
numbers = (
    st.integers(-LARGEST, LARGEST)
    | st.floats(-1e15, 1e15, allow_nan=False).map(float)
    | st.sampled_from([0.1, 1e-05, 1.234])
)
not_negative = numbers.map(abs)
shares = st.floats(0, 1) | st.sampled_from([0, 1, 0.15])
counts = st.integers(0, 10_000_000_000)
days = st.dates().map(lambda day: day.isoformat())
keys = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,12}", fullmatch=True)
functions = st.sampled_from(["sales", "marketing", "service", "finance", "hr", "it", "other"])
known = st.sampled_from([True, False, "unknown"])


def some(**members: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with any of these members."""
    return st.fixed_dictionaries({}, optional=members)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Valid documents of every kind of content."""
    names = draw(st.lists(keys.filter(lambda key: key != "customer"), min_size=1, max_size=3, unique=True))
    kpi_keys = draw(st.lists(keys, min_size=2, max_size=4, unique=True))
    plan_keys = draw(st.lists(keys, max_size=2, unique=True))
    one_of = st.sampled_from
    measured = {"metric": texts, "inverted": st.booleans(), "family": keys}
    goal = {"unit": texts, "baseline": numbers, "tolerance": not_negative, **measured}
    period = st.just({}) | days.map(lambda day: {"from": day}) | days.map(lambda day: {"to": day})
    document: dict[str, Any] = {"concord": 1, "organization": {"name": draw(texts)}}
    document["organization"] |= draw(
        some(
            key=keys,
            industry=texts,
            currency=st.just("EUR"),
            employees=counts,
            customers=some(count=counts, segments=st.just([]) | st.just([{"key": "s", "share": 0.5}])),
        )
    )
    document["departments"] = [
        {"key": key, "name": draw(texts), "function": draw(functions), **draw(some(headcount=counts, lead=texts))}
        for key in names
    ]
    document["kpis"] = [
        {
            "key": key,
            "department": draw(one_of(names)),
            "name": draw(texts),
            "direction": draw(one_of(["increase", "decrease", "maintain"])),
            **draw(
                some(weight=not_negative, horizon=one_of(["day", "multi_year"]), owner=texts, effective=period, **goal)
            ),
            **draw(some(shared_with=st.lists(one_of(names), unique=True))),
        }
        for key in kpi_keys
    ]
    document["incentive_plans"] = [_plan(draw, key, names, kpi_keys, plan_keys, measured, period) for key in plan_keys]
    document |= draw(
        some(
            outcomes=st.just([])
            | st.just([{"key": "o", "name": "O", "direction": "increase", "weight": 1, "value": {"amount": -1.5}}]),
            governance=some(
                outcome_owner=texts,
                executive_sponsor=known,
                customer_in_all_decisions=known,
                customer_owned_by=one_of([*names, "nobody"]),
                shared_kpis=st.lists(one_of(kpi_keys), unique=True),
                single_customer_view=one_of(["none", "full"]),
                incentive_review=some(quality_monitoring=st.booleans(), frequency=st.just("week")),
            ),
            metrics=st.lists(texts, max_size=3, unique=True).map(
                lambda aliases: [
                    {"id": "own.metric", "name": "M", "family": "f", "good_direction": "none", "aliases": aliases}
                ]
            ),
            influences=st.just(
                [{"source": "a.b", "target": "c.d", "sign": "-", "mechanism": "line\nline", "lag_days": 3}]
            ),
            suppressions=st.just([{"rule": "R", "subjects": ["a"], "expires": "2026-12-31", "reason": "=known"}]),
            parameters=some(decay=shares, max_hops=st.integers(1, 8)),
        )
    )
    return document


def _plan(
    draw: st.DrawFn,
    key: str,
    names: list[str],
    kpi_keys: list[str],
    plan_keys: list[str],
    measured: dict[str, Any],
    period: Any,
) -> dict[str, Any]:
    paid = kpi_keys[0]
    other = st.sampled_from(kpi_keys[1:])
    payout = st.fixed_dictionaries(
        {"kind": st.sampled_from(["linear", "threshold"])},
        optional={
            "threshold": not_negative,
            "cap": st.just(LARGEST),
            "floor": shares,
            "accelerators": st.lists(
                st.fixed_dictionaries(
                    {"above": shares, "multiplier": not_negative}, optional={"retroactive": st.booleans()}
                ),
                max_size=2,
                unique_by=lambda accelerator: accelerator["above"],
            ),
        },
    )
    guards = some(
        gate=st.fixed_dictionaries(
            {"kpi": other}, optional={"condition": st.sampled_from([">= 4.2", "≤ 5 days", "a sentence; long"])}
        ),
        modifier=st.fixed_dictionaries({"kpi": other}, optional={"low": shares}),
        clawback=st.fixed_dictionaries({"months": st.integers(0, 600)}, optional={"condition": texts}),
        deferral=st.fixed_dictionaries({"months": st.integers(0, 600)}, optional={"share": shares}),
        controllable=st.booleans(),
        penalties=texts,
        exclusive_credit=st.booleans(),
    )
    return {
        "key": key,
        "department": draw(st.sampled_from(names)),
        "period": draw(st.sampled_from(["month", "quarter", "year"])),
        "target_variable_pay_share": draw(shares),
        "components": [
            {"key": f"{key}-1"[:63], "kpi": paid, "weight": 0.25, "payout": draw(payout), **draw(guards)},
            {
                "key": f"{key}-2"[:63],
                "measure": draw(texts),
                "direction": "increase",
                "weight": 0.75,
                "payout": draw(payout),
                **draw(some(**measured)),
            },
        ],
        **draw(some(role=texts, headcount=counts, target_total_pay=not_negative, owner=texts, effective=period)),
        **draw(some(supervises=st.lists(st.sampled_from(plan_keys), unique=True))),
    }
