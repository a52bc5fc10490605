"""What requests about scenarios say, and what they are answered with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field, StringConstraints
from starlette.responses import Response

from app.domain.faults import Fault, Path, invalid
from app.services.kept_scenarios import WholeScenario
from app.services.scenario_patches import SentPatch
from app.web import stored
from app.web.answers import Answer
from app.web.idempotency import Once
from app.web.members import Members
from app.web.writes import WriteParameters

Number = Annotated[int, Field(ge=1, le=2_147_483_647, strict=True)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Id = Annotated[str, Field(max_length=100)]


class NewPatch(Members):
    """A patch for the top of a stack."""

    patch: Any = None
    plan: Id | None = None
    step: Annotated[int, Field(ge=0, le=1000, strict=True)] | None = None
    note: LongText | None = None


class NewScenario(Members):
    """A scenario that is to be made."""

    name: Name
    description: LongText | None = None
    revision: Number | None = None
    patches: list[NewPatch] = Field(default=[])


def sent_patch(said: NewPatch, place: Path) -> SentPatch:
    """A patch as it was sent. Raises DocumentInvalid for one that is neither a JSON Patch nor a step of a plan, or both."""
    faults = _faults(said, place)
    if faults:
        raise invalid(faults)
    return SentPatch(place, said.patch, said.plan, said.step, said.note)


def saved(
    answer: Answer, made: WholeScenario, asked: WriteParameters, once: Once, *, created: bool = False
) -> Response:
    """The answer to a write: the scenario as it is then."""
    return stored.saved(
        answer,
        made.shown,
        made.short.tag,
        created=created,
        location=made.short.path,
        once=once,
        dry_run=asked.dry_run,
    )


def _faults(said: NewPatch, place: Path) -> Sequence[Fault]:
    of_plan = {name: getattr(said, name) for name in ("plan", "step")}
    missing: Mapping[str, Any] = {name: value for name, value in of_plan.items() if value is None}
    if said.patch is None and len(missing) < len(of_plan):
        return [Fault((*place, name), "missing") for name in missing]
    if said.patch is None or len(missing) < len(of_plan):
        return [Fault(place, "patch_or_plan")]
    return []
