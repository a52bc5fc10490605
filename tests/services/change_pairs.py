"""Pairs of documents: the telecom template, and what somebody made of it; with what of that lies behind new and worse findings.

Every pair is also shuffled and reworded: lists in another order, other names of departments, roles and of KPIs that are pinned.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Set
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from app.catalogue.load import catalogue
from app.domain.detection import resolve_names
from app.domain.document.checks import document_from
from app.exchange.read import read_path

Raw = dict[str, Any]
ROOT = Path(__file__).parents[2]


class Pair(NamedTuple):
    """`edit` changes the old document. `behind`: parts and members named for what is new or worse, `""` for a whole part; `mends`: for
    what is fixed or better."""

    name: str
    edit: Callable[[Raw], None]
    behind: Set[tuple[str, str]] = frozenset()
    mends: Set[tuple[str, str]] = frozenset()


@lru_cache(maxsize=1)
def _template() -> Raw:
    """The template with every name pinned that was understood, so that other words for it mean the same."""
    raw: Raw = read_path(ROOT / "app/catalogue/templates/telecom.yaml").raw
    read = resolve_names(document_from(raw), catalogue())
    for (kind, key), resolution in read.items():
        if resolution.metric is not None:
            item = one(raw, f"{kind}s", key)
            item["metric"] = resolution.metric
            item["inverted"] = resolution.inverted
    return raw


def old() -> Raw:
    """The document before."""
    return deepcopy(_template())


def one(raw: Raw, section: str, key: str) -> Raw:
    """An item of a list by its key; a component of whichever plan."""
    items = raw[section] if section != "components" else [c for p in raw["incentive_plans"] for c in p["components"]]
    return next(item for item in items if item["key"] == key)


def setting(section: str, key: str, **members: Any) -> Callable[[Raw], None]:
    """Sets members of an item; None takes them out."""

    def edit(raw: Raw) -> None:
        item = raw[section] if not key else one(raw, section, key)
        for name, value in members.items():
            item[name] = value
            if value is None:
                del item[name]

    return edit


def all_of(*edits: Callable[[Raw], None]) -> Callable[[Raw], None]:
    def edit(raw: Raw) -> None:
        for each in edits:
            each(raw)

    return edit


def adding(section: str, item: Raw) -> Callable[[Raw], None]:
    return lambda raw: raw.setdefault(section, []).append(deepcopy(item))


def removing(section: str, key: str) -> Callable[[Raw], None]:
    def edit(raw: Raw) -> None:
        raw[section] = [item for item in raw[section] if item["key"] != key]

    return edit


def nothing(raw: Raw) -> None:
    """Leaves it as it is."""


def disguised(raw: Raw, seed: int) -> Raw:
    """The same in other words and another order."""
    chance = random.Random(seed)
    raw = deepcopy(raw)
    raw["organization"]["name"] = "Tallowmere plc"
    for department in raw["departments"]:
        department["name"] += " 2026" if chance.random() < 0.5 else ""
    for plan in raw["incentive_plans"]:
        plan["role"] = f"Role {chance.random():.3f}" if chance.random() < 0.5 else plan.get("role")
        chance.shuffle(plan["components"])
    for item in (*raw["kpis"], *raw["outcomes"]):
        if "metric" in item and chance.random() < 0.5:
            item["name"] += ", as agreed in March"
    for section in ("departments", "outcomes", "kpis", "incentive_plans"):
        chance.shuffle(raw[section])
    return raw


CALLERS: Raw = {
    "key": "callers", "department": "sales", "period": "month", "target_variable_pay_share": 0.5, "headcount": 10,
    "components": [{"key": "callers-win", "kpi": "win-rate", "weight": 1.0, "payout": {"kind": "commission", "rate": 3}}],
}  # fmt: skip
UPSELL: Raw = {
    "key": "upsell", "department": "service", "name": "Cross-sell", "metric": "sales.cross_sell_ratio",
    "direction": "increase", "weight": 50,
}  # fmt: skip
OCCUPANCY: Raw = {
    "key": "occupancy", "department": "service", "name": "Occupancy", "metric": "service.occupancy",
    "direction": "increase", "weight": 50,
}  # fmt: skip
FAIR: Raw = {
    "key": "fair", "name": "Complaints", "metric": "customer.complaint_rate", "direction": "decrease", "weight": 30,
}  # fmt: skip
SLOW_TRUST: Raw = {
    "source": "service.average_handle_time", "target": "customer.trust", "sign": "+", "kind": "causal",
    "strength": "strong", "lag_days": 30, "evidence": "observational",
}  # fmt: skip
SELLERS: Raw = {
    **CALLERS, "department": "service",
    "components": [{"key": "callers-up", "kpi": "upsell", "weight": 1.0, "payout": {"kind": "commission", "rate": 3}}],
}  # fmt: skip
AGENTS = ("agents-aht", "agents-quality")


def _only_short_calls(raw: Raw) -> None:
    kept = {**one(raw, "components", "agents-aht"), "weight": 1.0}
    one(raw, "incentive_plans", "agents-2026")["components"] = [kept]


def _paid(key: str, **payout: Any) -> Callable[[Raw], None]:
    return setting("components", key, payout=payout)


def _whole(section: str, value: Any) -> Callable[[Raw], None]:
    return lambda raw: raw.update({section: value})


MANAGERS = "managers-new-customers"
KPI_AND_PLAN = Pair(
    "a KPI and a plan that pays it",
    all_of(adding("kpis", UPSELL), adding("incentive_plans", SELLERS)),
    {("upsell", ""), ("callers", "")},
)

PAIRS = (
    Pair("nothing but order and words", nothing),
    Pair("a gate that guarded nothing is gone", setting("components", "engineers-maintenance", gate=None)),
    Pair("a KPI weighs more beside one that is paid", setting("kpis", "aht", weight=90)),
    Pair("a plan pays monthly", setting("incentive_plans", "demand-2026", period="month")),
    Pair("fewer people are on a plan", setting("incentive_plans", "savers-2026", headcount=3)),
    Pair("a department is called a function that controls all", setting("departments", "network", function="it")),
    Pair("modifier gone", setting("components", "savers-saves", modifier=None), {("savers-saves", "modifier")}),
    Pair("clawback gone", setting("components", "savers-saves", clawback=None), {("savers-saves", "clawback")}),
    Pair("more variable pay", setting("incentive_plans", "agents-2026", target_variable_pay_share=0.4),
         {("agents-2026", "target_variable_pay_share")}),
    Pair("less variable pay", setting("incentive_plans", "shop-managers-2026", target_variable_pay_share=0.1),
         mends={("shop-managers-2026", "target_variable_pay_share")}),
    Pair("all weight on one component", all_of(setting("components", "agents-aht", weight=1.0),
         setting("components", "agents-quality", weight=0.0)),
         {(key, "weight") for key in AGENTS}, {(key, "weight") for key in AGENTS}),
    Pair("a component gone", _only_short_calls, {("agents-aht", "weight"), ("agents-quality", "")},
         {("agents-aht", "weight"), ("agents-quality", "")}),
    Pair("a plan more", adding("incentive_plans", CALLERS), {("callers", "")}),
    Pair("a plan less", removing("incentive_plans", "demand-2026"), mends={("demand-2026", "")}),
    Pair("a plan that begins later", setting("incentive_plans", "demand-2026", effective={"from": "2030-01-01"}),
         mends={("demand-2026", "effective")}),
    Pair("a KPI turned round", setting("kpis", "margin", direction="decrease"),
         {("margin", "direction")}, {("margin", "direction")}),
    Pair("a KPI more", adding("kpis", OCCUPANCY), {("occupancy", "")}),
    KPI_AND_PLAN,
    Pair("a target for a KPI", setting("kpis", "margin", baseline=40, target=50), {("margin", "target")}),
    Pair("a KPI that two departments carry", setting("kpis", "call-quality", shared_with=["sales"]),
         mends={("call-quality", "shared_with")}),
    Pair("a KPI that nobody understands any more", setting("kpis", "margin", metric=None, name="The lights stay on"),
         {("margin", "metric"), ("margin", "name")}, {("margin", "metric"), ("margin", "name")}),
    Pair("an outcome weighs more", setting("outcomes", "trusted", weight=60), {("trusted", "weight")}, {("trusted", "weight")}),
    Pair("an outcome more", adding("outcomes", FAIR), {("fair", "")}),
    Pair("a cap gone", _paid(MANAGERS, kind="linear", threshold=0.9), {(MANAGERS, "payout")}),
    Pair("all or nothing", _paid(MANAGERS, kind="threshold", threshold=0.9), {(MANAGERS, "payout")}, {(MANAGERS, "payout")}),
    Pair("an accelerator", _paid(MANAGERS, kind="linear", threshold=0.9, cap=2.0,
         accelerators=[{"above": 1.0, "multiplier": 3.0}]), {(MANAGERS, "payout")}),
    Pair("penalties", setting("components", "demand-leads", penalties="out after two misses"),
         {("demand-leads", "penalties")}, {("demand-leads", "penalties")}),
    Pair("a gate", setting("components", "agents-aht", gate={"kpi": "call-quality", "condition": ">= 80"}),
         mends={("agents-aht", "gate")}),
    Pair("a gate that guarded nothing gone, and more pay", all_of(setting("components", "engineers-maintenance", gate=None),
         setting("incentive_plans", "engineers-2026", target_variable_pay_share=0.5)),
         {("engineers-2026", "target_variable_pay_share")}),
    Pair("nobody sees the whole customer", setting("governance", "", single_customer_view="none"),
         {("governance", "single_customer_view")}),
    Pair("somebody answers for the outcomes", setting("governance", "", outcome_owner="Head of Service"),
         mends={("governance", "outcome_owner")}),
    Pair("who is paid on it designs and approves it", setting("incentive_plans", "savers-2026", designed_by="service",
         approved_by="service"), {("savers-2026", "approved_by"), ("savers-2026", "designed_by")}),
    Pair("another department approves", setting("incentive_plans", "advisers-2026", approved_by="finance"),
         mends={("advisers-2026", "approved_by")}),
    Pair("a supervisor is paid on something else", setting("incentive_plans", "shop-managers-2026", supervises=None),
         mends={("shop-managers-2026", "supervises")}),
    Pair("another bound of what is grave", _whole("parameters", {"flaw_grave": 50}), mends={("parameters", "flaw_grave")}),
    Pair("an influence of one's own", _whole("influences", [SLOW_TRUST]),
         {("service.average_handle_time customer.trust", "")}),
)  # fmt: skip
