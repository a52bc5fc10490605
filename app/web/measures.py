"""What the service counts of itself, in the text format of Prometheus: requests by operation and status, how long they took."""

from __future__ import annotations

from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

MEDIA_TYPE = CONTENT_TYPE_LATEST

METHODS = frozenset(("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"))
UNMATCHED = "unmatched"
"""Stands for addresses and methods that the service does not have: they are endless, and labels must not be."""


class Measures:
    """The counts of one process. Labels hold operations and statuses, never keys, names or workspaces."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "concord_requests",
            "Requests that were answered.",
            ("method", "operation", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "concord_request_seconds",
            "How long requests took.",
            ("method", "operation"),
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
            registry=self._registry,
        )
        self._of: dict[tuple[str, str, int], tuple[Any, Any]] = {}
        self._running = Gauge("concord_requests_running", "Requests that are being answered.", registry=self._registry)

    def begun(self) -> None:
        """A request came."""
        self._running.inc()

    def ended(self, method: str, operation: str, status: int, seconds: float) -> None:
        """It was answered."""
        self._running.dec()
        label = (method if method in METHODS else UNMATCHED, operation, status)
        if label not in self._of:
            count, took = self._requests.labels(*label[:2], str(status)), self._seconds.labels(*label[:2])
            self._of[label] = count, took
        count, took = self._of[label]
        count.inc()
        took.observe(seconds)

    def text(self) -> bytes:
        """All counts."""
        return generate_latest(self._registry)


def operation_of(scope: Any) -> str:
    """The operation that answered a request, once it has been routed."""
    route = scope.get("route")
    return str(getattr(route, "operation_id", None) or getattr(route, "path", None) or UNMATCHED)
