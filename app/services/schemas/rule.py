"""The shape of a rule, as it stands in its file and as it is published (docs/rule-language.md)."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from app.domain.terms import FindingKind


class Texts(BaseModel):
    """The same said in English and German."""

    en: str
    de: str


class RuleExample(BaseModel):
    """Facts on which a rule must match, or stay silent, and why."""

    because: str
    facts: dict[str, Any]


class RuleExamples(BaseModel):
    """At least two of each kind."""

    silent: Annotated[list[RuleExample], Field(min_length=2)]
    matches: Annotated[list[RuleExample], Field(min_length=2)]


class Rule(BaseModel):
    """When to report what. `severity` is `standard` or an expression; `base` and `stake` belong to standard flaws and gaps."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, Field(pattern="^[A-Z]{3}[0-9]{3}$")]
    name: Annotated[str, Field(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
    pack: str
    version: Annotated[int, Field(ge=1)]
    fact_kind: str
    finding: FindingKind
    flaw: str | None = None
    params: dict[str, bool | float | str] = {}
    condition: Annotated[str, Field(max_length=2000)]
    severity: Annotated[str, Field(max_length=2000)] = "standard"
    base: Annotated[float, Field(ge=0, le=100)] | None = None
    stake: str = "stake"
    title: Texts
    message: Texts
    rationale: str
    rationale_de: str
    references: list[str] = []
    remedies: list[str] = []
    examples: RuleExamples
