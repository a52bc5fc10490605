"""The services that the tests of this folder talk to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.services.sealing import Sealer
from app.worker import Worker
from tests.http_client import Client
from tests.http_client import client as client
from tests.http_client import shared as shared
from tests.http_client import stored as stored
from tests.http_client import tenant as tenant


@pytest.fixture
def served(tenant: Client) -> Iterator[Client]:
    """A service that does jobs itself, as it does when it is started."""
    worker = Worker(tenant.app.state.store, Sealer(["tests"]))
    worker.start()
    tenant.app.state.worker = worker
    yield tenant
    tenant.app.state.worker = None
    worker.stop(5)
