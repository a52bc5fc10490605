"""Audits as Markdown for a comment on a merge request: the worst in a table, how they come about folded below it.

It is GitHub's and GitLab's dialect, and stays below what a comment may hold; what had to be left out is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.domain.catalogue import Catalogue
from app.domain.findings import Recommendation
from app.domain.terms import LEVELS
from app.domain.verdicts import AuditReport, Verdict
from app.reports.chain_lines import link_line, start_line
from app.reports.file_names import written_name
from app.reports.refusals import Refusal
from app.reports.run_words import RunWords, words_of
from app.reports.subject_places import SubjectPlaces
from app.reports.text_names import Names
from app.reports.text_recommendations import proof
from app.reports.text_run import written_value
from app.reports.text_summary import levels_pieces

NAME = "markdown"
MEDIA_TYPE = "text/markdown"
SUFFIX = ".md"

MOST_CHARACTERS = 60_000
"""A comment holds 65,536 on GitHub and more on GitLab; the rest is for what a bot puts around it."""
MOST_ROWS = 40
IN_FULL = 10
MOST_CHANGES = 5
_MOST_PROBLEMS = 20
_MOST_FILES = 200

_SPECIAL = re.compile(r"([\\`*_\[\]|~#$])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def render(reports: Sequence[AuditReport], *, catalogue: Catalogue, refused: Sequence[Refusal] = ()) -> bytes:
    """A heading, all files side by side where there are several, then each file, the worst first."""
    words = words_of(reports)
    blocks = [f"## Concord: {words('report_of')}"]
    blocks += list(_refused(refused, words))
    if not reports and not refused:
        blocks.append(words("nothing_at_all"))
    ordered = sorted(reports, key=_gravity)
    if len(reports) > 1:
        blocks.append(_overview(ordered, words))
    left = MOST_CHARACTERS - sum(len(block) + 2 for block in blocks)
    for number, report in enumerate(ordered):
        section = "\n\n".join(_Section(report, catalogue).blocks())
        if len(section) + 200 > left:
            blocks.append(words("more_files", n=len(ordered) - number))
            break
        blocks.append(section)
        left -= len(section) + 2
    if reports:
        blocks.append(_foot(reports[0], words))
    return ("\n\n".join(blocks) + "\n").encode("utf-8", "replace")


def escaped(text: str) -> str:
    """Text on one line that says what it says: no markup, no HTML, nobody notified, no table broken."""
    line = " ".join(text.split())
    line = _SPECIAL.sub(r"\\\1", "".join(_ENTITIES.get(c, c) for c in line))
    return line.replace("@", "@<!-- -->")


def _gravity(report: AuditReport) -> tuple[list[int], str]:
    counting = [verdict.finding.level for verdict in report.verdicts if verdict.counts]
    return [-counting.count(level) for level in reversed(LEVELS)], report.file


def _overview(reports: Sequence[AuditReport], words: RunWords) -> str:
    rows = []
    for report in reports[:_MOST_FILES]:
        index = report.analysis.summary.alignment_index
        levels = [str(_count(report, level)) for level in reversed(LEVELS)]
        rows.append([escaped(written_name(report.file)), "" if index is None else words.signed(index), *levels])
    table = _table([words("file"), words("alignment"), *(words(level) for level in reversed(LEVELS))], rows)
    more = len(reports) - _MOST_FILES
    return f"{table}\n\n{words('more_files', n=more)}" if more > 0 else table


def _count(report: AuditReport, level: str) -> int:
    return sum(verdict.counts and verdict.finding.level == level for verdict in report.verdicts)


class _Section:
    """One file."""

    def __init__(self, report: AuditReport, catalogue: Catalogue) -> None:
        self._report, self._analysis = report, report.analysis
        self._words = RunWords(report.language)
        self._names = Names(self._words, report.raw, catalogue, report.analysis.resolutions)
        self._places = SubjectPlaces(report)

    def blocks(self) -> Iterator[str]:
        words, analysis = self._words, self._analysis
        yield f"### {escaped(self._names.organization)} · {escaped(written_name(self._report.file))}"
        yield f"**{escaped(analysis.summary.headline)}**"
        counts = "".join(piece if isinstance(piece, str) else piece[0] for piece in self._counts())
        index = analysis.summary.alignment_index
        aligned = f" · {words('alignment')} {words.signed(index)}" if index is not None else ""
        yield f"{words('findings')}: {counts}{aligned}"
        yield from self._findings([verdict for verdict in self._report.verdicts if verdict.counts])
        yield from self._changes(analysis.recommendations)
        yield from self._excused("unchanged", [v for v in self._report.verdicts if not (v.counts or v.waiver)])
        yield from self._excused("waived", [v for v in self._report.verdicts if v.waiver])
        yield from self._said()

    def _counts(self) -> list[str | tuple[str, str]]:
        return levels_pieces({level: _count(self._report, level) for level in LEVELS}, self._words)

    def _findings(self, verdicts: Sequence[Verdict]) -> Iterator[str]:
        words = self._words
        if not verdicts:
            yield words("no_open")
            return
        rows = [self._row(verdict) for verdict in verdicts[:MOST_ROWS]]
        yield _table([words("level"), words("finding"), words("rule"), words("place")], rows)
        if (more := len(verdicts) - MOST_ROWS) > 0:
            yield words("more_findings", n=more)
        told = "\n\n".join(self._in_full(verdict) for verdict in verdicts[:IN_FULL])
        yield _folded(words("chain_title"), told)

    def _row(self, verdict: Verdict) -> list[str]:
        finding, words = verdict.finding, self._words
        spot = self._places.of(finding)
        standing = f" ({words(verdict.baseline)})" if verdict.baseline else ""
        level = f"{words.grade(finding.level, finding.severity)}{standing}"
        return [level, escaped(finding.title), finding.rule, f"{spot.line}:{spot.column}" if spot else ""]

    def _in_full(self, verdict: Verdict) -> str:
        finding = verdict.finding
        lines = [f"**{escaped(finding.title)}** ({finding.rule}, `{finding.fingerprint}`)"]
        lines += [escaped(text) for text in (finding.explanation, self._words.override(verdict)) if text]
        if finding.chain:
            steps = [start_line(finding.chain, self._names), *(link_line(one, self._names) for one in finding.chain)]
            lines.append("\n".join(f"- {escaped(step)}" for step in steps))
        return "\n\n".join(lines)

    def _changes(self, recommendations: Sequence[Recommendation]) -> Iterator[str]:
        if recommendations:
            words = self._words
            rows = [[escaped(one.title), escaped(proof(one, words))] for one in recommendations[:MOST_CHANGES]]
            yield _folded(words("recommendations"), _table([words("change_column"), words("effect")], rows))

    def _excused(self, why: str, verdicts: Sequence[Verdict]) -> Iterator[str]:
        """What does not fail a run, folded."""
        if verdicts:
            words = self._words
            rows = [[escaped(v.finding.title), v.finding.rule, escaped(words.excuse(v))] for v in verdicts[:MOST_ROWS]]
            parts = [_table([words("finding"), words("rule"), words("reason")], rows)]
            if (more := len(verdicts) - MOST_ROWS) > 0:
                parts.append(words("more_findings", n=more))
            yield _folded(f"{words(why).capitalize()}: {len(verdicts)}", "\n\n".join(parts))

    def _said(self) -> Iterator[str]:
        words = self._words
        if self._report.notices:
            told = [f"- {escaped(notice)}" for notice in self._report.notices[:MOST_ROWS]]
            yield "\n".join([f"**{words('notices')}**", "", *told])
        if self._report.settings:
            rows = [
                [escaped(s.name), escaped(written_value(s.value)), escaped(s.origin)] for s in self._report.settings
            ]
            yield _folded(words("settings_in_force"), _table([words("setting"), words("value"), words("origin")], rows))
        if not_run := self._report.analysis.not_run:
            told = [f"- {escaped(words.not_run(one))}" for one in not_run[:MOST_ROWS]]
            yield _folded(words("rules_not_run"), "\n".join(told))


def _refused(refused: Sequence[Refusal], words: RunWords) -> Iterator[str]:
    for one in refused[:_MOST_PROBLEMS]:
        yield f"### {escaped(written_name(one.file))}: {words('not_valid')}"
        lines = []
        for problem in one.problems[:_MOST_PROBLEMS]:
            at = f"{problem.line}:{problem.column or 1}: " if problem.line else ""
            lines.append(f"- {at}{escaped(problem.message)}")
        omitted = one.omitted + max(0, len(one.problems) - _MOST_PROBLEMS)
        if omitted:
            lines.append(f"- {words('problems_omitted', n=omitted)}")
        yield "\n".join(lines) if lines else escaped(one.reason)
    if (more := len(refused) - _MOST_PROBLEMS) > 0:
        yield f"{words('not_audited')}: {words('more_files', n=more)}"


def _foot(report: AuditReport, words: RunWords) -> str:
    engine = report.analysis.engine
    day = words.day(report.analysis.as_of)
    return f"<sub>{words('made_by', engine=engine['version'], catalogue=engine['catalogue'], day=day)}</sub>"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _folded(title: str, content: str) -> str:
    """Folded Markdown: the empty lines let it be read as Markdown within the HTML."""
    return f"<details>\n<summary>{title}</summary>\n\n{content}\n\n</details>"
