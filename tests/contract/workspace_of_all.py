"""A workspace that has at least one of everything, and the address of each of its things."""

from __future__ import annotations

import atexit
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

from tests.contract.own_rules import RULE
from tests.databases import fresh
from tests.http_client import Client, serving, serving_on
from tests.routers.stored_observations import SHORTER, observed

TEMPLATE = "app/catalogue/templates/telecom.yaml"
MERGE = {"Content-Type": "application/merge-patch+json"}

LISTS = {
    "departments": {"key": "desk", "name": "Help desk", "function": "service"},
    "outcomes": {"key": "peace", "name": "Customer effort", "direction": "decrease", "weight": 1},
    "kpis": {"key": "calls", "department": "desk", "name": "Average handling time", "direction": "decrease", "weight": 1},
    "incentive-plans": {
        "key": "desk-2026", "department": "desk", "period": "month", "target_variable_pay_share": 0.1,
        "components": [{"key": "desk-calls", "kpi": "calls", "weight": 1, "payout": {"kind": "linear", "cap": 1.5}}],
    },
    "metrics": {"id": "acme.smiles", "name": "Smiles a day", "family": "service_experience", "good_direction": "increase"},
    "influences": {
        "source": "acme.smiles", "target": "customer.trust", "sign": "+", "kind": "causal", "strength": "weak",
        "lag_days": 10, "evidence": "expert", "source_note": "Seen in our shops.",
    },
}  # fmt: skip
"""The lists of a document by the last segment of their address, and an item for each."""


CUSTOMERS = {"discount": 0.08, "segments": {"business": {"margin": 240, "retention": 0.88}}}
"""What is said of a customer base."""


@contextmanager
def serving_filled(kind: str) -> Iterator[tuple[Client, dict[str, str]]]:
    """A service whose workspace `tests` is filled, and the path parameters of what is in it."""
    url, known = _filled_once(kind)
    with serving(kind, like=url) as client:
        yield client, dict(known)


@cache
def _filled_once(kind: str) -> tuple[str, dict[str, str]]:
    """The address of a database that is there to be copied until the tests end, and what is in it."""
    kept = ExitStack()
    url = kept.enter_context(fresh(kind))
    atexit.register(kept.close)
    with serving_on(url) as client:
        return url, filled(client)


def filled(client: Client, org: str = "tallowmere") -> dict[str, str]:
    """Fill the client's workspace; returns the path parameters of what is in it. `key` stands for the item of each list."""
    with open(TEMPLATE, encoding="utf-8") as template:
        body = template.read()
    _made(client.put(f"/v1/organizations/{org}/document", content=body, headers={"Content-Type": "application/yaml"}))
    here = f"/v1/organizations/{org}"
    for list_, item in LISTS.items():
        _made(client.post(f"{here}/{list_}", json=item))
    _made(client.post(f"{here}/observations", json=observed(72, 0.8)))
    _made(client.put(f"{here}/customer-asset", json=CUSTOMERS))
    analysis = _made(client.post(f"{here}/analyses", json={}))
    analyses = f"{here}/analyses/{analysis['id']}"
    other = _made(client.post(f"{here}/analyses", json={}))
    plan = _made(client.post(f"{analyses}/plan", json={"max_changes": 1, "time_limit_seconds": 0.1}))
    sensitivity = _made(client.post(f"{analyses}/sensitivities", json={"samples": 1}))
    moved = {"op": "replace", "path": "/organization/employees", "value": 1400}
    scenario = _made(client.post(f"{here}/scenarios", json={"name": "Fewer people", "patches": [{"patch": [moved]}]}))
    case = _made(client.post(f"{here}/business-case", json={"scenario": scenario["id"], "draws": 100}))
    road = _made(client.post(f"{here}/roadmap", json={"starts_on": "2027-01-04"}))
    finding = client.get(f"{analyses}/findings?limit=1").json()["items"][0]
    recommendation = client.get(f"{analyses}/recommendations?limit=1").json()["items"][0]
    conflict = client.get(f"{here}/conflicts?limit=1").json()["items"][0]
    comment = _made(client.post(f"{here}/conflicts/{conflict['fingerprint']}/comments", json={"text": "Ours."}))
    _made(client.put("/v1/rules/ACM101", json=RULE))
    _made(client.put("/v1/rules/ACM101/activation", json={}))
    sheet = client.get(f"{here}/exports?format=xlsx")
    upload = client.post(
        f"{here}/imports", content=sheet.content, headers={"Content-Type": sheet.headers["Content-Type"]}
    )
    said = {"respondent": "1", "group": "employees", "department": "service", "question": "sponsor", "score": 2}
    assessment = _made(
        client.post(
            f"{here}/assessments", json={"instrument": "seven-principles", "name": "First look", "answers": [said]}
        )
    )
    key = _made(client.post("/v1/api-keys", json={"name": "another", "scopes": ["read"]}))
    member = _made(client.post("/v1/members", json={"name": "Ada", "email": "ada@acme.example"}))
    embed = _made(client.post("/v1/embed-tokens", json={"view": "matrix", "organization": org}))
    webhook = _made(client.post("/v1/webhooks", json={"url": "https://hooks.acme.example/"}))
    delivery = _made(client.post(f"/v1/webhooks/{webhook['id']}/test"))
    job = client.post(f"{here}/analyses", json={}, headers={"Prefer": "respond-async"})
    return {
        "org": org,
        "number": "1",
        "analysis_id": analysis["id"],
        "other_id": other["id"],
        "fingerprint": finding["fingerprint"],
        "conflict": conflict["fingerprint"],
        "recommendation_id": recommendation["id"],
        "plan_id": plan["id"],
        "sensitivity_id": sensitivity["id"],
        "department": "service",
        "harmed": "customer",
        "scenario_id": scenario["id"],
        "other": scenario["id"],
        "influence_id": SHORTER,
        "business_case_id": case["id"],
        "item": _tried(client, here, road["items"][0]["key"]),
        "comment_id": comment["id"],
        "rule_id": "ACM101",
        "pack_id": "acme",
        "fact_kind_id": "component",
        "import_id": _made(upload)["id"],
        "assessment_id": assessment["id"],
        "instrument_id": "obstacles",
        "key_id": key["id"],
        "member_id": member["id"],
        "embed_token_id": embed["id"],
        "webhook_id": webhook["id"],
        "delivery_id": delivery["id"],
        "job_id": job.headers["Location"].rsplit("/", 1)[1],
    }


def _tried(client: Client, here: str, item: str) -> str:
    """An item of the roadmap that is at the stage experiment."""
    measure = {"name": "aht", "baseline": 60, "target": 70, "unit": "%"}
    entered = {
        "owner": "Ada",
        "starts_on": "2027-01-04",
        "measure": measure,
        "guardrails": [measure],
        "stage": "experiment",
    }
    at = f"{here}/roadmap/items/{item}"
    response = client.patch(at, json=entered, headers={**MERGE, "If-Match": "*"})
    _made(response)
    return item


WORDS_OF_ALL = ("number", "department", "harmed", "fact_kind_id", "instrument_id", "item", "influence_id")
"""Parameters whose values mean something in every workspace."""


def address_of(path: str, known: dict[str, str]) -> str:
    """A path template with the things of a workspace in it."""
    segments = path.split("/")
    values = dict(known)
    if "{key}" in path:
        values["key"] = _key_of(segments[segments.index("{key}") - 1])
    if "conflicts" in segments:
        values["fingerprint"] = known["conflict"]
    if path.startswith("/rules/"):
        values["rule_id"] = "FLU101"
    for name, value in values.items():
        path = path.replace(f"{{{name}}}", value)
    return path


def _key_of(list_: str) -> str:
    item: dict[str, Any] = LISTS[list_]
    return str(item.get("key") or item.get("id") or "acme.smiles-customer.trust")


def _made(response: Any) -> dict[str, Any]:
    assert response.status_code in (200, 201), response.text
    made: dict[str, Any] = response.json()
    return made
