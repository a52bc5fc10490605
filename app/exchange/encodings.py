"""Which encoding a text that is not UTF-8 seems to have, so that people know what to look for when they save it again."""

from __future__ import annotations

from collections.abc import Mapping

_LOOKED_AT = 65_536
_USUAL = frozenset("äöüßÄÖÜéèàç€–„“”’")
_POSSIBLE = frozenset("êâñáíóúôîëïåøæÅØÆÉÀ—‚‘…·•°§½²³×±«»")
"""Letters and signs that texts of Western Europe have, often and now and then; an encoding that shows many others is not the one."""

_ENCODINGS: Mapping[str, str] = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "MS-DOS (code page 850)"}
"""What spreadsheets write instead of UTF-8, the likeliest first."""


def likely_encoding(data: bytes) -> str:
    """The name of the encoding in which the letters beyond ASCII are most usual."""
    beyond = bytes(byte for byte in data[:_LOOKED_AT] if byte >= 0x80) or data[-1:]

    def usual(codec: str) -> int:
        return sum(3 * (letter in _USUAL) + (letter in _POSSIBLE) for letter in beyond.decode(codec, "replace"))

    return _ENCODINGS[max(_ENCODINGS, key=usual)]
