"""Styles and scripts of pages, each under an address that holds a hash of its content, so that browsers may keep it for ever."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "static"
_MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript"}


class Asset(NamedTuple):
    """A file: its name with the hash in it, and what it holds, plain and compressed."""

    name: str
    hashed: str
    media_type: str
    body: bytes
    packed: bytes


@lru_cache(maxsize=1)
def assets() -> Mapping[str, Asset]:
    """Every file by its plain name."""
    return {file.name: _asset(file) for file in sorted(_FOLDER.iterdir()) if file.suffix in _MEDIA_TYPES}


@lru_cache(maxsize=1)
def by_hashed_name() -> Mapping[str, Asset]:
    """Every file by the name that holds its hash."""
    return {asset.hashed: asset for asset in assets().values()}


def _asset(file: Path) -> Asset:
    body = file.read_bytes()
    digest = hashlib.sha256(body).hexdigest()[:16]
    packed = gzip.compress(body, 9, mtime=0)
    return Asset(file.name, f"{file.stem}-{digest}{file.suffix}", _MEDIA_TYPES[file.suffix], body, packed)
