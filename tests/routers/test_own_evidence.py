"""`/v1/organizations/{org}/evidence`; on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from app.routers.examples import DOCUMENT
from app.web.body import YAML
from tests.contract.problem_shape import check_problem
from tests.http_client import Client
from tests.routers.stored_observations import SHORTER, SOLVED, observed

HERE = "/v1/organizations/acme"
AT = f"{HERE}/evidence"
REPLACEMENT = f"{AT}/{SHORTER}/replacement"


@pytest.fixture
def company(tenant: Client) -> Client:
    """The company of the examples is there."""
    response = tenant.put(f"{HERE}/document", content=DOCUMENT, headers={"Content-Type": YAML})
    assert response.status_code in (200, 201), response.text
    return tenant


def looked_at(company: Client, months: int, effect: float, **how: Any) -> dict[str, Any]:
    """What is said of the one influence, when so much was observed."""
    assert company.post(f"{HERE}/observations", json=observed(months, effect, **how)).status_code == 200
    (one,) = company.get(AT).json()["influences"]
    found: dict[str, Any] = one
    return found


def test_what_nobody_observes_is_named(company: Client) -> None:
    """The influence, the findings that use it, and the metrics to observe."""
    found = company.get(AT).json()

    (one,) = found["untested"]
    assert (found["influences"], one["influence"]) == ([], SHORTER)
    assert SOLVED in one["missing"]
    assert "52c20bac98d0948e" in one["findings"]


def test_an_effect_that_is_there_is_supported(company: Client) -> None:
    """With its sign, lag and p-value; the same observations give the same figures."""
    one = looked_at(company, 72, 0.8)

    assert (one["verdict"], one["period"], one["lag_periods"]) == ("supported", "month", 1)
    assert one["correlation"] > 0.6
    assert one["p_value"] < 0.05
    assert (one["strength"], one["own_strength"]) == ("moderate", "strong")
    assert company.get(AT).json()["influences"] == [one]


def test_an_effect_the_other_way_round_is_contradicted(company: Client) -> None:
    """Nothing is deleted for it; there is no class of its own."""
    one = looked_at(company, 72, -0.8)

    assert one["verdict"] == "contradicted"
    assert "own_strength" not in one
    response = company.post(REPLACEMENT)
    assert response.status_code == 409
    check_problem(response)


def test_too_few_points_say_how_many_it_takes(company: Client) -> None:
    """Ten months tell nothing, whatever happened in them."""
    one = looked_at(company, 10, 0.8)

    assert one["verdict"] == "not_enough"
    assert one["points_needed"] > one["points"]


def test_a_kpi_stands_for_the_metric_that_it_means(company: Client) -> None:
    """Its series is taken where nobody observes the metric itself."""
    one = looked_at(company, 72, 0.8, source={"kpi": "aht"})

    assert one["observed"]["source"] == {"kpi": "aht", "inverted": False}
    assert one["verdict"] == "supported"


@pytest.mark.slow
def test_the_own_class_replaces_the_catalogues_and_shows_what_that_changes(company: Client) -> None:
    """A dry run changes nothing; then the document has the entry, with its figures as source, and the findings are graver."""
    looked_at(company, 72, 0.8)
    tried = company.post(REPLACEMENT, params={"dry_run": "true"}).json()

    assert company.get(f"{HERE}/document").json().get("influences") is None
    made = company.post(REPLACEMENT)
    assert made.status_code == 200, made.text
    assert made.json() == tried
    assert (tried["before"], tried["after"], tried["revision"]) == ("moderate", "strong", 2)
    assert tried["worse"] or tried["new"]
    (entry,) = company.get(f"{HERE}/document").json()["influences"]
    assert (entry["overrides"], entry["strength"], entry["evidence"]) == (SHORTER, "strong", "observational")
    assert "72 points" in entry["source_note"]
    assert company.post(REPLACEMENT).status_code == 409


def test_an_influence_that_no_finding_uses_is_not_found(company: Client) -> None:
    """As everywhere."""
    response = company.post(f"{AT}/nothing>nowhere:causal:both/replacement")

    assert response.status_code == 404
    check_problem(response)
