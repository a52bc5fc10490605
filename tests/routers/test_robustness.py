"""`…/analyses/{id}/sensitivities`, `…/findings/{fingerprint}/influences`, `…/cuts`, `…/value-at-stake`; on both databases."""

from __future__ import annotations

import pytest

from tests.contract.problem_shape import check_problem
from tests.http_client import Client
from tests.routers.stored_analyses import Kept, Raw, analysed, at, the_company
from tests.routers.stored_analyses import kept as kept

FEW = {"samples": 4, "seed": 3}


def worst(kept: Kept, **filters: str) -> Raw:
    """The gravest finding of an analysis."""
    found: Raw = kept.get("/findings", params={"limit": 1, **filters}).json()["items"][0]
    return found


@pytest.mark.slow
def test_samples_are_drawn_and_what_came_of_them_is_kept(tenant: Client) -> None:
    """Created, shown, listed, with every open finding and recommendation of the analysis."""
    analysis = analysed(tenant)

    response = tenant.post(at(analysis, "/sensitivities"), json=FEW)
    made = response.json()

    assert response.status_code == 201, response.text
    read = tenant.get(response.headers["Location"])
    assert read.json() == made and read.headers["etag"] == response.headers["etag"]
    assert (made["analysis"], made["samples"], made["seed"], made["tried"]) == (analysis["id"], 4, 3, 4)
    assert len(made["findings"]) == analysis["finding_count"]
    assert len(made["recommendations"]) == analysis["recommendation_count"]
    listed = tenant.get(at(analysis, "/sensitivities")).json()["items"]
    assert listed == [{name: made[name] for name in ("id", "analysis", "created_at", "created_by", "samples", "seed")}]


@pytest.mark.slow
def test_the_same_seed_comes_to_the_same(tenant: Client) -> None:
    """A thousand samples and seed 0 are the usual; another seed comes to something else."""
    analysis = analysed(tenant)

    first, again, other = (
        tenant.post(at(analysis, "/sensitivities"), json={"samples": 4, "seed": seed}).json() for seed in (3, 3, 4)
    )

    assert first["findings"] == again["findings"] != other["findings"]
    assert first["id"] != again["id"]


@pytest.mark.slow
def test_many_samples_are_drawn_by_a_job(served: Client) -> None:
    """It tells how far it is, and what it came to is where the job says."""
    analysis = analysed(served)

    response = served.post(at(analysis, "/sensitivities"), json=FEW, headers={"Prefer": "respond-async, wait=30"})

    assert response.status_code == 201, response.text
    (job,) = served.get("/v1/jobs").json()["items"]
    assert (job["kind"], job["status"], job["progress"]["unit"]) == ("sensitivity", "succeeded", "runs")
    assert job["result"].endswith(served.get(at(analysis, "/sensitivities")).json()["items"][0]["id"])


@pytest.mark.slow
def test_a_dry_run_draws_few_samples_and_keeps_nothing(tenant: Client) -> None:
    """However many are asked for: what takes long is for jobs."""
    analysis = analysed(tenant)

    response = tenant.post(at(analysis, "/sensitivities"), json={"samples": 100_000}, params={"dry_run": "true"})

    assert (response.status_code, response.headers["Dry-Run"]) == (200, "true")
    assert 1 <= response.json()["samples"] < 1_000
    assert tenant.get(at(analysis, "/sensitivities")).json()["items"] == []


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"samples": 0}, "#/samples"),
        ({"seed": -1}, "#/seed"),
        ({"samples": "many"}, "#/samples"),
        ({"sample": 3}, "#/sample"),
    ],
)
def test_samples_that_cannot_be_drawn_are_refused(tenant: Client, said: Raw, pointer: str) -> None:
    """With the place, and nothing is kept."""
    analysis = analysed(tenant)

    response = tenant.post(at(analysis, "/sensitivities"), json=said)

    problem = check_problem(response)
    assert response.status_code == 422 and [one["pointer"] for one in problem["errors"]] == [pointer]
    assert tenant.get(at(analysis, "/sensitivities")).json()["items"] == []


@pytest.mark.slow
def test_a_finding_has_the_influences_that_decide_it(kept: Kept) -> None:
    """Those that decide come first, each with what is new, gone, or of another level without it."""
    finding = worst(kept, kind="outcome_conflict")

    found = kept.get(f"/findings/{finding['fingerprint']}/influences")

    assert found.status_code == 200
    influences = found.json()["influences"]
    decides = [one["decides"] for one in influences]
    assert any(decides) and decides == sorted(decides, reverse=True)
    assert {one["fingerprint"] for one in influences[0]["dropped"]["asked"] + influences[0]["flipped"]["asked"]} == {
        finding["fingerprint"]
    }


@pytest.mark.slow
def test_the_cut_between_a_department_and_the_customers(kept: Kept) -> None:
    """Safeguards on measures, whose pay depends on them, and what they leave of each conflict."""
    (department,) = worst(kept, kind="outcome_conflict")["departments"]

    cut = kept.get(f"/cuts/{department}/customer").json()

    assert cut["safeguards"] and all(one["goals"] for one in cut["safeguards"])
    assert cut["severity"]["after"] < cut["severity"]["before"]
    answered = [one for one in cut["conflicts"] if "beyond" not in one and not one["by_kind"]]
    assert answered and all(one["severity"]["after"] < one["severity"]["before"] for one in answered)


@pytest.mark.parametrize(("ends", "meant"), [(("servise", "customer"), "service"), (("service", "custom"), "customer")])
def test_a_cut_between_those_who_are_not_there_is_not_found(kept: Kept, ends: tuple[str, str], meant: str) -> None:
    """With who may have been meant."""
    problem = check_problem(kept.get(f"/cuts/{ends[0]}/{ends[1]}"))

    assert problem["status"] == 404 and meant in problem["nearest"]


def test_no_money_is_named_where_the_document_names_none(kept: Kept) -> None:
    """It is said what is lacking."""
    found = kept.get("/value-at-stake").json()

    assert found["outcomes"] == [] and found["assumptions"] == []
    assert {one["member"] for one in found["lacking"]} <= {"value", "currency"}


def test_money_is_named_where_outcomes_have_a_price(tenant: Client) -> None:
    """A range with its currency, and every assumption in the language that is asked for."""
    raw = the_company()
    raw["organization"]["currency"] = "EUR"
    priced = {"value": {"amount": 1000, "per": 1}, "baseline": 10, "target": 20}
    raw["outcomes"] = [{**outcome, **priced} for outcome in raw["outcomes"]]
    analysis = analysed(tenant, raw)

    found = tenant.get(at(analysis, "/value-at-stake"), params={"lang": "de"}).json()

    assert found["currency"] == "EUR" and found["lacking"] == []
    assert found["outcomes"] and all(
        one["worth"] == {"amount": "10000.00", "currency": "EUR"} for one in found["outcomes"]
    )
    for one in found["outcomes"]:
        assert 0 < float(one["low"]["amount"]) < float(one["high"]["amount"]) < 10_000
    assert any("wie es im Dokument steht" in said for said in found["assumptions"])


@pytest.mark.parametrize("path", ["/sensitivities/sen_0", "/findings/0000000000000000/influences"])
def test_what_is_not_there_is_not_found(kept: Kept, path: str) -> None:
    """By its name."""
    assert check_problem(kept.get(path))["status"] == 404
