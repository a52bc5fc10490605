"""The annex of a board's report: each finding with its chain, evidence and doubts, the changes, the names, method, sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.domain.citations import reference
from app.domain.findings import Analysis, ChainLink, Finding, Recommendation, Resolution
from app.domain.headline import CONFLICTS
from app.domain.parameters import Parameters
from app.domain.terms import Level, from_level
from app.domain.verdicts import AuditReport, Verdict
from app.reports.board_words import BoardWords
from app.reports.text_finding import best_change
from app.reports.text_names import FAMILY, Names, Sources
from app.reports.text_recommendations import costs, proof

MOST_NAMES, MOST_CHANGES = 300, 40
_SURE_SIGN, _MOST_GUARDS = 0.9, 3


class Step(NamedTuple):
    """A step of a chain: what moves, how strongly and when, by what it is known, with the numbers of its sources, and why."""

    moves: str
    how: str
    known: str
    why: str


class Told(NamedTuple):
    """A finding in full."""

    number: int
    level: Level
    grade: str
    title: str
    about: str
    explanation: str
    begins: str
    steps: tuple[Step, ...]
    doubts: str
    rests_on: str
    helps: str


class Change(NamedTuple):
    """A change in full."""

    number: str
    title: str
    proof: str
    costs: str
    why: str
    risks: tuple[str, ...]


class NameRead(NamedTuple):
    """A name and what it was taken for."""

    name: str
    kind: str
    taken: str
    how: str
    certainty: str


class Annex(NamedTuple):
    """The annex; `cut`, `names_cut` and `low` say what is left out, empty where nothing is."""

    findings: tuple[Told, ...]
    cut: str
    low: str
    changes: tuple[Change, ...]
    changes_cut: str
    waived: tuple[tuple[str, ...], ...]
    departments: tuple[tuple[str, str, str], ...]
    names: tuple[NameRead, ...]
    names_cut: str
    assumptions: tuple[str, ...]
    method: tuple[str, ...]
    settings: tuple[str, ...]
    sources: tuple[tuple[int, str], ...]


def annex_of(
    report: AuditReport, names: Names, sources: Sources, words: BoardWords, bounds: Parameters, *, most_findings: int
) -> Annex:
    """The annex of one audit; at most so many findings are told."""
    analysis = report.analysis
    open_ = [verdict for verdict in report.verdicts if verdict.waiver is None]
    grave = [verdict for verdict in open_ if verdict.finding.level in from_level("medium")]
    told = tuple(
        _told(number, verdict, analysis.recommendations, names, sources, words)
        for number, verdict in enumerate(grave[:most_findings], 1)
    )
    low, more, left = len(open_) - len(grave), len(analysis.resolutions) - MOST_NAMES, len(grave) - len(told)
    changes = analysis.recommendations[:MOST_CHANGES]
    more_changes = len(analysis.recommendations) - len(changes)
    return Annex(
        findings=told,
        cut=words("annex_cut", told=len(told), all=len(grave)) if left else "",
        low=words("annex_low", n=low) if low else "",
        changes=tuple(_changes(changes, names, words)),
        changes_cut=words("more_findings", n=more_changes) if more_changes else "",
        waived=tuple(_waived(analysis, words)),
        departments=tuple(_departments(analysis, names, words)),
        names=tuple(name_read(one, names, words) for one in analysis.resolutions[:MOST_NAMES]),
        names_cut=words("names_cut", n=more) if more > 0 else "",
        assumptions=analysis.assumptions,
        method=tuple(_method(analysis, bounds, words)),
        settings=(*(words.not_run(one) for one in analysis.not_run), *report.notices),
        sources=tuple((number, reference(one, words.language)) for number, one in sources.used()),
    )


def _told(
    number: int,
    verdict: Verdict,
    recommendations: Sequence[Recommendation],
    names: Names,
    sources: Sources,
    words: BoardWords,
) -> Told:
    finding = verdict.finding
    state = words(verdict.baseline) if verdict.baseline else ""
    about = [names.parties(finding), words(finding.kind), finding.rule, finding.fingerprint, state]
    explanation = finding.explanation
    before, mark, _ = explanation.rpartition(words("rests_on_told"))
    best = best_change(finding, recommendations)
    place = {one.id: f"R{n} {one.title}" for n, one in enumerate(recommendations, 1)}
    return Told(
        number=number,
        level=finding.level,
        grade=words.grade(finding.level, finding.severity),
        title=finding.title,
        about=" · ".join(one for one in (*about, words.override(verdict)) if one),
        explanation=before.rstrip() if mark and finding.references else explanation,
        begins=words("begins", name=names.movement(finding.chain[0].source)) if finding.chain else "",
        steps=tuple(_step(link, names, sources, words) for link in finding.chain),
        doubts="; ".join(doubts(finding, names, words)),
        rests_on="; ".join(dict.fromkeys(sources.named(one) for one in finding.references)),
        helps=place[best.id] if best else no_change(finding, words),
    )


def no_change(finding: Finding, words: BoardWords) -> str:
    """That nothing was found to help; where two goals pull apart, somebody has to decide between them."""
    return words("no_change_found" if finding.kind in CONFLICTS else "nothing_tried")


def _step(link: ChainLink, names: Names, sources: Sources, words: BoardWords) -> Step:
    known = [words(link.evidence)]
    if link.support == "analogy":
        known.append(words("analogy"))
    if link.contested or link.counters:
        known.append(words("link_contested"))
    marks = sources.marks(link.citations)
    return Step(
        names.movement(link.target),
        f"{words(link.strength)}, {words.lag(link.lag_days)}",
        f"{', '.join(known)} {marks}".strip(),
        link.mechanism,
    )


def doubts(finding: Finding, names: Names, words: BoardWords) -> Iterator[str]:
    """How sure a finding is, and why one may hesitate to believe it."""
    yield words("sure_enough", share=words.share(finding.confidence))
    if finding.basis == "family":
        yield words("by_family")
    if finding.sign_reliability is not None and finding.sign_reliability < _SURE_SIGN:
        yield words("sign_unsure", share=words.share(finding.sign_reliability))
    if finding.contested:
        yield words("contested")
    if guards := sorted({names.subject(subject) for subject in finding.related}):
        yield words("held_by", names=words.listed(guards, _MOST_GUARDS))


def _changes(recommendations: Sequence[Recommendation], names: Names, words: BoardWords) -> Iterator[Change]:
    """Each with its proof and cost; why it helps and what may go wrong are told with the first change of a remedy."""
    first: dict[str, str] = {}
    for number, one in enumerate(recommendations, 1):
        before = first.setdefault(one.remedy, f"R{number}")
        why = one.rationale if before == f"R{number}" else words("reasons_as_in", ref=before)
        risks = one.risks if before == f"R{number}" else ()
        yield Change(f"R{number}", one.title, proof(one, words), costs(one, names), why, risks)


def _departments(analysis: Analysis, names: Names, words: BoardWords) -> Iterator[tuple[str, str, str]]:
    """How far each pulls towards what customers are owed, and how much of that it reaches; the worst first."""
    for one in sorted(analysis.departments, key=lambda d: (d.alignment is None, d.alignment or 0.0, d.key)):
        if one.alignment is None:
            yield names.department(one.key), words("reaches_nothing"), "–"
        else:
            yield names.department(one.key), words.signed(one.alignment), words.share(one.coverage)


def _waived(analysis: Analysis, words: BoardWords) -> Iterator[tuple[str, ...]]:
    for one in analysis.waived:
        yield (
            one.title,
            words(one.level),
            one.owner or words("no_owner"),
            words.day(one.expires) if one.expires else "–",
            one.reason or words("no_reason"),
        )


def name_read(one: Resolution, names: Names, words: BoardWords) -> NameRead:
    """A name, what it names, what it was taken for, how, and how sure."""
    kind = one.subject.kind if one.subject else "other"
    taken = "–"
    if one.metric is not None:
        taken = names.metric(one.metric)
        taken = words("opposite", name=taken) if one.inverted else taken
    elif one.family:
        taken = names.metric(FAMILY + one.family)
    return NameRead(
        one.name,
        words(f"thing_{kind}" if kind in ("kpi", "outcome", "component") else "thing_other"),
        taken,
        words(f"method_{one.method}"),
        words.share(one.score) if one.metric is not None else "–",
    )


def _method(analysis: Analysis, bounds: Parameters, words: BoardWords) -> Iterator[str]:
    starts = (("medium", bounds.level_medium), ("high", bounds.level_high), ("critical", bounds.level_critical))
    levels = ", ".join(words("from_level", level=words(level), severity=words.number(at)) for level, at in starts)
    yield words("method_how", catalogue=analysis.engine["catalogue"])
    yield words("method_severity", levels=levels[:1].upper() + levels[1:])
    yield words("method_evidence")
    yield words("method_limits")
