"""Closed vocabularies of the catalogue, as filters and schemas name them."""

from __future__ import annotations

from typing import Literal

from app.domain.terms import Function

MetricFunction = Literal[Function, "customer"]
Unit = Literal["seconds", "days", "percent", "currency", "count", "score"]
Good = Literal["increase", "decrease", "none"]
Reap = Literal["retention", "efficiency", "acquisition", "penetration", "none"]
MetricKind = Literal["activity", "output", "outcome", "financial"]
Timing = Literal["leading", "lagging"]
Gameability = Literal["low", "medium", "high"]
Sign = Literal["+", "-", "0"]
SourceDirection = Literal["up", "down", "both"]
Among = Literal["metrics", "families"]
CitationStatus = Literal["verified", "memory", "editorial"]
Visible = Literal["plan", "kpi", "partly", "no"]
LeverCategory = Literal["pay_design", "target", "policy", "structure"]
FactKindName = Literal["goal", "goal_pair", "goal_outcome", "component", "department", "organization"]
