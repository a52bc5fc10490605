"""Texts of pages of assessments: begun, answered, and what they come to."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "section_assessments": ("Assessments", "Standortbestimmung"),
    # the list
    "asss_lead": (
        "An assessment says how customer-centric the company is, by what people answer and by what the model shows. Begin one, let "
        "colleagues answer, and see where the gaps are.",
        "Eine Standortbestimmung sagt, wie kundenorientiert das Unternehmen ist: nach dem, was Menschen antworten, und dem, was das Modell "
        "zeigt. Beginnen Sie eine, lassen Sie Kolleginnen und Kollegen antworten, und sehen Sie, wo es fehlt.",
    ),
    "asss_none": ("There is no assessment yet.", "Es gibt noch keine Standortbestimmung."),
    "asss_none_next": ("The next step is to begin one below.", "Der nächste Schritt ist, unten eine zu beginnen."),
    "asss_begin": ("Begin an assessment", "Eine Standortbestimmung beginnen"),
    "ass_instrument": ("What is to be assessed", "Was bestimmt werden soll"),
    "ass_name": ("Name", "Name"),
    "ass_add": ("Begin", "Beginnen"),
    "ass_name_head": ("Assessment", "Standortbestimmung"),
    "ass_score": ("Score, 1 to 5", "Wert, 1 bis 5"),
    "ass_coverage": ("Answered", "Beantwortet"),
    "ass_people": ("People", "Personen"),
    # one
    "ass_lead": (
        "{name}: {score} of 5. Answered: {coverage} of the questions; people who answered: {people}; beside them the model, revision "
        "{revision}.",
        "{name}: {score} von 5. Beantwortet: {coverage} der Fragen; Personen, die geantwortet haben: {people}; daneben das Modell, Stand "
        "{revision}.",
    ),
    "ass_opinions": (
        "What each of the {n} people thinks of the whole: {mean} on average; 95 % between {low} and {high}; agreement {agreement}.",
        "Was jede der {n} Personen vom Ganzen hält: im Mittel {mean}; 95 % zwischen {low} und {high}; Einigkeit {agreement}.",
    ),
    "ass_lead_open": (
        "{name}: nothing is answered yet. Answer it yourself, or upload a sheet with the answers of many.",
        "{name}: Noch ist nichts beantwortet. Antworten Sie selbst, oder laden Sie ein Blatt mit den Antworten vieler hoch.",
    ),
    "ass_answer": ("Answer it", "Antworten"),
    "ass_all_answers": ("All answers as a sheet (CSV)", "Alle Antworten als Blatt (CSV)"),
    "ass_form_sheet": ("A sheet to fill in (CSV)", "Ein Blatt zum Ausfüllen (CSV)"),
    "ass_upload": ("Upload answers", "Antworten hochladen"),
    "ass_file": (
        "A sheet (CSV) with the columns respondent, group, department, question, score, about, note",
        "Ein Blatt (CSV) mit den Spalten respondent, group, department, question, score, about, note",
    ),
    "ass_count": ("Enter counts of a group", "Anzahlen einer Gruppe eintragen"),
    "ass_count_lead": (
        "For each question, how many of the group chose 1, 2, 3, 4 and 5. It replaces the counts of that group.",
        "Je Frage, wie viele der Gruppe 1, 2, 3, 4 und 5 gewählt haben. Das ersetzt die Anzahlen dieser Gruppe.",
    ),
    "ass_count_save": ("Save the counts", "Anzahlen speichern"),
    "ass_refresh": ("Ask the model anew", "Das Modell neu fragen"),
    "ass_refresh_why": (
        "What the model answers is that of revision {revision}; ask it anew when the document or the analysis has changed since.",
        "Was das Modell antwortet, gilt für Stand {revision}; fragen Sie neu, wenn sich Dokument oder Analyse geändert haben.",
    ),
    "ass_remove": ("Delete", "Löschen"),
    "ass_remove_why": ("The assessment goes with all its answers.", "Die Standortbestimmung geht mit allen Antworten."),
    "ass_scores": ("Scores by section", "Werte je Abschnitt"),
    "ass_scores_how": (
        "Bars are means from 1 to 5; thin lines in the tables are 95 % intervals, where several people answered.",
        "Balken sind Mittelwerte von 1 bis 5; Intervalle (95 %) stehen dort, wo mehrere Personen geantwortet haben.",
    ),
    "ass_value": ("Value", "Wert"),
    "ass_between": ("95 % interval", "95-%-Intervall"),
    "ass_published": ("Published", "Veröffentlicht"),
    "ass_question": ("Question", "Frage"),
    "ass_gaps": ("What is missing most", "Was am meisten fehlt"),
    "ass_gaps_lead": (
        "Ranked by what closing the gap adds to the whole score.",
        "Geordnet danach, was das Schließen der Lücke zum Gesamtwert beiträgt.",
    ),
    "ass_gain": ("{score} of 5; closing it adds {gain}", "{score} von 5; geschlossen bringt es {gain}"),
    "ass_helps": ("Proved changes that help:", "Erprobte Änderungen, die helfen:"),
    "ass_no_help": (
        "No proved change is known for this; it is for you to decide.",
        "Dafür ist keine erprobte Änderung bekannt; es liegt bei Ihnen.",
    ),
    "ass_no_gaps": ("Nothing is missing in what was answered.", "An dem, was beantwortet ist, fehlt nichts."),
    "ass_traces": ("What each score rests on", "Worauf jeder Wert beruht"),
    "ass_by_people": (
        "People: {mean} on average; answers: {n}",
        "Personen: im Mittel {mean}; Antworten: {n}",
    ),
    "ass_sure": ("95 % between {low} and {high}; agreement {agreement}", "95 % zwischen {low} und {high}; Einigkeit {agreement}"),
    "ass_by_model": ("The model: {score} ({facts})", "Das Modell: {score} ({facts})"),
    "ass_by_nobody": ("Not answered yet.", "Noch nicht beantwortet."),
    "ass_differs": (
        "People and the model see it differently: look at the evidence.",
        "Personen und Modell sehen es verschieden: Sehen Sie den Beleg an.",
    ),
    "ass_spread": ("By department: {spread}", "Nach Abteilung: {spread}"),
    "ass_trace_lead": (
        "It rests on what was counted, below, and on what people answered one by one:",
        "Das beruht auf den Anzahlen unten und auf dem, was Menschen einzeln geantwortet haben:",
    ),
    "ass_counted": ("{group}, counted from 1 to 5: {counts}", "{group}, gezählt von 1 bis 5: {counts}"),
    "ass_trace_link": ("Answers to it", "Antworten darauf"),
    "ass_views": ("How much of a single view there is", "Wie viel einheitliche Sicht es gibt"),
    "ass_view_none": ("none", "keine"),
    "ass_view_partial": ("partial", "teilweise"),
    "ass_view_full": ("full", "voll"),
    "ass_view_shares": ("None {none}, partial {partial}, full {full}", "Keine {none}, teilweise {partial}, voll {full}"),
    "ass_view_published": (
        "Published by {source}: {full} of senior executives think they have it fully, {partial} in part; it is critical to "
        "{critical} and very important to {very_important}.",
        "Veröffentlicht von {source}: {full} der Führungskräfte meinen, sie voll zu haben, {partial} teilweise; entscheidend für "
        "{critical}, sehr wichtig für {very_important}.",
    ),
    # the perception gap
    "ass_gap_lead": (
        "{name}: the share of each group that agrees (4 or 5), and whether the groups differ by more than chance.",
        "{name}: der Anteil jeder Gruppe, der zustimmt (4 oder 5), und ob sich die Gruppen mehr als zufällig unterscheiden.",
    ),
    "ass_gap_how": (
        "Bars are shares that agree, thin lines their 95 % intervals, triangles what was published.",
        "Balken sind Anteile, die zustimmen, feine Linien ihre 95-%-Intervalle, Dreiecke das Veröffentlichte.",
    ),
    "ass_gap_holds": (
        "{first} and {second} are {gap} points apart ({low} to {high}): more than chance.",
        "{first} und {second} liegen {gap} Punkte auseinander ({low} bis {high}): mehr als Zufall.",
    ),
    "ass_gap_chance": (
        "{first} and {second} are {gap} points apart ({low} to {high}), which may be chance: ask {n} people of each group to find out.",
        "{first} und {second} liegen {gap} Punkte auseinander ({low} bis {high}); das kann Zufall sein: Fragen Sie {n} Personen je Gruppe.",
    ),
    "ass_gap_people": (
        "Ask {n} people of a group to know its share to five points.",
        "Fragen Sie {n} Personen einer Gruppe, um ihren Anteil auf fünf Punkte genau zu kennen.",
    ),
    "ass_published_is": ("Published by {source}: {told}", "Veröffentlicht von {source}: {told}"),
    "ass_group_executives": ("Executives", "Führung"),
    "ass_group_employees": ("Employees", "Mitarbeitende"),
    "ass_group_customers": ("Customers", "Kunden"),
    # the form
    "ass_form_lead": (
        "Answer what you can and leave the rest out; you can come back and change it under the same name.",
        "Beantworten Sie, was Sie können, und lassen Sie den Rest weg; unter demselben Namen können Sie es später ändern.",
    ),
    "ass_respondent": ("Who answers: a name or a number", "Wer antwortet: ein Name oder eine Nummer"),
    "ass_group": ("Group", "Gruppe"),
    "ass_department": ("Department", "Abteilung"),
    "ass_no_department": ("none", "keine"),
    "ass_evidence": ("Where to look: {evidence}", "Wo man nachsieht: {evidence}"),
    "ass_model_says": ("The model says {score} ({facts}).", "Das Modell sagt {score} ({facts})."),
    "ass_note": ("Note: {question}", "Notiz: {question}"),
    "ass_about": ("Which {each}, number {n}", "Welcher Fall ({each}), Nummer {n}"),
    "ass_least": ("not at all", "gar nicht"),
    "ass_most": ("fully", "völlig"),
    "ass_save": ("Save the answers", "Antworten speichern"),
    "done_assessment_added": ("The assessment has begun.", "Die Standortbestimmung ist begonnen."),
    "done_assessment_answered": ("The answers are saved.", "Die Antworten sind gespeichert."),
    "done_assessment_refreshed": ("The model was asked anew.", "Das Modell wurde neu gefragt."),
    "done_assessment_removed": ("The assessment is deleted.", "Die Standortbestimmung ist gelöscht."),
}  # fmt: skip
