"""What may be wrong with a file: its text, its sheets, or the archive that it is."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # the text itself
    "empty_document": ("there is nothing in the document", "das Dokument ist leer"),
    "not_a_document": (
        "this is not a document: YAML, JSON, a workbook (XLSX) or the CSV files of one are read",
        "das ist kein Dokument: gelesen werden YAML, JSON, eine Arbeitsmappe (XLSX) oder deren CSV-Dateien",
    ),
    "not_a_baseline": (
        "this is no baseline: it does not say 'concord_baseline': 1",
        "das ist keine Basislinie: 'concord_baseline': 1 fehlt",
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
    "malformed_toml": ("this is not TOML: {said}", "das ist kein TOML: {said}"),
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
    "malformed_csv": ("this is not CSV: {reason}", "das ist kein CSV: {reason}"),
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
}  # fmt: skip
"""Code → sentence in English and German."""

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
