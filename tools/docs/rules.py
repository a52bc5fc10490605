"""A page for each rule, and the list of all by pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.catalogue.packs import Clause, Pack, packs
from app.domain.catalogue import Catalogue
from app.domain.citations import cited_by_id
from app.domain.facts.kinds import FACT_KINDS
from app.domain.rules.rule import CompiledRule, Example, Rule, compile_rule
from app.domain.rules.words import in_words
from app.domain.rules.words import told as in_words_told
from tools.docs.markdown import bullets, code, mono, one_line, page, section, table
from tools.docs.sources import told


def pages(knowledge: Catalogue) -> dict[str, str]:
    """The rules' pages, by path."""
    each = {f"rules/{rule.id}.md": _page(rule, knowledge) for rule in knowledge.rules.values()}
    of_packs = {f"rules/pack-{pack.id}.md": _pack_page(pack, knowledge) for pack in packs().values()}
    return {"rules/README.md": _index(knowledge), **each, **of_packs}


def _index(knowledge: Catalogue) -> str:
    return page(
        "# Rules",
        "What Concord reports, by pack. Each rule reads one table of facts ([fact kinds](../fact-kinds.md)) in the "
        "[rule language](../rule-language.md); its page says when it reports, when it stays silent, and what it rests on. The page of a "
        "pack says what it implements, clause by clause, and what of a clause no rule checks.",
        *(_pack(pack, knowledge) for pack in packs().values()),
        source="app/catalogue/rules",
    )


def _pack(pack: Pack, knowledge: Catalogue) -> str:
    rows = [[f"[{r.id}]({r.id}.md)", r.title["en"], _kind(r), mono(r.fact_kind)] for r in _rules_of(pack, knowledge)]
    return section(
        f"{pack.name['en']} ({mono(pack.id)} {pack.version})",
        table(["rule", "what it reports", "kind", "reads"], rows),
        f"What it implements and rests on: [{pack.id}](pack-{pack.id}.md).",
    )


def _rules_of(pack: Pack, knowledge: Catalogue) -> list[Rule]:
    return [rule for _, rule in sorted(knowledge.rules.items()) if rule.pack == pack.id]


def _pack_page(pack: Pack, knowledge: Catalogue) -> str:
    """What a pack implements, norm by norm, and which rules rest on which other source."""
    norms = list(dict.fromkeys(_norm(clause) for clause in pack.implements))
    return page(
        f"# {pack.name['en']}",
        f"{mono(pack.id)} {pack.version} · {len(_rules_of(pack, knowledge))} rules · [all rules](README.md)",
        "Norms were read as is said below: some in full, some only as others describe them. A part is named after what is said there.",
        *(
            section(
                cited_by_id(norm, knowledge.citations),
                told(norm, knowledge),
                table(
                    ["clause", "what it asks for or warns of", "rules", "what no rule checks, and why"],
                    [_clause(clause) for clause in pack.implements if _norm(clause) == norm],
                ),
            )
            for norm in norms
        ),
        section("Other sources", table(["source", "rules"], _sources(pack, norms, knowledge))),
        section(
            "Rules that refine others",
            bullets(
                f"{_link(rule)} reports a part of what {', '.join(map(_link, sorted(others)))} reports, with a reason and a cure of its own"
                for rule, others in pack.refines.items()
            ),
        ),
        source=f"app/catalogue/rules/{pack.id}/pack.yaml",
    )


def _norm(clause: Clause) -> str:
    return clause.reference.partition("#")[0]


def _clause(clause: Clause) -> list[str]:
    place = clause.reference.partition("#")[2].replace("section-", "section ")
    unchecked = clause.unchecked["en"] if clause.unchecked else ""
    return [place, clause.part["en"], ", ".join(map(_link, clause.rules)), unchecked]


def _sources(pack: Pack, norms: Iterable[str], knowledge: Catalogue) -> list[list[str]]:
    """Source → the rules that rest on it, for all that are no norm."""
    resting: dict[str, list[str]] = {}
    for rule in _rules_of(pack, knowledge):
        for citation in dict.fromkeys(reference.partition("#")[0] for reference in rule.references):
            resting.setdefault(citation, []).append(rule.id)
    return [
        [told(citation, knowledge), ", ".join(map(_link, rules))]
        for citation, rules in sorted(resting.items())
        if citation not in norms
    ]


def _link(rule: str) -> str:
    return f"[{rule}]({rule}.md)"


def _page(rule: Rule, knowledge: Catalogue) -> str:
    compiled = compile_rule(rule, FACT_KINDS)
    words = in_words(compiled.node, compiled.kind, "en")
    return page(
        f"# {rule.id}: {rule.title['en']}",
        f"{mono(rule.name)}, version {rule.version} · pack [{rule.pack}](pack-{rule.pack}.md) · reports {_kind(rule)} · "
        f"reads [{rule.fact_kind}](../fact-kinds.md#{rule.fact_kind})",
        rule.rationale,
        section("When", f"In words: {words}.", code(one_line(rule.condition)), _params(rule)),
        section("How bad", _severity(rule)),
        section("What it says", f"> {rule.message['en']}", f"> {rule.message['de']}"),
        section("It reports", _examples(rule.matches, compiled)),
        section("It stays silent", _examples(rule.silent, compiled)),
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


def _examples(examples: Iterable[Example], compiled: CompiledRule) -> str:
    rows = [[example.because, _facts(example.facts), _decided(example, compiled)] for example in examples]
    return table(["because", "facts", "what decides"], rows)


def _decided(example: Example, compiled: CompiledRule) -> str:
    """The sub-conditions that decided, with their values, in words."""
    return "; ".join(in_words_told(condition, compiled.kind, "en") for condition in compiled.conditions(example.facts))


def _facts(facts: Mapping[str, Any]) -> str:
    return ", ".join(mono(f"{name}: {_value(value)}") for name, value in facts.items())


def _value(value: Any) -> str:
    if value is None:
        return "missing"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _remedy(id_: str, knowledge: Catalogue) -> str:
    remedy = knowledge.remedies.get(id_)
    return f"[{remedy.name.en}](../remedies/{id_}.md): {one_line(remedy.rationale.en)}" if remedy else mono(id_)
