"""What a reader for the blind sees of a PDF: its texts page by page, and its tree of tags."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject


def opened(content: bytes) -> PdfReader:
    """The document; fails on what is none."""
    return PdfReader(io.BytesIO(content), strict=True)


def elements(pdf: PdfReader) -> Iterator[DictionaryObject]:
    """Every element of the tree of tags, in the order of reading."""
    yield from _below(pdf.trailer["/Root"]["/StructTreeRoot"])


def _below(node: Any) -> Iterator[DictionaryObject]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        element = kid.get_object()
        if isinstance(element, DictionaryObject) and "/S" in element:
            yield element
            yield from _below(element)


def tags(pdf: PdfReader) -> Counter[str]:
    """How many elements there are of each kind."""
    return Counter(str(element["/S"]) for element in elements(pdf))


def texts(pdf: PdfReader) -> list[str]:
    """The text of each page on one line, its spaces made alike."""
    return [" ".join(page.extract_text().split()) for page in pdf.pages]


def bookmarks(pdf: PdfReader) -> list[str]:
    """The titles of the outline, all levels."""
    return list(_titles(pdf.outline))


def _titles(outline: Any) -> Iterator[str]:
    for one in outline:
        if isinstance(one, list):
            yield from _titles(one)
        else:
            yield str(one.title)
