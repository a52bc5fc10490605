"""Lines of JSON that are kept together and read seldom, packed: lines that resemble each other take little room."""

from __future__ import annotations

import zlib
from collections.abc import Iterable


def packed(lines: Iterable[bytes]) -> bytes:
    """The lines, none of which has a line's end inside, as they are kept. It takes time: not while a transaction is open."""
    return zlib.compress(b"\n".join(line.rstrip(b"\n") for line in lines), 6)


def unpacked(body: bytes) -> list[bytes]:
    """The lines again."""
    return zlib.decompress(body).split(b"\n")
