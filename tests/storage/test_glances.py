"""Glances: single statements without a transaction around them, which see what every transaction would."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.conditions import ANY, Condition
from app.domain.document.parts import PartId
from app.domain.errors import Missing, StorageTrouble
from app.services import api_keys, document_parts, documents, identity
from app.storage import directory
from app.storage.database import Database
from app.storage.prepared import Prepared
from app.storage.workspace import WrongWorkspace
from tests.bench.company import telecom
from tests.databases import KINDS, fresh
from tests.services.stored import new_caller, source

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
WHATEVER = Condition(if_match=(ANY,))


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Iterator[Database]:
    with fresh(request.param) as url:
        opened = Database(url)
        yield opened
        opened.close()


def test_a_key_that_was_revoked_opens_nothing_from_then_on(store: Database) -> None:
    """Revoking is seen by the next look, also by other connections of the same process."""
    made = api_keys.from_the_shell(store, "acme", "somebody", ["read"], NOW)
    assert made.text is not None
    holder = identity.holder_of(store, made.text, NOW)
    assert holder is not None

    api_keys.revoke(store, holder.caller, made.id, NOW, WHATEVER)

    assert identity.holder_of(store, made.text, NOW) is None


def test_a_part_is_seen_as_it_was_written_last_and_by_its_workspace_alone(store: Database) -> None:
    """A glance sees what the last write left; what others have under the same name it does not see."""
    ours, theirs = new_caller(store), new_caller(store)
    said = telecom("acme", 3)
    documents.replace(store, ours, "acme", source(said), NOW, Condition())
    part = PartId("kpis", said["kpis"][0]["key"])
    before = document_parts.get_as_text(store, ours, "acme", part)

    changed = {**said["kpis"][0], "weight": 77}
    document_parts.replace(store, ours, "acme", part, source(changed), NOW, WHATEVER)

    after = document_parts.get_as_text(store, ours, "acme", part)
    assert '"weight":77' in after.text
    assert after.tag != before.tag
    with pytest.raises(Missing):
        document_parts.get_as_text(store, theirs, "acme", part)


def test_what_is_shown_as_text_is_what_is_shown(store: Database) -> None:
    """The text of a part and its tag are those of the part that was read into values."""
    who = new_caller(store)
    said = telecom("acme", 3)
    documents.replace(store, who, "acme", source(said), NOW, Condition())
    for list_, keys in (("kpis", [kpi["key"] for kpi in said["kpis"]]), ("governance", ["governance"])):
        for key in keys:
            part = document_parts.get(store, who, "acme", PartId(list_, key))

            text = document_parts.get_as_text(store, who, "acme", PartId(list_, key))

            assert part.shown == json.loads(text.text)
            assert text.tag == part.tag


def test_a_statement_of_no_workspace_is_refused(store: Database) -> None:
    """What does not name the workspace is not run."""
    statement = directory._FIND_KEY
    assert isinstance(statement, Prepared)

    with pytest.raises(WrongWorkspace):
        store.glance("anybody").find(statement, sought="x")


def test_a_database_in_another_ones_place_is_looked_at() -> None:
    """When another file comes in the place of the database, glances see that one; when it goes, they say so."""
    with fresh("sqlite") as first, fresh("sqlite") as second:
        path, other = (Path(url.removeprefix("sqlite:///")) for url in (first, second))
        store, elsewhere = Database(first), Database(second)
        key = api_keys.from_the_shell(elsewhere, "acme", "somebody", ["read"], NOW).text
        assert key is not None
        elsewhere.close()
        assert identity.holder_of(store, key, NOW) is None

        Path(shutil.copy(other, path.with_suffix(".copy"))).rename(path)

        assert identity.holder_of(store, key, NOW) is not None
        path.unlink()
        with pytest.raises(StorageTrouble):
            identity.holder_of(store, key, NOW)
        store.close()
