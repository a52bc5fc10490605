"""`/v1/jobs`, and requests that are answered by a job."""

from __future__ import annotations

import httpx
import pytest

from app.domain.errors import WrongState
from app.services import analysis_jobs
from app.services.job_runs import Run
from app.services.sealing import Sealer
from app.worker import Worker
from tests.bench.company import a_company
from tests.contract.problem_shape import check_problem
from tests.http_client import Client
from tests.routers.stored_companies import AT, put_company

ASYNC = {"Prefer": "respond-async"}
PATIENT = {"Prefer": "respond-async, wait=30"}


def refused(response: httpx.Response, status: int, slug: str) -> None:
    """The answer is this problem."""
    problem = check_problem(response)
    assert (response.status_code, str(problem["type"]).rpartition("/")[2]) == (status, slug)


def fails(_: Run) -> str:
    """A job that comes to nothing."""
    raise WrongState("Not now.", "Nicht jetzt.")


def a_job(client: Client) -> str:
    """The path of a job that waits; nobody does it."""
    if client.get(AT).status_code == 404:
        put_company(client)
    location = client.post(f"{AT}/analyses", headers=ASYNC).headers["Location"]
    return str(location.removeprefix("http://concord.test"))


def test_who_prefers_not_to_wait_is_told_where_the_job_is(tenant: Client) -> None:
    """202 with the job, its address, when to look, and what was done of the preference."""
    put_company(tenant)

    response = tenant.post(f"{AT}/analyses", headers=ASYNC)

    job = response.json()
    assert response.status_code == 202
    assert response.headers["Location"] == f"http://concord.test/v1/jobs/{job['id']}"
    assert response.headers["Preference-Applied"] == "respond-async"
    assert response.headers["Retry-After"] == "1"
    assert (job["kind"], job["status"], job["organization"]) == ("analysis", "queued", "acme")
    assert tenant.get(f"/v1/jobs/{job['id']}").json() == job


@pytest.mark.slow
def test_who_waits_long_enough_is_answered_as_always(served: Client) -> None:
    """The analysis with 201; the job tells of it, too."""
    put_company(served)

    response = served.post(f"{AT}/analyses", headers=PATIENT)

    assert (response.status_code, response.headers["Preference-Applied"]) == (201, "respond-async, wait=30")
    assert served.get(response.headers["Location"].removeprefix("http://concord.test")).json() == response.json()
    (job,) = served.get("/v1/jobs").json()["items"]
    assert (job["status"], job["result"]) == ("succeeded", response.headers["Location"])


@pytest.mark.slow
def test_who_does_not_wait_long_enough_is_told_where_the_job_is(tenant: Client) -> None:
    """After the seconds that the caller names."""
    put_company(tenant)

    response = tenant.post(f"{AT}/analyses", headers={"Prefer": "respond-async; x, wait=1"})

    assert (response.status_code, response.headers["Preference-Applied"]) == (202, "respond-async, wait=1")


@pytest.mark.parametrize(
    "preference", ["wait=10", "return=minimal", "respond-asynchronously", ";,=", "wait=respond-async"]
)
def test_other_preferences_change_nothing(tenant: Client, preference: str) -> None:
    """What is not known, or cannot be read, is not preferred."""
    put_company(tenant)

    response = tenant.post(f"{AT}/analyses", headers={"Prefer": preference})

    assert response.status_code == 201
    assert "Preference-Applied" not in response.headers


def test_documents_that_take_long_are_analysed_by_a_job(tenant: Client) -> None:
    """Without being asked; then no preference was applied."""
    big = {**a_company(8, analysis_jobs.MANY_GOALS[True], 8), "organization": {"key": "acme", "name": "Big"}}
    assert tenant.put(f"{AT}/document", json=big).status_code == 201

    response = tenant.post(f"{AT}/analyses")

    assert (response.status_code, "Preference-Applied" in response.headers) == (202, False)
    tenant.post(f"/v1/jobs/{response.json()['id']}/cancel")


def test_a_repeated_request_has_one_job(tenant: Client) -> None:
    """It is answered as the first time; the same key without the preference is another request."""
    put_company(tenant)
    once = {**ASYNC, "Idempotency-Key": "one"}
    first = tenant.post(f"{AT}/analyses", headers=once)

    again = tenant.post(f"{AT}/analyses", headers=once)

    assert (again.status_code, again.json(), again.headers["Idempotency-Replayed"]) == (202, first.json(), "true")
    assert len(tenant.get("/v1/jobs").json()["items"]) == 1
    other = tenant.post(f"{AT}/analyses", headers={"Idempotency-Key": "one"})
    refused(other, 422, "idempotency-key-reused")


def test_what_cannot_be_analysed_has_no_job(tenant: Client) -> None:
    """What is known to be wrong is said at once."""
    put_company(tenant)

    refused(tenant.post("/v1/organizations/none/analyses", headers=ASYNC), 404, "not-found")
    refused(tenant.post(f"{AT}/analyses?revision=9", headers=ASYNC), 404, "not-found")
    assert tenant.get("/v1/jobs").json()["items"] == []


def test_a_job_that_fails_says_why(tenant: Client) -> None:
    """As a problem in the language of whoever looks."""
    path = a_job(tenant)
    tenant.delete(AT, headers={"If-Match": "*"})
    Worker(tenant.app.state.store, Sealer(["tests"])).do_one(tenant.get("/v1/me").json()["workspace"])

    english, german = (tenant.get(path, headers={"Accept-Language": language}).json() for language in ("en", "de"))

    assert (english["status"], english["problem"]["status"]) == ("failed", 404)
    assert english["problem"]["type"] == german["problem"]["type"] == "http://concord.test/problems/not-found"
    assert english["problem"]["title"] != german["problem"]["title"]


@pytest.mark.slow
def test_who_waited_for_a_job_that_fails_is_answered_with_its_problem(served: Client) -> None:
    """As if there had been no job."""
    put_company(served)
    served.app.state.worker.stop(5)
    broken = Worker(served.app.state.store, Sealer(["tests"]), kinds={"analysis": fails})
    broken.start()

    response = served.post(f"{AT}/analyses", headers=PATIENT)

    broken.stop(5)
    refused(response, 409, "wrong-state")


def test_a_job_is_cancelled_once(tenant: Client) -> None:
    """Cancelling again is no fault; a dry run cancels nothing."""
    path = a_job(tenant)
    assert tenant.post(f"{path}/cancel?dry_run=true").json()["status"] == "cancelled"
    assert tenant.get(path).json()["status"] == "queued"

    first, second = tenant.post(f"{path}/cancel"), tenant.post(f"{path}/cancel")

    assert (first.status_code, first.json()) == (second.status_code, second.json()) == (200, tenant.get(path).json())
    assert first.json()["status"] == "cancelled"
    actions = [event["action"] for event in tenant.get("/v1/audit-events?action=job.cancelled").json()["items"]]
    assert actions == ["job.cancelled"]


def test_jobs_are_listed_by_what_they_are_about(tenant: Client) -> None:
    """The newest first; by status, kind and organization."""
    first, second = a_job(tenant), a_job(tenant)
    tenant.post(f"{first}/cancel")

    def listed(query: str) -> list[str]:
        return [f"/v1/jobs/{job['id']}" for job in tenant.get(f"/v1/jobs?{query}").json()["items"]]

    assert listed("") == [second, first]
    assert listed("status=cancelled,failed") == [first]
    assert listed("kind=analysis&organization=acme&sort=created_at") == [first, second]
    assert listed("organization=other") == []


def test_jobs_of_others_do_not_exist(tenant: Client) -> None:
    """In another workspace, or about organizations that a key is not good for: neither seen nor cancelled."""
    path = a_job(tenant)
    made = tenant.post("/v1/api-keys", json={"name": "other", "scopes": ["write"], "organizations": ["other"]}).json()
    for stranger in (tenant.another(workspace="strangers"), tenant.with_key(made["key"])):
        refused(stranger.get(path), 404, "not-found")
        refused(stranger.post(f"{path}/cancel"), 404, "not-found")
        assert stranger.get("/v1/jobs?count=true").json()["total"] == 0

    assert tenant.get(path).json()["status"] == "queued"


def test_a_schedule_is_read_and_replaced(tenant: Client) -> None:
    """Every organization has one, which does nothing to begin with."""
    put_company(tenant)
    before = tenant.get(f"{AT}/schedule")
    assert before.json() == {"every": "never"}
    refused(tenant.put(f"{AT}/schedule", json={"every": "week"}), 428, "precondition-required")

    after = tenant.put(f"{AT}/schedule", json={"every": "week"}, headers={"If-Match": before.headers["ETag"]})

    assert (after.status_code, after.json()["every"]) == (200, "week")
    assert tenant.get(f"{AT}/schedule").json() == after.json()
    back = tenant.put(f"{AT}/schedule", json=after.json(), headers={"If-Match": after.headers["ETag"]})
    assert (back.status_code, back.headers["ETag"]) == (200, after.headers["ETag"])
    refused(
        tenant.put(f"{AT}/schedule", json={"every": "day"}, headers={"If-Match": before.headers["ETag"]}),
        412,
        "precondition-failed",
    )
