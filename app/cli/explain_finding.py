"""`concord explain FINGERPRINT FILE`: one finding of a document in full."""

from __future__ import annotations

import sys
from datetime import date

from app.catalogue.load import catalogue
from app.cli import terminal
from app.cli.failures import Refused
from app.cli.inputs import one_input
from app.cli.problems import problems_of
from app.domain.rulebook import Rulebook
from app.domain.terms import Language
from app.exchange.source import Source
from app.reports.subject_places import SubjectPlaces
from app.reports.text_explained import explained_page, findings_page
from app.services.explanations import Ambiguous, Explained, explain
from app.services.verdicts import reported

MOST_LISTED = 25
"""Findings that are listed where none, or several, were named."""


def explain_finding(
    prefix: str, file: str, *, as_of: date, language: Language, colour: bool, rulebook: Rulebook | None = None
) -> None:
    """Tell the finding whose fingerprint begins so. Raises Refused with those that there are where it names none, or several."""
    given = one_input(file)
    with problems_of(given, language):
        source = given.read()
        try:
            found = explain(source, prefix, as_of=as_of, language=language, rulebook=rulebook)
        except Ambiguous as ambiguous:
            raise Refused(_which(ambiguous, prefix, given.name, language)) from None
    page = explained_page(
        found.finding,
        analysis=found.analysis,
        rule=found.rule,
        parameters=found.parameters,
        steps=found.steps,
        drops=found.drops,
        proved=found.proved,
        is_waived=found.is_waived,
        place=_place(found, source, given.name),
        raw=source.raw,
        catalogue=rulebook.of(catalogue()) if rulebook else catalogue(),
        language=language,
        width=terminal.width(sys.stdout),
    )
    terminal.answer(page.text(colour=colour))


def _place(found: Explained, source: Source, file: str) -> str:
    """File, line and column of what has to change; the file alone where there are no lines."""
    spot = SubjectPlaces(reported(file, source, found.analysis)).of(found.finding)
    return f"{file}:{spot.line}:{spot.column}" if spot else file


def _which(ambiguous: Ambiguous, prefix: str, file: str, language: Language) -> str:
    begun = [f for f in ambiguous.findings if prefix and f.fingerprint.startswith(prefix.lower())]
    head = (
        f"{len(begun)} findings of {file} begin with {prefix!r}"
        if begun
        else f"no finding of {file} begins with {prefix!r}"
    )
    listed = findings_page(ambiguous.findings, terminal.USUAL, language, MOST_LISTED)
    return f"{head}; there {'are' if begun else 'is'}:\n{listed.text().rstrip()}"
