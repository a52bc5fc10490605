"""`/v1/organizations/{org}/evidence`: what own observations say of the influences that findings use."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.document.values import Day
from app.services import own_evidence
from app.services.schemas.own_evidence import OwnEvidence, ReplacedStrength
from app.web import stored
from app.web.answers import JsonAnswer
from app.web.clock import Now
from app.web.documented import RETRIED, answers, problems
from app.web.idempotency import Once, as_replayed
from app.web.identity import HeavyReader, HeavyWriter
from app.web.operations import operations
from app.web.parameters import Parameters
from app.web.problem_types import NOT_FOUND, OVERLOADED, TOO_LARGE, VALIDATION
from app.web.stored import Store
from app.web.stored_problem_types import PRECONDITION_FAILED, WRONG_STATE
from app.web.told import Told, in_language
from app.web.turns import InTurn, MostGoals
from app.web.writes import WriteParameters

router = operations("/v1/organizations/{org}/evidence", "customers")

COMPUTED = (NOT_FOUND, VALIDATION, TOO_LARGE, OVERLOADED)


class EvidenceParameters(Parameters):
    """As of when."""

    as_of: Day | None = Field(default=None, description="The day on which the plans are looked at; today by default.")


class ReplacementParameters(WriteParameters, Told):
    """Whether the write is meant, and the language of texts."""


@router.get(
    "",
    operation_id="get_own_evidence",
    responses=answers(OwnEvidence, "What observations say.", kept=False) | problems(*COMPUTED),
)
async def get_own_evidence(
    org: str,
    caller: HeavyReader,
    asked: Annotated[EvidenceParameters, Query()],
    answer: JsonAnswer,
    store: Store,
    now: Now,
    turns: InTurn,
    most_goals: MostGoals,
) -> Response:
    """Test influences on own observations.

    Each influence that findings of the document use is tested on what was observed of its two metrics: supported, contradicted, open, or
    how many points it needs. Trend, seasons and what series owe to their own past are taken out; p-values come from shuffles, and no more
    than one of twenty verdicts is false. The same observations give the same verdicts. They delete no finding.
    """
    day = asked.as_of or now.date()
    found = await turns.run(own_evidence.evidence, store, caller, org, day, most_goals=most_goals)
    return stored.told(own_evidence.evidence_as_json(found, day), dry_run=False)


@router.post(
    "/{influence_id}/replacement",
    operation_id="replace_influence_strength",
    status_code=200,
    responses=answers(ReplacedStrength, "What that changes.", kept=False)
    | problems(WRONG_STATE, PRECONDITION_FAILED, *RETRIED, *COMPUTED),
)
async def replace_influence_strength(
    org: str,
    influence_id: str,
    caller: HeavyWriter,
    asked: Annotated[ReplacementParameters, Query()],
    answer: JsonAnswer,
    store: Store,
    once: Once,
    now: Now,
    turns: InTurn,
    most_goals: MostGoals,
) -> Response:
    """Let own observations replace the catalogue's class.

    Where they support an influence, and show another class of effect, the document gets an entry that overrides the catalogue's, with its
    figures as the source. Told are the findings that are new, worse, better and fixed by that; with `dry_run` nothing else happens.
    """
    made = await turns.run(
        own_evidence.replace,
        store,
        caller,
        org,
        influence_id,
        answer.context.language,
        now,
        most_goals=most_goals,
        once=once,
        dry_run=asked.dry_run,
    )
    return in_language(as_replayed(stored.told(made.shown, dry_run=asked.dry_run), once), answer)
