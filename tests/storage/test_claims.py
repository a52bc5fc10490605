"""The key of a repeated request while the first one is still at work."""

from __future__ import annotations

import pytest

from app.domain.claims import Claim
from app.domain.errors import ClaimRunning, StorageTrouble
from app.storage import claims
from app.storage.database import Database
from tests.services.stored import EPOCH, new_caller

pytestmark = pytest.mark.slow


def test_the_second_request_is_told_when_the_first_takes_long(database_url: str) -> None:
    """It waits a while for how the first ends, and does nothing by itself; with one writer at a time it does not come to that."""
    store, other = Database(database_url), Database(database_url)
    me = new_caller(store)
    with store.writing(me.workspace) as first:
        assert claims.earlier(first, me, Claim("once", "request", EPOCH), str) is None

        expected = ClaimRunning if store.dialect == "postgresql" else StorageTrouble
        with pytest.raises(expected), other.writing(me.workspace) as second:
            claims.earlier(second, me, Claim("once", "request", EPOCH), str)
        claims.keep(first, me, Claim("once", "request", EPOCH), "done")

    with store.writing(me.workspace) as third:
        assert claims.earlier(third, me, Claim("once", "request", EPOCH), str) == "done"
    store.close()
    other.close()
