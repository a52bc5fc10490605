"""Short ways to declare the columns of fact tables; labels are given in English and German."""

from __future__ import annotations

from app.domain.rules.schema import Field


def flag(name: str, en: str, de: str, description: str, example: bool = False, *, nullable: bool = False) -> Field:
    """A yes or no; its labels are clauses."""
    return Field(
        name, "bool", nullable=nullable, labels={"en": en, "de": de}, description=description, example=example,
    )  # fmt: skip


def decimal(
    name: str, scale: int, en: str, de: str, description: str, example: float, *, nullable: bool = False
) -> Field:
    """A number that is compared at `scale` digits after the point."""
    return Field(
        name, "decimal", scale=scale, nullable=nullable, labels={"en": en, "de": de}, description=description,
        example=example,
    )  # fmt: skip


def whole(
    name: str, en: str, de: str, description: str, example: int, *, unit: str | None = None, nullable: bool = False
) -> Field:
    """A whole number."""
    return Field(
        name, "int", nullable=nullable, unit=unit, labels={"en": en, "de": de}, description=description,
        example=example,
    )  # fmt: skip


def choice(
    name: str, values: tuple[str, ...], en: str, de: str, description: str, example: str, *, nullable: bool = False
) -> Field:
    """One of a fixed list of words."""
    return Field(
        name, "enum", values=values, nullable=nullable, labels={"en": en, "de": de}, description=description,
        example=example,
    )  # fmt: skip


def words(name: str, en: str, de: str, description: str, example: str, *, nullable: bool = False) -> Field:
    """Free text, for messages; conditions cannot test it."""
    return Field(
        name, "text", nullable=nullable, testable=False, labels={"en": en, "de": de}, description=description,
        example=example,
    )  # fmt: skip
