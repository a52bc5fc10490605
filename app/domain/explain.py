"""A conflict explained to a head of department: the push, the chain with its sources, what holds against it (semantics §3, §4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from app.domain.catalogue import Metric
from app.domain.chain_words import source_note, tell_chain
from app.domain.conflicts import Conflict
from app.domain.goals import Goal, Item
from app.domain.offset_words import tell_offsets
from app.domain.phrases import after, listed, lowered, quoted, says_direction, sentence
from app.domain.push_words import tell_other_side, tell_push
from app.domain.safeguards import SPLIT
from app.domain.terms import Direction, Movement, opposite
from app.domain.titles import is_close_call, is_direct
from app.domain.voice import Voice

MOST = 1_200
"""Characters of an explanation."""


def conflict_explanation(conflict: Conflict, voice: Voice) -> str:
    """A few sentences, at most `MOST` characters.

    When they grow too long, asides go first, then the other side, then the reasons of the steps; sources are always named.
    """
    return fitting(_versions(conflict, voice))


def _versions(conflict: Conflict, voice: Voice) -> Iterator[Sequence[str]]:
    push, other = tell_push(conflict.goal, voice), _other_side(conflict, voice)
    full, offsets = _chain(conflict, voice, reasons=True), tuple(tell_offsets(conflict, voice))
    yield push, *full.steps, other, *full.caveats, *full.asides, *offsets
    yield push, *full.steps, *full.caveats, *offsets
    bare = _chain(conflict, voice, reasons=False)
    yield push, *bare.steps, *bare.caveats, *offsets
    yield push, *bare.steps, *bare.caveats
    yield *bare.steps, *bare.caveats[:1]


def fitting(versions: Iterable[Sequence[str]]) -> str:
    """The first version that is short enough; the last one as far as there is room when none is."""
    text = ""
    for parts in versions:
        text = " ".join(part for part in parts if part)
        if len(text) <= MOST:
            return text
    return text[: MOST - 1].rstrip() + "…"


class _Told(NamedTuple):
    """The sentences of a chain. `caveats` are part of the truth and stay; `asides` may go."""

    steps: list[str]
    caveats: list[str]
    asides: list[str]


def _chain(conflict: Conflict, voice: Voice, *, reasons: bool) -> _Told:
    if conflict.between.rival:
        return _Told([_rivals(conflict, voice, reasons=reasons)], [], [])
    if is_direct(conflict):
        return _Told([_direct(conflict, voice)], [], [])
    end = what_happens_to(conflict.target.item, conflict.lag_days, voice)
    told = tell_chain(conflict.between.chain, end, voice, side=side_of(conflict.goal), reasons=reasons)
    caveats = [_basis(conflict, voice), _readings(conflict, voice), told.judged, *told.disputed[:1]]
    asides = [*told.only_when, *told.disputed[1:], _close_call(conflict, voice)]
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


def side_of(goal: Goal) -> Direction | None:
    """Which way a goal that is to hold a level pushes, as its name reads; None for goals that go one way."""
    return level_side(goal.item, goal.movement or next(iter(goal.families), None))


def level_side(item: Item, pushed: Movement | None) -> Direction | None:
    """The same for an item and the movement that is looked at."""
    if item.wanted != "maintain" or pushed is None:
        return None
    return opposite(pushed.direction) if item.resolution.inverted else pushed.direction


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
            if not resolution.inverted and _is_plain(item.name, voice.goals.metrics[resolution.metric]):
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


def _is_plain(name: str, metric: Metric) -> bool:
    """Whether a name says the words of one of the metric's names, with one word more at most, or a part of them."""
    said = _words(name)
    names = (metric.name, metric.name_de, *metric.aliases)
    return any(said <= meant or (meant <= said and len(said) - len(meant) <= 1) for meant in map(_words, names))


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.casefold()))


def _close_call(conflict: Conflict, voice: Voice) -> str:
    if not is_close_call(conflict):
        return ""
    return voice.say(
        "Weaker chains point the other way and together nearly balance this one, so the direction is a close call",
        "Schwächere Ketten weisen in die andere Richtung und wiegen diese zusammen fast auf: die Richtung ist knapp entschieden",
    )


def _other_side(conflict: Conflict, voice: Voice) -> str:
    if conflict.target.is_outcome:
        return ""
    goals = [g for g in voice.goals_on(conflict.target.item) if g.department == conflict.target.item.department]
    return tell_other_side(max(goals, key=lambda g: (g.pressure, g.key)), voice) if goals else ""
