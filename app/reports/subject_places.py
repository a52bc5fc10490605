"""Where in a file the subjects of its findings stand: a JSON pointer always, a line and a column in YAML and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from app.domain.findings import Finding, Subject
from app.domain.verdicts import AuditReport

MEASURE = "measure:"
"""Before the key of a component whose own measure is meant."""


class Spot(NamedTuple):
    """A line and a column, both from 1; columns count code points."""

    line: int
    column: int


class SubjectPlaces:
    """The places of one report's subjects; what cannot be found stands at the top of the document."""

    def __init__(self, report: AuditReport) -> None:
        self._report = report

    def pointer(self, subject: Subject) -> str:
        """The JSON pointer of a subject: `/incentive_plans/0/components/2`."""
        if subject.kind == "organization":
            return "/organization"
        if subject.key.startswith(MEASURE):
            return self._pointers.get(("component", subject.key.removeprefix(MEASURE)), "")
        return self._pointers.get((subject.kind, subject.key), "")

    def spot(self, subject: Subject | None) -> Spot | None:
        """Where a subject stands; None in files that have no lines."""
        at = self._report.place(self.pointer(subject) if subject else "")
        return Spot(*at) if at else None

    def of(self, finding: Finding) -> Spot | None:
        """Where a finding is shown: at its main subject."""
        return self.spot(main_subject(finding))

    @cached_property
    def _pointers(self) -> Mapping[tuple[str, str], str]:
        return dict(_pointers(self._report.raw))


def main_subject(finding: Finding) -> Subject | None:
    """What has to change: the subject itself, else the component that pays for the push, else the goal that pushes."""
    return min(finding.subjects, key=_rank, default=None)


def other_subjects(finding: Finding) -> tuple[Subject, ...]:
    """The other subjects and what is related, each once."""
    main = main_subject(finding)
    return tuple(dict.fromkeys(s for s in (*finding.subjects, *finding.related) if s != main))


def target_of(finding: Finding) -> Subject | None:
    """What suffers, where a finding has a target."""
    return next((subject for subject in finding.subjects if subject.role == "target"), None)


def _rank(subject: Subject) -> tuple[bool, bool, bool]:
    return subject.role != "subject", subject.kind != "component", subject.role != "source"


_SECTIONS = {"department": "departments", "kpi": "kpis", "outcome": "outcomes", "incentive_plan": "incentive_plans"}


def _pointers(raw: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], str]]:
    for kind, section in _SECTIONS.items():
        for index, item in _items(raw, section):
            yield (kind, str(item.get("key"))), f"/{section}/{index}"
    for plan, item in _items(raw, "incentive_plans"):
        for index, component in _items(item, "components"):
            yield ("component", str(component.get("key"))), f"/incentive_plans/{plan}/components/{index}"


def _items(holder: Any, member: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    listed = holder.get(member) if isinstance(holder, Mapping) else None
    if isinstance(listed, list | tuple):
        yield from ((index, item) for index, item in enumerate(listed) if isinstance(item, Mapping))
