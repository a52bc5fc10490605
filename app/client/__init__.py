"""The client of the service: everything that it does, from Python, with types.

from app.client import Client

with Client("https://concord.example.com", key) as concord:
    kpi = concord.kpis.get("acme", "aht")
    concord.kpis.put("acme", "aht", kpi.having(target=300))     # fails with Changed if somebody was faster
    analysis = concord.analyses.run("acme")
    for finding in concord.findings.list("acme", analysis.id, level=["high", "critical"]):
        print(finding.severity, finding.title)

AsyncClient has the same operations, to be awaited. Beside the standard library it needs httpx, and nothing else of Concord.
"""

from __future__ import annotations

from app.client.client import AsyncClient, Client
from app.client.exchange import Patience
from app.client.jobs import JobFailed
from app.client.problems import (
    Changed,
    ConcordError,
    Fault,
    Forbidden,
    Invalid,
    NoAnswer,
    NotAuthenticated,
    NotFound,
    Problem,
    Unavailable,
    WrongState,
)
from app.client.things import Thing

__all__ = [
    "AsyncClient",
    "Changed",
    "Client",
    "ConcordError",
    "Fault",
    "Forbidden",
    "Invalid",
    "JobFailed",
    "NoAnswer",
    "NotAuthenticated",
    "NotFound",
    "Patience",
    "Problem",
    "Thing",
    "Unavailable",
    "WrongState",
]
