"""The assumptions of a business case in words: what each is, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.business_case import Basis
from app.domain.terms import Language

Said = tuple[str, str]
"""English and German."""


def told_assumption(key: str, language: Language, outcomes: Mapping[str, str] = MappingProxyType({})) -> str:
    """What an assumption is, by its key: `share.stay`. `outcomes`: their names by key, where they are known."""
    kind, _, name = key.partition(".")
    return _KINDS[kind][language == "de"].format(name=name if kind == "cost" else outcomes.get(name, name))


def told_basis(basis: Basis, language: Language) -> str:
    """Where an assumption comes from."""
    return _BASES[basis][language == "de"]


_KINDS: Mapping[str, Said] = {
    "worth": (
        "What the planned change of {name} is worth, taken as what it brings each year",
        "Was die geplante Änderung von {name} wert ist, genommen als das, was sie jedes Jahr bringt",
    ),
    "share": (
        "The share of that which conflicts keep from {name} today and the scenario sets free",
        "Der Anteil davon, den Konflikte {name} heute nehmen und das Szenario freigibt",
    ),
    "lag": (
        "Quarters until {name} begins to move, by the longest chain behind its conflicts",
        "Quartale, bis {name} sich zu bewegen beginnt, nach der längsten Kette hinter seinen Konflikten",
    ),
    "discount": ("Discount rate a year", "Zinssatz je Jahr"),
    "growth": (
        "Quarters in which a benefit grows to its full height",
        "Quartale, in denen ein Nutzen auf seine volle Höhe wächst",
    ),
    "cost": ("Cost: {name}", "Kosten: {name}"),
}

_BASES: Mapping[Basis, Said] = {
    "document": ("said in the document", "steht im Dokument"),
    "analysis": (
        "found by the analysis: value at stake before and after; strengths are judgement",
        "von der Analyse gefunden: Wert auf dem Spiel vorher und nachher; Stärken sind Urteil",
    ),
    "influences": (
        "lags of the influences in the catalogue, halved and doubled",
        "Verzögerungen der Einflüsse im Katalog, halbiert und verdoppelt",
    ),
    "given": ("said by whoever asked", "von dem gesagt, der gefragt hat"),
    "judgement": ("judgement, until somebody says better", "Urteil, bis es jemand besser weiß"),
}
