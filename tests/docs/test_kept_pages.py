"""The pages on revisions and imports: their requests are sent one after the other, and what they show is what is answered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.docs.pages import DOCS, Block, blocks
from tests.http_client import Client, serving
from tests.routers.stored_companies import put_company

PAGES = ("revisions.md", "imports.md")


@pytest.fixture
def client() -> Iterator[Client]:
    with serving() as opened:
        put_company(opened)
        yield opened


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_shows_is_answered(client: Client, page: str) -> None:
    """An `http` block is a request; a `json` block after it is part of its answer. `{id}` is the id of the answer before."""
    answer: Any = None
    shown = 0

    for block in blocks(DOCS / page):
        if block.language == "http":
            answer = sent(client, block, answer)
        elif block.language == "json":
            shown += 1
            assert lacking(json.loads(block.text), answer, "") == [], f"{page}:{block.line}"

    assert shown >= 4


def sent(client: Client, block: Block, before: Any) -> Any:
    head, _, body = block.text.partition("\n\n")
    first, *lines = head.splitlines()
    method, address = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines)
    if "{id}" in address:
        address = address.replace("{id}", before["id"])
    response = client.request(method, address, content=body.encode(), headers=headers)
    assert response.status_code < 300, response.text
    return response.json()


def lacking(expected: Any, found: Any, path: str) -> list[str]:
    """Where an answer does not hold what is shown: members may be left out, items of lists have to fit in order."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return [miss for name in expected for miss in lacking(expected[name], found.get(name), f"{path}/{name}")]
    if isinstance(expected, list) and isinstance(found, list) and len(expected) <= len(found):
        pairs = zip(expected, found, strict=False)
        return [miss for n, (one, other) in enumerate(pairs) for miss in lacking(one, other, f"{path}/{n}")]
    return [] if expected == found else [f"{path}: {found!r}, not {expected!r}"]
