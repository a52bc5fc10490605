"""Packs of own rules as they are kept: what each holds, and what an import of another state of it would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.errors import Missing, WrongState
from app.domain.instants import written
from app.domain.rules.form import pack_hash, rule_hash
from app.domain.rules.pack_file import Pack
from app.domain.rules.rule import Rule, rule_from
from app.storage import rule_packs, rules
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


Held = dict[str, tuple[RuleRow, RuleVersionRow]]


def standing_packs(tx: Transaction) -> dict[str, Held]:
    """The rules of each pack that are not retired, with the version that is run, or else the newest."""
    newest, active = rules.newest(tx), {one.rule_id: one for one in rules.active(tx)}
    held: dict[str, Held] = {}
    for row in rules.rules(tx):
        if row.status != "retired":
            held.setdefault(row.pack, {})[row.id] = (row, active.get(row.id) or newest[row.id])
    return held


def changes_of(pack: Pack, held: Held) -> dict[str, list[str]]:
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


def check_import(tx: Transaction, pack: Pack, row: RulePackRow | None) -> None:
    """Raise WrongState where a pack cannot be imported: its version holds something else, or its rules are of another pack."""
    if row is not None:
        check_version(row, pack.version, pack.content_hash)
    known = {one.id: one.pack for one in rules.rules(tx)}
    for id_ in pack.rules:
        if known.get(id_, pack.id) != pack.id:
            raise WrongState(
                f"rule {id_} belongs to the pack {known[id_]}", f"die Regel {id_} gehört zum Paket {known[id_]}"
            )


def check_version(row: RulePackRow, version: str, content_hash: str) -> None:
    """Raise WrongState where the version names something else already."""
    if row.content_hash and row.version == version and row.content_hash != content_hash:
        raise WrongState(
            f"version {version} of {row.id} holds something else already: name another version",
            f"Version {version} von {row.id} enthält schon anderes: nennen Sie eine andere Version",
        )


def existing_pack(tx: Transaction, id_: str, *, locked: bool = False) -> RulePackRow:
    """The pack of that id; raises Missing."""
    row = rule_packs.pack(tx, id_, locked=locked)
    if row is None:
        raise Missing("rule pack", id_)
    return row


def rule_of(row: RuleRow, version: RuleVersionRow) -> Rule:
    """A rule as a value, of its rows."""
    status: Any = row.status
    return rule_from(version.body, own=True)._replace(version=version.number, status=status)


def kept(
    row: RulePackRow, held: Held, *, changed: dict[str, list[str]] | None = None, created: bool = False
) -> StoredPack:
    """A pack, of its row and the rules that it holds."""
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
