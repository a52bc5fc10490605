"""Business cases of scenarios, as the API shows them and reads them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from app.domain.business_case import MOST_QUARTERS, Basis
from app.domain.cash_flows import Mode
from app.domain.value_at_stake import Lacking
from app.services.schemas.analyses import Revision
from app.services.schemas.analysis import Share
from app.services.schemas.scenarios import ScenarioId

BusinessCaseId = Annotated[str, Field(pattern="^bcs_[0-9a-z]{26}$")]
Amount = Annotated[str, Field(pattern=r"^-?[0-9]+\.[0-9]{2}$", description="In the organization's currency.")]
Paid = Literal["now", "quarterly"]
Quarters = Annotated[int, Field(ge=1, le=MOST_QUARTERS)]
Draws = Annotated[int, Field(ge=100, le=100_000)]
Seed = Annotated[int, Field(ge=0, le=2_147_483_647)]


class CostToExpect(BaseModel):
    """What the change is expected to cost: a range with the likely amount, and where it comes from."""

    low: Annotated[float, Field(ge=0, le=1e15)]
    likely: Annotated[float, Field(ge=0, le=1e15)]
    high: Annotated[float, Field(ge=0, le=1e15)]
    paid: Paid = "now"
    source: Annotated[str, Field(min_length=1, max_length=500)]


class AssumptionToTake(BaseModel):
    """What is taken instead of an assumption; one number alone is taken as known exactly. `held`: at its likely value; `left_out`: as
    nothing."""

    low: Annotated[float, Field(ge=-1e15, le=1e15)] | None = None
    likely: Annotated[float, Field(ge=-1e15, le=1e15)] | None = None
    high: Annotated[float, Field(ge=-1e15, le=1e15)] | None = None
    mode: Mode | None = None
    source: Annotated[str, Field(min_length=1, max_length=500)] | None = None


class BusinessCaseToMake(BaseModel):
    """What is asked. The same seed gives the same figures."""

    scenario: ScenarioId
    name: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    quarters: Quarters = 12
    draws: Draws = 10_000
    seed: Seed = 0
    costs: dict[str, CostToExpect] = Field(default={}, description="By a key of your own.")
    assumptions: dict[str, AssumptionToTake] = Field(default={}, description="By the key of the assumption.")


class CostToChange(BaseModel):
    """What is to become of a cost; a new one says all of it."""

    low: Annotated[float, Field(ge=0, le=1e15)] | None = None
    likely: Annotated[float, Field(ge=0, le=1e15)] | None = None
    high: Annotated[float, Field(ge=0, le=1e15)] | None = None
    paid: Paid | None = None
    source: Annotated[str, Field(min_length=1, max_length=500)] | None = None


class BusinessCaseToChange(BaseModel):
    """What is to become of a case. Null takes a cost out, and lets an assumption be as it was taken."""

    name: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    quarters: Quarters | None = None
    draws: Draws | None = None
    seed: Seed | None = None
    costs: dict[str, CostToChange | None] | None = Field(default=None, description="By the key of the cost.")
    assumptions: dict[str, AssumptionToTake | None] | None = Field(
        default=None, description="By the key of the assumption."
    )


class CaseAsked(BaseModel):
    """What was said of costs and assumptions, by their keys; what a merge patch changes."""

    costs: dict[str, CostToExpect]
    assumptions: dict[str, AssumptionToTake]


class ListedBusinessCase(BaseModel):
    """A business case in short. `revision`: that of the model; `content_hash`: of the scenario's document."""

    id: BusinessCaseId
    scenario: ScenarioId
    name: str
    revision: Revision
    content_hash: str
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str


class CaseAssumption(BaseModel):
    """Something that figures rest on: a range with a likely value, where it comes from, and what became of it."""

    key: str
    text: str
    low: float
    likely: float
    high: float
    unit: str
    mode: Mode
    basis: Basis
    source: str


class CaseBenefit(BaseModel):
    """What an outcome gives back: keys of the assumptions that it is made of."""

    outcome: str
    worth: str
    share: str
    lag: str
    growth: str


class CaseCost(BaseModel):
    """A cost: the key of the assumption of its amount, and when it is paid."""

    key: str
    amount: str
    paid: Paid


class CaseBands(BaseModel):
    """All but a twentieth of draws lie above `low`, and below `high`; half above `middle`."""

    low: Amount
    middle: Amount
    high: Amount


class CaseWorth(CaseBands):
    """The same with the mean of all draws."""

    mean: Amount


class PaybackQuarters(BaseModel):
    """Quarters until nothing is lost any more; left out where that is not reached."""

    low: float | None = None
    middle: float | None = None
    high: float | None = None


class CaseQuarter(CaseBands):
    """The cash flow of a quarter, and all until its end with what is paid now."""

    quarter: int
    cumulated: CaseBands


class CaseSwing(BaseModel):
    """How far the net present value goes with one assumption, from its tenth to its ninetieth percentile, the others at their likely
    value."""

    assumption: str
    low: Amount
    high: Amount


class CaseLacking(BaseModel):
    """An outcome that could not be valued, and why."""

    outcome: str
    what: Lacking
    text: str


class BusinessCase(ListedBusinessCase):
    """A business case: everything that was assumed, and what came of it."""

    as_of: date
    quarters: int
    draws: int
    seed: int
    currency: str | None = None
    assumptions: list[CaseAssumption]
    benefits: list[CaseBenefit]
    costs: list[CaseCost]
    net_present_value: CaseWorth
    probability_of_loss: Share
    pays_back: Share
    payback_quarters: PaybackQuarters
    now: CaseBands
    cash_flow: list[CaseQuarter]
    tornado: list[CaseSwing]
    lacking: list[CaseLacking]
    asked: CaseAsked
