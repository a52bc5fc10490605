"""What may be wrong with one value, or with a list of them, wherever it stands."""

from __future__ import annotations

MUST = ("{member} must be {expected}, not {found}", "{member} muss {expected} sein, nicht {found}")

TEXTS: dict[str, tuple[str, str]] = {
    # one value
    "missing": ("{member} is missing", "{member} fehlt"),
    "unknown_member": ("{member} is not known here", "{member} ist hier nicht bekannt"),
    "wrong_type": MUST,
    "bad_form": MUST,
    "not_one_of": MUST,
    "too_small": MUST,
    "too_large": MUST,
    "not_finite": MUST,
    "not_a_day": MUST,
    "not_an_instant": MUST,
    "bad_value": MUST,
    "empty": ("{member} is empty", "{member} ist leer"),
    "too_long": ("{member} is longer than {most} characters", "{member} hat mehr als {most} Zeichen"),
    "bad_character": (
        "{member} contains the character {character}, which files cannot carry",
        "{member} enthält das Zeichen {character}, das Dateien nicht tragen können",
    ),
    "range_falls": (
        "{member}: low ≤ likely ≤ high does not hold for {found}",
        "{member}: low ≤ likely ≤ high gilt nicht für {found}",
    ),
    # lists
    "too_many": (
        "{member} has {count} entries; at most {most} are read, so that every analysis ends in good time",
        "{member} hat {count} Einträge; höchstens {most} werden gelesen, damit jede Analyse rechtzeitig endet",
    ),
    "too_many_at_once": (
        "{member} has {count} entries; at most {most} are written at once",
        "{member} hat {count} Einträge; höchstens {most} werden auf einmal geschrieben",
    ),
    "duplicate_key": (
        "the key {found} is taken already, {where}",
        "der Schlüssel {found} ist schon vergeben, {where}",
    ),
    "duplicate_item": ("{found} is listed twice", "{found} steht zweimal in der Liste"),
}
"""Code → sentence in English and German."""
