"""The JSON Schemas that Concord publishes: of the model document, of an analysis, of a rule, of `concord.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from app.domain.errors import Unknown
from app.domain.nearest import nearest

NAMES = ("document", "analysis", "rule", "config")


@lru_cache(maxsize=len(NAMES))
def schema(name: str) -> Mapping[str, Any]:
    """The schema (draft 2020-12) of what is named; raises Unknown. Treat it as read-only."""
    if name not in NAMES:
        raise Unknown("schema", name, tuple(nearest(name, NAMES)))
    said = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:concord:schema:{name}:1"}
    if name == "document":
        from app.domain.document.schema import document_schema

        return {**document_schema(), **said}
    if name == "config":
        from app.catalogue.load import catalogue
        from app.domain.configuration_schema import configuration_schema

        return {**said, **configuration_schema(catalogue().rules)}
    from app.services.schemas.published import published

    if name == "rule":
        from app.catalogue.load import catalogue
        from app.services.schemas.rule_columns import with_columns

        return {**said, **with_columns(published(_model(name)), catalogue().remedies)}
    return {**said, **published(_model(name))}


def _model(name: str) -> Any:
    if name == "analysis":
        from app.services.schemas.analysis import Analysis

        return Analysis
    from app.services.schemas.rule import RuleFile

    return RuleFile
