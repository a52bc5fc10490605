"""Changes of a document as JSON values: what differs, part by part, as the API shows it and revisions keep it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.document.changes import Change, MemberChange
from app.domain.faults import pointer

Json = dict[str, Any]


def change_as_json(change: Change) -> Json:
    """A change: what was done to which part, and its members before and after. `path` names parts by their keys: `/kpis/aht`."""
    about = {"action": change.action, "kind": change.kind, "path": pointer(change.path)}
    optional = {"key": change.key or None, "within": change.within or None}
    whole = {"before": change.before, "after": change.after}
    members = [
        {"name": member.name, **_known({"before": member.before, "after": member.after})} for member in change.members
    ]
    return {**about, **_known(optional), **_known(whole), **({"members": members} if members else {})}


def change_from_json(said: Mapping[str, Any]) -> Change:
    """The change that was written so."""
    path = (token.replace("~1", "/").replace("~0", "~") for token in said["path"].split("/")[1:])
    members = (
        MemberChange(tuple(member["name"].split(".")), member.get("before"), member.get("after"))
        for member in said.get("members", ())
    )
    return Change(said["action"], tuple(path), tuple(members), said.get("before"), said.get("after"))


def counts(changes: Iterable[Change]) -> dict[str, int]:
    """How many parts were added, changed and removed."""
    counted = Counter(change.action for change in changes)
    return {action: counted[action] for action in ("added", "changed", "removed")}


def _known(values: Json) -> Json:
    """The values without those that are left out."""
    return {name: value for name, value in values.items() if value is not None}
