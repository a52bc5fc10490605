"""Scenarios, whatever is in them: no accepted patch leads to a document that is not valid, and a rebase is what one would do by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.catalogue.load import catalogue
from app.domain.conditions import ANY, Condition
from app.domain.document.changes import changes_between
from app.domain.document.checks import checked, document_from
from app.domain.document.patch import patch_between
from app.domain.errors import ConcordError
from app.domain.json_patch import PatchFailed, apply
from app.domain.patch_rebase import rebased
from app.domain.stored_form import Raw, stored_form
from app.domain.three_way import merge
from app.services import documents, scenario_rebases, scenarios
from app.services.scenario_patches import SentPatch
from app.storage.database import Database
from tests.counts import many
from tests.databases import fresh
from tests.properties.companies import companies
from tests.services.stored import caller, source

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
WHATEVER = Condition(if_match=(ANY,))
NUMBERS = count()


@pytest.fixture(scope="module")
def store() -> Iterator[Database]:
    with fresh("sqlite") as url:
        opened = Database(url)
        yield opened
        opened.close()


def kept(raw: Raw) -> Raw:
    return stored_form(document_from(raw, catalogue()))


@st.composite
def edits(draw: st.DrawFn, raw: Raw) -> list[Any]:
    """A patch as somebody might send it: fitting or not, leading to a valid document or not."""
    kpis, plans = raw.get("kpis", []), raw.get("incentive_plans", [])
    ways: list[Any] = [
        st.just(
            [{"op": "add", "path": "/organization/industry", "value": draw(st.sampled_from(["retail", "energy"]))}]
        ),
        st.just([{"op": "replace", "path": "/kpis/99/weight", "value": 1}]),
    ]
    if kpis:
        place = draw(st.integers(0, len(kpis) - 1))
        weight = draw(st.sampled_from([0, 5, 40, -1]))
        copy = {**kpis[place], "key": draw(st.sampled_from(["new-one", kpis[place]["key"]]))}
        ways += [
            st.just([{"op": "add", "path": f"/kpis/{place}/weight", "value": weight}]),
            st.just([{"op": "remove", "path": f"/kpis/{place}"}]),
            st.just([{"op": "add", "path": "/kpis/-", "value": copy}]),
        ]
    if plans:
        place = draw(st.integers(0, len(plans) - 1))
        components = plans[place]["components"]
        share = draw(st.sampled_from([0.05, 0.3, 1.5]))
        added = {"key": "added", "kpi": components[0].get("kpi") or "x", "weight": 0.5, "payout": {"kind": "linear"}}
        halved = [{**one, "weight": one["weight"] / 2} for one in components]
        ways += [
            st.just([{"op": "replace", "path": f"/incentive_plans/{place}/target_variable_pay_share", "value": share}]),
            st.just([{"op": "replace", "path": f"/incentive_plans/{place}/components", "value": [*halved, added]}]),
            st.just([{"op": "add", "path": f"/incentive_plans/{place}/components/0/payout/cap", "value": 1.5}]),
            st.just([{"op": "remove", "path": f"/incentive_plans/{place}"}]),
        ]
    patch: list[Any] = draw(st.one_of(*ways))
    return patch


def changed(raw: Raw, patch: list[Any]) -> Raw:
    """The document after a patch that fits and leads to a valid one; others are not looked at."""
    try:
        after = apply(raw, patch)
    except PatchFailed:
        assume(False)
    document, faults = checked(after, catalogue())
    assume(document is not None and not faults)
    assert document is not None
    return stored_form(document)


@settings(max_examples=many(60), deadline=None)
@given(data=st.data())
def test_where_nothing_clashes_a_merge_is_the_patch_made_by_hand(data: st.DataObject) -> None:
    """The steps, moved to where their items stand now, lead to the same document; both orders of merging do."""
    base = kept(data.draw(companies(most_kpis=4)))
    ours, theirs = (changed(base, data.draw(edits(base))) for _ in range(2))

    assume(not {one.path for one in changes_between(base, ours)} & {one.path for one in changes_between(base, theirs)})
    merged = merge(base, ours, theirs)
    assume(not merged.clashes)
    document, faults = checked(merged.raw, catalogue())
    assume(document is not None and not faults)
    by_hand = apply(theirs, rebased(patch_between(base, ours), base, theirs))

    assert kept(merged.raw) == kept(by_hand)
    assert kept(merge(base, theirs, ours).raw) == kept(by_hand)


@pytest.mark.slow
@settings(max_examples=many(60), deadline=None)
@given(data=st.data())
def test_with_a_choice_for_each_clash_one_side_stands_there(data: st.DataObject) -> None:
    """All choices for theirs: what ours changed elsewhere, and nothing of theirs is lost; merged with itself nothing clashes."""
    base = kept(data.draw(companies(most_kpis=4)))
    ours, theirs = (changed(base, data.draw(edits(base))) for _ in range(2))

    clashes = merge(base, ours, theirs).clashes
    settled = merge(base, ours, theirs, {clash.pointer: "theirs" for clash in clashes})

    assert settled.open == ()
    assert merge(base, settled.raw, theirs, {clash.pointer: "theirs" for clash in clashes}).open == ()
    assert merge(base, ours, ours).clashes == ()
    assert kept(merge(base, ours, base).raw) == ours


@pytest.mark.slow
@settings(max_examples=many(25), deadline=None)
@given(data=st.data())
def test_no_patch_that_is_accepted_leads_to_a_document_that_is_not_valid(store: Database, data: st.DataObject) -> None:
    """Refused ones leave all as it was; after a rebase onto whatever became of the model, a promotion is exactly the scenario."""
    who, key = caller(store, f"w{next(NUMBERS)}"), "acme"
    raw = data.draw(companies(most_kpis=4))
    raw = kept({**raw, "organization": {**raw["organization"], "key": key}})
    documents.replace(store, who, key, source(raw), NOW, Condition())
    made = scenarios.add(store, who, key, "x", None, None, (), NOW)
    for _ in range(3):
        sent = SentPatch(patch=data.draw(edits(made.document)))
        try:
            made = scenarios.add_patches(
                store, who, key, made.short.id,
                lambda tx, of, top, sent=sent: scenarios.changes_of(tx, of, top, sent), NOW, WHATEVER,
            )  # fmt: skip
        except ConcordError:
            assert scenarios.get(store, who, key, made.short.id) == made
        assert checked(made.document, catalogue())[1] == []
    moved = changed(raw, data.draw(edits(raw)))
    documents.replace(store, who, key, source(moved), NOW, WHATEVER)
    conflicts = scenario_rebases.view(store, who, key, made.short.id)["conflicts"]
    choices = [
        scenario_rebases.Choice(one["pointer"], data.draw(st.sampled_from(["scenario", "model"]))) for one in conflicts
    ]

    try:
        rebased_ = scenario_rebases.rebase(store, who, key, made.short.id, choices, NOW, WHATEVER)
        promoted = scenario_rebases.promote(store, who, key, made.short.id, NOW, WHATEVER)
    except ConcordError:
        assert checked(documents.get(store, who, key).raw, catalogue())[1] == []
        return
    assert documents.get(store, who, key).raw == rebased_.document == promoted.scenario.document
    assert checked(rebased_.document, catalogue())[1] == []
