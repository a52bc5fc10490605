"""Facts about one goal: a department pushing one movement (semantics §6)."""

from __future__ import annotations

from app.domain.facts.columns import choice, degree, flag, share, whole
from app.domain.facts.vocabularies import DEGREES, DIRECTIONS, FUNCTIONS, MEASURE_KINDS, METHODS, METRIC_FUNCTIONS, REAP
from app.domain.rules.schema import FactKind

GOAL = FactKind(
    name="goal",
    labels={"en": "goal", "de": "Ziel"},
    fields=(
        choice(
            "function", FUNCTIONS, ("department's function", "Funktion der Abteilung"),
            "Function of the department that pushes the goal.", "service",
        ),
        choice(
            "metric_function", METRIC_FUNCTIONS, ("metric's function", "Funktion der Metrik"),
            "Function that the metric belongs to; missing when the name was not resolved to a metric.", "service",
            nullable=True,
        ),
        choice(
            "direction", DIRECTIONS, ("direction", "Richtung"),
            "Where the goal wants the metric to go; missing when there is no metric.", "down", nullable=True,
        ),
        degree("pressure", 3, ("pressure", "Druck"), "How hard the goal is pushed, 0 to 1 (§2).", 0.7),
        share(
            "kpi_share", 3, ("share of the department's KPI weight", "Anteil am KPI-Gewicht der Abteilung"),
            "The KPI's share of its department's KPI weight, 0 for another department's KPI.", 0.4,
        ),
        share(
            "pay_share", 3, ("share of total pay", "Anteil an der Gesamtvergütung"),
            "Pay at stake on the goal as a share of the department's total target pay (§2).", 0.09,
        ),
        flag(
            "paid", ("pay hangs on the goal", "am Ziel hängt Vergütung"),
            ("no pay hangs on the goal", "am Ziel hängt keine Vergütung"),
            "At least one incentive component pays for the goal.", True,
        ),
        choice(
            "reap", REAP, ("REAP driver", "REAP-Treiber"),
            "Retention, efficiency (cost to serve), acquisition or penetration, by the metric; missing without one.",
            "efficiency", nullable=True,
        ),
        choice(
            "gameability", DEGREES, ("room for gaming", "Spielraum für Tricks"),
            "How easily the metric can be moved without the result that it stands for; missing without a metric.",
            "high", nullable=True,
        ),
        choice(
            "kind", MEASURE_KINDS, ("kind of measure", "Art der Messgröße"),
            "Activity, output, outcome or financial, by the metric; missing without one.", "activity", nullable=True,
        ),
        flag(
            "customer_metric", ("it measures customers", "es misst Kunden"),
            ("it does not measure customers", "es misst keine Kunden"),
            "The metric is a customer outcome (the catalogue's mark) or one of the document's outcomes; missing without a metric.",
            nullable=True,
        ),
        flag(
            "survey_paid", ("pay hangs on what customers say", "Vergütung hängt an Kundenaussagen"),
            ("no pay hangs on what customers say", "Vergütung hängt nicht an Kundenaussagen"),
            "The goal is paid and its metric is one that customers report (`customer.*`); missing without a metric.",
            nullable=True,
        ),
        flag(
            "controllable", ("the department controls it", "die Abteilung hat es in der Hand"),
            ("the department does not control it", "die Abteilung hat es nicht in der Hand"),
            "The department's function is among those that control the metric, or controls what it holds; missing without a metric.",
            True, nullable=True,
        ),
        flag(
            "resolved", ("the name was understood", "der Name wurde verstanden"),
            ("the name was not understood", "der Name wurde nicht verstanden"),
            "The name was resolved to a metric of the catalogue or of the organization.", True,
        ),
        choice(
            "method", METHODS, ("how the name was understood", "wie der Name verstanden wurde"),
            "How the name was resolved; `family`: only its archetype is known.", "alias",
        ),
        flag(
            "has_target", ("it has a target", "es gibt einen Zielwert"),
            ("it has no target", "es gibt keinen Zielwert"), "The KPI carries a target value.", True,
        ),
        whole(
            "horizon_days", ("days per period", "Tage je Zeitraum"),
            "The KPI's own horizon in days; missing when the document does not say.", 30, unit="days", nullable=True,
        ),
        flag(
            "undermines_itself", ("it undermines itself", "es untergräbt sich selbst"),
            ("it does not undermine itself", "es untergräbt sich nicht selbst"),
            "A chain of main influences that starts at the goal's movement returns to the opposite movement of the same metric.",
        ),
        degree(
            "self_harm", 3, ("harm to itself", "Schaden an sich selbst"),
            "Strength of the strongest such chain, 0 to 1, reckoned as harm is (§3); 0 when there is none.", 0.0,
        ),
        flag(
            "reaches_outcome", ("it reaches a customer outcome", "es wirkt auf ein Kundenergebnis"),
            ("it reaches no customer outcome", "es wirkt auf kein Kundenergebnis"),
            "Its push helps or harms at least one outcome by the harm floor or more.", True,
        ),
        flag(
            "harms_outcome", ("it harms a customer outcome", "es schadet einem Kundenergebnis"),
            ("it harms no customer outcome", "es schadet keinem Kundenergebnis"),
            "At least one outcome has net harm above 0 from it.", True,
        ),
    ),
    subjects=("department", "kpi", "movement"),
)  # fmt: skip
