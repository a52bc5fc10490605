"""Remarks on a set of rules in sentences, English and German."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.rule_sets.remarks import How, Remark
from app.domain.rules.said import said_value
from app.domain.rules.schema import FactKind
from app.domain.terms import Language, Level

_SAID: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "never_fires": "{rule} can never fire: no facts meet its condition",
        "not_here": "{rule} can never fire here: nothing in this organization has the words that it asks of {fields}",
        "always_fires": "{rule} fires wherever it can be judged: no facts fail its condition",
        "never_assessable": "{rule} cannot fire here: nothing in the document tells {fields}",
        "covered": "{rule} says nothing new: wherever it fires, {other} fires, too",
        "same": "{rule} and {other} report exactly the same",
        "overlap": "{rule} and {other} report the same at different levels: {first} and {second}",
        "at": "for example with {facts}",
        "quoted": "“{}”",
        "reasoning": "by reasoning",
        "sampling": "by sampling",
    },
    "de": {
        "never_fires": "{rule} kann nie anschlagen: Keine Fakten erfüllen die Bedingung",
        "not_here": "{rule} kann hier nie anschlagen: Nichts in dieser Organisation hat die Wörter, nach denen bei {fields} gefragt wird",
        "always_fires": "{rule} schlägt überall an, wo sich urteilen lässt: Keine Fakten verfehlen die Bedingung",
        "never_assessable": "{rule} kann hier nicht anschlagen: Nichts im Dokument verrät {fields}",
        "covered": "{rule} sagt nichts Neues: Wo immer die Regel anschlägt, schlägt auch {other} an",
        "same": "{rule} und {other} melden genau dasselbe",
        "overlap": "{rule} und {other} melden dasselbe mit verschiedener Stufe: {first} und {second}",
        "at": "zum Beispiel mit {facts}",
        "quoted": "„{}“",
        "reasoning": "durch Schließen",
        "sampling": "durch Stichproben",
    },
}  # fmt: skip

_LEVELS: Mapping[Language, Mapping[Level, str]] = {
    "en": {"low": "low", "medium": "medium", "high": "high", "critical": "critical"},
    "de": {"low": "niedrig", "medium": "mittel", "high": "hoch", "critical": "kritisch"},
}


def found_by(how: How, language: Language) -> str:
    """How a remark was found."""
    return _SAID[language][how]


def told(remark: Remark, kind: FactKind, language: Language) -> str:
    """A remark as a sentence without full stop; `kind`: what its rule reads."""
    said = _SAID[language]
    first, second = (_LEVELS[language][level] for level in remark.levels) if remark.levels else ("", "")
    fields = ", ".join(said["quoted"].format(kind.fields[name].labels[language]) for name in remark.fields)
    sentence = said["same" if remark.same else remark.kind].format(
        rule=remark.rule, other=remark.other, fields=fields, first=first, second=second
    )
    if remark.row is None:
        return sentence
    facts = "; ".join(_fact(kind, name, value, language) for name, value in remark.row.items())
    return f"{sentence}, {said['at'].format(facts=facts)}"


def _fact(kind: FactKind, name: str, value: object, language: Language) -> str:
    field = kind.fields[name]
    shown = said_value(field, value, language)
    return shown if field.type == "bool" and value is not None else f"{field.labels[language]} {shown}"
