"""Business cases of scenarios: what the change gives back, when, at which cost, drawn from assumptions.

A case keeps what the two documents said when it was made. Whoever says otherwise of costs and assumptions changes what is drawn, never what
it was drawn from.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.business_case import DISCOUNT, Premises, Said, SaidCost, business_case, cost_key, lags_of, premises
from app.domain.cash_flows import outlook
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.errors import Changed, Missing
from app.domain.faults import Fault, Path, invalid
from app.domain.instants import written
from app.domain.pages import Found, Wanted, folded
from app.domain.terms import Language
from app.domain.value_at_stake import value_at_stake
from app.reports.json_business_case import asked_as_json, case_as_json, premises_from, taken_as_json, told_case
from app.services.detecting import Standing, detected, standing
from app.services.kept_scenarios import existing_scenario
from app.services.organizations import existing
from app.storage import audit_events, business_cases, claims
from app.storage.business_cases import BusinessCaseRow
from app.storage.columns import written as json_text
from app.storage.database import Database
from app.storage.ids import new_id
from app.storage.organizations import Organization
from app.storage.workspace import Transaction

MOST_DRAWS = 100_000


class CaseTerms(NamedTuple):
    """What is said of a case: how it is called, how far it looks, how it is drawn, what it costs, and what is known of assumptions, by
    their keys. Without a name it has that of its scenario."""

    name: str | None
    quarters: int
    draws: int
    seed: int
    costs: Mapping[str, SaidCost]
    assumptions: Mapping[str, Said]


class CaseRequest(NamedTuple):
    """What is asked: a scenario, and what is said of the case."""

    scenario: str
    terms: CaseTerms


class Compared(NamedTuple):
    """The model and what a scenario makes of it."""

    model: Standing
    scenario: Standing
    scenario_id: str
    name: str


@dataclass(frozen=True, slots=True)
class StoredBusinessCase:
    """A business case. `revision`: of the model; `content_hash`: of the scenario's document; `body`: what was computed, None in lists."""

    organization: str
    id: str
    scenario_id: str
    name: str
    revision: int
    content_hash: str
    created_at: datetime
    created_by: str
    updated_at: datetime
    updated_by: str
    version: int
    body: dict[str, Any] | None = None

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes."""
        return f"{self.id}-{self.version}"

    @property
    def path(self) -> str:
        """The path of its address."""
        return f"/v1/organizations/{self.organization}/business-case/{self.id}"

    @property
    def listed(self) -> dict[str, Any]:
        """It as lists show it."""
        return {
            "id": self.id,
            "scenario": self.scenario_id,
            "name": self.name,
            "revision": self.revision,
            "content_hash": self.content_hash,
            "created_at": written(self.created_at),
            "created_by": self.created_by,
            "updated_at": written(self.updated_at),
            "updated_by": self.updated_by,
        }

    @property
    def asked(self) -> dict[str, Any]:
        """What was said of it: what a change is a change of."""
        body = self.body or {}
        return {"name": self.name, **{name: body[name] for name in ("quarters", "draws", "seed")}, **body["asked"]}

    def shown(self, language: Language) -> dict[str, Any]:
        """It as the API shows it."""
        return {**self.listed, **told_case(self.body or {}, language)}


def listed(store: Database, caller: Caller, organization: str, wanted: Wanted) -> Found[StoredBusinessCase]:
    """A page of the organization's business cases, the newest first. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        return business_cases.listed(tx, of.id, wanted).of(lambda row: _stored(organization, row))


def get(store: Database, caller: Caller, organization: str, id_: str) -> StoredBusinessCase:
    """A business case. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = _row(tx, existing(tx, caller, organization), id_)
        return _stored(organization, row, json.loads(row.body))


def to_tell(store: Database, caller: Caller, organization: str, scenario: str | None) -> StoredBusinessCase | None:
    """The one that a report tells: the newest of the scenario, else of the one that was promoted last, else of all. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = business_cases.to_tell(tx, existing(tx, caller, organization).id, scenario)
        return None if row is None else _stored(organization, row, json.loads(row.body))


def add(
    store: Database,
    caller: Caller,
    organization: str,
    asked: CaseRequest,
    now: datetime,
    *,
    most_goals: int | None = None,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredBusinessCase:
    """Compare the model with a scenario, draw the assumptions, and keep what comes of it. No transaction is open meanwhile.

    Raises Missing, and DocumentInvalid with every assumption that is not known or whose range does not rise.
    """
    with store.reading(caller.workspace) as tx:
        if (before := claims.known(tx, caller, once, StoredBusinessCase)) is not None:
            return before
        of = existing(tx, caller, organization)
        row = existing_scenario(tx, of, asked.scenario)
        model = standing(tx, of)
        changed = model._replace(raw=json.loads(row.body), revision=row.revision, content_hash=row.content_hash)
        compared = Compared(model, changed, row.id, asked.terms.name or row.name)
    _check(asked.terms)
    body = _drawn(_premises(compared, now, most_goals), asked.terms, now.date())
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredBusinessCase)) is not None:
            return before
        of = existing(tx, caller, organization)
        existing_scenario(tx, of, asked.scenario)
        row_ = tx.add(
            BusinessCaseRow(
                workspace_id=tx.workspace,
                organization_id=of.id,
                id=new_id("bcs", now),
                scenario_id=compared.scenario_id,
                name=compared.name,
                revision=compared.model.revision,
                content_hash=compared.scenario.content_hash,
                created_at=now,
                created_by=caller.actor,
                updated_at=now,
                updated_by=caller.actor,
                body=json_text(body).encode(),
                searched=folded(compared.name),
            )
        )
        return _noted(tx, caller, _stored(organization, row_, body), "business_case.created", now, once)


def change(
    store: Database,
    caller: Caller,
    organization: str,
    id_: str,
    wanted: Callable[[StoredBusinessCase], CaseTerms],
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredBusinessCase:
    """Draw a case again on the same two documents; `wanted` says what is said of it, when it sees the present one.

    Raises Missing, Changed, ConditionNeeded, and DocumentInvalid with every assumption that is not known or whose range does not rise.
    """
    with store.reading(caller.workspace) as tx:
        if (earlier := claims.known(tx, caller, once, StoredBusinessCase)) is not None:
            return earlier
    before = get(store, caller, organization, id_)
    condition.check(before.tag)
    terms, kept = wanted(before), before.body or {}
    _check(terms)
    body = _drawn(premises_from(kept), terms, date.fromisoformat(kept["as_of"]))
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (earlier := claims.earlier(tx, caller, once, StoredBusinessCase)) is not None:
            return earlier
        row = _row(tx, existing(tx, caller, organization), id_, locked=True)
        if (tag := _stored(organization, row).tag) != before.tag:
            raise Changed(tag)
        row.name = terms.name or row.name
        row.searched, row.body = folded(row.name), json_text(body).encode()
        row.version, row.updated_at, row.updated_by = row.version + 1, now, caller.actor
        tx.save()
        return _noted(tx, caller, _stored(organization, row, body), "business_case.changed", now, once)


def _noted(
    tx: Transaction, caller: Caller, made: StoredBusinessCase, action: str, now: datetime, once: Claim | None
) -> StoredBusinessCase:
    audit_events.record(tx, caller, at=now, action=action, target=made.path.removeprefix("/v1/"))
    claims.keep(tx, caller, once, made)
    return made


def _row(tx: Transaction, of: Organization, id_: str, *, locked: bool = False) -> BusinessCaseRow:
    row = business_cases.business_case(tx, of.id, id_, locked=locked)
    if row is None:
        raise Missing("business case", id_)
    return row


def _premises(compared: Compared, now: datetime, most_goals: int | None) -> Premises:
    before, after = (detected(one, now.date(), most_goals) for one in (compared.model, compared.scenario))
    values = value_at_stake(before.detection, before.left_out)
    left = value_at_stake(after.detection, after.left_out)
    return premises(values, left, lags_of(before.detection, values))


def _check(terms: CaseTerms) -> None:
    """Raise DocumentInvalid for ranges that cannot be."""
    if faults := [*_falling(terms)]:
        raise invalid(faults)


def _drawn(taken: Premises, terms: CaseTerms, as_of: date) -> dict[str, Any]:
    """All that is kept of a case. Raises DocumentInvalid for assumptions that there are none of."""
    from numpy.random import default_rng

    costs = tuple(terms.costs.values())
    keys = [*(one.key for one in taken.assumptions), *(cost_key(one.key) for one in costs)]
    unknown = [
        Fault(("assumptions", key), "unknown_member", {}, options=keys) for key in terms.assumptions if key not in keys
    ]
    if unknown:
        raise invalid(unknown)
    built = business_case(taken, costs, terms.assumptions, terms.quarters)
    came = outlook(built.case, terms.draws, default_rng(terms.seed))
    return {
        "as_of": as_of.isoformat(),
        "seed": terms.seed,
        **case_as_json(built, came),
        "asked": asked_as_json(costs, terms.assumptions),
        "taken": taken_as_json(taken),
    }


def _falling(terms: CaseTerms) -> Iterator[Fault]:
    """Ranges that do not rise, or leave what a number of their kind can be."""
    for key, cost in terms.costs.items():
        yield from _range(("costs", key), (cost.low, cost.likely, cost.high), 0.0, None)
    for key, said in terms.assumptions.items():
        if said.range is not None:
            yield from _range(("assumptions", key), said.range, *_bounds(key))


def _bounds(key: str) -> tuple[float | None, float | None]:
    """The least and the most that an assumption can be."""
    if key.startswith("share."):
        return -1.0, 1.0
    return 0.0, 1.0 if key == DISCOUNT else None


def _range(path: Path, range_: tuple[float, float, float], least: float | None, most: float | None) -> Iterator[Fault]:
    low, likely, high = range_
    if not low <= likely <= high:
        yield Fault(path, "range_falls", f"{low:g}, {likely:g}, {high:g}")
    elif least is not None and low < least:
        yield Fault((*path, "low"), "too_small", low, "at_least", details={"bound": f"{least:g}"})
    elif most is not None and high > most:
        yield Fault((*path, "high"), "too_large", high, "at_most", details={"bound": f"{most:g}"})


def _stored(organization: str, row: Any, body: dict[str, Any] | None = None) -> StoredBusinessCase:
    members = (name for name in StoredBusinessCase.__dataclass_fields__ if name not in ("organization", "body"))
    return StoredBusinessCase(organization=organization, **{name: getattr(row, name) for name in members}, body=body)
