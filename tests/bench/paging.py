"""Pages of findings and conflicts: a workspace with a thousand organizations and a million findings against one with ten organizations."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import create_engine, text

from app.domain.pages import Wanted
from app.storage import conflicts, directory, findings
from app.storage.analyses import AnalysisRow
from app.storage.conflicts import ConflictRow
from app.storage.database import Database
from app.storage.findings import FindingRow
from app.storage.organizations import OrganizationRow
from app.storage.tables import owned_tables
from tests.bench.timing import Ratio, ratio
from tests.databases import KINDS, fresh

MANY, FEW = 1_000, 10
"""Organizations of the two workspaces."""
EACH = 1_000
"""Findings, and conflicts, of an organization."""
TIMES_SLOWER = 2.0

LEVELS = ("low", "medium", "high", "critical")
NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)

ASKED = {
    "the first page": Wanted(),
    "the worst of a department": Wanted(filters={"level": ("high", "critical"), "department": ("d3",)}),
    "a search": Wanted(words=("title 7",)),
    "another order": Wanted(sort=("severity",)),
}
OF_CONFLICTS = {
    **ASKED,
    "what changed": Wanted(sort=("changed_at",), filters={"changed_after": (NOW + timedelta(seconds=EACH // 2),)}),
    "what nobody looks after": Wanted(filters={"status": ("new", "open", "regressed"), "assignee": ("none",)}),
}


def ratios(kinds: Sequence[str] = KINDS[:1]) -> Iterator[Ratio]:
    """What pages cost in the large workspace, as a multiple of what they cost in the small one, in a database of each of the kinds.

    Each run asks for pages of ten organizations that are drawn anew. Filling takes minutes, on PostgreSQL longest: it is measured where
    it is asked for, by `ratios(KINDS)`.
    """
    owned_tables()
    for kind in kinds:
        with fresh(kind) as url:
            database = Database(url)
            large, small = _filled(database, MANY), _filled(database, FEW)
            _counted(database)
            for list_, page, asked in (("findings", _findings, ASKED), ("conflicts", _conflicts, OF_CONFLICTS)):
                for what, wanted in asked.items():
                    yield Ratio(
                        f"{what} of {list_} among {MANY * EACH:,} of {MANY:,} organizations, {kind}",
                        ratio(partial(_pages, database, large, MANY, page, wanted),
                              partial(_pages, database, small, FEW, page, wanted), times=9),
                        TIMES_SLOWER,
                        f"the same among {FEW * EACH:,} of {FEW}",
                    )  # fmt: skip
            database.close()


def _counted(database: Database) -> None:
    """Let PostgreSQL know how many rows there are, as it would by itself soon after."""
    if database.dialect == "postgresql":
        engine = create_engine(database.url)
        with engine.begin() as connection:
            connection.execute(text("analyze"))
        engine.dispose()


def _pages(database: Database, workspace: str, organizations: int, page: Callable[..., Any], wanted: Wanted) -> None:
    drawn = random.Random(organizations)
    for _ in range(FEW):
        with database.reading(workspace) as tx:
            assert page(tx, f"org_{drawn.randrange(organizations)}", wanted).items


def _findings(tx: Any, organization: str, wanted: Wanted) -> Any:
    return findings.listed(tx, organization, f"ana_{organization}", wanted)


def _conflicts(tx: Any, organization: str, wanted: Wanted) -> Any:
    return conflicts.listed(tx, organization, wanted)


def _filled(database: Database, organizations: int) -> str:
    """A workspace with so many organizations, each with an analysis of its own, findings and conflicts."""
    workspace = directory.workspace_named(database, f"with {organizations}", NOW)
    for number in range(organizations):
        key = f"org_{number}"
        with database.writing(workspace) as tx:
            tx.add_all(OrganizationRow, [_organization(key)])
            tx.add_all(AnalysisRow, [_analysis(key)])
            tx.add_all(FindingRow, [_finding(key, place) for place in range(EACH)])
            tx.add_all(ConflictRow, [_conflict(key, place) for place in range(EACH)])
    return workspace


def _organization(key: str) -> dict[str, Any]:
    times = {"created_at": NOW, "updated_at": NOW}
    return {"id": key, "key": key, "name": key, "revision": 1, "body": {}, "content_hash": "", "searched": key, **times}


def _analysis(organization: str) -> dict[str, Any]:
    texts = ("content_hash", "engine_version", "catalogue_version", "result_hash")
    values = (
        "rule_packs", "hashes", "parameters", "waivers", "languages", "headlines", "levels", "kinds", "coverage", "goals",
        "removed_goals", "matrix",
    )  # fmt: skip
    counts = ("entries", "finding_count", "waived_count", "recommendation_count")
    return {
        **dict.fromkeys(texts, ""),
        **{name: [] for name in values},
        **dict.fromkeys(counts, EACH),
        "id": f"ana_{organization}",
        "organization_id": organization,
        "created_at": NOW,
        "actor": "bench",
        "revision": 1,
        "as_of": "2026-11-22",
        "is_current": True,
        "with_recommendations": False,
        "result": b"",
    }


def _said(organization: str, place: int) -> dict[str, Any]:
    """What findings and conflicts have in common."""
    return {
        "organization_id": organization,
        "fingerprint": f"{place * 2_654_435_761 % 2**64:016x}",
        "kind": "goal_conflict" if place % 3 else "outcome_conflict",
        "rule": f"FLU{100 + place % 7}",
        "level": LEVELS[3 - place * 4 // EACH],
        "severity": round(100 - place * 100 / EACH, 2),
        "confidence": place % 11 / 11,
        "subjects": [{"kind": "kpi", "key": f"k{place}", "role": "source"}],
        "departments": [f"d{place % 9}"],
        "titles": {"en": f"Title {place}", "de": f"Titel {place}"},
        "searched": f"title {place}\ntitel {place}",
    }


def _finding(organization: str, place: int) -> dict[str, Any]:
    own = {"analysis_id": f"ana_{organization}", "position": place, "line": place, "status": "open"}
    return {**_said(organization, place), **own}


def _conflict(organization: str, place: int) -> dict[str, Any]:
    analysis = f"ana_{organization}"
    seen = {"first_analysis": analysis, "last_analysis": analysis, "first_seen_at": NOW, "last_seen_at": NOW}
    changed_at = NOW + timedelta(seconds=place)
    return {**_said(organization, place), **seen, "changed_at": changed_at, "grounds": "", "status": "open"}
