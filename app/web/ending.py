"""The end of the process: known from the moment at which it is told to end, and over in time whatever still computes."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from types import FrameType

log = logging.getLogger("concord.ending")

FAREWELL = 2
"""Seconds that jobs get to come to an end when the requests have; the others are handed back."""

_LAST = 1
"""Seconds that are left for connections to be closed, and as many for the process to go."""


def seconds_for_requests(within: int) -> int:
    """How long running requests may take, for the process to be gone within so many seconds."""
    return max(0, within - FAREWELL - 2 * _LAST)


def when_told_to_end(begin: Callable[[], None], *, within: float) -> None:
    """Have `begin` called as soon as SIGTERM comes, before the server does what it does then; the process is gone
    `within` so many seconds.

    A thread that computes cannot be interrupted: what it would have answered was not acknowledged to anybody. Does nothing where no server
    handles the signal.
    """
    handled = signal.getsignal(signal.SIGTERM)
    if not callable(handled) or threading.current_thread() is not threading.main_thread():
        return

    def told(number: int, frame: FrameType | None) -> None:
        begin()
        last = threading.Timer(max(0, within - _LAST), _leave)
        last.daemon = True
        last.start()
        handled(number, frame)

    signal.signal(signal.SIGTERM, told)


def end_with_parent() -> None:
    """End as if told to when the process goes that has started this one to serve beside others.

    Nobody would look after it any more, and its address would not be free for those who come next. Does nothing in a process that serves
    alone.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="parent", daemon=True).start()


def _leave() -> None:
    log.warning("what is still computed is in vain")
    os._exit(0)
