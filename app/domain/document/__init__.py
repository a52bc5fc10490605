"""The model document: one organization's departments, goals and incentive plans. The published JSON Schema comes from here.

Values are immutable. A member that is null counts as left out. What a schema cannot say (references, sums, dates in order) is in
`app.domain.document.checks`.

Annotations are values here, not texts: pydantic would have to work them out for each member at every start.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.domain.document.values import (
    Adjusted,
    Count,
    Currency,
    Day,
    Days,
    Fingerprint,
    Flag,
    Grounds,
    Horizon,
    Key,
    Known,
    LongText,
    MetricFunction,
    MetricId,
    Months,
    NotNegative,
    Number,
    Positive,
    Rank,
    Share,
    Sign,
    Text,
    Version,
)
from app.domain.terms import Evidence, Function, Kind, Strength, Wanted

MOST_SEGMENTS = 500
MOST_DEPARTMENTS = 500
MOST_OUTCOMES = 500
MOST_KPIS = 1_000
MOST_PLANS = 1_000
MOST_COMPONENTS = 2_000
MOST_METRICS = 1_000
MOST_INFLUENCES = 2_000
MOST_SUPPRESSIONS = 5_000
"""The longest lists that are read, so that no document makes an analysis without bound; components count over all plans."""


class Part(BaseModel):
    """What every part of the document shares: unknown members are refused, values are frozen.

    Validators are built at first use, and only those of the part that is used.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, said: Any) -> Any:
        return without_nulls(cls, said)


def without_nulls(part: type[Part], said: Any) -> Any:
    """What is said of a part without members that are null, which count as left out; those that nobody knows stay."""
    if not isinstance(said, Mapping) or None not in said.values():
        return said
    known = {field.alias or name for name, field in part.model_fields.items()}
    return {name: value for name, value in said.items() if value is not None or name not in known}


class Segment(Part):
    """A group of customers; `share` of their number and `value_share` of their value, 0 to 1."""

    key: Key
    name: Text | None = None
    share: Share | None = None
    value_share: Share | None = None


class Customers(Part):
    """How many customers there are, and their segments."""

    count: Count | None = None
    segments: tuple[Segment, ...] = ()


class Organization(Part):
    """The company that is looked at."""

    key: Key | None = None
    name: Text
    industry: Text | None = None
    currency: Currency | None = None
    employees: Count | None = None
    customers: Customers | None = None


class Department(Part):
    """A unit with goals of its own. `parent`: key of the department it belongs to."""

    key: Key
    name: Text
    function: Function
    headcount: Count | None = None
    lead: Text | None = None
    parent: Key | None = None


class OutcomeValue(Part):
    """What a change of an outcome is worth: `amount` of the organization's currency for each `per` `unit`."""

    amount: Number
    per: Positive = 1.0
    unit: Text | None = None


class Outcome(Part):
    """What customers are owed: a movement with a weight on any positive scale."""

    key: Key
    name: Text
    direction: Wanted
    weight: NotNegative
    metric: Text | None = None
    inverted: Flag = False
    family: Key | None = None
    unit: Text | None = None
    baseline: Number | None = None
    target: Number | None = None
    tolerance: NotNegative | None = None
    segment: Key | None = None
    value: OutcomeValue | None = None


class Effective(Part):
    """A half-open period: `to` is the first day after."""

    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day < self.to)


class Kpi(Part):
    """A department's use of a metric. `weight` is its share within the department on any positive scale; `inverted` means that the
    name is the opposite of the metric."""

    key: Key
    department: Key
    name: Text
    metric: Text | None = None
    inverted: Flag = False
    family: Key | None = None
    direction: Wanted
    weight: NotNegative | None = None
    unit: Text | None = None
    baseline: Number | None = None
    target: Number | None = None
    tolerance: NotNegative | None = None
    segment: Key | None = None
    horizon: Horizon | None = None
    owner: Text | None = None
    shared_with: tuple[Key, ...] = ()
    effective: Effective | None = None


class Accelerator(Part):
    """Pay above an attainment is multiplied; `retroactive`: all pay, from the first unit."""

    above: NotNegative
    multiplier: NotNegative
    retroactive: Flag = False


class Tier(Part):
    """From this attainment on the component pays this multiple of target pay."""

    from_: NotNegative = Field(alias="from")
    pays: NotNegative


class Place(Part):
    """Up to this place in the ranking the component pays this multiple of target pay."""

    to: Rank
    pays: NotNegative


class Payout(Part):
    """How pay follows attainment. `threshold`, `target` and `above` are attainments; `cap`, `floor` and multipliers are multiples of
    target pay."""

    kind: Literal["linear", "tiered", "threshold", "commission", "ranking"]
    threshold: NotNegative | None = None
    target: NotNegative | None = None
    cap: NotNegative | None = None
    floor: NotNegative | None = None
    rate: NotNegative | None = None
    tiers: tuple[Tier, ...] = ()
    places: tuple[Place, ...] = ()
    accelerators: tuple[Accelerator, ...] = ()

    @property
    def accelerator_max(self) -> float:
        """The largest multiplier, 1 when there is none."""
        return max((a.multiplier for a in self.accelerators), default=1.0)


class Gate(Part):
    """No pay unless the condition on the KPI holds: a comparison (`>= 4.2`) or a sentence, whose level then is not known."""

    kpi: Key
    condition: Text | None = None


class Modifier(Part):
    """Pay is scaled between `low` and `high` by the KPI."""

    kpi: Key
    low: NotNegative | None = None
    high: NotNegative | None = None


class Clawback(Part):
    """Pay is taken back within these months when the condition comes true."""

    months: Months
    condition: Text | None = None


class Deferral(Part):
    """A share of pay is held back for these months."""

    months: Months
    share: Share | None = None


class Component(Part):
    """One paid part of an incentive plan. `weight` is its share of the plan's target variable pay."""

    key: Key
    kpi: Key | None = None
    measure: Text | None = None
    direction: Wanted | None = None
    metric: Text | None = None
    inverted: Flag = False
    family: Key | None = None
    weight: Share
    payout: Payout
    gate: Gate | None = None
    modifier: Modifier | None = None
    clawback: Clawback | None = None
    deferral: Deferral | None = None
    controllable: Flag | None = None
    penalties: Text | None = None
    exclusive_credit: Flag = False

    @property
    def held_days(self) -> int:
        """For how many days some of the pay can still be kept back or taken back."""
        return 30 * max(self.clawback.months if self.clawback else 0, self.deferral.months if self.deferral else 0)


class IncentivePlan(Part):
    """How a role is paid. `target_variable_pay_share` is variable pay over total target pay, 0 to 1."""

    key: Key
    department: Key
    role: Text | None = None
    headcount: Count | None = None
    period: Literal["month", "quarter", "year"]
    target_variable_pay_share: Share
    target_total_pay: NotNegative | None = None
    owner: Text | None = None
    designed_by: Key | None = None
    approved_by: Key | None = None
    supervises: tuple[Key, ...] = ()
    components: tuple[Component, ...]
    effective: Effective | None = None


class IncentiveReview(Part):
    """Whether and how often the effects of incentives are looked at."""

    quality_monitoring: Flag | None = None
    frequency: Horizon | None = None


class Governance(Part):
    """Who answers for customers. What is unknown is said, not guessed."""

    outcome_owner: Text | None = None
    executive_sponsor: Known | None = None
    customer_owned_by: Text | None = None
    shared_kpis: tuple[Key, ...] = ()
    customer_in_all_decisions: Known | None = None
    single_customer_view: Literal["none", "partial", "full", "unknown"] | None = None
    incentive_review: IncentiveReview | None = None


class OwnMetric(Part):
    """A metric that the catalogue lacks; its family gives it influences."""

    id: MetricId
    name: Text
    family: Key
    good_direction: Literal["increase", "decrease", "none"]
    aliases: tuple[Text, ...] = ()
    inverse_aliases: tuple[Text, ...] = ()
    function: MetricFunction | None = None
    unit: Text | None = None
    reap: Literal["retention", "efficiency", "acquisition", "penetration", "none"] | None = None
    kind: Literal["activity", "output", "outcome", "financial"] | None = None
    customer_outcome: Flag = False
    controllable_by: tuple[Function, ...] = ()


class OwnInfluence(Part):
    """An influence of the organization's own; `overrides` replaces a catalogue one, `mutes` silences it and gives the reason."""

    source: Text | None = None
    target: Text | None = None
    sign: Sign | None = None
    kind: Kind | None = None
    strength: Strength | None = None
    source_direction: Literal["up", "down", "both"] | None = None
    lag_days: Days | None = None
    evidence: Evidence | None = None
    source_note: LongText | None = None
    mechanism: LongText | None = None
    overrides: Text | None = None
    mutes: Text | None = None
    reason: LongText | None = None


class Suppression(Part):
    """A finding that is accepted: reported as waived, never hidden."""

    fingerprint: Fingerprint | None = None
    rule: Text | None = None
    subjects: tuple[Key, ...] = ()
    owner: Text | None = None
    reason: LongText | None = None
    expires: Day | None = None
    grounds: Grounds | None = None


class Document(Part):
    """The whole model of one organization. Lists are sets: their order has no meaning."""

    concord: Version
    organization: Organization
    departments: tuple[Department, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    incentive_plans: tuple[IncentivePlan, ...] = ()
    governance: Governance = Field(default_factory=Governance.model_construct)
    metrics: tuple[OwnMetric, ...] = ()
    influences: tuple[OwnInfluence, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    parameters: Adjusted = {}
