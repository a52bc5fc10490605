"""A rule as data, and what becomes of it when it is compiled against its fact kind.

Annotations are values here: as texts, each would be compiled at every start.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from app.domain.nearest import nearest
from app.domain.rules.decimals import plain
from app.domain.rules.explain import Explanation, compile_explanation
from app.domain.rules.messages import check_message, fill
from app.domain.rules.params import Param, check_params, fold
from app.domain.rules.problems import RuleInvalid, RuleProblem
from app.domain.rules.schema import FactKind
from app.domain.rules.syntax import Node, RuleSyntaxError, parse
from app.domain.rules.tree import render
from app.domain.rules.type_check import check
from app.domain.rules.walk import Blame, Row, Truth, Whole, compile_missing, compile_number, compile_walk
from app.domain.terms import FindingKind, Language

STANDARD = "standard"
MOST_SEVERITY = 100

Status = Literal["draft", "active", "retired"]


class Example(NamedTuple):
    """Facts on which a rule must match, or stay silent, and why."""

    because: str
    facts: Mapping[str, Any]


class Described(NamedTuple):
    """A sub-condition as it is written, and what it means per language."""

    condition: str
    said: Mapping[str, str]


class Period(NamedTuple):
    """A half-open period: `to` is the first day after; None is open."""

    from_: date | None = None
    to: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day < self.to)


ALWAYS = Period()


class Retuned(NamedTuple):
    """Why an organization sets parameters of a rule otherwise, and what they are without it."""

    reason: str
    before: Mapping[str, Param]


class Rule(NamedTuple):
    """When to report what. `severity`: `standard` (semantics §4, §6) or an expression; `base`: the base of standard flaws and gaps.

    `confidence`: `standard`, that of the facts, or an expression of 0 to 1. `own`: not one of the built-in rules.
    """

    id: str
    name: str
    pack: str
    version: int
    fact_kind: str
    finding: FindingKind
    condition: str
    title: Mapping[str, str]
    message: Mapping[str, str]
    rationale: str
    rationale_de: str = ""
    severity: str = STANDARD
    confidence: str = STANDARD
    base: float | None = None
    stake: str = "stake"
    """The column that says which share of total pay hangs on a standard flaw: a component's, or its whole plan's."""
    flaw: str | None = None
    params: Mapping[str, Param] = MappingProxyType({})
    references: tuple[str, ...] = ()
    remedies: tuple[str, ...] = ()
    matches: tuple[Example, ...] = ()
    silent: tuple[Example, ...] = ()
    descriptions: tuple[Described, ...] = ()
    status: Status = "active"
    effective: Period = ALWAYS
    own: bool = False
    retuned: Retuned | None = None

    def why(self, language: Language) -> str:
        """Why it matters what the rule reports."""
        return self.rationale_de if language == "de" and self.rationale_de else self.rationale


@dataclass(frozen=True, eq=False)
class CompiledRule:
    """A rule that holds together on its fact kind; each part is made ready when a row first asks for it."""

    rule: Rule
    kind: FactKind

    @cached_property
    def node(self) -> Node:
        """The condition with its parameters folded in."""
        return fold(parse(self.rule.condition), self.rule.params)

    @cached_property
    def truth(self) -> Truth:
        """Row → whether the condition holds; None when it is unknown."""
        return compile_walk(self.node, self.kind)

    @cached_property
    def conditions(self) -> Explanation:
        """Row → the sub-conditions that decided, with the values they read."""
        return compile_explanation(self.node, self.kind)

    @cached_property
    def _severity(self) -> tuple[Whole, int] | None:
        if self.rule.severity == STANDARD:
            return None
        return compile_number(fold(parse(self.rule.severity), self.rule.params), self.kind)

    @cached_property
    def _confidence(self) -> tuple[Whole, int] | None:
        if self.rule.confidence == STANDARD:
            return None
        return compile_number(fold(parse(self.rule.confidence), self.rule.params), self.kind)

    @cached_property
    def missing(self) -> Blame:
        """Row → the fields whose absence made the condition unknown."""
        return compile_missing(self.node, self.kind)

    def severity(self, row: Row) -> float | None:
        """The value of the rule's own severity expression; None when it is standard or unknown."""
        return _number(self._severity, row)

    def confidence(self, row: Row) -> float | None:
        """The value of the rule's own confidence expression, within 0–1; None when it is standard or unknown."""
        value = _number(self._confidence, row)
        return None if value is None else max(0.0, min(1.0, value))

    def message(self, values: Mapping[str, Any], language: Language) -> str:
        """The rule's message with its placeholders filled; a missing one reads as a dash."""
        return fill(self.rule.message.get(language) or self.rule.message["en"], values, self.kind, language)


def _number(compiled: tuple[Whole, int] | None, row: Row) -> float | None:
    if compiled is None:
        return None
    value, scale = compiled
    whole = value(row)
    return None if whole is None else plain(whole, scale)


def rule_from(raw: Mapping[str, Any], *, own: bool = False) -> Rule:
    """A rule out of what was written in its file, whose members must be there and of the right type (app.domain.rules.written).

    What is said in one language only stands for the other one, too.
    """
    examples = raw.get("examples", {})
    return Rule(
        id=raw["id"],
        name=raw["name"],
        pack=raw["pack"],
        version=raw.get("version", 1),
        fact_kind=raw["fact_kind"],
        finding=raw["finding"],
        condition=raw["condition"],
        title=_in_both(raw["title"]),
        message=_in_both(raw["message"]),
        rationale=raw["rationale"].strip(),
        rationale_de=(raw.get("rationale_de") or (raw["rationale"] if own else "")).strip(),
        severity=str(raw.get("severity", STANDARD)),
        confidence=str(raw.get("confidence", STANDARD)),
        base=raw.get("base"),
        stake=raw.get("stake", "stake"),
        flaw=raw.get("flaw"),
        params=raw.get("params", {}),
        references=tuple(raw.get("references", ())),
        remedies=tuple(raw.get("remedies", ())),
        matches=tuple(Example(e["because"], e["facts"]) for e in examples.get("matches", ())),
        silent=tuple(Example(e["because"], e["facts"]) for e in examples.get("silent", ())),
        descriptions=tuple(Described(d["condition"], _in_both(d)) for d in raw.get("descriptions", ())),
        status=raw.get("status", "active"),
        effective=_period(raw.get("effective") or {}),
        own=own,
    )


def _in_both(texts: Mapping[str, str]) -> Mapping[str, str]:
    first = texts.get("en") or texts.get("de") or ""
    return {"en": first, "de": texts.get("de") or first}


def _period(raw: Mapping[str, str]) -> Period:
    if not raw:
        return ALWAYS
    return Period(*(date.fromisoformat(raw[end]) if raw.get(end) else None for end in ("from", "to")))


def compile_rule(rule: Rule, kinds: Mapping[str, FactKind]) -> CompiledRule:
    """Check everything about a rule and make it runnable; raises `RuleInvalid` with all problems."""
    kind = kinds.get(rule.fact_kind)
    if kind is None:
        message = f"there is no fact kind '{rule.fact_kind}'"
        raise RuleInvalid(
            rule.id, [RuleProblem(0, 0, "unknown_fact_kind", message, ", ".join(sorted(kinds)), part="fact_kind")]
        )
    used: set[str] = set()
    problems = _faults(rule.condition, "bool", "condition", rule, kind, used)
    if rule.severity != STANDARD:
        problems += _faults(rule.severity, "number", "severity", rule, kind, used)
    if rule.confidence != STANDARD:
        problems += _faults(rule.confidence, "number", "confidence", rule, kind, used)
    problems += check_params(rule.params, kind, used)
    problems += _standard_problems(rule, kind)
    problems += _description_problems(rule)
    for part, texts in (("title", rule.title), ("message", rule.message)):
        for language, text in sorted(texts.items()):
            problems += [p._replace(part=f"{part}.{language}") for p in check_message(text, kind)]
    if problems:
        raise RuleInvalid(rule.id, problems)
    return CompiledRule(rule, kind)


def _description_problems(rule: Rule) -> Iterator[RuleProblem]:
    """Descriptions of what is no part of the condition, or is described already."""
    try:
        parts = set(parse(rule.condition).all())
    except RuleSyntaxError:
        return
    seen = set()
    for place, described in enumerate(rule.descriptions):
        part = f"descriptions.{place}.condition"
        try:
            node = parse(described.condition)
        except RuleSyntaxError as error:
            yield error.problem._replace(part=part)
            continue
        text, end = described.condition, len(described.condition)
        if node not in parts:
            near = next(iter(nearest(text, map(render, sorted(parts, key=lambda n: n.start)))), "")
            yield RuleProblem(
                0, end, "no_part", "this is no part of the condition", "a part, as it is written there", near, part
            )
        elif node in seen:
            yield RuleProblem(0, end, "repeated", "this stands here already", "each part once", part=part)
        seen.add(node)


def _standard_problems(rule: Rule, kind: FactKind) -> Iterator[RuleProblem]:
    """What a standard severity needs (semantics §6): a base unless a pair brings its own, a share of pay for components."""
    own = "severity" in kind.fields
    if rule.severity != STANDARD or own:
        if rule.base is not None:
            yield RuleProblem(0, 0, "idle_base", "the severity does not use a base", "no base", part="base")
        return
    if rule.base is None or not 0 < rule.base <= MOST_SEVERITY:
        yield RuleProblem(
            0,
            0,
            "base_wanted",
            "a standard severity starts from a base",
            f"a number up to {MOST_SEVERITY}",
            part="base",
        )
    shares = [f.name for f in kind.fields.values() if f.unit == "share"]
    if kind.name == "component" and rule.stake not in shares:
        message = f"'{rule.stake}' is no share of pay"
        near = next(iter(nearest(rule.stake, shares)), "")
        yield RuleProblem(0, len(rule.stake), "unknown_stake", message, ", ".join(shares), near, "stake")


def _faults(
    text: str, expected: Literal["bool", "number"], part: str, rule: Rule, kind: FactKind, used: set[str]
) -> list[RuleProblem]:
    """What is wrong with an expression once its parameters are folded in; `used` gathers the names that it reads."""
    try:
        written = parse(text)
    except RuleSyntaxError as error:
        return [error.problem._replace(part=part)]
    used |= {name.value for name in written.names()}
    return [p._replace(part=part) for p in check(fold(written, rule.params), kind, expected, rule.params)]
