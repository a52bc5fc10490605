"""Audits as one page of HTML that stands alone: no script, nothing loaded from anywhere, readable on a phone, in print and aloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.domain.catalogue import Catalogue
from app.domain.citations import reference
from app.domain.terms import LEVELS
from app.domain.verdicts import AuditReport
from app.reports.beside_report import chapter_of
from app.reports.board_words import BoardWords
from app.reports.file_names import written_name
from app.reports.markup import Html, joined, tag
from app.reports.page_beside import chapter_html
from app.reports.page_findings import FindingsSection, changes, table
from app.reports.page_matrix import compass_figure, matrix_section, scale
from app.reports.page_style import PAGE_POLICY, STYLE
from app.reports.refusals import Refusal
from app.reports.run_words import RunWords, words_of
from app.reports.text_names import Names, Sources
from app.reports.text_run import written_value
from app.reports.text_summary import alignment_pieces, standing_text

NAME = "html"
MEDIA_TYPE = "text/html"
SUFFIX = ".html"


def render(reports: Sequence[AuditReport], *, catalogue: Catalogue, refused: Sequence[Refusal] = ()) -> bytes:
    """The page: a section for each file, with a list of them where there are several."""
    words = words_of(reports)
    sections = [_Section(number, report, catalogue) for number, report in enumerate(reports, 1)]
    title = sections[0].title if len(sections) == 1 and not refused else words("report_of")
    main = joined(
        tag("h1", title),
        _contents(sections, words) if len(sections) > 1 else None,
        _refused(refused, words),
        tag("p", words("nothing_at_all")) if not reports and not refused else None,
        *(section.html(alone=len(sections) == 1 and not refused) for section in sections),
    )
    head = joined(
        Html('<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'),
        Html('<meta name="color-scheme" content="light dark">\n'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{PAGE_POLICY}">\n'),
        tag("title", f"{title} · Concord"),
        Html(f"\n<style>{STYLE}</style>\n"),
    )
    body = joined(
        tag("a", words("to_content"), class_="skip", href="#content"), tag("main", main, id="content", tabindex=-1)
    )
    page = f'<!doctype html>\n<html lang="{words.language}">\n<head>\n{head}</head>\n<body>\n{body}\n</body>\n</html>\n'
    return page.encode("utf-8", "replace")


class _Section:
    """One file."""

    def __init__(self, number: int, report: AuditReport, catalogue: Catalogue) -> None:
        self.id = f"file-{number}"
        self._report, self._analysis = report, report.analysis
        self._words = RunWords(report.language)
        self._names = Names(self._words, report.raw, catalogue, report.analysis.resolutions)
        self._sources = Sources(self._names)
        self._headings = ("h3", "h4")

    @property
    def title(self) -> str:
        return self._names.organization

    @property
    def link(self) -> Html:
        return tag("a", f"{self.title} ({written_name(self._report.file)})", href=f"#{self.id}")

    def html(self, *, alone: bool) -> Html:
        """The section; alone on the page it has no heading of its own, and those within it are one level higher."""
        self._headings = ("h2", "h3") if alone else ("h3", "h4")
        heading = None if alone else tag("h2", self.title, id=f"{self.id}-title")
        label = {} if alone else {"aria_labelledby": f"{self.id}-title"}
        return tag("section", heading, *self._parts(), id=self.id, **label)

    def _parts(self) -> Iterator[Html]:
        words, analysis = self._words, self._analysis
        yield from self._summary()
        yield self._part(words("matrix"), matrix_section(analysis, self._names, words, name=self.id))
        open_ = sorted((v for v in self._report.verdicts if v.waiver is None), key=lambda verdict: not verdict.counts)
        findings = FindingsSection(self._report, self._names, self._sources, words, self._headings[1])
        yield self._part(words("worst_first"), findings.html(open_))
        if open_:
            yield self._part(
                words("recommendations"), changes(analysis.recommendations, self._names, words, self._headings[1])
            )
        yield from self._beside()
        yield from self._waived()
        yield from self._unknown()
        yield from self._run()
        if cited := list(self._sources.used()):
            told = [tag("li", reference(one, words.language), value=number) for number, one in cited]
            yield self._part(words("sources"), tag("ol", *told))
        engine = analysis.engine
        made = words("made_by", engine=engine["version"], catalogue=engine["catalogue"], day=words.day(analysis.as_of))
        yield tag("p", made, class_="soft")

    def _part(self, title: str, *content: Html) -> Html:
        return tag("section", tag(self._headings[0], title), *content)

    def _summary(self) -> Iterator[Html]:
        words, analysis = self._words, self._analysis
        day = words("as_of", day=words.day(analysis.as_of))
        yield tag("p", f"{written_name(self._report.file)} · {day}", class_="soft")
        yield tag("p", analysis.summary.headline, class_="lead")
        counts = [
            (level, sum(v.counts and v.finding.level == level for v in self._report.verdicts)) for level in LEVELS
        ]
        told = [tag("li", f"{n} {words(level)}", class_=level) for level, n in reversed(counts) if n]
        yield tag("ul", *(told or [tag("li", words("no_findings"))]), class_="counts", aria_label=words("findings"))
        if standing := standing_text(analysis, words):
            yield tag("p", standing, class_="soft")
        pieces = alignment_pieces(analysis.summary.alignment_index, words)
        aligned = "".join(piece if isinstance(piece, str) else piece[0] for piece in pieces)
        yield tag("p", f"{words('alignment')}: {aligned}")
        yield from self._departments()

    def _departments(self) -> Iterator[Html]:
        words = self._words
        if not self._analysis.departments:
            return
        if (drawn := compass_figure(self._analysis, self._names, words, name=self.id)) is not None:
            yield drawn
        rows = []
        for one in sorted(self._analysis.departments, key=lambda d: (d.alignment is None, d.alignment or 0.0, d.key)):
            known = one.alignment is not None
            number = words.signed(one.alignment) if one.alignment is not None else words("reaches_nothing")
            rows.append(
                tag(
                    "tr",
                    tag("th", self._names.department(one.key), scope="row"),
                    tag("td", number, class_="n" if known else "soft"),
                    tag("td", scale(one) if known else None),
                    tag("td", words.share(one.coverage) if known else "", class_="n"),
                )
            )
        head = [words("department"), words("alignment"), "−1 … +1", words("reached")]
        columns = [tag("th", one, scope="col") for one in head]
        content = tag(
            "table",
            tag("caption", words("scale")),
            tag("thead", tag("tr", *columns)),
            tag("tbody", *rows),
        )
        yield tag("div", content, class_="wide")

    def _beside(self) -> Iterator[Html]:
        """What is kept beside the analysis, or in a line what could be added."""
        words = BoardWords(self._words.language)
        chapter = chapter_of(self._report, self._names, self._sources, words)
        if chapter is not None:
            yield self._part(words("beside"), *chapter_html(chapter, words, self._headings[1]))

    def _waived(self) -> Iterator[Html]:
        words, waived = self._words, self._analysis.waived
        if waived:
            rows = [
                [
                    w.title,
                    words(w.level),
                    w.owner or words("no_owner"),
                    words.day(w.expires) if w.expires else "",
                    w.reason or words("no_reason"),
                ]
                for w in waived
            ]
            head = [words(one) for one in ("finding", "level", "who", "until", "reason")]
            yield self._part(words("waived"), table(head, rows, words("waived")))

    def _unknown(self) -> Iterator[Html]:
        """Names that were not understood, rules that could not be judged, and what was assumed."""
        words, analysis = self._words, self._analysis
        parts: list[Html] = []
        if unresolved := [r for r in analysis.resolutions if r.method == "unresolved"]:
            told = [tag("li", r.name, f" ({r.subject.key})" if r.subject else "") for r in unresolved]
            parts += [tag("p", words("unresolved")), tag("ul", *told)]
        rows = [
            [self._names.rule(r.id), words.count(r.not_assessable_rows), ", ".join(_missing(r.not_assessable))]
            for r in analysis.rules
            if r.not_assessable_rows
        ]
        if rows:
            head = [words("rule"), words("number_of"), words("fill_in")]
            parts.append(tag("details", tag("summary", words("not_assessable")), table(head, rows, words("fill_in"))))
        if parts:
            yield self._part(words("not_judged"), *parts)
        if analysis.assumptions:
            yield self._part(words("assumptions"), tag("ul", *(tag("li", told) for told in analysis.assumptions)))

    def _run(self) -> Iterator[Html]:
        words = self._words
        if self._report.settings:
            rows = [[s.name, written_value(s.value), s.origin] for s in self._report.settings]
            head = [words("setting"), words("value"), words("origin")]
            yield self._part(words("settings_in_force"), table(head, rows, words("settings_in_force")))
        if not_run := self._report.analysis.not_run:
            items = (tag("li", words.not_run(one)) for one in not_run)
            yield self._part(words("rules_not_run"), tag("ul", *items))
        if self._report.notices:
            yield self._part(words("notices"), tag("ul", *(tag("li", notice) for notice in self._report.notices)))


def _missing(rows: Sequence[object]) -> list[str]:
    return sorted({field for row in rows for field in getattr(row, "missing", ())})


def _contents(sections: Sequence[_Section], words: RunWords) -> Html:
    items = [tag("li", section.link) for section in sections]
    return tag("nav", tag("h2", words("contents")), tag("ul", *items), aria_label=words("contents"))


def _refused(refused: Sequence[Refusal], words: RunWords) -> Html | None:
    if not refused:
        return None
    rows = [
        [written_name(one.file), f"{problem.line}:{problem.column or 1}" if problem.line else problem.pointer, text]
        for one in refused
        for problem, text in ((p, p.message) for p in one.problems)
    ]
    rows += [[written_name(one.file), "", one.reason] for one in refused if not one.problems or one.omitted]
    head = [words("file"), words("place"), words("problem")]
    return tag("section", tag("h2", words("not_audited")), table(head, rows, words("not_audited")))
