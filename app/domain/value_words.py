"""What a value at stake rests on, in words: each assumption, and what the document would have to say where no money can be named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from app.domain.document import Document, Outcome
from app.domain.phrases import number, quoted
from app.domain.terms import Language
from app.domain.value_at_stake import Lacking, OutcomeValue, ValueAtStake

_LACKING: Mapping[Lacking, tuple[str, str]] = {
    "value": (
        "the document does not say what a change of it is worth (`value`)",
        "das Dokument sagt nicht, was eine Änderung wert ist (`value`)",
    ),
    "currency": (
        "the document names no currency (`organization.currency`)",
        "das Dokument nennt keine Währung (`organization.currency`)",
    ),
    "baseline": (
        "the document does not say where it stands today (`baseline`)",
        "das Dokument sagt nicht, wo es heute steht (`baseline`)",
    ),
    "target": (
        "the document does not say where it is to get to (`target`)",
        "das Dokument sagt nicht, wohin es kommen soll (`target`)",
    ),
    "unit": (
        "the unit of its value fits neither its own, percentage points, nor customers (`value.unit`)",
        "die Einheit des Werts passt weder zu seiner eigenen noch zu Prozentpunkten oder Kunden (`value.unit`)",
    ),
    "customers": (
        "the document does not say how many customers there are (`organization.customers.count`)",
        "das Dokument sagt nicht, wie viele Kunden es gibt (`organization.customers.count`)",
    ),
    "segment": (
        "the document does not say which share of customers its segment has (`segments[].share`)",
        "das Dokument sagt nicht, welchen Anteil der Kunden sein Segment hat (`segments[].share`)",
    ),
}


def tell_assumptions(value: ValueAtStake, document: Document, language: Language) -> tuple[str, ...]:
    """Every assumption behind the amounts; none where there is no amount."""
    if not value.outcomes:
        return ()
    outcomes = {outcome.key: outcome for outcome in document.outcomes}
    worths = [_worth(one, outcomes[one.outcome], value.currency or "", language) for one in value.outcomes]
    return (*worths, *_COMMON[language])


def tell_lacking(lacking: Sequence[tuple[str, Lacking]], document: Document, language: Language) -> tuple[str, ...]:
    """For each outcome of which no money can be named what is not known."""
    names = {outcome.key: quoted(outcome.name, language) for outcome in document.outcomes}
    return tuple(f"{names[key]}: {_LACKING[what][language == 'de']}." for key, what in lacking)


def told_lacking(what: Lacking, language: Language) -> str:
    """What the document does not say of an outcome."""
    return _LACKING[what][language == "de"]


_COMMON: Mapping[Language, tuple[str, ...]] = {
    "en": (
        "At stake is the planned improvement and no more; what has been reached already is not counted.",
        "The lower end is the share of the push that arrives at the outcome, the upper end the severity read as a share. Strengths of "
        "influences are classes of judgement: neither end was measured in money.",
        "Findings on one outcome overlap, so amounts are not to be added up: the sum begins where the worst of them does alone, and ends "
        "where each takes from what the others leave.",
        "Findings of low level are left out.",
    ),
    "de": (
        "Auf dem Spiel steht die geplante Verbesserung und nicht mehr; was schon erreicht ist, zählt nicht.",
        "Das untere Ende ist der Anteil des Drucks, der beim Ergebnis ankommt, das obere die Schwere als Anteil gelesen. Stärken von "
        "Einflüssen sind Klassen eines Urteils: Keines der Enden wurde in Geld gemessen.",
        "Befunde zu einem Ergebnis überschneiden sich, die Beträge sind also nicht zu addieren: Die Summe beginnt, wo der schwerste allein "
        "beginnt, und endet, wo jeder von dem nimmt, was die anderen lassen.",
        "Befunde der Stufe gering bleiben außer Betracht.",
    ),
}


def _worth(value: OutcomeValue, outcome: Outcome, currency: str, language: Language) -> str:
    """What is taken from the document, and for how much."""
    assert outcome.value is not None and outcome.baseline is not None and outcome.target is not None
    german = language == "de"
    way = [number(end, language, 0 if float(end).is_integer() else 2) for end in (outcome.baseline, outcome.target)]
    unit = f" {outcome.unit}" if outcome.unit else ""
    price = f"{_amount(Decimal(str(outcome.value.amount)), language)} {currency}"
    per = number(outcome.value.per, language, 0 if outcome.value.per.is_integer() else 2)
    of = outcome.value.unit or outcome.unit or ("Punkt" if german else "point")
    worth = f"{_amount(value.worth, language)} {currency}"
    counted = ""
    if value.customers is not None:
        heads = _amount(value.customers, language)
        counted = f", {heads} Kunden" if german else f", {heads} customers"
    if german:
        return (
            f"{quoted(outcome.name, language)} von {way[0]} auf {way[1]}{unit} zu bringen ist {worth} wert: {price} je {per} {of}"
            f"{counted}, wie es im Dokument steht, für jeden Schritt gleich viel."
        )
    return (
        f"Bringing {quoted(outcome.name, language)} from {way[0]} to {way[1]}{unit} is worth {worth}: {price} for each {per} {of}"
        f"{counted}, as the document says, for every step alike."
    )


def _amount(value: Decimal, language: Language) -> str:
    said = f"{value:,.0f}"
    return said.replace(",", ".") if language == "de" else said
