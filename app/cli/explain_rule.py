"""`concord explain RULE FILE`: how one rule judges a document, row by row."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING

from app.cli import terminal
from app.cli.inputs import one_input
from app.cli.problems import problems_of
from app.domain.terms import Language

if TYPE_CHECKING:
    from app.domain.rulebook import Rulebook


def explain_rule(
    rule: str, file: str, *, as_of: date, language: Language, colour: bool, rulebook: Rulebook | None = None
) -> None:
    """Tell what matches, what nearly does and what cannot be judged, each with what decided. Raises Unknown for no rule."""
    from app.reports.text_verdicts import TellableRow, verdicts_page
    from app.services.rule_verdicts import judge

    given = one_input(file)
    with problems_of(given, language):
        judged = judge(given.read(), rule, as_of=as_of, language=language, rulebook=rulebook)
    rows = [TellableRow(*row) for row in judged.rows]
    page = verdicts_page(judged.rule, rows, language=language, width=terminal.width(sys.stdout))
    terminal.answer(page.text(colour=colour))
