"""Audits as JUnit XML, as Ant writes it: a suite for each organization, a case for each rule and what it is about.

A finding that counts is a failure; one that is waived or known from the baseline is skipped, with the reason. A rule that found nothing is
a case that passes; one that could not be judged anywhere is skipped. A file that was refused is a suite with an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from app.domain.catalogue import Catalogue
from app.domain.findings import RuleOutcome
from app.domain.verdicts import AuditReport, Verdict
from app.reports.chain_lines import link_line, start_line
from app.reports.file_names import written_name
from app.reports.refusals import Refusal
from app.reports.run_words import RunWords, words_of
from app.reports.subject_places import SubjectPlaces
from app.reports.text_names import Names
from app.reports.text_run import written_value

NAME = "junit"
MEDIA_TYPE = "application/xml"
SUFFIX = ".xml"

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold in any way."""


def render(reports: Sequence[AuditReport], *, catalogue: Catalogue, refused: Sequence[Refusal] = ()) -> bytes:
    """The audits as one `testsuites`; times are 0 and the day is that of the audit, so that the bytes stay the same."""
    root = Element("testsuites")
    for report in reports:
        _Suite(report, catalogue, RunWords(report.language)).write(root)
    day = reports[0].as_of.isoformat() if reports else "1970-01-01"
    for one in refused:
        _refused(root, one, day, words_of(reports))
    indent(root)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


class _Suite:
    """One report as a suite."""

    def __init__(self, report: AuditReport, catalogue: Catalogue, words: RunWords) -> None:
        self._report, self._words = report, words
        self._names = Names(words, report.raw, catalogue, report.analysis.resolutions)
        self._places = SubjectPlaces(report)

    def write(self, root: Element) -> None:
        verdicts = self._report.verdicts
        found = {verdict.finding.rule for verdict in verdicts}
        quiet = [rule for rule in self._report.analysis.rules if rule.rows and rule.id not in found]
        unknown = [rule for rule in quiet if not rule.clear and rule.not_assessable_rows]
        skipped = sum(not verdict.counts for verdict in verdicts) + len(unknown)
        suite = _suite(
            root,
            self._names.organization,
            self._report.file,
            self._report.as_of.isoformat(),
            tests=len(verdicts) + len(quiet),
            failures=sum(verdict.counts for verdict in verdicts),
            skipped=skipped,
        )
        _properties(suite, self._told())
        for verdict in verdicts:
            self._finding(suite, verdict)
        for rule in quiet:
            self._quiet(suite, rule, unknown=rule in unknown)
        _streams(suite, "\n".join(self._report.notices))

    def _told(self) -> Iterator[tuple[str, str]]:
        analysis = self._report.analysis
        yield "as_of", analysis.as_of
        yield "engine", str(analysis.engine["version"])
        yield "catalogue", str(analysis.engine["catalogue"])
        if analysis.summary.alignment_index is not None:
            yield "alignment_index", f"{analysis.summary.alignment_index:.2f}"
        for setting in self._report.settings:
            yield setting.name, f"{written_value(setting.value)} ({setting.origin})"

    def _finding(self, suite: Element, verdict: Verdict) -> None:
        finding = verdict.finding
        about = " / ".join(dict.fromkeys(self._names.subject(subject) for subject in finding.subjects))
        case = _case(suite, f"{about} [{finding.fingerprint}]", finding.rule)
        if verdict.counts:
            failure = SubElement(case, "failure", message=_xml(finding.title), type=finding.level)
            failure.text = _xml(self._body(verdict))
        else:
            SubElement(case, "skipped", message=_xml(f"{finding.title}: {self._words.excuse(verdict)}"))

    def _body(self, verdict: Verdict) -> str:
        finding, words = verdict.finding, self._words
        spot = self._places.of(finding)
        at = f"{written_name(self._report.file)}:{spot.line}:{spot.column}" if spot else written_name(self._report.file)
        lines = [
            f"{at}: {words.grade(finding.level, finding.severity)}",
            words.override(verdict),
            finding.explanation,
        ]
        if finding.chain:
            lines.append(f"{words('chain_title')}: {start_line(finding.chain, self._names)}")
            lines += [f"  {link_line(link, self._names)}" for link in finding.chain]
        return "\n".join(line for line in lines if line)

    def _quiet(self, suite: Element, rule: RuleOutcome, *, unknown: bool) -> None:
        words = self._words
        told = words("not_assessable") if unknown else words("rule_clear", n=rule.clear)
        case = _case(suite, f"{self._names.rule(rule.id)}: {told}", rule.id)
        if unknown:
            missing = sorted({field for row in rule.not_assessable for field in row.missing})
            reason = words("rule_unknown", n=rule.not_assessable_rows, names=", ".join(missing))
            SubElement(case, "skipped", message=_xml(reason))


def _refused(root: Element, refusal: Refusal, day: str, words: RunWords) -> None:
    suite = _suite(root, refusal.file, refusal.file, day, tests=1, errors=1)
    _properties(suite, ())
    case = _case(suite, words("not_valid"), "document-invalid")
    error = SubElement(case, "error", message=_xml(refusal.reason), type="document-invalid")
    name = written_name(refusal.file)
    lines = [f"{name}:{p.line}:{p.column or 1}: {p.message}" if p.line else p.message for p in refusal.problems]
    if refusal.omitted:
        lines.append(words("problems_omitted", n=refusal.omitted))
    error.text = _xml("\n".join(lines))
    _streams(suite, "")


def _suite(root: Element, name: str, file: str, day: str, *, tests: int, **counts: int) -> Element:
    number = str(len(root))
    counted = {what: str(counts.get(what, 0)) for what in ("failures", "errors", "skipped")}
    attributes = {
        "name": _token(name) or "-",
        "package": _token(written_name(file)),
        "id": number,
        "timestamp": f"{day}T00:00:00",
        "hostname": "localhost",
        "tests": str(tests),
        **counted,
        "time": "0",
    }
    return SubElement(root, "testsuite", attributes)


def _case(suite: Element, name: str, rule: str) -> Element:
    return SubElement(suite, "testcase", name=_token(name), classname=_token(rule), time="0")


def _properties(suite: Element, told: Iterable[tuple[str, str]]) -> None:
    properties = SubElement(suite, "properties")
    for name, value in told:
        SubElement(properties, "property", name=_token(name), value=_xml(value))


def _streams(suite: Element, text: str) -> None:
    SubElement(suite, "system-out").text = _xml(text)
    SubElement(suite, "system-err")


def _xml(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _token(text: str) -> str:
    """Text on one line with single spaces (xs:token)."""
    return " ".join(_xml(text).split())
