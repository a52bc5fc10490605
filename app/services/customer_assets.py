"""The customer base of an organization as an asset: what people say of its segments, kept; what follows, computed when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.conditions import Condition
from app.domain.customer_asset import Economics
from app.domain.errors import Missing
from app.domain.faults import Fault, invalid
from app.domain.instants import written
from app.domain.terms import Language
from app.reports.json_customer_asset import asset_as_json
from app.services.detecting import Standing, detected, standing
from app.services.organizations import existing
from app.storage import audit_events, sole_records
from app.storage.database import Database
from app.storage.organizations import Organization
from app.storage.sole_records import CustomerAssetRow
from app.storage.workspace import Transaction

EVERYBODY, OTHERS = "all", "others"
"""The one segment of a document that names none, and customers that are in none of those that it names."""

Inputs = Mapping[str, Any]
"""`discount`, and `segments` by key: `customers` or `share`, `margin`, `retention`, `cost_to_serve`, `acquisition_cost`."""


@dataclass(frozen=True, slots=True)
class CustomerAsset:
    """What is kept of the customer base, and the document beside which it is read; `is_new` when it was not there before."""

    organization: str
    inputs: Inputs
    standing: Standing
    version: int
    updated_at: datetime
    updated_by: str
    is_new: bool = False

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes: what follows from it changes with the document, too."""
        return f"v{self.version}-r{self.standing.revision}"

    @property
    def path(self) -> str:
        """The path of its address."""
        return f"/v1/organizations/{self.organization}/customer-asset"


class _Known(NamedTuple):
    """What a document says of customers: their number, and the share of each segment."""

    number: int | None
    shares: Mapping[str, float | None]


def get(store: Database, caller: Caller, organization: str) -> CustomerAsset:
    """What is kept. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        return _kept(tx, of, _row(tx, of))


def valued(found: CustomerAsset, language: Language, as_of: date, *, most_goals: int | None = None) -> dict[str, Any]:
    """It, and what follows: worth by segment, drivers, who answers for them, what conflicts cost. Takes as long as an analysis.

    Raises DocumentInvalid for segments that the document no longer has, or for a document with more than `most_goals`.
    """
    seen = detected(found.standing, as_of, most_goals)
    segments = segments_of(found.inputs, found.standing.raw)
    currency = seen.document.organization.currency
    return {
        **found.inputs,
        **({} if currency is None else {"currency": currency}),
        "revision": found.standing.revision,
        "updated_at": written(found.updated_at),
        "updated_by": found.updated_by,
        **asset_as_json(segments, found.inputs["discount"], seen.detection, seen.left_out, language),
    }


def put(
    store: Database,
    caller: Caller,
    organization: str,
    inputs: Inputs,
    now: datetime,
    condition: Condition,
    *,
    dry_run: bool = False,
) -> CustomerAsset:
    """Say what the segments bring, cost, and how long their customers stay. Raises Missing, Changed, ConditionNeeded, DocumentInvalid with
    every fault."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        of = existing(tx, caller, organization, locked=True)
        row = sole_records.sole(tx, CustomerAssetRow, of.id, locked=True)
        before = None if row is None else _kept(tx, of, row)
        segments_of(inputs, standing(tx, of).raw)
        condition.check(None if before is None else before.tag)
        if before is not None and before.inputs == inputs:
            return before
        row = sole_records.put(tx, CustomerAssetRow, of.id, row, inputs, caller.actor, now)
        _note(tx, caller, organization, "customer_asset.replaced" if before else "customer_asset.created", now)
        return _kept(tx, of, row, is_new=before is None)


def remove(
    store: Database, caller: Caller, organization: str, now: datetime, condition: Condition, *, dry_run: bool = False
) -> None:
    """Forget what was said. Raises Missing, Changed, ConditionNeeded."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        of = existing(tx, caller, organization, locked=True)
        row = _row(tx, of, locked=True)
        condition.check(_kept(tx, of, row).tag)
        sole_records.remove(tx, CustomerAssetRow, of.id)
        _note(tx, caller, organization, "customer_asset.deleted", now)


def segments_of(inputs: Inputs, raw: Mapping[str, Any]) -> tuple[Economics, ...]:
    """The segments with their customers as numbers. Raises DocumentInvalid with every one that does not fit the document."""
    known = _known(raw)
    faults = list(_faults(inputs, known))
    if faults:
        raise invalid(faults, inputs)
    return tuple(
        Economics(
            key,
            _customers(key, said, known),
            said["margin"],
            said["retention"],
            said.get("cost_to_serve", 0.0),
            said.get("acquisition_cost", 0.0),
        )
        for key, said in inputs["segments"].items()
    )


def segments_in(raw: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys of the segments that can be valued beside a document: its own first, then all others."""
    return tuple(reversed([*_known(raw).shares]))


def _faults(inputs: Inputs, known: _Known) -> Iterator[Fault]:
    for key, said in inputs["segments"].items():
        path = ("segments", key)
        if key not in known.shares:
            yield Fault(path, "unknown_member", said, options=list(known.shares))
        if "customers" in said and "share" in said:
            yield Fault((*path, "share"), "customers_or_share", said["share"])
        elif "customers" not in said and said.get("share", known.shares.get(key)) is None:
            yield Fault((*path, "customers"), "missing")
        elif "customers" not in said and known.number is None:
            yield Fault((*path, "share"), "share_of_nothing", said.get("share", known.shares.get(key)))
        if said["retention"] >= 1 + inputs["discount"]:
            yield Fault((*path, "retention"), "worth_no_end", said["retention"])


def _customers(key: str, said: Inputs, known: _Known) -> float:
    if "customers" in said:
        return float(said["customers"])
    share = said.get("share", known.shares.get(key))
    return float(known.number or 0) * float(share or 0)


def _known(raw: Mapping[str, Any]) -> _Known:
    customers = raw["organization"].get("customers", {})
    segments = {one["key"]: one.get("share") for one in customers.get("segments", ())}
    left = round(1 - sum(share or 0 for share in segments.values()), 6)
    rest = {OTHERS: max(0.0, left)} if segments else {EVERYBODY: 1.0}
    return _Known(customers.get("count"), {**rest, **segments})


def _row(tx: Transaction, of: Organization, *, locked: bool = False) -> CustomerAssetRow:
    row = sole_records.sole(tx, CustomerAssetRow, of.id, locked=locked)
    if row is None:
        raise Missing("customer_asset", of.key)
    return row


def _kept(tx: Transaction, of: Organization, row: CustomerAssetRow, *, is_new: bool = False) -> CustomerAsset:
    return CustomerAsset(of.key, row.body, standing(tx, of), row.version, row.updated_at, row.updated_by, is_new)


def _note(tx: Transaction, caller: Caller, organization: str, action: str, now: datetime) -> None:
    audit_events.record(tx, caller, at=now, action=action, target=f"organizations/{organization}/customer-asset")
