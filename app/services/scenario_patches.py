"""The patches of a scenario: sent, recommended or planned, checked as any write of a document is; and how a stack of them is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.document.patch import patch_between
from app.domain.errors import WrongState
from app.domain.faults import Fault, Path, invalid
from app.domain.instants import written
from app.domain.scenario_stack import Raw, states_of
from app.domain.sent_patches import patched
from app.domain.stored_form import sharing, stored_form
from app.domain.three_way import merge
from app.services import accepting
from app.services.analyses import document_of, existing_analysis
from app.services.documents import of_organization
from app.services.places_in_bodies import elsewhere, within
from app.services.stored_plans import existing_plan
from app.storage.ids import new_id
from app.storage.organizations import Organization
from app.storage.workspace import Transaction

MOST_PATCHES = 100
"""Patches of one scenario."""

Kept = Mapping[str, Any]
"""A patch as a scenario keeps it: `id`, `author`, `added_at`, `patch`, and `note` and `source` where there are any."""


class SentPatch(NamedTuple):
    """A patch that somebody wants in a scenario: as a JSON Patch, or as a step of a plan. `place`: where it stands in the body."""

    place: Path = ()
    patch: Any = None
    plan: str | None = None
    step: int | None = None
    note: str | None = None


class Change(NamedTuple):
    """A change that is to go on top of a stack, and the document that it makes."""

    after: Raw
    note: str | None = None
    source: Mapping[str, Any] | None = None


def kept_form(raw: Any, organization: Organization, before: Raw) -> Raw:
    """A document as it is kept, when it is valid; it shares with the one before what both say. Raises DocumentInvalid, with pointers behind
    `/document`."""
    with elsewhere():
        document = accepting.valid(of_organization(raw, organization.key))
    return sharing(stored_form(document), before)


def stacked(
    caller: Caller, before: Raw, changes: Sequence[Change], taken: Sequence[Kept], now: datetime
) -> tuple[tuple[Kept, ...], Raw]:
    """The patches that are kept of changes, one on the other, and the document that they make. Raises DocumentInvalid beyond as many as a
    scenario has."""
    kept = []
    if len(taken) + len(changes) > MOST_PATCHES:
        details = {"count": len(taken) + len(changes), "most": MOST_PATCHES}
        raise invalid([Fault(("patches",), "too_many", details=details)])
    for change in changes:
        optional = {"note": change.note, "source": change.source}
        kept.append(
            {
                "id": new_id("pch", now),
                "author": caller.actor,
                "added_at": written(now),
                "patch": patch_between(before, change.after),
                **{name: value for name, value in optional.items() if value is not None},
            }
        )
        before = change.after
    return tuple(kept), before


def changes_of(tx: Transaction, organization: Organization, before: Raw, sent: SentPatch) -> tuple[Change, ...]:
    """What is sent, as changes of a document. Raises DocumentInvalid, Missing, WrongState."""
    if sent.plan is not None:
        return _of_plan(tx, organization, before, sent)
    with within((*sent.place, "patch")):
        after = patched(before, sent.patch)
    return (Change(kept_form(after, organization, before), sent.note),)


def carried_over(
    organization: Organization, old: Raw, patch: Sequence[Mapping[str, Any]], before: Raw, change: Change
) -> Change:
    """A change that was worked out on one document, made in another one. Raises WrongState where that says other things there."""
    merged = merge(old, states_of(old, [patch])[-1], before)
    if merged.open:
        raise WrongState(
            f"The scenario says something else at {merged.open[0].pointer} than what the change was worked out on.",
            f"Das Szenario sagt unter {merged.open[0].pointer} etwas anderes als das, wofür die Änderung berechnet wurde.",
        )
    return change._replace(after=kept_form(merged.raw, organization, before))


def _of_plan(tx: Transaction, organization: Organization, before: Raw, sent: SentPatch) -> tuple[Change, ...]:
    assert sent.plan is not None
    plan, steps = existing_plan(tx, organization, sent.plan)
    if sent.step is None or sent.step not in steps:
        counts = [str(count) for count in steps]
        fault = Fault((*sent.place, "step"), "not_one_of", sent.step, "one_of", details={"values": ", ".join(counts)})
        raise invalid([fault])
    changes = []
    old = document_of(tx, organization, existing_analysis(tx, organization, plan.analysis_id))
    source = {"analysis": plan.analysis_id, "plan": plan.id, "step": sent.step}
    for each in steps[sent.step]:
        change = carried_over(organization, old, each["patch"], before, Change(before, each["title"], source))
        changes.append(change)
        old, before = states_of(old, [each["patch"]])[-1], change.after
    return tuple(changes)
