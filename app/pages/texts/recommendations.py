"""Texts of pages on what to change: recommendations, what they were proved to do, and what is decided about them."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # the list
    "recs_lead": (
        "Each change was tried on a copy of the model and the analysis run again. Open one to see what it does and to take it over.",
        "Jede Änderung wurde an einer Kopie des Modells erprobt und die Analyse wiederholt. Öffnen Sie eine, um zu sehen, was sie "
        "bewirkt, und um sie zu übernehmen.",
    ),
    "recs_of_scenario": (
        "These start from what the scenario makes of the model:",
        "Diese gehen von dem aus, was das Szenario aus dem Modell macht:",
    ),
    "recs_outdated": (
        "The model has changed since this analysis: it looked at revision {then}, now there is revision {now}. A new analysis says what "
        "to change today.",
        "Das Modell hat sich seit dieser Analyse geändert: Sie sah Stand {then}, inzwischen gibt es Stand {now}. Eine neue Analyse sagt, "
        "was heute zu ändern ist.",
    ),
    "recs_scenario_outdated": (
        "The scenario has changed since this analysis. Analyse it again to see what to change next.",
        "Das Szenario hat sich seit dieser Analyse geändert. Analysieren Sie es neu, um zu sehen, was als Nächstes zu ändern ist.",
    ),
    "recs_plan": (
        "Have the best few chosen under your constraints",
        "Die besten wenigen unter Ihren Vorgaben wählen lassen",
    ),
    "recs_scenarios": ("Scenarios in which changes are tried", "Szenarien, in denen Änderungen erprobt werden"),
    "recs_open": ("Changes that were proved", "Erprobte Änderungen"),
    "recs_none_open": ("Nothing is left to decide here.", "Hier ist nichts mehr zu entscheiden."),
    "recs_accepted": ("Accepted", "Angenommen"),
    "recs_dismissed": ("Dismissed, and why", "Verworfen, und warum"),
    "recs_decides": ("decided by {names}", "zu entscheiden: {names}"),
    "recs_returned": (
        "It was dismissed on {day} (“{reason}”), and is back on other ground.",
        "Sie wurde am {day} verworfen („{reason}“) und ist auf anderer Grundlage wieder da.",
    ),
    "recs_in_revision": ("into the model, revision {n}", "ins Modell, Stand {n}"),
    "recs_in_scenario": ("into a scenario", "in ein Szenario"),
    "recs_by": ("{actor}, {day}", "{actor}, {day}"),
    # one
    "rec_does": ("What it does", "Was sie bewirkt"),
    "rec_seen": ("{told}; total severity {before} → {after}.", "{told}; Gesamtschwere {before} → {after}."),
    "rec_effort": ("Effort and decision", "Aufwand und Entscheidung"),
    "rec_why": ("Why it helps", "Warum sie hilft"),
    "rec_risks": ("What can go wrong", "Was schiefgehen kann"),
    "rec_risks_how": (
        "With the sources in parentheses; “judgement” has no study behind it.",
        "Mit den Quellen in Klammern; hinter „Einschätzung“ steht keine Studie.",
    ),
    "rec_changes": ("What is written into the model", "Was ins Modell geschrieben wird"),
    "rec_patch": ("The same as a patch (RFC 6902)", "Dasselbe als Patch (RFC 6902)"),
    "rec_accepted_model": (
        "This change is part of the model since revision {n}. A new analysis says what is left.",
        "Diese Änderung gehört seit Stand {n} zum Modell. Eine neue Analyse sagt, was übrig ist.",
    ),
    "rec_accepted_scenario": (
        "This change was put into a scenario.",
        "Diese Änderung wurde in ein Szenario übernommen.",
    ),
    "rec_to_scenario": ("To the scenario", "Zum Szenario"),
    "rec_dismissed": ("This change was dismissed: “{reason}”", "Diese Änderung wurde verworfen: „{reason}“"),
    "rec_outdated_fits": (
        "This was worked out on revision {then} of the model, which is at revision {now} by now. The change still fits; what it does "
        "today, a new analysis says.",
        "Dies wurde für Stand {then} des Modells berechnet; inzwischen gilt Stand {now}. Die Änderung passt noch; was sie heute bewirkt, "
        "sagt eine neue Analyse.",
    ),
    "rec_outdated_clashes": (
        "This was worked out on revision {then} of the model, which is at revision {now} by now and says something else where the change "
        "would write. Analyse again to see what fits today.",
        "Dies wurde für Stand {then} des Modells berechnet; inzwischen gilt Stand {now} und sagt dort etwas anderes, wo die Änderung "
        "schreiben würde. Analysieren Sie neu, um zu sehen, was heute passt.",
    ),
    "rec_place": ("Place", "Stelle"),
    "rec_then": ("Then", "Damals"),
    "rec_now": ("Now", "Heute"),
    "rec_wanted": ("Recommended", "Empfohlen"),
    "recs_foot": (
        "Worked out on revision {revision} of the model, by analysis",
        "Berechnet für Stand {revision} des Modells, in der Analyse",
    ),
    # what to do with it
    "rec_do": ("What to do with it", "Was damit geschehen soll"),
    "rec_into_scenario": ("Try it in a scenario", "In einem Szenario erproben"),
    "rec_into_scenario_how": (
        "The model stays as it is until the scenario is promoted.",
        "Das Modell bleibt, wie es ist, bis das Szenario übernommen wird.",
    ),
    "rec_into": ("Scenario", "Szenario"),
    "rec_into_new": ("A new one", "Ein neues"),
    "rec_name": ("Name of a new one", "Name eines neuen"),
    "rec_accept_scenario": ("Accept into the scenario", "In das Szenario übernehmen"),
    "rec_into_model": ("Write it into the model at once", "Sofort ins Modell schreiben"),
    "rec_into_model_how": (
        "The model is at revision {n}; this makes the next one. It can be undone by restoring the revision before.",
        "Das Modell hat Stand {n}; daraus wird der nächste. Zurücknehmen lässt es sich, indem der Stand davor wiederhergestellt wird.",
    ),
    "rec_accept_model": ("Accept into the model", "Ins Modell übernehmen"),
    "rec_dismiss": ("Dismiss it", "Verwerfen"),
    "rec_dismiss_how": (
        "It stays dismissed in later analyses, too, while what it rests on is the same.",
        "Auch in späteren Analysen bleibt sie verworfen, solange ihre Grundlage dieselbe ist.",
    ),
    "rec_reason": ("Why", "Warum"),
    "rec_dismiss_now": ("Dismiss", "Verwerfen"),
    # what was done
    "done_accepted_model": (
        "The change is part of the model now.",
        "Die Änderung gehört jetzt zum Modell.",
    ),
    "done_accepted_scenario": (
        "The change is part of this scenario now.",
        "Die Änderung gehört jetzt zu diesem Szenario.",
    ),
    "done_dismissed_recommendation": ("The change was dismissed.", "Die Änderung wurde verworfen."),
}
