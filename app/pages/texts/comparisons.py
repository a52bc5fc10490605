"""Texts of comparisons: what becomes of findings and of pay when a document changes."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "cmp_touches": ("What it touches", "Was es berührt"),
    "cmp_before": ("Before", "Vorher"),
    "cmp_after": ("After", "Nachher"),
    # findings
    "cmp_findings": ("What becomes of the findings", "Was aus den Befunden wird"),
    "cmp_finding": ("Finding", "Befund"),
    "cmp_worse": ("Worse: {n}", "Schlimmer: {n}"),
    "cmp_new": ("New: {n}", "Neu: {n}"),
    "cmp_fixed": ("Gone: {n}", "Gelöst: {n}"),
    "cmp_better": ("Weaker: {n}", "Schwächer: {n}"),
    "cmp_waived": ("Accepted by a waiver: {n}", "Durch eine Ausnahme hingenommen: {n}"),
    "cmp_unchanged": ("Unchanged: {n}", "Unverändert: {n}"),
    "cmp_nothing": ("No finding changes its severity.", "Kein Befund ändert seine Schwere."),
    "cmp_absent": ("not found", "nicht gefunden"),
    "cmp_goal_removed": (
        "(only because its goal was taken out: nobody has solved it)",
        "(nur weil sein Ziel gestrichen wurde: gelöst hat es niemand)",
    ),
    # pay
    "cmp_pay": ("Whose pay moves", "Wessen Vergütung sich verschiebt"),
    "cmp_pay_how": (
        "How much of a person's total pay at target comes to hang on something else, and what that is in a year for all of them.",
        "Wie viel der Gesamtvergütung einer Person beim Ziel danach an etwas anderem hängt, und was das im Jahr für alle ausmacht.",
    ),
    "cmp_pay_none": (
        "Nobody's pay comes to hang on something else.",
        "Niemandes Vergütung hängt danach an etwas anderem.",
    ),
    "cmp_role": ("Role", "Rolle"),
    "cmp_people": ("People", "Personen"),
    "cmp_a_year": ("A year, for all", "Im Jahr, für alle"),
    "cmp_role_pay": ("Pay of {role}", "Vergütung: {role}"),
    "cmp_plan_new": ("This incentive plan is new.", "Dieser Anreizplan ist neu."),
    "cmp_plan_gone": ("This incentive plan is taken out.", "Dieser Anreizplan entfällt."),
    "cmp_marks": ("Variable pay, as a share of that at target", "Variable Vergütung, als Anteil derjenigen beim Ziel"),
    "cmp_marks_of": ("Variable pay of {role} before and after", "Variable Vergütung vorher und nachher: {role}"),
    "cmp_reached": ("Every target reached to", "Jedes Ziel erreicht zu"),
    "cmp_nothing_paid": ("nothing known", "nicht bekannt"),
    "cmp_down_to": ("{share} when a gate fails", "{share}, wenn eine Vorbedingung fehlt"),
    "cmp_up_to": ("up to {share} with modifiers", "mit Skalierungen bis {share}"),
    "cmp_by_place": (
        "{share} of it is paid by place, or by tiers that are not known, and is left out here.",
        "{share} davon werden nach Rang oder unbekannten Stufen gezahlt und fehlen hier.",
    ),
    "cmp_weights": ("What the pay hangs on", "Woran die Vergütung hängt"),
    "cmp_weights_of": ("What the pay of {role} hangs on", "Woran die Vergütung hängt: {role}"),
    "cmp_weights_how": (
        "Stated: the weight in the plan. Effective: the share of pay that moves with it once gates, floors, caps and accelerators count.",
        "Laut Plan: das Gewicht im Plan. Tatsächlich: der Anteil der Vergütung, der sich mit ihr bewegt, wenn Vorbedingungen, "
        "Sockel, Deckel und Beschleuniger zählen.",
    ),
    "cmp_measure": ("Measure", "Messgröße"),
    "cmp_stated": ("Stated", "Laut Plan"),
    "cmp_effective": ("Effective", "Tatsächlich"),
    "cmp_gates": ("Also decides over", "Entscheidet auch über"),
    "cmp_none": ("none", "keines"),
    # what changes
    "cmp_changes": ("What changes, part by part", "Was sich ändert, Teil für Teil"),
    "cmp_no_changes": ("Both say the same.", "Beide sagen dasselbe."),
    "cmp_too_large": (
        "The model is too large to be compared while you wait; what the analysis found is told above.",
        "Das Modell ist zu groß, um es sofort zu vergleichen; was die Analyse ergab, steht oben.",
    ),
}
