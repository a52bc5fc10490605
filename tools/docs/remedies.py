"""A page for each remedy, with a document before and after, and the list of all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import unified_diff
from typing import Any

import yaml

from app.domain.catalogue import Catalogue
from app.domain.remedies import Form, Remedy, RemedyExample, Risk
from tools.docs.markdown import bullets, code, listed, mono, page, section, table
from tools.docs.sources import links, told

AROUND = 4
"""Unchanged lines that an example shows around a change."""

_PLACEHOLDER = re.compile(r"\{([a-z_]+)(?:\.[a-z_]+)*\}")
"""What a company's own numbers and names are put in for: `{guard.name}` reads ‹guard›."""


def pages(knowledge: Catalogue) -> dict[str, str]:
    """The remedies' pages, by path."""
    each = {f"remedies/{remedy.id}.md": _page(remedy, knowledge) for remedy in knowledge.remedies.values()}
    return {"remedies/README.md": _index(knowledge), **each}


def _index(knowledge: Catalogue) -> str:
    rows = [
        [f"[{r.name.en}]({r.id}.md)", mono(r.id), r.when.en, _effort(r.forms)]
        for _, r in sorted(knowledge.remedies.items())
    ]
    return page(
        "# Remedies",
        "Kinds of change. Concord puts a company's own numbers into one, applies it to a copy of the document, runs the engine again, and "
        "recommends it only if the total of all severities falls ([semantics §8](../semantics.md#8-recommendations)).",
        table(["remedy", "id", "when", "effort"], rows),
        source="app/catalogue/remedies",
    )


def _page(remedy: Remedy, knowledge: Catalogue) -> str:
    return page(
        f"# {remedy.name.en}",
        f"{mono(remedy.id)} · {remedy.name.de}",
        remedy.when.en,
        section("Why it helps", remedy.rationale.en),
        section("How it is done", bullets(_form(form) for form in remedy.forms)),
        section("What it costs", remedy.cost.en),
        section("What may go wrong", bullets(_risk(risk, knowledge) for risk in remedy.risks)),
        *(_example(example, number, remedy) for number, example in enumerate(remedy.examples, 1)),
        section("Tried for", bullets(_tried_for(remedy, knowledge))),
        section("What it rests on", bullets(told(reference, knowledge) for reference in remedy.references)),
        source=f"app/catalogue/remedies/{remedy.id}.yaml",
    )


def _effort(forms: Iterable[Form]) -> str:
    return listed(dict.fromkeys(form.effort for form in forms))


def _form(form: Form) -> str:
    only = f"; for {listed(f'[{id_}](../rules/{id_}.md)' for id_ in form.rules)} only" if form.rules else ""
    title = _PLACEHOLDER.sub(r"‹\1›", form.title.en)
    return f"{title} ({form.effort} effort{only})"


def _risk(risk: Risk, knowledge: Catalogue) -> str:
    return f"{risk.text.en} ({links(risk.references, knowledge) or 'judgement'})"


def _example(example: RemedyExample, number: int, remedy: Remedy) -> str:
    title = "Example" if len(remedy.examples) == 1 else f"Example {number}"
    asked = (
        f"For [{example.rule}](../rules/{example.rule}.md) on {listed(mono(subject) for subject in example.subjects)}:"
    )
    because = example.because[:1].upper() + example.because[1:]
    return section(title, f"{because}. {asked}", code(_difference(example.before, example.after), "diff"))


def _difference(before: Any, after: Any) -> str:
    """Two documents as YAML, line against line, without the header."""
    lines = unified_diff(_lines(before), _lines(after), lineterm="", n=AROUND)
    return "\n".join([*lines][2:])


def _lines(document: Any) -> list[str]:
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100).splitlines()


def _tried_for(remedy: Remedy, knowledge: Catalogue) -> list[str]:
    naming = [rule.id for rule in knowledge.rules.values() if remedy.id in rule.remedies]
    rules = sorted({*naming, *remedy.rules})
    said = {
        "findings of": [f"[{id_}](../rules/{id_}.md)" for id_ in rules],
        "findings of the kind": [mono(kind) for kind in remedy.kinds],
        "flaws": [mono(flaw) for flaw in remedy.flaws],
    }
    return [f"{what} {listed(which)}" for what, which in said.items() if which]
