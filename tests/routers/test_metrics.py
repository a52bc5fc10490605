"""`/v1/metrics` and `POST /v1/metrics/resolve`."""

from __future__ import annotations

import json

from app.services import knowledge
from tests.contract.problem_shape import check_problem
from tests.http_client import Client


def test_a_metric_is_shown_with_its_family(client: Client) -> None:
    """Members are the catalogue's."""
    shown = client.get("/v1/metrics/service.average_handle_time").json()

    metric = knowledge.metric("service.average_handle_time")
    family = knowledge.family_of(metric.id)
    assert (shown["name"], shown["unit"], shown["aliases"]) == (metric.name, metric.unit, list(metric.aliases))
    assert family is not None
    assert (shown["family"], shown["orientation"]) == (family.family, family.orientation)


def test_a_misspelt_metric_names_those_that_are_near(client: Client) -> None:
    """As ids that can be asked for."""
    problem = check_problem(client.get("/v1/metrics/service.average_handle_tim"))

    assert problem["detail"] == "There is no metric 'service.average_handle_tim'."
    assert problem["nearest"][0] == "service.average_handle_time"  # type: ignore[index]


def test_names_are_resolved_in_their_order(client: Client) -> None:
    """Each says metric, polarity, score, method and candidates."""
    names = [
        {"name": "Avg. handling time (AHT)", "function": "service", "unit": "seconds", "direction": "decrease"},
        {"name": "qwxz"},
        {"name": "Kundenzufriedenheit"},
    ]

    items = client.post("/v1/metrics/resolve", json={"names": names}).json()["items"]

    assert [item["name"] for item in items] == [name["name"] for name in names]
    assert (items[0]["metric"], items[0]["inverted"]) == ("service.average_handle_time", False)
    assert (items[1]["metric"], items[1]["method"]) == (None, "unresolved")
    assert items[2]["metric"] == "customer.satisfaction"
    assert set(items[0]) == {"name", "metric", "inverted", "family", "score", "method", "candidates"}


def test_names_may_be_yaml(client: Client) -> None:
    """As everything that people write."""
    response = client.post(
        "/v1/metrics/resolve", content="names:\n  - name: NPS\n    unit: null\n", headers={"Content-Type": "text/yaml"}
    )

    assert response.json()["items"][0]["metric"] == "customer.nps"


def test_no_names_resolve_to_none(client: Client) -> None:
    """An empty list is a list."""
    assert client.post("/v1/metrics/resolve", json={"names": []}).json() == {"items": []}


def test_everything_that_is_wrong_with_names_is_told_at_once(client: Client) -> None:
    """With pointer, line and nearest."""
    body = json.dumps(
        {"names": [{"nam": "x"}, {"name": 5}, {"name": "a", "direction": "incrase"}, "AHT"], "x": 1}, indent=1
    )

    problem = check_problem(
        client.post("/v1/metrics/resolve", content=body, headers={"Content-Type": "application/json"})
    )

    found = {(e["pointer"], e["code"]): e for e in problem["errors"]}  # type: ignore[attr-defined]
    assert set(found) == {
        ("#/names/0/nam", "unknown_member"),
        ("#/names/0/name", "missing"),
        ("#/names/1/name", "wrong_type"),
        ("#/names/2/direction", "not_one_of"),
        ("#/names/3", "wrong_type"),
        ("#/x", "unknown_member"),
    }
    assert found["#/names/0/nam", "unknown_member"]["hint"] == "did you mean 'name'?"
    assert found["#/names/2/direction", "not_one_of"]["hint"] == "did you mean 'increase'?"
    assert found["#/names/1/name", "wrong_type"]["line"] == 7


def test_more_names_than_a_thousand_are_refused(client: Client) -> None:
    """So that every answer comes in good time."""
    problem = check_problem(client.post("/v1/metrics/resolve", json={"names": [{"name": "x"}] * 1_001}))

    assert problem["errors"][0]["code"] == "too_many"  # type: ignore[index]
