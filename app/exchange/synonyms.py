"""Words that people write over sheets and columns instead of the members' names, in English and German."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from app.domain.terms import Language

NOTES: Final = frozenset(
    {
        "notes",
        "note",
        "readme",
        "read_me",
        "hinweise",
        "anleitung",
        "lies_mich",
        "legend",
        "legende",
        "glossary",
        "export_summary",
        "exportzusammenfassung",
    }
)
"""Sheets that are for people and are not read."""

REMARKS: Final = frozenset({
    "note", "notes", "comment", "comments", "remark", "remarks", "notiz", "notizen", "kommentar", "kommentare", "bemerkung",
    "bemerkungen", "anmerkung", "anmerkungen", "hinweis", "hinweise", "no", "nr", "lfd_nr", "row", "zeile", "last_updated", "stand",
})  # fmt: skip
"""Columns that are for people and are not read."""

_SHEETS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "organisation": "organization", "company": "organization", "segment": "segments", "customer_segments": "segments",
        "department": "departments", "business_units": "departments", "outcome": "outcomes", "customer_outcomes": "outcomes",
        "kpi": "kpis", "goals": "kpis", "incentive_plan": "incentive_plans", "incentives": "incentive_plans", "plans": "incentive_plans",
        "plan": "incentive_plans", "bonus_plans": "incentive_plans", "component": "components", "plan_components": "components",
        "metric": "metrics", "influence": "influences", "suppression": "suppressions", "parameter": "parameters",
    },
    "de": {
        "unternehmen": "organization", "firma": "organization", "kundensegmente": "segments", "segmente": "segments",
        "abteilungen": "departments", "bereiche": "departments", "kundenergebnisse": "outcomes", "ergebnisse": "outcomes",
        "kennzahlen": "kpis", "ziele": "kpis", "vergütungspläne": "incentive_plans", "pläne": "incentive_plans",
        "bonuspläne": "incentive_plans", "bestandteile": "components", "komponenten": "components", "steuerung": "governance",
        "verantwortung": "governance", "metriken": "metrics", "einflüsse": "influences", "ausnahmen": "suppressions",
    },
}  # fmt: skip

_COLUMNS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "id": "key", "kpi_name": "name", "title": "name", "department": "department name", "dept": "department name",
        "business_unit": "department name", "customers": "customers.count", "customer_count": "customers.count", "fte": "headcount",
        "kpi": "kpi name", "weighting": "weight", "actual": "baseline", "current": "baseline",
        "shared": "shared_with", "time_horizon": "horizon", "responsible": "owner",
        "valid_from": "effective.from", "effective_date": "effective.from", "start_date": "effective.from", "job_title": "role",
        "pay_period": "period", "pay_frequency": "period", "payout_frequency": "period",
        "variable_share": "target_variable_pay_share", "variable_pay_share": "target_variable_pay_share",
        "ote": "target_total_pay", "on_target_earnings": "target_total_pay",
        "plan": "incentive_plan key", "plan_key": "incentive_plan key", "plan_name": "incentive_plan role",
        "payout": "payout.kind", "payout_type": "payout.kind", "payout_curve": "payout.kind", "max_payout": "payout.cap",
        "accelerator": "payout.accelerators", "gate": "gate.kpi", "modifier": "modifier.kpi", "clawback": "clawback.months",
        "deferral": "deferral.months",
    },
    "de": {
        "schlüssel": "key", "kürzel": "key", "bezeichnung": "name", "abteilung": "department name", "bereich": "department name",
        "funktion": "function", "branche": "industry", "währung": "currency", "kunden": "customers.count",
        "mitarbeiter": "headcount employees", "mitarbeitende": "headcount employees", "leitung": "lead", "leiter": "lead",
        "gehört_zu": "parent", "metrik": "metric", "umgekehrt": "inverted", "familie": "family", "richtung": "direction",
        "gewicht": "weight", "gewichtung": "weight", "einheit": "unit", "ausgangswert": "baseline", "basiswert": "baseline",
        "istwert": "baseline", "ist": "baseline", "ziel": "target", "zielwert": "target", "sollwert": "target", "soll": "target",
        "toleranz": "tolerance", "kundensegment": "segment", "horizont": "horizon", "zeithorizont": "horizon",
        "verantwortlich": "owner", "verantwortlicher": "owner", "geteilt_mit": "shared_with", "gültig_ab": "effective.from",
        "rolle": "role", "funktionsbezeichnung": "role", "zeitraum": "period", "auszahlung": "period", "auszahlungsrhythmus": "period",
        "variabler_anteil": "target_variable_pay_share",
        "zieleinkommen": "target_total_pay", "zielgehalt": "target_total_pay", "entworfen_von": "designed_by",
        "genehmigt_von": "approved_by", "vergütungsplan": "incentive_plan key", "bonusplan": "incentive_plan key",
        "kennzahl": "kpi name", "messgröße": "measure", "auszahlungsart": "payout.kind", "schwelle": "payout.threshold",
        "schwellenwert": "payout.threshold", "obergrenze": "payout.cap", "deckel": "payout.cap", "staffel": "payout.tiers",
        "beschleuniger": "payout.accelerators", "vorbedingung": "gate.kpi", "rückforderung": "clawback.months",
        "strafen": "penalties", "sanktionen": "penalties", "beeinflussbar": "controllable",
    },
}  # fmt: skip
"""Heading → the columns that it can stand for, the likeliest first; the sheet decides which of them it has."""


def folded(heading: str) -> str:
    """A heading without what people write in different ways: case, blanks, signs between words, umlauts."""
    spelt = heading.casefold().translate(_SPELT)
    return "".join(letter for letter in spelt if letter.isalnum())


_SPELT = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue"}


def _by_folding(words: Mapping[Language, Mapping[str, str]]) -> Iterator[tuple[str, tuple[tuple[str, ...], Language]]]:
    for language, meanings in words.items():
        for word, names in meanings.items():
            yield folded(word), (tuple(names.split()), language)


SHEET_WORDS: Final = dict(_by_folding(_SHEETS))
COLUMN_WORDS: Final = dict(_by_folding(_COLUMNS))
"""Folded word → the names that it can stand for, and its language."""

FOLDED_NOTES: Final = frozenset(map(folded, NOTES))
FOLDED_REMARKS: Final = frozenset(map(folded, REMARKS))
