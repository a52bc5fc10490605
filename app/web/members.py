"""Bodies that are a few members of a thing rather than a document: JSON or YAML, checked by a model, every problem at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from app.domain.document.values import clean
from app.domain.faults import Fault, Path, invalid
from app.exchange.read import read
from app.web.body import Body

M = TypeVar("M", bound="Members")


class Members(BaseModel):
    """A body: members that nobody knows are refused, those that are null count as left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def given(self) -> dict[str, Any]:
        """The members that were sent, null ones included."""
        return {name: getattr(self, name) for name in self.model_fields_set}


def object_of(body: Body) -> dict[str, Any]:
    """The JSON or YAML object that a body holds. Raises DocumentInvalid."""
    raw = read(body.data, "body", body.kind or "json").raw
    if not isinstance(raw, Mapping):
        raise invalid([Fault((), "wrong_type", raw, "object")], raw)
    return dict(raw)


def members_of(body: Body, model: type[M]) -> M:
    """What the body says, as the model has it. Raises DocumentInvalid with every problem."""
    return as_members(object_of(body), model)


def as_members(raw: Mapping[str, Any], model: type[M]) -> M:
    """The same for values that were read already."""
    faults: list[Fault] = []
    cleaned = _cleaned(dict(raw), (), faults)
    try:
        said = model.model_validate(cleaned)
    except ValidationError as refused:
        faults += _faults(refused, model)
    if faults:
        raise invalid(faults, raw)
    return said


def _cleaned(value: Any, path: Path, faults: list[Fault]) -> Any:
    """The value with its texts as they are kept; characters that no text has are noted as faults."""
    if isinstance(value, str):
        try:
            return clean(value)
        except PydanticCustomError as bad:
            faults.append(Fault(path, "bad_character", value, details=bad.context or {}))
    if isinstance(value, Mapping):
        return {name: _cleaned(inner, (*path, name), faults) for name, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner, (*path, place), faults) for place, inner in enumerate(value)]
    return value


def _instant(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("not_an_instant", "an instant is written as in RFC 3339")


def _in_a_zone(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise PydanticCustomError("not_an_instant", "an instant has a zone")
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise PydanticCustomError("not_an_instant", "an instant lies within the years that there are") from None


Instant = Annotated[datetime, BeforeValidator(_instant), AfterValidator(_in_a_zone)]
"""An instant with its zone, `2026-11-22T05:30:51Z`."""

_TYPES = {
    "string_type": "text",
    "int_type": "whole",
    "int_from_float": "whole",
    "float_type": "number",
    "bool_type": "flag",
    "list_type": "list",
    "dict_type": "object",
    "model_type": "object",
}
_BOUNDS = {
    "greater_than_equal": ("too_small", "at_least", "ge"),
    "less_than_equal": ("too_large", "at_most", "le"),
}


def _faults(refused: ValidationError, model: type[BaseModel]) -> Iterator[Fault]:
    for error in refused.errors(include_url=False):
        yield _fault(error, model)


def _fault(error: Any, model: type[BaseModel]) -> Fault:
    kind, path, found, context = error["type"], tuple(error["loc"]), error.get("input"), error.get("ctx", {})
    if kind == "missing":
        return Fault(path, "missing")
    if kind == "extra_forbidden":
        return Fault(path, "unknown_member", found, options=_members_at(path[:-1], model))
    if kind in _TYPES:
        return Fault(path, "wrong_type", found, _TYPES[kind])
    if kind in _BOUNDS:
        code, expectation, bound = _BOUNDS[kind]
        return Fault(path, code, found, expectation, details={"bound": str(context[bound])})
    if kind == "string_too_short":
        return Fault(path, "empty", found)
    if kind == "string_too_long":
        return Fault(path, "too_long", found, details={"most": context["max_length"]})
    if kind == "too_long":
        return Fault(path, "too_many", details={"count": context["actual_length"], "most": context["max_length"]})
    if kind == "too_short":
        return Fault(path, "empty", found)
    if kind == "not_an_instant":
        return Fault(path, "bad_value", found, "instant")
    if kind == "not_a_day":
        return Fault(path, "not_a_day", found, "day")
    words = _words(path, model)
    if words:
        return Fault(path, "not_one_of", found, "one_of", words, {"values": ", ".join(words)})
    return Fault(path, "bad_value", found, "usable")


def _members_at(path: Path, model: type[BaseModel]) -> tuple[str, ...]:
    """The members of the object at a path, as far as it is a model."""
    for name in path:
        field = model.model_fields.get(str(name))
        model = next(_models(field.annotation), BaseModel) if field else BaseModel
    return tuple(model.model_fields)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that an annotation names."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)


def _words(path: Path, model: type[BaseModel]) -> tuple[str, ...]:
    """The words of the enumeration that a member is, or is a list of."""
    field = model.model_fields.get(str(path[0])) if path else None
    return _literals(field.annotation) if isinstance(field, FieldInfo) else ()


def _literals(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(get_args(annotation))
    return next((words for inner in get_args(annotation) if (words := _literals(inner))), ())
