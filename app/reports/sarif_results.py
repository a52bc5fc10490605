"""Findings as SARIF results: message, places, fingerprint, the chain as a code flow, waiver and standing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.domain.catalogue import Catalogue
from app.domain.findings import ChainLink, Finding, Subject
from app.domain.terms import Level
from app.domain.verdicts import AuditReport, Verdict
from app.reports.chain_lines import link_line, start_line
from app.reports.file_names import uri_of
from app.reports.run_words import RunWords
from app.reports.subject_places import SubjectPlaces, main_subject, other_subjects, target_of
from app.reports.text_names import Names

SARIF_LEVELS: Mapping[Level, str] = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
FINGERPRINT = "concord/v1"
"""Under which name a result has the fingerprint of its finding."""

Json = dict[str, Any]


class Results:
    """The findings of one report as results."""

    def __init__(self, report: AuditReport, catalogue: Catalogue, words: RunWords, index: Mapping[str, int]) -> None:
        self._report, self._words, self._index = report, words, index
        self._places = SubjectPlaces(report)
        self._names = Names(words, report.raw, catalogue, report.analysis.resolutions)

    def of(self, verdicts: Sequence[Verdict]) -> Iterator[Json]:
        """A result for each verdict."""
        return map(self._result, verdicts)

    def _result(self, verdict: Verdict) -> Json:
        finding = verdict.finding
        result: Json = {
            "ruleId": finding.rule,
            "ruleIndex": self._index[finding.rule],
            "level": SARIF_LEVELS[finding.level],
            "rank": round(finding.severity, 2),
            "message": message(f"{_sentence(finding.title)} {finding.explanation}".strip()),
            "locations": [self._location(main_subject(finding))],
            "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        }
        if related := list(self._related(finding)):
            result["relatedLocations"] = related
        if finding.chain:
            result["codeFlows"] = [self._code_flow(finding)]
        if verdict.waiver is not None:
            result["suppressions"] = [self._suppression(verdict)]
        if verdict.baseline is not None:
            result["baselineState"] = verdict.baseline
        result["properties"] = self._properties(verdict)
        return result

    def _location(self, subject: Subject | None, text: str = "", **more: Any) -> Json:
        place: Json = {"artifactLocation": artifact(self._report.file)}
        if spot := self._places.spot(subject):
            place["region"] = region(*spot)
        location: Json = {**more, "physicalLocation": place}
        if subject is not None:
            location["logicalLocations"] = [self._logical(subject)]
        if text:
            location["message"] = message(text)
        return location

    def _logical(self, subject: Subject) -> Json:
        """The thing by its key: `kpi/call-time`, `component/agents-aht`; its place in the document as a JSON pointer."""
        return {
            "name": self._names.subject(subject),
            "fullyQualifiedName": f"{subject.kind}/{subject.key}",
            "kind": subject.kind,
            "properties": {"pointer": self._places.pointer(subject)},
        }

    def _related(self, finding: Finding) -> Iterator[Json]:
        for number, subject in enumerate(other_subjects(finding), 1):
            text = f"{self._names.subject(subject)} ({self._words.role(subject.role)})"
            yield self._location(subject, text, id=number)

    def _code_flow(self, finding: Finding) -> Json:
        """The chain from what is pushed to what suffers; what lies between stands at what pushes, as it has no place in the file."""
        chain, source = finding.chain, main_subject(finding)
        steps = [self._step(1, start_line(chain, self._names), source)]
        for number, link in enumerate(chain, 2):
            last = number == len(chain) + 1
            at = (target_of(finding) or source) if last else source
            steps.append(self._step(number, self._told(link), at))
        return {"message": message(self._words("chain_title")), "threadFlows": [{"locations": steps}]}

    def _told(self, link: ChainLink) -> str:
        line = link_line(link, self._names)
        return f"{line}. {link.mechanism}" if link.mechanism else line

    def _step(self, number: int, text: str, subject: Subject | None) -> Json:
        return {"location": self._location(subject, text), "executionOrder": number, "importance": "essential"}

    def _suppression(self, verdict: Verdict) -> Json:
        by = verdict.waiver
        assert by is not None
        in_document = not by.place or by.place.startswith("suppressions")
        properties = {
            "owner": by.owner,
            "expires": by.expires.isoformat() if by.expires else None,
            "place": by.place or None,
        }
        return {
            "kind": "inSource" if in_document else "external",
            "status": "accepted",
            "justification": self._words.excuse(verdict),
            "properties": {name: value for name, value in properties.items() if value is not None},
        }

    def _properties(self, verdict: Verdict) -> Json:
        finding = verdict.finding
        properties: Json = {
            "fingerprint": finding.fingerprint,
            "kind": finding.kind,
            "level": finding.level,
            "severity": round(finding.severity, 2),
            "confidence": round(finding.confidence, 4),
            "departments": list(finding.departments),
            "remedies": list(finding.remedies),
        }
        if finding.flaw:
            properties["flaw"] = finding.flaw
        if finding.contested:
            properties["contested"] = True
        if verdict.override is not None:
            properties |= {"engine_level": verdict.engine_level, "override": verdict.override}
        return properties


def message(text: str) -> Json:
    """A message object with plain text."""
    return {"text": escaped(text)}


def escaped(text: str) -> str:
    """Text in which nothing is taken for a placeholder or for a link (SARIF §3.11.5, §3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "\\](")


def artifact(file: str) -> Json:
    """The file, relative to the root of the sources unless its name is absolute."""
    uri = uri_of(file)
    return {"uri": uri} if uri.startswith("file:") else {"uri": uri, "uriBaseId": "%SRCROOT%"}


def region(line: int, column: int) -> Json:
    """The place of a value's beginning."""
    return {"startLine": line, "startColumn": column}


def _sentence(title: str) -> str:
    return title if title.endswith((".", "!", "?")) else f"{title}."
