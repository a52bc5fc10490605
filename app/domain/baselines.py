"""Findings that are known and left for now: a run fails by what is new, and says what was fixed but is still listed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from app.domain.findings import Analysis, Finding
from app.domain.terms import LEVELS, Language, Level
from app.domain.verdicts import each


class Known(NamedTuple):
    """A finding as a baseline lists it. Only the fingerprint that it is listed under has a meaning; the rest is for readers."""

    rule: str
    level: Level
    subjects: tuple[str, ...]
    """`kind key`, by kind and key."""
    title: str


class Listed(NamedTuple):
    """What is known of one document. `file`: relative to the folder of the baseline; `organization`: its key, else its name."""

    file: str
    organization: str
    findings: Mapping[str, Known]
    """Fingerprint → finding."""


class Baseline(NamedTuple):
    """What is known of all documents, by file."""

    documents: tuple[Listed, ...] = ()

    def of(self, file: str, organization: str, audited: Collection[str]) -> Listed | None:
        """What is known of a document: by its file, or by its organization where the file that is listed is none of those `audited`.

        So a document may be moved, or its organization renamed, but not both at once.
        """
        for listed in self.documents:
            if listed.file == file:
                return listed
        moved = [x for x in self.documents if x.organization == organization and x.file not in audited]
        return moved[0] if len(moved) == 1 else None


class Run(NamedTuple):
    """A document as audited against what was known of it (None: nothing)."""

    file: str
    organization: str
    analysis: Analysis
    before: Listed | None


class Update(NamedTuple):
    """A baseline made anew, and what came and went."""

    baseline: Baseline
    added: int
    removed: int


def fixed(run: Run) -> list[tuple[str, Known]]:
    """What is listed of a document and is no longer found in it, whatever was selected; by fingerprint."""
    found = {one.fingerprint for one in run.analysis.seen}
    known = run.before.findings if run.before else {}
    return [(fingerprint, one) for fingerprint, one in sorted(known.items()) if fingerprint not in found]


def worsened(run: Run) -> list[tuple[Finding, Level]]:
    """Known findings that are graver now than when they were listed, with their level then; worst first."""
    known = run.before.findings if run.before else {}
    return [
        (finding, known[finding.fingerprint].level)
        for finding in each(run.analysis.findings)
        if finding.fingerprint in known and LEVELS.index(finding.level) > LEVELS.index(known[finding.fingerprint].level)
    ]


def updated(before: Baseline, runs: Sequence[Run], gone: Collection[str] = ()) -> Update:
    """The baseline that lists every open finding of the documents that were audited.

    Findings that were listed and are still there but were not selected stay listed, and so do documents that were not audited, except
    those whose files are `gone`.
    """
    replaced = {run.before.file for run in runs if run.before} | {run.file for run in runs}
    kept = [x for x in before.documents if x.file not in replaced and x.file not in gone]
    made = [Listed(run.file, run.organization, _listed(run)) for run in runs]
    after = Baseline(tuple(sorted((*kept, *(x for x in made if x.findings)), key=lambda x: x.file)))
    old, new = _entries(before, runs), _entries(after, ())
    return Update(after, len(new - old), len(old - new))


def told(run: Run, place: str, language: Language) -> list[str]:
    """What a reader must know of the baseline: what was fixed and is still listed, what has become graver. `place`: the file it is in."""
    said = []
    for fingerprint, known in fixed(run):
        what = _say(
            language,
            f"fixed but still listed: {known.rule} {fingerprint} {known.title}; --update-baseline takes it off",
            f"behoben, aber noch aufgeführt: {known.rule} {fingerprint} {known.title}; --update-baseline streicht es",
        )
        said.append(f"{place}: {what}")
    for finding, level in worsened(run):
        what = _say(
            language,
            f"known, and worse than when it was listed: {finding.rule} {finding.fingerprint} {finding.title}; "
            f"was {level}, is {finding.level}",
            f"bekannt, aber schlimmer als bei der Aufnahme: {finding.rule} {finding.fingerprint} {finding.title}; "
            f"war {level}, ist {finding.level}",
        )
        said.append(f"{place}: {what}")
    return said


def _listed(run: Run) -> dict[str, Known]:
    listed = {finding.fingerprint: _known(finding) for finding in each(run.analysis.findings)}
    accepted = {waived.fingerprint for waived in run.analysis.waived}
    before = run.before.findings if run.before else {}
    for one in run.analysis.seen:
        if one.fingerprint in before and one.fingerprint not in accepted:
            listed.setdefault(one.fingerprint, before[one.fingerprint])
    return dict(sorted(listed.items()))


def _known(finding: Finding) -> Known:
    subjects = sorted({f"{subject.kind} {subject.key}" for subject in finding.subjects})
    return Known(finding.rule, finding.level, tuple(subjects), finding.title)


def _entries(baseline: Baseline, runs: Iterable[Run]) -> set[tuple[str, str]]:
    """Document and fingerprint of every entry; a document that has moved goes by its new name."""
    names = {run.before.file: run.file for run in runs if run.before}
    return {(names.get(x.file, x.file), fingerprint) for x in baseline.documents for fingerprint in x.findings}


def _say(language: Language, english: str, german: str) -> str:
    return german if language == "de" else english
