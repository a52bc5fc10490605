"""The business case of a change: only what the analysis gives back, at assumptions that can be looked at and changed."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from app.domain.business_case import BusinessCase, Said, SaidCost, business_case, lags_of, premises
from app.domain.cash_flows import outlook
from app.domain.value_at_stake import value_at_stake
from tests.domain.test_value_at_stake import priced
from tests.domain.told import detected

TRAINING = SaidCost("training", 10_000, 20_000, 40_000, "now", "an offer")


def calmed() -> dict[str, object]:
    """The company when its goals are not paid any more."""
    document = copy.deepcopy(priced())
    document["incentive_plans"] = []
    return document


def case_of(after: dict[str, object], **said: Said) -> BusinessCase:
    before = detected(priced())
    values = value_at_stake(before)
    taken = premises(values, value_at_stake(detected(after)), lags_of(before, values))
    return business_case(taken, [TRAINING], said, 12)


def test_what_changes_nothing_gives_nothing_back() -> None:
    """It only costs: every draw is a loss."""
    case = case_of(priced()).case
    came = outlook(case, 500, np.random.default_rng(1))

    assert came.loss == 1
    assert came.net_present_value.middle < 0
    assert came.payback == (None, None, None)


def test_calmer_goals_give_back_what_they_kept() -> None:
    """A share of the planned improvement, after the lag of the chain, less what the change costs."""
    built = case_of(calmed())
    assumptions = {one.key: one for one in built.case.assumptions}
    (benefit,) = built.case.benefits

    assert built.currency == "EUR"
    assert assumptions[benefit.worth].likely == 200_000
    assert 0 <= assumptions[benefit.share].low <= assumptions[benefit.share].high < 1
    assert assumptions[benefit.share].high > 0
    assert assumptions[benefit.lag].likely >= 0
    assert built.basis[benefit.share] == "analysis"
    assert built.basis["cost.training"] == "given"


def test_what_somebody_knows_better_is_taken() -> None:
    """One value alone is known exactly; a source is said with it; a range that does not rise is refused."""
    built = case_of(calmed(), discount=Said(likely=0.1, source="the treasurer"))
    rate = next(one for one in built.case.assumptions if one.key == "discount")

    assert (rate.low, rate.likely, rate.high, rate.source) == (0.1, 0.1, 0.1, "the treasurer")
    assert built.basis["discount"] == "given"
    with pytest.raises(ValueError, match="does not hold"):
        case_of(calmed(), growth=Said(low=3, likely=2, high=4))


def test_what_has_no_price_is_listed() -> None:
    """An outcome without a value gives no benefit; it is said what lacks."""
    before = detected(priced(value=None))
    values = value_at_stake(before)
    built = business_case(premises(values, values, lags_of(before, values)), [], {}, 8)

    assert built.case.benefits == ()
    assert [what for _, what in built.lacking] == ["value"]
