"""Facts about a goal and an outcome that customers are owed and that its push harms (semantics §6)."""

from __future__ import annotations

from app.domain.facts.columns import flag, whole
from app.domain.facts.goal_pair_columns import EFFECT_FIELDS
from app.domain.rules.schema import FactKind

GOAL_OUTCOME = FactKind(
    name="goal_outcome",
    labels={"en": "goal and customer outcome", "de": "Ziel und Kundenergebnis"},
    fields=(
        *EFFECT_FIELDS,
        whole(
            "pay_horizon_days", ("days until pay", "Tage bis zur Auszahlung"),
            "The shortest pay period of the components that pay for the goal; missing when nobody is paid for it.", 30,
            unit="days", nullable=True,
        ),
        whole(
            "deferred_days", ("days for which pay is held", "Tage, für die Vergütung einbehalten wird"),
            "The longest clawback or deferral on the goal, in months of 30 days; 0 when there is none.", 0, unit="days",
        ),
        flag(
            "gated", ("pay has a gate", "die Zahlung hat eine Vorbedingung"),
            ("pay has no gate", "die Zahlung hat keine Vorbedingung"), "A component that pays for the goal has a gate.",
        ),
        flag(
            "guarded", ("a safeguard protects this outcome", "eine Sicherung schützt dieses Ergebnis"),
            ("no safeguard protects this outcome", "keine Sicherung schützt dieses Ergebnis"),
            "A gate or modifier of the goal's pay is on the outcome's own metric.",
        ),
    ),
    subjects=("department", "kpi", "outcome"),
)  # fmt: skip
