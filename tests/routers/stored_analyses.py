"""The call centre as an organization of a service, and analyses of it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from tests.databases import KINDS
from tests.domain.call_centre import CALL_CENTRE, Raw
from tests.http_client import Client, serving

AT = "/v1/organizations/acme"
ANALYSES = f"{AT}/analyses"
DAY = "2026-07-01"


def the_company(**changes: Any) -> Raw:
    """The call centre under the key `acme`, with other members where they are given."""
    return {**copy.deepcopy(CALL_CENTRE), "organization": {"key": "acme", "name": "Acme"}, **changes}


def put(client: Client, raw: Raw | None = None) -> str:
    """Make it the organization's document; the entity tag of the document."""
    headers = {"If-Match": "*"} if client.get(AT).status_code == 200 else {}
    response = client.put(f"{AT}/document", json=raw or the_company(), headers=headers)
    assert response.status_code in (200, 201), response.text
    return response.headers["etag"]


def analysed(client: Client, raw: Raw | None = None, **said: Any) -> Raw:
    """An analysis of it, in short."""
    put(client, raw)
    return ran(client, **said)


def ran(client: Client, **said: Any) -> Raw:
    """An analysis of what there is, in short."""
    response = client.post(ANALYSES, json={"as_of": DAY, **said})
    assert response.status_code == 201, response.text
    made: Raw = response.json()
    return made


def at(analysis: Raw, path: str = "") -> str:
    """An address below an analysis."""
    return f"{ANALYSES}/{analysis['id']}{path}"


def without(raw: Raw, list_: str, key: str) -> Raw:
    """The document without an item, and without what is paid on it."""
    kept = [item for item in raw[list_] if item["key"] != key]
    plans = [
        {**plan, "components": [c for c in plan["components"] if c.get("kpi") != key]}
        for plan in raw["incentive_plans"]
    ]
    return {**raw, list_: kept, "incentive_plans": [plan for plan in plans if plan["components"]]}


class Kept(NamedTuple):
    """A service in which the call centre was analysed once; tests that share it only read."""

    client: Client
    analysis: Raw

    def get(self, path: str = "", **options: Any) -> Any:
        """What is at an address below the analysis."""
        return self.client.get(at(self.analysis, path), **options)


@pytest.fixture(scope="module", params=KINDS)
def kept(request: pytest.FixtureRequest) -> Iterator[Kept]:
    """One analysis in a database of each kind."""
    with serving(request.param) as client:
        yield Kept(client, analysed(client))
