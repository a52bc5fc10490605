"""What is said of a roadmap and its items, as it is sent."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from app.domain.document.values import Day, LongText, Number, Text
from app.domain.roadmap import Measure
from app.domain.roadmap_changes import Wanted
from app.domain.roadmap_templates import Stage
from app.web.members import Members

FIRST, LAST = date(1990, 1, 1), date(2200, 12, 31)
"""The days on which something of a road may begin."""


def _within(day: date) -> date:
    if day < FIRST:
        raise PydanticCustomError("greater_than_equal", "too early", {"ge": FIRST.isoformat()})
    if day > LAST:
        raise PydanticCustomError("less_than_equal", "too late", {"le": LAST.isoformat()})
    return day


RoadDay = Annotated[Day, AfterValidator(_within)]


class MeasureBody(Members):
    """A measure or a guardrail."""

    name: Text
    baseline: Number
    target: Number
    unit: Text | None = None

    def measure(self) -> Measure:
        """It as the roadmap has it."""
        return Measure(self.name, self.baseline, self.target, self.unit)


class ConfirmationBody(Members):
    """By what somebody says that a criterion is met; who and when is the service's to say."""

    evidence: LongText
    by: Any = None
    on: Any = None


class ItemBody(Members):
    """An item as it is to be."""

    owner: Text | None = None
    starts_on: RoadDay | None = None
    days: Annotated[int, Field(ge=1, le=3650, strict=True)]
    after: list[Text] = Field(default=[], max_length=50)
    measure: MeasureBody | None = None
    guardrails: list[MeasureBody] = Field(default=[], max_length=20)
    confirmed: dict[str, ConfirmationBody] = Field(default={}, max_length=20)
    stage: Stage

    def wanted(self) -> Wanted:
        """It as the roadmap has it."""
        return Wanted(
            self.owner,
            self.starts_on,
            self.days,
            tuple(self.after),
            None if self.measure is None else self.measure.measure(),
            tuple(one.measure() for one in self.guardrails),
            {criterion: one.evidence for criterion, one in self.confirmed.items()},
            self.stage,
        )


class BuildBody(Members):
    """How it is built."""

    starts_on: RoadDay | None = None


class ChangeBody(Members):
    """What is said of the whole."""

    starts_on: RoadDay | None = None
