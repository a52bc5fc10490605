"""Texts of pages of scenarios: what-ifs on the model, compared with it, brought to it, and made it."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "section_scenarios": ("Scenarios", "Szenarien"),
    # the list
    "scns_lead": (
        "A scenario tries changes out on a copy: the model stays as it is until one is promoted.",
        "Ein Szenario erprobt Änderungen an einer Kopie: Das Modell bleibt, wie es ist, bis eines übernommen wird.",
    ),
    "scns_none": ("There is no scenario yet.", "Es gibt noch kein Szenario."),
    "scns_none_next": (
        "The next step is to put a proved change into one:",
        "Der nächste Schritt ist, eine erprobte Änderung in eines zu übernehmen:",
    ),
    "scns_or_empty": ("Or begin with an empty one.", "Oder beginnen Sie mit einem leeren."),
    "scns_begin": ("Begin a scenario", "Ein Szenario beginnen"),
    "scns_open": ("Open", "Offen"),
    "scns_promoted": ("Promoted: they became the model", "Übernommen: Sie wurden zum Modell"),
    "scns_discarded": ("Put aside: {n}", "Verworfen: {n}"),
    "scn_changes_n": ("{n} changes on revision {revision}", "{n} Änderungen auf Stand {revision}"),
    "scn_changes_one": ("1 change on revision {revision}", "1 Änderung auf Stand {revision}"),
    "scn_name": ("Name", "Name"),
    "scn_description": ("What it is for", "Wofür es ist"),
    "scn_add": ("Begin", "Beginnen"),
    # one
    "scn_status_open": ("open", "offen"),
    "scn_status_promoted": ("the model since revision {n}", "das Modell seit Stand {n}"),
    "scn_status_discarded": ("put aside", "verworfen"),
    "scn_behind": (
        "The model has changed since revision {then}, on which this scenario stands; it is at revision {now} by now. Bring the scenario to "
        "it before it can be promoted.",
        "Das Modell hat sich seit Stand {then} geändert, auf dem dieses Szenario steht; inzwischen gilt Stand {now}. Bringen Sie das "
        "Szenario auf diesen Stand, bevor es übernommen werden kann.",
    ),
    "scn_to_rebase": ("Bring it to the model", "Auf den Stand des Modells bringen"),
    "scn_is_model": (
        "This scenario is the model since revision {n}. A new analysis says what is left.",
        "Dieses Szenario ist seit Stand {n} das Modell. Eine neue Analyse sagt, was übrig ist.",
    ),
    "scn_is_aside": ("This scenario was put aside.", "Dieses Szenario wurde verworfen."),
    "scn_restore": ("Take it up again", "Wieder aufnehmen"),
    "scn_stack": ("What it changes, in this order", "Was es ändert, in dieser Reihenfolge"),
    "scn_empty": (
        "Nothing yet. Put a proved change into it, or a plan.",
        "Noch nichts. Übernehmen Sie eine erprobte Änderung oder einen Plan.",
    ),
    "scn_says_already": ("The model says this already.", "Das Modell sagt das schon."),
    "scn_by": ("{actor}, {day}", "{actor}, {day}"),
    "scn_from_recommendation": ("from a recommendation", "aus einer Empfehlung"),
    "scn_from_plan": ("from a plan", "aus einem Plan"),
    "scn_up": ("Earlier", "Früher"),
    "scn_up_name": ("Move earlier: {name}", "Früher: {name}"),
    "scn_down": ("Later", "Später"),
    "scn_down_name": ("Move later: {name}", "Später: {name}"),
    "scn_out": ("Take out", "Herausnehmen"),
    "scn_out_name": ("Take out: {name}", "Herausnehmen: {name}"),
    "scn_all_changes": ("All of it together, part by part", "Alles zusammen, Teil für Teil"),
    "scn_compare": ("Compare", "Vergleichen"),
    "scn_compare_how": (
        "What becomes of findings and of pay, beside the model or another scenario.",
        "Was aus Befunden und Vergütung wird, neben dem Modell oder einem anderen Szenario.",
    ),
    "scn_compare_with": ("Compare with", "Vergleichen mit"),
    "scn_the_model": ("the model as it is now", "dem Modell, wie es jetzt ist"),
    "scn_the_base": ("the revision that it stands on", "dem Stand, auf dem es steht"),
    "scn_analyse": ("Analyse the scenario", "Szenario analysieren"),
    "scn_analyse_how": (
        "Says what to change next, on top of it.",
        "Sagt, was darüber hinaus als Nächstes zu ändern ist.",
    ),
    "scn_analyses": ("Its analyses", "Seine Analysen"),
    "scn_next": ("What to change next", "Was als Nächstes zu ändern ist"),
    "scn_next_of": (
        "What to change next, by the analysis of {day}",
        "Was als Nächstes zu ändern ist, nach der Analyse vom {day}",
    ),
    "scn_old_analysis": ("before the last change", "vor der letzten Änderung"),
    "scn_promote": ("Make it the model", "Zum Modell machen"),
    "scn_promote_see": (
        "See what becomes of the model, and promote it",
        "Sehen, was aus dem Modell wird, und übernehmen",
    ),
    "scn_rename": ("Name and description", "Name und Beschreibung"),
    "scn_save": ("Save", "Speichern"),
    "scn_discard": ("Put it aside", "Verwerfen"),
    "scn_discard_how": ("It can be taken up again.", "Es lässt sich wieder aufnehmen."),
    # comparison
    "scn_comparison_of": ("What “{name}” does", "Was „{name}“ bewirkt"),
    "scn_beside": ("“{after}” beside {before}.", "„{after}“ neben {before}."),
    "scn_as_of": ("Both analysed as of {day}.", "Beide analysiert mit Stand {day}."),
    "scn_show": ("Compare", "Vergleichen"),
    # rebase
    "scn_rebase_of": ("Bring “{name}” to the model", "„{name}“ auf den Stand des Modells bringen"),
    "scn_rebase_lead": (
        "The scenario stands on revision {then}; the model is at revision {now}. Its changes stay, each with its author; what the model "
        "changed elsewhere stays, too.",
        "Das Szenario steht auf Stand {then}; das Modell hat Stand {now}. Seine Änderungen bleiben, jede mit ihrem Urheber; was am Modell "
        "anderswo geändert wurde, bleibt auch.",
    ),
    "scn_rebase_not_needed": (
        "The model has not moved: there is nothing to do.",
        "Das Modell hat sich nicht geändert: Es ist nichts zu tun.",
    ),
    "scn_rebase_no_conflict": (
        "Nothing is in the way: both say the same, or changed different things.",
        "Nichts steht im Weg: Beide sagen dasselbe, oder es wurde Verschiedenes geändert.",
    ),
    "scn_rebase_conflicts": (
        "At these places both say different things. Choose whose value stands.",
        "An diesen Stellen sagen beide Verschiedenes. Wählen Sie, wessen Wert gilt.",
    ),
    "scn_part_gone": ("The model no longer has this part.", "Das Modell hat diesen Teil nicht mehr."),
    "scn_was": ("It was: {value}", "Es war: {value}"),
    "scn_take_scenario": ("The scenario’s: {value}", "Den des Szenarios: {value}"),
    "scn_take_model": ("The model’s: {value}", "Den des Modells: {value}"),
    "scn_nothing_there": ("nothing", "nichts"),
    "scn_rebase_problems": (
        "With the scenario’s values the document would not be valid:",
        "Mit den Werten des Szenarios wäre das Dokument nicht gültig:",
    ),
    "scn_rebase_now": ("Bring it to revision {n}", "Auf Stand {n} bringen"),
    # promotion
    "scn_promotion_of": ("Make “{name}” the model", "„{name}“ zum Modell machen"),
    "scn_promotion_lead": (
        "This changes the model for everybody: the next revision says what the scenario says. Look at what changes, then confirm below.",
        "Das ändert das Modell für alle: Der nächste Stand sagt, was das Szenario sagt. Sehen Sie, was sich ändert, und bestätigen Sie "
        "unten.",
    ),
    "scn_promotion_changes": ("What changes in the model", "Was sich am Modell ändert"),
    "scn_promote_now": ("Make it the model now", "Jetzt zum Modell machen"),
    "scn_not_open": ("It is not open any more.", "Es ist nicht mehr offen."),
    "scn_back": ("Back to the scenario", "Zurück zum Szenario"),
    # what was done
    "done_scenario_added": ("The scenario is begun.", "Das Szenario ist begonnen."),
    "done_scenario_named": ("Name and description are saved.", "Name und Beschreibung sind gespeichert."),
    "done_scenario_analysed": ("The scenario is analysed.", "Das Szenario ist analysiert."),
    "done_scenario_moved": ("The order is changed.", "Die Reihenfolge ist geändert."),
    "done_scenario_taken_out": ("The change is taken out.", "Die Änderung ist herausgenommen."),
    "done_scenario_discarded": ("The scenario is put aside.", "Das Szenario ist verworfen."),
    "done_scenario_restored": ("The scenario is open again.", "Das Szenario ist wieder offen."),
    "done_scenario_rebased": (
        "The scenario stands on the model as it is now.",
        "Das Szenario steht auf dem Modell, wie es jetzt ist.",
    ),
    "done_scenario_promoted": ("The scenario is the model now.", "Das Szenario ist jetzt das Modell."),
}
