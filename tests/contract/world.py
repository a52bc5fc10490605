"""A workspace that has one of everything, and a request to every operation on it that succeeds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from types import MappingProxyType
from typing import Any, NamedTuple

import httpx
import pytest

from app.web.body import JSON, MERGE_PATCH
from tests.contract.own_rules import RULE
from tests.contract.the_document import Operation
from tests.contract.workspace_of_all import CUSTOMERS, LISTS, address_of, serving_filled
from tests.counts import IN_FULL
from tests.databases import KINDS
from tests.http_client import Client
from tests.routers.stored_observations import SHORTER

Json = dict[str, Any]

HERE = "/v1/organizations/tallowmere"
ANY = {"If-Match": "*"}


class Asked(NamedTuple):
    """What is asked of an operation: a body, parameters, and things that the workspace did not have from the beginning."""

    body: Any = None
    query: str = ""
    path: Mapping[str, str] = MappingProxyType({})


class World:
    """A workspace of a service, and what is in it."""

    def __init__(self, client: Client, known: dict[str, str]) -> None:
        self.client = client
        self.known = known
        self._numbers = count(1)

    def fresh(self) -> str:
        """A name that nothing has yet."""
        return f"fresh-{next(self._numbers)}"

    def asked(self, of: Operation) -> Asked:
        """A request that succeeds, as things stand; what it needs is made."""
        prepared = _PREPARED.get(of.id)
        return prepared(self) if prepared else _part(self, of) or Asked(_BODIES.get(of.id))

    def ask(self, of: Operation, asked: Asked, query: str = "", **headers: str) -> httpx.Response:
        """The answer to a request, with more of a query and with headers."""
        path = address_of(of.path, {**self.known, **asked.path})
        if "key" in asked.path:
            path = of.path.replace("{org}", self.known["org"]).replace("{key}", asked.path["key"])
        address = f"{path}?{'&'.join(filter(None, (asked.query, query)))}"
        body: Json = {}
        if asked.body is not None:
            headers = {"Content-Type": MERGE_PATCH if MERGE_PATCH in of.bodies() else JSON, **headers}
            body = {"content": asked.body if isinstance(asked.body, str) else json.dumps(asked.body)}
        return self.client.request(of.method, address, headers=headers, **body)

    def make(self, path: str, body: Any = None, **headers: str) -> Json:
        """Something that is made for the occasion."""
        response = self.client.post(path, headers=headers, **({} if body is None else {"json": body}))
        assert response.status_code in (200, 201, 202), response.text
        made: Json = response.json()
        return made

    def take_away(self, path: str) -> None:
        """And taken away again."""
        assert self.client.delete(path, headers=ANY).status_code == 204, path


@pytest.fixture(scope="module", params=KINDS)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A workspace on each database, for all tests of a module."""
    yield from _world_on(request.param)


@pytest.fixture(scope="module", params=KINDS if IN_FULL else KINDS[:1])
def any_world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A workspace on one database, for tests that none is asked in; on each in a full run."""
    yield from _world_on(request.param)


def _world_on(kind: str) -> Iterator[World]:
    with serving_filled(kind) as (client, known):
        yield World(client, known)


def _part(world: World, of: Operation) -> Asked | None:
    """What is asked about the parts of a document."""
    verb, list_ = of.id.partition("_")[0], of.path.removeprefix("/v1/organizations/{org}/").partition("/")[0]
    if list_ not in LISTS or "{analysis_id}" in of.path:
        return None
    item = LISTS[list_]
    if verb == "put":
        return Asked(item)
    if verb == "patch":
        return Asked({"lag_days": 20} if list_ == "influences" else {"name" if "name" in item else "role": "Changed"})
    if verb == "delete":
        return Asked(query="cascade=true")
    if verb == "add":
        return Asked(_another(world, list_))
    if verb == "restore":
        made = world.make(f"{HERE}/{list_}", _another(world, list_))
        world.take_away(f"{HERE}/{list_}/{made['key']}")
        return Asked(path={"key": made["key"]})
    return None


def _another(world: World, list_: str) -> Json:
    """An item for a list that has one already."""
    name, item = world.fresh(), LISTS[list_]
    if list_ == "metrics":
        return {**item, "id": f"acme.{name.replace('-', '_')}"}
    if list_ == "influences":
        return {**item, "source": world.make(f"{HERE}/metrics", _another(world, "metrics"))["id"]}
    if list_ == "incentive-plans":
        return {**item, "key": name, "components": [{**item["components"][0], "key": f"{name}-calls"}]}
    return {**item, "key": name}


def _organization(world: World) -> Asked:
    key = world.fresh()
    world.make("/v1/organizations", {"key": key, "name": "Gone"})
    world.take_away(f"/v1/organizations/{key}")
    return Asked(path={"org": key})


def _document(world: World) -> Asked:
    return Asked(world.client.get(f"{HERE}/document").json())


def _import(world: World) -> Asked:
    return Asked(path={"import_id": world.make(f"{HERE}/imports", _IMPORTED)["id"]})


def _recommendation(body: Json) -> Callable[[World], Asked]:
    def asked(world: World) -> Asked:
        analysis = world.make(f"{HERE}/analyses", {})["id"]
        found = world.client.get(f"{HERE}/analyses/{analysis}/recommendations?limit=1&status=open").json()["items"]
        return Asked(body, path={"analysis_id": analysis, "recommendation_id": found[0]["id"]})

    return asked


def _conflict(world: World) -> Asked:
    world.make(f"{HERE}/analyses", {"with_recommendations": False})
    found = world.client.get(f"{HERE}/conflicts?status=new,open&limit=1").json()["items"]
    return Asked({"status": "acknowledged"}, path={"conflict": found[0]["fingerprint"]})


def _own_evidence(world: World) -> Asked:
    """An influence whose class nothing has replaced yet."""
    world.client.delete(f"{HERE}/influences/{SHORTER}", headers=ANY)
    return Asked(path={"influence_id": SHORTER})


def _revision(world: World) -> Asked:
    """The document as it was before it was changed last."""
    found = world.client.get(f"{HERE}/revisions?sort=-number&limit=2").json()["items"]
    return Asked(path={"number": str(found[1]["number"])})


def _key(world: World) -> Asked:
    made = world.make("/v1/api-keys", {"name": world.fresh(), "scopes": ["read"]})
    return Asked(_BODIES.get("patch_api_key"), path={"key_id": made["id"]})


def _job(world: World) -> Asked:
    return Asked(path={"job_id": world.make(f"{HERE}/analyses", {}, Prefer="respond-async")["id"]})


def _rule(world: World) -> str:
    """A rule that nobody has seen yet."""
    id_ = f"DRF{int(world.fresh().rpartition('-')[2]):03}"
    response = world.client.put(f"/v1/rules/{id_}", json={**RULE, "pack": "drafts"})
    assert response.status_code == 201, response.text
    return id_


def _active_rule(world: World) -> Asked:
    id_ = _rule(world)
    assert world.client.put(f"/v1/rules/{id_}/activation", json={}).status_code == 200
    return Asked(path={"rule_id": id_})


def _rule_of_somebody_else(world: World) -> Asked:
    """A rule that a colleague wrote."""
    key = world.make("/v1/api-keys", {"name": world.fresh(), "scopes": ["write"]})["key"]
    id_ = f"DRF{int(world.fresh().rpartition('-')[2]):03}"
    response = world.client.with_key(key).put(f"/v1/rules/{id_}", json={**RULE, "pack": "drafts"})
    assert response.status_code == 201, response.text
    return Asked(path={"rule_id": id_})


def _pack_file(world: World) -> Asked:
    """The file of the pack that is there, which changes nothing."""
    return Asked(world.client.get("/v1/rule-packs/acme/file").json())


def _scenario(world: World) -> Asked:
    """A scenario on the model as it stands, which changes something."""
    number = 2_000 + int(world.fresh().rpartition("-")[2])
    patch = [{"op": "add", "path": "/organization/employees", "value": number}]
    made = world.make(f"{HERE}/scenarios", {"name": "Others", "patches": [{"patch": patch}]})
    return Asked(path={"scenario_id": made["id"]})


def _discarded_scenario(world: World) -> Asked:
    asked = _scenario(world)
    world.take_away(f"{HERE}/scenarios/{asked.path['scenario_id']}")
    return asked


_IMPORTED = {"kpis": [{"key": "calls", "weight": 3}]}

_PREPARED: dict[str, Callable[[World], Asked]] = {
    "accept_recommendation": _recommendation({"into": "model"}),
    "replace_influence_strength": _own_evidence,
    "make_business_case": lambda world: Asked({"scenario": world.known["scenario_id"], "draws": 100}),
    "add_member": lambda world: Asked({"name": "Bo", "email": f"{world.fresh()}@acme.example"}),
    "add_organization": lambda world: Asked({"key": world.fresh(), "name": "Another"}),
    "apply_import": _import,
    "approve_rule": _rule_of_somebody_else,
    "delete_rule": lambda world: Asked(path={"rule_id": _rule(world)}),
    "delete_rule_activation": _active_rule,
    "put_rule_pack_file": _pack_file,
    "cancel_job": _job,
    "delete_observations": lambda _: Asked(query="kpi=calls"),
    "discard_scenario": _scenario,
    "delete_assessment": lambda world: Asked(
        path={"assessment_id": world.make(f"{HERE}/assessments", {"instrument": "obstacles", "name": "To go"})["id"]}
    ),
    "promote_scenario": _scenario,
    "restore_scenario": _discarded_scenario,
    "dismiss_recommendation": _recommendation({"reason": "Not now."}),
    "patch_conflict": _conflict,
    "put_document": _document,
    "repeat_delivery": lambda world: Asked({"delivery": world.known["delivery_id"]}),
    "restore_organization": _organization,
    "restore_revision": _revision,
    "rotate_api_key": lambda world: _key(world)._replace(body=None),
}
"""Operations that need something of their own."""

_BODIES: Json = {
    "add_assessment": {"instrument": "obstacles", "name": "Another look"},
    "patch_assessment": {"name": "Second look"},
    "add_assessment_answers": {
        "items": [{"respondent": "2", "group": "executives", "question": "sponsor", "score": 4}]
    },
    "add_api_key": {"name": "one more", "scopes": ["read"]},
    "add_comment": {"text": "Seen."},
    "add_embed_token": {
        "view": "compass",
        "organization": "tallowmere",
        "allowed_origins": ["https://portal.acme.example"],
    },
    "add_webhook": {"url": "https://hooks.acme.example/more"},
    "add_scenario": {"name": "Fewer people"},
    "add_scenario_patch": {"patch": [{"op": "add", "path": "/organization/industry", "value": "rail"}]},
    "make_plan": {"max_changes": 1, "time_limit_seconds": 0.1},
    "run_sensitivity": {"samples": 2, "seed": 1},
    "patch_scenario": {"name": "Fewer people, for longer"},
    "rebase_scenario": {"choices": []},
    "run_scenario_analysis": {"with_recommendations": False},
    "check_rule": RULE,
    "dry_run_rule_pack": {"file": {"pack": {"id": "other", "version": "1.0.0"}, "rules": []}},
    "dry_run_rules": {"rule": {**RULE, "id": "ACM101"}, "organization": "tallowmere"},
    "patch_rule": {"base": 50},
    "patch_rule_pack": {"name": {"en": "Red lines"}},
    "put_rule": RULE,
    "put_rule_activation": {},
    "put_rule_settings": {"rules": {"FLU101": {"level": "low", "reason": "Agreed with the works council."}}},
    "put_workspace_settings": {"four_eyes": False},
    "resolve_condition": {"text": "has_gate"},
    "audit_document": {"concord": 1, "organization": {"name": "Acme"}},
    "patch_api_key": {"name": "renamed"},
    "analyse_rules": {"rules": []},
    "patch_document": {"organization": {"industry": "rail"}},
    "patch_governance": {"outcome_owner": "nobody"},
    "patch_member": {"roles": ["auditor"]},
    "patch_organization": {"industry": "rail"},
    "patch_webhook": {"description": "For HR"},
    "preview_import": _IMPORTED,
    "put_governance": {"outcome_owner": "nobody"},
    "put_organization": {"name": "Tallowmere"},
    "put_schedule": {"every": "week"},
    "put_customer_asset": CUSTOMERS,
    "patch_business_case": {"assumptions": {"growth": {"mode": "left_out"}}},
    "build_roadmap": {"starts_on": "2027-02-01"},
    "patch_roadmap": {"starts_on": "2027-03-01"},
    "patch_roadmap_item": {"days": 25, "confirmed": {"ran": {"evidence": "Four weeks in two shops."}}},
    "record_observations": {"items": [{"kpi": "calls", "on": "2026-01-31", "value": 412}]},
    "resolve_names": {"names": [{"name": "AHT"}]},
    "run_analysis": {"with_recommendations": False},
}
"""Operation → a body that is right."""
