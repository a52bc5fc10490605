"""ZIP archives that nobody vouches for: how many entries, and how big they may get, is known before anything is unpacked."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import NoReturn

from app.domain.faults import Fault, printable
from app.exchange.budgets import MOST_ENTRIES, MOST_UNPACKED_BYTES, MOST_UNPACKED_RATIO
from app.exchange.flaws import stop
from app.exchange.kinds import ZIP_MARK
from app.exchange.places import Place

_ENTRY_MARK = b"PK\x01\x02"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_SMALL = 100_000
"""Bytes up to which an entry may grow by any ratio: short repetitive tables pack that tight."""

_CHUNK = 65_536
_NO_DATE = (1980, 1, 1, 0, 0, 0)

_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, KeyError, IndexError, OverflowError,
    NotImplementedError, RuntimeError,
)  # fmt: skip
"""What reading a damaged archive raises."""


def is_archive(data: bytes) -> bool:
    """Whether the bytes begin as an archive does."""
    return data.startswith(ZIP_MARK)


class Archive:
    """The entries of an archive, by name. Stops for one that is damaged, locked or beyond the budgets.

    `damaged`: the code of the fault when it cannot be read.
    """

    def __init__(self, data: bytes, damaged: str = "not_an_archive") -> None:
        self._damaged = damaged
        if data.count(_ENTRY_MARK) > MOST_ENTRIES:
            _refuse("packed_too_much", reason="too_many_entries", most=MOST_ENTRIES)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED:
            _refuse(damaged, reason="no_archive")
        self._entries = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        self._check()

    @property
    def names(self) -> list[str]:
        """The names of the entries, in the archive's order."""
        return list(self._entries)

    def read(self, name: str) -> bytes:
        """What an entry holds."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """What an entry holds, piece by piece."""
        try:
            with self._zip.open(self._entries[name]) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except _DAMAGED:
            _refuse(self._damaged, reason="part_malformed", entry=printable(name))

    def _check(self) -> None:
        infos = self._zip.infolist()
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            _refuse(self._damaged, reason="encrypted")
        if any(info.compress_type not in _METHODS for info in infos):
            _refuse(self._damaged, reason="no_archive")
        if sum(info.file_size for info in infos) > MOST_UNPACKED_BYTES:
            _refuse("packed_too_much", reason="unpacks_too_big", most=MOST_UNPACKED_BYTES)
        for info in infos:
            if info.file_size > max(_SMALL, MOST_UNPACKED_RATIO * info.compress_size):
                _refuse(
                    "packed_too_much",
                    reason="packed_too_tight",
                    entry=printable(info.filename),
                    most=MOST_UNPACKED_RATIO,
                )


def _refuse(code: str, **details: object) -> NoReturn:
    stop(Fault((), code, details=details), Place())


def packed(files: Mapping[str, bytes]) -> bytes:
    """An archive of files. The same files give the same bytes: entries have no date of their own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _NO_DATE), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
