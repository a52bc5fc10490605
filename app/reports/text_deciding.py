"""Deciding influences for people: what is left of a finding without each influence, or with its sign turned round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.catalogue import Catalogue
from app.domain.deciding import Decider, Turned
from app.domain.findings import Finding
from app.domain.terms import Language
from app.reports.text_chain import evidence
from app.reports.text_names import Names, Sources
from app.reports.text_page import Page
from app.reports.text_robustness import Teller
from app.reports.text_sources import write_sources
from app.reports.text_words import Words

_INDENT, _LABEL = 4, 13


def deciding_page(
    asked: Sequence[str],
    deciders: Sequence[Decider],
    findings: Sequence[Finding],
    *,
    raw: Mapping[str, Any],
    catalogue: Catalogue,
    language: Language,
    width: int,
) -> Page:
    """The page on a finding (its fingerprint) or a pair (two keys); `findings` are all that were found."""
    words, page = Words(language), Page(width)
    names = Names(words, raw, catalogue)
    teller, sources = Teller(words, names), Sources(names)
    page.paragraph((_title(asked, findings, teller), "title"))
    page.blank()
    if not deciders:
        page.paragraph(teller.say("no_influence"))
        return page
    shown = [one for one in deciders if _changes(one)]
    count = sum(one.decides for one in deciders)
    said = teller.say("few_decide" if count else "nothing_decides", n=count, of=len(deciders))
    page.paragraph((said, "headline"))
    for one in shown:
        page.blank()
        page.paragraph(
            (f"{teller.link(one.link)}  ", "name" if one.decides else ""), *evidence(one.link, names, sources)
        )
        _turned(page, "dropped", one.dropped, teller)
        _turned(page, "flipped", one.flipped, teller)
    if rest := len(deciders) - len(shown):
        page.blank()
        page.paragraph((teller.say("rest", n=rest), "aside"))
    write_sources(page, names, sources)
    return page


def _title(asked: Sequence[str], findings: Sequence[Finding], teller: Teller) -> str:
    if len(asked) == 1:
        title = next(finding.title for finding in findings if finding.fingerprint == asked[0])
        return teller.say("decides_finding", title=title)
    return teller.say("decides_pair", source=teller.names.goal(asked[0]), target=teller.names.goal(asked[1]))


def _changes(one: Decider) -> bool:
    return bool(one.decides or one.dropped.asked or one.flipped.asked)


def _turned(page: Page, label: str, turned: Turned, teller: Teller) -> None:
    """What becomes of the finding that was asked about, and of how many others."""
    said = [
        teller.say(
            "asked_changes",
            before=teller.grade(one.before, one.severity_before),
            after=teller.grade(one.after, one.severity_after),
        )
        for one in turned.asked
    ]
    if others := len(turned.others):
        said.append(teller.say("one_other" if others == 1 else "others_change", n=others))
    told = "; ".join(said) or teller.say("nothing_changes")
    page.labelled((teller.say(label), "label"), told, indent=_INDENT, gap=_LABEL)
