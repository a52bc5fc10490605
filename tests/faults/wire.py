"""A wire between the service and its database that a test can cut, or let swallow everything."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Wire:
    """Listens on a TCP port and passes everything on to the socket of a PostgreSQL server."""

    def __init__(self, server: Path) -> None:
        self._server = server
        self._flows = threading.Event()
        self._flows.set()
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def swallow(self) -> None:
        """From now on connections are there, new ones too, and nothing that is sent arrives."""
        self._flows.clear()

    def flow(self) -> None:
        """Everything arrives again, what was swallowed as well."""
        self._flows.set()

    def close(self) -> None:
        """Cut every connection, and take no more."""
        self._flows.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.socket(socket.AF_UNIX)
                self._open += [near, far]
                try:
                    far.connect(str(self._server))
                except OSError:
                    near.close()
                    continue
                for source, target in ((near, far), (far, near)):
                    threading.Thread(target=self._pass, args=(source, target), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                self._flows.wait()
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)


@contextmanager
def wire(server: Path) -> Iterator[Wire]:
    """A wire that is there while the block is."""
    opened = Wire(server)
    try:
        yield opened
    finally:
        opened.close()
