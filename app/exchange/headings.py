"""Headings and names of sheets as people write them → columns and lists, in English and German."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from app.exchange.columns import SHEETS, columns_of

_UNIT = re.compile(r"\s*[\[(][^\])]*[\])]\s*$")
_LONGEST = 200
_BETWEEN = re.compile(r"[\s_/-]+")

NOTES = frozenset({"notes", "note", "readme", "read_me", "hinweise", "anleitung", "lies_mich"})
"""Sheets that are for people and are not read."""

_SHEET_WORDS = {
    "organisation": "organization", "company": "organization", "unternehmen": "organization", "firma": "organization",
    "segment": "segments", "customer_segments": "segments", "kundensegmente": "segments", "segmente": "segments",
    "department": "departments", "abteilungen": "departments", "bereiche": "departments",
    "outcome": "outcomes", "customer_outcomes": "outcomes", "kundenergebnisse": "outcomes", "ergebnisse": "outcomes",
    "kpi": "kpis", "kennzahlen": "kpis", "ziele": "kpis", "goals": "kpis",
    "incentive_plan": "incentive_plans", "incentives": "incentive_plans", "plans": "incentive_plans", "plan": "incentive_plans",
    "vergütungspläne": "incentive_plans", "pläne": "incentive_plans", "bonuspläne": "incentive_plans",
    "component": "components", "plan_components": "components", "bestandteile": "components", "komponenten": "components",
    "steuerung": "governance", "verantwortung": "governance",
    "metric": "metrics", "metriken": "metrics", "influence": "influences", "einflüsse": "influences",
    "suppression": "suppressions", "ausnahmen": "suppressions", "parameter": "parameters",
}  # fmt: skip
_WORDS = {
    "id": "key", "schlüssel": "key", "kürzel": "key", "bezeichnung": "name", "kpi_name": "name",
    "abteilung": "department", "bereich": "department", "dept": "department", "funktion": "function",
    "branche": "industry", "währung": "currency", "employees": "employees", "customers": "customers.count",
    "kunden": "customers.count", "customer_count": "customers.count", "headcount": "headcount", "fte": "headcount",
    "mitarbeiter": "headcount", "mitarbeitende": "headcount", "leitung": "lead", "leiter": "lead", "gehört_zu": "parent",
    "metrik": "metric", "umgekehrt": "inverted", "familie": "family", "richtung": "direction",
    "gewicht": "weight", "gewichtung": "weight", "weighting": "weight", "einheit": "unit",
    "ausgangswert": "baseline", "basiswert": "baseline", "istwert": "baseline", "actual": "baseline", "current": "baseline",
    "ziel": "target", "zielwert": "target", "sollwert": "target", "toleranz": "tolerance", "kundensegment": "segment",
    "horizont": "horizon", "zeithorizont": "horizon", "verantwortlich": "owner", "geteilt_mit": "shared_with",
    "shared": "shared_with", "gültig_ab": "effective.from", "valid_from": "effective.from", "effective_date": "effective.from",
    "rolle": "role", "zeitraum": "period", "pay_period": "period", "pay_frequency": "period", "auszahlung": "period",
    "variabler_anteil": "target_variable_pay_share", "variable_share": "target_variable_pay_share",
    "variable_pay_share": "target_variable_pay_share", "zieleinkommen": "target_total_pay", "zielgehalt": "target_total_pay",
    "ote": "target_total_pay", "on_target_earnings": "target_total_pay", "entworfen_von": "designed_by",
    "genehmigt_von": "approved_by", "plan": "incentive_plan", "plan_key": "incentive_plan", "plan_name": "incentive_plan",
    "vergütungsplan": "incentive_plan", "bonusplan": "incentive_plan", "kennzahl": "kpi", "messgröße": "measure",
    "auszahlungsart": "payout.kind", "payout": "payout.kind", "payout_type": "payout.kind", "schwelle": "payout.threshold",
    "schwellenwert": "payout.threshold", "obergrenze": "payout.cap", "deckel": "payout.cap", "staffel": "payout.tiers",
    "beschleuniger": "payout.accelerators", "accelerator": "payout.accelerators", "gate": "gate.kpi",
    "vorbedingung": "gate.kpi", "modifier": "modifier.kpi", "clawback": "clawback.months", "rückforderung": "clawback.months",
    "deferral": "deferral.months", "strafen": "penalties", "sanktionen": "penalties", "beeinflussbar": "controllable",
}  # fmt: skip


def list_of(sheet: str) -> str | None:
    """The list that a sheet of this name holds, `notes` for one that is not read, None where the name is not known."""
    name = plain(sheet)
    if name in NOTES:
        return "notes"
    return name if name in SHEETS else _SHEET_WORDS.get(name)


def column_of(heading: str, sheet: str) -> str | None:
    """The column of a sheet that a heading names; None where it names none."""
    return named(heading, columns_of(sheet))


def named(heading: str, columns: Mapping[str, object]) -> str | None:
    """The one of these columns that a heading names: as written, in another word for it, or by its last part alone."""
    found = next((word for word in heading_words(heading) if word in columns), None)
    return found or _only(column for column in columns if column.rpartition(".")[2] == plain(heading))


def heading_words(heading: str) -> tuple[str, ...]:
    """A heading as it is written, and the name of the member that it is another word for."""
    name = plain(heading)
    return (name, _WORDS[name]) if name in _WORDS else (name,)


def plain(heading: str) -> str:
    """A heading in small letters, without a unit in brackets, words joined by `_`."""
    return _BETWEEN.sub("_", _UNIT.sub("", heading[:_LONGEST].strip()).casefold()).strip("_")


def _only(found: Iterable[str]) -> str | None:
    first, *others = [*found, None]
    return first if others == [None] else None
