"""The preview of an import for people: columns that are not as written, rows that do something, and the count of all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.domain.terms import Language
    from app.exchange.preview import Change, ColumnPreview, Preview, RowPreview

_WORDS: dict[str, tuple[str, str]] = {
    "columns": ("COLUMNS", "SPALTEN"),
    "rows": ("ROWS", "ZEILEN"),
    "removed": ("REMOVED", "ENTFERNT"),
    "synonym": ("another word for it", "ein anderes Wort dafür"),
    "last_part": ("the last part of its name", "der letzte Teil seines Namens"),
    "told": ("as told", "wie angegeben"),
    "fuzzy": ("perhaps; say it with --map", "vielleicht; sagen Sie es mit --map"),
    "remark": ("for people, not read", "für Menschen, nicht gelesen"),
    "unknown": ("not known", "nicht bekannt"),
    "create": ("create", "neu"),
    "update": ("change", "ändern"),
    "error": ("wrong", "falsch"),
    "skip": ("pass over", "übergehen"),
    "counts": (
        "{create} to create, {update} to change, {unchanged} unchanged, {error} wrong, {skip} passed over",
        "{create} neu, {update} zu ändern, {unchanged} unverändert, {error} falsch, {skip} übergangen",
    ),
    "nothing": ("nothing", "nichts"),
}
_LONGEST = 60


def import_text(found: Preview, language: Language = "en") -> str:
    """The preview as text."""
    at = 1 if language == "de" else 0
    lines = [
        *_section("columns", [_column(column, at) for column in found.columns if column.how != "exact"], at),
        *_section("rows", [line for row in found.rows for line in _row(row, language, at)], at),
        *_section("removed", [f"  {name}" for name in found.removed], at),
        _WORDS["counts"][at].format(**found.counts),
    ]
    return "\n".join(lines) + "\n"


def _section(name: str, lines: list[str], at: int) -> Iterator[str]:
    if lines:
        yield from (_WORDS[name][at], *lines, "")


def _column(column: ColumnPreview, at: int) -> str:
    how = column.how or ("remark" if column.remark else "unknown")
    member = f" → {column.member}" if column.member else ""
    said = _WORDS[how][at] + (f" ({column.language})" if column.language else "")
    return f"  {column.sheet}!{column.cell}  {column.heading!r}{member}: {said}"


def _row(row: RowPreview, language: Language, at: int) -> Iterator[str]:
    if row.action == "unchanged":
        return
    why = row.as_json(language).get("why")
    what = " ".join(part for part in (row.item, f"({why})" if why else "") if part)
    yield f"  {_place(row)}  {_WORDS[row.action][at]}  {what}".rstrip()
    for change in row.changes if row.action != "create" else ():
        yield f"      {_change(change, at)}"


def _place(row: RowPreview) -> str:
    if row.sheet is not None:
        return f"{row.sheet}!{row.row}"
    return str(row.line or "")


def _change(change: Change, at: int) -> str:
    member = ".".join(_within_item(change.pointer.split("/")[1:]))
    place = f"{change.cell}  " if change.cell else ""
    return f"{place}{member}: {_value(change.before, at)} → {_value(change.after, at)}"


def _within_item(tokens: list[str]) -> list[str]:
    """The part of a pointer that names the member of an item: what follows its place in a list, or the name of the one thing."""
    places = [at for at, token in enumerate(tokens) if token.isdecimal()]
    return tokens[places[-1] + 1 :] if places else tokens[1:]


def _value(value: Any, at: int) -> str:
    if value is None:
        return _WORDS["nothing"][at]
    said = json.dumps(value, ensure_ascii=False)
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"
