"""What conflicts may cost: a range of money, only where the document says what is needed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from app.domain.value_at_stake import OutcomeValue, ValueAtStake, value_at_stake
from app.domain.value_words import tell_assumptions, tell_lacking
from tests.domain.test_cuts import company
from tests.domain.told import CHURN, detected

PRICE = {"amount": 50_000, "per": 1, "unit": "percentage point"}
CUSTOMERS = {"count": 20_000, "segments": [{"key": "premium", "share": 0.1}]}


def priced(
    customers: dict[str, Any] | None = CUSTOMERS, currency: str | None = "EUR", **changes: Any
) -> dict[str, Any]:
    """The company with a price on customers lost, which it wants to bring from 18 to 14 percent."""
    outcome = {**CHURN, "unit": "percent per year", "baseline": 18, "target": 14, "value": PRICE, **changes}
    organization = {"key": "acme", "name": "Acme", "customers": customers, "currency": currency}
    return {**company(), "outcomes": [outcome], "organization": organization}


def valued(document: dict[str, Any]) -> ValueAtStake:
    return value_at_stake(detected(document))


def only(document: dict[str, Any]) -> OutcomeValue:
    (one,) = valued(document).outcomes
    return one


def test_what_is_at_stake_is_the_planned_improvement_at_its_price():
    """Four points at 50,000 each; no finding, and not all of them together, costs more than that."""
    one = only(priced())

    assert one.worth == 200_000
    assert 0 < one.money.low < one.money.high < one.worth
    for finding in one.findings:
        assert 0 <= finding.low_share <= finding.high_share < 1


def test_findings_of_one_outcome_are_not_added_up():
    """Together from what the worst costs alone, to less than the sum."""
    one = only(priced())

    assert len(one.findings) > 1
    assert one.money.low == max(finding.money.low for finding in one.findings)
    assert one.money.high < sum(finding.money.high for finding in one.findings)


def test_amounts_have_two_digits_that_count():
    """More would promise what nobody knows."""
    one = only(priced())

    for amount in (*one.money, *(side for finding in one.findings for side in finding.money)):
        assert len(str(amount).rstrip("0")) <= 2


def test_a_price_on_customers_counts_them():
    """Four percent of 20,000 at 300 each; of a segment, a tenth of that."""
    value = {"amount": 300, "per": 1, "unit": "customer"}

    assert only(priced(value=value)).worth == Decimal(240_000)
    assert only(priced(value=value, segment="premium")).worth == Decimal(24_000)


@pytest.mark.parametrize(
    ("document", "lacking"),
    [
        (priced(value=None), "value"),
        (priced(currency=None), "currency"),
        (priced(baseline=None), "baseline"),
        (priced(target=None), "target"),
        (priced(value={**PRICE, "unit": "parcels"}), "unit"),
        (priced(customers=None, value={**PRICE, "unit": "customers"}), "customers"),
        (
            priced(
                customers={"count": 9, "segments": [{"key": "premium"}]},
                value={**PRICE, "unit": "customers"},
                segment="premium",
            ),
            "segment",
        ),
        (priced(unit="days", value={**PRICE, "unit": "customers"}), "unit"),
    ],
)
def test_without_what_is_needed_no_money_is_named(document: dict[str, Any], lacking: str):
    """It is said what the document would have to say, in both languages."""
    raw = {**document, "outcomes": [{k: v for k, v in document["outcomes"][0].items() if v is not None}]}
    raw["organization"] = {k: v for k, v in raw["organization"].items() if v is not None}
    detection = detected(raw)

    found = value_at_stake(detection)

    assert (found.outcomes, found.lacking) == ((), (("churn", lacking),))
    (english,), (german,) = (tell_lacking(found.lacking, detection.document, language) for language in ("en", "de"))
    assert english != german and "Customers lost" in english and "Customers lost" in german
    assert tell_assumptions(found, detection.document, "en") == ()


def test_every_assumption_is_named_in_both_languages():
    """The price as the document says it, what is at stake, both ends of the range, overlap, and what is left out."""
    detection = detected(priced())
    found = value_at_stake(detection)

    english, german = (tell_assumptions(found, detection.document, language) for language in ("en", "de"))

    assert len(english) == len(german) == 5
    assert "from 18 to 14 percent per year is worth 200,000 EUR: 50,000 EUR for each 1 percentage point" in english[0]
    assert "von 18 auf 14 percent per year zu bringen ist 200.000 EUR wert" in german[0]


def test_what_somebody_accepted_is_not_counted():
    """Nor is an outcome whose conflicts were all accepted."""
    detection = detected(priced())
    first, *others = (finding.fingerprint for finding in only(priced()).findings)

    (fewer,) = value_at_stake(detection, {first}).outcomes

    assert [finding.fingerprint for finding in fewer.findings] == others
    assert value_at_stake(detection, {first, *others}).outcomes == ()
