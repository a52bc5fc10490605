"""docs/scenarios.md works as it stands: its requests are sent in order to an empty service, and answered as it says."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.docs.pages import DOCS, blocks
from tests.http_client import Client, serving

PAGE = DOCS / "scenarios.md"
NAMES = {"scn": "scenario", "ana": "analysis", "pln": "plan"}
"""Prefix of an id → its name in the page's addresses."""


@pytest.mark.slow
def test_the_requests_of_the_page_are_answered_as_it_says() -> None:
    """Each status, and every member that the page shows of an answer; ids of things that were made stand in later addresses."""
    known: dict[str, str] = {}
    with serving() as client:
        answer: Any = None
        for block in blocks(PAGE):
            if block.language == "http":
                answer = _asked(client, block.text, known)
            elif block.language == "json":
                assert answer.status_code == int(block.name), (block.line, answer.text)
                said, shown = answer.json(), json.loads(block.text)
                assert _missing(shown, said) == [], block.line
                prefix = str(said.get("id", ""))[:3]
                known.setdefault(NAMES.get(prefix, ""), str(said.get("id")))


def _asked(client: Client, text: str, known: dict[str, str]) -> Any:
    """The answer to a request as the page writes it: a line of method and address, headers, an empty line, a body."""
    head, _, body = re.sub(r"\{(\w+)\}", lambda found: known[found[1]], text).partition("\n\n")
    (method, address), *headers = (line.split(" ", 1) for line in head.strip().splitlines())
    said = {name.rstrip(":"): value for name, value in headers}
    if body.strip():
        said.setdefault("Content-Type", "application/json")
    return client.request(method, address, headers=said, content=body.strip())


def _missing(shown: Any, said: Any, path: str = "") -> list[str]:
    """Where an answer does not say what the page shows of it; `…` stands for anything."""
    if isinstance(shown, dict):
        named = {name: value for name, value in shown.items() if name != "…"}
        return [
            odd
            for name, value in named.items()
            for odd in (_missing(value, said.get(name), f"{path}/{name}") if isinstance(said, dict) else [path])
        ]
    if isinstance(shown, list):
        if not isinstance(said, list) or len(shown) > len(said):
            return [path]
        return [odd for n, value in enumerate(shown) for odd in _missing(value, said[n], f"{path}/{n}")]
    if isinstance(shown, str) and shown.endswith("…"):
        return [] if str(said).startswith(shown[:-1]) else [path]
    return [] if shown == said else [f"{path}: {shown!r}, not {said!r}"]
