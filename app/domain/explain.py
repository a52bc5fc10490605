"""A conflict explained to a head of department: the push, the chain with its sources, what holds against it (semantics §3, §4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.chain_words import source_note, tell_chain
from app.domain.conflicts import Conflict
from app.domain.goals import Goal, Item
from app.domain.phrases import after, capitalised, listed, lowered, percent, quoted, says_direction, sentence, span
from app.domain.push_words import tell_other_side, tell_push
from app.domain.safeguards import SPLIT, held_share
from app.domain.titles import form_of, is_direct
from app.domain.voice import Voice

MOST = 1_200
"""Characters of an explanation."""

CLOSE = 0.35
"""Sign reliability below which the sign is called a close call."""

ALL_OF_IT = 0.995

WORTH_TELLING = 0.2
"""Help relative to harm, and internalisation, from which on they are told."""


def conflict_explanation(conflict: Conflict, voice: Voice) -> str:
    """A few sentences, at most `MOST` characters.

    When they grow too long, asides go first, then the other side, then the reasons of the steps; sources are always named.
    """
    push, other = tell_push(conflict.goal, voice), _other_side(conflict, voice)
    full, holds = _chain(conflict, voice, reasons=True), list(_holds(conflict, voice))
    text = fitting(
        [push, *full.steps, other, *full.caveats, *full.asides, *holds],
        [push, *full.steps, *full.caveats, *holds],
    )
    if text:
        return text
    bare = _chain(conflict, voice, reasons=False)
    shortest = [*bare.steps, *bare.caveats[:1]]
    return fitting([push, *bare.steps, *bare.caveats, *holds], [push, *bare.steps, *bare.caveats], shortest) or cut(
        shortest
    )


def fitting(*versions: list[str]) -> str:
    """The fullest version that is short enough; empty when none is."""
    texts = (" ".join(part for part in parts if part) for parts in versions)
    return next((text for text in texts if len(text) <= MOST), "")


def cut(parts: list[str]) -> str:
    """The parts as far as there is room."""
    return " ".join(parts)[: MOST - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class _Told:
    """The sentences of a chain. `caveats` are part of the truth and stay; `asides` may go."""

    steps: list[str]
    caveats: list[str]
    asides: list[str]


def _chain(conflict: Conflict, voice: Voice, *, reasons: bool) -> _Told:
    if conflict.between.rival:
        return _Told([_rivals(conflict, voice, reasons=reasons)], [], [])
    if is_direct(conflict):
        return _Told([_direct(conflict, voice)], [], [])
    told = tell_chain(
        conflict.between.chain, what_happens_to(conflict.target.item, conflict.lag_days, voice), voice, reasons=reasons
    )
    caveats = [_basis(conflict, voice), _readings(conflict, voice), told.judged, *told.disputed[:1]]
    asides = [*told.only_when[:1], *told.disputed[1:], _close_call(conflict, voice)]
    return _Told(list(told.steps), _sentences(caveats), _sentences(asides))


def _sentences(parts: list[str]) -> list[str]:
    return [sentence(part) for part in parts if part]


def what_happens_to(target: Item, lag_days: int, voice: Voice) -> str:
    """What harm does to a target, and when: `pulls “Retention” down after about a year`, `treibt „Abwanderung“ nach oben`."""
    name = voice.name(target)
    late = f" {after(lag_days, voice.language)}" if lag_days > 0 else ""
    if says_direction(target.name, target.wanted):
        return voice.say(f"works against {name}{late}", f"arbeitet{late} gegen {name}")
    return {
        "increase": voice.say(f"pulls {name} down{late}", f"zieht {name}{late} nach unten"),
        "decrease": voice.say(f"pushes {name} up{late}", f"treibt {name}{late} nach oben"),
        "maintain": voice.say(f"moves {name} off its level{late}", f"bringt {name}{late} aus dem Gleichgewicht"),
    }[target.wanted]


def _rivals(conflict: Conflict, voice: Voice, *, reasons: bool) -> str:
    """Why a common result that is charged to each alone is defended by pushing blame."""
    movement = conflict.goal.movement
    name = voice.name(conflict.goal.item)
    result = voice.say(voice.subject(movement.metric), voice.title(movement.metric)) if movement else name
    start = voice.say(
        f"Both are paid for one result, {result}, and neither shares it",
        f"Beide Seiten werden für ein Ergebnis bezahlt ({result}), und keine teilt es mit der anderen",
    )
    split = [i for i in voice.catalogue.influences.values() if i.source == SPLIT and i.role == "main"]
    if not split:
        return sentence(start)
    reason = (split[0].mechanism_de if voice.german else lowered(split[0].mechanism)) if reasons else ""
    note = source_note(split[0], voice)
    return f"{start}: {reason.rstrip('. ')} ({note})." if reason else f"{start} ({note})."


def _direct(conflict: Conflict, voice: Voice) -> str:
    goal, target = conflict.goal, conflict.target
    if conflict.between.fallback == "none" and goal.movement:
        what = voice.say(voice.subject(goal.movement.metric), voice.title(goal.movement.metric))
        return voice.say(
            f"Both names mean the same thing, {what}, and want it to go opposite ways, so no effort can satisfy both.",
            f"Beide Namen meinen dasselbe ({what}) und wollen es in entgegengesetzte Richtungen bewegen; kein Einsatz kann beidem genügen.",
        )
    common = [f.metric for f in goal.families if f.metric in {t.metric for t in target.families}]
    kind = voice.kind_of(common[0]) if common else ""
    of = f" ({kind})" if kind else ""
    return voice.say(
        f"Both are measures of one kind{of} and want it to go opposite ways. This rests on what their names point to, not on a metric.",
        f"Beide sind Messgrößen einer Art{of} und wollen sie in entgegengesetzte Richtungen bewegen. "
        "Das stützt sich darauf, worauf die Namen hinweisen, nicht auf eine bekannte Metrik.",
    )


def _basis(conflict: Conflict, voice: Voice) -> str:
    """That the question had to be asked of archetypes, and for which end."""
    between, goal, target = conflict.between, conflict.goal, conflict.target
    if between.fallback == "none":
        return ""
    if between.fallback == "known":
        return voice.say(
            "The catalogue knows both measures but no link between them, so this rests on what measures of their kind usually do",
            "Der Katalog kennt beide Messgrößen, aber keine Verbindung zwischen ihnen; das stützt sich darauf, was Messgrößen ihrer Art "
            "gewöhnlich bewirken",
        )
    own = {m.id for m in voice.goals.document.metrics}
    ends = [(goal.item, goal.movement, goal.families), (target.item, target.movement, target.families)]
    lost = [(item, families) for item, movement, families in ends if movement is None or movement.metric in own]
    names = listed([voice.name(item) for item, _ in lost], voice.language)
    kinds = list(dict.fromkeys(voice.kind_of(families[0].metric) for _, families in lost if families))
    of = f" ({'; '.join(kinds)})" if kinds else ""
    if len(lost) == 1:
        return voice.say(
            f"{names} fits no metric of the catalogue, so this rests on what measures of its kind{of} usually do, not on this one",
            f"{names} passt zu keiner Metrik des Katalogs; das stützt sich darauf, was Messgrößen dieser Art{of} gewöhnlich bewirken, "
            "nicht auf diese eine",
        )
    return voice.say(
        f"{names} fit no metric of the catalogue, so this rests on what measures of their kind{of} usually do, not on these two",
        f"{names} passen zu keiner Metrik des Katalogs; das stützt sich darauf, was Messgrößen dieser Art{of} gewöhnlich bewirken, "
        "nicht auf diese beiden",
    )


def _readings(conflict: Conflict, voice: Voice) -> str:
    """What names were taken to mean, where that was not plain."""
    if conflict.between.fallback != "none":
        return ""
    found = []
    for item in (conflict.goal.item, conflict.target.item):
        resolution = item.resolution
        if resolution.metric and resolution.method in ("fuzzy", "semantic"):
            if _says(item.name, voice.title(resolution.metric)) and not resolution.inverted:
                continue
            title = quoted(voice.title(resolution.metric), voice.language)
            less = voice.say(" turned round", " mit umgekehrtem Sinn") if resolution.inverted else ""
            found.append((voice.name(item), f"{title}{less}"))
    if not found:
        return ""
    (name, title), *rest = found
    told = [voice.say(f"{name} is read as {title}", f"{name} wird als {title} gelesen")]
    told += [voice.say(f"{name} as {title}", f"{name} als {title}") for name, title in rest]
    return listed(told, voice.language)


def _says(name: str, title: str) -> bool:
    """Whether a name and a metric's name say the same words, or one says them with others."""
    said, meant = (set(re.findall(r"\w+", text.casefold())) for text in (name, title))
    return said <= meant or meant <= said


def _close_call(conflict: Conflict, voice: Voice) -> str:
    between = conflict.between
    if not between.help or between.reliability >= CLOSE:
        return ""
    return voice.say(
        "Chains for and against nearly balance, so the direction is a close call",
        "Ketten dafür und dagegen halten sich fast die Waage; die Richtung ist knapp entschieden",
    )


def _other_side(conflict: Conflict, voice: Voice) -> str:
    if conflict.target.is_outcome:
        return ""
    goals = [g for g in voice.goals_on(conflict.target.item) if g.department == conflict.target.item.department]
    return tell_other_side(max(goals, key=lambda g: (g.pressure, g.key)), voice) if goals else ""


def _holds(conflict: Conflict, voice: Voice) -> Iterator[str]:
    """What offsets the harm, and the safeguards that the severity already counts."""
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
        return voice.say(
            f"{'All' if whole else said} of the pay behind it is still held or can be taken back when the harm shows, and that is counted in",
            f"{'Die ganze Zahlung dahinter ist' if whole else f'{said} der Zahlung dahinter sind'} noch einbehalten oder rückholbar, wenn der "
            "Schaden sichtbar wird; das ist eingerechnet",
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
