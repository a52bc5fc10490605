"""Documents read and written by pydantic's core, with a schema that is made here from the models of `app.domain.document`.

The models' own methods do the same, but take pydantic ten times as long to make: it works out anew what each annotation may mean, and
looks for plugins among all packages that are installed. A small audit would wait for that longer than for its answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import CoreConfig, CoreSchema, SchemaSerializer, SchemaValidator
from pydantic_core.core_schema import (
    ModelField,
    literal_schema,
    model_field,
    model_fields_schema,
    model_schema,
    no_info_before_validator_function,
    nullable_schema,
    tuple_variable_schema,
    with_default_schema,
)

from app.domain.document import Document, Part, without_nulls
from app.domain.document.values import By


def validated(raw: Any) -> Document:
    """The document that values of JSON hold; raises ValidationError with everything that is wrong with their shape."""
    document: Document = _validator().validate_python(raw, by_alias=True, by_name=False)
    return document


def without_defaults(part: Part) -> dict[str, Any]:
    """A document, or a part of one, as values of JSON, without what has its default value."""
    said: dict[str, Any] = _serializer(type(part)).to_python(part, mode="json", by_alias=True, exclude_defaults=True)
    return said


@cache
def _validator() -> SchemaValidator:
    return SchemaValidator(_part(Document))


@cache
def _serializer(part: type[Part]) -> SchemaSerializer:
    return SchemaSerializer(_part(part))


@cache
def _part(part: type[Part]) -> CoreSchema:
    members = model_fields_schema({name: _member(field) for name, field in part.model_fields.items()})
    config = CoreConfig(title=part.__name__, extra_fields_behavior="forbid")
    return model_schema(part, no_info_before_validator_function(partial(without_nulls, part), members), config=config)


def _member(field: FieldInfo) -> ModelField:
    schema = _schema(field.annotation, field.metadata)
    if field.default_factory is not None:
        schema = with_default_schema(schema, default_factory=field.default_factory)
    elif not field.is_required():
        schema = with_default_schema(schema, default=field.default)
    return model_field(schema, validation_alias=field.alias, serialization_alias=field.alias)


def _schema(hint: Any, said: Iterable[Any] = ()) -> CoreSchema:
    """What a value is checked by: what its type says of itself, or what its form says."""
    for by in said:
        if isinstance(by, By):
            return by.schema
    if isinstance(hint, type) and issubclass(hint, Part):
        return _part(hint)
    form, inner = get_origin(hint), get_args(hint)
    if form is Annotated:
        return _schema(inner[0], inner[1:])
    if form is Literal:
        return literal_schema(list(inner))
    if form is tuple:
        return tuple_variable_schema(_schema(inner[0]))
    if NoneType in inner:
        return nullable_schema(_schema(next(one for one in inner if one is not NoneType)))
    raise TypeError(f"no part of a document is a {hint}")
