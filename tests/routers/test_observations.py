"""`/v1/organizations/{org}/observations`: dated values, many at once, all or none, as JSON and CSV; on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.contract.problem_shape import check_problem
from tests.http_client import Client
from tests.routers.stored_companies import AT, everything, put_company

AT_OBSERVATIONS = f"{AT}/observations"

AHT = [
    {"kpi": "aht", "on": "2026-01-31", "value": 412},
    {"kpi": "aht", "on": "2026-02-28", "value": 405.5},
    {"kpi": "aht", "on": "2026-03-31", "value": 398},
]
DEALS = [{"metric": "acme.deals", "on": "2026-02-28", "value": -3}]
CHURN = [{"metric": "customer.retention_rate", "on": "2026-02-28", "value": 0.91}]


@pytest.fixture
def company(tenant: Client) -> Client:
    """A workspace with a company in it."""
    put_company(tenant)
    return tenant


@pytest.fixture
def observed(company: Client) -> Client:
    """A company with five observations of three series."""
    assert company.post(AT_OBSERVATIONS, json={"items": [*DEALS, *AHT, *CHURN]}).json()["created"] == 5
    return company


def sheet(client: Client, text: str, query: str = "") -> Any:
    return client.post(f"{AT_OBSERVATIONS}{query}", content=text.encode(), headers={"Content-Type": "text/csv"})


def items(client: Client, query: str = "") -> list[Any]:
    found: list[Any] = client.get(f"{AT_OBSERVATIONS}{query}").json()["items"]
    return found


def test_observations_are_given_back_series_by_series(observed: Client) -> None:
    """As they were sent, KPIs first, each by day; what is given can be sent again."""
    assert items(observed) == [*AHT, *DEALS, *CHURN]
    assert observed.post(AT_OBSERVATIONS, json={"items": items(observed)}).json() == {
        "created": 0,
        "updated": 0,
        "unchanged": 5,
    }


def test_a_value_on_a_day_replaces_the_one_that_was_there(observed: Client) -> None:
    """And says so; others stay."""
    changed = [{**AHT[0], "value": 400}, AHT[1], {"kpi": "aht", "on": "2026-04-30", "value": 390}]

    recorded = observed.post(AT_OBSERVATIONS, json={"items": changed})

    assert (recorded.status_code, recorded.json()) == (200, {"created": 1, "updated": 1, "unchanged": 1})
    assert [item["value"] for item in items(observed, "?kpi=aht")] == [400, 405.5, 398, 390]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?kpi=aht", AHT),
        ("?metric=acme.deals,customer.retention_rate", [*DEALS, *CHURN]),
        ("?from=2026-02-28", [*AHT[1:], *DEALS, *CHURN]),
        ("?kpi=aht&from=2026-01-31&to=2026-02-28", AHT[:1]),
        ("?sort=-on&limit=2", [AHT[2], AHT[1]]),
        ("?kpi=aht&metric=acme.deals", []),
        ("?kpi=csat", []),
    ],
)
def test_observations_are_selected(observed: Client, query: str, expected: list[Any]) -> None:
    """By series, by days from one to before another; the order may be by day."""
    assert items(observed, query) == expected


def test_pages_follow_one_another(observed: Client) -> None:
    """With the selection in their addresses."""
    first = observed.get(f"{AT_OBSERVATIONS}?from=2026-02-01&limit=3&count=true").json()
    second = observed.get(first["next"].removeprefix("http://concord.test")).json()

    assert "from=2026-02-01" in first["next"] and first["total"] == 4
    assert first["items"] + second["items"] == [*AHT[1:], *DEALS, *CHURN]
    assert "next" not in second


def test_a_sheet_goes_out_and_comes_in_again(observed: Client) -> None:
    """By `Accept` or `format`; read again it changes nothing."""
    got = observed.get(AT_OBSERVATIONS, headers={"Accept": "text/csv"})
    same = observed.get(f"{AT_OBSERVATIONS}?format=csv", headers={"If-None-Match": got.headers["etag"]})

    assert got.headers["content-type"].startswith("text/csv")
    assert got.text.splitlines()[:3] == ["kpi,metric,on,value", "aht,,2026-01-31,412", "aht,,2026-02-28,405.5"]
    assert same.status_code == 304
    assert sheet(observed, got.text).json() == {"created": 0, "updated": 0, "unchanged": 5}


def test_a_sheet_is_read_as_people_write_it(company: Client) -> None:
    """German headings, decimal commas, days as they are written there."""
    recorded = sheet(company, "Kennzahl;Datum;Wert\naht;31.01.2026;412,5\naht;28.2.2026;1.405,5\n")

    assert recorded.json() == {"created": 2, "updated": 0, "unchanged": 0}
    assert [(item["on"], item["value"]) for item in items(company)] == [("2026-01-31", 412.5), ("2026-02-28", 1405.5)]


def test_a_bad_sheet_tells_every_problem_with_its_cell(company: Client) -> None:
    """Nothing of it is kept."""
    before = everything(company)
    text = "kpi,metric,on,value\nath,,2026-01-31,1\naht,,01/02/2026,2\naht,,2026-02-30,x\naht,acme.deals,2026-03-31,\n"

    problem: Any = check_problem(sheet(company, text))

    assert [(e["cell"], e["code"]) for e in problem["errors"]] == [
        ("A2", "unknown_kpi"),
        ("C3", "ambiguous_day"),
        ("C4", "not_a_day"),
        ("D4", "wrong_type"),
        ("A5", "kpi_or_metric"),
        ("D5", "missing"),
    ]
    assert problem["errors"][0]["hint"] == "did you mean 'aht'?"
    assert everything(company) == before


def test_bad_observations_are_refused_whole(company: Client) -> None:
    """Every problem at once, each with its place; the good ones among them are not kept either."""
    before = everything(company)
    bad = [
        *AHT,
        {"metric": "acme.dels", "on": "2026-01-31", "value": 1},
        {"on": "2026-01-31", "value": True},
        {"kpi": "aht", "on": 20260131, "value": 1e300, "unit": "s"},
        AHT[0],
        7,
    ]

    problem: Any = check_problem(company.post(AT_OBSERVATIONS, json={"items": bad, "itmes": []}))

    assert sorted((e["pointer"], e["code"]) for e in problem["errors"]) == [
        ("#/items/3/metric", "unknown_metric"),
        ("#/items/4", "kpi_or_metric"),
        ("#/items/4/value", "wrong_type"),
        ("#/items/5/on", "not_a_day"),
        ("#/items/5/unit", "unknown_member"),
        ("#/items/5/value", "too_large"),
        ("#/items/6", "observed_twice"),
        ("#/items/7", "wrong_type"),
        ("#/itmes", "unknown_member"),
    ]
    assert everything(company) == before


@pytest.mark.parametrize(("text", "status"), [("", 400), ("a;b\n1;2\n", 422), ("kpi,on,value\n", 200)])
def test_a_sheet_without_observations(company: Client, text: str, status: int) -> None:
    """An empty file and foreign headings are refused; headings alone say nothing."""
    assert sheet(company, text).status_code == status


@pytest.mark.parametrize("body", [[], {}, {"items": None}, {"items": {}}, "x"])
def test_what_holds_no_observations_is_told(company: Client, body: Any) -> None:
    """Whatever it is."""
    assert check_problem(company.post(AT_OBSERVATIONS, json=body))["status"] == 422


@pytest.mark.slow
def test_ten_thousand_are_written_at_once_and_not_one_more(company: Client) -> None:
    """Fresh ones and over those that are there; a CSV answer holds all of them."""
    many = [{"kpi": "aht", "on": str(date(1990, 1, 1) + timedelta(n)), "value": n} for n in range(10_000)]

    first = company.post(AT_OBSERVATIONS, json={"items": many})
    second = company.post(AT_OBSERVATIONS, json={"items": [{**one, "value": one["value"] + 1} for one in many]})
    beyond: Any = check_problem(company.post(AT_OBSERVATIONS, json={"items": [*many, AHT[0]]}))

    assert first.json() == {"created": 10_000, "updated": 0, "unchanged": 0}
    assert second.json() == {"created": 0, "updated": 10_000, "unchanged": 0}
    assert beyond["errors"][0]["code"] == "too_many_at_once"
    assert len(company.get(f"{AT_OBSERVATIONS}?format=csv").text.splitlines()) == 10_001


def test_what_is_selected_can_be_deleted(observed: Client) -> None:
    """And only that; nothing selected is refused."""
    tried = observed.delete(f"{AT_OBSERVATIONS}?kpi=aht&dry_run=true")
    some = observed.delete(f"{AT_OBSERVATIONS}?kpi=aht&to=2026-03-31")
    none: Any = check_problem(observed.delete(AT_OBSERVATIONS))

    assert (tried.json(), tried.headers["dry-run"]) == ({"removed": 3}, "true")
    assert (some.status_code, some.json()) == (200, {"removed": 2})
    assert (none["status"], none["errors"][0]["code"]) == (400, "no_selection")
    assert items(observed) == [AHT[2], *DEALS, *CHURN]


def test_what_is_written_and_deleted_is_noted(observed: Client) -> None:
    """One audit event each; what changes nothing leaves none. The document stays as it is."""
    observed.post(AT_OBSERVATIONS, json={"items": AHT})
    observed.delete(f"{AT_OBSERVATIONS}?kpi=aht")
    observed.delete(f"{AT_OBSERVATIONS}?kpi=aht")

    events = observed.get("/v1/audit-events?target=organizations/acme/observations").json()["items"]

    assert [event["action"] for event in events] == ["observations.removed", "observations.recorded"]
    assert observed.get(AT).json()["revision"] == 1


def test_recording_can_be_tried_and_is_done_once(company: Client) -> None:
    """A repeated request is answered as the first."""
    before = everything(company)
    tried = company.post(f"{AT_OBSERVATIONS}?dry_run=true", json={"items": AHT})
    unchanged = everything(company) == before
    headers = {"Idempotency-Key": "once"}

    first = company.post(AT_OBSERVATIONS, json={"items": AHT}, headers=headers)
    again = company.post(AT_OBSERVATIONS, json={"items": AHT}, headers=headers)

    assert (tried.headers["dry-run"], unchanged) == ("true", True)
    assert first.json() == again.json() == tried.json() == {"created": 3, "updated": 0, "unchanged": 0}
    assert again.headers["idempotency-replayed"] == "true"


def test_what_cannot_be_asked_is_told(company: Client) -> None:
    """Every parameter that is wrong, under the name that it was given by."""
    problem: Any = check_problem(company.get(f"{AT_OBSERVATIONS}?from=2026-02-30&to=soon&sort=value&form=csv"))

    assert sorted((e["parameter"], e["code"]) for e in problem["errors"]) == [
        ("form", "unknown_parameter"),
        ("from", "not_a_day"),
        ("sort", "not_one_of"),
        ("to", "not_a_day"),
    ]


def test_observations_of_others_do_not_exist(observed: Client) -> None:
    """The same names in another workspace hold nothing of them; a reader cannot write."""
    other = observed.another(workspace="observations-other")
    reader = observed.another("read")

    assert check_problem(other.get(AT_OBSERVATIONS))["status"] == 404
    assert check_problem(other.post(AT_OBSERVATIONS, json={"items": AHT}))["status"] == 404
    assert check_problem(other.delete(f"{AT_OBSERVATIONS}?kpi=aht"))["status"] == 404
    put_company(other)
    assert items(other) == []
    assert items(reader) != []
    assert check_problem(reader.post(AT_OBSERVATIONS, json={"items": AHT}))["status"] == 403
    assert check_problem(reader.delete(f"{AT_OBSERVATIONS}?kpi=aht"))["status"] == 403


def test_an_erased_organization_takes_them_along(observed: Client) -> None:
    """No row is left."""
    assert observed.delete(f"{AT}?purge=true", headers={"If-Match": "*"}).status_code == 204
    assert everything(observed)["ObservationRow"] == []
