"""API keys: `cnc_<environment>_<8 lookup>_<43 secret><6 checksum>`, in base 62.

The lookup part finds the key among those that are kept; the secret carries 256 random bits; the checksum is the CRC-32 of all before it, so
that typos are refused without a look-up and scanners for leaked secrets can tell a key from text that only looks like one. Kept are
the lookup part, the SHA-256 of the whole (256 random bits need no slow hash) and the last four characters.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import zlib
from dataclasses import dataclass, field

PATTERN = r"cnc_[a-z][a-z0-9]{0,11}_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}"
"""What every key looks like, for scanners."""

RANDOM_BYTES = 40
"""How many random bytes a key is made from: 8 for the lookup part, 32 for the secret."""

LONGEST = 77
"""Characters of the longest key."""

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_LOOKUP, _SECRET, _CHECKSUM = 8, 43, 6
_ENVIRONMENT = re.compile("[a-z][a-z0-9]{0,11}")
_KEY = re.compile(PATTERN)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made. `text` is shown once and kept nowhere; the rest is kept."""

    text: str = field(repr=False)
    lookup: str
    hash: bytes = field(repr=False)
    last4: str


@dataclass(frozen=True, slots=True)
class ParsedKey:
    """What a presented key says about itself. That it exists and is the very one is still to be shown."""

    environment: str
    lookup: str
    hash: bytes = field(repr=False)


def key_from(random_bytes: bytes, env: str) -> NewKey:
    """The key that 40 random bytes make; `env` tells keys of one installation from those of another (`live`, `test`).

    Raises ValueError for another number of bytes, or when `env` is not 1–12 lower-case letters and digits that begin with a letter.
    """
    if len(random_bytes) != RANDOM_BYTES:
        raise ValueError(f"a key is made from {RANDOM_BYTES} random bytes, not {len(random_bytes)}")
    if not _ENVIRONMENT.fullmatch(env):
        raise ValueError(f"the environment of a key is 1–12 lower-case letters and digits, a letter first, not {env!r}")
    lookup = _base62(random_bytes[:8], _LOOKUP)
    unchecked = f"cnc_{env}_{lookup}_{_base62(random_bytes[8:], _SECRET)}"
    text = unchecked + _checksum(unchecked)
    return NewKey(text, lookup, hash_of(text), text[-4:])


def parse_key(text: str) -> ParsedKey | None:
    """The parts of a key; None for what is none, such as a key with a typo."""
    if len(text) > LONGEST or not _KEY.fullmatch(text) or _checksum(text[:-_CHECKSUM]) != text[-_CHECKSUM:]:
        return None
    _, environment, lookup, _ = text.split("_")
    return ParsedKey(environment, lookup, hash_of(text))


def hash_of(text: str) -> bytes:
    """The hash under which a key is kept: SHA-256, 32 bytes."""
    return hashlib.sha256(text.encode()).digest()


def same_hash(presented: bytes, kept: bytes) -> bool:
    """Whether two hashes are equal, in a time that does not tell how much of them is."""
    return hmac.compare_digest(presented, kept)


def _checksum(text: str) -> str:
    return _base62(zlib.crc32(text.encode()).to_bytes(4, "big"), _CHECKSUM)


def _base62(data: bytes, length: int) -> str:
    """The bytes as a number in base 62, its last `length` digits."""
    number, digits = int.from_bytes(data, "big"), ""
    for _ in range(length):
        number, digit = divmod(number, len(_ALPHABET))
        digits = _ALPHABET[digit] + digits
    return digits
