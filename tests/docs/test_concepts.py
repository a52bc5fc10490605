"""docs/concepts.md: every number in it comes out of its arithmetic, and out of the engine."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import pytest
import yaml

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.document.checks import document_from
from app.domain.findings import Analysis, Finding
from tests.docs.pages import DOCS, blocks

PAGE = DOCS / "concepts.md"
SYMBOLS = {"×": "*", "−": "-", "^½": "**0.5", "^": "**"}


class Line(NamedTuple):
    """`name = arithmetic = value`; `digits` after the point of the value as it is written."""

    name: str
    arithmetic: str
    value: float
    digits: int


def _plain(text: str) -> str:
    for symbol, python in SYMBOLS.items():
        text = text.replace(symbol, python)
    return text


def lines() -> Iterator[Line]:
    for block in blocks(PAGE):
        if block.language == "arithmetic":
            for line in block.text.splitlines():
                name, arithmetic, value = line.split(" = ")
                yield Line(name, arithmetic, float(_plain(value)), len(value.partition(".")[2]))


LINES = [*lines()]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_the_arithmetic_comes_out(line: Line):
    """What stands between the equals signs gives what stands behind them, as far as it is written out."""
    computed = eval(_plain(line.arithmetic), {"__builtins__": {}, "exp": math.exp})

    assert round(computed, line.digits) == line.value


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_the_engine_says_the_same(line: Line):
    """The engine gives the number for the company on the page, or for the company with its safeguard."""
    safeguarded = line.name.startswith("safeguarded ")

    found = quantity(line.name.removeprefix("safeguarded "), analysis(safeguarded))

    assert round(found, line.digits) == line.value


def quantity(name: str, found: Analysis) -> float:
    """A number by the name that the page gives it."""
    if name == "total severity after the first recommendation":
        return found.recommendations[0].effect.severity_after
    if name == "alignment index":
        return _number(found.summary.alignment_index)
    if match := re.fullmatch(r"alignment of (\S+)", name):
        return _number(_department(found, match[1]).alignment)
    if match := re.fullmatch(r"effect of (\S+) on (\S+)", name):
        (effect,) = [e for e in _department(found, match[1]).effects if e.outcome == match[2]]
        return effect.help - effect.harm
    if match := re.fullmatch(r"(exposure|pressure) of (\S+)", name):
        (goal,) = [goal for goal in found.goals if goal.subject.key == match[2]]
        return goal.pressure if match[1] == "pressure" else math.fsum(goal.exposure.values())
    match = re.fullmatch(r"(harm|net|severity|confidence) of (\S+) to (\S+)", name)
    assert match is not None
    return float(_conflict(found, match[2], match[3]).facts[match[1]])


@cache
def analysis(safeguarded: bool) -> Analysis:
    company, safeguard = [yaml.safe_load(block.text) for block in blocks(PAGE) if block.language == "yaml"]
    raw = _merged(company, safeguard) if safeguarded else company
    return analyse(document_from(raw, catalogue()), catalogue(), as_of=date(2026, 11, 22), raw=raw)


def _merged(base: Any, change: Any) -> Any:
    """Objects member by member, lists by the keys of their entries."""
    if isinstance(base, Mapping) and isinstance(change, Mapping):
        return {**base, **{name: _merged(base.get(name), value) for name, value in change.items()}}
    if isinstance(base, list) and isinstance(change, list):
        known = {entry["key"]: entry for entry in deepcopy(base)}
        return list({**known, **{entry["key"]: _merged(known.get(entry["key"]), entry) for entry in change}}.values())
    return change


def _conflict(found: Analysis, source: str, target: str) -> Finding:
    every = [finding for entry in found.findings for finding in (entry, *entry.also)]
    (conflict,) = [
        finding
        for finding in every
        if finding.kind in ("goal_conflict", "outcome_conflict")
        and [s.key for s in finding.subjects if s.kind != "component"] == [source, target]
    ]
    return conflict


def _department(found: Analysis, key: str) -> Any:
    (department,) = [department for department in found.departments if department.key == key]
    return department


def _number(value: float | None) -> float:
    assert value is not None
    return value
