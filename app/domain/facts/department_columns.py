"""Facts about one department: what it pushes, how it is paid, what that means for customers (semantics §6)."""

from __future__ import annotations

from app.domain.facts.columns import choice, decimal, flag, share, whole
from app.domain.facts.vocabularies import FUNCTIONS
from app.domain.rules.schema import FactKind

DEPARTMENT = FactKind(
    name="department",
    labels={"en": "department", "de": "Abteilung"},
    fields=(
        choice("function", FUNCTIONS, ("function", "Funktion"), "What the department does.", "service"),
        flag(
            "customer_facing", ("it deals with customers", "sie hat mit Kunden zu tun"),
            ("it does not deal with customers", "sie hat nicht mit Kunden zu tun"),
            "Its function is sales, marketing, service or customer success.", True,
        ),
        whole(
            "headcount", ("people", "Personen"), "Number of people; missing when the document does not say.", 300,
            nullable=True,
        ),
        whole("kpis", ("KPIs", "KPIs"), "KPIs of its own.", 4),
        whole("goals", ("goals", "Ziele"), "Goals that it pushes, those on other departments' KPIs included.", 5),
        whole("plans", ("incentive plans", "Anreizpläne"), "Its incentive plans.", 2),
        flag(
            "paid", ("pay hangs on results", "Vergütung hängt an Ergebnissen"),
            ("no pay hangs on results", "Vergütung hängt nicht an Ergebnissen"),
            "A plan of the department has a variable share above 0.", True,
        ),
        decimal("pressure", 3, ("sum of pressure", "Summe des Drucks"), "Sum over its goals (§2).", 2.1, minimum=0),
        decimal(
            "alignment", 3, ("alignment with customers", "Ausrichtung auf Kunden"),
            "Cosine of its effects with the outcome weights, −1 to 1 (§5); missing when it reaches no outcome.", -0.42,
            nullable=True, minimum=-1, maximum=1,
        ),
        share(
            "coverage", 3, ("share of outcomes reached", "Anteil der erreichten Kundenergebnisse"),
            "Weight of the outcomes that it helps or harms, 0 to 1 (§5); missing when none of its goals was understood.",
            0.8, nullable=True,
        ),
        flag(
            "reaches_outcome", ("it reaches a customer outcome", "sie wirkt auf ein Kundenergebnis"),
            ("it reaches no customer outcome", "sie wirkt auf kein Kundenergebnis"),
            "A goal of its own helps or harms an outcome by the harm floor or more; missing when none does and it has no goal "
            "or one that was not understood.",
            True, nullable=True,
        ),
        share(
            "customer_kpi_share", 3, ("KPI weight on customer outcomes", "KPI-Gewicht auf Kundenergebnissen"),
            "Share of its KPI weight on customer outcomes; missing without KPIs or when a KPI was not understood and none is on customers.",
            0.2, nullable=True,
        ),
        share(
            "paid_on_outcome_share", 3, ("pay on customer outcomes", "Vergütung auf Kundenergebnisse"),
            "Share of its pay at stake on customer outcomes; missing when nothing is paid.", 0.1, nullable=True,
        ),
        share(
            "guarded_pay_share", 3, ("pay under a customer safeguard", "durch Kunden gesicherte Vergütung"),
            "Share of its pay at stake whose gate or modifier protects customers; missing when nothing is paid, or when none "
            "is known to and a safeguard was not understood.",
            0.5, nullable=True,
        ),
        whole("shared_kpis", ("shared KPIs", "geteilte KPIs"), "KPIs that it carries together with others.", 0),
        flag(
            "owns_customer", ("it is said to own the customer", "ihr „gehört“ der Kunde"),
            ("it is not said to own the customer", "ihr „gehört“ der Kunde nicht"),
            "Governance names it as the department that owns the customer; missing when governance does not say who does.",
            nullable=True,
        ),
        share(
            "retention_share", 3, ("pressure on retention", "Druck auf Kundenbindung"),
            "Share of its pressure on retention metrics; missing when no goal was understood.", 0.1, nullable=True,
        ),
        share(
            "efficiency_share", 3, ("pressure on efficiency", "Druck auf Effizienz"),
            "Share of its pressure on efficiency metrics; missing when no goal was understood.", 0.5, nullable=True,
        ),
        share(
            "acquisition_share", 3, ("pressure on acquisition", "Druck auf Neukunden"),
            "Share of its pressure on acquisition metrics; missing when no goal was understood.", 0.3, nullable=True,
        ),
        share(
            "penetration_share", 3, ("pressure on penetration", "Druck auf Ausbau"),
            "Share of its pressure on penetration metrics; missing when no goal was understood.", 0.1, nullable=True,
        ),
        whole(
            "unresolved_kpis", ("names not understood", "nicht verstandene Namen"),
            "Its KPIs whose name was resolved to no metric.", 0,
        ),
        whole(
            "conflicts_caused", ("conflicts it causes", "verursachte Konflikte"),
            "Conflicts of level medium or worse with other departments or customers that start here.", 3,
        ),
        whole(
            "grave_customer_conflicts", ("grave conflicts with customers", "schwere Konflikte mit Kunden"),
            "Outcome conflicts of severity `flaw_grave` or more that start here.", 1,
        ),
        whole(
            "conflicts_suffered", ("conflicts it suffers", "erlittene Konflikte"),
            "Conflicts of level medium or worse with other departments that end here.", 1,
        ),
        whole(
            "single_designer_plans",
            ("plans designed and approved by one department", "von einer Abteilung entworfene und genehmigte Pläne"),
            "Its plans whose designer and approver are the same; missing when no plan names both.", 0, nullable=True,
        ),
        whole(
            "own_approval_plans", ("plans that it approves for itself", "selbst genehmigte Pläne"),
            "Its plans that it approves itself and another department designed; missing when no plan names an approver.",
            0, nullable=True,
        ),
    ),
    subjects=("department",),
)  # fmt: skip
