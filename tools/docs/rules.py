"""A page for each rule, and the list of all by pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from app.catalogue.sources import FOLDER
from app.domain.catalogue import Catalogue
from app.domain.facts.kinds import FACT_KINDS
from app.domain.rules.rule import Example, Rule, compile_rule
from app.domain.rules.words import in_words
from tools.docs.markdown import bullets, code, mono, one_line, page, section, table
from tools.docs.sources import told


def pages(knowledge: Catalogue) -> dict[str, str]:
    """The rules' pages, by path."""
    each = {f"rules/{rule.id}.md": _page(rule, knowledge) for rule in knowledge.rules.values()}
    return {"rules/README.md": _index(knowledge), **each}


def _index(knowledge: Catalogue) -> str:
    return page(
        "# Rules",
        "What Concord reports, by pack. Each rule reads one table of facts ([fact kinds](../fact-kinds.md)) in the "
        "[rule language](../rule-language.md); its page says when it reports, when it stays silent, and what it rests on.",
        *(_pack(pack, version, knowledge) for pack, version in sorted(knowledge.rule_packs.items())),
        source="app/catalogue/rules",
    )


def _pack(pack: str, version: str, knowledge: Catalogue) -> str:
    rules = [rule for rule in knowledge.rules.values() if rule.pack == pack]
    rows = [
        [f"[{r.id}]({r.id}.md)", r.title["en"], _kind(r), mono(r.fact_kind)] for r in sorted(rules, key=lambda r: r.id)
    ]
    return section(
        f"{_pack_name(pack)} ({mono(pack)} {version})", table(["rule", "what it reports", "kind", "reads"], rows)
    )


def _pack_name(pack: str) -> str:
    described = yaml.safe_load((FOLDER / "rules" / pack / "pack.yaml").read_text(encoding="utf-8"))
    return str(described["name"]["en"])


def _page(rule: Rule, knowledge: Catalogue) -> str:
    compiled = compile_rule(rule, FACT_KINDS)
    words = in_words(compiled.node, compiled.kind, "en")
    return page(
        f"# {rule.id}: {rule.title['en']}",
        f"{mono(rule.name)}, version {rule.version} · pack {mono(rule.pack)} · reports {_kind(rule)} · "
        f"reads [{rule.fact_kind}](../fact-kinds.md#{rule.fact_kind})",
        rule.rationale,
        section("When", f"In words: {words}.", code(one_line(rule.condition)), _params(rule)),
        section("How bad", _severity(rule)),
        section("What it says", f"> {rule.message['en']}", f"> {rule.message['de']}"),
        section("It reports", _examples(rule.matches)),
        section("It stays silent", _examples(rule.silent)),
        section("What can be done", bullets(_remedy(id_, knowledge) for id_ in rule.remedies)),
        section("What it rests on", bullets(told(reference, knowledge) for reference in rule.references)),
        source=f"app/catalogue/rules/{rule.pack}/{rule.id}-{rule.name}.yaml",
    )


def _kind(rule: Rule) -> str:
    return f"{mono(rule.finding)} ({mono(rule.flaw)})" if rule.flaw else mono(rule.finding)


def _params(rule: Rule) -> str:
    return table(
        ["parameter", "value"], [[mono(name), mono(str(value))] for name, value in sorted(rule.params.items())]
    )


def _severity(rule: Rule) -> str:
    if rule.severity != "standard":
        return f"As this says: {mono(rule.severity)}."
    if rule.base is None:
        return "By pressure, importance and net harm ([semantics §4](../semantics.md#4-severity))."
    if rule.finding == "incentive_flaw":
        return f"Base {rule.base:g}, more the more pay is at stake ([semantics §6](../semantics.md#6-facts-and-rules))."
    return f"{rule.base:g}, never above medium ([semantics §6](../semantics.md#6-facts-and-rules))."


def _examples(examples: Iterable[Example]) -> str:
    return table(["because", "facts"], [[example.because, _facts(example.facts)] for example in examples])


def _facts(facts: Mapping[str, Any]) -> str:
    return ", ".join(mono(f"{name}: {_value(value)}") for name, value in facts.items())


def _value(value: Any) -> str:
    if value is None:
        return "missing"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _remedy(id_: str, knowledge: Catalogue) -> str:
    remedy = knowledge.remedies.get(id_)
    return f"[{remedy.name.en}](../remedies/{id_}.md)" if remedy else mono(id_)
