"""A conflict in one sentence: who pushes what, how, against whose what (semantics §1, §4).

It is never surer than its evidence: what rests on archetypes, on judgement or on a disputed step, or is a close call, only *may* work
against its target.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from app.domain.conflicts import Conflict
from app.domain.goals import Goal
from app.domain.phrases import capitalised, listed
from app.domain.voice import Voice, joined

Form = Literal["outcome", "opposite_of_outcome", "goal", "rivals", "opposite_goals", "tension"]

SURE = 0.5
"""Confidence from which on something is said to work against its target, not that it may."""

CLOSE = 0.35
"""Sign reliability below which the direction is a close call."""


def conflict_title(conflict: Conflict, voice: Voice) -> str:
    """One sentence without a full stop."""
    return capitalised(_TELL[form_of(conflict)](conflict, voice))


def form_of(conflict: Conflict) -> Form:
    """Which kind of conflict there is to tell."""
    if conflict.target.is_outcome:
        return "opposite_of_outcome" if is_direct(conflict) else "outcome"
    if conflict.between.rival:
        return "rivals"
    if conflict.tension:
        return "tension"
    return "opposite_goals" if is_direct(conflict) else "goal"


def is_direct(conflict: Conflict) -> bool:
    """Whether the goal wants the very thing to go the other way, so that no chain is needed."""
    return not conflict.between.chain and not conflict.between.rival


def is_sure(conflict: Conflict) -> bool:
    """Whether the evidence carries a plain statement, and the goal goes one way only."""
    one_way = conflict.goal.item.wanted != "maintain"
    undisputed = conflict.confidence >= SURE and not conflict.contested and not is_close_call(conflict)
    return one_way and conflict.between.fallback == "none" and undisputed


def is_close_call(conflict: Conflict) -> bool:
    """Whether chains that help nearly balance those that harm."""
    return conflict.between.help > 0 and conflict.between.reliability < CLOSE


def _outcome(conflict: Conflict, voice: Voice) -> str:
    act, aim = _act(conflict.goal, voice), voice.aim(conflict.target.item)
    return voice.say(
        f"{act} {_against(conflict, voice)} what customers are owed: {aim}",
        f"{act}, {_against(conflict, voice)} das, was Kunden zusteht: {aim}",
    )


def _opposite_of_outcome(conflict: Conflict, voice: Voice) -> str:
    act, aim, sure = _act(conflict.goal, voice), voice.aim(conflict.target.item), is_sure(conflict)
    return voice.say(
        f"{act} {'is' if sure else 'may be'} the opposite of what customers are owed: {aim}",
        f"{act}, {'verlangt' if sure else 'verlangt womöglich'} das Gegenteil dessen, was Kunden zusteht: {aim}",
    )


def _goal(conflict: Conflict, voice: Voice) -> str:
    act, target = _act(conflict.goal, voice), conflict.target.item
    owner, want = voice.unit(target.department), voice.to_want(target)
    return voice.say(
        f"{act} {_against(conflict, voice)} the goal of {owner.nominative} to {want}",
        f"{act}, {_against(conflict, voice)} das Ziel {owner.genitive}, {want}",
    )


def _rivals(conflict: Conflict, voice: Voice) -> str:
    one, other = voice.unit(conflict.goal.department).nominative, voice.unit(conflict.target.item.department).nominative
    names = listed(sorted({voice.name(conflict.goal.item), voice.name(conflict.target.item)}), voice.language)
    return voice.say(
        f"{one} and {other} are each paid alone for one result, {names}, and nobody carries it together",
        f"{one} und {other} werden getrennt für ein und dasselbe Ergebnis bezahlt, {names}, und niemand trägt es gemeinsam",
    )


def _opposite_goals(conflict: Conflict, voice: Voice) -> str:
    mine, theirs, sure = conflict.goal.item, conflict.target.item, is_sure(conflict)
    one, other = voice.unit(conflict.goal.department).nominative, voice.unit(theirs.department).nominative
    if voice.german:
        same = "dasselbe" if sure else "womöglich dasselbe"
        return f"{one} soll {voice.must(mine)}, {other} {voice.must(theirs)}: {same}, in beide Richtungen gezogen"
    same = "the same thing" if sure else "perhaps the same thing"
    return f"{one} must {voice.must(mine)} while {other} must {voice.must(theirs)}: {same}, pulled both ways"


def _tension(conflict: Conflict, voice: Voice) -> str:
    goal, target = conflict.goal, conflict.target.item
    unit, paid, sure = voice.unit(goal.department), goal.stake > 0, is_sure(conflict)
    if voice.german:
        mine, perhaps = "bezahlte Ziel" if paid else "Ziel", "" if sure else "womöglich "
        start = f"{joined('in', unit.dative)} steht das {mine}, {voice.to_want(goal.item)}"
        return f"{start}, {perhaps}dem Ziel im Weg, {voice.to_want(target)}"
    act = f"{'pay for ' if paid else ''}{voice.wanting(goal.item)}"
    return f"within {unit.nominative}, {act} {_against(conflict, voice)} {voice.wanting(target)}"


_TELL: Mapping[Form, Callable[[Conflict, Voice], str]] = {
    "outcome": _outcome,
    "opposite_of_outcome": _opposite_of_outcome,
    "goal": _goal,
    "rivals": _rivals,
    "opposite_goals": _opposite_goals,
    "tension": _tension,
}


def _act(goal: Goal, voice: Voice) -> str:
    """`paying Sales to raise “Bookings”`, `wer die Abteilung Vertrieb dafür bezahlt, „Aufträge“ zu steigern`."""
    unit, want = voice.unit(goal.department), voice.to_want(goal.item)
    if goal.stake > 0:
        return voice.say(f"paying {unit.accusative} to {want}", f"wer {unit.accusative} dafür bezahlt, {want}")
    return voice.say(f"pushing {unit.accusative} to {want}", f"wer {joined('von', unit.dative)} verlangt, {want}")


def _against(conflict: Conflict, voice: Voice) -> str:
    if is_sure(conflict):
        return voice.say("works against", "arbeitet gegen")
    return voice.say("may work against", "arbeitet womöglich gegen")
