"""Texts of pages on what customers are worth, business cases and own evidence."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "section_customers": ("Customers", "Kunden"),
    "section_evidence": ("Own evidence", "Eigene Belege"),
    "cust_title": ("What are customers worth?", "Was sind Kunden wert?"),
    "cust_lead": (
        "Say once what customers of each segment bring a year and how long they stay; here is what they are worth, what moves that, who "
        "answers for it, and what conflicts may cost of it.",
        "Sagen Sie einmal, was Kunden jedes Segments im Jahr bringen und wie lange sie bleiben; hier steht, was sie wert sind, was das "
        "bewegt, wer dafür verantwortlich ist und was Konflikte davon kosten können.",
    ),
    "cust_form": ("What is known of them", "Was man von ihnen weiß"),
    "cust_discount": ("Discount rate a year, in percent", "Zinssatz je Jahr in Prozent"),
    "cust_customers": ("Customers; empty: as the document says", "Kunden; leer: wie im Dokument"),
    "cust_margin": ("Margin a year", "Deckungsbeitrag je Jahr"),
    "cust_retention": ("Percent that stay each year", "Prozent, die jedes Jahr bleiben"),
    "cust_cost_to_serve": ("Cost to serve a year", "Servicekosten je Jahr"),
    "cust_acquisition_cost": ("Cost to win one", "Kosten, einen zu gewinnen"),
    "cust_save": ("Save", "Speichern"),
    "done_customers": ("Saved.", "Gespeichert."),
    "case_title": ("What does this scenario give back?", "Was gibt dieses Szenario zurück?"),
    "case_lead": (
        "What conflicts keep back today and the scenario sets free, quarter by quarter, less what you expect it to cost. Draws within the "
        "ranges of the assumptions show how sure that is.",
        "Was Konflikte heute zurückhalten und das Szenario freigibt, Quartal für Quartal, abzüglich der Kosten, die Sie erwarten. "
        "Ziehungen innerhalb der Spannen der Annahmen zeigen, wie sicher das ist.",
    ),
    "case_on": (
        "On revision {revision} of the model, as of {day}; last changed by {actor} on {changed}.",
        "Auf Stand {revision} des Modells, {day}; zuletzt geändert von {actor} am {changed}.",
    ),
    "case_form": ("What the change costs", "Was die Änderung kostet"),
    "case_form_how": (
        "Every cost is a range with its source; a row without a name and amounts counts nothing. There is a new row once these are full.",
        "Jede Kostenart ist eine Spanne mit Herkunft; eine Zeile ohne Name und Beträge zählt nicht. Sind diese voll, kommt eine dazu.",
    ),
    "case_cost": ("Cost {n}", "Kosten {n}"),
    "case_cost_name": ("What for", "Wofür"),
    "case_paid": ("Paid", "Bezahlt"),
    "case_paid_now": ("now, once", "jetzt, einmal"),
    "case_paid_quarterly": ("every quarter", "jedes Quartal"),
    "case_assumptions": (
        "What else it rests on: every assumption can be replaced",
        "Worauf es sonst beruht: Jede Annahme lässt sich ersetzen",
    ),
    "case_assumptions_how": (
        "An assumption is drawn from its range, held at its likely value, or left out. Say where a better value comes from.",
        "Eine Annahme wird aus ihrer Spanne gezogen, beim wahrscheinlichen Wert gehalten oder weggelassen. Sagen Sie, woher ein besserer "
        "Wert kommt.",
    ),
    "case_mode": ("Taken", "Genommen"),
    "case_mode_drawn": ("drawn from its range", "aus der Spanne gezogen"),
    "case_mode_held": ("held at its likely value", "beim wahrscheinlichen Wert gehalten"),
    "case_mode_left_out": ("left out", "weggelassen"),
    "case_unit_percent": ("percent", "Prozent"),
    "case_unit_money": ("money", "Geld"),
    "case_unit_quarters": ("quarters", "Quartale"),
    "case_change": ("Draw it again with this", "Damit neu ziehen"),
    "case_make_new": ("Make a new one on the model of today", "Neu rechnen mit dem Modell von heute"),
    "done_case_changed": ("It was drawn again.", "Er wurde neu gezogen."),
    "case_low": ("At least", "Mindestens"),
    "case_likely": ("Most likely", "Am wahrscheinlichsten"),
    "case_high": ("At most", "Höchstens"),
    "case_source": ("Where this comes from", "Woher das kommt"),
    "case_quarters": ("Quarters", "Quartale"),
    "case_make": ("Make the business case", "Business Case rechnen"),
    "done_case": ("The business case was made.", "Der Business Case wurde gerechnet."),
    "evid_title": ("What do our own data say?", "Was sagen unsere eigenen Daten?"),
    "evid_lead": (
        "Each influence behind a finding, tested on what was observed here. No verdict deletes a finding; a supported influence of another "
        "class can take the place of the catalogue's.",
        "Jeder Einfluss hinter einem Befund, geprüft an dem, was hier beobachtet wurde. Kein Urteil löscht einen Befund; ein gestützter "
        "Einfluss anderer Klasse kann den des Katalogs ersetzen.",
    ),
    "evid_take": ("Take our class: {influence}", "Unsere Klasse nehmen: {influence}"),
    "done_evidence": ("Our class is in the document now.", "Unsere Klasse steht jetzt im Dokument."),
}
