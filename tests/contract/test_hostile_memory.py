"""Bodies that would take a service without bounds minutes or gigabytes leave it as it was."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from app.routers.examples import DOCUMENT
from app.web.body import YAML
from tests.contract.heavy import AS_USUAL, MEBI, ORGANIZATION, answered, heavy, most_memory
from tests.counts import many
from tests.databases import KINDS, fresh
from tests.faults.served import a_key, serving

pytestmark = pytest.mark.slow

MOST = 512 * MEBI


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
@pytest.mark.parametrize("kind", KINDS)
def test_no_body_takes_more_memory_than_there_is(kind: str) -> None:
    """Four at once, each is refused or read; the process never holds 512 MiB more than after ordinary requests, and goes on."""
    requests = list(heavy())
    share = requests[:: max(1, len(requests) // many(len(requests)))]
    with fresh(kind) as url:
        key = a_key(url)
        with serving(url) as served:
            ordinary = {"Authorization": f"Bearer {key}", "Content-Type": YAML}
            for method, path in (("PUT", f"{ORGANIZATION}/document"), ("POST", "/v1/audits")):
                address = f"{served.address}{path}"
                httpx.request(method, address, content=DOCUMENT, headers=ordinary, timeout=60).raise_for_status()
            before = most_memory(served)

            said = answered(served, key, share)

            assert [one for one in said if one.status not in AS_USUAL] == []
            assert most_memory(served) - before < MOST
            assert served.status("/v1/me", headers=ordinary) == 200
