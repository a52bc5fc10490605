"""What figures about the customer base rest on, in words: every formula and assumption, with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.domain.customer_asset import Driver
from app.domain.lifetime_at_stake import Unvalued
from app.domain.terms import Language

Said = tuple[str, str]
"""English and German."""


class Assumption(NamedTuple):
    """An assumption, the formula that goes by it, if any, and the citations that it rests on; none for what is judgement."""

    key: str
    text: str
    formula: str | None = None
    citations: tuple[str, ...] = ()


def assumptions(language: Language) -> tuple[Assumption, ...]:
    """All of them, in the order in which figures are read."""
    return tuple(
        Assumption(key, said[language == "de"], formula, citations) for key, said, formula, citations in _ASSUMPTIONS
    )


def told_driver(driver: Driver, language: Language) -> str:
    """A driver by name."""
    return _DRIVERS[driver][language == "de"]


def told_unvalued(what: Unvalued, language: Language) -> str:
    """Why an outcome is not put in lifetime value."""
    return _UNVALUED[what][language == "de"]


_DRIVERS: Mapping[Driver, Said] = {
    "retention": ("Retention", "Kundenbindung"),
    "efficiency": ("Efficiency", "Effizienz"),
    "acquisition": ("Acquisition", "Neukundengewinnung"),
    "penetration": ("Penetration", "Ausschöpfung"),
}

_UNVALUED: Mapping[Unvalued, Said] = {
    "baseline": (
        "the document does not say where it stands today (`baseline`)",
        "das Dokument sagt nicht, wo es heute steht (`baseline`)",
    ),
    "target": (
        "the document does not say where it is to get to (`target`)",
        "das Dokument sagt nicht, wohin es kommen soll (`target`)",
    ),
    "unit": (
        "it is not counted in percent a year (`unit`)",
        "es wird nicht in Prozent je Jahr gezählt (`unit`)",
    ),
    "segment": (
        "its segment is not among those that are valued",
        "sein Segment ist nicht unter den bewerteten",
    ),
}

GUPTA_LEHMANN, BERGER_NASR = "gupta_lehmann2003", "berger_nasr1998"

_ASSUMPTIONS: tuple[tuple[str, Said, str | None, tuple[str, ...]], ...] = (
    (
        "lifetime_value",
        (
            "A customer is worth the margins that are still to come, weighed by the chance to stay and discounted; the first comes now.",
            "Ein Kunde ist die Deckungsbeiträge wert, die noch kommen, gewichtet mit der Wahrscheinlichkeit zu bleiben und abgezinst; der "
            "erste kommt jetzt.",
        ),
        "margin × (1 + retention ÷ (1 + discount − retention))",
        (GUPTA_LEHMANN,),
    ),
    (
        "constant",
        (
            "Margin, retention and discount stay as they are, year after year, and are the same for all customers of a segment.",
            "Deckungsbeitrag, Kundenbindung und Zinssatz bleiben Jahr für Jahr, wie sie sind, und sind für alle Kunden eines Segments "
            "gleich.",
        ),
        None,
        (GUPTA_LEHMANN, BERGER_NASR),
    ),
    (
        "within",
        (
            "What comes within five years after the first margin counts no margin later than that.",
            "Was binnen fünf Jahren nach dem ersten Deckungsbeitrag kommt, zählt keinen späteren.",
        ),
        "Σ margin × retention^t ÷ (1 + discount)^t, t = 0…5",
        (BERGER_NASR,),
    ),
    (
        "drivers",
        (
            "Retention is weighed by one more of a hundred customers who stay each year, the others by one percent: of what serving costs, "
            "of customers won at what winning costs, of margin. What it takes to get there is not counted.",
            "Kundenbindung zählt einen von hundert Kunden mehr, der jedes Jahr bleibt, die anderen ein Prozent: der Servicekosten, der "
            "gewonnenen Kunden zu dem, was Gewinnen kostet, des Deckungsbeitrags. Was es kostet, dorthin zu kommen, zählt nicht.",
        ),
        None,
        (),
    ),
    (
        "pressure",
        (
            "A driver is pushed by the goals whose metric belongs to it: KPIs by weight, pay by what hangs on it, as in every analysis.",
            "Ein Treiber wird von den Zielen gedrückt, deren Messgröße zu ihm gehört: KPIs nach Gewicht, Vergütung nach dem, was "
            "daran hängt, wie in jeder Analyse.",
        ),
        None,
        (),
    ),
    (
        "at_stake",
        (
            "What conflicts cost is the planned way of a retention rate times the share of it at stake: from the share of the push that "
            "arrives to the severity read as a share. Strengths are judgement; neither end was measured in money.",
            "Was Konflikte kosten, ist der geplante Weg einer Bindungsquote mal dem Anteil, der auf dem Spiel steht: vom Anteil des "
            "Drucks, der ankommt, bis zur Schwere als Anteil gelesen. Stärken sind Urteil; keines der Enden wurde in Geld gemessen.",
        ),
        None,
        (),
    ),
)
