"""Where to cut, for people: the fewest safeguards, whose pay depends on them, and what they leave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.catalogue import Catalogue
from app.domain.cuts import Cut, CutConflict, Safeguard
from app.domain.terms import Language
from app.reports.robustness_words import BEYOND
from app.reports.text_names import Names
from app.reports.text_page import Page
from app.reports.text_robustness import Teller
from app.reports.text_words import Words

_INDENT, _GAP = 4, 10


def cut_page(cut: Cut, *, raw: Mapping[str, Any], catalogue: Catalogue, language: Language, width: int) -> Page:
    """The page; `raw` is the document as it was submitted."""
    words, page = Words(language), Page(width)
    teller = Teller(words, Names(words, raw, catalogue))
    names = teller.names
    source, target = names.department(cut.source), names.department(cut.target)
    page.paragraph((teller.say("cut_title", source=source, target=target), "title"))
    page.blank()
    if not cut.conflicts:
        page.paragraph(teller.say("nothing_to_cut", source=source, target=target))
        return page
    page.paragraph((_sum(cut, teller), "headline"))
    for number, safeguard in enumerate(cut.safeguards, 1):
        page.blank()
        page.labelled((f"{number:>2}", "reference"), (names.movement(safeguard.movement), "name"), gap=_INDENT)
        _safeguard(page, safeguard, source, teller)
    page.heading(teller.say("becomes"))
    for conflict in cut.conflicts:
        _conflict(page, conflict, teller)
    if cut.safeguards:
        page.blank()
        page.paragraph((teller.say("cut_foot"), "aside"))
    return page


def _sum(cut: Cut, teller: Teller) -> str:
    count = len(cut.safeguards)
    said = "cut_none" if not count else "cut_one" if count == 1 else "cut_many"
    before, after = (teller.words.severity(side) for side in (cut.before, cut.after))
    return teller.say(said, n=count, chains=cut.chains, before=before, after=after)


def _safeguard(page: Page, safeguard: Safeguard, source: str, teller: Teller) -> None:
    words, names = teller.words, teller.names
    goals = words.listed([names.goal(goal) for goal in safeguard.goals])
    kpis = words.listed([names.goal(kpi) for kpi in safeguard.kpis])
    said = [
        teller.say("gate_on", kpi=kpis) if kpis else teller.say("no_kpi"),
        *([] if safeguard.controlled else [teller.say("not_controlled", source=source)]),
        teller.say("met_one" if safeguard.chains == 1 else "met", n=safeguard.chains),
    ]
    page.paragraph(teller.say("pay_depends", goals=goals), indent=_INDENT)
    page.paragraph(("; ".join(said), "aside"), indent=_INDENT)


def _conflict(page: Page, conflict: CutConflict, teller: Teller) -> None:
    words, names = teller.words, teller.names
    shift = f"{words.severity(conflict.before):>3} → {words.severity(conflict.after)}"
    said = teller.say("against", source=names.goal(conflict.source), target=names.goal(conflict.target))
    page.labelled((shift, "label"), said, gap=_GAP)
    if conflict.beyond is not None:
        page.paragraph((BEYOND[conflict.beyond][words.language == "de"], "aside"), indent=_GAP)
    elif conflict.by_kind:
        page.paragraph((teller.say("by_kind"), "aside"), indent=_GAP)
