"""The form in which a document is kept and given back: what was said, lists in the order of their keys, nothing added.

Lists are sets, so an order of our own loses nothing; with it, positions in a patch mean the same for everybody.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from app.domain.canonical import canonical_text
from app.domain.document import Document, Part

Raw = dict[str, Any]

KEYED = ("departments", "outcomes", "kpis", "incentive_plans", "metrics", "influences")
"""The lists whose items are addressed by key."""

LONGEST_KEY = 63


def stored_form(document: Document) -> Raw:
    """The document as JSON values in the order in which it is kept."""
    said: Raw = document.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return {name: _ordered(name, _plain(value)) for name, value in said.items() if value is not None}


def stored_item(item: Part) -> Raw:
    """An item of one of the document's lists in that form."""
    said: Raw = _with_ordered_components(_plain(item.model_dump(mode="json", by_alias=True, exclude_unset=True)))
    return said


def sharing(new: Raw, old: Raw) -> Raw:
    """A document in that form, with the very values of another one where both say the same: whoever compares them sees at once what
    stayed."""
    return {name: _shared(name, value, old.get(name)) for name, value in new.items()}


def _shared(name: str, new: Any, old: Any) -> Any:
    if new == old:
        return old
    if name not in KEYED or old is None:
        return new
    known = {key_of(name, item): item for item in old}
    return [before if (before := known.get(key_of(name, item))) == item else item for item in new]


def key_of(list_: str, item: Mapping[str, Any]) -> str:
    """The key that addresses an item of one of the document's lists.

    A metric's is its id. An influence has none in the document: it is what it replaces or silences, else its two ends.
    """
    if list_ == "metrics":
        return str(item["id"])
    if list_ == "influences":
        return _influence_key(item)
    return str(item["key"])


def _influence_key(item: Mapping[str, Any]) -> str:
    named = item.get("overrides") or item.get("mutes")
    ends = "-".join(str(item[end]) for end in ("source", "source_direction", "target") if item.get(end))
    return re.sub(r"[^a-z0-9._-]+", "-", str(named or ends).lower()).strip("-._")[:LONGEST_KEY].rstrip("-._")


def _ordered(name: str, value: Any) -> Any:
    if name in KEYED:
        items = [_with_ordered_components(item) for item in value]
        is_plain = len({key_of(name, item) for item in items}) == len(items)
        return sorted(items, key=lambda item: (key_of(name, item), "" if is_plain else canonical_text(item)))
    return sorted(value, key=canonical_text) if name == "suppressions" else value


def _with_ordered_components(item: Raw) -> Raw:
    components = item.get("components")
    return item if components is None else {**item, "components": sorted(components, key=lambda one: str(one["key"]))}


def _plain(value: Any) -> Any:
    """Numbers as people write them: 40 rather than 40.0; what is null is left out."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, dict):
        return {name: _plain(member) for name, member in value.items() if member is not None}
    return [_plain(item) for item in value] if isinstance(value, list) else value
