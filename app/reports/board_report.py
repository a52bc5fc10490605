"""What a board is told of an analysis, as finished texts: page 1 what it must know, page 2 what to decide, and the annex.

Markdown and PDF only lay it out. Every figure comes from the values that the JSON is written from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.domain.catalogue import Catalogue
from app.domain.findings import Analysis, DepartmentView, Finding, MatrixCell, Recommendation
from app.domain.headline import CONFLICTS
from app.domain.parameters import Parameters, parameters
from app.domain.terms import LEVELS, Level
from app.domain.verdicts import AuditReport
from app.reports.beside_parts import Chapter
from app.reports.beside_report import chapter_of
from app.reports.board_annex import Annex, annex_of, no_change
from app.reports.board_reliance import reliance, unjudged
from app.reports.board_words import BoardWords
from app.reports.reread import as_in_json
from app.reports.text_finding import best_change
from app.reports.text_names import Names, Sources
from app.reports.text_recommendations import costs
from app.reports.text_summary import alignment_pieces, kinds_text

_ARROW = "\u00a0→\u00a0"
MOST_GRAVE, MOST_DECISIONS, MOST_PAIRS, MOST_PAIRS_IN_ANNEX = 3, 5, 10, 100


class Mark(NamedTuple):
    """Who can see from which analysis a page is."""

    analysis: str
    content: str
    day: str
    made_by: str

    @property
    def line(self) -> str:
        """The mark of a page, in one line."""
        return f"{self.analysis} · {self.content} · {self.day}"


class Grave(NamedTuple):
    """One of the gravest conflicts: a sentence, and the change that is proved to help with what it does; empty where none was found."""

    level: Level
    grade: str
    sentence: str
    change: str
    proof: str


class Decision(NamedTuple):
    """A change to decide on, in a row."""

    number: str
    title: str
    why: str
    severities: str
    alignment: str
    clears: str
    costs: str


class Pair(NamedTuple):
    """Who works against whom, in a row."""

    source: str
    target: str
    level: Level
    said: str
    severity: str
    found: str


class BoardReport(NamedTuple):
    """The report of one document."""

    organization: str
    mark: Mark
    headline: str
    alignment: str
    """The index with its sign; empty where it is not known."""
    alignment_said: str
    alignment_means: str
    levels: tuple[tuple[Level, str], ...]
    """Level → how many findings, the worst first."""
    kinds: str
    pairs: tuple[Pair, ...]
    grave_title: str
    grave: tuple[Grave, ...]
    decisions: tuple[Decision, ...]
    more_decisions: str
    unjudged: tuple[str, ...]
    reliance: tuple[str, ...]
    beside: Chapter | None
    """What is kept beside the analysis; None where nothing can be."""
    annex: Annex
    departments: tuple[DepartmentView, ...]
    matrix: tuple[MatrixCell, ...]
    bounds: Parameters
    names: Names


def board_report(report: AuditReport, catalogue: Catalogue, *, most_findings: int) -> BoardReport:
    """The report of one audit; its annex tells at most so many findings."""
    report = as_in_json(report)
    words, analysis = BoardWords(report.language), report.analysis
    names = Names(words, report.raw, catalogue, analysis.resolutions)
    bounds = parameters(dict(analysis.engine.get("parameters", {})))
    index = analysis.summary.alignment_index
    said = "".join(piece if isinstance(piece, str) else piece[0] for piece in alignment_pieces(index, words))
    shown = "" if index is None else words.signed(index)
    conflicts = [finding for finding in analysis.findings if finding.kind in CONFLICTS]
    left = len(analysis.recommendations) - MOST_DECISIONS
    sources = Sources(names)
    beside = chapter_of(report, names, sources, words)
    could_add = (beside.lacking,) if beside is not None and not beside.parts else ()
    return BoardReport(
        organization=names.organization,
        mark=mark_of(report, words),
        headline=analysis.summary.headline,
        alignment=shown,
        alignment_said=said.removeprefix(shown).strip(),
        alignment_means=words("index_means", scale=words("scale")),
        levels=tuple((level, f"{n} {words(level)}") for level in reversed(LEVELS) if (n := _count(analysis, level))),
        kinds=kinds_text(analysis.summary.kinds, words),
        pairs=tuple(_pairs(analysis, bounds, names, words)),
        grave_title=words("gravest_conflicts" if conflicts or not analysis.findings else "gravest_findings"),
        grave=tuple(_grave(one, analysis.recommendations, words) for one in _gravest(conflicts or analysis.findings)),
        decisions=tuple(decisions(analysis.recommendations[:MOST_DECISIONS], names, words)),
        more_decisions=words("more_changes", n=left) if left > 0 else "",
        unjudged=(*unjudged(analysis, names, words), *could_add),
        reliance=tuple(reliance(analysis, words)),
        beside=beside if beside is not None and beside.parts else None,
        annex=annex_of(report, names, sources, words, bounds, most_findings=most_findings),
        departments=analysis.departments,
        matrix=analysis.matrix,
        bounds=bounds,
        names=names,
    )


def mark_of(report: AuditReport, words: BoardWords) -> Mark:
    """Which analysis of which content and day."""
    analysis, engine = report.analysis, report.analysis.engine
    day = words.day(analysis.as_of)
    return Mark(
        words("analysis", id=report.id) if report.id else words("not_stored"),
        words("content", hash=analysis.content_hash),
        words("as_of", day=day),
        words("made_by", engine=engine["version"], catalogue=engine["catalogue"], day=day),
    )


def decisions(recommendations: Sequence[Recommendation], names: Names, words: BoardWords) -> Iterator[Decision]:
    """The changes, numbered as everywhere in the report; a reason that several share is told with the first."""
    told: set[str] = set()
    for number, one in enumerate(recommendations, 1):
        effect = one.effect
        yield Decision(
            number=f"R{number}",
            title=one.title,
            why="" if one.rationale in told else one.rationale,
            severities=severities(one, words),
            alignment=_moves(effect.alignment_before, effect.alignment_after, words),
            clears=does(one, words),
            costs=costs(one, names),
        )
        told.add(one.rationale)


def severities(one: Recommendation, words: BoardWords) -> str:
    """The sum of severities before and after a change, and by how much it went down."""
    before, after = one.effect.severity_before, one.effect.severity_after
    return f"{words.number(before)}{_ARROW}{words.number(after)} ({words.change_of(before, after)})"


def does(one: Recommendation, words: BoardWords) -> str:
    """How many findings a change removes, weakens and worsens."""
    effect = one.effect
    counts = {"removed": effect.removed, "weakened": effect.weakened, "worsened": effect.worsened}
    return words("does", **{name: len(keys) for name, keys in counts.items()})


def _moves(before: float | None, after: float | None, words: BoardWords) -> str:
    """The index before and after, once where it reads the same."""
    if before is None or after is None:
        return "–"
    shown = [words.signed(before), words.signed(after)]
    return _ARROW.join(dict.fromkeys(shown))


def _count(analysis: Analysis, level: Level) -> int:
    return analysis.summary.levels.get(level, 0)


def _gravest(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda one: (-LEVELS.index(one.level), -one.severity, one.fingerprint))[:MOST_GRAVE]


def _grave(finding: Finding, recommendations: Sequence[Recommendation], words: BoardWords) -> Grave:
    best = best_change(finding, recommendations)
    grade = words.grade(finding.level, finding.severity)
    if best is None:
        return Grave(finding.level, grade, finding.title, "", no_change(finding, words))
    number = next(n for n, one in enumerate(recommendations, 1) if one.id == best.id)
    before, after = best.effect.severity_before, best.effect.severity_after
    sums = {"before": words.number(before), "after": words.number(after), "share": words.change_of(before, after)}
    proof = [words("severity_moves", **sums)]
    if finding.fingerprint in best.effect.removed:
        proof.append(words("this_gone"))
    elif finding.fingerprint in best.effect.weakened:
        proof.append(words("this_weaker"))
    change = words("helps_proved", title=f"R{number} {best.title}")
    return Grave(finding.level, grade, finding.title, change, "; ".join(proof))


def _pairs(analysis: Analysis, bounds: Parameters, names: Names, words: BoardWords) -> Iterator[Pair]:
    for cell in sorted(analysis.matrix, key=lambda cell: (-cell.severity, cell.source, cell.target)):
        level = bounds.level(cell.severity)
        yield Pair(
            names.department(cell.source),
            names.department(cell.target),
            level,
            words(level),
            words.severity(cell.severity),
            words.count(cell.count),
        )
