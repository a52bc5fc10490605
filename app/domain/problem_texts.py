"""Every sentence about a faulty document, in English and German, by code.

`{member}` names the place, `{found}` and `{expected}` what stands there and what should; the rest comes from the fault.
"""

from __future__ import annotations

from collections.abc import Mapping

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
    "not_an_instant": _MUST,
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
    "too_many_networks": (
        "{member} has {count} entries; at most {most} networks can be listed",
        "{member} hat {count} Einträge; höchstens {most} Netze können genannt werden",
    ),
    "too_many_components": (
        "the incentive plans have {count} components together; at most {most} are read, so that every analysis ends in good time",
        "die Vergütungspläne haben zusammen {count} Bestandteile; höchstens {most} werden gelesen, damit jede Analyse rechtzeitig endet",
    ),
    "too_many_goals": (
        "KPIs and components are {count} together; at most {most} are audited here, so that every answer comes in good time",
        "Kennzahlen und Bestandteile sind zusammen {count}; höchstens {most} werden hier geprüft, damit jede Antwort rechtzeitig kommt",
    ),
    "duplicate_key": (
        "the key {found} is taken already, {where}",
        "der Schlüssel {found} ist schon vergeben, {where}",
    ),
    "bad_tags": _MUST,
    "bad_heading": _MUST,
    "kpi_or_metric": (
        "an observation names a 'kpi' or a 'metric', and only one of them",
        "eine Beobachtung nennt 'kpi' oder 'metric', und nur eines davon",
    ),
    "customers_or_share": (
        "a segment says how many 'customers' it has, or which 'share' of all, and not both",
        "ein Segment sagt, wie viele Kunden ('customers') es hat oder welchen Anteil ('share') an allen, und nicht beides",
    ),
    "share_of_nothing": (
        "{member} is a share of customers whose number the document does not say: give 'customers', or organization.customers.count",
        "{member} ist ein Anteil von Kunden, deren Zahl das Dokument nicht nennt: Nennen Sie 'customers' oder organization.customers.count",
    ),
    "worth_no_end": (
        "{member} is 1 and the discount rate 0: customers who never leave are worth no end then",
        "{member} ist 1 und der Zinssatz 0: Kunden, die nie gehen, sind dann unendlich viel wert",
    ),
    "range_falls": (
        "{member}: low ≤ likely ≤ high does not hold for {found}",
        "{member}: low ≤ likely ≤ high gilt nicht für {found}",
    ),
    "unknown_item": ("the roadmap has no item {found}", "die Roadmap hat keine Maßnahme {found}"),
    "items_in_circle": ("items wait for one another: {circle}", "Maßnahmen warten aufeinander: {circle}"),
    "shown_by_item": (
        "{member} is not confirmed by words: the item shows it by itself",
        "{member} wird nicht mit Worten bestätigt: die Maßnahme zeigt es selbst",
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
    "too_many_at_once": (
        "{member} has {count} entries; at most {most} are written at once",
        "{member} hat {count} Einträge; höchstens {most} werden auf einmal geschrieben",
    ),
    "no_selection": (
        "say which: by 'kpi', 'metric', 'from' or 'to', one of them at least",
        "sagen Sie, welche: mit 'kpi', 'metric', 'from' oder 'to', wenigstens einem davon",
    ),
    "unknown_column_named": ("there is no column {found}", "es gibt keine Spalte {found}"),
    "malformed_form": (
        "the form cannot be read: it is not complete, or holds more than one file",
        "das Formular ist nicht lesbar: Es ist nicht vollständig oder enthält mehr als eine Datei",
    ),
    "bad_claim_key": _MUST,
    "bad_value": _MUST,
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
    "other_content": (
        "the file names the hash {found}, but what it holds has another one: it was changed",
        "die Datei nennt die Prüfsumme {found}, doch ihr Inhalt hat eine andere: sie wurde verändert",
    ),
    "one_of_two": ("say '{one}' or '{other}', one of them", "sagen Sie '{one}' oder '{other}', eines davon"),
    "one_member": (
        "a condition has one of {values}, and no two of them",
        "eine Bedingung hat eines von {values}, und nicht zwei davon",
    ),
    "too_deep_form": ("nested deeper than {most}", "tiefer als {most} verschachtelt"),
    "too_few_parts": ("{member} joins at least {least} conditions", "{member} verbindet mindestens {least} Bedingungen"),
    "period_ends_early": (
        "the period ends on {found}, before it begins; 'to' is the first day after",
        "der Zeitraum endet am {found}, ehe er beginnt; 'to' ist der erste Tag danach",
    ),
    "read_only": (
        "{member} is set by the service: leave it out, or send it as it was read",
        "{member} setzt der Dienst: Lassen Sie es weg, oder senden Sie es, wie es gelesen wurde",
    ),
    "other_key": (
        "the address names {key}, the body {found}",
        "die Adresse nennt {key}, der Inhalt {found}",
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
    "waives_whole_rule": (
        "the waiver names a 'rule' but no 'subjects': one finding in one place is accepted at a time",
        "die Ausnahme nennt 'rule', aber keine 'subjects': hingenommen wird je ein Befund an einer Stelle",
    ),
    "waiver_not_asked": (
        "a waiver belongs to the status 'waived', not to '{status}'",
        "ein waiver gehört zum Status 'waived', nicht zu '{status}'",
    ),
    "patch_or_plan": (
        "a patch is given as 'patch', or as a 'plan' with its 'step', and only one of them",
        "ein Patch wird als 'patch' angegeben, oder als 'plan' mit seinem 'step', und nur eines davon",
    ),
    "unknown_part": (
        "there is no department, KPI, incentive plan or component {found}",
        "es gibt keine Abteilung, keine Kennzahl, keinen Vergütungsplan und keinen Bestandteil {found}",
    ),
    "unknown_finding": ("the analysis has no open finding {found}", "die Analyse hat keinen offenen Befund {found}"),
    "unknown_person": ("the workspace has no member {found}", "der Arbeitsbereich hat kein Mitglied {found}"),
    # settings, baselines
    "unknown_rule": ("there is no rule or pack {found}", "es gibt keine Regel und kein Regelpaket {found}"),
    "unknown_selection": (
        "there is no rule, pack, level or department {found}",
        "es gibt keine Regel, kein Regelpaket, keine Stufe und keine Abteilung {found}",
    ),
    "not_a_baseline": (
        "this is no baseline: it does not say 'concord_baseline': 1",
        "das ist keine Basislinie: 'concord_baseline': 1 fehlt",
    ),
    "malformed_toml": ("this is not TOML: {said}", "das ist kein TOML: {said}"),
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
        "the document has more than {most} bytes, and no more are read",
        "das Dokument hat mehr als {most} Bytes, und mehr werden nicht gelesen",
    ),
    "not_utf8": (
        "the text is not UTF-8 and looks like {encoding}: byte {found} does not belong here; save it as UTF-8",
        "der Text ist nicht UTF-8 und sieht nach {encoding} aus: Byte {found} gehört nicht hierher; speichern Sie ihn als UTF-8",
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
    "unfinished_json": (
        "the JSON ends too early: expected {expected}",
        "das JSON endet zu früh: erwartet {expected}",
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
    "not_an_archive": ("the archive cannot be read: {reason}", "das Archiv ist nicht lesbar: {reason}"),
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
    "one_row_only": (
        "the sheet '{sheet_name}' takes one row, and here is another",
        "das Blatt '{sheet_name}' hat nur eine Zeile, und hier steht eine weitere",
    ),
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
    "ambiguous_day": (
        "{found} can be {first} or {second}; write it YYYY-MM-DD",
        "{found} kann {first} oder {second} sein; schreiben Sie es JJJJ-MM-TT",
    ),
    "unit_differs": (
        "the heading counts in {found}, where {expected} are due; convert the numbers below it",
        "die Überschrift zählt in {found}, wo {expected} stehen sollten; rechnen Sie die Zahlen darunter um",
    ),
    "duplicate_sheet": (
        "there are two sheets with the list '{sheet_name}'; only one is read",
        "es gibt zwei Blätter mit der Liste '{sheet_name}'; nur eines wird gelesen",
    ),
    "row_disagrees": (
        "{member} of '{key}' is {found} here and {other} {where}; it can be one thing only",
        "{member} von '{key}' ist hier {found} und {other} {where}; es kann nur eines sein",
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
    "tags": (
        'entity tags in quotes, such as "r12-4f2a90c1d3e5", or *',
        'Entity-Tags in Anführungszeichen, etwa "r12-4f2a90c1d3e5", oder *',
    ),
    "heading": (
        "a heading and the column that it means, as Wieght=weight, or Notes=- to pass it over",
        "eine Überschrift und die Spalte, die sie meint, etwa Gewcht=weight, oder Notizen=-, um sie zu übergehen",
    ),
    "future": ("an instant that is still to come", "ein Zeitpunkt in der Zukunft"),
    "usable": ("another value", "ein anderer Wert"),
    "claim_key": ("one key of 1 to 255 visible ASCII characters", "ein Schlüssel aus 1 bis 255 sichtbaren ASCII-Zeichen"),
    "this_key": ("'{key}', or nothing", "'{key}' oder nichts"),
    "metric_id": ("an id such as 'service.my_metric'", "eine Kennung wie 'service.my_metric'"),
    "network": ("a network such as 192.0.2.0/24 or 2001:db8::/32", "ein Netz wie 192.0.2.0/24 oder 2001:db8::/32"),
    "origin": (
        "the origin of a page as browsers write it, such as https://portal.acme.example",
        "der Ursprung einer Seite, wie Browser ihn schreiben, etwa https://portal.acme.example",
    ),
    "webhook_address": (
        "an https address with a public host, port 443 or 8443, without user name and #",
        "eine https-Adresse mit öffentlichem Host, Port 443 oder 8443, ohne Benutzernamen und #",
    ),
    "currency": ("a currency such as EUR", "eine Währung wie EUR"),
    "fingerprint": ("a finding's fingerprint, 16 hexadecimal digits", "ein Fingerabdruck aus 16 Hexadezimalziffern"),
    "grounds": (
        "the grounds of a finding, 8 and 8 hexadecimal digits joined by '-'",
        "die grounds eines Befunds, 8 und 8 Hexadezimalziffern mit '-' dazwischen",
    ),
    "number": ("a number", "eine Zahl"),
    "amount": ("an amount of at most four decimals, such as '2500.00'", "ein Betrag mit bis zu vier Nachkommastellen, wie '2500.00'"),
    "whole": ("a whole number", "eine ganze Zahl"),
    "finite": ("a finite number", "eine endliche Zahl"),
    "at_least": ("at least {bound}", "mindestens {bound}"),
    "above": ("more than {bound}", "größer als {bound}"),
    "at_most": ("at most {bound}", "höchstens {bound}"),
    "between": ("a number from {low} to {high}", "eine Zahl von {low} bis {high}"),
    "flag": ("true or false", "true oder false"),
    "one_of": ("one of {values}", "eines von {values}"),
    "five_counts": ("how many chose 1, 2, 3, 4 and 5", "wie viele 1, 2, 3, 4 und 5 wählten"),
    "just": ("{values}", "{values}"),
    "said": ("{expected_en}", "{expected_de}"),
    "version": ("three numbers such as 1.0.0", "drei Zahlen wie 1.0.0"),
    "rule_id": ("three capitals and three digits, such as ACM101", "drei Großbuchstaben und drei Ziffern, etwa ACM101"),
    "rule_name": (
        "small letters and digits, joined by '-', such as no-weekend-quota",
        "Kleinbuchstaben und Ziffern mit '-' dazwischen, etwa no-weekend-quota",
    ),
    "flaw": ("a name of small letters, digits and '_'", "ein Name aus Kleinbuchstaben, Ziffern und '_'"),
    "constant": ("a number, a text or true/false", "eine Zahl, ein Text oder true/false"),
    "day": ("a day written YYYY-MM-DD", "ein Tag in der Form JJJJ-MM-TT"),
    "instant": (
        "an instant such as 2026-11-22T05:30:51Z",
        "ein Zeitpunkt wie 2026-11-22T05:30:51Z",
    ),
    "list": ("a list", "eine Liste"),
    "pointer": ("a JSON Pointer such as /kpis/3/weight", "ein JSON-Pointer wie /kpis/3/weight"),
    "object": ("an object with members", "ein Objekt mit Feldern"),
    "object_of": ("an object with members such as {values}", "ein Objekt mit Feldern wie {values}"),
    "comparison": (
        "a comparison such as '>= 4.2', or a sentence that begins with a letter",
        "ein Vergleich wie '>= 4.2' oder ein Satz, der mit einem Buchstaben beginnt",
    ),
    "months": ("months", "Monate"),
    "days": ("days", "Tage"),
    "amounts": ("amounts in {currency}", "Beträge in {currency}"),
    "records": (
        "written as {values}, several separated by ';'",
        "wie {values} geschrieben und mehrere durch ';' getrennt",
    ),
    "json_value": (
        "a value: text in double quotes, a number, true, false, null, a list or an object",
        "ein Wert: Text in doppelten Anführungszeichen, eine Zahl, true, false, null, eine Liste oder ein Objekt",
    ),
    "json_name": ("the name of a member in double quotes", "der Name eines Felds in doppelten Anführungszeichen"),
    "json_colon": ("':' after the name", "':' nach dem Namen"),
    "json_next_member": ("',' or '}}'", "',' oder '}}'"),
    "json_next_item": ("',' or ']'", "',' oder ']'"),
    "json_end": ("nothing more", "nichts mehr"),
    "json_quote": ("the closing '\"' of the text", "das schließende '\"' des Textes"),
    "json_escape": (
        "an escape such as \\n, \\\" or \\u00e9",
        "eine Schreibweise wie \\n, \\\" oder \\u00e9",
    ),
}  # fmt: skip
"""What is expected → its words in English and German."""

WORDS: dict[str, tuple[str, str]] = {
    "gate": ("gate", "die Vorbedingung"),
    "modifier": ("modifier", "die Skalierung"),
}

REASONS: dict[str, tuple[str, str]] = {
    # YAML
    "colon_in_text": (
        "a ': ' where no member can begin; put a text that contains ': ' in quotes, or check how the lines are indented",
        "ein ': ', wo kein Feld beginnen kann; setzen Sie Text mit ': ' in Anführungszeichen oder prüfen Sie die Einrückung",
    ),
    "indented_otherwise": (
        "this does not continue what begins in line {line}; check how the lines are indented",
        "das setzt nicht fort, was in Zeile {line} beginnt; prüfen Sie die Einrückung",
    ),
    "dash_misplaced": (
        "a '-' cannot begin a list here; begin it in a line of its own",
        "hier kann kein '-' eine Liste beginnen; beginnen Sie sie in einer eigenen Zeile",
    ),
    "no_colon": (
        "the line has no ':' after the name of a member",
        "der Zeile fehlt der ':' nach dem Namen eines Felds",
    ),
    "list_not_closed": (
        "the list that begins in line {line} with '[' goes on here without ',' or ']'; put text that contains ',' or ':' in quotes",
        "die Liste, die in Zeile {line} mit '[' beginnt, geht hier ohne ',' oder ']' weiter; "
        "setzen Sie Text mit ',' oder ':' in Anführungszeichen",
    ),
    "object_not_closed": (
        "what begins in line {line} with '{{' goes on here without ',' or '}}'; put text that contains ',' or ':' in quotes",
        "was in Zeile {line} mit '{{' beginnt, geht hier ohne ',' oder '}}' weiter; setzen Sie Text mit ',' oder ':' in Anführungszeichen",
    ),
    "quote_not_closed": (
        "the quoted text that begins here does not end",
        "der Text in Anführungszeichen, der hier beginnt, endet nicht",
    ),
    "reserved_start": (
        "a text that begins with {character} must be in quotes",
        "Text, der mit {character} beginnt, muss in Anführungszeichen stehen",
    ),
    "anchor_name": (
        "'&' and '*' begin an anchor and an alias; put the text in quotes",
        "'&' und '*' leiten Anker und Alias ein; setzen Sie den Text in Anführungszeichen",
    ),
    "unknown_escape": (
        "a backslash within double quotes begins an escape, and this is none; use single quotes",
        "ein Backslash in doppelten Anführungszeichen leitet eine Umschreibung ein; nehmen Sie einfache Anführungszeichen",
    ),
    "block_text": (
        "nothing may follow '|' or '>' in its line",
        "auf '|' oder '>' darf in derselben Zeile nichts folgen",
    ),
    "nothing_here": (
        "a value is due here, and {character} begins none",
        "hier fehlt ein Wert, und {character} beginnt keinen",
    ),
    "text_after_end": (
        "something follows after the end of the document",
        "nach dem Ende des Dokuments steht noch etwas",
    ),
    "directive": (
        "a line that begins with '%' is a directive, and it is not read",
        "eine Zeile, die mit '%' beginnt, ist eine Direktive und wird nicht gelesen",
    ),
    "other_yaml": ("it says '{detail}'", "die Meldung ist '{detail}'"),
    # archives and workbooks
    "no_archive": ("the file is damaged or no ZIP archive", "die Datei ist beschädigt oder kein ZIP-Archiv"),
    "encrypted": (
        "it is protected by a password; save it without one",
        "sie ist durch ein Kennwort geschützt; speichern Sie sie ohne",
    ),
    "old_workbook": (
        "it is of the old kind (.xls) or protected by a password; save it as .xlsx without one",
        "sie ist von der alten Art (.xls) oder durch ein Kennwort geschützt; speichern Sie sie als .xlsx ohne Kennwort",
    ),
    "too_many_entries": ("it has more than {most} entries", "es hat mehr als {most} Einträge"),
    "unpacks_too_big": ("unpacked it has more than {most} bytes", "entpackt hat es mehr als {most} Bytes"),
    "packed_too_tight": (
        "the entry '{entry}' unpacks to more than {most} times its size",
        "der Eintrag '{entry}' ist entpackt mehr als {most}-mal so groß",
    ),
    "no_sheets": ("it has no sheets with values", "sie hat keine Blätter mit Werten"),
    "part_missing": ("its part '{entry}' is missing", "ihr Teil '{entry}' fehlt"),
    "part_malformed": ("its part '{entry}' is damaged", "ihr Teil '{entry}' ist beschädigt"),
    "too_many_elements": (
        "it has more than {most} rows and cells, empty ones counted",
        "sie hat mehr als {most} Zeilen und Zellen, leere mitgezählt",
    ),
    "document_type": (
        "its part '{entry}' declares a document type, which is not read",
        "ihr Teil '{entry}' deklariert einen Dokumenttyp; das wird nicht gelesen",
    ),
    # CSV
    "quote_in_cell": (
        "text follows the closing '\"' of a cell; write a '\"' within quotes twice",
        "auf das schließende '\"' einer Zelle folgt Text; schreiben Sie '\"' innerhalb doppelt",
    ),
    "cell_not_closed": (
        "the cell that begins with '\"' does not end",
        "die Zelle, die mit '\"' beginnt, endet nicht",
    ),
    "line_too_long": ("a line is longer than {most} characters", "eine Zeile hat mehr als {most} Zeichen"),
    "cell_too_long": ("a cell is longer than {most} characters", "eine Zelle hat mehr als {most} Zeichen"),
}  # fmt: skip
"""Why a file cannot be read → the words that stand for `{reason}`, in English and German."""

_SAID = ("{english}", "{german}")
"""Problems of rules bring their sentence (app.domain.rules.problem_words)."""

_NEAREST = ("; did you mean {nearest}?", "; meinten Sie {nearest}?")
_WANTED = ("; expected {expected}", "; erwartet wird {expected}")
_WHOLE_DOCUMENT = ("the document", "das Dokument")
_IN_LINE = ("in line {first_line}", "in Zeile {first_line}")
_IN_CELL = ("in cell {first_cell}", "in Zelle {first_cell}")
_AT = ("at {first}", "bei {first}")


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
        "reason": REASONS[values["reason"]][at].format_map(values) if "reason" in values else "",
        "where": _where(values)[at].format_map(values),
    }
    message = (_SAID if "english" in values else TEXTS[problem.code])[at].format_map(said)
    if problem.code == "missing" and expected:
        message += _WANTED[at].format(expected=expected)
    if problem.nearest is not None:
        message += _NEAREST[at].format(nearest=f"'{problem.nearest}'")
    return problem._replace(message=message, expected=expected)


def _where(values: Mapping[str, str]) -> tuple[str, str]:
    """How a message says where the first of two stands: by cell or line where the file is known, else by pointer."""
    if "first_cell" in values:
        return _IN_CELL
    if "first_line" in values:
        return _IN_LINE
    return _AT if "first" in values else ("", "")
