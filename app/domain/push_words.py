"""How hard a goal is pushed, in words: pay, weight, target, payout, penalties (semantics §2)."""

from __future__ import annotations

from app.domain.document import Kpi
from app.domain.goals import Goal
from app.domain.phrases import clean, count, listed, number, percent, quoted
from app.domain.voice import Voice

PENALTY_MOST = 70
"""Characters of a penalty that a sentence can carry."""

_ALL_OF_IT = 0.995
_PAYOUTS = {
    "threshold": ("all or nothing at one value", "alles oder nichts an einem einzigen Wert"),
    "commission": ("by commission", "als Provision"),
    "ranking": ("by rank", "nach Rang"),
    "tiered": ("in steps", "in Stufen"),
}


def tell_push(goal: Goal, voice: Voice) -> str:
    """What hangs on a goal's KPI or measure, and how it pays: one sentence, two where the payout is no straight line."""
    known = voice.pushes.get((goal.key, False))
    if known is None:
        known = " ".join(f"{part}." for part in (_hangs(goal, voice), _pays(goal, voice)) if part)
        voice.pushes[goal.key, False] = known
    return known


def tell_other_side(goal: Goal, voice: Voice) -> str:
    """How hard the harmed side is pushed, in one sentence; empty when nothing hangs on it that can be told."""
    known = voice.pushes.get((goal.key, True))
    if known is None:
        known = voice.pushes[goal.key, True] = _other_side(goal, voice)
    return known


def _other_side(goal: Goal, voice: Voice) -> str:
    stakes = _stakes(goal, voice, voice.unit(goal.department).genitive)
    if not stakes:
        return ""
    name, said = voice.name(goal.item), listed(stakes, voice.language)
    return voice.say(
        f"On the other side, {name} carries {said}.", f"Auf der anderen Seite {_hang(stakes)} an {name} {said}."
    )


def _hangs(goal: Goal, voice: Voice) -> str:
    name = voice.name(goal.item)
    target = voice.say(", with a target", ", mit Zielwert") if _has_target(goal) else ""
    if goal.stake > 0:
        stakes = _stakes(goal, voice, "")
        said = listed(stakes, voice.language)
        whose = _whose(goal, voice)
        return voice.say(f"{name} carries {said}{target}{whose}", f"An {name} {_hang(stakes)} {said}{target}{whose}")
    if not (goal.own_kpi and goal.kpi_share > 0):
        return voice.say(f"No pay hangs on {name}", f"An {name} hängt kein Geld")
    unit, share = voice.unit(goal.department).nominative, percent(goal.kpi_share, voice.language)
    if goal.kpi_share > _ALL_OF_IT:
        measured = voice.say(
            f"is all that {unit} is measured on{target}", f"ist alles, woran {unit} gemessen wird{target}"
        )
    else:
        measured = voice.say(
            f"is {share} of what {unit} is measured on{target}",
            f"macht {share} dessen aus, woran {unit} gemessen wird{target}",
        )
    if not voice.goals.document.incentive_plans:
        return f"{name} {measured}"
    return voice.say(
        f"Nobody is paid for {name}, but it {measured}", f"Für {name} wird niemand bezahlt, aber das {measured}"
    )


def _stakes(goal: Goal, voice: Voice, unit: str) -> list[str]:
    """The share of pay, and the share of the KPI weight of a unit in the genitive (of `the department` when empty)."""
    found = [_pay(goal, voice)] if goal.stake > 0 else []
    if not goal.own_kpi or goal.kpi_share <= 0:
        return found
    share = percent(goal.kpi_share, voice.language)
    if voice.german:
        whole = "das ganze KPI-Gewicht" if goal.kpi_share > _ALL_OF_IT else f"{share} des KPI-Gewichts"
        return [*found, f"{whole} {unit or 'der Abteilung'}"]
    part = "all" if goal.kpi_share > _ALL_OF_IT else share
    return [*found, f"{part} of the KPI weight of {unit}" if unit else f"{part} of the department's KPI weight"]


def _hang(stakes: list[str]) -> str:
    """The German verb agrees with the first thing that hangs, unless there are several."""
    alone = len(stakes) == 1 and stakes[0].startswith(("1 %", "das ", "unter "))
    return "hängt" if alone else "hängen"


def _pay(goal: Goal, voice: Voice) -> str:
    """The share of total pay that hangs on the goal, by plan: `3% of total pay in the plan “Agent”`."""
    shares: dict[str, float] = {}
    for part in goal.parts:
        share = part.component.weight * part.incentive_plan.target_variable_pay_share
        shares[part.incentive_plan.key] = shares.get(part.incentive_plan.key, 0.0) + share
    paying = {key: share for key, share in sorted(shares.items()) if share > 0}
    language = voice.language
    least, most = (percent(pick(paying.values()), language) for pick in (min, max))
    if len(paying) == 1:
        plan = voice.plan(next(iter(paying)))
        return voice.say(f"{most} of total pay in the plan {plan}", f"{most} der Gesamtvergütung im Plan {plan}")
    plans = count(len(paying), "", voice.say("plans", "Plänen"), language)
    if least == most:
        return voice.say(f"{most} of total pay in {plans}", f"{most} der Gesamtvergütung in {plans}")
    return voice.say(
        f"between {least} and {most} of total pay in {plans}",
        f"zwischen {least} und {most} der Gesamtvergütung in {plans}",
    )


def _whose(goal: Goal, voice: Voice) -> str:
    """Whose KPI it is, where that is not the department that is paid for it."""
    if goal.own_kpi or goal.item.kind != "kpi":
        return ""
    owner = voice.unit(goal.item.department)
    return voice.say(f", though it is a KPI of {owner.nominative}", f", obwohl es ein KPI {owner.genitive} ist")


def _has_target(goal: Goal) -> bool:
    return isinstance(goal.item.source, Kpi) and goal.item.source.target is not None


def _pays(goal: Goal, voice: Voice) -> str:
    """How the largest part pays, and what else hangs on it; empty for pay in a straight line and nothing else."""
    said = []
    if goal.stake > 0:
        payout = max(goal.parts, key=lambda p: (p.exposure, p.component.key)).component.payout
        if payout.kind in _PAYOUTS:
            said.append(_PAYOUTS[payout.kind][voice.german])
        if payout.accelerator_max > 1:
            times = number(payout.accelerator_max, voice.language)
            said.append(
                voice.say(f"up to {times} times as much above target", f"oberhalb des Ziels bis zum {times}-Fachen")
            )
    pays = voice.say("It pays ", "Gezahlt wird ") + listed(said, voice.language) if said else ""
    penalties = sorted({clean(p.component.penalties, PENALTY_MOST) for p in goal.parts if p.component.penalties})
    if not penalties:
        return pays
    named = listed([quoted(text, voice.language, PENALTY_MOST) for text in penalties[:2]], voice.language)
    if pays:
        return f"{pays}; {voice.say(f'missing it has consequences: {named}', f'wer es verfehlt, hat Folgen zu tragen: {named}')}"
    return voice.say(f"Missing it has consequences: {named}", f"Wer es verfehlt, hat Folgen zu tragen: {named}")
