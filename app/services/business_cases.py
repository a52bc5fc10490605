"""Business cases of scenarios: what the change gives back, when, at which cost, drawn from assumptions.

A case keeps what the two documents said when it was made. Whoever says otherwise of costs and assumptions changes what is drawn, never what
it was drawn from.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.business_case import Premises, business_case, cost_key, lags_of, premises
from app.domain.cash_flows import outlook
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.errors import Changed
from app.domain.faults import Fault, invalid
from app.domain.instants import written
from app.domain.pages import Found, Wanted, folded
from app.domain.terms import Language
from app.domain.value_at_stake import value_at_stake
from app.reports.json_business_case import asked_as_json, case_as_json, premises_from, taken_as_json, told_case
from app.services import computations
from app.services.case_terms import CaseRequest, CaseTerms, check
from app.services.computations import Computation, Kind
from app.services.detecting import Standing, detected, standing
from app.services.kept_scenarios import existing_scenario
from app.services.organizations import existing
from app.storage import business_cases, claims
from app.storage.columns import written as json_text
from app.storage.database import Database


class Compared(NamedTuple):
    """The model and what a scenario makes of it."""

    model: Standing
    scenario: Standing
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBusinessCase(Computation):
    """A business case. `revision`: of the model; `content_hash`: of the scenario's document; `version` counts every write."""

    scenario_id: str
    name: str
    revision: int
    content_hash: str
    updated_at: datetime
    updated_by: str
    version: int

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


CASES = Kind(
    StoredBusinessCase,
    business_cases.LISTING,
    "business case",
    "bcs",
    "business_case.created",
    "scenario_id",
    existing_scenario,
)


def listed(store: Database, caller: Caller, organization: str, wanted: Wanted) -> Found[StoredBusinessCase]:
    """A page of the organization's business cases, the newest first. Raises Missing."""
    return computations.listed(store, caller, CASES, organization, wanted)


def get(store: Database, caller: Caller, organization: str, id_: str) -> StoredBusinessCase:
    """A business case. Raises Missing."""
    return computations.get(store, caller, CASES, organization, id_)


def to_tell(store: Database, caller: Caller, organization: str, scenario: str | None) -> StoredBusinessCase | None:
    """The one that a report tells: the newest of the scenario, else of the one that was promoted last, else of all. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = business_cases.to_tell(tx, existing(tx, caller, organization).id, scenario)
        return None if row is None else computations.whole(CASES, organization, row)


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

    def compute() -> Mapping[str, Any]:
        compared = _compared(store, caller, organization, asked)
        check(asked.terms)
        return {
            "name": compared.name,
            "revision": compared.model.revision,
            "content_hash": compared.scenario.content_hash,
            "updated_at": now,
            "updated_by": caller.actor,
            "searched": folded(compared.name),
            "body": _drawn(_premises(compared, now, most_goals), asked.terms, now.date()),
        }

    return computations.run(
        store, caller, CASES, organization, asked.scenario, compute, now, once=once, dry_run=dry_run
    )


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
    check(terms)
    body = _drawn(premises_from(kept), terms, date.fromisoformat(kept["as_of"]))
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (earlier := claims.earlier(tx, caller, once, StoredBusinessCase)) is not None:
            return earlier
        row = computations.existing_row(tx, existing(tx, caller, organization), CASES, id_, locked=True)
        if (tag := computations.whole(CASES, organization, row).tag) != before.tag:
            raise Changed(tag)
        name = terms.name or row.name
        if (name, body) == (row.name, kept):
            claims.keep(tx, caller, once, before)
            return before
        row.name, row.searched, row.body = name, folded(name), json_text(body).encode()
        row.version, row.updated_at, row.updated_by = row.version + 1, now, caller.actor
        tx.save()
        made = computations.whole(CASES, organization, row)
        computations.note(tx, caller, made, "business_case.changed", now, once)
        return made


def _compared(store: Database, caller: Caller, organization: str, asked: CaseRequest) -> Compared:
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        row = existing_scenario(tx, of, asked.scenario)
        model = standing(tx, of)
    changed = model._replace(raw=json.loads(row.body), revision=row.revision, content_hash=row.content_hash)
    return Compared(model, changed, asked.terms.name or row.name)


def _premises(compared: Compared, now: datetime, most_goals: int | None) -> Premises:
    before, after = (detected(one, now.date(), most_goals) for one in (compared.model, compared.scenario))
    values = value_at_stake(before.detection, before.left_out)
    left = value_at_stake(after.detection, after.left_out)
    return premises(values, left, lags_of(before.detection, values))


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
