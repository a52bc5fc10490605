"""Changes of a document in words: what was added, taken out or written otherwise, and where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.document.changes import Change, MemberChange
from app.domain.findings import Subject
from app.reports.text_line import plain
from app.reports.text_names import Names

_MOST_VALUE = 60
"""Characters of a value that are shown."""

_KINDS = {
    "department": ("department", "Abteilung"),
    "outcome": ("outcome", "Kundenergebnis"),
    "kpi": ("KPI", "KPI"),
    "incentive_plan": ("incentive plan", "Anreizplan"),
    "component": ("component", "Bestandteil"),
    "metric": ("own metric", "eigene Metrik"),
    "influence": ("own influence", "eigener Einfluss"),
    "suppression": ("waiver", "Ausnahme"),
    "segment": ("customer segment", "Kundensegment"),
    "organization": ("organization", "Organisation"),
    "governance": ("governance", "Governance"),
    "parameters": ("parameters", "Parameter"),
}

Places = Mapping[tuple[str, ...], str]
"""Path of a changed part, or of a member of one → where it stands in the file, such as `acme.yaml:34`."""


def place_of(change: Change, places: Places) -> str:
    """Where a change stands: its first member that is still there, else its part; empty where it is not there any more."""
    if change.action == "removed":
        return ""
    members = ((*change.path, member.path[0]) for member in change.members)
    return next((places[path] for path in (*members, change.path) if path in places), "")


def change_text(change: Change, names: Names, old_names: Names) -> str:
    """A change as a line: `component agents-aht (“Handle time”): gate taken out (was kpi: csat)`. `old_names`: before the change."""
    german = names.words.language == "de"
    part = _part(change, old_names if change.action == "removed" else names, german)
    if change.action == "added":
        return f"{part} {'kommt hinzu' if german else 'added'}"
    if change.action == "removed":
        return f"{part} {'entfällt' if german else 'taken out'}"
    return f"{part}: {'; '.join(_member(member, german) for member in change.members)}"


def _part(change: Change, names: Names, german: bool) -> str:
    kind = _KINDS[change.kind][german]
    if not change.key:
        return kind
    name = names.subject(Subject(change.kind, change.key))
    said = "" if name == change.key else (f" („{name}“)" if german else f" (“{name}”)")
    return f"{kind} {change.key}{said}"


def _member(member: MemberChange, german: bool) -> str:
    if member.before is None:
        return f"{member.name} {'neu' if german else 'added'}: {value_text(member.after)}"
    if member.after is None:
        return (
            f"{member.name} entfällt (war {value_text(member.before)})"
            if german
            else f"{member.name} taken out (was {value_text(member.before)})"
        )
    return f"{member.name} {value_text(member.before)} → {value_text(member.after)}"


def value_text(value: Any) -> str:
    """A value of the document as one would write it, cut where it is long."""
    text = plain(_flow(value))
    return text if len(text) <= _MOST_VALUE else f"{text[: _MOST_VALUE - 1]}…"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_flow(member)}" for name, member in value.items())
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_flow, value))}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)
