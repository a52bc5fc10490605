"""Rebases and promotions: a scenario brought to the model as it stands now, and made the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.change_form import change_as_json
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.document.changes import changes_between
from app.domain.document.patch import patch_between
from app.domain.errors import Clashing, DocumentInvalid, WrongState
from app.domain.faults import Fault, invalid
from app.domain.scenario_stack import LayerClash, Raw, Restacked, restacked
from app.domain.three_way import Side
from app.services import accepting
from app.services.accepting import diff, document_tag
from app.services.kept_scenarios import (
    WholeScenario,
    change_row,
    decide,
    document_at,
    existing_scenario,
    layers,
    put_stack,
    short_of,
    whole,
)
from app.services.organizations import existing
from app.services.scenario_patches import kept_form
from app.storage import claims, documents
from app.storage.database import Database
from app.storage.organizations import Organization
from app.storage.scenarios import ScenarioRow
from app.storage.workspace import Transaction

SIDES: Mapping[str, Side] = {"scenario": "ours", "model": "theirs"}
"""Whose value is taken."""


class Choice(NamedTuple):
    """Whose value stands at a place that both changed."""

    pointer: str
    take: str


@dataclass(frozen=True, slots=True)
class PromotedScenario:
    """A scenario that became the model: the revision that it led to, and what that changed."""

    scenario: WholeScenario
    revision: int
    content_hash: str
    changes: tuple[Any, ...]
    patch: tuple[Any, ...]

    @property
    def tag(self) -> str:
        """The entity tag of the document as it is now, without quotes."""
        return document_tag(self.revision, self.content_hash)


def view(store: Database, caller: Caller, organization: str, id_: str) -> Mapping[str, Any]:
    """What a rebase onto the model as it stands would come to: where both changed the same, and what the scenario changes in the model
    then, its own value being taken at each conflict. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        row = existing_scenario(tx, of, id_)
        model, bottom = documents.standing(tx, of), document_at(tx, of, row.revision).raw
    made, problems = _tried(of, model.raw, bottom, row)
    return {
        "scenario": row.id,
        "revision": row.revision,
        "onto": model.number,
        "needed": bottom != model.raw,
        "conflicts": _conflicts(made),
        "changes": [change_as_json(change) for change in changes_between(model.raw, made.top)],
        **({"problems": problems} if problems else {}),
    }


def rebase(
    store: Database,
    caller: Caller,
    organization: str,
    id_: str,
    choices: Sequence[Choice],
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> WholeScenario:
    """Bring a scenario to the model as it stands. Its patches stay, each with its author and note; one that the model says already is
    empty.

    Raises Missing, Changed, ConditionNeeded, WrongState, Clashing for conflicts without a choice, DocumentInvalid for choices of what is no
    conflict, and where what comes out is no valid document.
    """

    def put(tx: Transaction, of: Organization, row: ScenarioRow) -> None:
        model, bottom = documents.standing(tx, of), document_at(tx, of, row.revision).raw
        chosen = {choice.pointer: SIDES[choice.take] for choice in choices}
        tried = [_restacked(of, model.raw, bottom, row, sides, lenient=True) for sides in ({}, chosen)]
        _check_choices(choices, sorted({pointer for each in tried for pointer in each.met}))
        made = _restacked(of, model.raw, bottom, row, chosen)
        if made.clashes:
            raise Clashing(_conflicts(made))
        patches = [
            {**kept, "patch": patch_between(before, after)}
            for kept, (before, after) in zip(row.patches, pairwise(made.states), strict=True)
        ]
        row.revision = model.number
        put_stack(row, patches, made.top, now)

    return change_row(
        store, caller, organization, id_, put, now, condition, "scenario.rebased", once=once, dry_run=dry_run
    )


def promote(
    store: Database,
    caller: Caller,
    organization: str,
    id_: str,
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> PromotedScenario:
    """Make a scenario the model: one revision. `condition` is about the scenario.

    Raises Missing, Changed, ConditionNeeded, and WrongState where it is not open, the model has moved since, or says all of it already.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, PromotedScenario)) is not None:
            return before
        of = existing(tx, caller, organization, locked=True)
        row = existing_scenario(tx, of, id_, locked=True)
        condition.check(short_of(of, row).tag)
        _check_promotable(tx, of, row)
        target = short_of(of, row).path.removeprefix("/v1/")
        raw = whole(tx, of, row).document
        accepted = accepting.accept(tx, caller, of, raw, at=now, action="scenario.promoted", target=target)
        if not accepted.is_new:
            raise WrongState("The scenario changes nothing in the model.", "Das Szenario ändert am Modell nichts.")
        decide(row, "promoted", caller, now, revision=accepted.number)
        tx.save()
        changes, patch = diff(accepted)
        made = PromotedScenario(whole(tx, of, row), accepted.number, accepted.content_hash, changes, patch)
        claims.keep(tx, caller, once, made)
        return made


def _check_promotable(tx: Transaction, of: Organization, row: ScenarioRow) -> None:
    if row.status != "open":
        raise WrongState("The scenario is not open any more.", "Das Szenario ist nicht mehr offen.")
    if document_at(tx, of, row.revision).content_hash != of.content_hash:
        raise WrongState(
            f"The model has moved since revision {row.revision}, on which the scenario stands: rebase it first.",
            f"Das Modell hat sich seit Revision {row.revision} geändert, auf der das Szenario steht: Setzen Sie es erst um.",
        )


def _tried(of: Organization, model: Raw, bottom: Raw, row: ScenarioRow) -> tuple[Restacked, list[dict[str, Any]]]:
    """The stack on the model, and what is wrong with the document that it makes."""
    try:
        return _restacked(of, model, bottom, row, {}), []
    except DocumentInvalid as invalid_:
        problems = [{"pointer": problem.pointer, "detail": problem.message} for problem in invalid_.problems]
        return _restacked(of, model, bottom, row, {}, lenient=True), problems


def _restacked(
    of: Organization, model: Raw, bottom: Raw, row: ScenarioRow, chosen: Mapping[str, Side], *, lenient: bool = False
) -> Restacked:
    """The stack on the model; `lenient`: also where the documents that it leads through are not valid."""
    return restacked(
        model, layers(bottom, row.patches), lambda raw: raw if lenient else kept_form(raw, of, model), chosen
    )


def _check_choices(choices: Sequence[Choice], pointers: Sequence[str]) -> None:
    """Raise DocumentInvalid for choices of what is no conflict."""
    values = {"values": ", ".join(pointers) or "—"}
    faults = [
        Fault(("choices", place, "pointer"), "not_one_of", choice.pointer, "one_of", pointers, values)
        for place, choice in enumerate(choices)
        if choice.pointer not in pointers
    ]
    if faults:
        raise invalid(faults)


def _conflicts(made: Restacked) -> list[dict[str, Any]]:
    return [_conflict(one) for one in made.clashes]


def _conflict(one: LayerClash) -> dict[str, Any]:
    """A conflict as JSON values; what stands nowhere is left out."""
    sides = {"base": one.clash.base, "model": one.clash.theirs, "scenario": one.clash.ours}
    gone = {"part_gone": True} if one.clash.part_gone else {}
    known = {name: value for name, value in sides.items() if value is not None}
    return {"pointer": one.clash.pointer, "patch": one.layer, **known, **gone}
