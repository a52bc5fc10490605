"""What may be wrong with what the service is asked, beside the document itself."""

from __future__ import annotations

from app.domain.problem_texts.values import MUST

TEXTS: dict[str, tuple[str, str]] = {
    # headers, forms, selections
    "bad_tags": MUST,
    "bad_heading": MUST,
    "bad_claim_key": MUST,
    "malformed_form": (
        "the form cannot be read: it is not complete, or holds more than one file",
        "das Formular ist nicht lesbar: Es ist nicht vollständig oder enthält mehr als eine Datei",
    ),
    "too_many_networks": (
        "{member} has {count} entries; at most {most} networks can be listed",
        "{member} hat {count} Einträge; höchstens {most} Netze können genannt werden",
    ),
    "unknown_column_named": ("there is no column {found}", "es gibt keine Spalte {found}"),
    "no_selection": (
        "say which: by 'kpi', 'metric', 'from' or 'to', one of them at least",
        "sagen Sie, welche: mit 'kpi', 'metric', 'from' oder 'to', wenigstens einem davon",
    ),
    "period_ends_early": (
        "the period ends on {found}, before it begins; 'to' is the first day after",
        "der Zeitraum endet am {found}, ehe er beginnt; 'to' ist der erste Tag danach",
    ),
    "one_of_two": ("say '{one}' or '{other}', one of them", "sagen Sie '{one}' oder '{other}', eines davon"),
    # members of the service
    "read_only": (
        "{member} is set by the service: leave it out, or send it as it was read",
        "{member} setzt der Dienst: Lassen Sie es weg, oder senden Sie es, wie es gelesen wurde",
    ),
    "other_key": (
        "the address names {key}, the body {found}",
        "die Adresse nennt {key}, der Inhalt {found}",
    ),
    # patches
    "too_many_operations": (
        "the patch has {count} operations; at most {most} are read",
        "der Patch hat {count} Operationen; höchstens {most} werden gelesen",
    ),
    "bad_pointer": (
        "{found} is no JSON Pointer into a document (RFC 6901)",
        "{found} ist kein JSON-Pointer in ein Dokument (RFC 6901)",
    ),
    "no_such_place": ("{found} leads to nothing", "{found} führt zu nichts"),
    "not_a_place": (
        "{found} names nothing with which this can be done",
        "{found} nennt nichts, mit dem das geht",
    ),
    "test_failed": (
        "the test fails: at '{path}' stands {found}",
        "die Prüfung schlägt fehl: Bei '{path}' steht {found}",
    ),
    "moved_into_itself": ("what moves cannot move into itself", "was verschoben wird, kann nicht in sich selbst"),
    "copies_too_much": (
        "the copies of this patch are more than a document can hold",
        "die Kopien dieses Patches sind mehr, als ein Dokument fasst",
    ),
    # conflicts, plans, scenarios
    "waiver_not_asked": (
        "a waiver belongs to the status 'waived', not to '{status}'",
        "ein waiver gehört zum Status 'waived', nicht zu '{status}'",
    ),
    "unknown_person": ("the workspace has no member {found}", "der Arbeitsbereich hat kein Mitglied {found}"),
    "unknown_part": (
        "there is no department, KPI, incentive plan or component {found}",
        "es gibt keine Abteilung, keinen KPI, keinen Anreizplan und keinen Bestandteil {found}",
    ),
    "unknown_finding": ("the analysis has no open finding {found}", "die Analyse hat keinen offenen Befund {found}"),
    "patch_or_plan": (
        "a patch is given as 'patch', or as a 'plan' with its 'step', and only one of them",
        "ein Patch wird als 'patch' angegeben, oder als 'plan' mit seinem 'step', und nur eines davon",
    ),
    # rules and packs
    "unknown_rule": ("there is no rule or pack {found}", "es gibt keine Regel und kein Regelpaket {found}"),
    "unknown_selection": (
        "there is no rule, pack, level or department {found}",
        "es gibt keine Regel, kein Regelpaket, keine Stufe und keine Abteilung {found}",
    ),
    "one_member": (
        "a condition has one of {values}, and no two of them",
        "eine Bedingung hat eines von {values}, und nicht zwei davon",
    ),
    "too_deep_form": ("nested deeper than {most}", "tiefer als {most} verschachtelt"),
    "too_few_parts": (
        "{member} joins at least {least} conditions",
        "{member} verbindet mindestens {least} Bedingungen",
    ),
    "other_content": (
        "the file names the hash {found}, but what it holds has another one: it was changed",
        "die Datei nennt die Prüfsumme {found}, doch ihr Inhalt hat eine andere: sie wurde verändert",
    ),
    # observations, assessments, roadmaps
    "kpi_or_metric": (
        "an observation names a 'kpi' or a 'metric', and only one of them",
        "eine Beobachtung nennt 'kpi' oder 'metric', und nur eines davon",
    ),
    "observed_twice": (
        "{found} has a value on that day already, {where}",
        "{found} hat an dem Tag schon einen Wert, {where}",
    ),
    "unknown_question": ("the instrument has no question {found}", "das Instrument hat keine Frage {found}"),
    "answered_twice": (
        "{found} has answered this question already, {where}",
        "{found} hat diese Frage schon beantwortet, {where}",
    ),
    "about_nothing": (
        "this question is asked once: leave {member} out",
        "diese Frage wird einmal gestellt: lassen Sie {member} weg",
    ),
    "not_by_counts": (
        "only the perception gap is answered by counts; here every answer has a respondent",
        "nur die Wahrnehmungslücke wird mit Anzahlen beantwortet; hier hat jede Antwort eine Person",
    ),
    "unknown_item": ("the roadmap has no item {found}", "die Roadmap hat keine Maßnahme {found}"),
    "items_in_circle": ("items wait for one another: {circle}", "Maßnahmen warten aufeinander: {circle}"),
    "shown_by_item": (
        "{member} is not confirmed by words: the item shows it by itself",
        "{member} wird nicht mit Worten bestätigt: die Maßnahme zeigt es selbst",
    ),
}
"""Code → sentence in English and German."""
