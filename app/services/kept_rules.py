"""Rules of a workspace's own as they are kept: a row for each, another for each version, and how a change of them is noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.errors import Missing, WrongState
from app.domain.instants import written
from app.domain.rules.form import rule_as_json, rule_hash
from app.domain.rules.rule import Rule, Status, rule_from
from app.storage import audit_events, rule_packs, rules
from app.storage.rules import RuleRow, RuleVersionRow
from app.storage.workspace import Transaction

MOST_RULES = 500
"""Rules that a workspace can have."""

READ_ONLY = (
    "version", "status", "source", "active_version", "content_hash", "author", "approved_by", "created_at", "updated_at",
    "versions",
)  # fmt: skip
"""Members that the service sets."""

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


def existing_rule(tx: Transaction, id_: str, *, locked: bool = False) -> RuleRow:
    """The workspace's rule of that id; raises Missing."""
    row = rules.rule(tx, id_, locked=locked)
    if row is None:
        raise Missing("rule", id_)
    return row


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
        last = version_of(tx, row)
        before = last.content_hash
        if before == hash_:
            return row
    row.version, row.name, row.pack = row.version + 1, rule.name, rule.pack
    touch(row, now)
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
    record(tx, caller, now, action, rule.id, before=before, after=hash_)
    rule_packs.begin(tx, rule.pack, now)
    return row


def is_author(caller: Caller, version: RuleVersionRow) -> bool:
    """Whether the caller wrote a version: by the same credential, or under the same name, as after a rotation."""
    return caller.credential == version.credential or caller.actor == version.author


def check_own(id_: str) -> None:
    """Raise WrongState for a built-in rule."""
    if id_ in catalogue().rules:
        raise WrongState(
            f"{id_} is built in and stays as it is; an organization can set its level and parameters: "
            "PUT /v1/organizations/{org}/rule-settings",
            f"{id_} ist eingebaut und bleibt, wie sie ist; eine Organisation kann Stufe und Parameter anders setzen: "
            "PUT /v1/organizations/{org}/rule-settings",
        )


def version_of(tx: Transaction, row: RuleRow, number: int | None = None) -> RuleVersionRow:
    """A version of a rule, by default the newest; raises Missing."""
    found = rules.version(tx, row.id, row.version if number is None else number)
    if found is None:
        raise Missing("version", str(number))
    return found


def touch(row: RuleRow, now: datetime) -> None:
    """Note that something happened to a rule."""
    row.changes, row.updated_at = row.changes + 1, now


def record(
    tx: Transaction,
    caller: Caller,
    now: datetime,
    action: str,
    id_: str,
    before: str | None = None,
    after: str | None = None,
) -> None:
    """Write the audit event of what happened to a rule. `before`, `after`: hashes of what its versions say."""
    audit_events.record(tx, caller, at=now, action=action, target=f"rules/{id_}", before=before, after=after)


def kept(row: RuleRow, version: RuleVersionRow, *, created: bool = False) -> StoredRule:
    """A version of a rule, of its rows."""
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
