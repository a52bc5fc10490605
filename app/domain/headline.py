"""The analysis in one or two sentences for a head of department."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.domain.findings import Finding, Resolution
from app.domain.phrases import clean, count, sentence
from app.domain.terms import Language

CONFLICTS = ("goal_conflict", "outcome_conflict", "internal_tension")
SERIOUS = ("high", "critical")


class LeftOut(NamedTuple):
    """How many findings are not in the report: `known` of them because only new ones were asked for, the others by settings."""

    known: int = 0
    by_settings: int = 0


NOTHING_LEFT_OUT = LeftOut()


def headline(
    findings: Sequence[Finding],
    departments: Mapping[str, str],
    resolutions: Sequence[Resolution],
    language: Language,
    *,
    goals: int,
    left_out: LeftOut = NOTHING_LEFT_OUT,
) -> str:
    """What was found, worst first, or the good news; then what could not be judged.

    `findings`: the open ones, worst first; `departments`: key → name; `goals`: KPIs and paid measures looked at.
    """
    if not goals:
        return _say(
            language,
            "There is nothing to judge: the document names no KPI and pays for nothing.",
            "Es gibt nichts zu beurteilen: Das Dokument nennt keinen KPI und bezahlt nichts.",
        )
    lost = sum(1 for r in resolutions if r.method == "unresolved")
    if lost == len(resolutions):
        return _say(
            language,
            "Nothing could be judged: none of the names in the document was understood.",
            "Nichts konnte beurteilt werden: Keiner der Namen im Dokument wurde verstanden.",
        )
    serious = [f for f in findings if f.kind in CONFLICTS and f.level in SERIOUS]
    if serious:
        verdict = f"{sentence(serious[0].title)}{_others(serious, departments, language)}"
    else:
        verdict = _worst_wanted(findings, left_out, language) if any(left_out) else _nothing_serious(findings, language)
    parts = (verdict, _left_out(left_out, language), _unjudged(resolutions, lost, language))
    return " ".join(part for part in parts if part)


def _nothing_serious(findings: Sequence[Finding], language: Language) -> str:
    """What can be said where no conflict is serious: the worst flaw, conflicts that are worth a talk, or the good news."""
    flaws = [f for f in findings if f.level in SERIOUS]
    medium = [f for f in findings if f.kind in CONFLICTS and f.level == "medium"]
    if flaws:
        start = _say(
            language,
            "No serious conflict was found, but pay is built in a risky way",
            "Es gibt keinen schweren Konflikt, aber die Vergütung ist riskant gebaut",
        )
        return f"{start}: {sentence(flaws[0].title)}"
    if medium:
        number = len(medium)
        start = _say(
            language,
            f"Nothing serious was found; {count(number, 'one conflict is', 'conflicts are', 'en')} worth a talk",
            f"Nichts Schweres wurde gefunden; {count(number, 'ein Konflikt ist', 'Konflikte sind', 'de')} ein Gespräch wert",
        )
        worst = _say(language, "" if number == 1 else "the first: ", "" if number == 1 else "zuerst dieser: ")
        return f"{start}{'; ' if worst else ': '}{worst}{sentence(medium[0].title)}"
    return _say(
        language,
        "Good news: no goal works hard against another or against what customers are owed.",
        "Gute Nachricht: Kein Ziel arbeitet ernsthaft gegen ein anderes oder gegen das, was Kunden zusteht.",
    )


def _worst_wanted(findings: Sequence[Finding], left_out: LeftOut, language: Language) -> str:
    """What can be said where some findings are left out: the worst of the others, if there is one."""
    if not left_out.by_settings:
        none = _say(language, "Nothing new was found.", "Es wurde nichts Neues gefunden.")
        first = _say(language, "The gravest of what is new", "Das Schwerste von dem, was neu ist")
    else:
        none = _say(
            language,
            "Nothing of what was asked for was found.",
            "Von dem, wonach gefragt war, wurde nichts gefunden.",
        )
        first = _say(language, "The gravest of what was asked for", "Das Schwerste von dem, wonach gefragt war")
    return f"{first}: {sentence(findings[0].title)}" if findings else none


def _left_out(numbers: LeftOut, language: Language) -> str:
    parts = []
    if known := numbers.known:
        parts.append(
            _say(
                language,
                f"{count(known, 'one known finding is', 'known findings are', 'en')} left out",
                f"{count(known, 'ein bekannter Befund ist', 'bekannte Befunde sind', 'de')} ausgelassen",
            )
        )
    if number := numbers.by_settings:
        parts.append(
            _say(
                language,
                f"{count(number, 'one finding is', 'findings are', 'en')} left out by the settings",
                f"{count(number, 'ein Befund ist', 'Befunde sind', 'de')} durch die Einstellungen ausgelassen",
            )
        )
    return sentence("; ".join(parts)) if parts else ""


def _others(serious: Sequence[Finding], departments: Mapping[str, str], language: Language) -> str:
    """How many conflicts are as grave, and where most of them begin."""
    if len(serious) == 1:
        return ""
    causes = Counter(f.departments[0] for f in serious if f.departments)
    most, caused = min(causes.items(), key=lambda c: (-c[1], c[0])) if causes else ("", 0)
    number = len(serious)
    name = clean(departments.get(most, most))
    if len(causes) == 1 or caused == number:
        return _say(
            language,
            f" It is the gravest of {number} serious conflicts, and all of them begin with {name}.",
            f" Das ist der schwerste von {number} ernsten Konflikten; alle gehen von {name} aus.",
        )
    if 2 * caused > number:
        return _say(
            language,
            f" It is the gravest of {number} serious conflicts, and {caused} of them begin with {name}.",
            f" Das ist der schwerste von {number} ernsten Konflikten; {caused} davon gehen von {name} aus.",
        )
    return _say(
        language,
        f" It is the gravest of {number} serious conflicts, which begin in {len(causes)} departments.",
        f" Das ist der schwerste von {number} ernsten Konflikten, die von {len(causes)} Abteilungen ausgehen.",
    )


def _unjudged(resolutions: Sequence[Resolution], lost: int, language: Language) -> str:
    by_kind = sum(1 for r in resolutions if r.method == "family")
    parts = []
    if lost:
        parts.append(
            _say(
                language,
                f"{count(lost, 'one name was', 'names were', 'en')} not understood and {'takes' if lost == 1 else 'take'} no part",
                f"{count(lost, 'ein Name wurde', 'Namen wurden', 'de')} nicht verstanden und "
                f"{'bleibt' if lost == 1 else 'bleiben'} außen vor",
            )
        )
    if 3 * by_kind >= len(resolutions):
        parts.append(
            _say(
                language,
                f"{by_kind} of {len(resolutions)} names could only be judged by their kind",
                f"{by_kind} von {len(resolutions)} Namen ließen sich nur nach ihrer Art beurteilen",
            )
        )
    return sentence("; ".join(parts)) if parts else ""


def _say(language: Language, english: str, german: str) -> str:
    return german if language == "de" else english
