"""How an answer for people is to look."""

from __future__ import annotations

from typing import NamedTuple


class Looks(NamedTuple):
    """Columns, colour; `brief`: the summary and a line for each finding; `everything`: all of it; `not_assessable`: by rule, too."""

    width: int = 80
    colour: bool = False
    brief: bool = False
    everything: bool = False
    with_recommendations: bool = True
    not_assessable: bool = False
