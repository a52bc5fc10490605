"""A roadmap, as the API shows it → Markdown: an overview, then every item with what it needs, how customers take part, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.terms import Language

Json = Mapping[str, Any]

_WORDS = {
    "en": {
        "title": "Roadmap of {name}",
        "span": "{starts_on} to {ends_on}, {progress} % of the stages are done.",
        "heading": "| Item | Stage | Owner | From | To | Critical |",
        "yes": "yes",
        "stage": "Stage",
        "when": "{begins_on} to {ends_on}, may wait {slack_days} days",
        "critical": "{begins_on} to {ends_on}, the end waits for it",
        "owner": "Owner",
        "measure": "Measure of success",
        "guardrail": "Guardrail",
        "after": "After",
        "customers": "Customers",
        "exit": "Before it leaves the stage:",
        "grounds": "Why here:",
    },
    "de": {
        "title": "Roadmap von {name}",
        "span": "{starts_on} bis {ends_on}, {progress} % der Stufen sind erledigt.",
        "heading": "| Maßnahme | Stufe | Verantwortlich | Von | Bis | Kritisch |",
        "yes": "ja",
        "stage": "Stufe",
        "when": "{begins_on} bis {ends_on}, kann {slack_days} Tage warten",
        "critical": "{begins_on} bis {ends_on}, das Ende wartet darauf",
        "owner": "Verantwortlich",
        "measure": "Erfolgsmaß",
        "guardrail": "Leitplanke",
        "after": "Nach",
        "customers": "Kunden",
        "exit": "Bevor sie die Stufe verlässt:",
        "grounds": "Warum hier:",
    },
}

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|])")


def roadmap_markdown(roadmap: Json, language: Language) -> bytes:
    """The Markdown, in UTF-8."""
    return ("\n".join(_lines(roadmap, _WORDS[language])) + "\n").encode()


def _lines(roadmap: Json, words: Mapping[str, str]) -> Iterator[str]:
    yield f"# {_plain(words['title'].format(name=roadmap['name']))}"
    yield ""
    yield words["span"].format_map({**roadmap, "progress": round(100 * roadmap["progress"])})
    titles = {item["key"]: item["title"] for item in roadmap["items"]}
    for phase in roadmap["phases"]:
        items = [item for item in roadmap["items"] if item["phase"] == phase["key"]]
        yield f"\n## {_plain(phase['title'])}\n"
        yield words["heading"]
        yield "|---|---|---|---|---|---|"
        for item in items:
            critical = words["yes"] if item["is_critical"] else ""
            cells = (
                item["title"],
                item["stage_title"],
                item.get("owner", ""),
                item["begins_on"],
                item["ends_on"],
                critical,
            )
            yield f"| {' | '.join(_plain(cell) for cell in cells)} |"
        for item in items:
            yield from _item(item, titles, words)


def _item(item: Json, titles: Mapping[str, str], words: Mapping[str, str]) -> Iterator[str]:
    yield f"\n### {_plain(item['title'])}\n"
    yield f"{_plain(item['why'])}\n"
    yield f"- {words['stage']}: {item['stage_title']}"
    yield f"- {words['critical' if item['is_critical'] else 'when'].format_map(item)}"
    if "owner" in item:
        yield f"- {words['owner']}: {_plain(item['owner'])}"
    if "measure" in item:
        yield f"- {words['measure']}: {_measured(item['measure'])}"
    for guardrail in item["guardrails"]:
        yield f"- {words['guardrail']}: {_measured(guardrail)}"
    if item["after"]:
        yield f"- {words['after']}: {_plain('; '.join(titles.get(key, key) for key in item['after']))}"
    yield f"- {words['customers']}: {_plain(item['customers'])}"
    if item["exit"]:
        yield f"\n{words['exit']}\n"
    for one in item["exit"]:
        said = f" ({_plain(one['by'])}, {one['on']}: {_plain(one['evidence'])})" if "by" in one else ""
        yield f"- [{'x' if one['met'] else ' '}] {_plain(one['text'])}{said}"
    if item["grounds"]:
        yield f"\n{words['grounds']}\n"
    for ground in item["grounds"]:
        yield f"- [{_plain(ground['title'])}]({ground['href']})"


def _measured(measure: Json) -> str:
    unit = f" {measure['unit']}" if "unit" in measure else ""
    return _plain(f"{measure['name']} {measure['baseline']:g} → {measure['target']:g}{unit}")


def _plain(text: str) -> str:
    """Text that Markdown reads as text, on one line."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
