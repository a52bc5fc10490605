"""Findings and changes on the page: what is wrong, how it comes about, what it rests on, what would clear it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.domain.findings import ChainLink, Finding, Recommendation
from app.domain.verdicts import AuditReport, Verdict
from app.reports.file_names import written_name
from app.reports.markup import Html, joined, tag
from app.reports.run_words import RunWords
from app.reports.subject_places import SubjectPlaces
from app.reports.text_names import Names, Sources
from app.reports.text_recommendations import proof

IN_FULL = 100
"""Findings that are told in full; the others are listed."""
_OPEN = 10
"""Findings whose chain is unfolded from the start."""


class FindingsSection:
    """The open findings of one report, the worst first; `heading` is the element of their titles."""

    def __init__(self, report: AuditReport, names: Names, sources: Sources, words: RunWords, heading: str) -> None:
        self._heading = heading
        self._report, self._names, self._sources, self._words = report, names, sources, words
        self._places = SubjectPlaces(report)

    def html(self, verdicts: Sequence[Verdict]) -> Html:
        """An article for each; those beyond the first hundred as a table."""
        if not verdicts:
            return tag("p", self._words("no_open"))
        told = [self._article(number, verdict) for number, verdict in enumerate(verdicts, 1) if number <= IN_FULL]
        return joined(*told, self._rest(verdicts[IN_FULL:]))

    def _article(self, number: int, verdict: Verdict) -> Html:
        finding, words = verdict.finding, self._words
        level = tag("span", words.grade(finding.level, finding.severity), class_=f"level {finding.level}")
        state = tag("span", words(verdict.baseline), class_="state") if verdict.baseline else None
        about = [self._names.parties(finding), finding.rule, finding.fingerprint, self._place(finding)]
        return tag(
            "article",
            tag(self._heading, f"{number}. {finding.title}"),
            tag("p", level, " ", state, " ", tag("span", " · ".join(one for one in about if one), class_="soft")),
            tag("p", finding.explanation) if finding.explanation else None,
            tag("p", words.override(verdict), class_="soft") if verdict.override else None,
            self._chain(finding.chain, unfolded=number <= _OPEN),
            self._rests_on(finding),
            class_=f"is-{finding.level}",
        )

    def _place(self, finding: Finding) -> str:
        spot = self._places.of(finding)
        return f"{written_name(self._report.file)}:{spot.line}:{spot.column}" if spot else ""

    def _chain(self, chain: Sequence[ChainLink], *, unfolded: bool) -> Html | None:
        if not chain:
            return None
        steps = [tag("li", self._names.movement(chain[0].source)), *map(self._link, chain)]
        return tag(
            "details",
            tag("summary", self._words("chain_title")),
            tag("ol", *steps, class_="chain"),
            open=unfolded,
        )

    def _link(self, link: ChainLink) -> Html:
        words = self._words
        said = [words(link.strength), words.lag(link.lag_days), words(link.evidence)]
        if link.support == "analogy":
            said.append(words("analogy"))
        if link.contested or link.counters:
            said.append(words("link_contested"))
        marks = self._sources.marks(link.citations)
        told = f" ({', '.join(said)}){' ' if marks else ''}{marks}"
        mechanism = joined(Html("<br>"), tag("span", link.mechanism, class_="soft")) if link.mechanism else None
        return tag("li", "→ ", tag("strong", self._names.movement(link.target)), told, mechanism)

    def _rests_on(self, finding: Finding) -> Html | None:
        named = list(dict.fromkeys(self._sources.named(reference) for reference in finding.references))
        return tag("p", f"{self._words('rests_on')}: {'; '.join(named)}", class_="soft") if named else None

    def _rest(self, verdicts: Sequence[Verdict]) -> Html | None:
        if not verdicts:
            return None
        words = self._words
        rows = [
            [words.grade(f.level, f.severity), f.title, f.rule, f.fingerprint]
            for f in (verdict.finding for verdict in verdicts)
        ]
        return table([words("level"), words("finding"), words("rule"), ""], rows, words("short_ones"))


def changes(recommendations: Sequence[Recommendation], names: Names, words: RunWords, heading: str) -> Html:
    """What to change, each with its proof and the patch that makes it."""
    if not recommendations:
        return tag("p", words("no_recommendations"))
    return joined(
        tag("p", words("recommendations_intro"), class_="soft"),
        *(_change(number, one, names, words, heading) for number, one in enumerate(recommendations, 1)),
    )


def _change(number: int, one: Recommendation, names: Names, words: RunWords, heading: str) -> Html:
    told = [words("effort", effort=words(f"effort_{one.effort}"))]
    if one.owners:
        told.append(words("decided_by", names=words.listed([names.department(key) for key in one.owners])))
    entries = [(words("effect"), proof(one, words)), (words("costs"), ", ".join(told))]
    entries += [(words("why"), one.rationale)] if one.rationale else []
    entries += [(words("risk"), risk) for risk in one.risks]
    patch = json.dumps([dict(operation) for operation in one.patch], ensure_ascii=False, indent=2)
    return tag(
        "article",
        tag(heading, f"R{number}. {one.title}"),
        tag("dl", *(joined(tag("dt", name), tag("dd", value)) for name, value in entries)),
        tag("details", tag("summary", words("do")), tag("pre", tag("code", patch), tabindex=0)),
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> Html:
    """A table of texts that can be scrolled sideways where it is wide; its caption is for those who listen, as a heading stands above."""
    columns = [tag("th", one, scope="col") for one in head]
    body = [tag("tr", *(tag("td", cell) for cell in row)) for row in rows]
    content = tag(
        "table", tag("caption", caption, class_="heard"), tag("thead", tag("tr", *columns)), tag("tbody", *body)
    )
    return tag("div", content, class_="wide")
