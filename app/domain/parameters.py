"""Every constant of the semantics in one place, each with its bounds and the section that explains it (semantics §10).

Annotations are values here: as texts, each would be compiled at every start.
"""

from typing import Any, NamedTuple

from app.domain.terms import Level


class Parameters(NamedTuple):
    """The numbers in force for one analysis; documents override the ones that `BOUNDS` lists."""

    pressure_kpi: float = 1.0
    pressure_share_power: float = 0.5
    pressure_unpaid: float = 0.75
    pressure_pay: float = 6.0
    pressure_target: float = 1.5
    pressure_penalty: float = 0.3
    strength_weak: float = 0.35
    strength_moderate: float = 0.65
    strength_strong: float = 0.85
    decay: float = 0.9
    decay_far: float = 0.7
    cutoff: float = 0.05
    max_hops: int = 4
    harm_floor: float = 0.1
    gate_factor: float = 0.2
    gate_spill: float = 0.5
    modifier_factor: float = 0.5
    clawback_factor: float = 0.5
    family_unknown: float = 0.9
    family_known: float = 0.55
    family_hops: int = 2
    family_floor: float = 0.0
    net_help: float = 0.5
    tie_factor: float = 0.3
    internalisation: float = 0.4
    importance_power: float = 0.25
    net_power: float = 0.6
    level_medium: float = 23.0
    level_high: float = 57.0
    level_critical: float = 70.0
    flaw_real: float = 32.0
    flaw_grave: float = 45.0

    def level(self, severity: float) -> Level:
        """The level of a severity in 0–100 (semantics §4)."""
        if severity < self.level_medium:
            return "low"
        if severity < self.level_high:
            return "medium"
        return "high" if severity < self.level_critical else "critical"

    def as_dict(self) -> dict[str, float | int]:
        """Name → value, in the order of the semantics."""
        return self._asdict()


BOUNDS: dict[str, tuple[float, float]] = {
    "pressure_kpi": (0, 3), "pressure_share_power": (0, 1), "pressure_unpaid": (0, 1), "pressure_pay": (0, 20),
    "pressure_target": (1, 3), "pressure_penalty": (0, 2),
    "strength_weak": (0, 1), "strength_moderate": (0, 1), "strength_strong": (0, 1),
    "decay": (0, 1), "decay_far": (0, 1), "cutoff": (0, 1), "max_hops": (1, 8), "harm_floor": (0, 1),
    "gate_factor": (0, 1), "gate_spill": (0, 1), "modifier_factor": (0, 1), "clawback_factor": (0, 1),
    "family_unknown": (0, 1), "family_known": (0, 1), "family_hops": (1, 4), "family_floor": (0, 1),
    "net_help": (0, 1), "tie_factor": (0, 1), "internalisation": (0, 1),
    "importance_power": (0, 1), "net_power": (0, 1),
    "level_medium": (0, 100), "level_high": (0, 100), "level_critical": (0, 100), "flaw_real": (0, 100),
    "flaw_grave": (0, 100),
}  # fmt: skip
"""Name → smallest and largest value that a document may set."""

INTEGERS = frozenset({"max_hops", "family_hops"})
"""Parameters that are whole numbers."""

SHAPE_FACTOR = {"linear": 1.0, "tiered": 1.1, "commission": 1.2, "threshold": 1.3, "ranking": 1.3}
"""What a payout's kind multiplies pay at stake by (semantics §2)."""

ACCELERATOR_STEP, ACCELERATOR_MOST = 0.1, 0.3
"""What an accelerator adds to the shape per multiple above 1, and at most (semantics §2)."""

EVIDENCE_CONFIDENCE = {
    "identity": 1.0, "meta_analysis": 0.95, "experiment": 0.9, "quasi_experiment": 0.8, "observational": 0.65,
    "case": 0.5, "practitioner": 0.4, "expert": 0.3,
}  # fmt: skip
SUPPORT_FACTOR = {"direct": 1.0, "definition": 1.0, "analogy": 0.75, "none": 0.55}
CONTESTED_FACTOR = 0.7
RIVAL_HARM = 0.65
CHAINS_KEPT = 3
INTERNALISED_FROM = 0.5


def parameters(overrides: dict[str, Any] | None = None) -> Parameters:
    """The defaults with a document's (already checked) overrides."""
    known = frozenset(Parameters._fields)
    return Parameters(**{k: int(v) if k in INTEGERS else v for k, v in (overrides or {}).items() if k in known})
