"""Importing a file: bytes and the document that is there → a preview of what would change, and the document that would come out.

Nothing is stored here. The caller keeps the preview, and applies its document whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from app.domain.document.checks import checked
from app.domain.errors import DocumentInvalid
from app.domain.faults import Fault, invalid
from app.exchange.columns import SHEETS, columns_of
from app.exchange.flat_columns import flat_columns
from app.exchange.flaws import Flaw, Unreadable, refused
from app.exchange.guide import PASSED_OVER, Guide
from app.exchange.import_rows import column_previews, item_name, sheet_rows, text_rows
from app.exchange.merging import Merged, merged
from app.exchange.places import Place, Places, tokens
from app.exchange.preview import Layout, Mode, Preview
from app.exchange.read import reading, reading_of_path
from app.exchange.reading import Reading
from app.exchange.source import FileKind, Source

if TYPE_CHECKING:
    from app.domain.catalogue import Catalogue

Checks = Callable[[Mapping[str, Any]], Iterable[Fault]]
"""The document that would come out → what is wrong with it beyond what makes a document valid."""

_FLAT_LISTS = frozenset({"departments", "kpis", "incentive_plans", "components"})


def preview(
    data: bytes,
    name: str,
    current: Mapping[str, Any] | None = None,
    *,
    mode: Mode = "merge",
    catalogue: Catalogue | None = None,
    kind: str | None = None,
    headings: Mapping[str, str] | None = None,
    further: Checks = lambda document: (),
) -> Preview:
    """What importing a file would do to a document (`current`, valid; None where there is none yet).

    merge: keys decide identity, what the file does not mention stays, and an empty cell of a column that is there empties the member.
    replace: lists that the file has are replaced by it, items that it does not mention are removed; YAML and JSON are the whole document.
    `headings`: heading → column (`-` for one to pass over) where the mapping found is to be confirmed or corrected. With a catalogue, ids
    are looked up in it. Whatever is wrong is in the preview; nothing is raised but ValueError for a kind that does not exist.
    """
    guide = Guide(current, headings or {})
    return _preview(name, lambda: reading(data, name, kind, guide), guide, mode, catalogue, further)


def preview_path(
    path: FilePath,
    current: Mapping[str, Any] | None = None,
    *,
    mode: Mode = "merge",
    catalogue: Catalogue | None = None,
    headings: Mapping[str, str] | None = None,
) -> Preview:
    """What importing a file, or a folder of CSV sheets, would do. Raises OSError as opening it does."""
    guide = Guide(current, headings or {})
    return _preview(path.as_posix(), lambda: reading_of_path(path, guide), guide, mode, catalogue)


def all_columns() -> frozenset[str]:
    """What `headings` may say: every column of every sheet, and `-`."""
    return frozenset({PASSED_OVER, *flat_columns(), *(column for sheet in SHEETS for column in columns_of(sheet))})


def _preview(
    name: str,
    read_it: Callable[[], tuple[FileKind, Reading]],
    guide: Guide,
    mode: Mode,
    catalogue: Catalogue | None,
    further: Checks = lambda document: (),
) -> Preview:
    try:
        kind, read = read_it()
    except Unreadable as unreadable:
        return Preview(name, mode, None, (), (), (), None, refused(name, unreadable.flaws))
    layout = _layout(kind, read)
    columns = column_previews(read.tables)
    if not read.judged or not isinstance(read.raw, Mapping):
        return Preview(name, mode, layout, columns, (), (), None, _refusal(name, kind, read, None))
    current = guide.current or {}
    result = merged(current, read.raw, *_replaced(read, mode), whole=mode == "replace" and not read.tables)
    refusal = _refusal(name, kind, read, result, catalogue, further)
    rows = (sheet_rows if read.tables else text_rows)(read, result, current, refusal.problems if refusal else ())
    removed = [item_name(current, path) for path in result.removed]
    return Preview(name, mode, layout, columns, rows, removed, None if refusal else result.document, refusal)


def _layout(kind: FileKind, read: Reading) -> Layout:
    if kind in ("yaml", "json"):
        return "yaml" if kind == "yaml" else "json"
    return "flat" if read.flat else "sheets"


def _replaced(read: Reading, mode: Mode) -> Sequence[frozenset[str]]:
    """The lists of which items that the file does not mention are removed."""
    if mode == "merge":
        return (frozenset(),)
    if read.flat:
        return (_FLAT_LISTS,)
    return (frozenset(table.name for table in read.tables) - {"organization", "governance"},)


def _refusal(
    name: str,
    kind: FileKind,
    read: Reading,
    result: Merged | None,
    catalogue: Catalogue | None = None,
    further: Checks = lambda document: (),
) -> DocumentInvalid | None:
    """Everything that is wrong with the file and with the document that would come out, None where nothing is."""
    if result is None:
        source = Source(name, read.raw, kind, read.places)
        _, faults = checked(read.raw)
        return refused(name, read.flaws) if read.flaws else source.located(invalid(faults, read.raw))
    source = Source(name, result.document, kind, _MergedPlaces(result, read.places))
    if read.flaws:
        flaws = [Flaw(flaw.fault._replace(path=result.place(flaw.fault.path)), flaw.place) for flaw in read.flaws]
        return refused(name, flaws, source)
    _, faults = checked(result.document, catalogue)
    faults = [*faults, *further(result.document)]
    return source.located(invalid(faults, result.document)) if faults else None


class _MergedPlaces:
    """The places of a merged document in the file: what the file does not mention has none."""

    def __init__(self, result: Merged, places: Places) -> None:
        self._result, self._places = result, places

    def at(self, pointer: str, code: str = "") -> Place:
        """The place that a JSON pointer into the merged document names."""
        path = tuple(int(token) if token.isdecimal() and len(token) < 10 else token for token in tokens(pointer))
        origin = self._result.origin(path)
        if origin is None:
            return Place()
        return self._places.at("".join("/" + str(t).replace("~", "~0").replace("/", "~1") for t in origin), code)
