"""A company that has walked the whole road: assessed, valued, a change tried in a scenario with its business case, the roadmap begun."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.web.body import MERGE_PATCH, YAML
from tests.http_client import Client

HERE = "/v1/organizations/tallowmere"
TRIED = "try_changed_goals"
PEOPLE = (("1", "executives", "service", 2), ("2", "employees", "service", 1), ("3", "employees", "sales", 4))
CUSTOMERS = {
    "discount": 0.08,
    "segments": {
        "business": {"margin": 240, "retention": 0.88, "cost_to_serve": 70, "acquisition_cost": 180},
        "others": {"margin": 60, "retention": 0.8, "cost_to_serve": 25, "acquisition_cost": 90},
    },
}
TRAINING = {"low": 50_000, "likely": 80_000, "high": 150_000, "source": "An offer of spring"}
SUPPORT = {"low": 4_000, "likely": 6_000, "high": 9_000, "paid": "quarterly", "source": "The head of service"}
MEASURE = {"name": "fcr", "baseline": 66, "target": 72, "unit": "%"}


def analysed(client: Client) -> dict[str, Any]:
    """The telecom company of the templates, and its analysis."""
    body = Path("app/catalogue/templates/telecom.yaml").read_bytes()
    client.put(f"{HERE}/document", content=body, headers={"Content-Type": YAML})
    return made(client, "analyses", {})


def walked(client: Client, analysis: dict[str, Any]) -> dict[str, Any]:
    """The whole road from an analysis; the business case is returned."""
    answers = [
        {"respondent": who, "group": group, "department": department, "question": question, "score": score}
        for who, group, department, score in PEOPLE
        for question in ("sponsor", "leaders_seen")
    ]
    made(client, "assessments", {"instrument": "seven-principles", "name": "Board", "answers": answers})
    made(client, "assessments", {"instrument": "obstacles", "name": "Obstacles"})
    seen = {"respondent": "1", "group": "employees", "question": "seen_here"}
    views = [{**seen, "about": "Shop", "score": 3}, {**seen, "about": "Hotline", "score": 1}]
    made(client, "assessments", {"instrument": "single-view", "name": "One view", "answers": views})
    counts = [
        {"group": "executives", "question": "customer_centric", "counts": [5, 10, 10, 50, 25]},
        {"group": "customers", "question": "customer_centric", "counts": [19, 20, 20, 31, 10]},
    ]
    made(client, "assessments", {"instrument": "perception-gap", "name": "Who sees what", "counts": counts})
    assert client.put(f"{HERE}/customer-asset", json=CUSTOMERS).status_code == 201
    (recommendation,) = client.get(f"{HERE}/analyses/{analysis['id']}/recommendations?limit=1").json()["items"]
    scenario = made(client, "scenarios", {"name": "Try it"})
    into = f"{HERE}/analyses/{analysis['id']}/recommendations/{recommendation['id']}/accept"
    assert client.post(into, json={"into": scenario["id"]}).status_code == 200
    costs = {"training": TRAINING, "support": SUPPORT}
    case = made(client, "business-case", {"scenario": scenario["id"], "draws": 500, "costs": costs})
    made(client, "roadmap", {"starts_on": "2027-01-04"})
    entered = {"owner": "Ada Park", "starts_on": "2027-02-01", "measure": MEASURE, "guardrails": [MEASURE]}
    moved = client.patch(
        f"{HERE}/roadmap/items/{TRIED}",
        json={**entered, "stage": "experiment"},
        headers={"Content-Type": MERGE_PATCH, "If-Match": "*"},
    )
    assert moved.status_code == 200, moved.text
    return case


def made(client: Client, what: str, body: dict[str, Any]) -> dict[str, Any]:
    """Something new of the organization."""
    response = client.post(f"{HERE}/{what}", json=body)
    assert response.status_code == 201, response.text
    return dict(response.json())
