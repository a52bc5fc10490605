"""The rule kernel against engines that one can install: zen-engine, the Rust CEL binding and rule-engine, on the same rows.

They get the rules in their own language, with a guard for every field that may be missing, and rows as they like them: dictionaries of
whole numbers, made beforehand. Per row, so that each may look at as many as it manages in about a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from app.domain.facts.component_columns import COMPONENT
from app.domain.facts.kinds import FACT_KINDS
from app.domain.rules.columns import Column
from app.domain.rules.decimals import constant, digits
from app.domain.rules.evaluate import evaluate
from app.domain.rules.rule import Rule, compile_rule
from app.domain.rules.syntax import parse
from app.domain.rules.tree import Node, fields_read
from app.domain.rules.types import is_number, scale_of
from tests.bench.rule_kernel import ROWS, RULES, data
from tests.bench.timing import Ratio, Skipped, seconds

AT_LEAST = 50
MILLISECONDS = 2
"""What checking and compiling a rule may take."""

Row = Mapping[str, Any]
Run = Callable[[Sequence[Row]], list[list[bool]]]
"""Rows → the answers of all rules, row by row."""


class Syntax(NamedTuple):
    """How an engine writes what the rules need."""

    both: str = "&&"
    either: str = "||"
    no: str = "!"


class Engine(NamedTuple):
    """An engine by its package, on how many rows it is timed, and how it is made ready for conditions in its language."""

    package: str
    module: str
    rows: int
    syntax: Syntax
    ready: Callable[[Sequence[str]], Run]


def _zen(conditions: Sequence[str]) -> Run:
    expression = import_module("zen").compile_expression(f"[{', '.join(conditions)}]")
    return lambda rows: [expression.evaluate(row) for row in rows]


def _cel(conditions: Sequence[str]) -> Run:
    program = import_module("cel").compile(f"[{', '.join(conditions)}]")
    return lambda rows: [program.execute(row) for row in rows]


def _rule_engine(conditions: Sequence[str]) -> Run:
    rules = [import_module("rule_engine").Rule(condition) for condition in conditions]
    return lambda rows: [[rule.matches(row) for rule in rules] for row in rows]


WORDS = Syntax("and", "or", "not ")

ENGINES = (
    Engine("zen-engine", "zen", 20_000, WORDS, _zen),
    Engine("common-expression-language (Rust CEL)", "cel", 10_000, Syntax(), _cel),
    Engine("rule-engine", "rule_engine", 1_000, WORDS, _rule_engine),
)


def ratios() -> Iterator[Ratio | Skipped]:
    """What a row costs the fastest engine against what it costs the kernel; and what it takes to check and compile a rule."""
    yield _compiling()
    absent = [engine.package for engine in ENGINES if find_spec(engine.module) is None]
    if absent:
        yield Skipped(
            "the kernel against other engines", f"not installed: {', '.join(absent)}; pip install -e '.[bench]'"
        )
        return
    _, table = data(ROWS)
    nodes = [parse(text) for text in RULES]
    rows = plain_rows(table, max(engine.rows for engine in ENGINES))
    hits = [true for true, _ in evaluate(nodes, table)]
    kernel = min(seconds(lambda: evaluate(nodes, table)) for _ in range(3)) / ROWS
    costs = {}
    for engine in ENGINES:
        run = engine.ready([holds(node, engine.syntax) for node in nodes])
        some = rows[: engine.rows]
        found = run(some)
        for place, text in enumerate(RULES):
            assert [answers[place] for answers in found] == hits[place][: engine.rows].tolist(), (engine.package, text)
        cost = min(seconds(lambda run=run, some=some: run(some)) for _ in range(3)) / engine.rows
        costs[f"{engine.package} on {engine.rows:,} of the rows"] = cost
    fastest = min(costs, key=lambda name: costs[name])
    others = ", ".join(f"{name}: {cost / kernel:,.0f}" for name, cost in costs.items() if name != fastest)
    yield Ratio(
        f"{len(RULES)} rules, a row of {ROWS:,}, same hits: times as fast as {fastest}", costs[fastest] / kernel, AT_LEAST,
        f"the fastest of three engines (the others, times: {others})", at_least=True,
    )  # fmt: skip


def _compiling() -> Ratio:
    """Checking and compiling the rules, walk, explanation and blame included, against what it may take."""
    texts = {"en": "{component} pays {accelerator_max} times", "de": "{component} zahlt {accelerator_max}-fach"}
    rules = [
        Rule(
            "BEN001",
            "bench",
            "bench",
            1,
            "component",
            "incentive_flaw",
            text,
            texts,
            texts,
            "So.",
            base=40,
            flaw="bench",
        )
        for text in RULES
    ]

    def compiled() -> None:
        for rule in rules:
            made = compile_rule(rule, FACT_KINDS)
            _ = made.truth, made.conditions, made.missing

    compiled()
    took = sorted(seconds(compiled) for _ in range(5))[2] / len(rules)
    return Ratio("a rule is checked and compiled", took * 1_000 / MILLISECONDS, 1, f"{MILLISECONDS} ms")


def plain_rows(table: Mapping[str, Column], count: int) -> list[Row]:
    """The first rows of a table as dictionaries of whole numbers, words and yes/no, None where a value is missing."""
    columns = {name: _plain(column, count) for name, column in table.items()}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _plain(column: Column, count: int) -> list[Any]:
    values = column.values[:count].tolist()
    if column.words:
        values = [column.words[code] for code in values]
    known = [True] * count if column.valid is None else column.valid[:count].tolist()
    return [value if there else None for value, there in zip(values, known, strict=True)]


def holds(node: Node, syntax: Syntax, *, denied: bool = False) -> str:
    """A condition in an engine's language that is true exactly where ours is, whatever is missing; `denied`: where ours is false."""
    if node.op == "not":
        return holds(node.parts[0], syntax, denied=not denied)
    if node.op in ("and", "or"):
        sign = syntax.both if (node.op == "and") is not denied else syntax.either
        return f"({f' {sign} '.join(holds(part, syntax, denied=denied) for part in node.parts)})"
    said = f"{syntax.no}({_leaf(node, syntax)})" if denied else _leaf(node, syntax)
    tests_null = any(part.op == "null" for part in node.parts)
    nullable = [] if tests_null else [name for name in fields_read(node) if COMPONENT.fields[name].nullable]
    return f"({f' {syntax.both} '.join([*(f'{name} != null' for name in nullable), said])})"


def _leaf(node: Node, syntax: Syntax) -> str:
    if node.op == "in":
        return f" {syntax.either} ".join(_leaf(Node("==", (node.parts[0], one)), syntax) for one in node.parts[1].parts)
    if not node.parts:
        return {"text": f'"{node.value}"', "null": "null", "bool": str(node.value).lower()}.get(
            node.op, str(node.value)
        )
    left, right = node.parts
    if not is_number(left, COMPONENT) or right.op == "null":
        return f"{_leaf(left, syntax)} {node.op} {_leaf(right, syntax)}"
    (a, here), (b, there) = _number(left), _number(right)
    scale = max(here, there)
    return f"{_raised(a, scale - here)} {node.op} {_raised(b, scale - there)}"


def _number(node: Node) -> tuple[str, int]:
    if node.op == "name":
        return node.value, COMPONENT.fields[node.value].digits
    if node.op == "number":
        return str(constant(node.value, digits(node.value))), digits(node.value)
    (a, left), (b, right) = (_number(part) for part in node.parts)
    scale = scale_of(node.op, left, right)
    if node.op == "*":
        return f"({a} * {b})", scale
    return f"({_raised(a, scale - left)} {node.op} {_raised(b, scale - right)})", scale


def _raised(number: str, by: int) -> str:
    return f"{number} * {10**by}" if by else number


def main() -> None:
    """Print the ratios."""
    for measured in ratios():
        print(measured.line())


if __name__ == "__main__":
    main()
