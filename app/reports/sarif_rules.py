"""Rules as SARIF describes them: what they look for, why it matters, when they hold, what can be done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.domain.catalogue import Catalogue
from app.domain.citations import cited_by_id
from app.domain.parameters import Parameters
from app.domain.rules.rule import Rule
from app.domain.terms import Level
from app.reports.run_words import RunWords
from app.reports.sarif_results import SARIF_LEVELS, escaped

Json = dict[str, Any]

_PRECISION: dict[str, str] = {"goal_pair": "medium", "goal_outcome": "medium"}
"""Rules that read chains are judged by evidence; all others read the document's own facts."""


def descriptors(ids: Iterable[str], catalogue: Catalogue, words: RunWords) -> list[Json]:
    """The rules of these ids, in their order."""
    return [_descriptor(id_, catalogue.rules.get(id_), catalogue, words) for id_ in ids]


def _descriptor(id_: str, rule: Rule | None, catalogue: Catalogue, words: RunWords) -> Json:
    if rule is None:
        return {"id": id_}
    title = rule.title.get(words.language) or rule.title["en"]
    level = SARIF_LEVELS[_level(rule)]
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": escaped(title)},
        "fullDescription": {"text": escaped(rule.why(words.language) or title)},
        "help": {
            "text": escaped(_help(rule, title, catalogue, words, markdown=False)),
            "markdown": escaped(_help(rule, title, catalogue, words, markdown=True)),
        },
        "defaultConfiguration": {"level": level},
        "properties": {
            "pack": rule.pack,
            "version": rule.version,
            "finding": rule.finding,
            "fact_kind": rule.fact_kind,
            "documentation": f"docs/rules/{rule.id}.md",
            "precision": _PRECISION.get(rule.fact_kind, "high"),
            "problem.severity": {"error": "error", "warning": "warning", "note": "recommendation"}[level],
            "tags": [rule.pack, rule.finding],
        },
    }


def _level(rule: Rule) -> Level:
    """The level of a flaw by its base; how bad a conflict is depends on the conflict."""
    return "medium" if rule.base is None else Parameters().level(rule.base)


def _help(rule: Rule, title: str, catalogue: Catalogue, words: RunWords, *, markdown: bool) -> str:
    remedies = [catalogue.remedies[id_] for id_ in rule.remedies if id_ in catalogue.remedies]
    named = [remedy.name.said(words.language) for remedy in remedies]
    sources = [name for id_ in rule.references if (name := cited_by_id(id_, catalogue.citations, words.language))]
    condition = f"```\n{rule.condition}\n```" if markdown else f"  {rule.condition}"
    command = f"concord explain {rule.id}"
    parts = [
        f"# {rule.id}: {title}" if markdown else f"{rule.id}: {title}",
        rule.why(words.language),
        words("rule_looks_for", kind=words(rule.finding)),
        f"{words('holds_when')}:\n{condition}",
        _list(words("what_can_be_done"), named),
        _list(words("rests_on"), sources),
        f"{words('explained_by')}: `{command}`" if markdown else f"{words('explained_by')}: {command}",
    ]
    return "\n\n".join(part for part in parts if part)


def _list(title: str, items: list[str]) -> str:
    return "\n".join([f"{title}:", "", *(f"- {item}" for item in items)]) if items else ""
