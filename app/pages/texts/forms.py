"""Texts of forms: what was done, what could not be, what is being done."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # what was done
    "done_analysed": ("The analysis is made.", "Die Analyse ist erstellt."),
    # what could not be
    "not_done": ("This could not be done", "Das ging nicht"),
    "nothing_changed": ("Nothing was changed.", "Nichts wurde geändert."),
    "problem_expected": ("expected: {expected}", "erwartet: {expected}"),
    "problem_line": ("line {line}, column {column}", "Zeile {line}, Spalte {column}"),
    "more_problems": ("There are more; only the first are shown.", "Es gibt weitere; nur die ersten sind gezeigt."),
    "go_back": ("Back", "Zurück"),
    "may_not_write": (
        "Your key may look, but not change anything.",
        "Ihr Schlüssel darf lesen, aber nichts ändern.",
    ),
    # what is being done
    "analyse_now": ("Analyse now", "Jetzt analysieren"),
    "job_analysis": ("The goals and incentive plans are being analysed", "Die Ziele und Anreizpläne werden analysiert"),
    "job_plan": ("A plan of changes is being sought", "Ein Änderungsplan wird gesucht"),
    "job_sensitivity": (
        "How much the findings hang on single influences is being looked at",
        "Es wird geprüft, wie sehr die Befunde an einzelnen Einflüssen hängen",
    ),
    "job_queued": ("It has not begun yet.", "Es hat noch nicht begonnen."),
    "job_running": ("It is being done.", "Es läuft."),
    "job_progress": ("{done} of {total}", "{done} von {total}"),
    "job_cancelled": ("This was cancelled.", "Das wurde abgebrochen."),
    "job_failed": ("This failed.", "Das ist fehlgeschlagen."),
    "job_comes_by_itself": (
        "This page goes on by itself when it is done. Without scripts, look again:",
        "Diese Seite geht von selbst weiter, sobald es fertig ist. Ohne Skripte sehen Sie noch einmal nach:",
    ),
    "look_again": ("Look again", "Noch einmal nachsehen"),
    "cancel_it": ("Cancel it", "Abbrechen"),
}
