"""The steps of a plan: for each point of its front the patches that lead there, one after the other, each with its title."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.domain.json_patch import Operation
from app.domain.optimise import Task
from app.domain.optimise_moves import Move, in_order, made
from app.domain.optimise_plan import FrontPoint, Plan
from app.domain.terms import Language


class StepPatch(NamedTuple):
    """A change of a step, on the document as the changes before it leave it."""

    title: str
    patch: tuple[Operation, ...]


def steps_of(plan: Plan, task: Task, language: Language) -> dict[int, tuple[StepPatch, ...]]:
    """Number of changes → the patches of that point of the front, on the document that the plan is for. `task`: what there was to be put
    together for it."""
    moves = {move.id: move for move in task.moves}
    steps = {len(point.changes): _step(point, plan, task, moves, language) for point in plan.front}
    return {count: step for count, step in steps.items() if step is not None}


def _step(
    point: FrontPoint, plan: Plan, task: Task, moves: Mapping[str, Move], language: Language
) -> tuple[StepPatch, ...] | None:
    """The changes of the plan where those are the first of them, in their order; else each move in an order in which they fit."""
    first = plan.changes[: len(point.changes)]
    if {change.id for change in first} == set(point.changes):
        return tuple(StepPatch(change.title, tuple(change.patch)) for change in first)
    if not moves.keys() >= set(point.changes):
        return None
    chosen = in_order(moves[id_] for id_ in point.changes)
    patches = made(task.company.raw, chosen, language)
    if patches is None:
        return None
    return tuple(StepPatch(_title(move, language), tuple(patch)) for move, patch in zip(chosen, patches, strict=True))


def _title(move: Move, language: Language) -> str:
    return move.candidate.form.title.said(language, move.candidate.bindings)
