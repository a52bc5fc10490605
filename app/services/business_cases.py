"""Business cases of scenarios: what the change gives back, when, at which cost, drawn from assumptions; kept as they were computed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.business_case import DISCOUNT, BusinessCase, Said, SaidCost, business_case, lags_of
from app.domain.cash_flows import outlook
from app.domain.claims import Claim
from app.domain.errors import Missing
from app.domain.faults import Fault, Path, invalid
from app.domain.instants import written
from app.domain.pages import Found, Wanted, folded
from app.domain.terms import Language
from app.domain.value_at_stake import value_at_stake
from app.reports.json_business_case import case_as_json, told_case
from app.services.detecting import Standing, detected, standing
from app.services.organizations import existing
from app.services.scenarios import existing_scenario
from app.storage import audit_events, business_cases, claims
from app.storage.business_cases import BusinessCaseRow
from app.storage.columns import written as json_text
from app.storage.database import Database
from app.storage.ids import new_id

MOST_DRAWS = 100_000


class CaseRequest(NamedTuple):
    """What is asked: a scenario, and what is said of its assumptions. `costs` by key; `assumptions` by the key of the assumption."""

    scenario: str
    name: str | None
    quarters: int
    draws: int
    seed: int
    costs: Mapping[str, SaidCost]
    assumptions: Mapping[str, Said]


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
    body: dict[str, Any] | None = None

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes."""
        return self.id

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
        }

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
        row = business_cases.business_case(tx, existing(tx, caller, organization).id, id_)
        if row is None:
            raise Missing("business case", id_)
        return _stored(organization, row, json.loads(row.body))


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
        compared = Compared(model, changed, row.id, asked.name or row.name)
    body = _computed(compared, asked, now, most_goals)
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
                body=json_text(body).encode(),
                searched=folded(compared.name),
            )
        )
        made = _stored(organization, row_, body)
        audit_events.record(tx, caller, at=now, action="business_case.created", target=made.path.removeprefix("/v1/"))
        claims.keep(tx, caller, once, made)
        return made


def _computed(compared: Compared, asked: CaseRequest, now: datetime, most_goals: int | None) -> dict[str, Any]:
    from numpy.random import default_rng

    faults = [*_falling(asked)]
    if faults:
        raise invalid(faults)
    built = _built(compared, asked, now, most_goals)
    keys = [one.key for one in built.case.assumptions]
    unknown = [
        Fault(("assumptions", key), "unknown_member", {}, options=keys) for key in asked.assumptions if key not in keys
    ]
    if unknown:
        raise invalid(unknown)
    came = outlook(built.case, asked.draws, default_rng(asked.seed))
    return {"as_of": now.date().isoformat(), "seed": asked.seed, **case_as_json(built, came)}


def _built(compared: Compared, asked: CaseRequest, now: datetime, most_goals: int | None) -> BusinessCase:
    before, after = (detected(one, now.date(), most_goals) for one in (compared.model, compared.scenario))
    values = value_at_stake(before.detection, before.left_out)
    left = value_at_stake(after.detection, after.left_out)
    costs = tuple(asked.costs.values())
    return business_case(values, left, lags_of(before.detection, values), costs, asked.assumptions, asked.quarters)


def _falling(asked: CaseRequest) -> Iterator[Fault]:
    """Ranges that do not rise, or leave what a number of their kind can be."""
    for key, cost in asked.costs.items():
        yield from _range(("costs", key), (cost.low, cost.likely, cost.high), 0.0, None)
    for key, said in asked.assumptions.items():
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
