"""XML that nobody vouches for, read as a stream: no document types, no entities, no nesting or tag without bound."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol
from xml.parsers import expat

_DEEPEST = 100
_LONGEST_TAG = 2**20
"""Bytes that may be held before they make sense."""


class Malformed(Exception):
    """The XML cannot be read."""


class DocumentTypeFound(Exception):
    """The XML declares a document type, and might define entities."""


class TooLong(Exception):
    """The XML has more elements than are looked at."""


class Listener(Protocol):
    """What is told of every element and text; names come without their namespaces."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """A piece of text."""


def listen(chunks: Iterable[bytes], listener: Listener, most_elements: int) -> int:
    """Tell the listener what the XML holds, and give the number of elements. Raises Malformed, TooLong and DocumentTypeFound."""
    depth = elements = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth, elements = depth + 1, elements + 1
        if depth > _DEEPEST:
            raise Malformed
        if elements > most_elements:
            raise TooLong
        listener.start(_local(name), {_local(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        listener.end(_local(name))

    def document_type(*_: object) -> None:
        raise DocumentTypeFound

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = listener.text
    parser.StartDoctypeDeclHandler = document_type
    fed = 0
    try:
        for chunk in chunks:
            fed += len(chunk)
            parser.Parse(chunk, False)
            if fed - max(parser.CurrentByteIndex, 0) > _LONGEST_TAG:
                raise Malformed
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Malformed from error
    return elements


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
