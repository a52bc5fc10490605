"""Findings of stored analyses: a row each for lists and filters; what they say in full lies in blocks, as the report has them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Row
from sqlmodel import Field

from app.domain.pages import Found, Wanted
from app.storage.columns import Json
from app.storage.pages import Listing, at_least, at_most, names_one_of, page_of
from app.storage.workspace import Owned, Transaction

BLOCK = 32
"""Lines of a block."""


def _of_analysis() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["workspace_id", "organization_id", "analysis_id"],
        ["analysis.workspace_id", "analysis.organization_id", "analysis.id"],
    )


class FindingRow(Owned, table=True):
    """A finding of an analysis, by itself; `position` counts from the worst.

    `line`: where it stands in full; `folded_under`: the fingerprint of the one that stands for it there; `outcome`: the key of the outcome
    that it works against; `titles`: by language.
    """

    __tablename__ = "finding"
    __table_args__ = (_of_analysis(),)

    organization_id: str = Field(primary_key=True)
    analysis_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    fingerprint: str
    kind: str
    rule: str
    flaw: str | None = None
    level: str
    severity: float
    confidence: float
    subjects: Any = Field(sa_type=Json)
    departments: Any = Field(sa_type=Json)
    outcome: str | None = None
    status: str
    folded_under: str | None = None
    line: int
    titles: Any = Field(sa_type=Json)
    searched: str


class FindingBlockRow(Owned, table=True):
    """Findings in full, packed: for each of the analysis's languages one line of JSON a finding, those folded under it inside."""

    __tablename__ = "finding_block"
    __table_args__ = (_of_analysis(),)

    organization_id: str = Field(primary_key=True)
    analysis_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    body: bytes


def listed(tx: Transaction, organization_id: str, analysis_id: str, wanted: Wanted) -> Found[Row[Any]]:
    """A page of an analysis's findings."""
    return page_of(tx, LISTING, wanted, _f.organization_id == organization_id, _f.analysis_id == analysis_id)


def one(tx: Transaction, organization_id: str, analysis_id: str, fingerprint: str) -> Row[Any] | None:
    """A finding of an analysis."""
    of = (_f.organization_id == organization_id, _f.analysis_id == analysis_id)
    return tx.first(tx.mine(FindingRow, *SHOWN).where(*of, _f.fingerprint == fingerprint))


def named(
    tx: Transaction, organization_id: str, analysis_id: str, fingerprints: Collection[str]
) -> dict[str, Row[Any]]:
    """The findings of an analysis with these fingerprints."""
    statement = tx.mine(FindingRow, *SHOWN).where(
        _f.organization_id == organization_id, _f.analysis_id == analysis_id, _f.fingerprint.in_(sorted(fingerprints))
    )
    return {row.fingerprint: row for row in tx.all(statement)}


def open_fingerprints(tx: Transaction, organization_id: str, analysis_id: str) -> dict[str, float]:
    """The fingerprints of the findings of an analysis that nobody has accepted, with their severities."""
    statement = tx.mine(FindingRow, _f.fingerprint, _f.severity).where(
        _f.organization_id == organization_id, _f.analysis_id == analysis_id, _f.status == "open"
    )
    return {row.fingerprint: row.severity for row in tx.all(statement)}


def blocks(
    tx: Transaction, organization_id: str, analysis_id: str, numbers: Collection[int] | None = None
) -> dict[int, bytes]:
    """Blocks of an analysis by number, all of them or those with the numbers."""
    statement = tx.mine(FindingBlockRow, _b.number, _b.body)
    statement = statement.where(_b.organization_id == organization_id, _b.analysis_id == analysis_id)
    if numbers is not None:
        statement = statement.where(_b.number.in_(sorted(numbers)))
    return {row.number: bytes(row.body) for row in tx.all(statement.order_by(_b.number))}


def _is_folded(values: Sequence[bool]) -> Any:
    return _f.folded_under.is_not(None) if values[0] else _f.folded_under.is_(None)


_f: Any = FindingRow
_b: Any = FindingBlockRow

SHOWN = tuple(
    getattr(_f, name)
    for name in FindingRow.model_fields
    if name not in ("workspace_id", "organization_id", "analysis_id", "searched")
)

LISTING = Listing(
    FindingRow,
    shown=SHOWN,
    sort={
        "position": _f.position,
        "fingerprint": _f.fingerprint,
        "severity": _f.severity,
        "confidence": _f.confidence,
        "rule": _f.rule,
        "kind": _f.kind,
    },
    total=("position",),
    filters={
        "fingerprint": _f.fingerprint,
        "kind": _f.kind,
        "rule": _f.rule,
        "flaw": _f.flaw,
        "level": _f.level,
        "outcome": _f.outcome,
        "status": _f.status,
        "department": names_one_of(_f.departments),
        "folded": _is_folded,
        "severity_min": at_least(_f.severity),
        "severity_max": at_most(_f.severity),
    },
    searched=(_f.searched,),
)
