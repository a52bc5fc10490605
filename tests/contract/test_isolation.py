"""Who may do what: every operation with every credential that is not good for it, and every thing asked for from another workspace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote

import httpx
import pytest
from sqlalchemy import select, text
from sqlmodel import SQLModel

from app.domain.access import Scope
from app.domain.api_keys import RANDOM_BYTES, key_from
from app.services import api_keys
from tests.contract.every_row import rows_of
from tests.contract.workspace_of_all import WORDS_OF_ALL, address_of, filled, serving_filled
from tests.databases import KINDS
from tests.http_client import Client, a_key, serving

pytestmark = pytest.mark.slow

LESS: dict[Scope, Scope] = {"read": "embed", "write": "read", "admin": "write", "embed": "write"}
"""The scope that an operation needs → the most that is not enough."""


UNSECURED = ("due",)
"""Tables that say which workspaces have something to do, with ids and instants alone, for those who do it."""

MAKES = ("put_document", "put_organization", "put_rule", "put_rule_pack_file")
"""Operations that make what is not there, in the asker's own workspace; what they leave alone is shown by equal names."""


class Operation(NamedTuple):
    """An operation of the OpenAPI document that needs a credential."""

    id: str
    method: str
    path: str
    scope: Scope
    media_type: str | None
    body: Any


@lru_cache(maxsize=1)
def operations() -> list[Operation]:
    with serving() as client:
        document = client.app.openapi()
    found = []
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            if scopes := said.get("x-required-scopes"):
                media_type, body = _body(said)
                found.append(Operation(said["operationId"], method.upper(), path, scopes[0], media_type, body))
    return found


def _body(said: dict[str, Any]) -> tuple[str | None, Any]:
    content = said.get("requestBody", {}).get("content", {})
    for media_type, noted in content.items():
        if "examples" in noted and media_type.endswith("json"):
            return media_type, noted["examples"]["example"]["value"]
    return next(iter(content), None), None


class Two:
    """A service with a workspace that has one of everything, and one that has nothing."""

    def __init__(self, owner: Client, known: dict[str, str]) -> None:
        self.owner = owner
        self.known = known
        self.stranger = owner.another(workspace="strangers")

    def ask(self, operation: Operation, path: str, key: str | None) -> httpx.Response:
        """The operation, asked for with a key."""
        headers = {"If-Match": "*", "Authorization": f"Bearer {key}" if key else ""}
        if operation.media_type:
            headers["Content-Type"] = operation.media_type
        options: dict[str, Any] = {"json": operation.body} if operation.body is not None else {}
        return self.owner.request(operation.method, path, headers=headers, **options)


@pytest.fixture(scope="module", params=KINDS)
def two(request: pytest.FixtureRequest) -> Iterator[Two]:
    with serving_filled(request.param) as (owner, known):
        yield Two(owner, known)


def bad_keys(client: Client) -> dict[str, str | None]:
    """What nobody is admitted with."""
    store, now = client.app.state.store, datetime.now(UTC)
    workspace = api_keys.from_the_shell(store, "tests", "expired", ("read", "write", "admin"), now)
    revoked = client.another()
    revoked_id = revoked.get("/v1/me").json()["credential"]
    assert client.delete(f"/v1/api-keys/{revoked_id}", headers={"If-Match": "*"}).status_code == 204
    expiring = client.post(
        "/v1/api-keys",
        json={
            "name": "short",
            "scopes": ["read", "write", "admin"],
            "expires_at": (now + timedelta(seconds=1)).isoformat(),
        },
    ).json()["key"]
    assert workspace.text is not None
    while client.get("/v1/me", headers={"Authorization": f"Bearer {expiring}"}).status_code == 200:
        pass
    return {
        "none": None,
        "nonsense": "open sesame",
        "a typo": workspace.text[:-1] + ("a" if workspace.text[-1] != "a" else "b"),
        "unknown": key_from(b"x" * RANDOM_BYTES, "live").text,
        "revoked": revoked.key,
        "expired": expiring,
    }


def test_a_credential_that_is_not_good_opens_nothing(two: Two) -> None:
    """Every operation is refused with 401, and all refusals say the same."""
    refused = {}
    for name, key in bad_keys(two.owner).items():
        for operation in operations():
            response = two.ask(operation, address_of(operation.path, two.known), key)
            if response.status_code != 401 or response.headers.get("WWW-Authenticate") != "Bearer":
                refused[(name, operation.id)] = response.status_code

    assert refused == {}
    assert len(operations()) * 6 > 700


def test_a_credential_without_the_scope_is_told_which_is_missing(two: Two) -> None:
    """403, whatever the operation and whether its things exist or not."""
    keys = {scope: a_key(two.owner.app.state.store, less) for scope, less in LESS.items()}

    wrong = {}
    for operation in operations():
        response = two.ask(operation, address_of(operation.path, two.known), keys[operation.scope])
        if response.status_code != 403 or response.json()["scope"] != operation.scope:
            wrong[operation.id] = (response.status_code, response.text)

    assert wrong == {}


def test_what_another_workspace_has_does_not_exist(two: Two) -> None:
    """The answer is, byte for byte, that for a thing which nobody has; and nothing of the owner's changes."""
    before = rows_of(two.owner)

    wrong = {}
    for operation in (one for one in operations() if "{" in one.path and one.id not in MAKES):
        foreign = address_of(operation.path, two.known)
        unknown = {name: value if name in WORDS_OF_ALL else absent_like(value) for name, value in two.known.items()}
        absent = address_of(operation.path, unknown)
        theirs, nobodys = (_seen(two, operation, path) for path in (foreign, absent))
        if theirs != nobodys:
            wrong[operation.id] = (theirs, nobodys)

    assert wrong == {}
    assert rows_of(two.owner) == before


def test_lists_show_nothing_of_another_workspace(two: Two) -> None:
    """Not an id, not a key, not a count."""
    shown = {}
    for operation in (one for one in operations() if one.method == "GET" and "{" not in one.path):
        text = two.ask(operation, f"{operation.path}", two.stranger.key).text
        if leaked := [value for name, value in two.known.items() if name not in WORDS_OF_ALL and value in text]:
            shown[operation.id] = leaked

    assert shown == {}


def test_equal_names_in_two_workspaces_never_meet(two: Two) -> None:
    """A second workspace with everything under the same keys: whatever is done to it, the first one stays as it is."""
    twin = two.owner.another(workspace="twins")
    known = filled(twin)
    before = rows_of(two.owner)

    statuses = {}
    for operation in sorted(operations(), key=lambda one: one.method == "DELETE"):
        if operation.id != "revoke_api_key":
            statuses[operation.id] = two.ask(operation, address_of(operation.path, known), twin.key).status_code

    assert rows_of(two.owner) == before
    assert not [name for name, status in statuses.items() if status >= 500 or status in (401, 403)]
    assert sum(status < 300 for status in statuses.values()) > len(statuses) * 0.7


@pytest.mark.parametrize("claimed", ["", "wsp_of_nobody", "strangers"])
def test_postgresql_shows_no_foreign_row_even_to_statements_without_a_filter(two: Two, claimed: str) -> None:
    """Row by row, in every table that has workspaces, whatever the transaction says whose it is, or says nothing."""
    store = two.owner.app.state.store
    if store.dialect != "postgresql":
        return
    own = two.owner.get("/v1/me").json()["workspace"]
    asker = two.stranger.get("/v1/me").json()["workspace"] if claimed == "strangers" else claimed
    tables = [table for table in SQLModel.metadata.sorted_tables if "workspace_id" in table.c]

    seen = {}
    for table in tables:
        with store.connection() as connection:
            if asker:
                connection.execute(text("select set_config('app.workspace', :id, true)"), {"id": asker})
            foreign = [row for row in connection.execute(select(table)) if row.workspace_id == own]
            if foreign and table.name not in UNSECURED:
                seen[table.name] = len(foreign)

    assert len(tables) > 20
    assert seen == {}


def absent_like(value: str) -> str:
    """A name of the same form that nothing has."""
    if value.isdigit():
        return "999"
    if re.fullmatch("[0-9a-f]{16}", value):
        return "0" * 16
    prefix, _, rest = value.rpartition("_")
    return f"{prefix}_{'0' * len(rest)}" if prefix else "nobodys"


def _seen(two: Two, operation: Operation, path: str) -> tuple[int, str]:
    """What a stranger sees, apart from what names the request itself."""
    response = two.ask(operation, path, two.stranger.key)
    text = response.text
    if response.headers.get("content-type", "").startswith("application/problem+json"):
        said = response.json()
        for named in (said["request_id"], said["instance"], path, quote(path, safe="/%:")):
            text = text.replace(named, "")
        for asked_for in path.split("/")[1:]:
            text = text.replace(f"'{asked_for}'", "it")
    return response.status_code, text
