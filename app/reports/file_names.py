"""Names of files in reports: as text that can always be written, and as URI references."""

from __future__ import annotations

import re
from urllib.parse import quote

_DRIVE = re.compile(r"[A-Za-z]:/")


def written_name(file: str) -> str:
    """The name with slashes; bytes that are no UTF-8 are replaced."""
    return file.encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\\", "/").removeprefix("./")


def uri_of(file: str) -> str:
    """The name as a URI reference (RFC 3986): relative ones stay relative to the folder from which the audit ran."""
    path = file.replace("\\", "/").removeprefix("./")
    if _DRIVE.match(path):
        return f"file:///{path[:2]}{_quoted(path[2:])}"
    return f"file://{_quoted(path)}" if path.startswith("/") else _quoted(path)


def _quoted(path: str) -> str:
    return quote(path, safe="/", errors="surrogateescape")
