"""The valid names nearest to a wrong one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

LIKE = 62.0
"""How alike (0–100) two names must be to be called near."""

_MOST_OPTIONS = 5_000
_LONGEST = 100
_LONGEST_KEY = 63
_SPELT_OUT = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"}


def nearest(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Up to `most` known names that look like `name`, the likest first.

    Case, spaces and separators do not count (`Incentive Plans` is near `incentive_plans`); a name that contains the other counts as
    near. Long names and long lists are cut, so that this stays cheap.
    """
    from rapidfuzz.distance import OSA

    wanted = _folded(name[:_LONGEST])
    if not wanted:
        return []
    scored = []
    for option in sorted({k for k in known if k})[:_MOST_OPTIONS]:
        folded = _folded(option)
        score = 100.0 * OSA.normalized_similarity(wanted, folded, score_cutoff=LIKE / 100)
        if score < LIKE and _contains(wanted, folded):
            score = LIKE
        if score >= LIKE:
            scored.append((-score, option))
    return [option for _, option in sorted(scored)[:most]]


def nearest_key(text: str) -> str | None:
    """The key that a name comes closest to: `Customer Service` is `customer-service`; None where nothing is left of it."""
    words = "".join(
        c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in text.strip().lower().translate(_SPELT_OUT)
    )
    key = "-".join(word for word in words.split("-") if word).lstrip("._-")[:_LONGEST_KEY]
    return key or None


def _contains(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= 4 and short in long


@lru_cache(maxsize=16_384)
def _folded(name: str) -> str:
    return "".join(c for c in name[:_LONGEST].casefold() if c.isalnum())
