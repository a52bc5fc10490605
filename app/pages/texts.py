"""Texts of pages, English and German, beside those of drawings and of the text report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.domain.terms import Language
from app.reports.drawings.words import DrawingWords

PAGE_TEXTS: dict[str, tuple[str, str]] = {
    # the page
    "embed_title": ("{view}: {organization}", "{view}: {organization}"),
    "as_table": ("The same as a table", "Dasselbe als Tabelle"),
    "table_of": ("Table: {title}", "Tabelle: {title}"),
    "waiting": ("The view is coming …", "Die Ansicht kommt …"),
    "foot": (
        "Analysis of {day}, revision {revision} of the model, {hash}.",
        "Analyse vom {day}, Stand {revision} des Modells, {hash}.",
    ),
    "foot_id": ("Analysis {id}", "Analyse {id}"),
    "nothing_yet": ("There is no analysis yet.", "Es gibt noch keine Analyse."),
    "nothing_yet_next": (
        "Once somebody analyses the goals and incentive plans of {organization}, this view shows what was found.",
        "Sobald jemand die Ziele und Anreizpläne von {organization} analysiert, zeigt diese Ansicht, was gefunden wurde.",
    ),
    # names of views
    "view_summary": ("How the goals fit together", "Wie die Ziele zueinander passen"),
    "view_matrix": ("Who works against whom", "Wer gegen wen arbeitet"),
    "view_conflicts": ("Conflicts", "Konflikte"),
    "view_conflict": ("A conflict", "Ein Konflikt"),
    "view_department": ("A department", "Eine Abteilung"),
    "view_recommendations": ("What to change", "Was zu ändern ist"),
    "view_trend": ("How it went", "Wie es sich entwickelt hat"),
    "view_compass": ("Where each department pulls", "Wohin jede Abteilung zieht"),
    # summary
    "index_of": ("Alignment index", "Ausrichtungsindex"),
    "index_scale": (
        "From −1, straight against what customers are owed, to +1, straight for it.",
        "Von −1, geradewegs gegen das, was Kunden zusteht, bis +1, geradewegs dafür.",
    ),
    "serious_found": ("Serious findings", "Ernste Befunde"),
    "of_all_found": ("of {n} found", "von {n} gefundenen"),
    "looked_at": ("What the index looks at", "Worauf der Index blickt"),
    "looked_at_told": (
        "{share} of what customers are owed, {goals} goals",
        "{share} dessen, was Kunden zusteht, {goals} Ziele",
    ),
    "since_last": ("Since {day}", "Seit {day}"),
    "index_from": ("Index {before} → {after}", "Index {before} → {after}"),
    "serious_from": ("serious findings {before} → {after}", "ernste Befunde {before} → {after}"),
    "first_time": ("This is the first analysis.", "Das ist die erste Analyse."),
    "goals_gone": (
        "{n} goals are gone since then: look whether they were solved or only taken out.",
        "{n} Ziele sind seither weg: Prüfen Sie, ob sie gelöst oder nur gestrichen wurden.",
    ),
    "goal_gone": (
        "One goal is gone since then: look whether it was solved or only taken out.",
        "Ein Ziel ist seither weg: Prüfen Sie, ob es gelöst oder nur gestrichen wurde.",
    ),
    "worst_ones": ("The worst conflicts", "Die schwersten Konflikte"),
    "from_severity": ("from {n} of 100", "ab {n} von 100"),
    # conflicts
    "shown_of": ("{n} of {all}, the worst first", "{n} von {all}, die schwersten zuerst"),
    "all_shown": ("{n}, the worst first", "{n}, die schwersten zuerst"),
    "no_conflicts": ("No conflict of this kind is open.", "Kein Konflikt dieser Art ist offen."),
    "status_new": ("new", "neu"),
    "status_open": ("open", "offen"),
    "status_acknowledged": ("acknowledged", "anerkannt"),
    "status_disputed": ("disputed", "bestritten"),
    "status_waived": ("accepted", "hingenommen"),
    "status_resolved": ("resolved", "gelöst"),
    "status_regressed": ("back again", "wieder da"),
    "severity_is": ("severity {n} of 100", "Schwere {n} von 100"),
    # one conflict
    "pushes_here": ("Who pushes", "Wer drängt"),
    "suffers_here": ("What suffers", "Was leidet"),
    "how_sure": ("How sure this is", "Wie sicher das ist"),
    "sure_high": ("well supported ({share})", "gut belegt ({share})"),
    "sure_middle": ("partly supported ({share})", "teilweise belegt ({share})"),
    "sure_low": ("a reasoned suspicion ({share})", "ein begründeter Verdacht ({share})"),
    "is_contested": ("studies disagree on a step", "bei einem Schritt widersprechen sich Studien"),
    "in_words": ("Step by step", "Schritt für Schritt"),
    "straight": (
        "The two goals want the same thing to go opposite ways; no chain is needed.",
        "Die beiden Ziele wollen dieselbe Sache in entgegengesetzte Richtungen; es braucht keine Kette.",
    ),
    "if_when": ("if: {when}", "falls: {when}"),
    "rests_on_sources": ("What it rests on", "Worauf es beruht"),
    "source_verified": ("read", "gelesen"),
    "source_memory": ("not yet read again", "noch nicht nachgelesen"),
    "source_editorial": ("a judgement of the catalogue", "eine Einschätzung des Katalogs"),
    "arithmetic": ("How the severity came about", "Wie die Schwere zustande kam"),
    "in_full": ("In full", "Ausführlich"),
    "would_fix": ("What would clear it", "Was es lösen würde"),
    "nothing_fixes": (
        "No single change was found that lowers the total; it takes a decision between the two goals.",
        "Keine einzelne Änderung senkt die Summe; zwischen beiden Zielen muss entschieden werden.",
    ),
    "clears_it": ("clears it", "löst es"),
    "weakens_it": ("makes it less", "schwächt es"),
    # recommendations
    "no_recommendations_yet": (
        "No single change was found that lowers the total severity.",
        "Keine einzelne Änderung senkt die Gesamtschwere.",
    ),
    "proved_by": (
        "Each change was tried on a copy and the analysis run again.",
        "Jede Änderung wurde an einer Kopie erprobt und die Analyse wiederholt.",
    ),
    "change_head": ("Change", "Änderung"),
    "clears_head": ("Clears", "Löst"),
    "severity_head": ("Total severity", "Gesamtschwere"),
    "index_head": ("Index", "Index"),
    "effort_head": ("Effort", "Aufwand"),
    "decided_head": ("Decided by", "Entscheidet"),
    "cleared": ("{removed} cleared, {weakened} less", "{removed} gelöst, {weakened} schwächer"),
    "worsened_too": (", {n} worse", ", {n} schlimmer"),
    "from_to": ("{before} → {after}", "{before} → {after}"),
    "accepted": ("accepted", "angenommen"),
    "dismissed": ("dismissed", "verworfen"),
    # department
    "department_pulls": ("{name} {told} ({value}).", "{name} {told} ({value})."),
    "department_reaches_nothing": (
        "{name} reaches nothing that customers are owed.",
        "{name} erreicht nichts von dem, was Kunden zusteht.",
    ),
    "goals_of_it": ("What it is steered by", "Woran sie gemessen wird"),
    "goal_head": ("Goal", "Ziel"),
    "wanted_head": ("Wanted", "Gewünscht"),
    "pressure_head": ("How hard it is pushed", "Wie stark gedrängt wird"),
    "wanted_up": ("up", "nach oben"),
    "wanted_down": ("down", "nach unten"),
    "no_goals": ("No goal of this department was understood.", "Kein Ziel dieser Abteilung wurde verstanden."),
    "for_customers": ("What it does to customers", "Was sie bei Kunden bewirkt"),
    "owed_head": ("Owed to customers", "Kunden zusteht"),
    "helps_head": ("Helps", "Hilft"),
    "harms_head": ("Harms", "Schadet"),
    "hurts": ("Whom it hurts", "Wem sie schadet"),
    "hurts_nobody": ("Its goals hurt nobody.", "Ihre Ziele schaden niemandem."),
    "suffers_from": ("From whom it suffers", "Worunter sie leidet"),
    "suffers_nobody": ("Nobody's goals hurt it.", "Niemandes Ziele schaden ihr."),
    "pay_of_it": ("What its plans pay for", "Wofür ihre Pläne zahlen"),
    "plan_share": ("{role}: {share} of total pay varies", "{role}: {share} der Gesamtvergütung sind variabel"),
    "paid_part": ("Paid part", "Bezahlter Teil"),
    "weight_head": ("Weight in the plan", "Gewicht im Plan"),
    "share_head": ("Share of total pay", "Anteil an der Gesamtvergütung"),
    # trend
    "one_point": (
        "There is one analysis so far; a line begins with the second.",
        "Bisher gibt es eine Analyse; mit der zweiten beginnt eine Linie.",
    ),
    # console
    "to_content": ("To the content", "Zum Inhalt"),
    "organizations": ("Organizations", "Organisationen"),
    "revision_of": ("Revision {n} of {day}", "Stand {n} vom {day}"),
    "no_organizations": ("There is no organization yet.", "Es gibt noch keine Organisation."),
    "no_organizations_next": (
        "Write one, or begin with a starter company, and send it here:",
        "Beschreiben Sie eine, oder beginnen Sie mit einer Musterfirma, und senden Sie sie hierher:",
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
    "sign_in": ("Sign in", "Anmelden"),
    "sign_out": ("Sign out", "Abmelden"),
    "your_key": ("API key", "API-Schlüssel"),
    "your_key_about": (
        "It begins with cnc_. Whoever runs Concord makes one with concord keys create.",
        "Er beginnt mit cnc_. Wer Concord betreibt, erzeugt einen mit concord keys create.",
    ),
    "key_refused": (
        "This key is not good, or may not read. Nothing else is said, so that nobody can learn from it.",
        "Dieser Schlüssel ist nicht gültig oder darf nicht lesen. Mehr wird nicht gesagt, damit niemand daraus lernt.",
    ),
    "form_refused": (
        "This form did not come from a page of your session. Try again.",
        "Dieses Formular kam nicht von einer Seite Ihrer Sitzung. Versuchen Sie es noch einmal.",
    ),
    # refusals, inside the frame
    "refused_unknown": ("This view cannot be shown.", "Diese Ansicht kann nicht gezeigt werden."),
    "refused_unknown_why": (
        "The portal has not said who may see it, or says so with a token that Concord did not make. The portal's operator can help.",
        "Das Portal hat nicht gesagt, wer sie sehen darf, oder sagt es mit einem Token, das Concord nicht gemacht hat. Wer das Portal "
        "betreibt, kann helfen.",
    ),
    "refused_expired": ("The time of this view is over.", "Die Zeit dieser Ansicht ist abgelaufen."),
    "refused_expired_why": (
        "The portal gets a new token by itself; if nothing changes here, load its page again.",
        "Das Portal holt von selbst ein neues Token; ändert sich hier nichts, laden Sie seine Seite neu.",
    ),
    "refused_revoked": ("This view was withdrawn.", "Diese Ansicht wurde zurückgezogen."),
    "refused_revoked_why": (
        "Whoever runs Concord has ended it. The portal's operator can ask for another one.",
        "Wer Concord betreibt, hat sie beendet. Wer das Portal betreibt, kann eine neue anfordern.",
    ),
    "refused_view": ("The portal's token is for another view.", "Das Token des Portals gilt für eine andere Ansicht."),
    "refused_view_why": (
        "The portal's operator has to ask for a token of this view.",
        "Wer das Portal betreibt, muss ein Token für diese Ansicht anfordern.",
    ),
    "refused_gone": ("What this view showed is no longer there.", "Was diese Ansicht zeigte, gibt es nicht mehr."),
    "refused_gone_why": (
        "The organization, analysis or conflict was removed, or its name was changed.",
        "Die Organisation, die Analyse oder der Konflikt wurde entfernt oder umbenannt.",
    ),
    "refused_offline": ("Concord cannot be reached.", "Concord ist nicht erreichbar."),
    "refused_offline_why": (
        "The view comes by itself as soon as it can be reached again.",
        "Die Ansicht kommt von selbst, sobald es wieder erreichbar ist.",
    ),
    "stale": (
        "This is the state of {time}; it could not be renewed yet.",
        "Das ist der Stand von {time}; er ließ sich noch nicht erneuern.",
    ),
}


class PageWords(DrawingWords):
    """The texts in one language."""

    def __init__(self, language: Language = "en") -> None:
        super().__init__(language)
        self.direction = "ltr"

    def __call__(self, text: str, /, **values: object) -> str:
        """A text with its placeholders filled."""
        if text in PAGE_TEXTS:
            return PAGE_TEXTS[text][self.language == "de"].format(**values)
        return super().__call__(text, **values)

    def plain(self, text: str) -> str:
        """A text with its placeholders as they are, for scripts that fill them."""
        return PAGE_TEXTS[text][self.language == "de"]

    def cost(self, cost: Mapping[str, float]) -> str:
        """What a change costs to make."""
        told = []
        if cost["weight_moved"] > 0:
            told.append(self("weight_moved", share=self.share(cost["weight_moved"])))
        if cost["pay_moved"] > 0:
            told.append(self("pay_moved", share=self.share(cost["pay_moved"])))
        if cost["plans"]:
            told.append(self("one_plan") if cost["plans"] == 1 else self("n_plans", n=self.count(int(cost["plans"]))))
        if cost["people"]:
            told.append(
                self("one_person") if cost["people"] == 1 else self("n_people", n=self.count(int(cost["people"])))
            )
        return ", ".join(told) or self("costs_nothing")

    def sure(self, confidence: float) -> str:
        """How well something is supported, in words."""
        name = "sure_high" if confidence >= 0.6 else "sure_middle" if confidence >= 0.4 else "sure_low"
        return self(name, share=self.share(confidence))

    def on(self, day: str) -> str:
        """A day that is written as a date."""
        return self.day(date.fromisoformat(day[:10]).isoformat())
