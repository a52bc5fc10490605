"""Documents in pieces, kept in memory by the very bytes that are stored of them: what they say depends on nothing else, so nothing that is
kept here can be out of date, whoever writes.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from app.domain.document.pieces import Pieces

MOST = 8 * 1024 * 1024
"""Bytes of stored documents; what is made of them takes about twenty times as much."""


class KeptDocuments:
    """The documents that were written last, as many as fit into `most` bytes."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[bytes, Pieces] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, body: bytes) -> Pieces | None:
        """The document that is stored so, when it is kept."""
        with self._lock:
            pieces = self._kept.get(body)
            if pieces is not None:
                self._kept.move_to_end(body)
            return pieces

    def keep(self, body: bytes, pieces: Pieces, *, instead_of: bytes | None = None) -> None:
        """Keep a document, `instead_of` the one that it follows; those that were not asked for longest go."""
        with self._lock:
            self._let_go(instead_of)
            self._let_go(body)
            self._kept[body] = pieces
            self._size += len(body)
            while self._size > self._most:
                self._let_go(next(iter(self._kept)))

    def _let_go(self, body: bytes | None) -> None:
        if body is not None and self._kept.pop(body, None) is not None:
            self._size -= len(body)
