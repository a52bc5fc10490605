"""What an embed is to show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.domain.embeds import View
from app.domain.terms import Language


class Wish(NamedTuple):
    """What is to be shown: which view of which organization, narrowed by what, in which language, with or without figures of pay."""

    view: View
    organization: str
    filters: Mapping[str, Any]
    language: Language
    with_pay: bool
