"""The model document: one organization's departments, goals and incentive plans. The published JSON Schema comes from here.

Values are immutable. A member that is null counts as left out. What a schema cannot say (references, sums, dates in order) is in
`document_checks`.

Annotations are values here, not texts, and types say in pydantic's own terms what they are checked by: it would have to work that out
for each member at every start.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import (
    bool_schema,
    date_schema,
    dict_schema,
    float_schema,
    int_schema,
    literal_schema,
    no_info_after_validator_function,
    no_info_before_validator_function,
    str_schema,
)

from app.domain.parameters import BOUNDS
from app.domain.terms import Evidence, Function, Kind, Strength, Wanted

LARGEST = 2**53 - 1
"""The largest number: up to it a double holds every whole number, so that none is taken for another."""
KEY_PATTERN = r"^[a-z0-9][a-z0-9._-]{0,62}$"
METRIC_PATTERN = r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$"
CURRENCY_PATTERN = r"^[A-Z]{3}$"
GROUNDS_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{8}$"
FINGERPRINT_PATTERN = r"^[0-9a-f]{16}$"

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

_UNWRITABLE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
"""Characters that some of YAML, JSON and spreadsheets cannot carry."""


def clean(text: str) -> str:
    """A text as it is kept: NFC, lines ended by a line feed. Raises PydanticCustomError for a character that no text has."""
    if text.isascii() and text.isprintable():
        return text
    if bad := re.search(_UNWRITABLE, text):
        raise PydanticCustomError("bad_character", "character {character}", {"character": f"U+{ord(bad[0]):04X}"})
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("not_a_day", "a day is written YYYY-MM-DD")


def _whole(value: Any) -> Any:
    """300.0 is a whole number, as in JSON."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _version(value: Any) -> Any:
    """True is not 1 in JSON."""
    if isinstance(value, bool):
        raise PydanticCustomError("mistaken", "not a number")
    return _whole(value)


def _set(parameters: Any) -> Any:
    """Parameters that are null count as left out; those that nobody knows do not."""
    if not isinstance(parameters, Mapping):
        return parameters
    return {name: value for name, value in parameters.items() if value is not None or name not in BOUNDS}


def _known(value: Any) -> Any:
    """1 is not true in JSON."""
    if not isinstance(value, bool | str):
        raise PydanticCustomError("mistaken", "not true or false")
    return value


def _text(longest: int) -> CoreSchema:
    stripped = str_schema(strict=True, strip_whitespace=True, min_length=1, max_length=longest)
    return no_info_after_validator_function(clean, stripped)


def _number(*, low: float | None = None, above: float | None = None, high: float = LARGEST) -> CoreSchema:
    return float_schema(strict=True, allow_inf_nan=False, ge=low, gt=above, le=high)


def _integer(low: int, high: int) -> CoreSchema:
    return no_info_before_validator_function(_whole, int_schema(strict=True, ge=low, le=high))


class By:
    """What a type of the document is checked by."""

    def __init__(self, schema: CoreSchema) -> None:
        self.schema = schema

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return self.schema


Key = Annotated[str, By(str_schema(strict=True, pattern=KEY_PATTERN))]
MetricId = Annotated[str, By(str_schema(strict=True, pattern=METRIC_PATTERN, max_length=80))]
Currency = Annotated[str, By(str_schema(strict=True, pattern=CURRENCY_PATTERN))]
Fingerprint = Annotated[str, By(str_schema(strict=True, pattern=FINGERPRINT_PATTERN))]
Grounds = Annotated[str, By(str_schema(strict=True, pattern=GROUNDS_PATTERN))]
Text = Annotated[str, By(_text(300))]
LongText = Annotated[str, By(_text(2000))]
Number = Annotated[float, By(_number(low=-LARGEST))]
Positive = Annotated[float, By(_number(above=0))]
NotNegative = Annotated[float, By(_number(low=0))]
Share = Annotated[float, By(_number(low=0, high=1))]
Count = Annotated[int, By(_integer(0, 10_000_000_000))]
Months = Annotated[int, By(_integer(0, 600))]
Days = Annotated[int, By(_integer(0, 36_500))]
Rank = Annotated[int, By(_integer(1, 1_000_000))]
Flag = Annotated[bool, By(bool_schema(strict=True))]
Day = Annotated[date, By(no_info_before_validator_function(_day, date_schema(strict=True)))]
Known = Annotated[
    Literal[True, False, "unknown"],
    By(no_info_before_validator_function(_known, literal_schema([True, False, "unknown"]))),
]
Version = Annotated[Literal[1], By(no_info_before_validator_function(_version, literal_schema([1])))]
Adjusted = Annotated[
    dict[str, float],
    By(no_info_before_validator_function(_set, dict_schema(str_schema(), _number(low=-LARGEST)))),
]
Horizon = Literal["day", "week", "month", "quarter", "year", "multi_year"]
Sign = Literal["+", "-"]
MetricFunction = Literal[Function, "customer"]


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
