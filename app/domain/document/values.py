"""What values of the document can be: keys, texts, numbers within bounds, days. Types say what they are checked by.

Annotations are values here, not texts, and types say in pydantic's own terms what they are checked by: it would have to work that out
for each member at every start.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic_core import CoreSchema, PydanticCustomError
from pydantic_core.core_schema import (
    bool_schema,
    date_schema,
    dict_schema,
    float_schema,
    int_schema,
    literal_schema,
    no_info_after_validator_function,
    no_info_before_validator_function,
    str_schema,
)

from app.domain.parameters import BOUNDS
from app.domain.terms import Function

LARGEST = 2**53 - 1
"""The largest number: up to it a double holds every whole number, so that none is taken for another."""
KEY_PATTERN = r"^[a-z0-9][a-z0-9._-]{0,62}$"
METRIC_PATTERN = r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$"
CURRENCY_PATTERN = r"^[A-Z]{3}$"
GROUNDS_PATTERN = r"^[0-9a-f]{8}-[0-9a-f]{8}$"
FINGERPRINT_PATTERN = r"^[0-9a-f]{16}$"

_UNWRITABLE = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
"""Characters that some of YAML, JSON and spreadsheets cannot carry."""


def clean(text: str) -> str:
    """A text as it is kept: NFC, lines ended by a line feed. Raises PydanticCustomError for a character that no text has."""
    if text.isascii() and text.isprintable():
        return text
    if bad := re.search(_UNWRITABLE, text):
        raise PydanticCustomError("bad_character", "character {character}", {"character": f"U+{ord(bad[0]):04X}"})
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _day(value: Any) -> Any:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("not_a_day", "a day is written YYYY-MM-DD")


def _whole(value: Any) -> Any:
    """300.0 is a whole number, as in JSON."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _version(value: Any) -> Any:
    """True is not 1 in JSON."""
    if isinstance(value, bool):
        raise PydanticCustomError("mistaken", "not a number")
    return _whole(value)


def _set(parameters: Any) -> Any:
    """Parameters that are null count as left out; those that nobody knows do not."""
    if not isinstance(parameters, Mapping):
        return parameters
    return {name: value for name, value in parameters.items() if value is not None or name not in BOUNDS}


def _known(value: Any) -> Any:
    """1 is not true in JSON."""
    if not isinstance(value, bool | str):
        raise PydanticCustomError("mistaken", "not true or false")
    return value


def _text(longest: int) -> CoreSchema:
    stripped = str_schema(strict=True, strip_whitespace=True, min_length=1, max_length=longest)
    return no_info_after_validator_function(clean, stripped)


def _number(*, low: float | None = None, above: float | None = None, high: float = LARGEST) -> CoreSchema:
    return float_schema(strict=True, allow_inf_nan=False, ge=low, gt=above, le=high)


def _integer(low: int, high: int) -> CoreSchema:
    return no_info_before_validator_function(_whole, int_schema(strict=True, ge=low, le=high))


class By:
    """What a type of the document is checked by."""

    def __init__(self, schema: CoreSchema) -> None:
        self.schema = schema

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return self.schema


Key = Annotated[str, By(str_schema(strict=True, pattern=KEY_PATTERN))]
MetricId = Annotated[str, By(str_schema(strict=True, pattern=METRIC_PATTERN, max_length=80))]
Currency = Annotated[str, By(str_schema(strict=True, pattern=CURRENCY_PATTERN))]
Fingerprint = Annotated[str, By(str_schema(strict=True, pattern=FINGERPRINT_PATTERN))]
Grounds = Annotated[str, By(str_schema(strict=True, pattern=GROUNDS_PATTERN))]
Text = Annotated[str, By(_text(300))]
LongText = Annotated[str, By(_text(2000))]
Number = Annotated[float, By(_number(low=-LARGEST))]
Positive = Annotated[float, By(_number(above=0))]
NotNegative = Annotated[float, By(_number(low=0))]
Share = Annotated[float, By(_number(low=0, high=1))]
Count = Annotated[int, By(_integer(0, 10_000_000_000))]
Months = Annotated[int, By(_integer(0, 600))]
Days = Annotated[int, By(_integer(0, 36_500))]
Rank = Annotated[int, By(_integer(1, 1_000_000))]
Flag = Annotated[bool, By(bool_schema(strict=True))]
Day = Annotated[date, By(no_info_before_validator_function(_day, date_schema(strict=True)))]
Known = Annotated[
    Literal[True, False, "unknown"],
    By(no_info_before_validator_function(_known, literal_schema([True, False, "unknown"]))),
]
Version = Annotated[Literal[1], By(no_info_before_validator_function(_version, literal_schema([1])))]
Adjusted = Annotated[
    dict[str, float],
    By(no_info_before_validator_function(_set, dict_schema(str_schema(), _number(low=-LARGEST)))),
]
Horizon = Literal["day", "week", "month", "quarter", "year", "multi_year"]
Sign = Literal["+", "-"]
MetricFunction = Literal[Function, "customer"]
