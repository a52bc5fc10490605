"""What is to be said of a set of rules, on a page; rule by department, what the rules look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.domain.rule_sets.coverage import Covered
from app.domain.rule_sets.remarks import How
from app.domain.rule_sets.telling import found_by
from app.domain.terms import Language
from app.reports.text_line import padded
from app.reports.text_page import Page

_TEXTS = {
    "remarks": ("Remarks", "Anmerkungen"),
    "sound": ("Nothing to remark on {n} rules", "Zu {n} Regeln ist nichts anzumerken"),
    "counted": ("{m} of {n} rules draw a remark", "Zu {m} von {n} Regeln ist etwas anzumerken"),
    "coverage": ("Rule by department", "Regel und Abteilung"),
    "whole": ("whole", "gesamt"),
    "legend": (
        "fires/rows; ? where it cannot be told on some of them; – where it has nothing to look at",
        "schlägt an/Zeilen; ? wo es sich für einige nicht sagen lässt; – wo es nichts zu prüfen gibt",
    ),
}

_RULE = 9
_LEAST, _MOST = 8, 16


class Told(NamedTuple):
    """A remark as it is printed."""

    rule: str
    how: How
    sentence: str


def rule_set_page(
    told: Sequence[Told],
    coverage: Sequence[Covered],
    departments: Mapping[str, str],
    *,
    rules: int,
    language: Language,
    width: int,
) -> Page:
    """The remarks, the gravest kind as it comes; with `coverage` the table of what the rules look at, by department."""
    page = Page(width)
    page.heading(_said("remarks", language))
    for remark in told:
        page.labelled(
            (remark.rule, "reference"),
            f"{remark.sentence} ",
            (f"({found_by(remark.how, language)})", "aside"),
            gap=_RULE,
        )
    if told:
        page.blank()
    count = len({remark.rule for remark in told})
    page.paragraph((_said("counted" if told else "sound", language).format(m=count, n=rules), "" if told else "good"))
    if coverage:
        _write_coverage(page, coverage, departments, language)
    return page


def _write_coverage(
    page: Page, coverage: Sequence[Covered], departments: Mapping[str, str], language: Language
) -> None:
    page.heading(_said("coverage", language))
    columns: list[str | None] = [*departments, None]
    cells = {(entry.rule, entry.department): _cell(entry) for entry in coverage}
    room = max(_LEAST, min(_MOST, (page.width - _RULE) // len(columns) - 1))
    names = [departments[key] if key is not None else _said("whole", language) for key in columns]
    page.row((" " * _RULE + " ".join(padded(name, room, right=True) for name in names), "label"))
    for rule in dict.fromkeys(entry.rule for entry in coverage):
        counts = " ".join(padded(cells.get((rule, key), "–"), room, right=True) for key in columns)
        page.row((padded(rule, _RULE), "reference"), counts)
    page.blank()
    page.paragraph((_said("legend", language), "aside"))


def _cell(entry: Covered) -> str:
    rows = entry.fires + entry.silent + entry.not_assessable
    return f"{entry.fires}/{rows}{'?' if entry.not_assessable else ''}"


def _said(text: str, language: Language) -> str:
    return _TEXTS[text][language == "de"]
