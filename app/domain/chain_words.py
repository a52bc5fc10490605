"""A witness chain in words: step by step, each with its reason and its sources, never surer than they are (semantics §3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from app.domain.arcs import LEVER
from app.domain.catalogue import Influence
from app.domain.citations import sources
from app.domain.phrases import capitalised, clean, listed, lowered, sentence
from app.domain.terms import Direction, Movement
from app.domain.voice import Voice

EVIDENCE = {
    "identity": ("by definition", "per Definition"),
    "meta_analysis": ("meta-analysis", "Metaanalyse"),
    "experiment": ("experiment", "Experiment"),
    "quasi_experiment": ("natural experiment", "natürliches Experiment"),
    "observational": ("observational study", "Beobachtungsstudie"),
    "case": ("case report", "Fallbericht"),
    "practitioner": ("practitioners' report", "Praxisbericht"),
    "expert": ("expert judgement", "Einschätzung"),
}
"""Evidence class → how it is called in English and German."""

REASON_MOST = 200
"""Characters of a reason that a sentence can carry; an organization's own may be longer."""

LONG = 4
"""Arcs from which on the middle of a chain is told in one sentence, without its reasons."""


class Link(Protocol):
    """What an arc of the map and a link of a finding's chain have in common."""

    @property
    def id(self) -> str:
        """Its influence."""

    @property
    def source(self) -> Movement:
        """Where it begins."""

    @property
    def target(self) -> Movement:
        """Where it leads."""

    @property
    def means(self) -> bool:
        """Whether it leads from a sum to a part."""


class ChainTold(NamedTuple):
    """The sentences of a chain, and what has to be said about its evidence beside them."""

    steps: tuple[str, ...]
    judged: str
    """That no step rests on a study; empty when one does."""
    disputed: tuple[str, ...]
    only_when: tuple[str, ...]


def tell_chain(
    links: Sequence[Link], end: str, voice: Voice, *, side: Direction | None = None, reasons: bool = True
) -> ChainTold:
    """Tell a chain of at least one arc, right after what is pushed and how hard.

    `end`: what the last step does to the target, and when (`pulls “Retention” down after about a year`). `side`: which way somebody
    who is to hold a level pushes here. Without `reasons` the mechanisms are left out; sources never are.
    """
    influences = [voice.influence(link.id) for link in links]
    judged = len(links) > 1 and all(map(_is_judgement, influences))
    told = [_Step(link, voice, judged=judged, reasons=reasons) for link in links]
    if len(links) == 1:
        steps = [_only(told[0], end, side, voice)]
    else:
        steps = [_first(told[0], side, voice), *_middle(told[1:-1], voice), _last(told[-1], end, voice)]
    return ChainTold(
        steps=tuple(steps),
        judged=voice.say(
            "No step rests on a study; all of them are judgement",
            "Kein Schritt stützt sich auf eine Studie; es sind Einschätzungen",
        )
        if judged
        else "",
        disputed=tuple(text for link in links if (text := _dispute(link, voice))),
        only_when=tuple(text for link in links if (text := _condition(link, voice))),
    )


def source_note(influence: Influence, voice: Voice) -> str:
    """Evidence and sources of an arc, for brackets: `observational study, by analogy: Oliva & Sterman 2001`."""
    note = voice.notes.get(influence.id)
    if note is None:
        note = voice.notes[influence.id] = _note(influence, voice)
    return note


def _note(influence: Influence, voice: Voice) -> str:
    named = "; ".join(sources(influence.citations, voice.catalogue.citations, voice.language))
    if influence.own:
        own = voice.say("the organization's own knowledge", "eigenes Wissen des Unternehmens")
        return voice.say(f"{named}, and {own}", f"{named} und {own}") if named else own
    evidence = _evidence(influence, voice)
    return f"{evidence}: {named}" if named else evidence


class _Step:
    """One link with its clause, its reason and its sources."""

    def __init__(self, link: Link, voice: Voice, *, judged: bool, reasons: bool) -> None:
        influence = voice.influence(link.id)
        self.means = link.means
        self.lead = _lever_lead(influence, voice)
        self.clause = voice.moves(link.target)
        self.note = "" if judged else f" ({source_note(influence, voice)})"
        told = reasons and not link.means and influence.told_for in ("", link.source.direction)
        self.reason = reason_of(influence, voice) if told else ""

    def with_reason(self, text: str) -> str:
        """The step as a sentence, with its reason behind a colon, or as a sentence of its own where it has a colon itself."""
        if not self.reason:
            return sentence(f"{text}{self.note}")
        if ":" in self.reason:
            return f"{text}. {capitalised(self.reason)}{self.note}."
        return f"{text}: {self.reason}{self.note}."


def _only(step: _Step, end: str, side: Direction | None, voice: Voice) -> str:
    if step.means:
        return step.with_reason(
            voice.say(
                f"Whoever is measured on a figure works on what it is made of, and that {end}",
                f"Wer an einer Zahl gemessen wird, dreht an dem, woraus sie besteht, und das {end}",
            )
        )
    if lead := step.lead or _one_side(side, voice):
        return step.with_reason(capitalised(voice.say(f"{lead}, it {end}", f"{lead}, {_verb_first(end, 'das')}")))
    return step.with_reason(voice.say(f"That pressure {end}", f"Dieser Druck {end}"))


def _first(step: _Step, side: Direction | None, voice: Voice) -> str:
    if step.means:
        return step.with_reason(
            voice.say(
                f"Whoever is measured on a figure works on what it is made of, so {step.clause}",
                f"Wer an einer Zahl gemessen wird, dreht an dem, woraus sie besteht: So {step.clause}",
            )
        )
    if lead := step.lead or _one_side(side, voice):
        return step.with_reason(capitalised(f"{lead}, {step.clause}"))
    return step.with_reason(voice.say(f"Under that pressure, {step.clause}", f"Unter diesem Druck {step.clause}"))


def _middle(steps: Sequence[_Step], voice: Voice) -> list[str]:
    then = voice.say("Then", "Dann")
    if len(steps) + 2 < LONG:
        return [step.with_reason(f"{then} {step.clause}") for step in steps]
    return [sentence(f"{then} {listed([f'{step.clause}{step.note}' for step in steps], voice.language)}")]


def _last(step: _Step, end: str, voice: Voice) -> str:
    return step.with_reason(voice.say(f"That {end}", f"Das {end}"))


def _one_side(side: Direction | None, voice: Voice) -> str:
    """Which way the push goes, for whoever is to hold a level; empty for all others."""
    if side is None:
        return ""
    return voice.say(
        f"where that means pushing it {side}", f"wo das Druck nach {'oben' if side == 'up' else 'unten'} heißt"
    )


def _lever_lead(influence: Influence, voice: Voice) -> str:
    """Why a feature of the pay pushes by itself: `because one value decides whether it pays`; empty for other arcs."""
    if not influence.source.startswith(LEVER):
        return ""
    saying = voice.catalogue.sayings.get(influence.source)
    if saying is not None:
        return saying.de[0] if voice.german else saying.en[0]
    lever = voice.catalogue.levers.get(influence.source)
    name = influence.source if lever is None else voice.say(lever.name, lever.name_de or lever.name)
    return voice.say(f"with “{name}” in the plan", f"mit „{name}“ im Plan")


def _verb_first(end: str, subject: str) -> str:
    verb, _, rest = end.partition(" ")
    return f"{verb} {subject} {rest}"


def reason_of(influence: Influence, voice: Voice) -> str:
    """The mechanism, in the reader's language only; what an organization says of itself is taken as it is."""
    text = voice.say(influence.mechanism, influence.mechanism_de).rstrip(". ")
    if influence.own:
        return clean(text, REASON_MOST) if text else ""
    return text if voice.german else lowered(text)


def _evidence(influence: Influence, voice: Voice) -> str:
    if influence.support == "none":
        return voice.say("judgement only", "nur Einschätzung")
    name = EVIDENCE[influence.evidence][voice.german]
    return name + voice.say(", by analogy", ", übertragen") if influence.support == "analogy" else name


def _is_judgement(influence: Influence) -> bool:
    return influence.support == "none" and not influence.own


def _dispute(link: Link, voice: Voice) -> str:
    """What speaks against an arc, and who says so."""
    if not voice.influence(link.id).contested:
        return ""
    step = _step_to(link, voice)
    against = next(iter(voice.counters.get(link.id, ())), None)
    if against is None:
        return voice.say(f"{step} is disputed", f"{step} ist umstritten")
    said, note = reason_of(against, voice), source_note(against, voice)
    if ":" in said:
        return voice.say(f"{step} is disputed. {capitalised(said)} ({note})", f"{step} ist umstritten. {said} ({note})")
    told = f"{capitalised(said) if voice.german else said} ({note})"
    if not said:
        return voice.say(f"{step} is disputed ({note})", f"{step} ist umstritten ({note})")
    return voice.say(f"{step} is disputed: {told}", f"{step} ist umstritten: {told}")


def _condition(link: Link, voice: Voice) -> str:
    influence = voice.influence(link.id)
    when = influence.when_de if voice.german else influence.when
    if not when:
        return ""
    node = link.target.metric
    return voice.say(
        f"A condition of the step to {voice.subject(node)}: {when}",
        f"Bedingung für den Schritt zu „{voice.title(node)}“: {when}",
    )


def _step_to(link: Link, voice: Voice) -> str:
    node = link.target.metric
    return voice.say(f"The step to {voice.subject(node)}", f"Der Schritt zu „{voice.title(node)}“")
