"""Rules of a workspace's own: written, versioned, approved, activated, retired. Built-in rules are read-only beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace as replaced
from datetime import datetime
from typing import Any

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.claims import Claim
from app.domain.conditions import Condition
from app.domain.errors import Missing, WrongState
from app.domain.faults import Fault, invalid
from app.domain.instants import written
from app.domain.read_only import without_read_only
from app.domain.rules.check import checked
from app.domain.rules.form import rule_as_json, rule_hash
from app.domain.rules.rule import Rule, Status, rule_from
from app.domain.sent_patches import merged
from app.services import workspace_settings
from app.services.organizations import object_said
from app.storage import audit_events, claims, rule_packs, rules
from app.storage.database import Database
from app.storage.rules import RuleRow, RuleVersionRow
from app.storage.workspace import Transaction

MOST_RULES = 500
"""Rules that a workspace can have."""

READ_ONLY = (
    "version", "status", "source", "active_version", "content_hash", "author", "approved_by", "created_at", "updated_at",
    "versions",
)  # fmt: skip
_NEW = {"version": 1, "status": "draft", "source": "own"}

Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoredRule:
    """A version of a rule, and how the rule stands. `status`: of the rule; `active_version`: what analyses run; `newest`: the last version.

    `created`: this very request made the rule; `changes`: how often something happened to it; `history`: its versions, the newest first,
    where one rule is asked for.
    """

    body: Raw
    status: Status
    version: int
    newest: int
    active_version: int | None
    changes: int
    content_hash: str
    author: str
    approved_by: str | None
    created_at: datetime
    updated_at: datetime
    created: bool = False
    history: tuple[Raw, ...] = ()

    @property
    def id(self) -> str:
        """Its id."""
        return str(self.body["id"])

    @property
    def tag(self) -> str:
        """Its entity tag, without quotes: it changes with all that happens to the rule."""
        return f"c{self.changes}-v{self.version}-{self.content_hash.removeprefix('sha256:')[:12]}"

    @property
    def rule(self) -> Rule:
        """The rule as a value."""
        return rule_from(self.body, own=True)._replace(version=self.version, status=self.status)

    @property
    def shown(self) -> Raw:
        """It as the API shows it."""
        optional = {"active_version": self.active_version, "approved_by": self.approved_by}
        return {
            **rule_as_json(self.rule),
            "content_hash": self.content_hash,
            "author": self.author,
            **{name: value for name, value in optional.items() if value is not None},
            "created_at": written(self.created_at),
            "updated_at": written(self.updated_at),
            **({"versions": list(self.history)} if self.history else {}),
        }


def every(store: Database, caller: Caller) -> list[StoredRule]:
    """The newest version of every rule that the workspace has, by id."""
    with store.reading(caller.workspace) as tx:
        newest = rules.newest(tx)
        return [_stored(row, newest[row.id]) for row in rules.rules(tx)]


def get(store: Database, caller: Caller, id_: str, version: int | None = None) -> StoredRule:
    """A version of a rule, by default the newest. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, id_)
        return _with_history(tx, _stored(row, _version(tx, row, version)))


def replace(
    store: Database,
    caller: Caller,
    id_: str,
    said: Any,
    now: datetime,
    condition: Condition,
    *,
    dry_run: bool = False,
) -> StoredRule:
    """Make a rule, or a new version of it, which is a draft until it is activated: meanwhile analyses run the active one.

    Raises WrongState for a built-in rule, Changed, ConditionNeeded, DocumentInvalid with everything that is wrong.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        _check_own(id_)
        tx.alone("rules")
        row = rules.rule(tx, id_, locked=True)
        before = None if row is None else _with_history(tx, _stored(row, _version(tx, row)))
        raw = without_read_only(object_said(said), before.shown if before else _NEW, READ_ONLY)
        return _put(tx, caller, id_, row, before, raw, now, condition)


def change(
    store: Database,
    caller: Caller,
    id_: str,
    patch: Any,
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredRule:
    """Merge a patch into the newest version of a rule, which makes a new one. Raises as `replace` does, and Missing."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (claimed := claims.earlier(tx, caller, once, StoredRule)) is not None:
            return claimed
        _check_own(id_)
        row = existing(tx, id_, locked=True)
        before = _with_history(tx, _stored(row, _version(tx, row)))
        said = without_read_only(object_said(patch), before.shown, READ_ONLY)
        stored = _put(tx, caller, id_, row, before, merged(before.body, said), now, condition)
        claims.keep(tx, caller, once, stored)
        return stored


def remove(
    store: Database, caller: Caller, id_: str, now: datetime, condition: Condition, *, dry_run: bool = False
) -> None:
    """Remove a rule that never was active. What analyses ran stays, so that they can be verified: that is retired.

    Raises WrongState, Missing, Changed, ConditionNeeded.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        _check_own(id_)
        row = existing(tx, id_, locked=True)
        before = _stored(row, _version(tx, row))
        condition.check(before.tag)
        if row.status != "draft":
            raise WrongState(
                f"{id_} was active, and analyses are pinned to it: retire it instead, DELETE /v1/rules/{id_}/activation",
                f"{id_} war aktiv, und Analysen hängen daran: setzen Sie sie außer Kraft, DELETE /v1/rules/{id_}/activation",
            )
        rules.remove(tx, row)
        _record(tx, caller, now, "rule.removed", id_, before=before.content_hash)


def approve(
    store: Database,
    caller: Caller,
    id_: str,
    now: datetime,
    condition: Condition,
    *,
    once: Claim | None = None,
    dry_run: bool = False,
) -> StoredRule:
    """Approve the newest version of a rule, which its author cannot. Raises WrongState, Missing, Changed."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (claimed := claims.earlier(tx, caller, once, StoredRule)) is not None:
            return claimed
        _check_own(id_)
        row = existing(tx, id_, locked=True)
        version = _version(tx, row)
        condition.check(_stored(row, version).tag, needed=False)
        if is_author(caller, version):
            raise WrongState(
                f"version {version.number} of {id_} is yours: somebody else approves it",
                f"Version {version.number} von {id_} ist von Ihnen: jemand anders gibt sie frei",
            )
        if version.approved_by is None:
            version.approved_by, version.approved_at = caller.actor, now
            _touch(row, now)
            tx.save()
            _record(tx, caller, now, "rule.approved", id_, after=version.content_hash)
        stored = _stored(row, version)
        claims.keep(tx, caller, once, stored)
        return stored


def activate(
    store: Database,
    caller: Caller,
    id_: str,
    number: int | None,
    now: datetime,
    condition: Condition,
    *,
    dry_run: bool = False,
) -> tuple[StoredRule, Raw]:
    """Let analyses run a version of a rule, by default the newest; one that was active before can be again. What is not active yet needs no
    condition.

    Raises WrongState for a version that somebody else has to approve first, Missing, Changed, ConditionNeeded, and DocumentInvalid for one
    that does not fit the knowledge of today.
    """
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        _check_own(id_)
        row = existing(tx, id_, locked=True)
        if row.active_version is not None or condition.if_match is not None:
            condition.check(_stored(row, _version(tx, row)).tag)
        version = _version(tx, row, number)
        if row.active_version != version.number:
            _ = checked(version.body, catalogue()).rule
            put_in_force(tx, caller, row, version, now)
        return _stored(row, _version(tx, row)), activated(version)


def retire(
    store: Database, caller: Caller, id_: str, now: datetime, condition: Condition, *, dry_run: bool = False
) -> None:
    """Let analyses run a rule no more. Raises Missing for one that is not active, Changed, ConditionNeeded."""
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        _check_own(id_)
        row = existing(tx, id_, locked=True)
        version = _version(tx, row)
        if row.active_version is None:
            raise Missing("activation", id_)
        condition.check(_stored(row, version).tag)
        put_out_of_force(tx, caller, row, now)


def activation(store: Database, caller: Caller, id_: str) -> tuple[StoredRule, Raw]:
    """The version of a rule that analyses run: who activated and who approved it. Raises Missing for a rule that is not active."""
    with store.reading(caller.workspace) as tx:
        row = existing(tx, id_)
        if row.active_version is None:
            raise Missing("activation", id_)
        return _stored(row, _version(tx, row)), activated(_version(tx, row, row.active_version))


def activated(version: RuleVersionRow) -> Raw:
    """An activation as the API shows it."""
    assert version.activated_at is not None
    approved = {} if version.approved_by is None else {"approved_by": version.approved_by}
    return {
        "version": version.number,
        "activated_at": written(version.activated_at),
        "activated_by": version.activated_by,
        **approved,
    }


def put_in_force(tx: Transaction, caller: Caller, row: RuleRow, version: RuleVersionRow, now: datetime) -> None:
    """Activate a version. Raises WrongState where the workspace asks for four eyes and nobody else has approved it."""
    if workspace_settings.asks_four_eyes(tx) and version.approved_by is None:
        raise WrongState(
            f"the workspace asks for four eyes: somebody else than {version.author} approves version {version.number} of {row.id} "
            f"first, POST /v1/rules/{row.id}/approve",
            f"der Arbeitsbereich verlangt vier Augen: jemand anders als {version.author} gibt Version {version.number} von {row.id} "
            f"erst frei, POST /v1/rules/{row.id}/approve",
        )
    row.status, row.active_version = "active", version.number
    version.activated_at, version.activated_by = now, caller.actor
    _touch(row, now)
    tx.save()
    _record(tx, caller, now, "rule.activated", row.id, after=version.content_hash)


def put_out_of_force(tx: Transaction, caller: Caller, row: RuleRow, now: datetime) -> None:
    """Retire a rule."""
    row.status, row.active_version = "retired", None
    _touch(row, now)
    tx.save()
    _record(tx, caller, now, "rule.retired", row.id)


def write(
    tx: Transaction, caller: Caller, row: RuleRow | None, rule: Rule, raw: Mapping[str, Any], now: datetime
) -> RuleRow:
    """Keep what is said as the newest version of a rule; one that says what the newest says already is none."""
    hash_ = rule_hash(rule)
    if row is None:
        if len(rules.rules(tx)) >= MOST_RULES:
            raise WrongState(
                f"a workspace has at most {MOST_RULES} rules", f"ein Arbeitsbereich hat höchstens {MOST_RULES} Regeln"
            )
        made = RuleRow(
            workspace_id=tx.workspace, id=rule.id, name=rule.name, pack=rule.pack, created_at=now, updated_at=now
        )
        row = tx.add(made)
        before = None
    else:
        last = _version(tx, row)
        before = last.content_hash
        if before == hash_:
            return row
    row.version, row.name, row.pack = row.version + 1, rule.name, rule.pack
    _touch(row, now)
    tx.save()
    tx.add(
        RuleVersionRow(
            workspace_id=tx.workspace,
            rule_id=rule.id,
            number=row.version,
            body=dict(raw),
            content_hash=hash_,
            author=caller.actor,
            credential=caller.credential,
            created_at=now,
        )
    )
    action = "rule.added" if before is None else "rule.changed"
    _record(tx, caller, now, action, rule.id, before=before, after=hash_)
    rule_packs.begin(tx, rule.pack, now)
    return row


def existing(tx: Transaction, id_: str, *, locked: bool = False) -> RuleRow:
    """The workspace's rule of that id; raises Missing."""
    row = rules.rule(tx, id_, locked=locked)
    if row is None:
        raise Missing("rule", id_)
    return row


def is_author(caller: Caller, version: RuleVersionRow) -> bool:
    """Whether the caller wrote a version: by the same credential, or under the same name, as after a rotation."""
    return caller.credential == version.credential or caller.actor == version.author


def _put(
    tx: Transaction,
    caller: Caller,
    id_: str,
    row: RuleRow | None,
    before: StoredRule | None,
    raw: Raw,
    now: datetime,
    condition: Condition,
) -> StoredRule:
    if raw.get("id") not in (None, id_):
        raise invalid([Fault(("id",), "other_key", raw["id"], "this_key", (id_,), {"key": id_})], raw)
    raw = {**raw, "id": id_}
    rule = checked(raw, catalogue()).rule
    condition.check(before.tag if before else None)
    written_row = write(tx, caller, row, rule, {name: v for name, v in raw.items() if v is not None}, now)
    return _stored(written_row, _version(tx, written_row), created=before is None)


def _with_history(tx: Transaction, stored: StoredRule) -> StoredRule:
    return replaced(stored, history=tuple(_told(one) for one in reversed(rules.versions(tx, stored.id))))


def _told(version: RuleVersionRow) -> Raw:
    """A version in short: who wrote, approved and activated it."""
    instants = {"approved_at": version.approved_at, "activated_at": version.activated_at}
    optional = {
        "approved_by": version.approved_by,
        "activated_by": version.activated_by,
        **{name: written(at) for name, at in instants.items() if at is not None},
    }
    return {
        "version": version.number,
        "content_hash": version.content_hash,
        "author": version.author,
        "created_at": written(version.created_at),
        **{name: value for name, value in optional.items() if value is not None},
    }


def _check_own(id_: str) -> None:
    if id_ in catalogue().rules:
        raise WrongState(
            f"{id_} is built in and stays as it is; an organization can set its level and parameters: "
            "PUT /v1/organizations/{org}/rule-settings",
            f"{id_} ist eingebaut und bleibt, wie sie ist; eine Organisation kann Stufe und Parameter anders setzen: "
            "PUT /v1/organizations/{org}/rule-settings",
        )


def _version(tx: Transaction, row: RuleRow, number: int | None = None) -> RuleVersionRow:
    found = rules.version(tx, row.id, row.version if number is None else number)
    if found is None:
        raise Missing("version", str(number))
    return found


def _touch(row: RuleRow, now: datetime) -> None:
    row.changes, row.updated_at = row.changes + 1, now


def _record(
    tx: Transaction,
    caller: Caller,
    now: datetime,
    action: str,
    id_: str,
    before: str | None = None,
    after: str | None = None,
) -> None:
    audit_events.record(tx, caller, at=now, action=action, target=f"rules/{id_}", before=before, after=after)


def _stored(row: RuleRow, version: RuleVersionRow, *, created: bool = False) -> StoredRule:
    status: Any = row.status
    return StoredRule(
        body=version.body,
        status=status,
        version=version.number,
        newest=row.version,
        active_version=row.active_version,
        changes=row.changes,
        content_hash=version.content_hash,
        author=version.author,
        approved_by=version.approved_by,
        created_at=row.created_at,
        updated_at=row.updated_at,
        created=created,
    )
