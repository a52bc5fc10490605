"""A scenario's stack as people look at it: what each patch changes where it stands, and whether the model has moved beneath it."""

from __future__ import annotations

from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.change_form import change_as_json
from app.domain.document.changes import changes_between
from app.domain.scenario_stack import Raw
from app.services.kept_scenarios import WholeScenario, document_at, existing_scenario, layers, whole
from app.services.organizations import existing
from app.services.scenario_patches import Kept
from app.storage.database import Database


class StackedPatch(NamedTuple):
    """A patch, and the document before and after it."""

    kept: Kept
    before: Raw
    after: Raw

    @property
    def changes(self) -> tuple[Any, ...]:
        """What it changes, part by part."""
        return tuple(map(change_as_json, changes_between(self.before, self.after)))


class Stack(NamedTuple):
    """A scenario, the document that it stands on, its patches from the lowest to the top, and the number of the model's revision.
    `is_behind`: the model says something else now than the revision that the scenario stands on."""

    scenario: WholeScenario
    bottom: Raw
    patches: tuple[StackedPatch, ...]
    model: int
    is_behind: bool


def stack(store: Database, caller: Caller, organization: str, id_: str) -> Stack:
    """The stack of a scenario. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        row = existing_scenario(tx, of, id_)
        found, bottom = whole(tx, of, row), document_at(tx, of, row.revision)
        model, is_behind = of.revision, bottom.content_hash != of.content_hash
    kept = {one["id"]: one for one in found.patches}
    patches = (StackedPatch(kept[each.id], each.before, each.after) for each in layers(bottom.raw, found.patches))
    return Stack(found, bottom.raw, tuple(patches), model, is_behind)
