"""Short ways to declare the columns of fact tables; labels are given in English and German."""

from __future__ import annotations

from app.domain.facts.vocabularies import Vocabulary
from app.domain.rules.schema import Field

Both = tuple[str, str]
"""In English and in German."""


def flag(
    name: str, said: Both, denied: Both, description: str, example: bool = False, *, nullable: bool = False
) -> Field:
    """A yes or no: the clause that it stands for, and the clause that denies it."""
    return Field(
        name, "bool", nullable=nullable, labels=_labels(said), denials=_labels(denied), description=description,
        example=example,
    )  # fmt: skip


def decimal(
    name: str, scale: int, label: Both, description: str, example: float, *, nullable: bool = False,
    unit: str | None = None, minimum: float | None = None, maximum: float | None = None,
) -> Field:  # fmt: skip
    """A number that is compared at `scale` digits after the point."""
    return Field(
        name, "decimal", scale=scale, nullable=nullable, unit=unit, labels=_labels(label), description=description,
        example=example, minimum=minimum, maximum=maximum,
    )  # fmt: skip


def degree(name: str, scale: int, label: Both, description: str, example: float, *, nullable: bool = False) -> Field:
    """A number from 0 to 1."""
    return decimal(name, scale, label, description, example, nullable=nullable, minimum=0, maximum=1)


def share(name: str, scale: int, label: Both, description: str, example: float, *, nullable: bool = False) -> Field:
    """A part of a whole, from 0 to 1, of which people speak in percent."""
    return decimal(name, scale, label, description, example, nullable=nullable, minimum=0, maximum=1, unit="share")


def whole(
    name: str, label: Both, description: str, example: int, *, unit: str | None = None, nullable: bool = False
) -> Field:
    """A count, or a number of days or months; never negative."""
    return Field(
        name, "int", nullable=nullable, unit=unit, labels=_labels(label), description=description, example=example,
        minimum=0,
    )  # fmt: skip


def choice(
    name: str, vocabulary: Vocabulary, label: Both, description: str, example: str, *, nullable: bool = False
) -> Field:
    """One word out of a closed list."""
    said = {language: {word: both[n] for word, both in vocabulary.items()} for n, language in enumerate(("en", "de"))}
    return Field(
        name, "enum", values=tuple(vocabulary), said=said, nullable=nullable, labels=_labels(label),
        description=description, example=example,
    )  # fmt: skip


def words(name: str, label: Both, description: str, example: str, *, nullable: bool = False) -> Field:
    """Free text, for messages; conditions cannot test it."""
    return Field(
        name, "text", nullable=nullable, testable=False, labels=_labels(label), description=description,
        example=example,
    )  # fmt: skip


def _labels(both: Both) -> dict[str, str]:
    return {"en": both[0], "de": both[1]}
