"""Pages that explain the built-in rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from app.domain.rules.rule import Rule
from app.domain.terms import Language
from app.services.rule_texts import ExampleText, Fix, Part, RuleText, Source
from app.web.pages.layout import Page, phrase, prose
from app.web.problem_types import Told

_ALL = Told("All rules", "Alle Regeln")
_WHY = Told("Why it matters", "Warum das zählt")
_CHECKED = Told("What is checked", "Was geprüft wird")
_SEVERITY = Told("How bad it is", "Wie schlimm es ist")
_SAYS = Told("What it says", "Was sie meldet")
_FAILS = Told("An example that fails", "Ein Beispiel, das anschlägt")
_PASSES = Told("An example that passes", "Ein Beispiel, das besteht")
_DECIDES = Told("What decides", "Was entscheidet")
_FIXES = Told("How to fix it", "Was hilft")
_IMPLEMENTS = Told("Which clauses it implements", "Welche Klauseln sie umsetzt")
_UNCHECKED = Told("What no rule checks", "Was keine Regel prüft")
_SOURCES = Told("What it rests on", "Worauf sie sich stützt")
_READS = Told("reads", "liest")
_PACK = Told("pack", "Paket")
_VERSION = Told("version", "Fassung")
_PARAMETERS = Told("Parameters", "Parameter")


def rule_page(rule: RuleText, language: Language) -> Page:
    """Why a rule matters, what it checks, what fails and what passes, how to fix it, what it rests on."""

    def headed(heading: Told, body: str) -> str:
        return f"<h2>{heading.said(language)}</h2>{body}" if body else ""

    parts = (
        _origin(rule, language),
        headed(_WHY, prose(rule.why)),
        headed(
            _CHECKED,
            f"{prose(_sentence(rule.checked))}<pre><code>{escape(rule.condition)}</code></pre>{_params(rule, language)}",
        ),
        headed(_FAILS, "".join(_example(example, language) for example in rule.fails)),
        headed(_PASSES, "".join(_example(example, language) for example in rule.passes)),
        headed(_FIXES, _fixes(rule.fixes)),
        headed(_SAYS, f"<blockquote>{phrase(rule.says)}</blockquote>"),
        headed(_SEVERITY, prose(rule.severity)),
        headed(_IMPLEMENTS, _parts(rule.implements, language)),
        headed(_SOURCES, _sources(rule.sources)),
        f'<p><a href="/rules">{_ALL.said(language)}</a></p>',
    )
    return Page(f"{rule.id}: {rule.title}", "\n".join(part for part in parts if part), language)


def rules_page(packs: Iterable[tuple[str, Sequence[Rule]]], language: Language) -> Page:
    """Every built-in rule by pack: the pack's name, and its rules."""
    sections = (
        f"<h2>{escape(name)}</h2><table>{''.join(_row(rule, language) for rule in rules)}</table>"
        for name, rules in packs
    )
    return Page(_ALL.said(language), "\n".join(sections), language)


def _row(rule: Rule, language: Language) -> str:
    return f'<tr><td><a href="/rules/{rule.id}">{rule.id}</a></td><td>{escape(rule.title[language])}</td></tr>'


def _origin(rule: RuleText, language: Language) -> str:
    said = (
        f"<code>{escape(rule.name)}</code>",
        f"{_VERSION.said(language)} {rule.version}",
        f"{_PACK.said(language)} {escape(rule.pack_name)}",
        f"{_READS.said(language)}: {escape(rule.fact_kind)}",
    )
    return f'<p class="soft">{" · ".join(said)}</p>'


def _params(rule: RuleText, language: Language) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{escape(value)}</td></tr>" for name, value in rule.params
    )
    return f"<table><tr><th>{_PARAMETERS.said(language)}</th><th></th></tr>{rows}</table>" if rows else ""


def _example(example: ExampleText, language: Language) -> str:
    facts = "".join(f"<tr><td>{escape(name)}</td><td>{escape(value)}</td></tr>" for name, value in example.facts)
    decides = "; ".join(map(escape, example.decides))
    return f'<table>{facts}</table><p class="soft">{_DECIDES.said(language)}: {decides}.</p>'


def _fixes(fixes: Sequence[Fix]) -> str:
    return "".join(f"<h3>{escape(fix.name)}</h3>{prose(fix.why)}" for fix in fixes)


def _parts(parts: Sequence[Part], language: Language) -> str:
    items = "".join(
        f"<li>{escape(part.clause)}: {escape(part.part)}"
        + (
            f'<br><span class="soft">{_UNCHECKED.said(language)}: {escape(part.unchecked)}</span>'
            if part.unchecked
            else ""
        )
        + "</li>"
        for part in parts
    )
    return f"<ul>{items}</ul>" if items else ""


def _sources(sources: Sequence[Source]) -> str:
    items = "".join(f"<li>{escape(source.reference)}</li>" for source in sources)
    return f"<ul>{items}</ul>" if items else ""


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
