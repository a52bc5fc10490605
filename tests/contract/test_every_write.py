"""What every operation that changes something does the same way: retries, dry runs, preconditions."""

from __future__ import annotations

import json

import httpx
import pytest

from tests.contract.every_row import rows_of
from tests.contract.problem_shape import check_problem
from tests.contract.the_document import Operation, check_documented, operations
from tests.contract.world import Asked, World
from tests.contract.world import world as world

pytestmark = pytest.mark.slow

WRITES = [one for one in operations() if "dry_run" in one.parameters("query")]
RETRIED = [one for one in WRITES if one.method in ("POST", "PATCH")]
CONDITIONAL = [one for one in WRITES if "If-Match" in one.parameters("header") and one.method != "POST"]
DELETING = [one for one in reversed(WRITES) if one.method == "DELETE"]
"""What belongs to others first."""

FROM_BODY = ("put_own_metric", "put_own_influence")
MAKING = [one for one in WRITES if one.method == "PUT" and "201" in one.said["responses"] and one.id not in FROM_BODY]
"""Those aside whose key follows from the body."""

COMPUTE = {
    *("audit_document", "analyse_rules", "check_rule", "dry_run_rule_pack", "dry_run_rules"),
    *("resolve_condition", "resolve_names", "verify_analysis"),
}
"""Operations that keep nothing: done again they answer the same, without anybody remembering it."""

by_id = {"ids": lambda of: of.id}


def slug_of(response: httpx.Response) -> str:
    return str(check_problem(response)["type"]).rpartition("/")[2]


def test_what_changes_something_takes_dry_runs_and_what_does_is_not_safe_to_repeat_takes_keys() -> None:
    """`dry_run` on every write; `Idempotency-Key` on every POST and PATCH, those aside that keep nothing."""
    unsafe = [one for one in operations() if one.method != "GET"]

    assert {one.id for one in unsafe} - {one.id for one in WRITES} == COMPUTE
    assert {one.id for one in operations() if "Idempotency-Key" in one.parameters("header")} == {o.id for o in RETRIED}


@pytest.mark.parametrize("of", WRITES, **by_id)
def test_a_dry_run_changes_no_row(world: World, of: Operation) -> None:
    """It is answered as the real one would be, 200 in place of 201, and marked."""
    asked = world.asked(of)
    before = rows_of(world.client)

    response = world.ask(of, asked, "dry_run=true", **_condition(of), **{"Idempotency-Key": f"dry-{of.id}"})

    assert response.status_code in (200, 204), response.text
    assert response.headers["Dry-Run"] == "true"
    check_documented(of, response)
    assert rows_of(world.client) == before


@pytest.mark.parametrize("of", RETRIED, **by_id)
def test_a_request_that_is_sent_again_is_done_once(world: World, of: Operation) -> None:
    """The same answer, marked as repeated, and no row changes; with another body or elsewhere the key is refused."""
    asked, key = world.asked(of), {"Idempotency-Key": f'"once-{world.fresh()}"', **_condition(of)}
    first = world.ask(of, asked, **key)
    before = rows_of(world.client)

    again = world.ask(of, asked, **key)
    other = world.ask(of, asked._replace(body=json.dumps(asked.body, indent=1)), **key)
    elsewhere = world.client.post("/v1/members", json={"name": "B", "email": "b@b.example"}, headers=key)

    assert first.status_code in (200, 201), first.text
    check_documented(of, first)
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (first.status_code, "true")
    assert again.json() == {name: value for name, value in first.json().items() if name != _SHOWN_ONCE.get(of.id)}
    kept = ("etag", "location", "content-location", "content-language", "content-type", "preference-applied")
    assert {k: again.headers.get(k) for k in kept} == {k: first.headers.get(k) for k in kept}
    assert "Idempotency-Replayed" not in first.headers
    if of.bodies():
        assert (other.status_code, slug_of(other)) == (422, "idempotency-key-reused")
    assert (elsewhere.status_code, slug_of(elsewhere)) == (422, "idempotency-key-reused")
    assert rows_of(world.client) == before


@pytest.mark.parametrize("key", ["", "a b", '"', "é", "x" * 256, 'a", "b'])
def test_a_key_that_cannot_be_one_is_refused(world: World, key: str) -> None:
    """It is 1 to 255 visible characters."""
    response = world.client.post("/v1/members", json={"name": "B"}, headers={"Idempotency-Key": key.encode()})

    assert (response.status_code, slug_of(response)) == (400, "invalid-request")


@pytest.mark.parametrize("of", CONDITIONAL, **by_id)
def test_what_exists_is_changed_by_those_who_say_on_which_state(world: World, of: Operation) -> None:
    """Without `If-Match` 428, with an old one 412 and the present tag, unreadable 400; the present tag, one of several, or `*` will do."""
    asked = world.asked(of)
    tag = _tag(world, of, asked)
    before = rows_of(world.client)

    def with_condition(name: str, value: str | None) -> tuple[int, str | None]:
        response = world.ask(of, asked, "dry_run=true", **({} if value is None else {name: value}))
        check_documented(of, response)
        return response.status_code, response.headers.get("etag")

    done = with_condition("If-Match", tag)[0]
    assert done in (200, 204)
    assert with_condition("If-Match", None) == (428, tag)
    assert with_condition("If-None-Match", "*") == (412, tag)
    assert with_condition("If-None-Match", tag) == (412, tag)
    assert with_condition("If-Match", '"old"') == (412, tag)
    assert with_condition("If-Match", f"W/{tag}") == (412, tag)
    assert {with_condition("If-Match", bad)[0] for bad in ("old", '"old', '*, "old"', "", '"a" "b"', "\x7f")} == {400}
    assert {with_condition("If-Match", good)[0] for good in ("*", f'"old", {tag}', f' {tag} ,"old"')} == {done}
    assert rows_of(world.client) == before


@pytest.mark.parametrize("of", MAKING, **by_id)
def test_only_what_is_not_there_is_made_by_who_wants_nothing_else(world: World, of: Operation) -> None:
    """`If-None-Match: *` makes; `If-Match` never does."""
    new = "NEW100" if "{rule_id}" in of.path else world.fresh()
    named = next((name for name in ("key", "rule_id", "pack_id") if f"{{{name}}}" in of.path), "org")
    asked = world.asked(of)._replace(path={named: new})
    if "pack" in asked.body and "rules" in asked.body:
        asked = asked._replace(body={"pack": {"id": new, "version": "1.0.0"}, "rules": []})
    if "key" in asked.body:
        asked = asked._replace(body={**asked.body, "key": new})
    if "components" in asked.body:
        asked = asked._replace(body={**asked.body, "components": [{**asked.body["components"][0], "key": new}]})
    if of.id == "put_customer_asset":
        world.make("/v1/organizations", {"key": new, "name": "New"})
        everybody = {"customers": 1, "margin": 1, "retention": 0.5}
        asked = asked._replace(body={**asked.body, "segments": {"all": everybody}})
    if "organization" in asked.body:
        asked = asked._replace(body={"concord": 1, "organization": {"name": "New"}})

    assert world.ask(of, asked, "dry_run=true", **{"If-Match": "*"}).status_code == 412
    assert world.ask(of, asked, "dry_run=true", **{"If-None-Match": "*"}).status_code == 200


def test_what_is_gone_is_gone(world: World) -> None:
    """DELETE again is 404, whatever is said of its state."""
    statuses = {}
    for of in DELETING:
        asked = world.asked(of)
        first = world.ask(of, asked, **_condition(of))
        assert first.status_code in (200, 204), (of.id, first.text)
        statuses[of.id] = {world.ask(of, asked, **condition).status_code for condition in (_condition(of), {})}

    assert {id_: found for id_, found in statuses.items() if found != {404}} == {
        "delete_observations": {200},
        "revoke_embed_token": {204},
    }


_SHOWN_ONCE = {"add_api_key": "key", "rotate_api_key": "key", "add_webhook": "secret", "rotate_webhook": "secret"}
"""Operation → the secret that the first answer alone shows."""


def _condition(of: Operation) -> dict[str, str]:
    return {"If-Match": "*"} if "If-Match" in of.parameters("header") else {}


def _tag(world: World, of: Operation, asked: Asked) -> str:
    """The tag of the state that the operation would change."""
    response = world.ask(of, asked, "dry_run=true", **{"If-Match": '"old"'})
    assert response.status_code == 412, (of.id, json.dumps(response.json()))
    return response.headers["etag"]
