"""Pages that were made already and cannot have changed: kept in memory, the last ones asked for."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import NamedTuple

MOST = 256


class KeptPage(NamedTuple):
    """A page, plain and compressed."""

    body: bytes
    packed: bytes


class KeptPages:
    """Pages by what decides how they look."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._pages, self._lock = most, OrderedDict[Hashable, KeptPage](), Lock()

    def page(self, key: Hashable | None, make: Callable[[], bytes]) -> KeptPage:
        """The page of that key, made when it is not there; without a key it is made each time."""
        if key is None:
            return _kept(make())
        with self._lock:
            if (found := self._pages.get(key)) is not None:
                self._pages.move_to_end(key)
                return found
        made = _kept(make())
        with self._lock:
            self._pages[key] = made
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)
        return made


def _kept(body: bytes) -> KeptPage:
    return KeptPage(body, gzip.compress(body, 5, mtime=0))
