"""Whatever is read ends in a document or in an explanation, soon and in little memory."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue.load import catalogue
from app.domain import document as parts
from app.domain.document.checks import document_from
from app.domain.document.members import members_of
from app.domain.errors import DocumentInvalid
from app.domain.problem_texts import told
from app.exchange.import_preview import preview
from app.exchange.preview import Mode
from app.exchange.read import read
from app.exchange.write import write
from tests.counts import many
from tests.exchange.documents import whole

KINDS = ("yaml", "json", "xlsx", "csv")
MEBI = 2**20


def explained(data: bytes, name: str, kind: str | None = None) -> DocumentInvalid | None:
    """What reading and checking say, every problem told in both languages; None for a valid document."""
    try:
        source = read(data, name, kind)
        try:
            document_from(source.raw, catalogue())
        except DocumentInvalid as invalid:
            raise source.located(invalid) from None
    except DocumentInvalid as invalid:
        assert invalid.problems
        assert len(invalid.problems) <= 100
        for problem in invalid.problems:
            assert told(problem, "en").message.isprintable()
            assert told(problem, "de").message.isprintable()
        return invalid
    return None


@settings(max_examples=many(5_000))
@given(data=st.binary(max_size=300), kind=st.sampled_from((*KINDS, None)))
def test_random_bytes_are_explained(data: bytes, kind: str | None):
    """Bytes that mean nothing are refused as such, whatever kind they claim to be."""
    explained(data, "plan", kind)


@settings(max_examples=many(5_000))
@given(text=st.text(max_size=200), kind=st.sampled_from(("yaml", "json", "csv")))
def test_random_text_is_explained(text: str, kind: str):
    """Text that means nothing is refused as such."""
    explained(text.encode("utf-8", "surrogatepass"), "plan", kind)


_FILES = {kind: write(whole(), kind) for kind in KINDS}
_PIECES = {
    "yaml": [b": ", b"- ", b"\n", b"{", b"[", b"}", b"&a ", b"*a", b"!!x ", b"|\n", b"'", b'"', b"#", b"\t", b"---\n", b"<<: ", b"\xff"],
    "json": [b'"', b"{", b"}", b"[", b"]", b",", b":", b"1e999", b"NaN", b"\\u0000", b"\\ud800", b"null", b"-", b"\xff"],
    "csv": [b",", b";", b"\t", b'"', b"\n", b"\r", b"=", b"1.234", b"40 %", b"03/04/2026", b"{}", b"\0", b"\xff"],
    "xlsx": [b"<", b">", b"<f>1</f>", b"<v>1e999</v>", b't="s"', b't="e"', b's="9"', b'r="A1"', b"&amp;", b"&x;", b"<!DOCTYPE x>", b"-1"],
}  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, original: bytes, pieces: list[bytes]) -> bytes:
    """A file in which a few pieces are cut out, doubled or put in."""
    data = original
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        end = at + draw(st.integers(0, 30))
        new = draw(st.sampled_from([b"", data[at:end] * 2, *pieces]) | st.binary(max_size=3))
        data = data[:at] + new + data[end:]
    return data


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=many(2_500))
@given(draw=st.data())
def test_files_with_mistakes_are_explained(kind: str, draw: st.DataObject):
    """A file in which something was cut out or put in is read or refused with reasons."""
    explained(draw.draw(mutated(_FILES[kind], _PIECES[kind])), "plan", kind)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@settings(max_examples=many(2_500))
@given(draw=st.data())
def test_archives_with_mistakes_in_their_parts_are_explained(kind: str, draw: st.DataObject):
    """A sound archive can hold sheets that are not."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_FILES[kind])) as before, zipfile.ZipFile(buffer, "w") as after:
        chosen = draw.draw(st.sampled_from(before.namelist()))
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, draw.draw(mutated(content, _PIECES[kind])) if name == chosen else content)

    explained(buffer.getvalue(), "plan", kind)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mode", ["merge", "replace"])
@settings(max_examples=many(1_000))
@given(draw=st.data())
def test_importing_files_with_mistakes_is_explained(kind: str, mode: Mode, draw: st.DataObject):
    """Whatever stands in a file, its preview names what is wrong, or the document that comes out is valid."""
    found = preview(draw.draw(mutated(_FILES[kind], _PIECES[kind])), "plan", whole(), mode=mode, kind=kind)

    json.dumps(found.as_json("de"))
    if found.document is None:
        assert found.problems
    else:
        document_from(found.accepted())


@settings(max_examples=many(2_000))
@given(value=st.deferred(lambda: _values))
def test_importing_any_value_is_explained(value: Any):
    """Plain data of any shape is merged into a document or refused."""
    found = preview(json.dumps(value).encode(), "plan.json", whole())

    assert (found.document is None) == bool(found.problems)


def _names() -> list[str]:
    """Every member's name in any part of a document."""
    models = [
        m for m in vars(parts).values() if isinstance(m, type) and issubclass(m, parts.Part) and m is not parts.Part
    ]
    return sorted({member for model in models for member in members_of(model)})


_scalars = (
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=5)
    | st.sampled_from(["increase", "aht", "service", "2026-01-01", "month", "linear", "unknown", ">= 4"])
)  # fmt: skip
_values = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(_names()) | st.text(max_size=3), inner, max_size=5)
    ),
    max_leaves=30,
)


@settings(max_examples=many(5_000))
@given(value=_values)
def test_any_value_is_explained(value: Any):
    """Plain data of any shape is a document or refused, as it is and as JSON."""
    try:
        document_from(value, catalogue())
    except DocumentInvalid as invalid:
        assert invalid.problems

    explained(json.dumps(value).encode(), "plan.json")


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, Any]:
    """A document in which some values are anything at all, or gone."""
    document = whole()
    for _ in range(draw(st.integers(1, 4))):
        holder, key = draw(st.sampled_from(_slots(document)))
        if draw(st.booleans()):
            holder[key] = draw(_values)
        elif isinstance(holder, dict):
            holder.pop(key, None)
    return document


def _slots(value: Any) -> list[tuple[Any, Any]]:
    """Every place of a value that can be filled otherwise."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [slot for key in keys for slot in [(value, key), *_slots(value[key])]]


@settings(max_examples=many(5_000))
@given(document=damaged())
def test_documents_with_wrong_values_are_explained(document: dict[str, Any]):
    """A document in which something else stands than should is refused with the place of every problem."""
    invalid = explained(json.dumps(document).encode(), "plan.json")

    assert invalid is None or all(problem.line == 1 and problem.column for problem in invalid.problems)


BOTTOMLESS: dict[str, Callable[[], bytes]] = {
    "yaml-lists": lambda: b"[" * MEBI,
    "yaml-dashes": lambda: b"- " * MEBI,
    "yaml-keys": lambda: b"? " * MEBI,
    "yaml-objects": lambda: b"{a: " * MEBI,
    "yaml-directives": lambda: b"%TAG !a b\n" * 500_000,
    "yaml-laughs": lambda: _aliases(9, 40),
    "yaml-ladder": lambda: _aliases(1, 200),
    "yaml-text": lambda: b"a" * 10 * MEBI,
    "yaml-breaks": lambda: b"-\n" * 4 * MEBI,
    "yaml-returns": lambda: b"\r" * 10 * MEBI,
    "yaml-anchors": lambda: b"&" * 10 * MEBI,
    "yaml-tag": lambda: b"!" * 10 * MEBI,
    "json-lists": lambda: b"[" * 10 * MEBI,
    "json-objects": lambda: b'{"a":' * 2 * MEBI,
    "json-numbers": lambda: b"[" + b"1," * 4 * MEBI + b"1]",
    "json-digits": lambda: b"1" * 10 * MEBI,
    "json-exponent": lambda: b"1e" + b"1" * 9 * MEBI,
    "json-quotes": lambda: b'"' * 10 * MEBI,
    "json-doubled": lambda: b"{" + b'"a":1,' * MEBI + b'"a":1}',
    "csv-commas": lambda: b"," * 25 * MEBI,
    "csv-quotes": lambda: b'"' * 25 * MEBI,
    "csv-quoted-breaks": lambda: b'"' + b"\n" * 24 * MEBI,
    "csv-rows": lambda: b"key\n" + b"a\n" * 10 * MEBI,
    "csv-headings": lambda: b",".join(b"h%d" % number for number in range(20_000)) + b"\n",
    "csv-items": lambda: b'id,aliases\na,"' + b'""a;' * 30_000 + b'"\n',
    "csv-brackets": lambda: b"(" * 100_000 + b",b\n1,2\n",
}  # fmt: skip
"""Files that would take readers without bounds minutes or gigabytes."""


def _aliases(width: int, height: int) -> bytes:
    """Lists of aliases of lists of aliases."""
    lines = [b"a%d: &a%d [%s]\n" % (n, n, b", ".join([b"*a%d" % (n - 1)] * width)) for n in range(1, height)]
    return b"a0: &a0 [x]\n" + b"".join(lines)


@pytest.mark.slow
@pytest.mark.parametrize("name", BOTTOMLESS)
def test_files_without_bounds_are_explained(name: str):
    """Nesting, repetition and length have their limits, and reaching one is a problem like any other."""
    kind, _, _ = name.partition("-")

    assert explained(BOTTOMLESS[name](), f"metrics.{kind}", kind)


def workbook(entry: str, content: bytes, *, packed: bool = False) -> bytes:
    """A workbook in which one part is something else."""
    buffer = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(io.BytesIO(_FILES["xlsx"])) as before, zipfile.ZipFile(buffer, "w", method) as after:
        for name in {*before.namelist(), entry}:
            after.writestr(name, content if name == entry else before.read(name))
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet3.xml"
STRINGS = "xl/sharedStrings.xml"
WORKBOOKS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "packed_too_tight": ("packed_too_much", lambda: workbook(SHEET, b" " * 20 * MEBI, packed=True)),
    "unpacks_too_big": ("packed_too_much", lambda: workbook("xl/media/a.png", b" " * 101 * MEBI, packed=True)),
    "too_many_entries": ("packed_too_much", lambda: _crowded()),
    "document_type": ("not_a_workbook", lambda: workbook(SHEET, b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet>&a;</worksheet>')),
    "deep": ("not_a_workbook", lambda: workbook(SHEET, b"<a>" * 4 * MEBI)),
    "long_tag": ("not_a_workbook", lambda: workbook(SHEET, b"<a " + b"x" * 20 * MEBI)),
    "long_comment": ("not_a_workbook", lambda: workbook(SHEET, b"<a><!--" + b"x" * 20 * MEBI + b"--></a>")),
    "empty_rows": ("not_a_workbook", lambda: workbook(SHEET, b"<a>" + b"<row/>" * 1_600_000 + b"</a>")),
    "cells": ("too_many_cells", lambda: workbook(SHEET, b"<a><row>" + b"<c><v>1</v></c>" * 300_000 + b"</row></a>")),
    "text": ("too_big", lambda: workbook(SHEET, b"<a><row><c t='inlineStr'><is><t>" + b"x" * 12 * MEBI + b"</t></is></c></row></a>")),
    "missing_part": ("not_a_workbook", lambda: workbook("xl/_rels/workbook.xml.rels", b"<Relationships/>")),
    "locked": ("not_a_workbook", lambda: _locked()),
}  # fmt: skip


def _crowded() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(201):
            archive.writestr(f"xl/{number}.xml", b"")
    return buffer.getvalue()


def _locked() -> bytes:
    data = bytearray(_FILES["xlsx"])
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.slow
@pytest.mark.parametrize("name", WORKBOOKS)
def test_workbooks_without_bounds_are_explained(name: str):
    """Archives and XML have their limits too, and are refused before they are unpacked where that can be known."""
    code, made = WORKBOOKS[name]

    invalid = explained(made(), "plan.xlsx")

    assert invalid is not None
    assert [problem.code for problem in invalid.problems] == [code]


@pytest.mark.slow
def test_what_is_too_much_is_told_from_what_is_malformed():
    """Callers can tell a file that is too large from one that is no such file, and both from a document with problems."""
    large, malformed, wrong = (
        explained(data, "plan.json")
        for data in (b"[" + b"1," * 100_000 + b"1]", b"{", b'{"concord": 2, "organization": {"name": "A"}}')
    )

    assert large and (large.too_large, large.malformed) == (True, False)
    assert malformed and (malformed.too_large, malformed.malformed) == (False, True)
    assert wrong and (wrong.too_large, wrong.malformed) == (False, False)
