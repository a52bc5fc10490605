"""What was read of a file: values, their places, what is wrong with the file itself, and the sheets that it came from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from app.exchange.flaws import Flaw
from app.exchange.places import Places

if TYPE_CHECKING:
    from app.exchange.tables import ReadRow, Table


class Reading(NamedTuple):
    """What was read of a file. `judged`: enough, so that the document can be checked beside the flaws. `tables` and `rows`: the sheets
    that it came from; `flat`: they were one, with a row for each component."""

    raw: Any
    places: Places
    flaws: Sequence[Flaw]
    judged: bool
    tables: Sequence[Table] = ()
    rows: Sequence[ReadRow] = ()
    flat: bool = False
