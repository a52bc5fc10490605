"""The page on conflicts over time says what the code does."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from app.domain.conflict_states import STATUSES, End, State, seen
from app.domain.waivers import Grant
from tests.http_client import serving
from tests.routers.stored_companies import AT, MERGE, a_company, put_company

PAGE = (Path(__file__).parents[2] / "docs" / "conflicts-over-time.md").read_text(encoding="utf-8")
GROUNDS = "aaaaaaaa-bbbbbbbb"


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table after a heading, without code marks; its head aside."""
    lines = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0].splitlines()
    table = [line for line in lines if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def test_the_table_of_states_is_that_of_the_domain() -> None:
    """Each status, and what an analysis that sees it again makes of it."""
    day = date(2026, 11, 22)
    waiver = Grant("conflicts/f1", "f1", expires=day, grounds=GROUNDS)
    said = {row[0].strip("`"): row[2].split("`")[1] for row in rows("How it stands")}

    assert said == {
        status: seen(State(status, waiver if status == "waived" else None), GROUNDS, day).state.status
        for status in STATUSES
    }


def test_every_reason_why_a_waiver_ends_is_told() -> None:
    """And no other."""
    ends = {reason for part in get_args(End) for reason in (get_args(part) or (part,))}

    assert {row[0].strip("`") for row in rows("Waivers")} == ends


@pytest.mark.slow
def test_the_example_keeps_a_copy_in_step() -> None:
    """The function on the page, run as it stands there."""
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    copy: dict[str, Any] = {}

    with serving() as client:
        put_company(client)
        client.post(f"{AT}/analyses", json={})
        names["follow"](client, "acme", copy)
        first = dict(copy)
        client.patch(f"{AT}/conflicts/{min(copy)}", json={"status": "disputed"}, headers=MERGE)
        client.put(f"{AT}/document", json={**a_company(), "influences": []}, headers={"If-Match": "*"})
        client.post(f"{AT}/analyses", json={})
        names["follow"](client, "acme", copy)
        now = {one["fingerprint"]: one for one in client.get(f"{AT}/conflicts?limit=200").json()["items"]}

    assert first and copy != first
    assert {key: one["changed_at"] for key, one in copy.items()} == {key: one["changed_at"] for key, one in now.items()}
    assert {key: one["status"] for key, one in copy.items()} == {key: one["status"] for key, one in now.items()}
