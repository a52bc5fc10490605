"""The canonical form of a document, and the hash that names its content (semantics §7).

RFC 8785: members in the order of their UTF-16 code units, no white space, numbers as ECMAScript writes them. Lists are sets, so they
are sorted by the canonical form of their items; what has its default value is left out.
"""

from __future__ import annotations

import hashlib
import json
from codecs import utf_16_be_encode
from collections.abc import Mapping
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

from app.domain.document import Document
from app.domain.document.core import without_defaults


def content_hash(document: Document) -> str:
    """`sha256:` and the hash of the canonical form: the same whenever two documents say the same."""
    return "sha256:" + hashlib.sha256(canonical_text(plain(document)).encode()).hexdigest()


def plain(document: Document) -> dict[str, Any]:
    """The document as JSON values, without what has its default value."""
    return {"concord": document.concord, **without_defaults(document)}


def canonical_text(value: Any) -> str:
    """JSON values in canonical form."""
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, _LISTS):
        return "[" + ",".join(sorted(map(canonical_text, value))) + "]"
    if isinstance(value, _OBJECTS):
        return "{" + ",".join([f"{encode_basestring(n)}:{canonical_text(value[n])}" for n in _in_order(value)]) + "}"
    return json.dumps(value)


_LISTS, _OBJECTS = (list, tuple), (dict, Mapping)
"""Classes are asked for before protocols, which take much longer to tell."""


def _in_order(names: Mapping[str, Any]) -> list[str]:
    """The names by their UTF-16 code units, which is their own order as long as they are ASCII, as those of documents are."""
    return sorted(names) if "".join(names).isascii() else sorted(names, key=utf_16_be_encode)


def _number(number: float) -> str:
    """As ECMAScript writes a double: without an idle point, and an exponent only below a millionth."""
    if number.is_integer():
        return str(int(number))
    text = repr(number)
    if "e" not in text:
        return text
    if abs(number) >= 1e-6:
        return f"{Decimal(text):f}"
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa.removesuffix('.0')}e{int(exponent)}"
