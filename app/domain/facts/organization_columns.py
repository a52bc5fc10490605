"""Facts about the whole organization: who answers for customers, what is measured and pushed (semantics §6)."""

from __future__ import annotations

from app.domain.facts.columns import choice, decimal, flag, share, whole, words
from app.domain.facts.vocabularies import CUSTOMER_VIEWS
from app.domain.rules.schema import FactKind

ORGANIZATION = FactKind(
    name="organization",
    labels={"en": "organization", "de": "Organisation"},
    fields=(
        whole("departments", ("departments", "Abteilungen"), "Number of departments.", 5),
        whole("kpis", ("KPIs", "KPIs"), "Number of KPIs.", 14),
        whole("plans", ("incentive plans", "Anreizpläne"), "Number of incentive plans.", 3),
        whole(
            "outcomes", ("customer outcomes", "Kundenergebnisse"), "Number of outcomes, the default set included.", 4,
        ),
        flag(
            "outcomes_assumed", ("no outcome is stated", "kein Kundenergebnis ist genannt"),
            ("outcomes are stated", "Kundenergebnisse sind genannt"),
            "The document states none, so the default set stands in.",
        ),
        decimal(
            "alignment_index", 3, ("alignment index", "Ausrichtungsindex"),
            "Pressure-weighted mean of the departments' alignment, −1 to 1 (§5); missing when none reaches an outcome.",
            0.31, nullable=True, minimum=-1, maximum=1,
        ),
        flag(
            "outcome_owner_named", ("somebody answers for the outcomes", "jemand verantwortet die Kundenergebnisse"),
            ("nobody answers for the outcomes", "niemand verantwortet die Kundenergebnisse"),
            "Governance names an owner; false when it says that there is none; missing when it does not say.", True,
            nullable=True,
        ),
        words(
            "outcome_owner", ("who answers for the outcomes", "wer die Kundenergebnisse verantwortet"),
            "As governance says; a department by its name.", "Customer Service", nullable=True,
        ),
        flag(
            "owner_harms_outcomes",
            ("the outcomes' owner works against them", "wer die Kundenergebnisse verantwortet, arbeitet gegen sie"),
            ("the outcomes' owner does not work against them", "wer die Kundenergebnisse verantwortet, arbeitet nicht gegen sie"),
            "The owner is a department with an outcome conflict of severity `flaw_grave` or more; missing when the owner is no department.",
            nullable=True,
        ),
        flag(
            "executive_sponsor",
            ("an executive sponsors the customers' cause", "die Leitung macht sich die Sache der Kunden zu eigen"),
            ("no executive sponsors the customers' cause", "aus der Leitung macht sich niemand die Sache der Kunden zu eigen"),
            "As governance says; missing when unknown.", True, nullable=True,
        ),
        flag(
            "customer_in_all_decisions", ("customers count in all decisions", "Kunden zählen bei allen Entscheidungen"),
            ("customers do not count in all decisions", "Kunden zählen nicht bei allen Entscheidungen"),
            "As governance says; missing when unknown.", True, nullable=True,
        ),
        flag(
            "customer_owned", ("a department is said to own the customer", "einer Abteilung „gehört“ der Kunde"),
            ("no department is said to own the customer", "keiner Abteilung „gehört“ der Kunde"),
            "Governance names a department that owns the customer; missing when it does not say.", nullable=True,
        ),
        choice(
            "single_customer_view", CUSTOMER_VIEWS,
            ("single view of the customer", "einheitliche Sicht auf den Kunden"),
            "As governance says; missing when unknown.", "partial", nullable=True,
        ),
        flag(
            "quality_monitored", ("effects of incentives are monitored", "die Wirkung der Anreize wird überwacht"),
            ("effects of incentives are not monitored", "die Wirkung der Anreize wird nicht überwacht"),
            "As governance says of its incentive review; missing when unknown.", True, nullable=True,
        ),
        whole(
            "review_days", ("days between incentive reviews", "Tage zwischen den Anreizprüfungen"),
            "How often incentives are reviewed; missing when unknown.", 91, unit="days", nullable=True,
        ),
        whole("shared_kpis", ("shared KPIs", "geteilte KPIs"), "KPIs that two or more departments carry together.", 0),
        whole(
            "goal_conflicts", ("conflicts between departments", "Konflikte zwischen Abteilungen"),
            "Goal conflicts of level medium or worse.", 4,
        ),
        whole(
            "front_conflicts",
            ("conflicts among sales, marketing and service", "Konflikte zwischen Vertrieb, Marketing und Service"),
            "Those of them between departments that deal with customers.", 2,
        ),
        whole(
            "outcome_conflicts", ("conflicts with customers", "Konflikte mit Kunden"),
            "Outcome conflicts of level medium or worse.", 5,
        ),
        whole(
            "departments_without_outcome", ("departments that reach no outcome", "Abteilungen ohne Wirkung auf Kunden"),
            "Departments with goals that were understood and that reach no outcome.", 0,
        ),
        whole(
            "outcomes_unmeasured", ("outcomes that nobody measures", "Kundenergebnisse, die niemand misst"),
            "Outcomes without a figure of their own to whose metric or family no KPI belongs; missing when a KPI was not "
            "understood at all and might be the one.",
            1, nullable=True,
        ),
        words(
            "unmeasured_outcomes", ("the outcomes that nobody measures", "die Kundenergebnisse, die niemand misst"),
            "Their names.", "Trust", nullable=True,
        ),
        whole(
            "outcomes_unpushed", ("outcomes that nobody pushes", "Kundenergebnisse, für die sich niemand einsetzt"),
            "Outcomes of the document that were understood and that no goal helps by the harm floor or more.", 1,
        ),
        words(
            "unpushed_outcomes", ("the outcomes that no goal helps", "die Kundenergebnisse, denen kein Ziel hilft"),
            "Their names.", "Trust", nullable=True,
        ),
        whole(
            "outcomes_only_harmed", ("outcomes that are only harmed", "Kundenergebnisse, denen nur geschadet wird"),
            "Those of them that a goal harms by a conflict of level medium or worse.", 1,
        ),
        words(
            "only_harmed_outcomes",
            ("the outcomes that are only harmed", "die Kundenergebnisse, denen nur geschadet wird"), "Their names.",
            "Trust", nullable=True,
        ),
        share(
            "retention_share", 3, ("pressure on retention", "Druck auf Kundenbindung"),
            "Share of all pressure on retention metrics; missing when no goal was understood.", 0.1, nullable=True,
        ),
        share(
            "efficiency_share", 3, ("pressure on efficiency", "Druck auf Effizienz"),
            "Share of all pressure on efficiency metrics; missing when no goal was understood.", 0.4, nullable=True,
        ),
        share(
            "acquisition_share", 3, ("pressure on acquisition", "Druck auf Neukunden"),
            "Share of all pressure on acquisition metrics; missing when no goal was understood.", 0.4, nullable=True,
        ),
        share(
            "penetration_share", 3, ("pressure on penetration", "Druck auf Ausbau"),
            "Share of all pressure on penetration metrics; missing when no goal was understood.", 0.1, nullable=True,
        ),
        share(
            "short_horizon_share", 3, ("pressure within a quarter", "Druck innerhalb eines Quartals"),
            "Share of the pressure with a known horizon that is due within a quarter; missing when less than half is known.",
            0.9, nullable=True,
        ),
        flag(
            "satisfaction_measured", ("satisfaction is measured", "Zufriedenheit wird gemessen"),
            ("satisfaction is not measured", "Zufriedenheit wird nicht gemessen"),
            "A KPI, or an outcome with a figure of its own, is on satisfaction or its family.", True,
        ),
        flag(
            "effort_measured", ("effort is measured", "Aufwand der Kunden wird gemessen"),
            ("effort is not measured", "Aufwand der Kunden wird nicht gemessen"),
            "The same for customers' effort; missing when a name was not understood at all.", nullable=True,
        ),
        flag(
            "trust_measured", ("trust is measured", "Vertrauen wird gemessen"),
            ("trust is not measured", "Vertrauen wird nicht gemessen"),
            "The same for trust; missing when a name was not understood at all.", nullable=True,
        ),
        flag(
            "loyalty_measured", ("loyalty is measured", "Treue wird gemessen"),
            ("loyalty is not measured", "Treue wird nicht gemessen"),
            "The same for staying, leaving, renewing and recommending; missing when a name was not understood at all.",
            nullable=True,
        ),
        flag(
            "lifetime_value_measured", ("lifetime value is measured", "der Kundenwert wird gemessen"),
            ("lifetime value is not measured", "der Kundenwert wird nicht gemessen"),
            "The same for lifetime value and other long-term value; missing when a name was not understood at all.",
            nullable=True,
        ),
        whole("segments", ("customer segments", "Kundensegmente"), "Segments that the document names.", 3),
        whole(
            "segmented_measures", ("measures for a segment", "Messgrößen für ein Segment"),
            "KPIs and outcomes that are limited to a segment.", 0,
        ),
        whole(
            "unresolved_names", ("names not understood", "nicht verstandene Namen"),
            "KPIs, measures and outcomes whose name was resolved to no metric.", 2,
        ),
        words(
            "names_not_understood", ("the names not understood", "die nicht verstandenen Namen"),
            "The names, the first five of them.", "Zing index", nullable=True,
        ),
        share(
            "unresolved_share", 3, ("share of names not understood", "Anteil nicht verstandener Namen"),
            "The same over all names.", 0.1,
        ),
    ),
    subjects=("organization",),
)  # fmt: skip
