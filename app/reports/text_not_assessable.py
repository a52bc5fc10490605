"""What each rule could not judge: on how much of what it looks at, and which facts it misses for whom."""

from __future__ import annotations

from collections import defaultdict

from app.domain.findings import Analysis, RuleOutcome
from app.reports.text_names import Names
from app.reports.text_page import Page

_MOST_SUBJECTS = 6


def write_not_assessable(page: Page, analysis: Analysis, names: Names) -> None:
    """One entry for each rule that lacks facts, by rule; columns are named as in `docs/fact-kinds.md`."""
    words = names.words
    page.heading(words("not_assessable_by_rule"))
    open_ = [outcome for outcome in analysis.rules if outcome.not_assessable_rows]
    if not open_:
        page.paragraph((words("everything_judged"), "good"))
    for outcome in open_:
        rows = words("rows_of", n=outcome.not_assessable_rows, rows=outcome.rows)
        page.labelled("•", (names.rule(outcome.id), "name"), (f"  {rows}", "aside"), gap=2)
        for missing, whom in _missing(outcome, names).items():
            lacking = ", ".join(missing)
            told = words("lacks", names=lacking, whom=words.listed(whom, _MOST_SUBJECTS)) if whom else lacking
            page.paragraph((told, "aside"), indent=4)


def _missing(outcome: RuleOutcome, names: Names) -> dict[tuple[str, ...], list[str]]:
    """Columns that are missing together → for whom, in the order of the rows."""
    found: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for row in outcome.not_assessable:
        found[row.missing].update(dict.fromkeys(names.subject(subject) for subject in row.subjects))
    return {missing: [*whom] for missing, whom in found.items()}
