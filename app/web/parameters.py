"""Query parameters as models: what is not known is refused, and everything that is wrong is told at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from app.domain.errors import Problem
from app.domain.faults import Fault, problem

MOST_SEARCHED = 200
"""Characters of a search."""


class Parameters(BaseModel):
    """The query parameters of an operation; a bare one says that there are none."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _split(values: Sequence[str]) -> list[str]:
    """A parameter with nothing in it says nothing."""
    return [word.strip() for value in values if value for word in value.split(",")]


def _flag(value: Any) -> Any:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def _instant(value: Any) -> datetime:
    """RFC 3339 with its offset; where an address turned the `+` of one into a blank it is meant as a `+`."""
    if isinstance(value, str) and (written := _INSTANT.fullmatch(value.replace(" ", "+"))):
        try:
            return datetime.fromisoformat(written[0].upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    raise PydanticCustomError("not_an_instant", "an instant is written as RFC 3339 says")


_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?([Zz]|[-+][0-9]{2}:[0-9]{2})"
)

COMMAS = BeforeValidator(_split)
"""A list that is written with commas: any of its values will do."""
Flag = Annotated[bool, Field(strict=True), BeforeValidator(_flag)]
Moment = Annotated[datetime, BeforeValidator(_instant)]
RevisionNumber = Annotated[int, Field(ge=1, le=999_999_999)]
Search = Annotated[str, Field(max_length=MOST_SEARCHED)]

_BOUNDS = {
    "greater_than_equal": ("too_small", "at_least", "ge"),
    "less_than_equal": ("too_large", "at_most", "le"),
}


def parameter_problems(invalid: RequestValidationError, endpoint: Callable[..., Any]) -> list[Problem]:
    """Every problem with the parameters of a request, each with the parameter's name as its place."""
    return [problem(_fault(error, _fields(endpoint))) for error in invalid.errors()]


def repeated_problems(given: Sequence[str], endpoint: Callable[..., Any]) -> list[Problem]:
    """A problem for every parameter that may be given once and was given more often."""
    once = {name for name, field in _fields(endpoint).items() if not isinstance(field.default, list)}
    return [problem(Fault((name,), "duplicate_member")) for name in sorted(once) if given.count(name) > 1]


def unkept_problems(given: Sequence[tuple[str, str]]) -> list[Problem]:
    """A problem for every parameter with a NUL in it, which no text that is kept has."""
    return [
        problem(Fault((name,), "bad_character", value, details={"character": "U+0000"}))
        for name, value in given
        if "\0" in value
    ]


@lru_cache(maxsize=256)
def _fields(endpoint: Callable[..., Any]) -> Mapping[str, FieldInfo]:
    """The query parameters of an endpoint by name."""
    hints = get_type_hints(endpoint).values()
    models = [hint for hint in hints if isinstance(hint, type) and issubclass(hint, Parameters)]
    return {field.alias or name: field for model in models for name, field in model.model_fields.items()}


def _fault(error: Mapping[str, Any], known: Mapping[str, FieldInfo]) -> Fault:
    kind, found, context = error["type"], error.get("input"), error.get("ctx", {})
    name = str(error["loc"][1])
    if kind == "extra_forbidden":
        expectation = "one_of" if known else ""
        return Fault((name,), "unknown_parameter", name, expectation, tuple(known), {"values": ", ".join(known)})
    if kind in _BOUNDS:
        code, expectation, bound = _BOUNDS[kind]
        return Fault((name,), code, found, expectation, details={"bound": str(context[bound])})
    if kind == "not_a_day":
        return Fault((name,), "not_a_day", found, "day")
    if kind == "not_an_instant":
        return Fault((name,), "not_an_instant", found, "instant")
    if kind == "string_too_long":
        return Fault((name,), "too_long", found, details={"most": context["max_length"]})
    if kind == "bool_type":
        return Fault((name,), "wrong_type", found, "flag")
    words = _words(known[name].annotation)
    if kind == "literal_error" and words:
        return Fault((name,), "not_one_of", found, "one_of", words, {"values": ", ".join(words)})
    return Fault((name,), "wrong_type", found, "whole")


def _words(annotation: Any) -> tuple[str, ...]:
    """The words of an enumeration, also where it is optional or in a list."""
    if get_origin(annotation) is Literal:
        return tuple(get_args(annotation))
    return next((words for inner in get_args(annotation) if (words := _words(inner))), ())
