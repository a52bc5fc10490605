"""A patch for one state of a document, made for a later one."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.json_patch import PatchFailed, apply
from app.domain.patch_rebase import rebased

OLD: dict[str, Any] = {"kpis": [{"key": "b", "weight": 1}, {"key": "c", "weight": 2}]}
PATCH: list[dict[str, Any]] = [
    {"op": "test", "path": "/kpis/1/key", "value": "c"},
    {"op": "replace", "path": "/kpis/1/weight", "value": 3},
]


def test_a_patch_follows_what_it_is_about() -> None:
    """Items go by their key, wherever they stand now; what else has changed stays."""
    new = {"kpis": [{"key": "a"}, {"key": "b", "weight": 9}, {"key": "c", "weight": 2}]}

    moved = rebased(PATCH, OLD, new)

    assert [step["path"] for step in moved] == ["/kpis/2/key", "/kpis/2/weight"]
    assert apply(new, moved) == {"kpis": [{"key": "a"}, {"key": "b", "weight": 9}, {"key": "c", "weight": 3}]}


def test_later_steps_count_from_what_earlier_ones_made() -> None:
    """An item that a step adds is there for the next."""
    patch = [
        {"op": "add", "path": "/kpis/0", "value": {"key": "new"}},
        {"op": "add", "path": "/kpis/0/weight", "value": 5},
        {"op": "add", "path": "/kpis/-", "value": {"key": "last"}},
    ]
    new = {"kpis": [{"key": "a"}, *OLD["kpis"]]}

    made = apply(new, rebased(patch, OLD, new))

    assert {item["key"]: item.get("weight") for item in made["kpis"]} == {
        "a": None,
        "b": 1,
        "c": 2,
        "new": 5,
        "last": None,
    }


@pytest.mark.parametrize(
    "new",
    [{"kpis": [{"key": "b", "weight": 1}]}, {"kpis": [{"key": "c", "weight": 7}]}, {"kpis": [{"key": "c"}]}, {}],
    ids=["the item is gone", "the value is another", "the value is gone", "the list is gone"],
)
def test_what_is_gone_or_says_otherwise_is_not_changed(new: dict[str, Any]) -> None:
    """Nobody's change is overwritten unseen."""
    with pytest.raises(PatchFailed):
        rebased(PATCH, OLD, new)


def test_a_patch_for_the_same_state_stays_as_it_is() -> None:
    """Nothing moves where nothing changed."""
    assert list(rebased(PATCH, OLD, OLD)) == PATCH
