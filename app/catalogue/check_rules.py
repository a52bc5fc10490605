"""Do rules fit the rest of the catalogue, do they compile, and do their examples come out as they say?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.catalogue.check_packs import pack_problems
from app.catalogue.problems import Problem, unknown
from app.catalogue.sources import Entry, Sources
from app.domain.facts.kinds import FACT_KINDS
from app.domain.rules.examples import example_problems
from app.domain.rules.problems import RuleInvalid, RuleProblem
from app.domain.rules.rule import Rule, compile_rule, rule_from

EXAMPLES = 2
"""Examples that match, and as many that stay silent, without which nobody can say what a rule is for."""

FLAW = "incentive_flaw"
_REFERENCE = re.compile(r"[a-z0-9_]+(#[A-Za-z0-9.-]+)?")


def rule_problems(sources: Sources) -> Iterator[Problem]:
    """Places, packs, references, remedies, conditions and examples of the rules."""
    remedies = {entry.id for entry in sources.of("remedies")}
    names: dict[str, str] = {}
    for entry in sources.of("rules"):
        yield from _place(entry)
        yield from unknown(entry, "pack", [entry.data["pack"]], set(sources.packs))
        yield from reference_problems(entry, entry.data["references"], sources)
        yield from unknown(entry, "remedy", entry.data["remedies"], remedies)
        other = names.setdefault(entry.data["name"], entry.id)
        if other != entry.id:
            yield Problem(entry.file, entry.id, f"has the name of {other}")
        yield from _meaning(entry)
    yield from pack_problems(sources)


def _place(entry: Entry) -> Iterator[Problem]:
    expected = f"rules/{entry.data['pack']}/{entry.id}-{entry.data['name']}.yaml"
    if entry.file != expected:
        yield Problem(entry.file, entry.id, f"belongs into {expected}")


def reference_problems(entry: Entry, references: Sequence[str], sources: Sources) -> Iterator[Problem]:
    """A reference is a citation, or a clause of one: `fsa_fg13_1#section-3`."""
    for reference in references:
        if not _REFERENCE.fullmatch(reference):
            yield Problem(entry.file, entry.id, f"reference {reference!r} is no citation and no citation#clause")
    named = [reference.split("#")[0] for reference in references]
    yield from unknown(entry, "citation", named, {e.id for e in sources.of("citations")})


def _meaning(entry: Entry) -> Iterator[Problem]:
    """The rule is compiled against its fact kind, and its examples are run."""
    rule = rule_from(entry.data)
    if (rule.finding == FLAW) is not bool(rule.flaw):
        yield Problem(entry.file, entry.id, f"'flaw' is named where finding is {FLAW!r}, and only there")
    for kind, examples in (("silent", rule.silent), ("matches", rule.matches)):
        if len(examples) < EXAMPLES:
            yield Problem(entry.file, entry.id, f"needs at least {EXAMPLES} examples under {kind!r}")
        if len({repr(sorted(example.facts.items())) for example in examples}) < len(examples):
            yield Problem(entry.file, entry.id, f"has the same example twice under {kind!r}")
    try:
        found = example_problems(compile_rule(rule, FACT_KINDS))
    except RuleInvalid as invalid:
        found = list(invalid.problems)
    for problem in found:
        yield Problem(entry.file, entry.id, _told(problem, rule))


def _told(problem: RuleProblem, rule: Rule) -> str:
    """The fault with what was expected and, in a text of the rule, the place underlined."""
    told = f"{problem.part}: {problem.message}"
    if problem.expected:
        told += f", expected {problem.expected}"
    if problem.nearest:
        told += f"; nearest is {problem.nearest!r}"
    text = _text_of(problem.part, rule)
    return f"{told}\n{problem.caret(text)}" if text else told


def _text_of(part: str, rule: Rule) -> str:
    member, _, language = part.partition(".")
    if member in ("title", "message"):
        return {"title": rule.title, "message": rule.message}[member].get(language, "")
    return {"condition": rule.condition, "severity": rule.severity, "stake": rule.stake}.get(part, "")
