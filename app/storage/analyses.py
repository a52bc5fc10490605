"""Analyses: what the engine said about a revision of an organization's document, never changed once it is there.

What is told in words is kept in every language that Concord speaks, as it was told: an engine that comes later may not say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, Row, bindparam
from sqlmodel import Field

from app.domain.pages import Found, Wanted
from app.storage.columns import Instant, Json, Packed
from app.storage.organizations import Organization
from app.storage.pages import Listing, created, page_of
from app.storage.prepared import Prepared
from app.storage.workspace import Owned, Transaction, rows_of


class AnalysisRow(Owned, table=True):
    """An analysis in short, and under `result` all of it but its findings, packed: a line of JSON for each of `languages`.

    Pinned: `content_hash` of the revision, `engine_version`, `catalogue_version`, `rule_packs`, `hashes` of catalogue and packs,
    `parameters`, `waivers` that came from conflicts. `result_hash`: of the whole result as the report in JSON, first language.
    `goals`: what was pushed, by which later analyses tell what is gone; `removed_goals`: gone since `previous_id`.
    `is_current`: it looked at the newest revision as of the day on which it ran: these, one after the other, tell how things went.
    `entries`: lines of findings that a report has, folded as there; lines after them are of waived findings.
    `scenario_id`: it looked at what a scenario made of the revision, which is kept as `document`; then nothing that follows the model
    over time takes note of it.
    """

    __tablename__ = "analysis"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]),
        Index("analysis_created", "workspace_id", "organization_id", "created_at", "id"),
        Index("analysis_scenario", "workspace_id", "organization_id", "scenario_id"),
    )

    organization_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    created_at: datetime = Field(sa_type=Instant)
    actor: str
    revision: int
    content_hash: str
    as_of: str
    is_current: bool
    engine_version: str
    catalogue_version: str
    rule_packs: Any = Field(sa_type=Json)
    hashes: Any = Field(sa_type=Json)
    parameters: Any = Field(sa_type=Json)
    waivers: Any = Field(sa_type=Json)
    with_recommendations: bool
    languages: Any = Field(sa_type=Json)
    headlines: Any = Field(sa_type=Json)
    alignment_index: float | None = None
    levels: Any = Field(sa_type=Json)
    kinds: Any = Field(sa_type=Json)
    coverage: Any = Field(sa_type=Json)
    goals: Any = Field(sa_type=Json)
    previous_id: str | None = None
    removed_goals: Any = Field(sa_type=Json)
    entries: int
    finding_count: int
    waived_count: int
    recommendation_count: int
    matrix: Any = Field(sa_type=Json)
    result_hash: str
    scenario_id: str | None = None
    document: bytes | None = Field(default=None, sa_type=Packed)
    result: bytes


def listed(
    tx: Transaction, organization: Organization, wanted: Wanted, *, scenario: str | None = None
) -> Found[Row[Any]]:
    """A page of the analyses of the organization's document, or of one of its scenarios."""
    of_it = _a.scenario_id.is_(None) if scenario is None else _a.scenario_id == scenario
    return page_of(tx, LISTING, wanted, _a.organization_id == organization.id, of_it)


def short(tx: Transaction, organization: Organization, id_: str) -> Row[Any] | None:
    """An analysis without its result."""
    return tx.first(tx.mine(AnalysisRow, *SHORT).where(*_that(organization, id_)))


def result(tx: Transaction, organization: Organization, id_: str) -> bytes:
    """The packed result of an analysis that there is."""
    row = tx.first(tx.mine(AnalysisRow, _a.result).where(*_that(organization, id_)))
    assert row is not None
    return bytes(row.result)


def document(tx: Transaction, organization: Organization, id_: str) -> bytes | None:
    """The document, as JSON, that an analysis of a scenario looked at."""
    row = tx.first(tx.mine(AnalysisRow, _a.document).where(*_that(organization, id_)))
    return row.document if row else None


def latest(tx: Transaction, organization: Organization) -> Row[Any] | None:
    """The analysis of the document that was stored last, without its result."""
    ordered = (_a.created_at.desc(), _a.id.desc())
    return tx.first(tx.mine(AnalysisRow, *SHORT).where(*_of_document(organization)).order_by(*ordered))


def latest_id(tx: Transaction, organization: Organization) -> str | None:
    """The id of the analysis of the document that was stored last."""
    row = tx.find(_LATEST_ID, organization=organization.id)
    return row.id if row else None


def before(tx: Transaction, organization: Organization, *, is_current: bool) -> Row[Any] | None:
    """The analysis that one is compared with that is stored now, without its result: the last one, before a current one the last of those.

    What looks at other days and past documents cannot stand between two current ones, and hide which goals are gone.
    """
    last = latest(tx, organization)
    if not is_current or last is None or last.is_current:
        return last
    of_it = (*_of_document(organization), _a.is_current.is_(True))
    statement = tx.mine(AnalysisRow, *SHORT).where(*of_it).order_by(_a.created_at.desc(), _a.id.desc())
    return tx.first(statement) or last


def _that(organization: Organization, id_: str) -> tuple[Any, ...]:
    return _a.organization_id == organization.id, _a.id == id_


def _of_document(organization: Organization) -> tuple[Any, ...]:
    return _a.organization_id == organization.id, _a.scenario_id.is_(None)


def days(values: Sequence[date]) -> Any:
    """What the row of an analysis as of one of these days meets."""
    return _a.as_of.in_([day.isoformat() for day in values])


_a: Any = AnalysisRow

_LATEST_ID = Prepared(
    rows_of(AnalysisRow, _a.id)
    .where(_a.organization_id == bindparam("organization"), _a.scenario_id.is_(None))
    .order_by(_a.created_at.desc(), _a.id.desc())
    .limit(1)
)

SHORT = tuple(
    getattr(_a, name) for name in AnalysisRow.model_fields if name not in ("workspace_id", "document", "result")
)
"""The columns that do not take long to read."""

LISTING = Listing(
    AnalysisRow,
    shown=SHORT,
    sort={
        "id": _a.id,
        "created_at": _a.created_at,
        "as_of": _a.as_of,
        "revision": _a.revision,
        "alignment_index": _a.alignment_index,
    },
    total=("created_at", "id"),
    filters={"revision": _a.revision, "as_of": days, "current": _a.is_current, **created(_a.created_at)},
)
