"""Typed schemas of fact tables: what a rule may read, and how to speak of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

FieldType = Literal["bool", "int", "decimal", "text", "enum", "enum_list"]

NUMERIC = ("int", "decimal")
WORDS = ("text", "enum")


class Field(NamedTuple):
    """One column of a fact table.

    `scale`: digits after the point at which a decimal is compared. `values`: the words of an enum, `said` per language
    how people say them. Free text is not `testable`: messages may show it, conditions cannot read it. `labels`: per
    language a noun phrase, for a bool a clause (`pay has a gate`), whose denial is in `denials` (`pay has no gate`).
    Bounds are inclusive. `unit`: `days`, `months`, or `share` for a part of a whole of which people speak in percent.
    """

    name: str
    type: FieldType
    nullable: bool = False
    scale: int = 4
    values: tuple[str, ...] = ()
    testable: bool = True
    unit: str | None = None
    said: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    labels: Mapping[str, str] = MappingProxyType({})
    denials: Mapping[str, str] = MappingProxyType({})
    description: str = ""
    example: Any = None
    minimum: float | None = None
    maximum: float | None = None

    @property
    def digits(self) -> int:
        """Digits after the point of its numbers."""
        return self.scale if self.type == "decimal" else 0

    @property
    def is_number(self) -> bool:
        """Whether it can be reckoned with."""
        return self.type in NUMERIC


class FactKind:
    """A fact table: its fields by name, in order, and the names that a message may use beside them."""

    def __init__(
        self, name: str, labels: Mapping[str, str], fields: Iterable[Field], subjects: Iterable[str] = ()
    ) -> None:
        self.name = name
        self.labels = labels
        self.fields: Mapping[str, Field] = {f.name: f for f in fields}
        self.subjects = tuple(subjects)
