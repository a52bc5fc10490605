"""What goes wrong: the problems that the service tells (RFC 9457), and answers that never come. Each is an exception."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any


class ConcordError(Exception):
    """Anything that keeps a request from being done."""


class NoAnswer(ConcordError):
    """The service was not reached, or the connection broke before it answered. `may_be_done`: the request may have arrived nevertheless."""

    def __init__(self, method: str, target: str, cause: Exception, *, may_be_done: bool) -> None:
        self.may_be_done = may_be_done
        doubt = "; whether it was done is not known" if may_be_done and method != "GET" else ""
        super().__init__(f"no answer to {method} {target}: {str(cause) or type(cause).__name__}{doubt}")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong with what was sent: where (a JSON pointer, or the name of a parameter or header; in files line and column or
    sheet and cell), what, and the code that programs go by. `hint`: what would do."""

    detail: str
    code: str
    pointer: str | None = None
    parameter: str | None = None
    value: Any = None
    expected: str | None = None
    hint: str | None = None
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None


class Problem(ConcordError):
    """A request was refused. Programs go by `type`, which never changes, or by its last word, `slug`; people read `detail`.

    `errors` lists everything that is wrong; `etag` is the present state of what has changed meanwhile; `members` holds all that was told.
    """

    def __init__(self, status: int, members: Mapping[str, Any], headers: Mapping[str, str]) -> None:
        self.status = status
        self.members = members
        self.type: str = str(members.get("type", "about:blank"))
        self.slug: str = self.type.rpartition("/")[2]
        self.title: str = str(members.get("title", f"HTTP status {status}"))
        self.detail: str = str(members.get("detail", self.title))
        self.request_id: str | None = members.get("request_id") or headers.get("x-request-id")
        self.errors: list[Fault] = [_fault(each) for each in members.get("errors", ())]
        self.etag: str | None = headers.get("etag")
        self.retry_after: float = _seconds(headers.get("retry-after", ""))
        super().__init__(f"{status} {self.slug}: {self.detail}" if self.slug != "about:blank" else self.title)

    @property
    def may_pass(self) -> bool:
        """Whether the same request may be done a little later."""
        return self.status in (429, 503) or self.slug == "idempotency-in-progress"


class NotAuthenticated(Problem):
    """401: there is no credential, or none that is good (any more)."""


class Forbidden(Problem):
    """403: the credential lacks the scope that the problem names."""


class NotFound(Problem):
    """404: there is no such thing in the workspace."""


class WrongState(Problem):
    """409: it exists already, is still referred to, or its state does not allow this."""


class Changed(Problem):
    """412: it is not as it was when it was read; `etag` is how it is now. 428 for a change that does not say what it is based on."""


class Invalid(Problem):
    """400, 413, 415 or 422: what was sent cannot be; `errors` lists why and where."""


class Unavailable(Problem):
    """429 or 503, after several attempts."""


_KINDS: Mapping[int, type[Problem]] = {
    400: Invalid,
    401: NotAuthenticated,
    403: Forbidden,
    404: NotFound,
    409: WrongState,
    412: Changed,
    413: Invalid,
    415: Invalid,
    422: Invalid,
    428: Changed,
    429: Unavailable,
    503: Unavailable,
}


def problem_of(status: int, headers: Mapping[str, str], content: bytes) -> Problem:
    """The problem that an answer tells; answers of others on the way, which tell none, become one as well."""
    try:
        members = json.loads(content) if "json" in headers.get("content-type", "") else {}
    except ValueError:
        members = {}
    return _KINDS.get(status, Problem)(status, members if isinstance(members, dict) else {}, headers)


def _fault(said: Mapping[str, Any]) -> Fault:
    known = {name: said[name] for name in Fault.__dataclass_fields__ if name in said}
    return Fault(**{"detail": "", "code": "", **known})


def _seconds(retry_after: str) -> float:
    """`Retry-After` as seconds from now: it is a number, or an HTTP date."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after)
    try:
        at = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    return max(0.0, (at - datetime.now(UTC)).total_seconds()) if at.tzinfo else 0.0
