"""How one rule judges a document, row by row: what matches, what nearly does, what nobody can say, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from app.catalogue.load import catalogue
from app.domain.detection import detect
from app.domain.errors import Unknown
from app.domain.facts.rows import FactRow
from app.domain.nearest import nearest
from app.domain.rulebook import Rulebook, built_in
from app.domain.rules.descriptions import described
from app.domain.rules.rule import CompiledRule
from app.domain.rules.verdict import Verdict, VerdictKind, compile_verdict
from app.domain.terms import Language
from app.exchange.source import Source
from app.services.audits import document_of


class JudgedRow(NamedTuple):
    """A row by the names of what it is about, the verdict on it, and what decided in plain words."""

    names: tuple[str, ...]
    verdict: VerdictKind
    because: tuple[str, ...]


class JudgedDocument(NamedTuple):
    """A rule and its verdict on every row that it looks at, in the order of the document's keys."""

    rule: CompiledRule
    rows: tuple[JudgedRow, ...]

    def of(self, verdict: VerdictKind) -> tuple[JudgedRow, ...]:
        """The rows with that verdict."""
        return tuple(row for row in self.rows if row.verdict == verdict)


def judge(
    source: Source, rule_id: str, *, as_of: date, language: Language = "en", rulebook: Rulebook | None = None
) -> JudgedDocument:
    """How a rule of a rulebook, else a built-in one, judges a document. Raises DocumentInvalid, and Unknown for no rule."""
    book = rulebook or built_in(catalogue())
    compiled = next((one for one in book.compiled if one.rule.id == rule_id), None)
    if compiled is None:
        raise Unknown("rule", rule_id, tuple(nearest(rule_id, [one.rule.id for one in book.compiled])))
    seen = detect(document_of(source), catalogue(), [compiled], as_of)
    return JudgedDocument(compiled, judged(compiled, seen.tables[compiled.kind.name], language))


def judged(compiled: CompiledRule, rows: Sequence[FactRow], language: Language) -> tuple[JudgedRow, ...]:
    """How a rule judges each of the rows that it reads, in words."""
    verdict = compile_verdict(compiled)
    return tuple(_judged(row, verdict(row.values), compiled, language) for row in rows)


def _judged(row: FactRow, verdict: Verdict, compiled: CompiledRule, language: Language) -> JudgedRow:
    names = tuple(dict.fromkeys(name for name in row.names.values() if name))
    return JudgedRow(names, verdict.kind, tuple(described(one, compiled, language) for one in verdict.decided))
