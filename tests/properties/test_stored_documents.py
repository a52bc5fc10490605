"""What is stored of documents, whatever is done: what was put is what is there, and the parts are the document."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.conditions import ANY, Condition
from app.domain.document.checks import checked, document_from
from app.domain.document.parts import GOVERNANCE, PartId
from app.domain.errors import ConcordError
from app.domain.json_patch import apply
from app.domain.pages import Wanted
from app.domain.stored_form import KEYED, Raw, key_of, stored_form
from app.services import document_parts, documents
from app.storage.database import Database
from tests.counts import many
from tests.databases import store as store
from tests.properties.companies import companies
from tests.services.stored import caller, source

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
WHATEVER = Condition(if_match=(ANY,))
NUMBERS = count()


def parts_of(store: Database, who: Caller, key: str) -> dict[str, list[Any]]:
    """Every list as its parts say it, page by page."""
    found: dict[str, list[Any]] = {}
    for list_ in KEYED:
        wanted = Wanted(limit=3)
        found[list_] = []
        while True:
            page = document_parts.listed(store, who, key, list_, wanted).page
            found[list_] += [without_read_only(list_, json.loads(text)) for text in page.items]
            if page.after is None:
                break
            wanted = wanted._replace(place=page.after)
    found[GOVERNANCE] = [document_parts.get(store, who, key, PartId(GOVERNANCE, GOVERNANCE)).body]
    return found


def without_read_only(list_: str, shown: Raw) -> Raw:
    """What the document says of a part that the service shows."""
    ours = {*document_parts.READ_ONLY, *(["key"] if list_ in ("metrics", "influences") else [])}
    return {name: value for name, value in shown.items() if name not in ours}


def as_parts(raw: Raw) -> dict[str, list[Any]]:
    """The same as the document says it."""
    return {**{list_: raw.get(list_, []) for list_ in KEYED}, GOVERNANCE: [raw.get(GOVERNANCE, {})]}


@settings(max_examples=many(400))
@given(raw=companies(), later=companies())
def check_round_trip(store: Database, raw: Raw, later: Raw) -> None:
    who, key = caller(store), f"o{next(NUMBERS)}"
    for said in (raw, later):
        said["organization"] = {**said["organization"], "key": key}
        expected = stored_form(document_from(said, catalogue()))

        put = documents.replace(store, who, key, source(said), NOW, Condition() if said is raw else WHATEVER)

        got = documents.get(store, who, key)
        assert got.raw == put.raw == expected
        assert parts_of(store, who, key) == as_parts(got.raw)
    before = documents.get(store, who, key, revision=1).raw
    assert before == stored_form(document_from(raw, catalogue()))
    assert put.revision == 1 or apply(before, put.patch) == put.raw


@pytest.mark.slow
def test_what_is_put_is_what_is_there(store: Database) -> None:
    """Document, parts, and the patch from one to the next; the revision before is still what it was."""
    check_round_trip(store)


DEPARTMENTS, KPIS = ("d0", "d1", "d2"), ("k0", "k1", "k2")


@st.composite
def steps(draw: st.DrawFn) -> tuple[str, PartId, Raw]:
    """Something that is done to a part, right or wrong."""
    list_ = draw(st.sampled_from(["departments", "kpis", "outcomes", "kpis"]))
    part = PartId(list_, draw(st.sampled_from(KPIS if list_ == "kpis" else DEPARTMENTS)))
    said = {
        "departments": {
            "function": draw(st.sampled_from(["sales", "service"])),
            "parent": draw(st.sampled_from([None, *DEPARTMENTS])),
        },
        "kpis": {
            "department": draw(st.sampled_from(DEPARTMENTS)),
            "direction": "increase",
            "weight": draw(st.sampled_from([1, 2, 3, -1])),
            "shared_with": draw(st.sampled_from([None, ["d1"]])),
        },
        "outcomes": {"direction": "increase", "weight": draw(st.sampled_from([0, 1]))},
    }[list_]
    done = draw(st.sampled_from(["put", "put", "patch", "delete", "cascade", "restore", "restore"]))
    return done, part, {"name": draw(st.sampled_from("ABC")), **said}


class Model:
    """What the parts should be: a document that changes as a whole or not at all."""

    def __init__(self, key: str) -> None:
        self.raw: Raw = {
            "concord": 1,
            "organization": {"key": key, "name": "Made up"},
            "departments": [{"key": name, "name": "A", "function": "sales"} for name in DEPARTMENTS],
            "outcomes": [{"key": name, "name": "A", "direction": "increase", "weight": 1} for name in DEPARTMENTS],
            "kpis": [
                {"key": kpi, "department": name, "name": "A", "direction": "increase", "weight": 1}
                for kpi, name in zip(KPIS, DEPARTMENTS, strict=True)
            ],
        }
        self.deleted: dict[PartId, Raw] = {}

    def item(self, part: PartId) -> Raw | None:
        return next((item for item in self.raw.get(part.list, []) if item["key"] == part.key), None)

    def without(self, part: PartId) -> Raw:
        return {**self.raw, part.list: [item for item in self.raw.get(part.list, []) if item["key"] != part.key]}

    def do(self, done: str, part: PartId, said: Raw) -> bool:
        """Do it; false for what cannot be done."""
        item = self.item(part)
        if done in ("patch", "delete", "cascade") and item is None:
            return False
        if done == "restore" and (item is not None or part not in self.deleted):
            return False
        if done in ("delete", "cascade"):
            return self._remove(part, cascade=done == "cascade")
        base = self.deleted[part] if done == "restore" else {**(item or {}), **said} if done == "patch" else said
        new = {**base, "key": part.key}
        raw = self.without(part)
        raw[part.list] = [*raw[part.list], {name: value for name, value in new.items() if value is not None}]
        if not self._become(raw):
            return False
        if done == "restore":
            del self.deleted[part]
        return True

    def _remove(self, part: PartId, *, cascade: bool) -> bool:
        gone, raw = [part], self.without(part)
        while cascade:
            _, faults = checked(raw, catalogue())
            holders = {PartId(str(f.path[0]), raw[f.path[0]][f.path[1]]["key"]) for f in faults if "unknown" in f.code}
            if not holders:
                break
            gone += holders
            for list_ in raw:
                if list_ in KEYED:
                    raw[list_] = [item for item in raw[list_] if PartId(list_, item["key"]) not in gone]
        items = {one: self.item(one) for one in gone}
        if not self._become(raw):
            return False
        self.deleted.update({one: item for one, item in items.items() if item is not None})
        return True

    def _become(self, raw: Raw) -> bool:
        document, faults = checked(raw, catalogue())
        if faults or document is None:
            return False
        self.raw = stored_form(document)
        return True


def perform(store: Database, who: Caller, key: str, done: str, part: PartId, said: Raw, at: datetime) -> bool:
    """The same with the service; false for what it refuses."""
    try:
        if done == "put":
            exists = any(
                key_of(part.list, item) == part.key for item in documents.get(store, who, key).raw.get(part.list, [])
            )
            condition = WHATEVER if exists else Condition()
            document_parts.replace(store, who, key, part, source(said), at, condition)
        elif done == "patch":
            document_parts.change(store, who, key, part, said, at, WHATEVER)
        elif done == "restore":
            document_parts.restore(store, who, key, part, at)
        else:
            document_parts.remove(store, who, key, part, at, WHATEVER, cascade=done == "cascade")
    except ConcordError:
        return False
    return True


@settings(max_examples=many(1_000))
@given(todo=st.lists(steps(), min_size=4, max_size=25))
def check_sequence(store: Database, todo: list[tuple[str, PartId, Raw]]) -> None:
    who, key = caller(store), f"o{next(NUMBERS)}"
    model = Model(key)
    documents.replace(store, who, key, source(model.raw), NOW, Condition())
    revision = 1
    for number, (done, part, said) in enumerate(todo):
        before, at = model.raw, NOW + timedelta(seconds=number)

        assert perform(store, who, key, done, part, said, at) == model.do(done, part, said), (done, part, said)

        found = documents.get(store, who, key)
        revision += model.raw != before
        assert (found.raw, found.revision) == (model.raw, revision)
    assert parts_of(store, who, key) == as_parts(model.raw)


@pytest.mark.slow
def test_parts_and_document_agree_whatever_is_done_to_parts(store: Database) -> None:
    """Random writes against a model: each is whole or refused, and each that changes something is one revision."""
    check_sequence(store)
