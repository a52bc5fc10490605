"""Why a job failed, as values that are kept with it and become the error again when somebody looks."""

from __future__ import annotations

from typing import Any

from app.domain.errors import ConcordError, DocumentInvalid, JobInterrupted, Missing, Problem, WrongState


def kept(error: Exception) -> dict[str, Any]:
    """The error as JSON values; one that nobody expected says no more than that."""
    if isinstance(error, DocumentInvalid):
        flags = {"malformed": error.malformed, "too_large": error.too_large, "omitted": error.omitted}
        return {"error": "document_invalid", "problems": [problem._asdict() for problem in error.problems], **flags}
    if isinstance(error, Missing):
        return {"error": "missing", "what": error.what, "name": error.name}
    if isinstance(error, WrongState):
        return {"error": "wrong_state", "reason": error.reason, "german": error.german}
    if isinstance(error, JobInterrupted):
        return {"error": "job_interrupted"}
    return {"error": "unexpected"}


def error_from(said: dict[str, Any]) -> ConcordError | None:
    """The error that was kept, None for one that nobody expected."""
    values = {name: value for name, value in said.items() if name != "error"}
    match said["error"]:
        case "document_invalid":
            return DocumentInvalid(map(_problem, values.pop("problems")), **values)
        case "missing":
            return Missing(**values)
        case "wrong_state":
            return WrongState(**values)
        case "job_interrupted":
            return JobInterrupted()
    return None


def _problem(said: dict[str, Any]) -> Problem:
    return Problem(**{**said, "details": tuple((name, value) for name, value in said["details"])})
