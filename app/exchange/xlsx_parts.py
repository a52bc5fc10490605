"""The parts of a workbook that its sheets lean on: which sheets there are, the texts they share, and how their numbers are shown."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from typing import Literal, NamedTuple, NoReturn

from app.domain.faults import Fault, printable
from app.exchange.archives import Archive
from app.exchange.budgets import MOST_CELLS, MOST_ELEMENTS, MOST_TEXT_BYTES
from app.exchange.flaws import stop
from app.exchange.places import Place
from app.exchange.xml_stream import DocumentTypeFound, Listener, Malformed, TooLong, listen

NumberForm = Literal["number", "percent", "day"]

_DAYS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_PERCENTAGES = frozenset({9, 10})
"""Number formats that have numbers instead of codes (ECMA-376 part 1, 18.8.30)."""

_NOT_A_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)


class SheetPart(NamedTuple):
    """A sheet of a workbook: its name, the entry that holds it, whether it is shown."""

    name: str
    entry: str
    hidden: bool


class Workbook(NamedTuple):
    """The sheets of a workbook in their order, shared texts, and the form of numbers by style; `from_1904`: days count from 1904."""

    sheets: tuple[SheetPart, ...]
    texts: tuple[str, ...]
    forms: tuple[NumberForm, ...]
    from_1904: bool


class Parts:
    """The XML parts of a workbook; stops for one that is missing, damaged or beyond the budgets."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._elements = 0

    def hear(self, entry: str, listener: Listener) -> None:
        """Tell the listener what a part holds."""
        if entry not in self._archive.names:
            refuse("part_missing", entry=entry)
        try:
            self._elements += listen(self._archive.chunks(entry), listener, MOST_ELEMENTS - self._elements)
        except TooLong:
            refuse("too_many_elements", most=MOST_ELEMENTS)
        except DocumentTypeFound:
            refuse("document_type", entry=entry)
        except (Malformed, ValueError, LookupError, OverflowError):
            refuse("part_malformed", entry=entry)

    def related(self, entry: str, kind: str) -> dict[str, str]:
        """The parts of one kind that a part leans on, by id; those of the whole archive for no part."""
        folder, name = posixpath.split(entry)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self._archive.names:
            return {}
        found = _Relations(folder)
        self.hear(relations, found)
        return {id_: target for id_, target, type_ in found.relations if type_.rpartition("/")[2] == kind}


def workbook_of(parts: Parts) -> Workbook:
    """What the sheets of a workbook lean on."""
    main = next(iter(parts.related("", "officeDocument").values()), "xl/workbook.xml")
    book = _Book()
    parts.hear(main, book)
    entries = parts.related(main, "worksheet")
    sheets = tuple(SheetPart(name, entries[id_], hidden) for name, id_, hidden in book.sheets if id_ in entries)
    texts, styles = _Texts(), _Styles()
    for listener, kind in ((texts, "sharedStrings"), (styles, "styles")):
        for entry in parts.related(main, kind).values():
            parts.hear(entry, listener)
    return Workbook(sheets, tuple(texts.texts), tuple(styles.forms()), book.from_1904)


def refuse(reason: str, *, entry: str = "", most: int = 0) -> NoReturn:
    """Stop reading the workbook."""
    stop(Fault((), "not_a_workbook", details={"reason": reason, "entry": printable(entry), "most": most}), Place())


class _Relations:
    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.relations: list[tuple[str, str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = posixpath.normpath(posixpath.join("/", self.folder, attributes.get("Target", ""))).lstrip("/")
            self.relations.append((attributes.get("Id", ""), target, attributes.get("Type", "")))

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


class _Book:
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), attributes.get("id", ""), hidden))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


class _Texts:
    """Shared texts, without the readings that East Asian texts carry."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._inside: list[str] = []
        self._size = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._inside.append(name)
        if name == "si":
            self._pieces = []

    def end(self, name: str) -> None:
        self._inside.pop()
        if name == "si":
            self.texts.append(unescaped("".join(self._pieces)))
            if len(self.texts) > MOST_CELLS:
                stop(Fault((), "too_many_cells", details={"most": MOST_CELLS}), Place())

    def text(self, text: str) -> None:
        if self._inside[-1] != "t" or "rPh" in self._inside:
            return
        self._size += len(text)
        if self._size > MOST_TEXT_BYTES:
            stop(Fault((), "too_big", details={"most": MOST_TEXT_BYTES}), Place())
        self._pieces.append(text)


class _Styles:
    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._used: list[int] = []
        self._in_cells = False

    def forms(self) -> Iterable[NumberForm]:
        """What numbers are shown as, by style."""
        return (_form(number, self._codes.get(number, "")) for number in self._used)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")[:1000]
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells and len(self._used) < MOST_CELLS:
            self._used.append(int(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False

    def text(self, text: str) -> None:
        pass


def _form(number: int, code: str) -> NumberForm:
    if not code:
        return "day" if number in _DAYS else "percent" if number in _PERCENTAGES else "number"
    plain = _NOT_A_CODE.sub("", code).casefold()
    if plain in ("general", "standard"):
        return "number"
    if _ELAPSED.search(code) or any(letter in plain for letter in "ymdhs"):
        return "day"
    return "percent" if "%" in plain else "number"


_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Text of a workbook, in which `_x000D_` stands for a character that XML cannot carry."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def escaped(text: str) -> str:
    """Text as a workbook writes it: what looks like an escape is escaped itself, and so is a carriage return, which XML would change."""
    written = _ESCAPE.sub(lambda found: f"_x005F_{found[0][1:]}", text) if "_x" in text else text
    return written.replace("\r", "_x000D_")
