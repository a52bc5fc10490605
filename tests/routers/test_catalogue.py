"""Every list of the catalogue, and every single thing in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest

from app.services import knowledge
from tests.contract.problem_shape import check_problem
from tests.http_client import Client

LISTS: dict[str, tuple[Callable[[], Mapping[str, Any]], str]] = {
    "/v1/metrics": (knowledge.metrics, "Metric"),
    "/v1/levers": (knowledge.levers, "Lever"),
    "/v1/families": (knowledge.families, "Family"),
    "/v1/influences": (knowledge.influences, "Influence"),
    "/v1/citations": (knowledge.citations, "Citation"),
    "/v1/rules": (knowledge.rules, "Rule"),
    "/v1/rule-packs": (knowledge.rule_packs, "RulePack"),
    "/v1/remedies": (knowledge.remedies, "Remedy"),
    "/v1/fact-kinds": (knowledge.fact_kinds, "FactKind"),
}


def every(client: Client, path: str) -> list[dict[str, Any]]:
    found, address = [], f"{path}?limit=200"
    while address:
        page = client.get(address).json()
        found += page["items"]
        address = page.get("next")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("path", LISTS)
def test_a_list_holds_everything_in_the_shape_that_is_documented(client: Client, path: str) -> None:
    """Each item is valid under its schema in the OpenAPI document, and has no member beside it."""
    known, name = LISTS[path]
    components = client.get("/openapi.json").json()["components"]
    validator = jsonschema.Draft202012Validator({"$ref": f"#/components/schemas/{name}", "components": components})

    items = every(client, path)

    assert [item["id"] for item in items] == sorted(known())
    for item in items:
        validator.validate(item)
        assert set(item) <= set(components["schemas"][name]["properties"])


@pytest.mark.parametrize("path", LISTS)
def test_each_thing_has_its_own_address(client: Client, path: str) -> None:
    """Under the id that the list gives it, percent-encoded; it says at least what the list says."""
    for item in every(client, path)[:10]:
        alone = client.get(f"{path}/{quote(item['id'], safe='')}")

        assert alone.status_code == 200, item["id"]
        assert item.items() <= alone.json().items()


@pytest.mark.parametrize("path", LISTS)
def test_what_is_not_there_is_404_with_the_nearest(client: Client, path: str) -> None:
    """One letter too many is understood."""
    known, _ = LISTS[path]
    first = sorted(known())[0]

    problem = check_problem(client.get(f"{path}/{quote(first + 'x', safe='')}"))

    assert problem["status"] == 404
    assert first in problem["nearest"]  # type: ignore[operator]


@pytest.mark.parametrize("path", LISTS)
def test_an_unchanged_answer_need_not_be_sent_again(client: Client, path: str) -> None:
    """304 for the tag, whether weak or among others; 200 for another one."""
    tag = client.get(path).headers["etag"]

    for named in (tag, f'"other", W/{tag}', "*"):
        again = client.get(path, headers={"If-None-Match": named})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", LISTS)
def test_answers_are_asked_for_again_rather_than_kept(client: Client, path: str) -> None:
    """The addresses carry no hash, so what they show may change with the next version; a workspace's own things are nobody else's."""
    own = path in ("/v1/rules", "/v1/rule-packs")

    assert client.get(path).headers["cache-control"] == ("private, no-cache" if own else "no-cache")


def test_a_rule_is_shown_as_its_file_has_it(client: Client) -> None:
    """And is valid under the schema of rules that is published."""
    schema = client.get("/v1/schemas/rule.json").json()

    for rule in every(client, "/v1/rules"):
        said = {name: value for name, value in rule.items() if name != "source"}
        jsonschema.Draft202012Validator(schema).validate(said)


def test_rules_are_found_by_a_citation_with_or_without_its_clause(client: Client) -> None:
    """A reference `fsa_fg13_1#2.4` belongs to `fsa_fg13_1`."""
    with_clause = next(r for rule in knowledge.rules().values() for r in rule.references if "#" in r)

    exact = client.get("/v1/rules", params={"references": with_clause}).json()["items"]
    whole = client.get("/v1/rules", params={"references": with_clause.split("#")[0]}).json()["items"]

    assert exact
    assert {rule["id"] for rule in exact} <= {rule["id"] for rule in whole}


def test_unverified_citations_can_be_told_apart(client: Client) -> None:
    """`memory` is what nobody has looked up."""
    found = client.get("/v1/citations?status=memory&limit=200").json()["items"]

    assert all(citation["verified"] is False for citation in found)
    assert {c["id"] for c in found} == {c.id for c in knowledge.citations().values() if c.status == "memory"}


def test_lists_of_remedies_leave_the_examples_to_the_single_remedy(client: Client) -> None:
    """They hold whole documents."""
    listed = client.get("/v1/remedies").json()["items"]

    assert all("examples" not in remedy for remedy in listed)
    assert all(client.get(f"/v1/remedies/{remedy['id']}").json()["examples"] for remedy in listed)
