"""Texts of pages of plans: the few changes that clear the most under constraints."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # the form
    "plans_title": ("The few changes that clear the most", "Die wenigen Änderungen, die am meisten lösen"),
    "plans_lead": (
        "Say what a plan has to keep to. Hundreds of sets of changes are then tried on copies of the model, and the best few are shown, "
        "with what each clears.",
        "Sagen Sie, woran sich ein Plan halten muss. Hunderte Mengen von Änderungen werden dann an Kopien des Modells erprobt, und die "
        "besten wenigen gezeigt, mit dem, was jede löst.",
    ),
    "plans_outdated": (
        "The last analysis looked at revision {then}; the model is at revision {now}. Analyse first, so that the plan fits today's model.",
        "Die letzte Analyse sah Stand {then}; das Modell hat Stand {now}. Analysieren Sie erst, damit der Plan dazu passt.",
    ),
    "plans_constraints": ("What it has to keep to", "Woran er sich halten muss"),
    "plans_max_changes": ("Changes at most", "Höchstens so viele Änderungen"),
    "plans_weights": ("Weights that are set", "Gewichte, die gesetzt werden"),
    "plans_min_weight": ("From, in percent", "Von, in Prozent"),
    "plans_max_weight": ("To, in percent", "Bis, in Prozent"),
    "plans_budget": (
        "Pay a year that may come to hang on something else ({currency})",
        "Vergütung im Jahr, die danach an etwas anderem hängen darf ({currency})",
    ),
    "plans_budget_bare": (
        "Pay a year that may come to hang on something else",
        "Vergütung im Jahr, die danach an etwas anderem hängen darf",
    ),
    "plans_max_measures": ("Measures that an incentive plan may have", "Messgrößen, die ein Anreizplan haben darf"),
    "plans_empty_none": ("Empty: no limit.", "Leer: keine Grenze."),
    "plans_freeze": ("What stays as it is: {n} chosen", "Was bleibt, wie es ist: {n} gewählt"),
    "plans_departments": ("Departments", "Abteilungen"),
    "plans_incentive_plans": ("Incentive plans", "Anreizpläne"),
    "plans_kpis": ("KPIs", "KPIs"),
    "plans_must_go": ("What must go: {n} chosen", "Was weg muss: {n} gewählt"),
    "plans_must_go_how": (
        "A finding that is chosen must be below medium afterwards.",
        "Ein gewählter Befund muss danach unter der Stufe mittel liegen.",
    ),
    "plans_allow": ("What it may do beside", "Was er darüber hinaus darf"),
    "plans_allow_claims": ("Change what only governance says", "Ändern, was nur in der Governance steht"),
    "plans_allow_removals": (
        "Take out a KPI or a component, or bring a weight to nothing",
        "Einen KPI oder einen Bestandteil streichen oder ein Gewicht auf null setzen",
    ),
    "plans_allow_target_pay": ("Change what is paid at target", "Die Zielvergütung ändern"),
    "plans_time": ("How long to search", "Wie lange gesucht wird"),
    "plans_time_free": ("until it ends by itself", "bis sie von selbst endet"),
    "plans_time_limit": ("{n} seconds, then the best so far", "{n} Sekunden, dann das Beste bis dahin"),
    "plans_ask": ("Find the plan", "Plan suchen"),
    "plans_found": ("Plans there are", "Vorhandene Pläne"),
    "plans_when": ("Made", "Erstellt"),
    "plans_changes": ("Changes", "Änderungen"),
    "plans_left": ("Severity at medium and above", "Schwere ab der Stufe mittel"),
    "plans_by": ("By", "Von"),
    "plans_none_clears": ("no plan", "kein Plan"),
    # one
    "plan_title": ("A plan", "Ein Plan"),
    "plan_name": ("Plan of {day}", "Plan vom {day}"),
    "plan_many": (
        "{n} changes clear {share} of what is found at medium level and above.",
        "{n} Änderungen lösen {share} von dem, was ab der Stufe mittel gefunden wurde.",
    ),
    "plan_one": (
        "1 change clears {share} of what is found at medium level and above.",
        "1 Änderung löst {share} von dem, was ab der Stufe mittel gefunden wurde.",
    ),
    "plan_clear": (
        "Nothing of medium level or above is found; there is nothing to plan.",
        "Ab der Stufe mittel wurde nichts gefunden; es gibt nichts zu planen.",
    ),
    "plan_helpless": (
        "No change that is allowed lowers what is found at medium level and above. Allow more, or leave fewer parts as they are.",
        "Keine erlaubte Änderung senkt, was ab der Stufe mittel gefunden wurde. Erlauben Sie mehr, oder lassen Sie weniger, wie es ist.",
    ),
    "plan_blocked": ("No plan keeps all of these constraints.", "Kein Plan hält alle diese Vorgaben ein."),
    "plan_in_the_way": (
        "This stands in the way. Without any one of these, while the others stay, there is a plan:",
        "Das steht im Weg. Ohne eines davon, während die anderen bleiben, gibt es einen Plan:",
    ),
    "plan_without": ("Plan without this", "Ohne das planen"),
    "plan_without_name": ("Plan without this: {said}", "Ohne das planen: {said}"),
    "plan_like": ("Change the constraints", "Die Vorgaben ändern"),
    "plan_outdated": (
        "This was planned for revision {then}; the model is at revision {now}. What was changed elsewhere since does not stand in the way.",
        "Dies wurde für Stand {then} geplant; das Modell hat Stand {now}. Was seither anderswo geändert wurde, steht nicht im Weg.",
    ),
    "plan_steps": ("How far few changes get", "Wie weit wenige Änderungen reichen"),
    "plan_step_one": ("1 change", "1 Änderung"),
    "plan_step_many": ("{n} changes", "{n} Änderungen"),
    "plan_step_left": ("{left} left, {share} cleared, index {index}", "{left} übrig, {share} gelöst, Index {index}"),
    "plan_step_gone": ("Beyond the step before it clears {n}:", "Über den Schritt davor hinaus löst er {n}:"),
    "plan_step_gone_none": (
        "Beyond the step before it clears none whole.",
        "Über den Schritt davor hinaus löst er keinen ganz.",
    ),
    "plan_step_weaker": ("{n} weaker", "{n} schwächer"),
    "plan_step_worse": ("{n} worse", "{n} schlimmer"),
    "plan_others": ("{n} more", "{n} weitere"),
    "plan_costs": ("It touches: {cost}", "Er berührt: {cost}"),
    "plan_order": (
        "The changes, in the order in which they are best made",
        "Die Änderungen, in der Reihenfolge, in der man sie am besten macht",
    ),
    "plan_clears": ("It clears {n}:", "Sie löst {n}:"),
    "plan_clears_none": ("It clears none whole, but makes some weaker.", "Sie löst keinen ganz, schwächt aber einige."),
    "plan_why": ("Why, and what can go wrong", "Warum, und was schiefgehen kann"),
    "plan_search": ("How it was found", "Wie er gefunden wurde"),
    "plan_complete": (
        "The search ended by itself: {runs} sets of {moves} changes were tried on the model.",
        "Die Suche endete von selbst: {runs} Mengen aus {moves} Änderungen wurden am Modell erprobt.",
    ),
    "plan_stopped": (
        "The search was stopped after {runs} sets of {moves} changes: by its own estimate {gap} of what is left might still go.",
        "Die Suche wurde nach {runs} Mengen aus {moves} Änderungen abgebrochen: nach eigener Schätzung könnten {gap} vom Rest noch zu "
        "lösen sein.",
    ),
    "plan_blocked_stopped": (
        "The search was stopped after {runs} sets of {moves} changes: with more time there may be a plan after all.",
        "Die Suche wurde nach {runs} Mengen aus {moves} Änderungen abgebrochen: Mit mehr Zeit gibt es vielleicht doch einen Plan.",
    ),
    "plan_take": ("Take a step into a scenario", "Einen Schritt in ein Szenario übernehmen"),
    "plan_take_how": (
        "The model stays as it is. In the scenario you can take changes out again, compare, and promote it.",
        "Das Modell bleibt, wie es ist. Im Szenario lassen sich Änderungen wieder herausnehmen, vergleichen und übernehmen.",
    ),
    "plan_which": ("Step", "Schritt"),
    "plan_which_one": ("{step}: {left} left", "{step}: {left} übrig"),
    "plan_which_knee": ("{step}: {left} left (worth most)", "{step}: {left} übrig (lohnt am meisten)"),
    "plan_take_now": ("Take it into the scenario", "In das Szenario übernehmen"),
    "done_plan_made": ("The plan is made.", "Der Plan ist erstellt."),
    "done_plan_taken": (
        "The step of the plan is part of this scenario now.",
        "Der Schritt des Plans gehört jetzt zu diesem Szenario.",
    ),
}
