"""The rows of an import: what each of them would create or change, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.errors import Problem
from app.domain.faults import Path, pointer
from app.exchange.merging import LISTS, Merged
from app.exchange.places import Place
from app.exchange.preview import Action, Change, ColumnPreview, RowPreview
from app.exchange.reading import Reading
from app.exchange.sheets import address
from app.exchange.tables import ReadRow, Table


class _Entry(NamedTuple):
    """A row or an item, the items of the file that it is about, its own first, and its members, each with its place."""

    place: Place
    row: int | None
    items: Sequence[Path]
    members: Sequence[tuple[Path, Place]]


def sheet_rows(
    reading: Reading, merged: Merged, current: Mapping[str, Any], problems: Iterable[Problem]
) -> list[RowPreview]:
    """A preview of every row of every sheet, in the order of sheets and rows."""
    rows = _Rows(merged, current, problems)
    done = {(row.table.name, row.row): rows.preview(_of_sheet(row)) for row in reading.rows}
    found: list[RowPreview] = []
    for table in reading.tables:
        for number in sorted({*table.rows, *table.passed}):
            place = table.sheet.place(number, 1)
            why = table.passed.get(number)
            passed = RowPreview("skip", None, table.sheet.name, number, place.file, place.line, why=why)
            found.append(done.get((table.name, number)) or rows.noted(passed, place))
    return found


def text_rows(
    reading: Reading, merged: Merged, current: Mapping[str, Any], problems: Iterable[Problem]
) -> list[RowPreview]:
    """A preview of every item of a YAML or JSON document, in its order."""
    rows = _Rows(merged, current, problems)
    return [rows.preview(entry) for entry in _of_text(reading, merged, current)]


def column_previews(tables: Iterable[Table]) -> list[ColumnPreview]:
    """What every column of every sheet was taken for."""
    return [
        ColumnPreview(
            table.sheet.name,
            address(table.header, position),
            heading.text,
            table.name,
            heading.match.column if heading.match else None,
            heading.match.how if heading.match else None,
            heading.match.language if heading.match else None,
            heading.unit,
            heading.remark,
        )
        for table in tables
        for position, heading in table.headings.items()
    ]


def item_name(document: Mapping[str, Any], path: Path) -> str:
    """How an item is called: `kpis/aht`, `components/agents-aht`; by its place where it has no key."""
    item = value_at(document, path)
    inner = path if isinstance(path[-1], int) else ()
    lists = next((str(token) for token in reversed(path) if isinstance(token, str)), "")
    if not inner:
        return "/".join(map(str, path))
    key = (item.get("key") or item.get("id")) if isinstance(item, Mapping) else None
    return f"{lists}/{key if isinstance(key, str) else inner[-1]}"


def value_at(document: Any, path: Path) -> Any:
    """What stands at a path, None for nothing; the plan of a component is the one that it stands in."""
    if len(path) == 5 and path[-1] == "incentive_plan":
        return value_at(document, (*path[:2], "key"))
    for token in path:
        if isinstance(token, int):
            document = document[token] if isinstance(document, list | tuple) and token < len(document) else None
        else:
            document = document.get(token) if isinstance(document, Mapping) else None
    return document


class _Rows:
    def __init__(self, merged: Merged, current: Mapping[str, Any], problems: Iterable[Problem]) -> None:
        self.merged, self.current = merged, current
        self._told: set[Path] = set()
        self._wrong: set[tuple[str | None, str | None]] = set()
        self._problems: dict[tuple[str | None, int | None], list[Problem]] = defaultdict(list)
        for problem in problems:
            row = int(problem.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) if problem.cell else None
            self._problems[problem.sheet, row].append(problem)
            if problem.cell:
                self._wrong.add((problem.sheet, problem.cell))

    def preview(self, entry: _Entry) -> RowPreview:
        """What importing a row would do."""
        own = self.merged.place(entry.items[0])
        changes = tuple(self._changes(entry))
        problems = self._of(entry)
        return RowPreview(
            self._action(entry, changes, problems),
            item_name(self.merged.document, own),
            entry.place.sheet,
            entry.row,
            entry.place.file,
            entry.place.line,
            changes,
            problems,
        )

    def noted(self, row: RowPreview, place: Place) -> RowPreview:
        """A row without items, with what is wrong with it."""
        found = self._at(place.sheet, row.row)
        return row._replace(action="error", problems=found, why=None) if found and row.why != "above_headings" else row

    def _action(self, entry: _Entry, changes: Sequence[Change], problems: Sequence[Problem]) -> Action:
        if problems:
            return "error"
        new = [self.merged.former(self.merged.place(item)) is None for item in entry.items]
        if new[0]:
            return "create"
        return "update" if changes or any(new) else "unchanged"

    def _changes(self, entry: _Entry) -> Iterator[Change]:
        """Members that have another value afterwards; what several rows say is told once, and a wrong cell says nothing."""
        for said, place in entry.members:
            path = self.merged.place(said)
            if path in self._told or (place.sheet, place.cell) in self._wrong:
                continue
            self._told.add(path)
            former = self.merged.former(path)
            before = None if former is None else value_at(self.current, former)
            after = value_at(self.merged.document, path)
            if before != after and not _has_members(before) and not _has_members(after):
                yield Change(pointer(path), before, after, place.cell, place.line)

    def _of(self, entry: _Entry) -> tuple[Problem, ...]:
        if entry.row is not None:
            return self._at(entry.place.sheet, entry.row)
        start = pointer(self.merged.place(entry.items[0]))
        every = (problem for problems in self._problems.values() for problem in problems)
        nested = f"{start}/components/"
        return tuple(
            p
            for p in every
            if (p.pointer == start or p.pointer.startswith(f"{start}/")) and not p.pointer.startswith(nested)
        )

    def _at(self, sheet: str | None, row: int | None) -> tuple[Problem, ...]:
        return tuple(self._problems.get((sheet, row), ()))


def _has_members(value: Any) -> bool:
    """Whether it is an object whose members are told one by one."""
    return isinstance(value, Mapping) and bool(value)


def _of_sheet(row: ReadRow) -> _Entry:
    sheet = row.table.sheet
    members = tuple((path, sheet.place(row.row, position)) for position, path in row.members.items())
    return _Entry(sheet.place(row.row, 1), row.row, row.items, members)


def _of_text(reading: Reading, merged: Merged, current: Mapping[str, Any]) -> Iterator[_Entry]:
    for path in _said_items(reading.raw):
        place = merged.place(path)
        former = merged.former(place)
        before = None if former is None else value_at(current, former)
        leaves = dict.fromkeys((*_leaves(before), *_leaves(value_at(merged.document, place))))
        members = tuple(((*path, *leaf), reading.places.at(pointer((*path, *leaf)))) for leaf in leaves)
        yield _Entry(reading.places.at(pointer(path)), None, (path,), members)


def _said_items(raw: Any) -> Iterator[Path]:
    """Every item of a document with its path, components after their plan."""
    for name, value in raw.items() if isinstance(raw, Mapping) else ():
        if name in LISTS and isinstance(value, list):
            for at, item in enumerate(value):
                yield (name, at)
                components = item.get("components") if name == "incentive_plans" and isinstance(item, Mapping) else None
                yield from ((name, at, "components", place) for place, _ in enumerate(components or ()))
        elif name == "parameters" and isinstance(value, Mapping):
            yield from ((name, parameter) for parameter in value)
        elif name in ("organization", "governance"):
            yield (name,)


def _leaves(value: Any) -> Iterator[Path]:
    """The paths of an item's members that are no objects; components are items of their own."""
    if not isinstance(value, Mapping):
        yield ()
        return
    for name, member in value.items():
        if name != "components":
            yield from ((name, *leaf) for leaf in _leaves(member))
