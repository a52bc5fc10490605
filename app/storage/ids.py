"""Ids of what the system makes: a prefix and a UUIDv7 (RFC 9562) in base32, so that ids made later sort later."""

from __future__ import annotations

import secrets
from datetime import datetime

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base32, in lower case and in ascending order."""

_LENGTH = 26


def new_id(prefix: str, at: datetime) -> str:
    """An id that nobody has had: `ana_01kb…`, 26 letters and digits after the prefix."""
    milliseconds = int(at.timestamp() * 1000) & (1 << 48) - 1
    number = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return f"{prefix}_{base32(number)}"


def base32(number: int) -> str:
    """A number of 128 bits in 26 digits."""
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH)))
