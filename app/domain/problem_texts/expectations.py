"""What was expected where something is wrong."""

from __future__ import annotations

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
