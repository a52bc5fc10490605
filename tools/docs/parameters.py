"""The page of parameters: every constant that a document may override."""

from __future__ import annotations

from app.domain.parameters import BOUNDS, Parameters
from tools.docs.markdown import mono, page, table

MEANINGS = {
    "pressure_kpi": (2, "how much a KPI's share of its department's weight pushes"),
    "pressure_share_power": (
        2,
        "power of that share: at 0.5 one of four KPIs is watched half as closely as an only one",
    ),
    "pressure_unpaid": (2, "factor on a KPI that nobody is paid for, where others are paid"),
    "pressure_pay": (2, "how much pay at stake pushes"),
    "pressure_target": (2, "factor on a KPI that has a target"),
    "pressure_penalty": (2, "what a penalty adds"),
    "strength_weak": (3, "strength of a weak influence"),
    "strength_moderate": (3, "strength of a moderate influence"),
    "strength_strong": (3, "strength of a strong influence"),
    "decay": (3, "factor per arc of a chain after the first"),
    "decay_far": (3, "further factor per arc after the second"),
    "cutoff": (3, "chains weaker than this do not count"),
    "max_hops": (3, "longest chain, in arcs"),
    "harm_floor": (3, "harm below this is none"),
    "gate_factor": (3, "what a gate leaves of the push on the metric that it guards"),
    "gate_spill": (3, "what a gate leaves of the goal's other chains"),
    "modifier_factor": (3, "what a modifier leaves of the push on its metric"),
    "clawback_factor": (3, "how much of a harm is answered by pay that is held until it shows"),
    "family_unknown": (3, "factor when one end is known by its family only"),
    "family_known": (3, "further factor when both metrics are known and no chain joins them"),
    "family_hops": (3, "longest chain over families, in arcs"),
    "family_floor": (3, "family influences weaker than this do not count"),
    "net_help": (4, "how much help is set against harm"),
    "tie_factor": (4, "what is left of a conflict when help is at least as large as harm"),
    "internalisation": (4, "how much a department's own pressure on what is harmed takes off"),
    "importance_power": (4, "power of what is at stake in a severity"),
    "net_power": (4, "power of the net harm in a severity"),
    "level_medium": (4, "severity from which a finding is medium"),
    "level_high": (4, "severity from which it is high"),
    "level_critical": (4, "severity from which it is critical"),
    "flaw_real": (6, "severity of a customer conflict from which a flaw of pay counts as real"),
    "flaw_grave": (
        6,
        "severity of a conflict from which it is grave: for pay that comes before the harm, and for who answers",
    ),
}
SECTIONS = {
    2: "2-pressure-how-hard-a-department-pushes-a-goal",
    3: "3-reach-what-a-push-does",
    4: "4-severity",
    6: "6-facts-and-rules",
}


def parameters_page() -> str:
    """Name, default, bounds and meaning of each."""
    return page(
        "# Parameters",
        "Constants of the engine. A document overrides them under `parameters`; every analysis says which were in force. They were "
        "chosen on labelled companies ([how good is it?](trust.md)); change one only with a reason that you can state.",
        table(["parameter", "default", "bounds", "what it is", "in"], [_row(name) for name in Parameters._fields]),
        source="app/domain/parameters.py",
    )


def _row(name: str) -> list[str]:
    low, high = BOUNDS[name]
    number, meaning = MEANINGS[name]
    return [
        mono(name),
        f"{getattr(Parameters(), name):g}",
        f"{low:g}–{high:g}",
        meaning,
        f"[semantics §{number}](semantics.md#{SECTIONS[number]})",
    ]
