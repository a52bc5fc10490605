"""Facts about one incentive component: its design, its plan, and whom it hurts (semantics §6)."""

from __future__ import annotations

from app.domain.facts.columns import choice, decimal, flag, share, whole
from app.domain.facts.vocabularies import DEGREES, MEASURE_KINDS, METRIC_FUNCTIONS, PAYOUTS, REAP
from app.domain.rules.schema import FactKind

COMPONENT = FactKind(
    name="component",
    labels={"en": "incentive component", "de": "Bestandteil eines Anreizplans"},
    fields=(
        choice("payout_kind", PAYOUTS, ("payout", "Auszahlung"), "How pay follows attainment.", "threshold"),
        flag(
            "has_cap", ("pay has a cap", "die Zahlung ist gedeckelt"),
            ("pay has no cap", "die Zahlung ist nicht gedeckelt"), "A cap is stated.",
        ),
        decimal(
            "cap", 3, ("cap", "Deckel"), "Largest pay as a multiple of target pay; missing when none is stated.", 1.5,
            nullable=True, minimum=0,
        ),
        decimal(
            "accelerator_max", 3, ("largest accelerator", "größter Beschleuniger"),
            "Largest multiplier of an accelerator; 1 when there is none.", 2.0, minimum=0,
        ),
        flag(
            "retroactive", ("an accelerator counts from the first unit", "ein Beschleuniger gilt ab dem ersten Stück"),
            ("no accelerator counts from the first unit", "kein Beschleuniger gilt ab dem ersten Stück"),
            "An accelerator applies to all pay once its level is reached.",
        ),
        decimal(
            "largest_step", 3, ("largest pay step at one value", "größter Sprung der Zahlung an einer Stelle"),
            "Largest jump of pay at a single attainment, in multiples of target pay; missing for ranking and for tiers not listed.",
            1.0, nullable=True,
        ),
        flag(
            "has_gate", ("pay has a gate", "die Zahlung hat eine Vorbedingung"),
            ("pay has no gate", "die Zahlung hat keine Vorbedingung"), "No pay unless another KPI holds.",
        ),
        flag(
            "gate_stated", ("the gate says when it holds", "die Vorbedingung ist ausformuliert"),
            ("the gate does not say when it holds", "die Vorbedingung ist nicht ausformuliert"),
            "The gate has a condition; missing when there is no gate.", True, nullable=True,
        ),
        flag(
            "has_modifier", ("pay is scaled by another KPI", "die Zahlung wird mit einem anderen KPI skaliert"),
            ("pay is not scaled by another KPI", "die Zahlung wird mit keinem anderen KPI skaliert"),
            "A modifier scales the pay.",
        ),
        flag(
            "guard_on_customer", ("gate or modifier protects customers", "Vorbedingung oder Skalierung schützt Kunden"),
            ("neither gate nor modifier protects customers", "weder Vorbedingung noch Skalierung schützt Kunden"),
            "The gate's or the modifier's KPI is a customer outcome, or pushing it helps one more than it harms it; missing "
            "when its name was not understood.",
            nullable=True,
        ),
        flag(
            "has_penalties", ("penalties hang on it", "es drohen Sanktionen"),
            ("no penalties hang on it", "es drohen keine Sanktionen"),
            "Something else than pay hangs on the component.",
        ),
        whole(
            "clawback_months", ("months of clawback", "Monate der Rückforderung"),
            "Months within which pay can be taken back; 0 when there is no clawback.", 6, unit="months",
        ),
        whole(
            "deferral_months", ("months of deferral", "Monate des Einbehalts"),
            "Months for which pay is held back; 0 when there is no deferral.", 0, unit="months",
        ),
        whole(
            "held_days", ("days for which pay is held", "Tage, für die Vergütung einbehalten wird"),
            "The longer of clawback and deferral, in months of 30 days.", 180, unit="days",
        ),
        flag(
            "exclusive_credit", ("credit goes to one department only", "der Erfolg zählt nur für eine Abteilung"),
            ("credit may go to several departments", "der Erfolg darf für mehrere Abteilungen zählen"),
            "The same unit of success is credited to one department only.",
        ),
        share(
            "weight", 6, ("weight in the plan", "Gewicht im Plan"), "Share of the plan's target variable pay, 0 to 1.",
            0.6,
        ),
        share(
            "variable_share", 6, ("variable share of pay", "variabler Anteil der Vergütung"),
            "Variable over total target pay of the plan, 0 to 1.", 0.15,
        ),
        share(
            "stake", 6, ("share of total pay at stake", "auf dem Spiel stehender Anteil der Vergütung"),
            "Component weight times the plan's variable share, 0 to 1.", 0.09,
        ),
        share(
            "effective_weight", 3, ("effective weight", "wirksames Gewicht"),
            "Share of the plan's pay range from nothing to 150 % attainment that the component moves; missing when a payout is not known.",
            0.5, nullable=True,
        ),
        whole(
            "period_days", ("days per pay period", "Tage je Zahlungszeitraum"), "How often it pays.", 30, unit="days",
        ),
        flag(
            "resolved", ("the measure was understood", "die Messgröße wurde verstanden"),
            ("the measure was not understood", "die Messgröße wurde nicht verstanden"),
            "Its name was resolved to a metric.", True,
        ),
        choice(
            "metric_function", METRIC_FUNCTIONS, ("metric's function", "Funktion der Metrik"),
            "Function that the metric belongs to; missing without a metric.", "service", nullable=True,
        ),
        choice(
            "reap", REAP, ("REAP driver", "REAP-Treiber"),
            "Retention, efficiency, acquisition or penetration, by the metric; missing without one.", "efficiency",
            nullable=True,
        ),
        choice(
            "measure_kind", MEASURE_KINDS, ("kind of measure", "Art der Messgröße"),
            "Activity, output, outcome or financial, by the metric; missing without one.", "output", nullable=True,
        ),
        choice(
            "gameability", DEGREES, ("room for gaming", "Spielraum für Tricks"),
            "How easily the metric moves without the result that it stands for; missing without a metric.", "high",
            nullable=True,
        ),
        whole(
            "kpi_horizon_days", ("days per measuring period", "Tage je Messzeitraum"),
            "The KPI's horizon; missing when the document does not say.", 30, unit="days", nullable=True,
        ),
        flag(
            "sells", ("selling is paid", "Verkauf wird bezahlt"),
            ("it is not selling that is paid", "bezahlt wird nicht Verkauf"),
            "The metric's REAP driver is acquisition or penetration.",
        ),
        flag(
            "speeds", ("speed or number of cases is paid", "Tempo oder Stückzahl wird bezahlt"),
            ("neither speed nor number of cases is paid", "weder Tempo noch Stückzahl wird bezahlt"),
            "The goal's family is working speed or throughput, upwards.", True,
        ),
        flag(
            "own", ("a customer outcome is paid", "ein Kundenergebnis wird bezahlt"),
            ("what is paid is no customer outcome", "bezahlt wird kein Kundenergebnis"),
            "The measure is a customer outcome wanted in its good direction, or one of the document's outcomes.",
        ),
        flag(
            "survey", ("what customers say is paid", "bezahlt wird, was Kunden sagen"),
            ("what customers say is not paid", "bezahlt wird nicht, was Kunden sagen"),
            "The metric is one that customers report in words or scores.",
        ),
        flag(
            "shared", ("the KPI is shared", "der KPI ist geteilt"),
            ("the KPI is not shared", "der KPI ist nicht geteilt"), "Several departments carry the KPI together.",
        ),
        flag(
            "definition_differs",
            ("the same metric is measured otherwise elsewhere", "dieselbe Metrik wird anderswo anders gemessen"),
            ("the metric is measured alike everywhere", "die Metrik wird überall gleich gemessen"),
            "Another component pays for a metric of the same name in another unit, or with the opposite sign; names that "
            "were only taken to mean the metric are left out.",
        ),
        whole(
            "measures_in_plan", ("components in the plan", "Bestandteile im Plan"), "Number of components of the plan.",
            3,
        ),
        share(
            "customer_share", 6, ("customer outcomes in the plan", "Kundenergebnisse im Plan"),
            "Weight of all customer outcomes in the plan, this one included.", 0.4,
        ),
        share(
            "others_customer_share", 6, ("other customer outcomes in the plan", "andere Kundenergebnisse im Plan"),
            "Weight of customer outcomes in the plan, this component left out.", 0.4,
        ),
        share(
            "quality_share", 6, ("other quality in the plan", "andere Qualität im Plan"),
            "Weight of the plan's other components on customer outcomes or on retention.", 0.1,
        ),
        share(
            "sales_share", 6, ("selling in the plan", "Verkauf im Plan"),
            "Weight of all components of the plan that pay for selling.", 0.8,
        ),
        decimal(
            "best_paid_ratio", 3,
            ("pay per unit against the least paid product", "Zahlung je Einheit gegen das am schlechtesten bezahlte Produkt"),
            "Rate or accelerator over the smallest that the plan pays for the same movement in the same unit; 1 when there "
            "is no other.",
            1.0, minimum=1,
        ),
        flag(
            "paid_twice", ("the plan pays for the same movement twice", "der Plan bezahlt dasselbe zweimal"),
            ("the plan pays for the movement once", "der Plan bezahlt die Bewegung einmal"),
            "Another component of the plan pays for the same movement of a metric of the same name.",
        ),
        flag(
            "supervises",
            ("the role leads people with plans of their own", "die Rolle führt Menschen mit eigenem Plan"),
            ("the role leads nobody with a plan", "die Rolle führt niemanden mit eigenem Plan"),
            "The plan names plans of the people whose results it is paid on.",
        ),
        flag(
            "paid_as_supervised",
            ("the people led are paid on the same measure", "die Geführten werden an derselben Größe bezahlt"),
            ("the people led are not paid on the same measure", "die Geführten werden nicht an derselben Größe bezahlt"),
            "A supervised plan pays for the same KPI or movement.",
        ),
        flag(
            "starts_mid_period",
            ("the plan changes within a pay period", "der Plan wechselt mitten im Zahlungszeitraum"),
            ("the plan does not change within a pay period", "der Plan wechselt nicht mitten im Zahlungszeitraum"),
            "A plan that pays by the month or longer begins or ends inside a month; missing when no dates are given.",
            nullable=True,
        ),
        whole(
            "credited_departments",
            ("departments paid for the same result", "für dasselbe Ergebnis bezahlte Abteilungen"),
            "Departments with a plan that pays for the same movement.", 1,
        ),
        flag(
            "monitored", ("effects of incentives are monitored", "die Wirkung der Anreize wird überwacht"),
            ("effects of incentives are not monitored", "die Wirkung der Anreize wird nicht überwacht"),
            "Governance says that the quality of what incentives bring about is monitored; missing when it does not say.",
            True, nullable=True,
        ),
        flag(
            "controllable", ("the role controls the measure", "die Rolle hat die Größe in der Hand"),
            ("the role does not control the measure", "die Rolle hat die Größe nicht in der Hand"),
            "As the document says; missing when it does not say.", True, nullable=True,
        ),
        flag(
            "department_controls", ("the department controls the metric", "die Abteilung hat die Metrik in der Hand"),
            ("the department does not control the metric", "die Abteilung hat die Metrik nicht in der Hand"),
            "The department's function is in the metric's controllable_by; missing without a metric. Proves nothing alone.",
            True, nullable=True,
        ),
        flag(
            "accountability_split",
            ("several departments are charged with one result, each alone", "mehrere Abteilungen haften einzeln für ein Ergebnis"),
            ("no other department is charged with the result alone", "keine andere Abteilung haftet einzeln für das Ergebnis"),
            "The same operational result is paid to two or more departments, each for itself, and shared by none (§3).",
        ),
        flag(
            "driven_by_others", ("another department drives the metric", "eine andere Abteilung treibt die Metrik"),
            ("no other department drives the metric", "keine andere Abteilung treibt die Metrik"),
            "Another department's KPI, not one of customers, moves the metric by one moderate or stronger arc.",
        ),
        flag(
            "reaches_outcome",
            ("what is paid reaches a customer outcome", "was bezahlt wird, wirkt auf ein Kundenergebnis"),
            ("what is paid reaches no customer outcome", "was bezahlt wird, wirkt auf kein Kundenergebnis"),
            "The goal helps or harms an outcome.", True,
        ),
        flag(
            "harms_outcome",
            ("what is paid harms a customer outcome", "was bezahlt wird, schadet einem Kundenergebnis"),
            ("what is paid harms no customer outcome", "was bezahlt wird, schadet keinem Kundenergebnis"),
            "The goal has an outcome conflict, of any level.", True,
        ),
        whole(
            "longest_outcome_lag_days",
            ("days until the last harm to customers shows", "Tage bis zum letzten sichtbaren Schaden bei Kunden"),
            "Longest lag among its outcome conflicts; missing when there is none.", 180, unit="days", nullable=True,
        ),
        decimal(
            "worst_severity", 1, ("severity of its worst conflict", "Schwere des schlimmsten Konflikts"),
            "Of conflicts of level medium or worse that held pay does not answer; 0 when there is none.", 54.2,
            minimum=0, maximum=100,
        ),
        decimal(
            "worst_customer_severity", 1,
            ("severity of its worst harm to customers", "Schwere des schlimmsten Schadens bei Kunden"),
            "The same, only outcome conflicts and those with a rival.", 54.2, minimum=0, maximum=100,
        ),
        whole(
            "worst_lag_days", ("days until the worst harm shows", "Tage, bis der schlimmste Schaden sichtbar wird"),
            "Lag of the worst conflict above; missing when there is none.", 180, unit="days", nullable=True,
        ),
        whole(
            "late_lag_days", ("days until the late harm shows", "Tage, bis der späte Schaden sichtbar wird"),
            "Longest lag of a conflict of severity `flaw_grave` or more that shows after the pay period; missing when there is none.",
            180, unit="days", nullable=True,
        ),
        flag(
            "late_harm", ("grave harm shows after pay", "schwerer Schaden zeigt sich erst nach der Zahlung"),
            ("no grave harm shows after pay", "kein schwerer Schaden zeigt sich erst nach der Zahlung"),
            "A conflict of severity `flaw_grave` or more has a lag beyond the pay period and is not answered by held pay.", True,
        ),
        flag(
            "real", ("customers are hurt by what is paid", "Kunden leiden unter dem, was bezahlt wird"),
            ("customers are not hurt by what is paid", "Kunden leiden nicht unter dem, was bezahlt wird"),
            "A customer conflict at `flaw_real` or more; at `flaw_grave` where the measure is a customer outcome (§6).",
            True,
        ),
    ),
    subjects=("department", "plan", "component", "kpi"),
)  # fmt: skip
