"""Packs of a workspace's own rules: exported and imported as one file, upgraded with a preview of what changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.errors import Missing, WrongState
from app.domain.faults import Fault, invalid
from app.domain.instants import written
from app.domain.policy import Policy
from app.domain.rule_trials import trial
from app.domain.rules.check import lacking_examples
from app.domain.rules.form import pack_hash, rule_hash
from app.domain.rules.pack_file import Pack, as_file, name_faults, pack_from, version_faults
from app.domain.rules.rule import Rule, rule_from
from app.domain.terms import Language
from app.services import kept_rules, rule_activations, rule_trials, rules_in_force, sightings, workspace_settings
from app.services.audits import check_size
from app.services.organizations import existing, object_said
from app.storage import audit_events, claims, documents, rule_packs, rules
from app.storage.database import Database
from app.storage.rule_packs import RulePackRow
from app.storage.rules import RuleRow, RuleVersionRow
from app.storage.workspace import Transaction

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoredPack:
    """A pack as it stands. `held`: ids of its rules → hashes of what they say now; `changed`: what an import did, or would do, to them."""

    id: str
    version: str
    name: dict[str, str]
    held: dict[str, str]
    named: str
    changes: int
    created_at: datetime
    updated_at: datetime
    changed: dict[str, list[str]] | None = None
    created: bool = False

    @property
    def content_hash(self) -> str:
        """The hash of what it holds now."""
        return pack_hash(self.held)

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes."""
        return f"c{self.changes}-{self.content_hash.removeprefix('sha256:')[:12]}"

    @property
    def shown(self) -> Json:
        """It as the API shows it. `modified`: its rules say something else than when the version got its name."""
        return {
            "id": self.id,
            "version": self.version,
            "rules": sorted(self.held),
            "source": "own",
            "name": self.name,
            "content_hash": self.content_hash,
            "modified": self.content_hash != self.named,
            "created_at": written(self.created_at),
            "updated_at": written(self.updated_at),
            **({} if self.changed is None else {"changed": self.changed}),
        }


def every(store: Database, caller: Caller) -> list[StoredPack]:
    """Every pack of the workspace, by id."""
    with store.reading(caller.workspace) as tx:
        standing = _standing(tx)
        return [_stored(row, standing.get(row.id, {})) for row in rule_packs.packs(tx)]


def get(store: Database, caller: Caller, id_: str) -> StoredPack:
    """A pack. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        return _stored(_existing(tx, id_), _standing(tx).get(id_, {}))


def exported(store: Database, caller: Caller, id_: str) -> tuple[StoredPack, Json]:
    """The file of a pack: its rules that are not retired, as they are run, or else as they were written last.

    Raises Missing, and WrongState where rules lack examples: nobody could say what they are for.
    """
    with store.reading(caller.workspace) as tx:
        row, held = _existing(tx, id_), _standing(tx).get(id_, {})
        said = {rule: _rule(*pair) for rule, pair in held.items()}
    bare = sorted(rule.id for rule in said.values() if any(True for _ in lacking_examples(rule)))
    if bare:
        listed = ", ".join(bare)
        raise WrongState(
            f"these rules lack examples, two that match and two that stay silent: {listed}",
            f"diesen Regeln fehlen Beispiele, zwei, die zutreffen, und zwei, die still bleiben: {listed}",
        )
    return _stored(row, held), as_file(row.id, row.version, row.name, said)


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
        held = _standing(tx).get(id_, {})
        condition.check(None if row is None else _stored(row, held).tag)
        _check(tx, pack, row)
        changed = _changed(pack, held)
        is_new, row = row is None, row or rule_packs.begin(tx, id_, now)
        _write(tx, caller, pack, held, changed, now)
        row.version, row.name, row.content_hash = pack.version, dict(pack.name), pack.content_hash
        row.changes, row.updated_at = row.changes + 1, now
        tx.save()
        target = f"rule-packs/{id_}"
        audit_events.record(tx, caller, at=now, action="rule_pack.imported", target=target, after=pack.content_hash)
        return _stored(row, _standing(tx).get(id_, {}), changed=changed, created=is_new)


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
        row = _existing(tx, id_, locked=True)
        held = _standing(tx).get(id_, {})
        asked = object_said(said)
        faults = [Fault((n,), "unknown_member", asked[n], options=_NAMED) for n in asked if n not in _NAMED]
        if asked.get("version") is not None:
            faults += version_faults(asked["version"], ("version",))
        if asked.get("name") is not None:
            faults += name_faults(asked["name"], ("name",))
        if faults:
            raise invalid(faults, asked)
        condition.check(_stored(row, held).tag)
        version, hash_ = asked.get("version") or row.version, _stored(row, held).content_hash
        _check_version(row, version, hash_)
        row.version, row.name, row.content_hash = version, asked.get("name") or row.name, hash_
        row.changes, row.updated_at = row.changes + 1, now
        tx.save()
        audit_events.record(tx, caller, at=now, action="rule_pack.changed", target=f"rule-packs/{id_}", after=hash_)
        stored = _stored(row, held)
        claims.keep(tx, caller, once, stored)
        return stored


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
        held = _standing(tx).get(pack.id, {})
        changed = _changed(pack, held)
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


_NAMED = ("version", "name")
_PREVIEWED = ("file", "organization", "as_of")

_Held = dict[str, tuple[RuleRow, RuleVersionRow]]


def _obstacle(tx: Transaction, pack: Pack, language: Language) -> Json:
    """Why an import would be refused, if it would."""
    try:
        _check(tx, pack, rule_packs.pack(tx, pack.id))
    except WrongState as wrong:
        return {"obstacle": wrong.german if language == "de" else wrong.reason}
    return {}


def _check(tx: Transaction, pack: Pack, row: RulePackRow | None) -> None:
    if row is not None:
        _check_version(row, pack.version, pack.content_hash)
    known = {one.id: one.pack for one in rules.rules(tx)}
    for id_ in pack.rules:
        if known.get(id_, pack.id) != pack.id:
            raise WrongState(
                f"rule {id_} belongs to the pack {known[id_]}", f"die Regel {id_} gehört zum Paket {known[id_]}"
            )


def _check_version(row: RulePackRow, version: str, content_hash: str) -> None:
    if row.content_hash and row.version == version and row.content_hash != content_hash:
        raise WrongState(
            f"version {version} of {row.id} holds something else already: name another version",
            f"Version {version} von {row.id} enthält schon anderes: nennen Sie eine andere Version",
        )


def _changed(pack: Pack, held: _Held) -> dict[str, list[str]]:
    """The rules that an import adds, changes, takes away and leaves."""
    before = {id_: version.content_hash for id_, (_, version) in held.items()}
    after = {id_: rule_hash(rule) for id_, rule in pack.rules.items()}
    both = before.keys() & after.keys()
    return {
        "added": sorted(after.keys() - before.keys()),
        "changed": sorted(id_ for id_ in both if before[id_] != after[id_]),
        "removed": sorted(before.keys() - after.keys()),
        "unchanged": sorted(id_ for id_ in both if before[id_] == after[id_]),
    }


def _write(
    tx: Transaction, caller: Caller, pack: Pack, held: _Held, changed: Mapping[str, list[str]], now: datetime
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


def _standing(tx: Transaction) -> dict[str, _Held]:
    """The rules of each pack that are not retired, with the version that is run, or else the newest."""
    newest, active = rules.newest(tx), {one.rule_id: one for one in rules.active(tx)}
    held: dict[str, _Held] = {}
    for row in rules.rules(tx):
        if row.status != "retired":
            held.setdefault(row.pack, {})[row.id] = (row, active.get(row.id) or newest[row.id])
    return held


def _rule(row: RuleRow, version: RuleVersionRow) -> Rule:
    status: Any = row.status
    return rule_from(version.body, own=True)._replace(version=version.number, status=status)


def _existing(tx: Transaction, id_: str, *, locked: bool = False) -> RulePackRow:
    row = rule_packs.pack(tx, id_, locked=locked)
    if row is None:
        raise Missing("rule pack", id_)
    return row


def _stored(
    row: RulePackRow, held: _Held, *, changed: dict[str, list[str]] | None = None, created: bool = False
) -> StoredPack:
    return StoredPack(
        id=row.id,
        version=row.version,
        name=row.name,
        held={id_: version.content_hash for id_, (_, version) in held.items()},
        named=row.content_hash,
        changes=row.changes,
        created_at=row.created_at,
        updated_at=row.updated_at,
        changed=changed,
        created=created,
    )
