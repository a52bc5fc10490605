"""The roadmap in a board's report: the road over time, and by phase who owns each item, when, and what its gate still wants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.reports.beside_assessments import Voice
from app.reports.beside_parts import Part, Rows, Shown
from app.reports.drawings.timeline import Bar, timeline
from app.reports.drawings.words import DrawingWords

Json = Mapping[str, Any]

HEADS = ("item", "stage", "owner", "from_day", "to_day", "gate_wants")


def roadmap_part(road: Json, voice: Voice) -> Part:
    """All phases."""
    words = voice.words
    titles = {item["key"]: item["title"] for item in road["items"]}
    said = words(
        "road_span",
        first=words.day(road["starts_on"]),
        last=words.day(road["ends_on"]),
        progress=words.share(road["progress"]),
        critical="; ".join(titles[key] for key in road["critical_path"]),
    )
    drawn = timeline("beside-road", bars_of(road), DrawingWords(words.language))
    return Part(
        words("roadmap"), (said,), (Shown(drawn),), tuple(_phase(road, phase, voice) for phase in road["phases"])
    )


def bars_of(road: Json) -> list[Bar]:
    """The items of a roadmap as they are drawn over time."""
    phases = {one["key"]: one["title"] for one in road["phases"]}
    return [
        Bar(
            phases[item["phase"]],
            item["title"],
            item["stage_title"],
            date.fromisoformat(item["begins_on"]),
            date.fromisoformat(item["ends_on"]),
            item["is_critical"],
        )
        for item in road["items"]
    ]


def gate_wants(item: Json, voice: Voice) -> str:
    """What is missing before an item goes to its next stage."""
    if item["stage"] == "daily_business":
        return voice.words("gate_arrived")
    missing = (one for one in item["exit"] if not one["met"])
    return "; ".join(_short(one, voice) for one in missing) or voice.words("gate_ready")


def _short(criterion: Json, voice: Voice) -> str:
    """A criterion in a table of many: what the item itself shows is so in two words."""
    shown_by = criterion.get("shown_by")
    return voice.words(f"gate_{shown_by}") if shown_by else str(criterion["text"])


def _phase(road: Json, phase: Json, voice: Voice) -> Rows:
    words = voice.words
    rows = tuple(
        (
            item["title"],
            item["stage_title"],
            item.get("owner", words("nobody")),
            words.day(item["begins_on"]),
            words.day(item["ends_on"]),
            gate_wants(item, voice),
        )
        for item in road["items"]
        if item["phase"] == phase["key"]
    )
    return Rows(phase["title"], tuple(map(words, HEADS)), rows, widths=(1.5, 0, 0.8, 0, 0, 1.8))
