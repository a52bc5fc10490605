"""Pydantic models → JSON Schema as others should see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from app.domain.document import Document
from app.domain.parameters import BOUNDS, INTEGERS, Parameters


class Schema(GenerateJsonSchema):
    """A member's name is not said again as its title, and what is left out has no default."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """A default of null means: it may be left out."""
        if schema.get("default", ...) is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)

    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        """Values of several types are alternatives of one type each: generators of clients read no enumeration of several."""
        kinds: dict[type, list[Any]] = {}
        for value in schema["expected"]:
            kinds.setdefault(type(value), []).append(value)
        if len(kinds) == 1:
            return super().literal_schema(schema)
        return {
            "anyOf": [
                {"type": "boolean"}
                if kind is bool
                else super(Schema, self).literal_schema(core_schema.literal_schema(values))
                for kind, values in kinds.items()
            ]
        }

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Never: the name says it."""
        return False


class WithoutNulls(Schema):
    """What may be left out is never null: programs that are generated from the schema leave it out."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """As above, and null itself is not among the values."""
        inner = schema["schema"]
        if schema.get("default", ...) is None and inner["type"] == "nullable":
            return self.generate_inner(inner["schema"])
        return super().default_schema(schema)


class OfPatches(Schema):
    """What merge patches say: nothing has a default, and null takes away what may be absent."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Without the default."""
        return self.generate_inner(schema["schema"])


def published(model: type[BaseModel]) -> dict[str, Any]:
    """The schema of one model, with the models that it uses under `$defs`."""
    return model.model_json_schema(mode="serialization", schema_generator=WithoutNulls)


def components(models: Iterable[type[BaseModel]], patches: Collection[type[BaseModel]] = ()) -> dict[str, Any]:
    """The schemas of several models, and of all that they use, by name, as an OpenAPI document refers to them.

    `patches`: those of them that are merge patches.
    """
    made = {
        **_components(patches, OfPatches),
        **_components((model for model in models if model not in patches), WithoutNulls),
    }
    return {name: _complete(schema, name) for name, schema in sorted(made.items())}


def _components(models: Iterable[type[BaseModel]], generator: type[Schema]) -> dict[str, Any]:
    _, made = models_json_schema(
        [(model, _mode(model)) for model in models],
        schema_generator=generator,
        ref_template="#/components/schemas/{model}",
    )
    found: dict[str, Any] = made.get("$defs", {})
    return found


def _mode(model: type[BaseModel]) -> JsonSchemaMode:
    return "validation" if issubclass(model, Document) else "serialization"


def _complete(schema: dict[str, Any], name: str) -> dict[str, Any]:
    """The parameters of a document are checked outside its model, so their names and bounds are added here."""
    if name != Document.__name__:
        return schema
    defaults = Parameters().as_dict()
    parameters = {
        parameter: {
            "type": "integer" if parameter in INTEGERS else "number",
            "minimum": low,
            "maximum": high,
            "default": defaults[parameter],
        }
        for parameter, (low, high) in BOUNDS.items()
    }
    properties = {
        **schema["properties"],
        "parameters": {
            "type": "object",
            "description": "Constants of the semantics that this organization sets otherwise.",
            "properties": parameters,
            "additionalProperties": False,
        },
    }
    return {**schema, "properties": properties}
