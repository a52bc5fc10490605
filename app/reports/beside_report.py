"""All that a board's report tells beside the analysis: the parts that there are, and what could be added."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.verdicts import AuditReport, Beside
from app.reports.beside_assessments import Voice, assessments_part, perception_part
from app.reports.beside_customers import case_part, customers_part
from app.reports.beside_parts import Chapter, Part
from app.reports.beside_road import roadmap_part
from app.reports.board_words import BoardWords
from app.reports.text_names import Names, Sources


def chapter_of(report: AuditReport, names: Names, sources: Sources, words: BoardWords) -> Chapter | None:
    """The chapter; None where the document was audited without being kept, so that there is nothing beside it."""
    beside = report.beside
    if beside is None:
        return None
    voice = voice_of(report, names, sources, words)
    parts = [one for one in _parts(beside, voice) if one is not None]
    lacking = [words(name) for name in _lacking(beside)]
    return Chapter(parts, words("could_add", names="; ".join(lacking)) if lacking else "")


def voice_of(report: AuditReport, names: Names, sources: Sources, words: BoardWords) -> Voice:
    """How things are called in a report."""
    numbers = {one.id: f"R{number}" for number, one in enumerate(report.analysis.recommendations, 1)}
    return Voice(names, sources, words, numbers)


def _parts(beside: Beside, voice: Voice) -> Iterator[Part | None]:
    yield assessments_part(beside.assessments, voice)
    yield perception_part(beside.assessments, voice)
    if beside.customers is not None:
        yield customers_part(beside.customers, voice)
    elif beside.customers_unfit:
        yield Part(voice.words("customer_asset"), (voice.words("customers_unfit"),))
    if beside.case is not None:
        yield case_part(beside.case, voice)
    if beside.roadmap is not None:
        yield roadmap_part(beside.roadmap, voice)


def _lacking(beside: Beside) -> Iterator[str]:
    perceived = ["perception" in one.said["result"] for one in beside.assessments]
    there = {
        "add_assessment": not all(perceived) if perceived else False,
        "add_perception": any(perceived),
        "add_customers": beside.customers is not None or beside.customers_unfit,
        "add_case": beside.case is not None,
        "add_roadmap": beside.roadmap is not None,
    }
    yield from (name for name, is_there in there.items() if not is_there)
