"""What every problem must be, whoever answers with it."""

from __future__ import annotations

import json

import httpx

from app.web.problem_types import PROBLEM_TYPES


def check_problem(response: httpx.Response) -> dict[str, object]:
    """The problem of an answer, after checking all that every problem promises."""
    assert response.headers["content-type"] == "application/problem+json"
    problem = json.loads(response.content)
    slug = problem["type"].rpartition("/problems/")[2]
    assert slug in PROBLEM_TYPES, slug
    assert problem["type"].startswith("http")
    assert problem["status"] == response.status_code == PROBLEM_TYPES[slug].status
    assert problem["request_id"] == response.headers["x-request-id"]
    assert problem["instance"].startswith("/")
    assert problem["title"] and problem["detail"]
    assert "Traceback" not in response.text
    listed = problem.get("errors", [])
    assert len(listed) <= 100
    for error in listed:
        assert error["detail"] and error["code"]
        assert ("pointer" in error) != ("parameter" in error)
        assert error.get("pointer", "#").startswith("#")
        assert len(str(error.get("value", ""))) <= 210
    return problem
