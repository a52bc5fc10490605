"""Why a pair is a conflict, or why not, in sentences: the verdict, the chain, what weakened it and by how much (semantics §3, §4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from app.domain.chain_words import tell_chain
from app.domain.detection import Detection
from app.domain.explain import level_side, what_happens_to
from app.domain.findings import ChainLink
from app.domain.goals import Item
from app.domain.parameters import Parameters
from app.domain.phrases import capitalised, listed, number, sentence
from app.domain.push_words import tell_push
from app.domain.terms import Language, Movement
from app.domain.voice import Voice
from app.domain.why import Reason, Side, Weakening, Why


def tell_why(why: Why, detection: Detection, language: Language) -> tuple[str, ...]:
    """The answer as lines: whether it is a conflict, then for each side who pushes what, and why that does or does not harm."""
    voice = Voice(detection.goals, language)
    return tuple(_lines(why, _Telling(detection, voice)))


class _Telling:
    """What the lines of one answer share."""

    def __init__(self, detection: Detection, voice: Voice) -> None:
        self.voice = voice
        self.parameters: Parameters = detection.field.parameters
        self._goals = detection.goals

    def item(self, key: str) -> Item:
        """A KPI, a paid measure or an outcome by its key."""
        goals = self._goals
        return goals.kpis.get(key) or goals.kpis.get(f"measure:{key}") or goals.outcomes[key]

    def push(self, side: Side) -> str:
        """How hard the side's goal is pushed."""
        item = self.item(side.source)
        goals = [g for g in self.voice.goals_on(item) if g.department == side.department]
        return tell_push(goals[0], self.voice) if goals else ""

    def figure(self, value: float) -> str:
        """A reach with two digits, a severity as a whole number."""
        return number(value, self.voice.language, 0 if value > 1 else 2)

    def by(self, keys: str) -> str:
        """The names of what weakened something."""
        known = [self.voice.name(self.item(key.strip())) for key in keys.split(",") if key.strip()]
        return listed(known, self.voice.language)


def _lines(why: Why, telling: _Telling) -> Iterator[str]:
    voice = telling.voice
    one, other = (voice.name(telling.item(key)) for key in (why.source, why.target))
    if why.finding:
        yield voice.say(f"{one} and {other} are in conflict.", f"{one} und {other} stehen im Konflikt.")
    else:
        yield voice.say(
            f"No conflict is reported between {one} and {other}.",
            f"Zwischen {one} und {other} wird kein Konflikt gemeldet.",
        )
    if not why.sides:
        yield voice.say(
            "Neither is pushed by a department: what customers are owed does nothing to other goals by itself.",
            "Keines von beiden wird von einer Abteilung verfolgt: Was Kunden zusteht, wirkt von sich aus auf kein anderes Ziel.",
        )
    for side in why.sides:
        yield from _side(side, telling)


def _side(side: Side, telling: _Telling) -> Iterator[str]:
    voice = telling.voice
    source, target = telling.item(side.source), telling.item(side.target)
    unit = voice.unit(side.department).nominative
    aims = voice.name(target)
    yield voice.say(
        f"{unit} must {voice.must(source)}. What does that do to {aims}?",
        f"{capitalised(unit)} soll {voice.must(source)}. Was macht das mit {aims}?",
    )
    yield telling.push(side)
    yield _REASONS[side.reason](side, telling)
    if side.chain:
        yield _chain(side.chain, source, target, voice)
    if side.help_chain and side.help:
        yield _helps(side, telling)
    if side.nearest is not None:
        yield from _nearest(side, target, telling)
    for weakening in side.weakened:
        yield sentence(_WEAKENINGS[weakening.kind](weakening, telling))


def _chain(links: Sequence[ChainLink], source: Item, target: Item, voice: Voice) -> str:
    lag = sum(link.lag_days for link in links)
    side = level_side(source, links[0].source)
    told = tell_chain(links, what_happens_to(target, lag, voice), voice, side=side)
    return " ".join((*told.steps, *(sentence(p) for p in (told.judged, *told.disputed, *told.only_when) if p)))


def _helps(side: Side, telling: _Telling) -> str:
    """By what, and how much, the push helps."""
    voice, much = telling.voice, telling.figure(side.help)
    through = listed([voice.moves(link.target) for link in side.help_chain[:-1]], voice.language)
    helps = voice.say("It also helps" if side.harm else "It helps", "Es hilft auch" if side.harm else "Es hilft")
    if not through:
        return voice.say(
            f"{helps} directly, with a reach of {much}.", f"{helps} unmittelbar, mit einer Reichweite von {much}."
        )
    return voice.say(
        f"{helps}, with a reach of {much}, because {through}.",
        f"{helps}, mit einer Reichweite von {much}: Zugleich {through}.",
    )


def _nearest(side: Side, target: Item, telling: _Telling) -> Iterator[str]:
    voice, found, floor = telling.voice, side.nearest, telling.figure(telling.parameters.cutoff)
    assert found is not None
    if found.chain:
        strength, most = number(found.strength, voice.language, 3), telling.parameters.max_hops
        if len(found.chain) > most:
            yield voice.say(
                f"The nearest chain has {len(found.chain)} steps, more than the {most} that count, and a strength of {strength}:",
                f"Die nächste Kette hat {len(found.chain)} Schritte, mehr als die {most}, die zählen, und eine Stärke von {strength}:",
            )
        else:
            yield voice.say(
                f"The nearest chain has a strength of {strength}, and chains under {floor} do not count:",
                f"Die nächste Kette hat eine Stärke von {strength}; Ketten unter {floor} zählen nicht:",
            )
        yield _chain(found.chain, telling.item(side.source), target, voice)
        return
    if found.reaches:
        yield voice.say(
            f"What the push reaches most strongly: {_movements(found.reaches, voice)}.",
            f"Am stärksten erreicht der Druck: {_movements(found.reaches, voice)}.",
        )
    if found.reached_by:
        yield voice.say(
            f"What would harm {voice.name(target)} in one step: {_movements(found.reached_by, voice)}.",
            f"Was {voice.name(target)} in einem Schritt schaden würde: {_movements(found.reached_by, voice)}.",
        )


def _movements(movements: Sequence[Movement], voice: Voice) -> str:
    return "; ".join(voice.states(movement) for movement in movements)


def _conflict(side: Side, telling: _Telling) -> str:
    bad = telling.figure(side.severity)
    level = LEVELS_DE.get(side.level or "", "") if telling.voice.german else side.level
    return telling.voice.say(f"It harms it: severity {bad}, {level}.", f"Es schadet ihm: Schwere {bad}, {level}.")


def _weaker(side: Side, telling: _Telling) -> str:
    bad = telling.figure(side.severity)
    return telling.voice.say(
        f"It harms it too, with severity {bad}; the other side is the stronger one and is reported.",
        f"Auch diese Seite schadet, mit Schwere {bad}; gemeldet wird die andere, stärkere.",
    )


def _source_unknown(side: Side, telling: _Telling) -> str:
    name = telling.voice.name(telling.item(side.source))
    return telling.voice.say(
        f"What {name} measures was not understood, so nothing can be said of what it does.",
        f"Was {name} misst, wurde nicht verstanden; über seine Wirkung lässt sich nichts sagen.",
    )


def _target_unknown(side: Side, telling: _Telling) -> str:
    name = telling.voice.name(telling.item(side.target))
    return telling.voice.say(
        f"What {name} measures was not understood, so nothing can be said of what happens to it.",
        f"Was {name} misst, wurde nicht verstanden; was damit geschieht, lässt sich nicht sagen.",
    )


def _no_chain(side: Side, telling: _Telling) -> str:
    return telling.voice.say(
        "No chain of known influences that counts leads to harm.",
        "Keine Kette bekannter Einflüsse, die zählt, führt zu einem Schaden.",
    )


def _only_helps(side: Side, telling: _Telling) -> str:
    return telling.voice.say("As far as is known it only helps.", "Soweit bekannt, hilft es nur.")


def _through_customers(side: Side, telling: _Telling) -> str:
    voice = telling.voice
    customers = next((link.target for link in side.chain[:-1] if link.target.metric.startswith("customer.")), None)
    because = f" ({voice.states(customers)})" if customers else ""
    return voice.say(
        f"The strongest chain runs through customers{because}, so it is reported as a conflict with what they are owed.",
        f"Die stärkste Kette läuft über die Kunden{because} und wird deshalb als Konflikt mit dem gemeldet, was ihnen zusteht.",
    )


def _below_floor(side: Side, telling: _Telling) -> str:
    harm, floor = telling.figure(side.harm), telling.figure(telling.parameters.harm_floor)
    return telling.voice.say(
        f"The harm that arrives is {harm}; under {floor} it counts as none.",
        f"Der Schaden, der ankommt, ist {harm}; unter {floor} zählt er als keiner.",
    )


def _help_outweighs(side: Side, telling: _Telling) -> str:
    harm, help_, half = (
        telling.figure(side.harm),
        telling.figure(side.help),
        telling.figure(telling.parameters.net_help),
    )
    return telling.voice.say(
        f"The help of {help_} counts {half} times against the harm of {harm}, and no harm is left.",
        f"Die Hilfe von {help_} zählt {half}-fach gegen den Schaden von {harm}; kein Schaden bleibt übrig.",
    )


_REASONS: Mapping[Reason, Callable[[Side, _Telling], str]] = {
    "conflict": _conflict,
    "weaker_side": _weaker,
    "source_unknown": _source_unknown,
    "target_unknown": _target_unknown,
    "no_chain": _no_chain,
    "only_helps": _only_helps,
    "through_customers": _through_customers,
    "harm_below_floor": _below_floor,
    "help_outweighs": _help_outweighs,
}

LEVELS_DE = {"low": "gering", "medium": "mittel", "high": "hoch", "critical": "kritisch"}


def _moved(weakening: Weakening, telling: _Telling) -> str:
    before, after = telling.figure(weakening.before), telling.figure(weakening.after)
    return telling.voice.say(f"from {before} to {after}", f"von {before} auf {after}")


def _weakening(english: str, german: str) -> Callable[[Weakening, _Telling], str]:
    """A sentence with `{by}` and `{moved}`, filled once each."""

    def told(weakening: Weakening, telling: _Telling) -> str:
        head, _, tail = telling.voice.say(english, german).partition("{moved}")
        return head.replace("{by}", telling.by(weakening.by), 1) + _moved(weakening, telling) + tail

    return told


_WEAKENINGS: Mapping[str, Callable[[Weakening, _Telling], str]] = {
    "gate": _weakening(
        "the gate on {by} takes the harm {moved}", "die Vorbedingung auf {by} senkt den Schaden {moved}"
    ),
    "modifier": _weakening(
        "pay scaled by {by} takes the harm {moved}", "die Skalierung nach {by} senkt den Schaden {moved}"
    ),
    "spill": _weakening(
        "whoever answers for {by} is careful with the rest, which takes the harm {moved}",
        "wer für {by} einsteht, geht auch sonst sorgsam vor; das senkt den Schaden {moved}",
    ),
    "family": _weakening(
        "judged by its kind and not by a metric, the harm counts less: {moved}",
        "nach der Art und nicht nach einer Metrik beurteilt, zählt der Schaden weniger: {moved}",
    ),
    "help": _weakening("the help takes the net harm {moved}", "die Hilfe senkt den Nettoschaden {moved}"),
    "tie": _weakening(
        "help that is at least as large as the harm takes the net harm {moved}",
        "Hilfe, die mindestens so groß ist wie der Schaden, senkt den Nettoschaden {moved}",
    ),
    "held_pay": _weakening(
        "pay that is still held or can be taken back takes the net harm {moved}",
        "noch einbehaltene oder rückholbare Vergütung senkt den Nettoschaden {moved}",
    ),
    "internalised": _weakening(
        "the department answers for it itself by {by}, which takes the severity {moved}",
        "die Abteilung steht mit {by} selbst dafür ein; das senkt die Schwere {moved}",
    ),
    "capped": _weakening(
        "no chain joins the two metrics, so the severity is kept below high: {moved}",
        "keine Kette verbindet die beiden Metriken, deshalb bleibt die Schwere unter hoch: {moved}",
    ),
}
