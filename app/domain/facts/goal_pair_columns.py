"""Facts about a goal and another goal that its push harms (semantics §6)."""

from __future__ import annotations

from app.domain.facts.columns import choice, decimal, degree, flag, share, whole
from app.domain.facts.vocabularies import BASES, FALLBACKS
from app.domain.rules.schema import FactKind, Field

EFFECT_FIELDS: tuple[Field, ...] = (
    decimal(
        "severity", 1, ("severity", "Schwere"),
        "Severity in 0–100: 100 × the root of pressure × importance × net, less what the department answers for (§4).",
        54.2, minimum=0, maximum=100,
    ),
    degree(
        "harm", 3, ("harm", "Schaden"),
        "Share of the push that reaches the movement opposite to the one wanted, 0 to 1 (§3).", 0.41,
    ),
    degree("help", 3, ("help", "Nutzen"), "Share of the push that reaches the movement wanted, 0 to 1 (§3).", 0.1),
    degree(
        "net", 6, ("net harm", "Schaden unter dem Strich"),
        "Harm less half the help, less what held pay answers for; 0 when harm is under the floor (§4).", 0.36,
    ),
    degree("pressure", 3, ("pressure", "Druck"), "How hard the source goal is pushed, 0 to 1 (§2).", 0.7),
    degree(
        "importance", 3, ("importance of the target", "Gewicht des Ziels"),
        "Of an outcome, its weight over the largest; of a goal, its pressure (§4).", 0.8,
    ),
    degree(
        "internalised", 3,
        ("pressure of the department for the harmed side", "eigener Druck der Abteilung für die geschädigte Seite"),
        "The largest pressure with which the source's own department, or a shared KPI, pushes what is harmed (§3).",
        0.2,
    ),
    flag(
        "contested", ("the chain is contested", "die Wirkungskette ist umstritten"),
        ("the chain is not contested", "die Wirkungskette ist nicht umstritten"),
        "An arc of the chain is disputed, or help is at least half of harm (§3).",
    ),
    degree(
        "confidence", 3, ("confidence", "Sicherheit"),
        "Geometric mean of the confidence of the chain's arcs, 0 to 1 (§3).", 0.6,
    ),
    degree(
        "sign_reliability", 3, ("reliability of the sign", "Verlässlichkeit des Vorzeichens"),
        "How clearly the chains kept agree, 0 (a close call) to 1 (§3).", 0.8,
    ),
    whole(
        "lag_days", ("days until the harm shows", "Tage, bis der Schaden sichtbar wird"),
        "Sum of the lags along the witness chain.", 180, unit="days",
    ),
    whole(
        "hops", ("steps of the chain", "Schritte der Wirkungskette"),
        "Number of arcs of the witness chain; 0 for direct opposition and for rivals.", 2,
    ),
    flag(
        "direct",
        ("both want the same thing in opposite directions", "beide wollen dasselbe in entgegengesetzter Richtung"),
        ("they do not want the same thing in opposite directions", "sie wollen nicht dasselbe in entgegengesetzter Richtung"),
        "Source and target are movements of one metric, or of one family, in opposite directions.",
    ),
    flag(
        "same_metric", ("both sides use the same metric", "beide Seiten verwenden dieselbe Metrik"),
        ("the two sides use different metrics", "die beiden Seiten verwenden verschiedene Metriken"),
        "Source and target resolve to one metric.",
    ),
    choice(
        "basis", BASES, ("basis", "Grundlage"),
        "Whether the answer rests on the metrics themselves or only on the families of the words (§3).", "metric",
    ),
    choice(
        "fallback", FALLBACKS, ("family fallback", "Rückgriff auf die Familie"),
        "none: metric chains; unknown: an end has no metric; known: both have one and no chain joins them (§3).",
        "none",
    ),
    flag(
        "paid", ("pay hangs on the goal", "am Ziel hängt Vergütung"),
        ("no pay hangs on the goal", "am Ziel hängt keine Vergütung"),
        "At least one incentive component pays for the source goal.", True,
    ),
    share(
        "pay_share", 3, ("share of total pay on the goal", "Anteil des Ziels an der Gesamtvergütung"),
        "Pay at stake on the source goal as a share of its department's total target pay (§2).", 0.09,
    ),
)  # fmt: skip
"""What is known of every pair of a goal with something that it can harm."""

GOAL_PAIR = FactKind(
    name="goal_pair",
    labels={"en": "pair of goals", "de": "Zielpaar"},
    fields=(
        *EFFECT_FIELDS,
        flag(
            "same_department", ("both goals belong to one department", "beide Ziele gehören zu einer Abteilung"),
            ("the goals belong to two departments", "die Ziele gehören zu zwei Abteilungen"),
            "The target's KPI belongs to the department that pushes the source.",
        ),
        flag(
            "rival", ("the departments are rivals for one result", "die Abteilungen konkurrieren um dasselbe Ergebnis"),
            ("the departments are no rivals for one result", "die Abteilungen konkurrieren nicht um dasselbe Ergebnis"),
            "One operational result is paid to both departments, each for itself, and shared by none (§3).",
        ),
        flag(
            "via_customer", ("the chain runs through the customers", "die Kette läuft über die Kunden"),
            ("the chain does not run through the customers", "die Kette läuft nicht über die Kunden"),
            "The witness chain passes a customer metric before its end; only possible when the target is one itself.",
        ),
    ),
    subjects=("department", "kpi", "target_department", "target_kpi"),
)  # fmt: skip
