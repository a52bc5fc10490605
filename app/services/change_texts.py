"""Changes of a document in the words of whoever reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.domain.change_form import change_from_json
from app.domain.terms import Language
from app.reports.text_clauses import change_text
from app.reports.text_names import Names
from app.reports.text_words import Words


def told_changes(
    changes: Iterable[Mapping[str, Any]], before: Mapping[str, Any], after: Mapping[str, Any], language: Language
) -> list[dict[str, Any]]:
    """Changes as revisions keep them, each with its sentence as `text`. `before`, `after`: the documents between which they lie."""
    words = Words(language)
    names, old_names = Names(words, after, None), Names(words, before, None)
    return [{**change, "text": change_text(change_from_json(change), names, old_names)} for change in changes]
