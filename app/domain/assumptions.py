"""What was assumed where a document leaves something open, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from app.domain.document import Document
from app.domain.phrases import capitalised, clean, count, listed, quoted
from app.domain.terms import Language

Details = Mapping[str, object]

MOST_NAMED = 5


def assumption(kind: str, details: Details, document: Document, language: Language) -> str:
    """One assumption as a sentence; an unknown kind is told by its name and details."""
    tell = _TELL.get(kind)
    if tell is None:
        return f"{kind}: {', '.join(f'{key} {value}' for key, value in sorted(details.items()))}."
    return tell(details, document, language)


def _default_outcomes(details: Details, document: Document, language: Language) -> str:
    if language == "de":
        return (
            "Das Dokument nennt keine Kundenergebnisse. Angenommen sind fünf übliche mit gleichem Gewicht: Zufriedenheit, Aufwand, "
            "Bindung, Vertrauen und das Erreichen des eigenen Ziels."
        )
    return (
        "The document states no customer outcomes. Five usual ones of equal weight are assumed: satisfaction, effort, retention, trust, "
        "and that customers achieve what they came for."
    )


def _weights_shared(details: Details, document: Document, language: Language) -> str:
    department = _department(details, document)
    number = _number(details, "kpis")
    if language == "de":
        kpis = count(number, "einen KPI", "KPIs", "de")
        rest = "bekommt er" if number == 1 else "teilen sie sich gleich"
        return f"Für {kpis} von {department} ist kein Gewicht angegeben; was übrig ist, {rest}."
    kpis = count(number, "one KPI", "KPIs", "en")
    return f"No weight is given for {kpis} of {department}: what is left {'goes to it' if number == 1 else 'is shared equally'}."


def _plans_added(details: Details, document: Document, language: Language) -> str:
    department, number = _department(details, document), _number(details, "plans")
    if language == "de":
        plans = count(number, "ein Anreizplan", "Anreizpläne", "de")
        return (
            f"{capitalised(plans)} von {department} nennen nicht alle ihre Kopfzahl; ihre Anteile an der Vergütung sind addiert, "
            "als bekäme jede Person alle."
        )
    plans = count(number, "one incentive plan", "incentive plans", "en")
    return f"Head counts are missing for {plans} of {department}: their shares of pay are added up, as if everybody had all of them."


def _kpis_not_in_force(details: Details, document: Document, language: Language) -> str:
    names = _names(details, "kpis", {k.key: k.name for k in document.kpis}, language)
    if language == "de":
        return f"Am {details.get('as_of')} nicht in Kraft und daher ausgelassen: {names}."
    return f"Left out because not in force on {details.get('as_of')}: {names}."


def _plans_not_in_force(details: Details, document: Document, language: Language) -> str:
    names = _names(details, "incentive_plans", {p.key: p.role or p.key for p in document.incentive_plans}, language)
    if language == "de":
        return f"Anreizpläne, die am {details.get('as_of')} nicht in Kraft sind, bleiben außer Betracht: {names}."
    return f"Incentive plans that are not in force on {details.get('as_of')} are left out: {names}."


def _findings_left_out(details: Details, document: Document, language: Language) -> str:
    told, left = _number(details, "told"), _number(details, "left_out")
    if language == "de":
        return f"Ausgeführt sind die {told} schwersten Befunde; {left} weitere sind gezählt, aber nicht ausgeführt."
    return f"The {told} gravest findings are told in full; {left} more are counted and not told."


_TELL: Mapping[str, Callable[[Details, Document, Language], str]] = {
    "default_outcomes": _default_outcomes,
    "weights_shared": _weights_shared,
    "plans_added": _plans_added,
    "kpis_not_in_force": _kpis_not_in_force,
    "plans_not_in_force": _plans_not_in_force,
    "findings_left_out": _findings_left_out,
}


def _department(details: Details, document: Document) -> str:
    key = details.get("department")
    return next((clean(d.name) for d in document.departments if d.key == key), str(key))


def _number(details: Details, name: str) -> int:
    value = details.get(name)
    return value if isinstance(value, int) else 0


def _names(details: Details, name: str, names: Mapping[str, str], language: Language) -> str:
    keys = details.get(name)
    listed_keys: Sequence[object] = keys if isinstance(keys, list | tuple) else ()
    named = [quoted(names.get(str(key), str(key)), language) for key in listed_keys]
    shown = named[:MOST_NAMED]
    beyond = len(named) - len(shown)
    if beyond:
        shown.append(f"{beyond} {'weitere' if language == 'de' else 'more'}")
    return listed(shown, language)
