"""What is read and written with pydantic's core is what the models themselves would read and write."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from pydantic import ValidationError

from app.domain.document import Document
from app.domain.document.core import validated, without_defaults
from tests.counts import many
from tests.domain.document.test_schema import changed
from tests.exchange.documents import documents


@settings(max_examples=many(2_000))
@given(said=documents())
def test_documents_are_read_and_written_as_the_models_do(said: dict[str, Any]):
    """A document is the same value either way, and says the same."""
    by_model = Document.model_validate(said, by_alias=True, by_name=False)

    by_core = validated(said)

    assert by_core == by_model
    assert by_core.model_fields_set == by_model.model_fields_set
    assert without_defaults(by_core) == by_model.model_dump(mode="json", by_alias=True, exclude_defaults=True)


@settings(max_examples=many(4_000))
@given(said=changed())
def test_documents_are_refused_as_by_the_models(said: dict[str, Any]):
    """Wrong values are the same errors at the same places either way."""
    assert _outcome(validated, said) == _outcome(_by_model, said)


def _by_model(said: Any) -> Document:
    return Document.model_validate(said, by_alias=True, by_name=False)


def _outcome(read: Any, said: Any) -> Any:
    """The document, or the errors as they are told: what pydantic calls a class is told to nobody."""
    try:
        return read(said)
    except ValidationError as invalid:
        return [_told(error) for error in invalid.errors(include_url=False)]


def _told(error: Any) -> dict[str, Any]:
    context = {name: value for name, value in error.get("ctx", {}).items() if name != "class_name"}
    return {"type": error["type"], "loc": error["loc"], "input": error["input"], "ctx": context}
