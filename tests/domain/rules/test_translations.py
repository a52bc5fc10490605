"""Conditions said in SQL, in Polars and in CEL come to what the walk over a row comes to, missing values included."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing

import cel as rust_cel
import polars as pl
import pytest

from app.domain.rules.tree import Node, fields_read
from app.domain.rules.walk import compile_walk
from tests.counts import many
from tests.domain.rules import translations
from tests.domain.rules.random_rules import KIND, conditions, rows
from tests.domain.rules.translations import frame, has_quotient, plain, reach, sql_quotient

FITS = {"sql": 2**62, "polars": 2**126, "cel": 2**62}
"""Numbers beyond are none of theirs: SQLite turns them into doubles, Polars lets them wrap, CEL refuses them."""

NODES = conditions(many(2_000), seed=61)
FACTS = rows(100, seed=62)
PLAIN = [plain(row, KIND) for row in FACTS]
FIELDS = [field.name for field in KIND.fields.values()]

Answers = list[bool | None]


@pytest.fixture(scope="module")
def table() -> Iterator[sqlite3.Connection]:
    """The rows as a table in SQLite."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.create_function("quotient", 2, sql_quotient, deterministic=True)
        columns = ", ".join(["place INTEGER", *FIELDS])
        connection.execute(f"CREATE TABLE facts ({columns})")
        marks = ", ".join("?" * (len(FIELDS) + 1))
        filled = [[place, *(row[name] for name in FIELDS)] for place, row in enumerate(PLAIN)]
        connection.executemany(f"INSERT INTO facts VALUES ({marks})", filled)
        yield connection


def by_walk(node: Node) -> Answers:
    return [compile_walk(node, KIND)(row) for row in FACTS]


def within(node: Node, most: int) -> list[bool]:
    """The rows on which nothing that is reckoned goes beyond a bound."""
    return [reach(node, row, KIND) < most for row in PLAIN]


def kept(answers: Answers, rows_: list[bool]) -> Answers:
    return [answer for answer, keep in zip(answers, rows_, strict=True) if keep]


def test_sql_with_bound_constants_agrees(table: sqlite3.Connection):
    """On every cell whose numbers fit into 64 bits, unknown ones included; no constant stands in the text."""
    compared: Counter[bool | None] = Counter()
    for node in NODES:
        text, values = translations.sql(node, KIND)
        fit = within(node, FITS["sql"])
        places = [place for place, keep in enumerate(fit) if keep]
        query = f"SELECT {text} FROM facts WHERE place IN ({', '.join('?' * len(places))}) ORDER BY place"
        answered = [None if held is None else bool(held) for (held,) in table.execute(query, [*values, *places])]

        assert answered == kept(by_walk(node), fit), text
        assert "bonus" not in text
        compared.update(answered)

    assert min(compared[answer] for answer in (True, False, None)) > 0.05 * compared.total()
    assert compared.total() > 0.8 * len(NODES) * len(FACTS)


def test_polars_agrees():
    """On every cell whose numbers fit into 128 bits, unknown ones included."""
    held = frame(PLAIN, KIND)
    compared = 0
    for node in NODES:
        fit = within(node, FITS["polars"])
        answered = held.select(pl.Series("fit", fit), answer=translations.polars(node, KIND))

        assert answered.filter(pl.col("fit"))["answer"].to_list() == kept(by_walk(node), fit)
        compared += sum(fit)

    assert compared > 0.95 * len(NODES) * len(FACTS)


def test_cel_agrees_where_both_are_defined():
    """Where nothing that is read is missing, nothing is divided, and numbers fit into 64 bits, CEL has the same answer."""
    compared: Counter[bool | None] = Counter()
    for node in NODES:
        if has_quotient(node):
            continue
        program = rust_cel.compile(translations.cel(node, KIND))
        names = fields_read(node)
        for row, fit, expected in zip(PLAIN, within(node, FITS["cel"]), by_walk(node), strict=True):
            if fit and all(row[name] is not None for name in names):
                assert program.execute(row) is expected, translations.cel(node, KIND)
                compared[expected] += 1

    assert compared[None] == 0
    assert min(compared[True], compared[False]) > 0.1 * compared.total()
    assert compared.total() > 0.1 * len(NODES) * len(FACTS)
