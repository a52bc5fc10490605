"""Packs of a workspace's own rules: exported and imported as one file, upgraded with a preview of what changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.errors import WrongState
from app.domain.faults import Fault, invalid
from app.domain.rules.check import lacking_examples
from app.domain.rules.pack_file import Pack, as_file, name_faults, pack_from, version_faults
from app.services import kept_rules, rule_activations, workspace_settings
from app.services.kept_rule_packs import (
    Held,
    Json,
    StoredPack,
    changes_of,
    check_import,
    check_version,
    existing_pack,
    kept,
    rule_of,
    standing_packs,
)
from app.services.organizations import object_said
from app.storage import audit_events, claims, rule_packs, rules
from app.storage.database import Database
from app.storage.workspace import Transaction


def every(store: Database, caller: Caller) -> list[StoredPack]:
    """Every pack of the workspace, by id."""
    with store.reading(caller.workspace) as tx:
        standing = standing_packs(tx)
        return [kept(row, standing.get(row.id, {})) for row in rule_packs.packs(tx)]


def get(store: Database, caller: Caller, id_: str) -> StoredPack:
    """A pack. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        return kept(existing_pack(tx, id_), standing_packs(tx).get(id_, {}))


def exported(store: Database, caller: Caller, id_: str) -> tuple[StoredPack, Json]:
    """The file of a pack: its rules that are not retired, as they are run, or else as they were written last.

    Raises Missing, and WrongState where rules lack examples: nobody could say what they are for.
    """
    with store.reading(caller.workspace) as tx:
        row, held = existing_pack(tx, id_), standing_packs(tx).get(id_, {})
        said = {rule: rule_of(*pair) for rule, pair in held.items()}
    bare = sorted(rule.id for rule in said.values() if any(True for _ in lacking_examples(rule)))
    if bare:
        listed = ", ".join(bare)
        raise WrongState(
            f"these rules lack examples, two that match and two that stay silent: {listed}",
            f"diesen Regeln fehlen Beispiele, zwei, die zutreffen, und zwei, die still bleiben: {listed}",
        )
    return kept(row, held), as_file(row.id, row.version, row.name, said)


def replace(
    store: Database, caller: Caller, id_: str, raw: Any, now: datetime, condition: Condition, *, dry_run: bool = False
) -> StoredPack:
    """Import a pack, or upgrade it: rules that are new or say something else are written and, unless the workspace asks for four eyes,
    activated; those that are not in the file any more are retired.

    Raises DocumentInvalid with everything that is wrong, WrongState for a version that holds something else, or a rule of another pack,
    Changed, ConditionNeeded.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        pack = pack_from(raw, catalogue())
        if pack.id != id_:
            raise invalid([Fault(("pack", "id"), "other_key", pack.id, "this_key", (id_,), {"key": id_})], raw)
        tx.alone("rules")
        row = rule_packs.pack(tx, id_, locked=True)
        held = standing_packs(tx).get(id_, {})
        condition.check(None if row is None else kept(row, held).tag)
        check_import(tx, pack, row)
        changed = changes_of(pack, held)
        is_new, row = row is None, row or rule_packs.begin(tx, id_, now)
        _write(tx, caller, pack, held, changed, now)
        row.version, row.name, row.content_hash = pack.version, dict(pack.name), pack.content_hash
        row.changes, row.updated_at = row.changes + 1, now
        tx.save()
        target = f"rule-packs/{id_}"
        audit_events.record(tx, caller, at=now, action="rule_pack.imported", target=target, after=pack.content_hash)
        return kept(row, standing_packs(tx).get(id_, {}), changed=changed, created=is_new)


def change(
    store: Database,
    caller: Caller,
    id_: str,
    said: Any,
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredPack:
    """Name what a pack holds now: its version, its name. Raises Missing, Changed, ConditionNeeded, DocumentInvalid, and WrongState for a
    version that held something else."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, StoredPack)) is not None:
            return before
        row = existing_pack(tx, id_, locked=True)
        held = standing_packs(tx).get(id_, {})
        asked = object_said(said)
        faults = [Fault((n,), "unknown_member", asked[n], options=_NAMED) for n in asked if n not in _NAMED]
        if asked.get("version") is not None:
            faults += version_faults(asked["version"], ("version",))
        if asked.get("name") is not None:
            faults += name_faults(asked["name"], ("name",))
        if faults:
            raise invalid(faults, asked)
        condition.check(kept(row, held).tag)
        version, hash_ = asked.get("version") or row.version, kept(row, held).content_hash
        check_version(row, version, hash_)
        row.version, row.name, row.content_hash = version, asked.get("name") or row.name, hash_
        row.changes, row.updated_at = row.changes + 1, now
        tx.save()
        audit_events.record(tx, caller, at=now, action="rule_pack.changed", target=f"rule-packs/{id_}", after=hash_)
        stored = kept(row, held)
        claims.keep(tx, caller, once, stored)
        return stored


_NAMED = ("version", "name")


def _write(
    tx: Transaction, caller: Caller, pack: Pack, held: Held, changed: Mapping[str, list[str]], now: datetime
) -> None:
    by_others = workspace_settings.asks_four_eyes(tx)
    for id_ in (*changed["added"], *changed["changed"]):
        rule = pack.rules[id_]
        raw = {name: value for name, value in pack.raws[id_].items() if name not in kept_rules.READ_ONLY}
        row = kept_rules.write(tx, caller, rules.rule(tx, id_, locked=True), rule, raw, now)
        if rule.status == "active" and not by_others:
            version = rules.version(tx, id_, row.version)
            assert version is not None
            rule_activations.put_in_force(tx, caller, row, version, now)
    for id_ in changed["removed"]:
        row, _ = held[id_]
        if row.status == "active":
            rule_activations.put_out_of_force(tx, caller, row, now)
        elif row.status == "draft":
            rules.remove(tx, row)
