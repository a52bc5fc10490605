"""Numbers as JSON writes them."""

from __future__ import annotations

import math
import re

from app.domain.faults import Fault
from app.exchange.budgets import MOST_DIGITS

JSON_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")


def json_number(found: re.Match[str]) -> int | float | Fault:
    """The number that was found, or what is wrong with it: too many digits, or beyond what a number can be."""
    written = found[0]
    if len(written) - sum(map(written.count, "-+.eE")) > MOST_DIGITS:
        return Fault((), "too_many_digits", details={"most": MOST_DIGITS})
    if found[1] is None and found[2] is None:
        return int(written)
    value = float(written)
    return Fault((), "not_finite", written, "finite") if math.isinf(value) else value
