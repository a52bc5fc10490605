"""The top of the report: whose document, the headline, the alignment index in words, counts, and the departments one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from app.domain.findings import Analysis, DepartmentView
from app.domain.terms import LEVELS
from app.domain.verdicts import each
from app.reports.text_line import Piece, padded
from app.reports.text_names import Names
from app.reports.text_page import Page
from app.reports.text_words import Words

KINDS = (
    "goal_conflict", "outcome_conflict", "internal_tension", "incentive_flaw", "governance_gap", "measurement_gap",
)  # fmt: skip

_ALIGNED = (
    (0.75, "aligned"), (0.4, "mostly_aligned"), (0.1, "partly_aligned"), (-0.1, "neutral"), (-0.4, "partly_against"),
    (-0.75, "mostly_against"),
)  # fmt: skip
"""From which index on which words hold; the words are the report's, the number is semantics §5."""

_GAP, _LABEL, _BAR = 12, 30, 21


def write_summary(page: Page, analysis: Analysis, names: Names) -> None:
    """The analysis in one look."""
    words = names.words
    page.sides((names.organization, "title"), (words("as_of", day=words.day(analysis.as_of)), "aside"))
    page.rule()
    page.paragraph((analysis.summary.headline, "title"))
    page.blank()
    page.labelled((words("alignment"), "label"), *alignment_pieces(analysis.summary.alignment_index, words), gap=_GAP)
    page.labelled((words("findings"), "label"), *levels_pieces(analysis.summary.levels, words), gap=_GAP)
    if kinds := kinds_text(analysis.summary.kinds, words):
        page.labelled("", (kinds, "aside"), gap=_GAP)
    if standing := standing_text(analysis, words):
        page.labelled("", (standing, "aside"), gap=_GAP)
    _departments(page, analysis, names)


def alignment_pieces(index: float | None, words: Words) -> list[Piece]:
    """The index as a number and in words."""
    if index is None:
        return [(words("no_alignment"), "medium")]
    text = next((name for least, name in _ALIGNED if index >= least), "against")
    return [(words.signed(index), _style(index)), f"  {words(text)}"]


def kinds_text(kinds: Mapping[str, int], words: Words) -> str:
    """How many findings of which kind."""
    return " · ".join(words(f"{kind}s", n=kinds[kind]) for kind in KINDS if kinds.get(kind))


def standing_text(analysis: Analysis, words: Words) -> str:
    """How many findings are new and how many known from a baseline, where there is one, and how many somebody accepted."""
    standing = Counter(finding.baseline for finding in each(analysis.findings) if finding.baseline)
    counted = (
        ("new_count", standing["new"]), ("known_count", standing["unchanged"]), ("waived_count", len(analysis.waived)),
    )  # fmt: skip
    return " · ".join(words(name, n=number) for name, number in counted if number)


def levels_pieces(levels: Mapping[str, int], words: Words) -> list[Piece]:
    """How many findings of which level, the worst first."""
    counted = [(level, levels.get(level, 0)) for level in reversed(LEVELS)]
    pieces: list[Piece] = []
    for level, count in counted:
        if count:
            pieces += [" · "] if pieces else []
            pieces.append((f"{count} {words(level)}", level))
    return pieces or [(words("no_findings"), "good")]


def _departments(page: Page, analysis: Analysis, names: Names) -> None:
    """A scale for each department, worst first; those that reach no outcome at the end."""
    if not analysis.departments:
        return
    words = names.words
    page.blank()
    longest = max(len(names.department(d.key)) for d in analysis.departments)
    label = min(_LABEL, max(10, longest))
    for department in sorted(analysis.departments, key=_worst_first):
        name = (padded(names.department(department.key), label) + "  ", "name")
        if department.alignment is None:
            page.row(name, (words("reaches_nothing"), "aside"))
            continue
        number = padded(words.signed(department.alignment), 5, right=True)
        reached = words("reaches", share=words.share(department.coverage))
        style = _style(department.alignment)
        page.row(name, (number, style), "  ", *_scale(department.alignment, style), "  ", (reached, "aside"))
    page.paragraph((words("scale"), "aside"))


def _worst_first(department: DepartmentView) -> tuple[bool, float, str]:
    known = department.alignment is not None
    return (not known, department.alignment or 0.0, department.key)


def _scale(value: float, style: str) -> list[Piece]:
    """A number from −1 to 1 as a place on a line."""
    at = round((value + 1) / 2 * (_BAR - 1))
    line = ["─"] * _BAR
    line[_BAR // 2] = "┼"
    return [("├" + "".join(line[:at]), "aside"), ("●", style), ("".join(line[at + 1 :]) + "┤", "aside")]


def _style(value: float) -> str:
    return "good" if value >= 0.1 else "medium" if value > -0.1 else "bad"
