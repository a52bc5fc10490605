"""What must hold of the difference of any two documents."""

from __future__ import annotations

import json
import random
from copy import deepcopy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.canonical import content_hash
from app.domain.document.changes import changes_between, patch_between, undone
from app.domain.document.checks import checked, document_from
from app.domain.json_patch import apply, equal
from app.domain.stored_form import KEYED, sharing, stored_form
from tests.counts import many
from tests.properties.companies import companies

Raw = dict[str, Any]

values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "a", "b/c", "d~e"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["key", "id", "x", "y/z"]), inner, max_size=3)
        | st.lists(st.fixed_dictionaries({"key": st.sampled_from("abc"), "v": inner}), max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=many(2_000))
@given(old=values, new=values)
def test_a_patch_makes_the_new_value_of_the_old_one(old: Any, new: Any):
    """Whatever two values are, applying the patch between them to the first gives the second, exactly."""
    patch = json.loads(json.dumps(patch_between(old, new)))

    assert equal(apply(old, patch), new)


@settings(max_examples=many(1_000))
@given(old=companies(), new=companies())
def test_a_patch_makes_the_new_document_of_the_old_one(old: Raw, new: Raw):
    """The same for documents of companies that have nothing to do with each other."""
    assert equal(apply(old, patch_between(old, new)), new)


@settings(max_examples=many(1_000))
@given(raw=companies(), seed=st.integers(0, 9))
def test_the_order_of_lists_is_no_change(raw: Raw, seed: int):
    """A document whose lists and members are shuffled differs in nothing, and the patch still makes it exactly."""
    other = shuffled(raw, random.Random(seed))

    assert changes_between(raw, other) == ()
    assert equal(apply(raw, patch_between(raw, other)), other)


@settings(max_examples=many(1_000))
@given(old=companies(), new=companies())
def test_what_is_undone_is_as_it_was(old: Raw, new: Raw):
    """A document with all its changes undone says what the old one says."""
    before = undone(new, changes_between(old, new))

    assert changes_between(old, before) == ()
    assert content_hash(document_from(before)) == content_hash(document_from(old))


@settings(max_examples=many(1_000))
@given(old=companies(most_kpis=3), new=companies(most_kpis=3))
def test_there_are_changes_when_the_content_differs(old: Raw, new: Raw):
    """No changes between two documents means the same content hash, and the other way round."""
    same = content_hash(document_from(old)) == content_hash(document_from(new))

    assert (changes_between(old, new) == ()) is same


@settings(max_examples=many(500))
@given(old=companies(), new=companies())
def test_there_and_back_are_each_other_turned_round(old: Raw, new: Raw):
    """What was added one way was removed the other way; before and after change places."""
    there, back = changes_between(old, new), changes_between(new, old)

    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    assert [(c.path, turned[c.action], c.after, c.before) for c in back] == [
        (c.path, c.action, c.before, c.after) for c in there
    ]


def shuffled(value: Any, chance: random.Random) -> Any:
    """The value with every list and the members of every object in another order."""
    if isinstance(value, dict):
        members = [(name, shuffled(inner, chance)) for name, inner in value.items()]
        chance.shuffle(members)
        return dict(members)
    if isinstance(value, list):
        items = [shuffled(item, chance) for item in value]
        chance.shuffle(items)
        return items
    return value


@settings(max_examples=many(1_000))
@given(old=companies(), new=companies(), which=st.lists(st.sampled_from(KEYED), max_size=3), kept=st.randoms())
def test_what_is_shared_changes_nothing(old: Raw, new: Raw, which: list[str], kept: random.Random):
    """Two documents that share values differ in the very same way as two that only say the same."""
    before = stored_form(document_from(old))
    after = stored_form(document_from(mixed(before, new, which, kept)))
    shared = sharing(after, before)

    assert shared == after
    assert changes_between(before, shared) == changes_between(before, deepcopy(after))
    assert patch_between(before, shared) == patch_between(before, deepcopy(after))
    assert all(shared[name] is before[name] for name in before if before[name] == after.get(name))


def mixed(old: Raw, new: Raw, which: list[str], chance: random.Random) -> Raw:
    """A company with some lists of another one, and with some members of its KPIs changed, as far as it is valid then."""
    kpis = [{**kpi, "weight": chance.randint(1, 3)} if chance.random() < 0.3 else kpi for kpi in old.get("kpis", ())]
    for tried in ({**old, "kpis": kpis, **{name: new.get(name, []) for name in which}}, {**old, "kpis": kpis}):
        document, faults = checked(tried)
        if document is not None and not faults:
            return tried
    return new
