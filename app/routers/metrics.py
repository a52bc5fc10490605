"""`/v1/metrics`: what can be measured, and what names people give it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from app.exchange.read import read
from app.reports.canonical_json import resolution_as_json, written
from app.services import knowledge, names
from app.services.audits import located
from app.services.schemas.analysis import Resolution
from app.services.schemas.names import NamesToResolve
from app.services.written_names import written_names
from app.web.answers import JsonAnswer
from app.web.body import TEXTS, Body, TextBody
from app.web.documented import READS, answers, answers_list, problems, reads, refer
from app.web.items import Shown
from app.web.lists import Collection, ListParameters, listed
from app.web.operations import operations
from app.web.parameters import COMMAS, Flag, Parameters
from app.web.problem_types import NOT_FOUND
from app.web.turns import InTurn
from app.web.words import Gameability, Good, MetricFunction, MetricKind, Reap, Timing, Unit

router = operations("/v1/metrics", "metrics", scope="read")


class Metric(Shown):
    """Something that can be measured. `family` is its archetype, `orientation` whether more of the metric is more of the family.

    `inverse_aliases` name the same quantity with the opposite polarity; `resolves` are names as people write them, `differs_from` near
    misses that must not resolve to it.
    """

    id: str
    name: str
    name_de: str | None = None
    function: MetricFunction
    unit: Unit
    good_direction: Good
    family: str | None = None
    orientation: Literal["+", "-"] | None = None
    aliases: list[str]
    inverse_aliases: list[str]
    reap: Reap
    kind: MetricKind
    timing: Timing
    horizon_days: int
    gameability: Gameability
    gameability_how: str | None = None
    customer_outcome: bool
    controllable_by: list[MetricFunction]
    resolves: list[str]
    differs_from: list[str]
    note: str | None = None


class MetricParameters(ListParameters):
    """How metrics are searched, filtered and ordered."""

    function: Annotated[list[MetricFunction], COMMAS] = Field(
        default=[], description="The function that it belongs to."
    )
    family: Annotated[list[str], COMMAS] = Field(default=[], description="Ids of families.")
    unit: Annotated[list[Unit], COMMAS] = Field(default=[], description="Its unit.")
    kind: Annotated[list[MetricKind], COMMAS] = Field(default=[], description="What it measures.")
    reap: Annotated[list[Reap], COMMAS] = Field(default=[], description="What of a customer's life it is about.")
    customer_outcome: Flag | None = Field(default=None, description="Whether it is something that customers are owed.")
    sort: Annotated[
        list[Literal["id", "-id", "name", "-name", "function", "-function", "horizon_days", "-horizon_days"]], COMMAS
    ] = Field(default=[], description="Members to order by, `-` before one for descending order.")


class ResolvedNames(BaseModel):
    """What the names mean, in their order."""

    items: list[Resolution]


def _metrics() -> Sequence[Mapping[str, Any]]:
    return [Metric.of(metric, **_family(metric.id)) for metric in knowledge.metrics().values()]


def _family(metric_id: str) -> Mapping[str, Any]:
    known = knowledge.family_of(metric_id)
    return {"family": known.family, "orientation": known.orientation} if known else {}


METRICS = Collection(
    "/v1/metrics", _metrics, ("id", "name", "name_de", "aliases", "inverse_aliases", "resolves"), knowledge.metric
)


@router.get("", operation_id="list_metrics", responses=answers_list(Metric, "Metrics."))
def list_metrics(asked: Annotated[MetricParameters, Query()], answer: JsonAnswer) -> Response:
    """List metrics.

    The built-in catalogue of what departments measure. `q` looks through names and aliases, English and German; to find out what a KPI's
    free text means, use `POST /v1/metrics/resolve`.
    """
    return listed(METRICS, asked, answer)


@router.post(
    "/resolve",
    operation_id="resolve_names",
    responses=answers(ResolvedNames, "What each name means, in the same order.", kept=False) | problems(*READS),
    openapi_extra=reads(refer(NamesToResolve), TEXTS, "The names, as people write them."),
)
async def resolve_names(
    _: Annotated[Parameters, Query()], body: TextBody, answer: JsonAnswer, turns: InTurn
) -> Response:
    """Resolve KPI names.

    Says which metric of the catalogue each name means, with polarity, score, method and candidates. Wrong is worse than unresolved: the
    method is `family` when only the archetype is clear, and `unresolved` when nothing is. At most 1,000 names.
    """
    return answer.computed(await turns.run(_resolved, body))


@router.get("/{metric_id}", operation_id="get_metric", responses=answers(Metric, "The metric.") | problems(NOT_FOUND))
def get_metric(metric_id: str, _: Annotated[Parameters, Query()], answer: JsonAnswer) -> Response:
    """Show a metric."""
    return answer.json(METRICS.one(metric_id))


def _resolved(body: Body) -> bytes:
    source = read(body.data, "body", body.kind)
    with located(source):
        resolutions = names.resolve(written_names(source.raw))
    return written({"items": [resolution_as_json(resolution) for resolution in resolutions]})
