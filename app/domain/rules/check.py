"""A rule as it is checked before anybody keeps or runs it: its shape, its expressions, its examples, and the knowledge that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from app.domain.catalogue import Catalogue
from app.domain.errors import DocumentInvalid, Problem
from app.domain.facts.kinds import FACT_KINDS
from app.domain.faults import MOST_PROBLEMS, Fault, invalid, pointer, printable
from app.domain.nearest import nearest
from app.domain.problem_texts import told
from app.domain.rules.examples import example_problems
from app.domain.rules.problem_words import in_german
from app.domain.rules.problems import RuleInvalid, RuleProblem
from app.domain.rules.rule import CompiledRule, Rule, compile_rule, rule_from
from app.domain.rules.written import rule_faults

EXAMPLES = 2
"""Examples that match, and as many that stay silent, without which nobody can say what a rule is for: packs have them."""

_CITATION = re.compile(r"[a-z0-9_]+(#\S+)?")
"""What looks like a citation of the catalogue; anything else names a source in words."""

NO_RANGE = 0


class Checked(NamedTuple):
    """What came of a check: the rule, compiled, where it holds together; else what is wrong with its shape, or with what it says."""

    raw: Mapping[str, Any]
    compiled: CompiledRule | None = None
    faults: tuple[Fault, ...] = ()
    problems: tuple[RuleProblem, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults and not self.problems

    @property
    def rule(self) -> Rule:
        """The rule; raises DocumentInvalid with everything that is wrong."""
        if not self.is_sound or self.compiled is None:
            raise self.refusal()
        return self.compiled.rule

    def refusal(self, before: tuple[str | int, ...] = ()) -> DocumentInvalid:
        """The error that lists everything that is wrong, in places that begin with `before`."""
        if self.faults:
            return invalid([fault._replace(path=(*before, *fault.path)) for fault in self.faults])
        listed = [as_problem(problem, self.raw, before) for problem in self.problems[:MOST_PROBLEMS]]
        return DocumentInvalid(listed, omitted=len(self.problems) - len(listed))


def checked(raw: Any, catalogue: Catalogue) -> Checked:
    """Check a rule of an organization's own."""
    faults = rule_faults(raw, FACT_KINDS)
    if faults:
        return Checked(raw if isinstance(raw, Mapping) else {}, faults=tuple(faults))
    rule = rule_from(without_nulls(raw), own=True)
    problems = list(_named(rule, catalogue))
    compiled = None
    try:
        compiled = compile_rule(rule, FACT_KINDS)
        problems += example_problems(compiled)
    except RuleInvalid as refused:
        problems += [problem for problem in refused.problems if _is_written(problem, raw)]
    return Checked(raw, compiled, problems=tuple(problems))


def _is_written(problem: RuleProblem, raw: Mapping[str, Any]) -> bool:
    """Whether it is about something that was said: what stands for a language that was not is not looked at twice."""
    member, _, language = problem.part.partition(".")
    return member not in ("title", "message") or language in raw[member]


def without_nulls(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The members that are said: null ones count as left out."""
    return {name: value for name, value in raw.items() if value is not None}


def lacking_examples(rule: Rule) -> Iterator[RuleProblem]:
    """What a rule lacks to be in a pack."""
    for kind, examples in (("silent", rule.silent), ("matches", rule.matches)):
        if len(examples) < EXAMPLES:
            message = f"examples are missing: {EXAMPLES - len(examples)} of {EXAMPLES}"
            expected = f"at least {EXAMPLES} that match and {EXAMPLES} that stay silent"
            yield RuleProblem(0, NO_RANGE, "examples_missing", message, expected, part=f"examples.{kind}")


def as_problem(problem: RuleProblem, raw: Mapping[str, Any], before: tuple[str | int, ...] = ()) -> Problem:
    """What is wrong with a rule as a problem of what was sent: where, what was found there, what was expected."""
    found = text_at(problem, raw)
    expected = problem.expected
    said = {"english": problem.message, "german": in_german(problem.message)}
    if expected:
        said |= {"expectation": "said", "expected_en": expected, "expected_de": in_german(expected)}
    made = Problem(
        pointer=printable(pointer((*before, *path_of(problem)))),
        code=problem.code,
        message="",
        found=f"'{printable(found)}'" if found else None,
        nearest=printable(problem.nearest) or None,
        details=tuple(sorted((name, printable(value)) for name, value in said.items())),
    )
    return told(made)


def path_of(problem: RuleProblem) -> tuple[str | int, ...]:
    """Where the part with the fault is in the rule."""
    return tuple(int(step) if step.isdigit() else step for step in problem.part.split("."))


def text_at(problem: RuleProblem, raw: Mapping[str, Any]) -> str:
    """The characters that are wrong; empty where it is about the whole part."""
    text = part_text(problem, raw)
    return text[problem.start : problem.end]


def part_text(problem: RuleProblem, raw: Mapping[str, Any]) -> str:
    """The text of the part that the fault lies in; empty where it is no text."""
    value: Any = raw
    for step in path_of(problem):
        if isinstance(value, Mapping):
            value = value.get(str(step))
        elif isinstance(value, list | tuple) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return ""
    return value if isinstance(value, str) else ""


def _named(rule: Rule, catalogue: Catalogue) -> Iterator[RuleProblem]:
    """Ids and packs that are not free, citations and remedies that there are not."""
    prefixes = sorted({id_[:3] for id_ in catalogue.rules})
    if rule.id[:3] in prefixes:
        message = f"ids that begin with {rule.id[:3]} belong to built-in rules"
        yield RuleProblem(0, len(rule.id), "reserved_id", message, "one that is not used by built-in rules", part="id")
    if rule.pack in catalogue.rule_packs:
        message = f"the pack '{rule.pack}' is built in"
        yield RuleProblem(0, len(rule.pack), "reserved_pack", message, "a pack of your own", part="pack")
    for place, reference in enumerate(rule.references):
        id_ = reference.split("#")[0]
        if _CITATION.fullmatch(reference) and id_ not in catalogue.citations:
            near = next(iter(nearest(id_, catalogue.citations)), "")
            message = f"there is no citation '{id_}'"
            expected, part = "a citation, or a source in words", f"references.{place}"
            yield RuleProblem(0, len(id_), "unknown_citation", message, expected, near, part)
    for place, remedy in enumerate(rule.remedies):
        if remedy not in catalogue.remedies:
            near = next(iter(nearest(remedy, catalogue.remedies)), "")
            message, part = f"there is no remedy '{remedy}'", f"remedies.{place}"
            yield RuleProblem(0, len(remedy), "unknown_remedy", message, "a remedy", near, part)
