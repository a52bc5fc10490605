"""Observations of an organization's KPIs and of metrics: written many at once, listed, removed by what selects them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.observations import Observation, Series, observations_in
from app.domain.pages import Found, Wanted
from app.exchange.item_sheets import SentItems
from app.services.organizations import existing
from app.storage import audit_events, claims, documents, observations
from app.storage.database import Database


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many observations were new, had another value before, or said what was known."""

    created: int
    updated: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class RemovedObservations:
    """How many went."""

    removed: int


def listed(store: Database, caller: Caller, organization: str, wanted: Wanted) -> Found[Observation]:
    """A page of the organization's observations. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        return observations.listed(tx, existing(tx, caller, organization), wanted).of(_observation)


def record(
    store: Database,
    caller: Caller,
    organization: str,
    sent: SentItems,
    now: datetime,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> Recorded:
    """Write all of them, or none: a value of a series on a day replaces the one that was there.

    Raises Missing, and DocumentInvalid with the place of everything that is wrong; KPIs are those of the document as it stands, metrics
    those of the catalogue and the organization's own.
    """
    with store.reading(caller.workspace) as tx:
        raw = documents.standing(tx, existing(tx, caller, organization)).raw
    said, faults = observations_in(sent.source.raw, *_subjects(raw))
    if (refusal := sent.refusal(faults)) is not None:
        raise refusal
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, Recorded)) is not None:
            return before
        row = existing(tx, caller, organization, locked=True)
        known = observations.known(tx, row, said)
        new = [one for one in said if (one.series, one.on) not in known]
        other = [one for one in said if known.get((one.series, one.on), one.value) != one.value]
        observations.put(tx, row, [*new, *other])
        recorded = Recorded(len(new), len(other), len(said) - len(new) - len(other))
        if new or other:
            audit_events.record(tx, caller, at=now, action="observations.recorded", target=_target(organization))
        claims.keep(tx, caller, once, recorded)
        return recorded


def remove(
    store: Database,
    caller: Caller,
    organization: str,
    filters: Mapping[str, tuple[Any, ...]],
    now: datetime,
    *,
    dry_run: bool = False,
) -> RemovedObservations:
    """Delete what the filters select, those of `listed`. Raises Missing."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        row = existing(tx, caller, organization, locked=True)
        count = observations.remove(tx, row, filters)
        if count:
            audit_events.record(tx, caller, at=now, action="observations.removed", target=_target(organization))
        return RemovedObservations(count)


def _subjects(raw: Mapping[str, Any]) -> tuple[Collection[str], Collection[str]]:
    """The keys of KPIs and the ids of metrics that can be observed."""
    own = (metric["id"] for metric in raw.get("metrics", ()))
    return {kpi["key"] for kpi in raw.get("kpis", ())}, {*catalogue().metrics, *own}


def _observation(row: Row[Any]) -> Observation:
    return Observation(Series(row.subject, row.key), date.fromisoformat(row.day), row.value)


def _target(organization: str) -> str:
    return f"organizations/{organization}/observations"
