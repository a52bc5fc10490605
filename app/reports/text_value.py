"""Value at stake for people: for each outcome a range of money, by finding, and every assumption that it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from app.domain.findings import Finding
from app.domain.terms import Language
from app.domain.value_at_stake import Money, ValueAtStake
from app.reports.text_names import Names
from app.reports.text_page import Page
from app.reports.text_robustness import Teller
from app.reports.text_words import Words

_INDENT = 4


def value_page(
    value: ValueAtStake,
    assumptions: Sequence[str],
    lacking: Sequence[str],
    findings: Sequence[Finding],
    *,
    raw: Mapping[str, Any],
    language: Language,
    width: int,
) -> Page:
    """The page; `findings` are all that were found, `raw` is the document as it was submitted."""
    words, page = Words(language), Page(width)
    teller = Teller(words, Names(words, raw, None))
    titles = {finding.fingerprint: finding.title for finding in findings}
    page.sides((teller.names.organization, "title"), (teller.say("value_title"), "aside"))
    page.blank()
    if not value.outcomes:
        page.paragraph((teller.say("no_value" if value.lacking else "no_harm"), "headline"))
    currency = value.currency or ""
    for one in value.outcomes:
        page.paragraph((f"{teller.names.goal(one.outcome)}: {_range(one.money, currency, teller)}", "headline"))
        page.paragraph((teller.say("of_worth", worth=_amount(one.worth, words), currency=currency), "aside"))
        for each in one.findings:
            page.blank()
            page.paragraph(titles[each.fingerprint], indent=_INDENT)
            page.paragraph((_range(each.money, currency, teller), "medium"), indent=_INDENT)
        page.blank()
    _listed(page, teller.say("rests_on"), assumptions)
    _listed(page, teller.say("not_said"), lacking)
    return page


def _listed(page: Page, heading: str, sentences: Sequence[str]) -> None:
    if sentences:
        page.heading(heading)
    for said in sentences:
        page.labelled(("–", "reference"), said, gap=2)


def _range(money: Money, currency: str, teller: Teller) -> str:
    low, high = (_amount(side, teller.words) for side in money)
    return teller.say("between", low=low, high=high, currency=currency)


def _amount(amount: Decimal, words: Words) -> str:
    return words.count(round(amount))
