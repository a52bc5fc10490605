"""A roadmap, as the API shows it → a calendar, or a sheet with a row for each item."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.domain.terms import Language
from app.exchange.calendar_file import Event, calendar_file
from app.exchange.sheet_rows import guarded

Json = Mapping[str, Any]

COLUMNS = (
    *("key", "phase", "title", "stage", "owner", "begins_on", "ends_on", "days", "slack_days", "is_critical", "after"),
    *("measure", "guardrails", "missing", "customers", "grounds"),
)
"""The heading of the sheet."""

_WORDS = {
    "en": {"name": "Roadmap of {name}", "stage": "Stage", "owner": "Owner", "customers": "Customers", "exit": "Still needed"},
    "de": {"name": "Roadmap von {name}", "stage": "Stufe", "owner": "Verantwortlich", "customers": "Kunden", "exit": "Noch nötig"},
}  # fmt: skip


def roadmap_calendar(
    roadmap: Json, organization_id: str, address: str, updated_at: datetime, version: int, language: Language
) -> bytes:
    """A calendar with an event for each item. `address`: where the roadmap is shown."""
    phases = {one["key"]: one["title"] for one in roadmap["phases"]}
    events = [
        Event(
            f"{item['key']}@{organization_id}.concord",
            date.fromisoformat(item["begins_on"]),
            date.fromisoformat(item["ends_on"]),
            item["title"],
            _told(item, language),
            (phases[item["phase"]], item["stage_title"]),
            address,
        )
        for item in roadmap["items"]
    ]
    name = _WORDS[language]["name"].format(name=roadmap["name"])
    return calendar_file(name, events, updated_at, version)


def roadmap_sheet(roadmap: Json) -> bytes:
    """A sheet in CSV (UTF-8, commas), with members of the API as headings."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows([guarded(cell) for cell in _cells(item)] for item in roadmap["items"])
    return text.getvalue().encode()


def measured(measure: Json) -> str:
    """A measure in a line: `churn 18 → 14 %`."""
    unit = f" {measure['unit']}" if "unit" in measure else ""
    return f"{measure['name']} {measure['baseline']:g} → {measure['target']:g}{unit}"


def _cells(item: Json) -> tuple[str, ...]:
    lacking = [one["key"] for one in item["exit"] if not one["met"]]
    return (
        item["key"],
        item["phase"],
        item["title"],
        item["stage"],
        item.get("owner", ""),
        item["begins_on"],
        item["ends_on"],
        str(item["days"]),
        str(item["slack_days"]),
        str(item["is_critical"]).lower(),
        " ".join(item["after"]),
        measured(item["measure"]) if "measure" in item else "",
        "; ".join(map(measured, item["guardrails"])),
        " ".join(lacking),
        item["customers"],
        "; ".join(one["title"] for one in item["grounds"]),
    )


def _told(item: Json, language: Language) -> str:
    words = _WORDS[language]
    lines = [item["why"], f"{words['stage']}: {item['stage_title']}"]
    if "owner" in item:
        lines.append(f"{words['owner']}: {item['owner']}")
    lines.append(f"{words['customers']}: {item['customers']}")
    lacking = [one["text"] for one in item["exit"] if not one["met"]]
    if lacking:
        lines.append(f"{words['exit']}: {'; '.join(lacking)}")
    return "\n".join(lines)
