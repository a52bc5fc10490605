"""What is wrong with the shape of a document: members, types, ranges, enumerations, all at once."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from app.domain.document import (
    CURRENCY_PATTERN,
    FINGERPRINT_PATTERN,
    KEY_PATTERN,
    METRIC_PATTERN,
    Document,
)
from app.domain.faults import Fault

_PATTERNS = {
    KEY_PATTERN: "key",
    METRIC_PATTERN: "metric_id",
    CURRENCY_PATTERN: "currency",
    FINGERPRINT_PATTERN: "fingerprint",
}
_TYPES = {
    "string_type": "text",
    "string_unicode": "text",
    "float_type": "number",
    "int_type": "whole",
    "int_from_float": "whole",
    "bool_type": "flag",
    "tuple_type": "list",
    "dict_type": "object",
    "model_type": "object",
    "model_attributes_type": "object",
}
_BOUNDS = {
    "greater_than_equal": ("too_small", "at_least", "ge"),
    "greater_than": ("too_small", "above", "gt"),
    "less_than_equal": ("too_large", "at_most", "le"),
}
_MEANT = {
    "yes": "true", "no": "false", "on": "true", "off": "false", "ja": "true", "nein": "false",
    "up": "increase", "raise": "increase", "higher": "increase", "grow": "increase", "more": "increase", "max": "increase",
    "down": "decrease", "reduce": "decrease", "lower": "decrease", "cut": "decrease", "less": "decrease", "min": "decrease",
    "keep": "maintain", "hold": "maintain", "stable": "maintain",
    "annual": "year", "annually": "year", "customer service": "service", "support": "service", "sale": "sales",
    "human resources": "hr", "personnel": "hr", "positive": "+", "negative": "-", "cliff": "threshold", "rank": "ranking",
}  # fmt: skip
"""Words that people write for a member of an enumeration."""


def shaped(raw: Mapping[str, Any]) -> tuple[Document | None, list[Fault]]:
    """The document, or None and every fault of its shape. Null members must have been left out."""
    try:
        return Document.model_validate(raw, by_alias=True, by_name=False), []
    except ValidationError as errors:
        return None, [_fault(e) for e in errors.errors(include_url=False)]  # type: ignore[arg-type]


def values_of(annotation: Any) -> tuple[str, ...]:
    """The values of an enumeration as JSON writes them; empty for anything else."""
    inner = _bare(annotation)
    if get_origin(inner) is not Literal:
        return ()
    return tuple("true" if v is True else "false" if v is False else str(v) for v in get_args(inner))


def members_of(model: type[BaseModel]) -> dict[str, Any]:
    """A part's members under the names that documents use, with their types."""
    return dict(_members(model))


def model_of(annotation: Any) -> type[BaseModel] | None:
    """The part that a member, or each item of it, is; None when it is a plain value."""
    inner = _bare(annotation)
    if get_origin(inner) is tuple:
        inner = _bare(get_args(inner)[0])
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None


def _fault(error: Mapping[str, Any]) -> Fault:
    kind, path, found = error["type"], tuple(error["loc"]), error["input"]
    context = error.get("ctx", {})
    if kind == "missing":
        return Fault(path, "missing")
    if kind == "extra_forbidden":
        return Fault(path, "unknown_member", found, options=_members_at(path[:-1]))
    if kind in _TYPES:
        return _mistyped(path, found, _TYPES[kind])
    if kind in _BOUNDS:
        return _out_of_bounds(path, found, kind, context)
    if kind == "string_pattern_mismatch":
        expectation = _PATTERNS.get(context["pattern"], "form")
        near = _as_key(found) if expectation == "key" else found.upper() if expectation == "currency" else None
        return Fault(path, "bad_form", found, expectation, details={"pattern": context["pattern"]}, nearest=near)
    if kind == "string_too_short":
        return Fault(path, "empty", found)
    if kind == "string_too_long":
        return Fault(path, "too_long", found, details={"most": context["max_length"]})
    if kind == "bad_character":
        return Fault(path, "bad_character", found, details=context)
    if kind == "not_a_day":
        return Fault(path, "not_a_day", found, "day")
    if kind == "finite_number":
        return Fault(path, "not_finite", str(found), "finite")
    if kind in ("literal_error", "mistaken"):
        return _not_one_of(path, found)
    return Fault(path, "wrong_type", found, "json", details={"values": error["msg"]})


def _mistyped(path: tuple[str | int, ...], found: Any, expectation: str) -> Fault:
    near = None
    if expectation == "text" and isinstance(found, int | float):
        expectation = "text_quoted"
    elif expectation == "flag" and isinstance(found, str):
        near = _meant(found, ("true", "false"))
    elif expectation in ("number", "whole") and isinstance(found, str):
        near = _number_in(found)
    elif expectation == "number" and isinstance(found, int) and not isinstance(found, bool):
        return Fault(path, "too_large" if found > 0 else "too_small", found, "finite")
    return Fault(path, "wrong_type", found, expectation, nearest=near)


def _out_of_bounds(path: tuple[str | int, ...], found: Any, kind: str, context: Mapping[str, Any]) -> Fault:
    code, expectation, name = _BOUNDS[kind]
    bound = context[name]
    near = f"{found / 100:g}" if code == "too_large" and bound == 1 and 1 < found <= 100 else None
    return Fault(path, code, found, expectation, details={"bound": f"{bound:.16g}"}, nearest=near)


def _not_one_of(path: tuple[str | int, ...], found: Any) -> Fault:
    values = values_of(_annotation_at(path))
    near = _meant(found, values) if isinstance(found, str) else None
    expectation = "one_of" if len(values) > 1 else "just"
    return Fault(path, "not_one_of", found, expectation, values, {"values": ", ".join(values)}, near)


def _meant(found: str, values: tuple[str, ...]) -> str | None:
    word = found.strip().casefold()
    if word in values:
        return word
    meant = _MEANT.get(word)
    return meant if meant in values else None


def _number_in(text: str) -> str | None:
    """The number that a text may mean: `12 %` is 0.12, `4,2` is 4.2."""
    cut = text.strip().replace("%", "").strip()
    try:
        number = float(cut.replace(",", ".") if cut.count(",") == 1 and "." not in cut else cut)
    except ValueError:
        return None
    if number != number or abs(number) > 2**53:
        return None
    return f"{number / 100 if '%' in text else number:.15g}"


def _as_key(text: str) -> str | None:
    """A key made out of a name: `Customer Service` is `customer-service`."""
    words = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in text.strip().lower())
    key = "-".join(w for w in words.split("-") if w).lstrip("._-")[:63]
    return key or None


def _members_at(path: tuple[str | int, ...]) -> tuple[str, ...]:
    annotation = _annotation_at(path)
    model = model_of(annotation) if annotation is not None else None
    return tuple(_members(model)) if model else ()


def _annotation_at(path: tuple[str | int, ...]) -> Any:
    """The type of what stands at a place; None where the document has nothing."""
    annotation: Any = Document
    for token in path:
        if isinstance(token, int):
            inner = _bare(annotation)
            annotation = get_args(inner)[0] if get_origin(inner) is tuple else None
        else:
            model = model_of(annotation)
            annotation = _members(model).get(token) if model else None
        if annotation is None:
            return None
    return annotation


@lru_cache(maxsize=64)
def _members(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: _hint(model, name) for name, field in model.model_fields.items()}


def _hint(model: type[BaseModel], name: str) -> Any:
    return model.model_fields[name].annotation


def _bare(annotation: Any) -> Any:
    """The type without `Annotated` and without None."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, types.UnionType):
            annotation = next(iter(_not_none(annotation)))
        else:
            return annotation


def _not_none(annotation: Any) -> Iterator[Any]:
    return (a for a in get_args(annotation) if a is not type(None))
