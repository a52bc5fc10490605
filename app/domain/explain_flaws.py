"""Flaws and gaps told: the facts, why they matter, the conflict behind them, the clause or paper they rest on (semantics §6)."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.arcs import Arc
from app.domain.chain_words import tell_chain
from app.domain.citations import sources
from app.domain.conflicts import Conflict
from app.domain.detection import Match
from app.domain.explain import fitting, side_of, what_happens_to
from app.domain.fact_words import tell_facts
from app.domain.findings import Condition
from app.domain.goals import Goal
from app.domain.phrases import clean, lowered, sentence
from app.domain.push_words import tell_push
from app.domain.titles import conflict_title
from app.domain.voice import Voice

MESSAGE_NAME_MOST = 80
"""Characters of a name that a rule's message can carry."""


def flaw_title(match: Match, voice: Voice) -> str:
    """The rule's message about this row."""
    names = {key: clean(name, MESSAGE_NAME_MOST) for key, name in match.row.names.items()}
    values = {
        key: clean(value, 4 * MESSAGE_NAME_MOST) if isinstance(value, str) else value
        for key, value in match.row.values.items()
    }
    return match.rule.message({**values, **names}, voice.language)


def flaw_explanation(match: Match, conditions: tuple[Condition, ...], voice: Voice) -> str:
    """Facts, reason, the conflict behind, sources; at most `MOST` characters."""
    read = frozenset(name for condition in conditions for name in condition.value) | _always(match)
    facts = [sentence(fact) for fact in tell_facts(match.row.values, read, voice)]
    reason, behind, rests = _reason(match, voice), _behind(match.row.conflict, voice), _rests(match, voice)
    return fitting(([*facts, reason, behind, rests], [*facts[:3], reason, rests], [reason, rests]))


def loop_explanation(match: Match, goal: Goal, chain: Sequence[Arc], voice: Voice) -> str:
    """How a goal undermines itself: the push, the chain back, and why that matters."""
    rests = _rests(match, voice)
    if not chain:
        return " ".join(part for part in (_reason(match, voice), rests) if part)
    lag = sum(arc.lag_days for arc in chain)
    push = tell_push(goal, voice)
    told, bare = (
        tell_chain(chain, what_happens_to(goal.item, lag, voice), voice, side=side_of(goal), reasons=reasons)
        for reasons in (True, False)
    )
    caveats = [sentence(part) for part in (told.judged, *told.disputed[:1]) if part]
    reason = _reason(match, voice)
    return fitting(
        ([push, *told.steps, *caveats, reason, rests], [push, *told.steps, *caveats, rests], [push, *bare.steps, rests])
    )


def _always(match: Match) -> frozenset[str]:
    """What is told of a paid component whatever its rule asks."""
    return frozenset({"stake"}) if match.row.kind == "component" else frozenset()


def _reason(match: Match, voice: Voice) -> str:
    """Why the rule matters, in the reader's language only."""
    rule = match.rule.rule
    return voice.say(rule.rationale, rule.rationale_de)


def _behind(conflict: Conflict | None, voice: Voice) -> str:
    if conflict is None:
        return ""
    title = conflict_title(conflict, voice)
    return sentence(voice.say(f"Behind it: {lowered(title)}", f"Dahinter steht: {title}"))


def _rests(match: Match, voice: Voice) -> str:
    """The clauses and papers; that it is practitioners' judgement where there is none."""
    references = match.rule.rule.references
    named = sources(references, voice.catalogue.citations, voice.language)
    if named:
        return voice.say(f"Rests on {'; '.join(named)}.", f"Grundlage: {'; '.join(named)}.")
    if not references:
        return ""
    return voice.say("Rests on practitioners' judgement.", "Grundlage: Einschätzung aus der Praxis.")
