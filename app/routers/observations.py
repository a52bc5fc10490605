"""`/v1/organizations/{org}/observations`: dated values of KPIs and metrics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from pydantic import Field
from starlette.responses import Response

from app.domain.document.values import Day
from app.domain.faults import Fault, problem
from app.domain.observations import Observation
from app.exchange.item_sheets import SentItems
from app.exchange.observation_sheets import observations_sheet, read_observations, written_value
from app.services import observations
from app.services.schemas import observations as schemas
from app.web import stored
from app.web.answers import Answer, JsonAnswer, answering
from app.web.attachments import named
from app.web.body import CSV, JSON, YAML, Body, reading, source_of
from app.web.clock import Now
from app.web.documented import RETRIED, WRITES, also_as, answers, answers_list, problems, reads, refer
from app.web.idempotency import Once, as_replayed
from app.web.identity import Reader, Writer
from app.web.operations import operations
from app.web.page_links import link_header
from app.web.parameters import COMMAS, Parameters
from app.web.problem_types import INVALID_REQUEST, NOT_FOUND
from app.web.problems import Refused
from app.web.stored import CACHE, Store
from app.web.stored_lists import SORT, StoredListParameters, filters_of, page, page_links, wanted
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/observations", "observations")

MOST_ROWS = 100_000
"""Rows of a CSV sheet: as many as are read of one."""

SheetAnswer = Annotated[Answer, Depends(answering(JSON, CSV))]
SheetBody = Annotated[Body, Depends(reading(JSON, YAML, CSV))]


class Selection(Parameters):
    """Which observations."""

    kpi: Annotated[list[str], COMMAS] = Field(default=[], description="Keys of KPIs.")
    metric: Annotated[list[str], COMMAS] = Field(default=[], description="Ids of metrics.")
    from_: Day | None = Field(default=None, alias="from", description="The first day.")
    to: Day | None = Field(default=None, description="The first day after the last.")


class ObservationParameters(Selection, StoredListParameters):
    """How observations are selected and ordered, and in which form."""

    aside = frozenset({"format"})

    format: Literal["json", "csv"] | None = Field(
        default=None, description="The form of the answer; wins over `Accept`. A CSV sheet holds up to 100,000 rows."
    )
    sort: Annotated[list[Literal["on", "-on"]], COMMAS] = SORT


class SelectedRemovalParameters(Selection, WriteParameters):
    """Which observations are to go."""


@router.get(
    "",
    operation_id="list_observations",
    responses=also_as(answers_list(schemas.Observation, "Observations."), CSV) | problems(NOT_FOUND),
)
def list_observations(
    org: str, caller: Reader, asked: Annotated[ObservationParameters, Query()], answer: SheetAnswer, store: Store
) -> Response:
    """List observations.

    Series by series, KPIs first, each by day, unless another order is asked for. As CSV all that are selected come at once, up to 100,000;
    `Link` leads on where there are more.
    """
    asked_for = wanted(answer, asked, caller, schemas.Observation)
    is_sheet = asked.format == "csv" if asked.format else answer.media_type == CSV
    if not is_sheet:
        return page(answer, asked, caller, observations.listed(store, caller, org, asked_for).of(_shown))
    found = observations.listed(store, caller, org, asked_for._replace(limit=MOST_ROWS))
    headers = {**link_header(page_links(answer, asked, caller, found)), "Cache-Control": CACHE}
    return answer.kept(observations_sheet(found.items), CSV, {**headers, **named(f"{org}-observations.csv")})


@router.post(
    "",
    operation_id="record_observations",
    responses=answers(schemas.RecordedObservations, "What became of them.", kept=False)
    | problems(NOT_FOUND, *RETRIED, *WRITES),
    openapi_extra=reads(refer(schemas.Observations), (JSON, YAML, CSV), "The observations, at most 10,000."),
)
def record_observations(
    org: str,
    caller: Writer,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: SheetBody,
    store: Store,
    once: Once,
    now: Now,
) -> Response:
    """Record observations.

    All or none: a value of a series on a day replaces the one that was there. A CSV sheet has the columns `kpi` or `metric`, `on` and
    `value`; decimal commas and days are read as sheets have them, what can mean two things is refused with its cell.
    """
    sent = read_observations(body.data, "body") if body.media_type == CSV else SentItems(source_of(body))
    made = observations.record(store, caller, org, sent, now, once=once, dry_run=asked.dry_run)
    return as_replayed(stored.told(asdict(made), dry_run=asked.dry_run), once)


@router.delete(
    "",
    operation_id="delete_observations",
    status_code=200,
    responses=answers(schemas.RemovedObservations, "How many went.", kept=False) | problems(NOT_FOUND),
)
def delete_observations(
    org: str,
    caller: Writer,
    asked: Annotated[SelectedRemovalParameters, Query()],
    answer: JsonAnswer,
    store: Store,
    now: Now,
) -> Response:
    """Delete observations.

    Those of KPIs or metrics, within days, or both; something has to be said, so that nobody deletes all by a slip.
    """
    selected = filters_of(asked, aside=("dry_run",))
    if not selected:
        raise Refused(INVALID_REQUEST, problems=[problem(Fault(("kpi",), "no_selection"))], in_parameters=True)
    went = observations.remove(store, caller, org, selected, now, dry_run=asked.dry_run)
    return stored.told(asdict(went), dry_run=asked.dry_run)


def _shown(one: Observation) -> Mapping[str, Any]:
    return {one.series.subject: one.series.key, "on": one.on.isoformat(), "value": written_value(one.value)}
