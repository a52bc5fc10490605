"""What a workbook says about itself: how it is read, and what each column means."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.terms import Language
from app.exchange.columns import Column
from app.exchange.notes_in_german import GERMAN

NOTES: Mapping[Language, tuple[str, ...]] = {
    "en": (
        "A model document of Concord",
        "One sheet holds one list, one row one item. The first row of a sheet names its columns; what stands in brackets is a unit.",
        "Keys are small letters, digits, '.', '_' and '-'. They link the sheets: a KPI names its department by key, a component its plan.",
        "Several keys or names in one cell are separated by ';'. Empty cells mean: not known, or not given.",
        "Accelerators, tiers and places stand in one cell: above=1 multiplier=2; above=1.2 multiplier=3 retroactive=true",
        "Shares are numbers from 0 to 1; 40 % is read as 0.4. Formulas are not computed: paste their values.",
        "Imported again, a row changes the item with its key: an emptied cell empties the member, a row that is left out changes nothing.",
        "The weights of the components of one plan sum to 1. This sheet is not read.",
    ),
    "de": (
        "Ein Modelldokument von Concord",
        "Ein Blatt enthält eine Liste, eine Zeile einen Eintrag. Die erste Zeile nennt die Spalten; in Klammern steht die Einheit.",
        "Schlüssel sind Kleinbuchstaben, Ziffern, '.', '_' und '-'. Sie verbinden die Blätter: ein KPI nennt seine Abteilung mit dem "
        "Schlüssel, ein Bestandteil seinen Plan.",
        "Mehrere Schlüssel oder Namen in einer Zelle werden durch ';' getrennt. Leere Zellen bedeuten: nicht bekannt oder nicht angegeben.",
        "Beschleuniger, Staffeln und Ränge stehen in einer Zelle: above=1 multiplier=2; above=1.2 multiplier=3 retroactive=true",
        "Anteile sind Zahlen von 0 bis 1; 40 % wird als 0,4 gelesen. Formeln werden nicht berechnet: fügen Sie ihre Werte ein.",
        "Beim erneuten Import ändert eine Zeile den Eintrag mit ihrem Schlüssel: eine geleerte Zelle leert das Feld, eine fehlende Zeile "
        "ändert nichts.",
        "Die Gewichte der Bestandteile eines Plans ergeben 1. Dieses Blatt wird nicht gelesen.",
    ),
}
HEAD: Mapping[Language, tuple[str, ...]] = {
    "en": ("sheet", "column", "required", "meaning", "values"),
    "de": ("Blatt", "Spalte", "nötig", "Bedeutung", "Werte"),
}
YES: Mapping[Language, str] = {"en": "yes", "de": "ja"}

_UNITS = {
    "employees": "people", "headcount": "people", "customers.count": "customers", "lag_days": "days", "payout.threshold": "attainment",
    "payout.target": "attainment", "payout.cap": "× target pay", "payout.floor": "× target pay", "modifier.low": "× target pay",
    "modifier.high": "× target pay", "clawback.months": "months", "deferral.months": "months", "baseline": "in unit",
    "target": "in unit", "tolerance": "in unit",
}  # fmt: skip
_MONEY = frozenset({"target_total_pay", "value.amount"})
_FORMS = {"share": "0–1", "day": "YYYY-MM-DD"}


def unit_of(column: Column, currency: str) -> str | None:
    """What the numbers of a column are counted in."""
    if column.name in _MONEY:
        return currency
    return _UNITS.get(column.name) or _FORMS.get(column.member.form)


def described(column: Column, language: Language = "en") -> tuple[str, str]:
    """What a column means, and the values that it takes where they are few."""
    values = column.member.values or (("true", "false") if column.member.form == "flag" else ())
    sentence = column.member.sentence
    return GERMAN.get(sentence, sentence) if language == "de" else sentence, ", ".join(values)
