"""`/v1/embed-tokens`: what lets a portal show one view to its visitors."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import Field
from starlette.responses import Response

from app.domain.conflict_states import Status
from app.domain.embeds import LONGEST_LIFE, MOST_ORIGINS, Theme, View
from app.domain.terms import FindingKind, Level
from app.services import embed_tokens
from app.services.schemas.embeds import EmbedToken
from app.web import stored
from app.web.answers import JsonAnswer, unkept
from app.web.body import TEXTS, TextBody
from app.web.clock import Now
from app.web.documented import RETRIED, WRITES, answers, answers_list, problems, reads, refer, saves
from app.web.idempotency import Once
from app.web.identity import Embedder
from app.web.members import Members, members_of
from app.web.operations import operations
from app.web.parameters import COMMAS, Parameters
from app.web.problem_types import NOT_FOUND
from app.web.seals import Seals
from app.web.stored import Store
from app.web.stored_lists import SORT, Created, StoredListParameters, page, wanted
from app.web.writes import WriteParameters

router = operations("/v1/embed-tokens", "embeds")

Key = Annotated[str, Field(min_length=1, max_length=63)]
Keys = Annotated[list[Key], Field(min_length=1, max_length=50)]


class EmbedFilters(Members):
    """What narrows a view. A conflict needs its `fingerprint`, a department its key; `analysis` pins the view to that one."""

    analysis: Annotated[str, Field(max_length=60)] | None = None
    department: Keys | None = None
    level: Annotated[list[Level], Field(min_length=1, max_length=4)] | None = None
    kind: Annotated[list[FindingKind], Field(min_length=1, max_length=6)] | None = None
    status: Annotated[list[Status], Field(min_length=1, max_length=7)] | None = None
    outcome: Keys | None = None
    fingerprint: Annotated[str, Field(max_length=16)] | None = None


class NewEmbedToken(Members):
    """A token that is to be made: which view of which organization, for pages of which origins."""

    view: View
    organization: Key
    filters: EmbedFilters | None = Field(default=None, description="What narrows the view.")
    locale: Annotated[str, Field(min_length=2, max_length=35)] | None = Field(
        default=None,
        description="Language of texts, numbers and days (BCP 47); left out: what the visitor's browser prefers.",
    )
    theme: Theme | None = Field(
        default=None, description="Colours; `auto`, as the visitor's system has them, when left out."
    )
    pay_figures: bool | None = Field(
        default=None,
        description="Whether figures of pay are shown: weights, shares of pay, costs, arithmetic. Left out: not.",
    )
    ttl_seconds: Annotated[int, Field(ge=1, le=int(LONGEST_LIFE.total_seconds()))] | None = Field(
        default=None, description="Seconds for which the token is good; 600 when left out, 900 at most."
    )
    allowed_origins: Annotated[list[str], Field(max_length=MOST_ORIGINS)] | None = Field(
        default=None, description="Origins of the pages that may show the view; none when left out."
    )


class EmbedTokenParameters(Created, StoredListParameters):
    """How tokens are filtered and ordered."""

    organization: Annotated[list[str], COMMAS] = Field(default=[], description="Keys of organizations.")
    view: Annotated[list[View], COMMAS] = Field(default=[], description="Views.")
    sort: Annotated[list[Literal["id", "-id", "created_at", "-created_at"]], COMMAS] = SORT


@router.get("", operation_id="list_embed_tokens", responses=answers_list(EmbedToken, "Tokens."))
def list_embed_tokens(
    caller: Embedder, asked: Annotated[EmbedTokenParameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """List tokens of embeds.

    Those of the last day, the oldest first unless another order is asked for. The tokens themselves are not shown.
    """
    found = embed_tokens.listed(store, caller, wanted(answer, asked, caller, EmbedToken))
    return unkept(page(answer, asked, caller, found.of(lambda token: token.shown)))


@router.post(
    "",
    operation_id="add_embed_token",
    responses=saves(EmbedToken, "The token; this answer alone shows it.") | problems(NOT_FOUND, *RETRIED, *WRITES),
    openapi_extra=reads(refer(NewEmbedToken), TEXTS, "The view, and who may show it."),
)
def add_embed_token(
    caller: Embedder,
    answer: JsonAnswer,
    asked: Annotated[WriteParameters, Query()],
    body: TextBody,
    store: Store,
    sealer: Seals,
    once: Once,
    now: Now,
) -> Response:
    """Make a token that shows one view.

    `token` in the answer goes into the frame by `postMessage` or in the fragment of its address, never into a query; it opens this view of
    this organization and nothing else, is good for a quarter of an hour at most, and can be revoked. Figures of pay are left out unless
    `pay_figures` says otherwise.
    """
    said = _given(members_of(body, NewEmbedToken))
    made = embed_tokens.issue(store, sealer, caller, said, now, once=once, dry_run=asked.dry_run)
    response = stored.saved(
        answer,
        made.shown,
        made.tag,
        created=True,
        location=f"/v1/embed-tokens/{made.id}",
        once=once,
        dry_run=asked.dry_run,
    )
    return unkept(response)


@router.get(
    "/{embed_token_id}",
    operation_id="get_embed_token",
    responses=answers(EmbedToken, "The token.") | problems(NOT_FOUND),
)
def get_embed_token(
    embed_token_id: str, caller: Embedder, _: Annotated[Parameters, Query()], answer: JsonAnswer, store: Store
) -> Response:
    """Show what a token says."""
    found = embed_tokens.get(store, caller, embed_token_id)
    return unkept(stored.one(answer, found.shown, found.tag))


@router.delete("/{embed_token_id}", operation_id="revoke_embed_token", status_code=204, responses=problems(NOT_FOUND))
def revoke_embed_token(
    embed_token_id: str,
    caller: Embedder,
    asked: Annotated[WriteParameters, Query()],
    answer: JsonAnswer,
    store: Store,
    now: Now,
) -> Response:
    """Revoke a token.

    It opens nothing from the next request on; what is shown already is renewed no more.
    """
    embed_tokens.revoke(store, caller, embed_token_id, now, dry_run=asked.dry_run)
    return stored.removed(dry_run=asked.dry_run)


def _given(said: NewEmbedToken) -> dict[str, Any]:
    """What was said, without what was left out."""
    return said.model_dump(exclude_none=True)
