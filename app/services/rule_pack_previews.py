"""What importing a pack would change: its rules, and what is found in an organization's document; nothing is stored."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.errors import WrongState
from app.domain.faults import Fault, invalid
from app.domain.policy import Policy
from app.domain.rule_trials import trial
from app.domain.rules.pack_file import Pack, pack_from
from app.domain.terms import Language
from app.services import rule_trials, rules_in_force, sightings
from app.services.audits import check_size
from app.services.kept_rule_packs import (
    Json,
    changes_of,
    check_import,
    standing_packs,
)
from app.services.organizations import existing, object_said
from app.storage import documents, rule_packs
from app.storage.database import Database
from app.storage.workspace import Transaction

_PREVIEWED = ("file", "organization", "as_of")


def preview(store: Database, caller: Caller, raw: Any, today: date, language: Language, *, most_goals: int) -> Json:
    """What importing a pack would change: its rules, and what is found today in an organization's document, if one is named.

    `raw`: the file of the pack under `file`, `organization`, `as_of`. Nothing is stored; `obstacle`: why the import would be refused.

    Raises Missing, and DocumentInvalid with everything that is wrong.
    """
    asked = object_said(raw)
    faults = [Fault((n,), "unknown_member", asked[n], options=_PREVIEWED) for n in asked if n not in _PREVIEWED]
    if "file" not in asked:
        faults.append(Fault(("file",), "missing"))
    if (day := asked.get("as_of")) is not None and not rule_trials.is_day(day):
        faults.append(Fault(("as_of",), "not_a_day", day, "day"))
    if not isinstance(asked.get("organization", ""), str | None):
        faults.append(Fault(("organization",), "wrong_type", asked["organization"], "text"))
    if faults:
        raise invalid(faults, asked)
    pack = rule_trials.at_place(("file",), lambda: pack_from(asked["file"], catalogue()))
    with store.reading(caller.workspace) as tx:
        held = standing_packs(tx).get(pack.id, {})
        changed = changes_of(pack, held)
        head = {"pack": pack.id, "version": pack.version, "content_hash": pack.content_hash}
        shown = {**head, "changed": changed, **_obstacle(tx, pack, language)}
        if (name := asked.get("organization")) is None:
            return shown
        organization = existing(tx, caller, name)
        said = documents.standing(tx, organization).raw
        policy = Policy(grants=sightings.waivers_in_force(tx, organization))
        ran = rules_in_force.in_force(tx, organization)
    document = rule_trials.document_of(said)
    check_size(document, most_goals)
    as_of = date.fromisoformat(day) if day else today
    active = {id_: rule for id_, rule in pack.rules.items() if rule.status == "active"}
    after = rule_trials.rulebook_with(ran, active, gone=changed["removed"])
    found = trial(
        document, catalogue(), ran.book(), after, active, as_of=as_of, policy=policy, language=language
    )  # fmt: skip
    rows = rule_trials.rows_as_json(document, after, active, as_of, language)
    return {**shown, "findings": {"as_of": as_of.isoformat(), **rule_trials.trial_as_json(found, rows)}}


def _obstacle(tx: Transaction, pack: Pack, language: Language) -> Json:
    """Why an import would be refused, if it would."""
    try:
        check_import(tx, pack, rule_packs.pack(tx, pack.id))
    except WrongState as wrong:
        return {"obstacle": wrong.german if language == "de" else wrong.reason}
    return {}
