"""What stands against a conflict's harm and is counted already: help, gates, scaled and held pay, what the department answers for itself.

(semantics §3, §4)
"""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.conflicts import Conflict
from app.domain.goals import Goal
from app.domain.phrases import after, capitalised, listed, percent, sentence, span
from app.domain.safeguards import held_share
from app.domain.titles import form_of
from app.domain.voice import Voice

WORTH_TELLING = 0.2
"""Help relative to harm, and internalisation, from which on they are told."""

ALL_OF_IT = 0.995


def tell_offsets(conflict: Conflict, voice: Voice) -> Iterator[str]:
    """What stands against the harm, a sentence each."""
    for part in (
        _help(conflict, voice),
        _guards(conflict.goal, voice),
        _held(conflict, voice),
        _answers(conflict, voice),
    ):
        if part:
            yield sentence(part)


def _help(conflict: Conflict, voice: Voice) -> str:
    between = conflict.between
    if between.help < WORTH_TELLING * between.harm or not between.help_chain:
        return ""
    much = _how_much(between.help / between.harm, voice)
    harmed = {arc.target.metric for arc in between.chain}
    through = next((arc.target for arc in between.help_chain[-2::-1] if arc.target.metric not in harmed), None)
    if through is None:
        return voice.say(f"The same push also helps, {much}", f"Derselbe Druck hilft auch, {much}")
    clause = voice.moves(through)
    return voice.say(
        f"The same push also helps, {much}, because {clause}", f"Derselbe Druck hilft auch, {much}: Zugleich {clause}"
    )


def _how_much(ratio: float, voice: Voice) -> str:
    if ratio >= 1:
        return voice.say("at least as much as it harms", "mindestens so sehr, wie er schadet")
    for bound, english, german in _RATIOS:
        if ratio < bound:
            return voice.say(english, german)
    return voice.say("nearly as much as it harms", "fast so sehr, wie er schadet")


_RATIOS = (
    (0.3, "about a quarter as much as it harms", "etwa ein Viertel so sehr, wie er schadet"),
    (0.42, "about a third as much as it harms", "etwa ein Drittel so sehr, wie er schadet"),
    (0.59, "about half as much as it harms", "etwa halb so sehr, wie er schadet"),
    (0.85, "about two thirds as much as it harms", "etwa zwei Drittel so sehr, wie er schadet"),
)


def _guards(goal: Goal, voice: Voice) -> str:
    components = [part.component for part in goal.parts]
    gates = sorted({c.gate.kpi for c in components if c.gate})
    scales = sorted({c.modifier.kpi for c in components if c.modifier} - set(gates))
    found = []
    if gates:
        names = _kpis(gates, voice)
        found.append(voice.say(f"the gate on {names}", f"die Vorbedingung auf {names}"))
    if scales:
        names = _kpis(scales, voice)
        found.append(voice.say(f"the scaling of pay by {names}", f"die Skalierung der Zahlung nach {names}"))
    said = listed(found, voice.language)
    many = len(found) > 1
    return (
        voice.say(f"{said} already {'weaken' if many else 'weakens'} this and {'are' if many else 'is'} counted in",
                  f"{said} {'schwächen' if many else 'schwächt'} das bereits und {'sind' if many else 'ist'} eingerechnet")
        if found
        else ""
    )  # fmt: skip


def _kpis(keys: list[str], voice: Voice) -> str:
    return listed([voice.name(voice.goals.kpis[key]) for key in keys if key in voice.goals.kpis], voice.language)


def _held(conflict: Conflict, voice: Voice) -> str:
    """Pay that can be taken back, against the time that the harm takes."""
    goal, lag = conflict.goal, conflict.lag_days
    held_days = max((part.component.held_days for part in goal.parts), default=0)
    if not held_days or goal.stake <= 0:
        return ""
    share = held_share(goal, lag)
    if share > 0:
        said = percent(share, voice.language)
        whole = share > ALL_OF_IT
        part = voice.say(
            "All" if whole else said, "Die ganze Zahlung dahinter ist" if whole else f"{said} der Zahlung dahinter sind"
        )
        return voice.say(
            f"{part} of the pay behind it is still held or can be taken back when the harm shows, and that is counted in",
            f"{part} noch einbehalten oder rückholbar, wenn der Schaden sichtbar wird; das ist eingerechnet",
        )
    return voice.say(
        f"Pay is held or can be taken back for {span(held_days, 'en')}, but the harm takes about {span(lag, 'en')} to show",
        f"Die Zahlung ist nur bis zu {span(held_days, 'de')} einbehalten oder rückholbar; der Schaden zeigt sich erst {after(lag, 'de')}",
    )


def _answers(conflict: Conflict, voice: Voice) -> str:
    """The KPI by which the department itself answers for what it harms."""
    by = conflict.internalised_by
    if by is None or conflict.internalised < WORTH_TELLING or form_of(conflict) == "tension":
        return ""
    unit, want = voice.unit(conflict.goal.department).nominative, voice.to_want(by.item)
    return voice.say(
        f"{unit} must also {want}, which pulls the other way and is counted in",
        f"{capitalised(unit)} soll auch {voice.must(by.item)}; das zieht in die andere Richtung und ist eingerechnet",
    )
