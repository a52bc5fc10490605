"""Pages of lists that were made already, kept in memory by their addresses together with the state that they show.

Whoever finds a page here has read in the same request which state there is now, and shows the page only when it is that one: a page can be
forgotten, but not be out of date, whoever writes from whichever process.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import NamedTuple

MOST = 16 * 1024 * 1024
"""Bytes of pages that a process keeps, with what it takes to find them."""

_BESIDE = 1024
"""Bytes that a page takes beside its texts, generously."""


class ListPage(NamedTuple):
    """A page as it goes out: its JSON, its entity tag, and its links as a header."""

    body: bytes
    tag: str
    link: str


class _Kept(NamedTuple):
    state: Hashable
    page: ListPage
    size: int


class KeptLists:
    """The pages that were asked for last, as many as fit into `most` bytes; safe for threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self.size = most, 0
        self._kept: OrderedDict[tuple[str, str], _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def knows(self, workspace: str, address: str) -> bool:
        """Whether it is worth asking which state there is."""
        return (workspace, address) in self._kept

    def find(self, workspace: str, address: str, state: Hashable) -> ListPage | None:
        """The page at an address in a workspace, when the one that is kept shows that state; None is no state at all."""
        with self._lock:
            kept = self._kept.get((workspace, address))
            if kept is None or state is None or kept.state != state:
                return None
            self._kept.move_to_end((workspace, address))
            return kept.page

    def keep(self, workspace: str, address: str, state: Hashable, page: ListPage) -> None:
        """Keep a page instead of the one that was there; those that were not asked for longest go."""
        size = len(page.body) + len(page.link) + len(address) + _BESIDE
        with self._lock:
            self._let_go((workspace, address))
            self._kept[workspace, address] = _Kept(state, page, size)
            self.size += size
            while self.size > self._most:
                self._let_go(next(iter(self._kept)))

    def _let_go(self, key: tuple[str, str]) -> None:
        if (kept := self._kept.pop(key, None)) is not None:
            self.size -= kept.size
