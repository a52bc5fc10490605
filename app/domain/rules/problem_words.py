"""What is wrong with a rule, in German: the sentences of the checks by their English form, whose blanks are filled with the same words."""

from __future__ import annotations

import re
from functools import lru_cache

SENTENCES: tuple[tuple[str, str], ...] = (
    # what is wrong
    ("'{}' does not match", "'{}' trifft nicht zu"),
    ("'{}' leaves open {}", "'{}' lässt offen: {}"),
    ("'{}' matches", "'{}' trifft zu"),
    ("{} has no field '{}'", "{} hat kein Feld '{}'"),
    ("there is no fact kind '{}'", "die Tatsachenart '{}' gibt es nicht"),
    ("there is no '{}' to speak of", "ein '{}', von dem zu reden wäre, gibt es nicht"),
    ("'{}' stands outside a placeholder", "'{}' steht außerhalb eines Platzhalters"),
    ("'{}' has {} digits after the point", "'{}' hat {} Stellen nach dem Komma"),
    ("'{}' is free text, for messages only", "'{}' ist freier Text, nur für Meldungen"),
    ("'{}' is never missing", "'{}' fehlt nie"),
    ("'{}' never comes to {}", "'{}' wird nie {}"),
    ("'{}' cannot be {}", "'{}' kann nicht {} sein"),
    ("'{}' is a field of {}", "'{}' ist ein Feld von {}"),
    ("'{}' is no constant", "'{}' ist keine Konstante"),
    ("'{}' is no share of pay", "'{}' ist kein Anteil der Vergütung"),
    ("'{}' is no value of this field", "'{}' ist kein Wert dieses Felds"),
    ("'{}' has no meaning for {}", "'{}' hat hier keinen Sinn: {}"),
    ("'{}' means nothing here", "'{}' bedeutet hier nichts"),
    ("'{}' cannot stand here", "'{}' kann hier nicht stehen"),
    ("'{}' is no number", "'{}' ist keine Zahl"),
    ("longer than {} characters", "länger als {} Zeichen"),
    ("more than {} parts", "mehr als {} Teile"),
    ("nested deeper than {}", "tiefer als {} verschachtelt"),
    ("no value of this field has '{}'", "kein Wert dieses Felds hat '{}'"),
    ("nothing uses '{}'", "nichts verwendet '{}'"),
    ("the escape {} means nothing", "die Umschreibung {} bedeutet nichts"),
    ("the list mixes {} and {}", "die Liste mischt: {} und {}"),
    ("the text holds {}", "der Text enthält {}"),
    ("there is no '.{}'", "es gibt kein '.{}'"),
    ("there is no function '{}'", "es gibt keine Funktion '{}'"),
    ("this product has {} digits after the point", "dieses Produkt hat {} Stellen nach dem Komma"),
    ("{} is compared with {}", "verglichen werden {} und {}"),
    ("{} is looked for among {}", "{} wird gesucht, zur Wahl steht: {}"),
    ("{} is looked for in a list", "{} wird in einer Liste gesucht"),
    ("{} reads a text, this is {}", "{} liest einen Text, dies ist {}"),
    ("{} looks for a text", "{} sucht einen Text"),
    ("a list of words is not compared", "eine Wortliste wird nicht verglichen"),
    ("a standard severity starts from a base", "eine Standardschwere geht von einer Grundschwere aus"),
    ("both sides are the same", "beide Seiten sind gleich"),
    ("comparisons do not chain", "Vergleiche lassen sich nicht verketten"),
    ("it ends too early", "es endet zu früh"),
    ("its opposite stands here already", "das Gegenteil steht schon hier"),
    ("nothing is divided by 0", "durch 0 wird nicht geteilt"),
    ("null is no value of a list", "null ist kein Wert einer Liste"),
    ("only a field can be missing", "nur ein Feld kann fehlen"),
    ("the list is empty", "die Liste ist leer"),
    ("the severity does not use a base", "die Schwere verwendet keine Grundschwere"),
    ("the two fields have no value in common", "die beiden Felder haben keinen Wert gemeinsam"),
    ("there is nothing here", "hier steht nichts"),
    ("this comparison reads no field", "dieser Vergleich liest kein Feld"),
    ("this is no part of the condition", "das ist kein Teil der Bedingung"),
    ("this number has too many digits", "diese Zahl hat zu viele Stellen"),
    ("this reads no field", "das liest kein Feld"),
    ("this stands here already", "das steht schon hier"),
    ("this text is not closed", "dieser Text ist nicht geschlossen"),
    ("this is {}", "dies ist {}"),
    ("there is no citation '{}'", "die Quelle '{}' gibt es nicht"),
    ("there is no remedy '{}'", "die Maßnahme '{}' gibt es nicht"),
    ("ids that begin with {} belong to built-in rules", "Kennungen, die mit {} beginnen, gehören eingebauten Regeln"),
    ("the pack '{}' is built in", "das Paket '{}' ist eingebaut"),
    ("examples are missing: {} of {}", "Beispiele fehlen: {} von {}"),
    ("rule {} is in the pack twice", "die Regel {} steht zweimal im Paket"),
    ("the rule names the pack '{}'", "die Regel nennt das Paket '{}'"),
    ("there is no parameter '{}'", "den Parameter '{}' gibt es nicht"),
    # what was expected
    ("'&&' between two", "'&&' zwischen zweien"),
    ("'== null' beside it", "'== null' daneben"),
    ("== null or != null", "== null oder != null"),
    ("== or !=", "== oder !="),
    ("a condition on its value", "eine Bedingung für seinen Wert"),
    ("a condition that rows can differ in", "eine Bedingung, in der sich Zeilen unterscheiden können"),
    ("conditions that rows can differ in", "Bedingungen, in denen sich Zeilen unterscheiden können"),
    ("a condition", "eine Bedingung"),
    ("a field before 'in'", "ein Feld vor 'in'"),
    ("a field on one side", "ein Feld auf einer Seite"),
    ("a field or a parameter", "ein Feld oder ein Parameter"),
    ("a field or a subject", "ein Feld oder ein Gegenstand"),
    ("a field; the language has no functions", "ein Feld; die Sprache hat keine Funktionen"),
    ("a field", "ein Feld"),
    ("fields with common values", "Felder mit gemeinsamen Werten"),
    ("a flatter condition", "eine flachere Bedingung"),
    ("a name or a value", "ein Name oder ein Wert"),
    ("a number up to {}", "eine Zahl bis {}"),
    ("a number, a text or a word", "eine Zahl, ein Text oder ein Wort"),
    ("a number, a text or true/false", "eine Zahl, ein Text oder true/false"),
    ("a parameter that is used", "ein Parameter, der verwendet wird"),
    ("a part, as it is written there", "ein Teil, wie er dort geschrieben ist"),
    ("a placeholder such as {}", "ein Platzhalter wie {}"),
    ("a shorter one", "eine kürzere"),
    ("a simpler condition", "eine einfachere Bedingung"),
    ("a text, such as {}", "ein Text wie {}"),
    ("a closing {} on the same line", "ein schließendes {} in derselben Zeile"),
    ("a value with at most {}", "ein Wert mit höchstens {}"),
    ("an operator or the end", "ein Operator oder das Ende"),
    ("an operator, a name or a value", "ein Operator, ein Name oder ein Wert"),
    ("another divisor", "ein anderer Teiler"),
    ("another field", "ein anderes Feld"),
    ("another name", "ein anderer Name"),
    ("at least one value", "mindestens ein Wert"),
    ("at most {} digits before and {} after the point", "höchstens {} Stellen vor und {} nach dem Komma"),
    ("at most {}", "höchstens {}"),
    ("characters that can be seen", "sichtbare Zeichen"),
    ("constants only", "nur Konstanten"),
    ("contains, as in {}", "contains, wie in {}"),
    ("digits, such as {} or {}", "Ziffern, etwa {} oder {}"),
    ("each condition once", "jede Bedingung einmal"),
    ("each part once", "jeder Teil einmal"),
    ("facts on which it does not hold", "Tatsachen, auf die sie nicht zutrifft"),
    ("facts on which the condition holds", "Tatsachen, auf die die Bedingung zutrifft"),
    ("no base", "keine Grundschwere"),
    ("these facts, or null", "diese Tatsachen, oder null"),
    ("two different sides", "zwei verschiedene Seiten"),
    ("one that is not used by built-in rules", "eine, die eingebaute Regeln nicht verwenden"),
    ("a pack of your own", "ein eigenes Paket"),
    ("a citation, or a source in words", "eine Quelle des Katalogs, oder eine in Worten"),
    ("a remedy", "eine Maßnahme"),
    ("a parameter of the rule", "ein Parameter der Regel"),
    ("at least {} that match and {} that stay silent", "mindestens {}, die zutreffen, und {}, die still bleiben"),
    ("{}, or null", "{}, oder null"),
    ("a whole number from {} to {}", "eine ganze Zahl von {} bis {}"),
    ("a whole number from {}", "eine ganze Zahl ab {}"),
    ("a whole number", "eine ganze Zahl"),
    ("a number from {} to {}", "eine Zahl von {} bis {}"),
    ("a number from {}", "eine Zahl ab {}"),
    ("a number", "eine Zahl"),
    ("a text", "ein Text"),
    ("a yes/no", "ein Ja/Nein"),
    ("one of a list of words", "eines aus einer Wortliste"),
    ("a list of words", "eine Wortliste"),
    ("unknown", "unbekannt"),
    ("true or false", "true oder false"),
    ("{} to {}", "{} bis {}"),
)  # fmt: skip
"""English → German; `{}` stands for what is filled in, in the same order. The first that fits is taken."""


@lru_cache(maxsize=512)
def in_german(said: str) -> str:
    """A sentence of the checks in German; what is no sentence (a word, a sign, a list of names) stays as it is."""
    for pattern, german in _patterns():
        match = pattern.fullmatch(said)
        if match is not None:
            return german.format(*(in_german(one) if one in _NOUNS else one for one in match.groups()))
    return said


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile("(.*?)".join(map(re.escape, english.split("{}"))), re.DOTALL), german)
        for english, german in SENTENCES
    )


_NOUNS = frozenset(
    {"a yes/no", "a number", "a text", "one of a list of words", "a list of words", "a whole number", "true or false"}
)
"""What a blank may hold that is itself said in words."""
