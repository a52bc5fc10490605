"""A small company, and how tests put it into a service."""

from __future__ import annotations

from typing import Any

from sqlalchemy import inspect

from app.domain.api_keys import parse_key
from app.storage import directory
from app.storage.tables import owned_tables
from tests.http_client import Client

Raw = dict[str, Any]

AT = "/v1/organizations/acme"
ANY = {"If-Match": "*"}
MERGE = {"Content-Type": "application/merge-patch+json", **ANY}
PATCH = {"Content-Type": "application/json-patch+json", **ANY}


def a_company() -> Raw:
    """Two departments, three KPIs, a plan that is paid on two of them, one own metric and an influence on it."""
    return {
        "concord": 1,
        "organization": {"key": "acme", "name": "Acme", "industry": "telecommunications"},
        "departments": [
            {"key": "sales", "name": "Sales", "function": "sales"},
            {"key": "service", "name": "Customer Service", "function": "service"},
        ],
        "outcomes": [
            {"key": "loyalty", "name": "Retention", "direction": "increase", "weight": 1, "metric": "customer.retention_rate"}
        ],
        "kpis": [
            {"key": "aht", "department": "service", "name": "Handling time", "direction": "decrease", "weight": 40},
            {"key": "csat", "department": "service", "name": "Satisfaction", "direction": "increase", "weight": 60},
            {"key": "deals", "department": "sales", "name": "Deals", "direction": "increase", "metric": "acme.deals"},
        ],
        "incentive_plans": [
            {
                "key": "agents",
                "department": "service",
                "period": "month",
                "target_variable_pay_share": 0.2,
                "components": [
                    {"key": "agents-aht", "kpi": "aht", "weight": 0.6, "payout": {"kind": "linear", "cap": 1.5},
                     "gate": {"kpi": "csat", "condition": ">= 4"}},
                    {"key": "agents-csat", "kpi": "csat", "weight": 0.4, "payout": {"kind": "linear"}},
                ],
            }
        ],
        "governance": {"customer_owned_by": "sales", "shared_kpis": ["aht"]},
        "metrics": [{"id": "acme.deals", "name": "Deals won", "family": "sales_volume", "good_direction": "increase"}],
        "influences": [{"source": "sales.discount_rate", "target": "acme.deals", "sign": "+"}],
    }  # fmt: skip


def put_company(client: Client, raw: Raw | None = None) -> str:
    """Put it there, and tell the entity tag of its document."""
    response = client.put(f"{AT}/document", json=raw or a_company())
    assert response.status_code == 201, response.text
    return response.headers["etag"]


def everything(client: Client) -> dict[str, list[Any]]:
    """All rows of the client's workspace, table by table: what must not change when nothing was done."""
    store, key = client.app.state.store, parse_key(client.key or "")
    found = directory.find_key(store, key.lookup) if key else None
    assert found is not None
    with store.reading(found.workspace) as tx:
        return {table.__name__: sorted(tx.all(tx.mine(table, *_columns(table))), key=repr) for table in owned_tables()}


def _columns(table: Any) -> list[Any]:
    """The columns of a table but those that tell of reading."""
    return [one.class_attribute for one in inspect(table).column_attrs if one.key != "last_used_at"]
