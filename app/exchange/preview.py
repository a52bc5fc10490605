"""What an import would do, before it does anything: layout, columns, every row, and the document that would come out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from app.domain.errors import DocumentInvalid, Problem
from app.domain.problem_entries import problem_entry
from app.domain.terms import Language
from app.exchange.headings import CONFIDENCE, How
from app.exchange.side_rows import Passed

Layout = Literal["sheets", "flat", "yaml", "json"]
Mode = Literal["merge", "replace"]
Action = Literal["create", "update", "unchanged", "error", "skip"]

_WHY: Mapping[Passed, tuple[str, str]] = {
    "above_headings": ("above the headings", "über den Überschriften"),
    "total": ("a total", "eine Summe"),
    "footnote": ("a footnote", "eine Fußnote"),
    "nothing_read": ("nothing in columns that are read", "nichts in gelesenen Spalten"),
}


class ColumnPreview(NamedTuple):
    """A column of a sheet: where its heading stands, what it says, and which member of which list it was taken for and how.

    Without a member it is not read: `remark` where it is for people, else because it is not known (which is a problem).
    """

    sheet: str
    cell: str
    heading: str
    list: str
    member: str | None
    how: How | None
    language: Language | None = None
    unit: str = ""
    remark: bool = False

    @property
    def confidence(self) -> float:
        """How sure the mapping is, 0 to 1; below 0.9 it has to be confirmed."""
        return CONFIDENCE[self.how] if self.how else 0.0

    def as_json(self) -> dict[str, Any]:
        """The column as JSON values."""
        how = self.how or ("remark" if self.remark else "unknown")
        said = {**self._asdict(), "how": how, "confidence": self.confidence, "unit": self.unit or None}
        del said["remark"]
        return {name: value for name, value in said.items() if value is not None or name == "member"}


class Change(NamedTuple):
    """A member that an import would change: JSON pointer into the resulting document, and the value before and after, None for none."""

    pointer: str
    before: Any
    after: Any
    cell: str | None = None
    line: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The change as JSON values."""
        said = self._asdict()
        return {name: value for name, value in said.items() if value is not None or name in ("before", "after")}


class RowPreview(NamedTuple):
    """A row of a sheet, or an item of a text: what it is about (`kpis/aht`), what importing would do, and what is wrong with it."""

    action: Action
    item: str | None
    sheet: str | None = None
    row: int | None = None
    file: str | None = None
    line: int | None = None
    changes: Sequence[Change] = ()
    problems: Sequence[Problem] = ()
    why: Passed | None = None

    def as_json(self, language: Language = "en") -> dict[str, Any]:
        """The row as JSON values."""
        said = {
            **self._asdict(),
            "changes": [change.as_json() for change in self.changes],
            "problems": [problem_entry(problem, language) for problem in self.problems],
            "why": _WHY[self.why][language == "de"] if self.why else None,
        }
        return {name: value for name, value in said.items() if value not in (None, [])}


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing a file would do. `document`: what would come out, None while anything is wrong; it is applied whole or not at all.

    `layout` is None for what cannot be read; `removed` names what would be gone (`kpis/aht`), `problems` lists everything that is wrong.
    """

    name: str
    mode: Mode
    layout: Layout | None
    columns: Sequence[ColumnPreview]
    rows: Sequence[RowPreview]
    removed: Sequence[str]
    document: Mapping[str, Any] | None
    refusal: DocumentInvalid | None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong, the first hundred."""
        return self.refusal.problems if self.refusal else ()

    @property
    def counts(self) -> dict[str, int]:
        """How many rows would do what."""
        counted = Counter(row.action for row in self.rows)
        return {action: counted[action] for action in ("create", "update", "unchanged", "error", "skip")}

    def accepted(self) -> Mapping[str, Any]:
        """The document that would come out. Raises DocumentInvalid with every problem where there is one."""
        if self.refusal is not None or self.document is None:
            raise self.refusal or DocumentInvalid(())
        return self.document

    def as_json(self, language: Language = "en") -> dict[str, Any]:
        """The preview as JSON values; the document itself is not repeated in it."""
        return {
            "name": self.name,
            "mode": self.mode,
            "layout": self.layout,
            "valid": self.refusal is None,
            "counts": self.counts,
            "columns": [column.as_json() for column in self.columns],
            "rows": [row.as_json(language) for row in self.rows],
            "removed": list(self.removed),
            "problems": [problem_entry(problem, language) for problem in self.problems],
            "omitted": self.refusal.omitted if self.refusal else 0,
        }
