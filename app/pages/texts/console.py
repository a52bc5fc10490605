"""Texts around the pages of the console: where one is, where one can go, what is not there yet."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "to_content": ("To the content", "Zum Inhalt"),
    "organizations": ("Organizations", "Organisationen"),
    "revision_of": ("Revision {n} of {day}", "Stand {n} vom {day}"),
    "no_organizations": ("There is no organization yet.", "Es gibt noch keine Organisation."),
    "no_organizations_next": (
        "Send what you have as a file, or begin with a starter company.",
        "Senden Sie eine Datei mit dem, was Sie haben, oder beginnen Sie mit einer Musterfirma.",
    ),
    "nothing_yet_do": (
        "The next step is to analyse the goals and incentive plans:",
        "Der nächste Schritt ist, die Ziele und Anreizpläne zu analysieren:",
    ),
    "parts_of": ("Parts of {name}", "Teile von {name}"),
    "section_overview": ("Overview", "Überblick"),
    "section_conflicts": ("Conflicts", "Konflikte"),
    "section_matrix": ("Who against whom", "Wer gegen wen"),
    "section_compass": ("Compass", "Kompass"),
    "section_recommendations": ("What to change", "Was zu ändern ist"),
    "section_history": ("History", "Verlauf"),
    "departments": ("Departments", "Abteilungen"),
    "filter_level": ("Level", "Stufe"),
    "filter_department": ("Department", "Abteilung"),
    "filter_status": ("State", "Stand"),
    "any_level": ("every level", "jede Stufe"),
    "any_department": ("every department", "jede Abteilung"),
    "any_status": ("what stands", "was offen ist"),
    "apply_filters": ("Show", "Zeigen"),
    "no_filters": ("Show all again", "Wieder alle zeigen"),
    "analyses": ("Analyses", "Analysen"),
    "revisions": ("Changes of the model", "Änderungen am Modell"),
    "revision_head": ("Revision", "Stand"),
    "by_head": ("By", "Von"),
    "revision_n": ("Revision {n}", "Stand {n}"),
    "revision_counts": (
        "{added} added, {changed} changed, {removed} removed.",
        "{added} hinzugefügt, {changed} geändert, {removed} entfernt.",
    ),
    "form_refused": (
        "This form did not come from a page of your session. Try again.",
        "Dieses Formular kam nicht von einer Seite Ihrer Sitzung. Versuchen Sie es noch einmal.",
    ),
}
