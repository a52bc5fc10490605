"""The published schemas of the fact tables are complete in both languages and hold together."""

from __future__ import annotations

from typing import get_args

import pytest

from app.domain.document import Payout
from app.domain.facts import vocabularies
from app.domain.facts.kinds import FACT_KINDS
from app.domain.findings import Method
from app.domain.rules.columns import column
from app.domain.rules.schema import FactKind, Field
from app.domain.terms import Direction, Function

FIELDS = [(kind, field) for kind in FACT_KINDS.values() for field in kind.fields.values()]
NAMES = [f"{kind.name}.{field.name}" for kind, field in FIELDS]


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=NAMES)
def test_every_column_is_described_in_both_languages(kind: FactKind, field: Field):
    """Label, description, for a yes or no its denial, for a list of words how each is said."""
    assert set(field.labels) == {"en", "de"}
    assert field.description
    if field.type == "bool":
        assert set(field.denials) == {"en", "de"}
        assert all(field.denials[language] != field.labels[language] for language in ("en", "de"))
    if field.type == "enum":
        assert all(set(field.said[language]) == set(field.values) for language in ("en", "de"))
    if field.nullable and field.type != "bool":
        assert "missing" in field.description or field.type == "text"


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=NAMES)
def test_every_example_fits_its_column(kind: FactKind, field: Field):
    """An example is of the column's type, within its bounds and among its words."""
    if field.is_number:
        assert field.minimum is None or field.example >= field.minimum
        assert field.maximum is None or field.example <= field.maximum
    if field.type == "enum":
        assert field.example in field.values
    if field.testable:
        assert len(column(field, [field.example]).values) == 1


def test_labels_tell_columns_apart():
    """Within a fact kind no two columns are called alike, in either language."""
    for kind in FACT_KINDS.values():
        for language in ("en", "de"):
            labels = [field.labels[language] for field in kind.fields.values()]
            assert len(set(labels)) == len(labels)


def test_words_of_columns_are_those_of_the_document():
    """Functions, payouts, directions and methods are the words that the rest of Concord uses."""
    assert tuple(vocabularies.FUNCTIONS) == get_args(Function)
    assert tuple(vocabularies.DIRECTIONS) == get_args(Direction)
    assert tuple(vocabularies.METHODS) == get_args(Method)
    assert set(vocabularies.PAYOUTS) == set(get_args(Payout.model_fields["kind"].annotation))
