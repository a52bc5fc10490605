"""Texts of the roadmap's pages."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "section_roadmap": ("Roadmap", "Roadmap"),
    "road_lead": (
        "Twenty items lead from conflicts to a company that is centred on customers. Open one to say who owns it, and what shows that it "
        "may go on.",
        "Zwanzig Maßnahmen führen von Konflikten zu einem Unternehmen, das sich nach Kunden richtet. Öffnen Sie eine, um zu sagen, wer sie "
        "verantwortet, und was zeigt, dass sie weitergehen kann.",
    ),
    "road_none": (
        "There is no roadmap yet. It is built from the conflicts that stand, from gaps, and from recommendations that were accepted.",
        "Es gibt noch keine Roadmap. Sie entsteht aus den Konflikten, die bestehen, aus Lücken und aus angenommenen Empfehlungen.",
    ),
    "road_build": ("Build the roadmap", "Roadmap bauen"),
    "road_build_again": ("Build it again from what is found today", "Neu bauen aus dem, was heute gefunden wird"),
    "road_build_how": ("What was entered stays.", "Was eingetragen wurde, bleibt."),
    "road_starts_on": ("It starts on", "Sie beginnt am"),
    "road_span": (
        "{first} to {last}; {progress} % of the stages are done.",
        "{first} bis {last}; {progress} % der Stufen sind erledigt.",
    ),
    "road_as_ics": ("As a calendar (ICS)", "Als Kalender (ICS)"),
    "road_as_csv": ("As a sheet (CSV)", "Als Tabelle (CSV)"),
    "road_as_md": ("As a text (Markdown)", "Als Text (Markdown)"),
    "road_dates": ("{first} to {last}", "{first} bis {last}"),
    "road_owned_by": ("owned by {owner}", "verantwortlich: {owner}"),
    "road_unowned": ("nobody owns it yet", "noch niemand verantwortlich"),
    "road_missing_one": ("1 criterion is missing for the next stage", "1 Kriterium fehlt für die nächste Stufe"),
    "road_missing_n": ("{n} criteria are missing for the next stage", "{n} Kriterien fehlen für die nächste Stufe"),
    "road_ready": ("Ready for the next stage", "Bereit für die nächste Stufe"),
    "road_arrived": ("It is daily business", "Sie ist Alltag"),
    "road_critical": ("The end of the road waits for it.", "Das Ende des Wegs wartet darauf."),
    "road_slack": ("It may wait {days} days.", "Sie kann {days} Tage warten."),
    "road_back": ("The whole roadmap", "Die ganze Roadmap"),
    "road_customers": ("How customers take part", "Wie Kunden teilhaben"),
    "road_exit": ("Before it leaves the stage “{stage}”", "Bevor sie die Stufe „{stage}“ verlässt"),
    "road_met": ("met", "erfüllt"),
    "road_unmet": ("missing", "fehlt"),
    "road_confirmed": ("{by}, {day}: {evidence}", "{by}, {day}: {evidence}"),
    "road_evidence": ("What shows it", "Was es zeigt"),
    "road_confirm": ("Confirm", "Bestätigen"),
    "road_confirm_name": ("Confirm: {text}", "Bestätigen: {text}"),
    "road_go_on": ("Go on to “{stage}”", "Weiter zu „{stage}“"),
    "road_grounds": ("Why it is here", "Warum sie hier steht"),
    "road_no_grounds": (
        "Every road has it; nothing was found for it so far.",
        "Jeder Weg hat sie; bisher wurde nichts dazu gefunden.",
    ),
    "road_edit": ("Edit", "Bearbeiten"),
    "road_owner": ("Who owns it", "Wer verantwortlich ist"),
    "road_item_starts_on": ("Begins on", "Beginnt am"),
    "road_days": ("Days", "Tage"),
    "road_measure": ("Measure of success", "Erfolgsmaß"),
    "road_guardrail": ("Guardrail {n}, which must not get worse", "Leitplanke {n}, die nicht schlechter werden darf"),
    "road_name": ("Name, such as that of a KPI", "Name, etwa der eines KPI"),
    "road_today": ("Today", "Heute"),
    "road_wanted": ("Wanted", "Gewünscht"),
    "road_bound": ("Not to be passed", "Nicht zu überschreiten"),
    "road_unit": ("Unit", "Einheit"),
    "road_after": ("Waits for", "Wartet auf"),
    "road_pilot": ("How to try it", "Wie man sie erprobt"),
    "road_pilot_how": (
        "Half of the units try it, half go on as before. How many are needed follows from the measure of success.",
        "Die Hälfte der Einheiten erprobt sie, die andere macht weiter wie bisher. Wie viele nötig sind, folgt aus dem Erfolgsmaß.",
    ),
    "road_people": ("People or cases in one unit", "Menschen oder Fälle in einer Einheit"),
    "road_lag": (
        "Days until it shows, if you know better than the influences",
        "Tage, bis es sich zeigt, falls anders als nach den Einflüssen",
    ),
    "road_deviation": ("Standard deviation, if it is no share", "Standardabweichung, falls es kein Anteil ist"),
    "road_design": ("Design the pilot", "Pilot entwerfen"),
    "road_pilot_size": (
        "Each half: {units} units with {people} people or cases. It runs from {first} to {last}, {days} days, of which the first {lag} "
        "tell nothing yet.",
        "Jede Hälfte: {units} Einheiten mit {people} Menschen oder Fällen. Er läuft von {first} bis {last}, {days} Tage, von denen die "
        "ersten {lag} noch nichts sagen.",
    ),
    "road_save": ("Save", "Speichern"),
    "done_roadmap_built": ("The roadmap was built.", "Die Roadmap wurde gebaut."),
    "done_roadmap_saved": ("Saved.", "Gespeichert."),
    "done_roadmap_confirmed": ("Confirmed.", "Bestätigt."),
    "done_roadmap_moved": ("It is at its next stage now.", "Sie ist jetzt auf der nächsten Stufe."),
}
