"""Every sentence about a faulty document, in English and German, by code.

`{member}` names the place, `{found}` and `{expected}` what stands there and what should; the rest comes from the fault.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.errors import Problem
from app.domain.terms import Language

_MUST = ("{member} must be {expected}, not {found}", "{member} muss {expected} sein, nicht {found}")

TEXTS: dict[str, tuple[str, str]] = {
    # one value
    "missing": ("{member} is missing", "{member} fehlt"),
    "unknown_member": ("{member} is not known here", "{member} ist hier nicht bekannt"),
    "wrong_type": _MUST,
    "bad_form": _MUST,
    "not_one_of": _MUST,
    "too_small": _MUST,
    "too_large": _MUST,
    "not_finite": _MUST,
    "not_a_day": _MUST,
    "empty": ("{member} is empty", "{member} ist leer"),
    "too_long": ("{member} is longer than {most} characters", "{member} hat mehr als {most} Zeichen"),
    "bad_character": (
        "{member} contains the character {character}, which files cannot carry",
        "{member} enthält das Zeichen {character}, das Dateien nicht tragen können",
    ),
    # lists and references
    "too_many": (
        "{member} has {count} entries; at most {most} are read, so that every analysis ends in good time",
        "{member} hat {count} Einträge; höchstens {most} werden gelesen, damit jede Analyse rechtzeitig endet",
    ),
    "too_many_components": (
        "the incentive plans have {count} components together; at most {most} are read, so that every analysis ends in good time",
        "die Vergütungspläne haben zusammen {count} Bestandteile; höchstens {most} werden gelesen, damit jede Analyse rechtzeitig endet",
    ),
    "duplicate_key": (
        "the key {found} is taken already, at {first}",
        "der Schlüssel {found} ist schon vergeben, bei {first}",
    ),
    "duplicate_item": ("{found} is listed twice", "{found} steht zweimal in der Liste"),
    "unknown_owner": (
        "{member} must be the key or the name of a department, or 'nobody', not {found}",
        "{member} muss Schlüssel oder Name einer Abteilung sein oder 'nobody', nicht {found}",
    ),
    "reserved_key": (
        "the key 'customer' is reserved: it stands for the customers themselves",
        "der Schlüssel 'customer' ist vergeben: er steht für die Kunden selbst",
    ),
    "unknown_department": ("there is no department {found}", "es gibt keine Abteilung {found}"),
    "unknown_kpi": ("there is no KPI {found}", "es gibt keine Kennzahl {found}"),
    "unknown_plan": ("there is no incentive plan {found}", "es gibt keinen Vergütungsplan {found}"),
    "unknown_segment": ("there is no customer segment {found}", "es gibt kein Kundensegment {found}"),
    "unknown_metric": ("there is no metric {found}", "es gibt keine Metrik {found}"),
    "unknown_family": ("there is no family of metrics {found}", "es gibt keine Metrikfamilie {found}"),
    "unknown_influence": ("there is no influence {found}", "es gibt keinen Einfluss {found}"),
    "unknown_source": ("there is no metric or lever {found}", "es gibt keine Metrik und keinen Hebel {found}"),
    "circular_parent": (
        "the department belongs to itself: {circle}",
        "die Abteilung gehört zu sich selbst: {circle}",
    ),
    # goals
    "target_is_baseline": (
        "the target equals the baseline, {found}: nothing would have to change",
        "das Ziel gleicht dem Ausgangswert {found}: nichts müsste sich ändern",
    ),
    "weights_zero": (
        "every weight of the outcomes is 0; at least one must count",
        "alle Gewichte der Kundenergebnisse sind 0; mindestens eines muss zählen",
    ),
    "dates_out_of_order": (
        "{member} must come after {start}, where the period begins; it is the first day after the period",
        "{member} muss nach {start} liegen, dem Beginn des Zeitraums; es ist der erste Tag danach",
    ),
    # pay
    "no_component": (
        "an incentive plan needs at least one component",
        "ein Vergütungsplan braucht mindestens einen Bestandteil",
    ),
    "weights_sum": (
        "the weights of the components sum to {sum}; they must sum to 1",
        "die Gewichte der Bestandteile ergeben {sum}; sie müssen 1 ergeben",
    ),
    "kpi_or_measure": (
        "the component names neither a 'kpi' nor a 'measure'; it needs one of them",
        "der Bestandteil nennt weder 'kpi' noch 'measure'; eines davon braucht er",
    ),
    "kpi_and_measure": (
        "the component names both a 'kpi' and a 'measure'; it can pay for one only",
        "der Bestandteil nennt 'kpi' und 'measure'; er kann nur eines davon vergüten",
    ),
    "measure_direction": (
        "the component pays for a 'measure' and has to say in which direction",
        "der Bestandteil vergütet ein 'measure' und muss sagen, in welche Richtung",
    ),
    "said_by_kpi": (
        "{member} contradicts the KPI {kpi}, which says {expected}; it belongs to a 'measure'",
        "{member} widerspricht der Kennzahl {kpi}, die {expected} sagt; es gehört zu einem 'measure'",
    ),
    "guard_on_itself": (
        "the {guard} looks at {found}, the KPI that the component pays for; it must be another one",
        "{guard} prüft {found}, die vergütete Kennzahl selbst; es muss eine andere sein",
    ),
    "not_of_this_kind": (
        "{member} belongs to a payout of kind '{kind}'; this one is '{actual}'",
        "{member} gehört zu einer Auszahlung der Art '{kind}'; diese ist '{actual}'",
    ),
    "low_above_high": (
        "{member} is {found}, below '{low}', which is {bound}",
        "{member} ist {found} und damit kleiner als '{low}' mit {bound}",
    ),
    "bad_condition": (
        "{member} must be {expected}, not {found}",
        "{member} muss {expected} sein, nicht {found}",
    ),
    # own knowledge, suppressions, parameters
    "influence_on_itself": (
        "an influence needs two different ends; both are {found}",
        "ein Einfluss braucht zwei verschiedene Enden; beide sind {found}",
    ),
    "mutes_and_more": (
        "{member} does not go with 'mutes', which silences the influence altogether",
        "{member} passt nicht zu 'mutes', das den Einfluss ganz abschaltet",
    ),
    "override_keeps_ends": (
        "an override keeps the ends of the influence: {member} is {expected}",
        "eine Überschreibung behält die Enden des Einflusses: {member} ist {expected}",
    ),
    "waives_nothing": (
        "the suppression names neither a 'fingerprint' nor a 'rule'; it needs one of them",
        "die Ausnahme nennt weder 'fingerprint' noch 'rule'; eines davon braucht sie",
    ),
    "unknown_parameter": ("there is no parameter {found}", "es gibt keinen Parameter {found}"),
    "levels_out_of_order": (
        "level_medium < level_high < level_critical must hold, and it is {levels}",
        "level_medium < level_high < level_critical muss gelten, und es ist {levels}",
    ),
    # the text itself
    "empty_document": ("there is nothing in the document", "das Dokument ist leer"),
    "not_a_document": (
        "this is not a document: YAML, JSON, a workbook (XLSX) or the CSV files of one are read",
        "das ist kein Dokument: gelesen werden YAML, JSON, eine Arbeitsmappe (XLSX) oder deren CSV-Dateien",
    ),
    "too_big": (
        "the document has {size} bytes; at most {most} are read",
        "das Dokument hat {size} Bytes; höchstens {most} werden gelesen",
    ),
    "not_utf8": (
        "the text is not UTF-8: byte {found} does not belong here; save it as UTF-8",
        "der Text ist nicht UTF-8: Byte {found} gehört nicht hierher; speichern Sie ihn als UTF-8",
    ),
    "utf16": (
        "the text is {found}; save it as UTF-8",
        "der Text ist {found}; speichern Sie ihn als UTF-8",
    ),
    "malformed_yaml": ("this is not YAML: {reason}", "das ist kein YAML: {reason}"),
    "tab_indents": (
        "a tab stands where YAML indents; use spaces",
        "ein Tabulator steht, wo YAML einrückt; nehmen Sie Leerzeichen",
    ),
    "malformed_json": (
        "this is not JSON: found {found}, expected {expected}",
        "das ist kein JSON: gefunden {found}, erwartet {expected}",
    ),
    "duplicate_member": ("{member} is given twice", "{member} ist zweimal angegeben"),
    "nameless_member": ("the name of a member must be text", "der Name eines Felds muss Text sein"),
    "tagged": (
        "YAML tags such as {found} are not read; leave the tag out",
        "YAML-Tags wie {found} werden nicht gelesen; lassen Sie das Tag weg",
    ),
    "merge_key": (
        "merge keys ('<<') are not read; write the members out",
        "Merge-Schlüssel ('<<') werden nicht gelesen; schreiben Sie die Felder aus",
    ),
    "unknown_alias": ("there is no anchor {found} before this alias", "vor diesem Alias gibt es keinen Anker {found}"),
    "alias_in_itself": (
        "the alias {found} stands within what it stands for",
        "der Alias {found} steht in dem, wofür er steht",
    ),
    "several_documents": (
        "the file holds several documents; only one is read",
        "die Datei enthält mehrere Dokumente; nur eines wird gelesen",
    ),
    "too_many_values": (
        "the document holds more than {most} values, aliases expanded",
        "das Dokument enthält mehr als {most} Werte, Aliasse ausgeschrieben",
    ),
    "too_deep": ("the document nests deeper than {most} levels", "das Dokument ist tiefer als {most} Ebenen verschachtelt"),
    "too_many_digits": (
        "the number has more than {most} digits",
        "die Zahl hat mehr als {most} Stellen",
    ),
    "lone_surrogate": (
        "the text contains {found}, half of a character",
        "der Text enthält {found}, ein halbes Zeichen",
    ),
    # sheets
    "not_a_workbook": ("the workbook cannot be read: {reason}", "die Arbeitsmappe ist nicht lesbar: {reason}"),
    "packed_too_much": (
        "the archive is refused: {reason}",
        "das Archiv wird abgelehnt: {reason}",
    ),
    "unknown_sheet": ("there is no list called {found}", "es gibt keine Liste {found}"),
    "unknown_column": ("the column {found} is not known in '{sheet_name}'", "die Spalte {found} ist in '{sheet_name}' nicht bekannt"),
    "duplicate_column": ("the column {found} stands twice", "die Spalte {found} steht zweimal"),
    "no_header": (
        "a column that holds values has no heading",
        "eine Spalte mit Werten hat keine Überschrift",
    ),
    "one_row_only": ("'{sheet_name}' has one row only", "'{sheet_name}' hat nur eine Zeile"),
    "too_many_cells": ("there are more than {most} cells", "es gibt mehr als {most} Zellen"),
    "too_many_rows": ("there are more than {most} rows", "es gibt mehr als {most} Zeilen"),
    "formula": (
        "a formula stands here, and formulas are not computed; paste its value",
        "hier steht eine Formel, und Formeln werden nicht berechnet; fügen Sie den Wert ein",
    ),
    "cell_error": ("the cell holds the error {found}", "die Zelle enthält den Fehler {found}"),
    "ambiguous_number": (
        "{found} can be read in two ways, as {first} or as {second}; write it without separator of thousands",
        "{found} kann zweierlei bedeuten, {first} oder {second}; schreiben Sie es ohne Tausendertrennung",
    ),
    "ambiguous_percent": (
        "{found} can be meant as {first} or as {second} here; write the number alone",
        "{found} kann hier {first} oder {second} meinen; schreiben Sie nur die Zahl",
    ),
    "malformed_csv": ("this is not CSV: {reason}", "das ist kein CSV: {reason}"),
}  # fmt: skip
"""Code → sentence in English and German."""

EXPECTED: dict[str, tuple[str, str]] = {
    "text": ("text", "Text"),
    "text_quoted": ("text in quotes", "Text in Anführungszeichen"),
    "key": (
        "a key of at most 63 small letters, digits, '.', '_' and '-'",
        "ein Schlüssel aus höchstens 63 Kleinbuchstaben, Ziffern, '.', '_' und '-'",
    ),
    "metric_id": ("an id such as 'service.my_metric'", "eine Kennung wie 'service.my_metric'"),
    "currency": ("a currency such as EUR", "eine Währung wie EUR"),
    "fingerprint": ("a finding's fingerprint, 16 hexadecimal digits", "ein Fingerabdruck aus 16 Hexadezimalziffern"),
    "form": ("of the form {pattern}", "von der Form {pattern}"),
    "number": ("a number", "eine Zahl"),
    "whole": ("a whole number", "eine ganze Zahl"),
    "finite": ("a finite number", "eine endliche Zahl"),
    "at_least": ("at least {bound}", "mindestens {bound}"),
    "above": ("more than {bound}", "größer als {bound}"),
    "at_most": ("at most {bound}", "höchstens {bound}"),
    "between": ("from {low} to {high}", "zwischen {low} und {high}"),
    "flag": ("true or false", "true oder false"),
    "one_of": ("one of {values}", "eines von {values}"),
    "just": ("{values}", "{values}"),
    "day": ("a day written YYYY-MM-DD", "ein Tag in der Form JJJJ-MM-TT"),
    "list": ("a list", "eine Liste"),
    "object": ("an object with members", "ein Objekt mit Feldern"),
    "comparison": (
        "a comparison such as '>= 4.2', or a sentence that begins with a letter",
        "ein Vergleich wie '>= 4.2' oder ein Satz, der mit einem Buchstaben beginnt",
    ),
    "cell_list": ("{values} separated by ';'", "{values}, getrennt durch ';'"),
    "json": ("{values}", "{values}"),
}  # fmt: skip
"""What is expected → its words in English and German."""

WORDS: dict[str, tuple[str, str]] = {
    "gate": ("gate", "die Vorbedingung"),
    "modifier": ("modifier", "die Skalierung"),
}

_NEAREST = ("; did you mean {nearest}?", "; meinten Sie {nearest}?")
_WHOLE_DOCUMENT = ("the document", "das Dokument")


def told(problem: Problem, language: Language = "en") -> Problem:
    """The same problem, its message and expectation in the language."""
    at = 1 if language == "de" else 0
    values = dict(problem.details)
    expectation = values.get("expectation")
    expected = EXPECTED[expectation][at].format_map(values) if expectation else None
    said = {
        **values,
        "member": f"'{values['member']}'" if values.get("member") else _WHOLE_DOCUMENT[at],
        "found": problem.found if problem.found is not None else "",
        "expected": expected or "",
        "guard": WORDS[values["guard"]][at] if "guard" in values else "",
    }
    message = TEXTS[problem.code][at].format_map(said)
    if problem.nearest is not None:
        message += _NEAREST[at].format(nearest=f"'{problem.nearest}'")
    return replace(problem, message=message, expected=expected)
