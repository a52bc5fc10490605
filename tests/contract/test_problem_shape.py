"""Every way in which a request can fail is answered with a problem document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from app.services import audits
from app.web.limits import MOST_ADDRESS, MOST_BODY, MOST_HEADERS
from tests.contract.problem_shape import check_problem
from tests.http_client import Client, serving

YAML = {"Content-Type": "application/yaml"}

FAILURES: dict[str, tuple[int, str, str, str, dict[str, Any]]] = {
    "a path that is not there": (404, "not-found", "GET", "/v1/nothing", {}),
    "a slash at the end": (404, "not-found", "GET", "/v1/metrics/", {}),
    "a path outside of /v1": (404, "not-found", "GET", "/favicon.ico", {}),
    "a metric that is not there": (404, "not-found", "GET", "/v1/metrics/service.nothing", {}),
    "an influence with a strange id": (404, "not-found", "GET", "/v1/influences/%00%ff%3E", {}),
    "a schema that is not there": (404, "not-found", "GET", "/v1/schemas/documents.json", {}),
    "a problem type that is not there": (404, "not-found", "GET", "/problems/validaton", {}),
    "a method that is not there": (405, "method-not-allowed", "PUT", "/v1/metrics", {}),
    "a method that nobody knows": (405, "method-not-allowed", "BREW", "/v1/audits", {}),
    "a GET on what takes a POST": (405, "method-not-allowed", "GET", "/v1/metrics/resolve", {}),
    "a form that is not offered": (406, "not-acceptable", "GET", "/v1/rules", {"headers": {"Accept": "text/csv"}}),
    "a form that is not offered for an audit": (406, "not-acceptable", "POST", "/v1/audits", {"headers": {**YAML, "Accept": "image/png"}}),
    "a parameter that is not known": (400, "invalid-request", "GET", "/v1/metrics?functon=service", {}),
    "a parameter where none is known": (400, "invalid-request", "GET", "/healthz?verbose=1", {}),
    "a parameter given twice": (400, "invalid-request", "GET", "/v1/metrics?limit=1&limit=2", {}),
    "a limit of nothing": (400, "invalid-request", "GET", "/v1/metrics?limit=0", {}),
    "a day that is none": (400, "invalid-request", "POST", "/v1/audits?as_of=2026-02-30", {"content": "{}", "headers": YAML}),
    "a language that is not spoken": (400, "invalid-request", "POST", "/v1/audits?lang=fr", {"content": "{}", "headers": YAML}),
    "a cursor that was never given": (400, "cursor-invalid", "GET", "/v1/metrics?cursor=WzFd", {}),
    "a form instead of a document": (415, "unsupported-media-type", "POST", "/v1/audits", {"data": {"a": "1"}}),
    "a workbook instead of names": (
        415, "unsupported-media-type", "POST", "/v1/metrics/resolve",
        {"content": b"PK", "headers": {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}},
    ),
    "a text that is not UTF-8 by its own word": (
        415, "unsupported-media-type", "POST", "/v1/audits",
        {"content": "{}", "headers": {"Content-Type": "application/json; charset=latin-1"}},
    ),
    "a compressed body": (
        415, "unsupported-media-type", "POST", "/v1/audits", {"content": b"x", "headers": {**YAML, "Content-Encoding": "gzip"}},
    ),
    "an empty body": (400, "malformed", "POST", "/v1/audits", {"content": b"", "headers": YAML}),
    "JSON that breaks off": (
        400, "malformed", "POST", "/v1/audits", {"content": '{"concord": 1,', "headers": {"Content-Type": "application/json"}},
    ),
    "YAML with a tab": (400, "malformed", "POST", "/v1/audits", {"content": "a:\n\tb: 1", "headers": YAML}),
    "a workbook that is none": (
        400, "malformed", "POST", "/v1/audits",
        {"content": b"PK\x03\x04", "headers": {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}},
    ),
    "a document that is not valid": (422, "validation", "POST", "/v1/audits", {"content": "concord: 2", "headers": YAML}),
    "a document that is a number": (422, "validation", "POST", "/v1/audits", {"content": "5", "headers": YAML}),
    "names that are none": (422, "validation", "POST", "/v1/metrics/resolve", {"json": {"names": [{"nam": 1}]}}),
    "a body that says it is too large": (413, "too-large", "POST", "/v1/audits", {"content": b" " * (MOST_BODY + 1), "headers": YAML}),
    "an address that is too long": (414, "address-too-long", "GET", "/v1/metrics?q=" + "a" * MOST_ADDRESS, {}),
    "headers that are too large": (431, "headers-too-large", "GET", "/v1/metrics", {"headers": {"Cookie": "a" * MOST_HEADERS}}),
}  # fmt: skip


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_is_a_problem(client: Client, failure: str) -> None:
    """Status, type, title, detail, instance and request id are there, and nothing of how the service is made."""
    status, slug, method, path, options = FAILURES[failure]

    response = client.request(method, path, **options)

    problem = check_problem(response)
    assert (response.status_code, problem["type"]) == (status, f"http://concord.test/problems/{slug}")


def test_a_body_that_never_ends_is_refused_when_too_much_of_it_has_come(client: Client) -> None:
    """Without a stated size the bytes are counted as they come."""
    sent = 0

    async def endless() -> Any:
        nonlocal sent
        while True:
            sent += 1 << 20
            yield b" " * (1 << 20)

    response = client.audit(endless())  # type: ignore[arg-type]

    assert check_problem(response)["status"] == 413
    assert sent <= MOST_BODY + (2 << 20)


def test_the_language_of_a_problem_is_the_callers(client: Client) -> None:
    """Title, detail and the sentences of errors are German where German is preferred."""
    response = client.audit(
        "concord: 1\norganization: {nam: x}\n", headers={"Accept-Language": "fr, de-AT;q=0.8, en;q=0.5"}
    )

    problem = check_problem(response)
    assert response.headers["content-language"] == "de"
    assert problem["title"] == "Das Gesendete ist nicht gültig"
    assert problem["errors"][0]["detail"] == "'nam' ist hier nicht bekannt"  # type: ignore[index]
    assert problem["errors"][0]["hint"] == "meinten Sie 'name'?"  # type: ignore[index]


def test_all_errors_come_at_once_with_their_places(client: Client) -> None:
    """Each names pointer, code, value, expectation, nearest value, line and column."""
    departments = "departments:\n  - {key: sales, name: Sales, function: sale}\n  - {name: B, function: hr}\n"

    problem = check_problem(client.audit("concord: 1\norganization: {name: Acme}\n" + departments))

    errors: Any = problem["errors"]
    assert [(e["pointer"], e["code"], e["line"]) for e in errors] == [
        ("#/departments/0/function", "not_one_of", 4),
        ("#/departments/1/key", "missing", 5),
    ]
    assert errors[0]["value"] == "sale"
    assert errors[0]["hint"] == "did you mean 'sales'?"
    assert errors[0]["column"] == 41


def test_at_most_a_hundred_errors_are_listed(client: Client) -> None:
    """What is beyond is counted and said."""
    departments = [{"key": f"d{n}", "name": "D", "function": "none"} for n in range(150)]

    response = client.post("/v1/audits", json={"concord": 1, "organization": {"name": "A"}, "departments": departments})

    problem = check_problem(response)
    assert len(problem["errors"]) == 100  # type: ignore[arg-type]
    assert problem["errors_truncated"] is True
    assert str(problem["detail"]).startswith("150 problems")


def test_pointers_can_be_put_into_an_address(client: Client) -> None:
    """They are fragments, percent-encoded."""
    response = client.post("/v1/audits", json={"concord": 1, "organization": {"name": "A", "a b/ü": 1}})

    assert check_problem(response)["errors"][0]["pointer"] == "#/organization/a%20b~1%C3%BC"  # type: ignore[index]


def test_a_rejected_value_is_never_repeated_whole(client: Client) -> None:
    """At most 200 characters of it are."""
    response = client.post("/v1/audits", json={"concord": 1, "organization": {"name": "A", "currency": "X" * 5_000}})

    assert len(check_problem(response)["errors"][0]["value"]) <= 200  # type: ignore[index]


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A service in which audits fail as they never should."""

    def audit(*_: Any, **__: Any) -> None:
        raise KeyError("/srv/secret/path")

    monkeypatch.setattr(audits, "audit", audit)
    with serving() as opened:
        yield opened


def test_a_fault_of_ours_is_told_without_a_word_of_why(faulty: Client, caplog: pytest.LogCaptureFixture) -> None:
    """The log has the reason, under the request id that the client gets."""
    response = faulty.audit("concord: 1", headers={"X-Request-Id": "abc-1"})

    problem = check_problem(response)
    assert problem["status"] == 500
    assert "secret" not in response.text
    assert "abc-1 failed" in caplog.text
    assert "/srv/secret/path" in caplog.text
