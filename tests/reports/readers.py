"""A reader for each format: the published schema where there is one, else the documented grammar. Each fails on what it cannot read."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree
from zipfile import ZipFile

import jsonschema
import openpyxl
from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.domain.verdicts import AuditReport
from app.reports import csv_table, github, markdown
from app.reports.refusals import Refusal
from tests.reports.pdf_reader import elements, opened, tags, texts
from tests.reports.xsd import Schema

SCHEMAS = Path(__file__).parent / "schemas"

Reader = Callable[[bytes, Sequence[AuditReport], Sequence[Refusal]], None]


def counting(reports: Sequence[AuditReport]) -> int:
    return sum(verdict.counts for report in reports for verdict in report.verdicts)


def every(reports: Sequence[AuditReport]) -> int:
    return sum(len(report.verdicts) for report in reports)


def read_text(content: bytes, reports: Sequence[AuditReport], refused: Sequence[Refusal]) -> None:
    """UTF-8 without control characters, no line too wide for a terminal."""
    lines = content.decode().splitlines()

    assert all(line.isprintable() for line in lines)
    assert lines or not (reports or refused)


def read_json(content: bytes, reports: Sequence[AuditReport], refused: Sequence[Refusal]) -> None:
    """One value; with one file its analysis."""
    value = json.loads(content)

    analyses = [value] if len(reports) == 1 and not refused else value.get("analyses", [])
    assert [one["content_hash"] for one in analyses] == [report.analysis.content_hash for report in reports]
    assert [one["file"] for one in value.get("refused", [])] == [one.file for one in refused]


@lru_cache(maxsize=1)
def _sarif() -> jsonschema.Draft4Validator:
    return jsonschema.Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text()))


def read_sarif(content: bytes, reports: Sequence[AuditReport], refused: Sequence[Refusal]) -> None:
    """SARIF's schema; and what it cannot say: indices that lead to their rules, unique fingerprints, files that are listed."""
    log = json.loads(content)
    _sarif().validate(log)
    (run,) = log["runs"]
    rules, results = run["tool"]["driver"]["rules"], run["results"]

    assert len(results) == every(reports)
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results)
    listed = {artifact["location"]["uri"] for artifact in run["artifacts"]}
    places = [result["locations"][0]["physicalLocation"] for result in results]
    assert {place["artifactLocation"]["uri"] for place in places} <= listed
    marks = [
        (p["artifactLocation"]["uri"], r["partialFingerprints"]["concord/v1"])
        for p, r in zip(places, results, strict=True)
    ]
    assert len(marks) == len(set(marks))
    suppressed = sum(bool(result.get("suppressions")) for result in results)
    assert suppressed == sum(v.waiver is not None for report in reports for v in report.verdicts)
    assert run["invocations"][0]["executionSuccessful"] == (not refused)


@lru_cache(maxsize=1)
def _junit() -> Schema:
    return Schema(SCHEMAS / "junit-10.xsd")


def read_junit(content: bytes, reports: Sequence[AuditReport], refused: Sequence[Refusal]) -> None:
    """Jenkins' schema; the counts of a suite are those of its cases, and what counts is what fails."""
    root = ElementTree.fromstring(content)

    assert list(_junit().problems(root)) == []
    suites = root.findall("testsuite")
    assert len(suites) == len(reports) + len(refused)
    for suite in suites:
        cases = suite.findall("testcase")
        for what, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(what, "")) == sum(case.find(tag) is not None for case in cases)
        assert int(suite.get("tests", "")) == len(cases)
    assert len(root.findall(".//failure")) == counting(reports)


def commands(content: bytes) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner of GitHub Actions takes a line apart."""
    return [_command(line) for line in content.decode().split("\n")[:-1]]


def _command(line: str) -> tuple[str, dict[str, str], str]:
    assert line.startswith("::") and "\r" not in line
    info, _, data = line[2:].partition("::")
    name, _, told = info.partition(" ")
    properties = dict(one.split("=", 1) for one in told.split(",") if one)
    return name, {key: _unescaped(value, property_=True) for key, value in properties.items()}, _unescaped(data)


def _unescaped(text: str, *, property_: bool = False) -> str:
    tokens = {"%0D": "\r", "%0A": "\n", **({"%3A": ":", "%2C": ","} if property_ else {}), "%25": "%"}
    return re.sub("|".join(tokens), lambda found: tokens[found[0]], text)


def read_github(content: bytes, reports: Sequence[AuditReport], refused: Sequence[Refusal]) -> None:
    """Only known commands with known properties, and a command for each finding that counts, the gravest first."""
    told = commands(content)

    assert {name for name, _, _ in told} <= {"error", "warning", "notice"}
    assert {key for _, properties, _ in told for key in properties} <= {"file", "line", "col", "title"}
    files = {report.file for report in reports} | {one.file for one in refused}
    assert {properties["file"] for _, properties, _ in told} <= {github.written_name(file) for file in files}
    ruled = [(name, text) for name, properties, text in told if re.match(r"[A-Z]{3}\d{3} \(", properties["title"])]
    assert len(ruled) == counting(reports)
    grave = [("error", "warning", "notice").index(name) for name, _ in ruled]
    assert grave == sorted(grave)


def read_gitlab(content: bytes, reports: Sequence[AuditReport], refused: Sequence[Refusal]) -> None:
    """The members that GitLab documents, unique fingerprints, paths within the repository."""
    issues = json.loads(content)

    assert isinstance(issues, list)
    for issue in issues:
        assert all(
            isinstance(issue[name], str) and issue[name] for name in ("description", "check_name", "fingerprint")
        )
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        path, begin = issue["location"]["path"], issue["location"]["lines"]["begin"]
        assert isinstance(begin, int) and begin >= 1 and path and not path.startswith("./")
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    open_ = sum(verdict.waiver is None for report in reports for verdict in report.verdicts)
    assert sum(issue["check_name"] != "document-invalid" for issue in issues) == open_


def read_markdown(content: bytes, reports: Sequence[AuditReport], refused: Sequence[Refusal]) -> None:
    """CommonMark with tables: it fits a comment, tables keep their columns, no HTML but what folds, nobody is notified."""
    text = content.decode()
    tokens = MarkdownIt("commonmark").enable("table").parse(text)

    assert len(text) <= 65_536
    html = "".join(
        t.content for token in tokens for t in (token, *(token.children or ())) if t.type.startswith("html_")
    )
    assert set(re.findall(r"</?([a-z]+)", html)) <= {"details", "summary", "sub"}
    said = [t.content for token in tokens for t in token.children or () if t.type == "text"]
    assert not any(re.search(r"@\w", text) for text in said)
    columns, rows = 0, 0
    for token in tokens:
        columns += token.type == "th_open"
        if token.type == "table_open":
            columns = 0
        if token.type == "tr_close":
            assert rows % columns == 0
        rows = 0 if token.type in ("table_open", "tr_open") else rows + (token.type == "td_open")
    if len(reports) == 1 and every(reports):
        shown = min(markdown.MOST_ROWS, sum(v.waiver is None for v in reports[0].verdicts))
        assert not shown or text.count("\n| ") >= shown + 2


def read_csv(content: bytes, reports: Sequence[AuditReport], refused: Sequence[Refusal]) -> None:
    """RFC 4180: every row has every column, no cell is a formula."""
    rows = list(csv.reader(io.StringIO(content.decode(), newline="")))

    assert tuple(rows[0]) == csv_table.COLUMNS
    assert all(len(row) == len(csv_table.COLUMNS) for row in rows)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
    states = Counter(row[csv_table.COLUMNS.index("state")] for row in rows[1:])
    assert states.total() - states["refused"] == every(reports)


class Page(HTMLParser):
    """A page as a strict reader sees it."""

    VOID = frozenset({"meta", "br", "link", "img", "hr"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[int] = []
        self.style = self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"<{tag}> says an attribute twice"
        self.tags[tag] += 1
        self.attributes.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style += data
        else:
            self.text += data


ELEMENTS = frozenset(
    {
        "html", "head", "meta", "title", "style", "body", "a", "main", "h1", "h2", "h3", "h4", "section", "nav", "ul", "ol", "li", "p",
        "div", "span", "strong", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "svg", "rect", "text",
        "line", "circle", "path", "polygon", "polyline", "defs", "pattern", "desc",
        "details", "summary", "article", "dl", "dt", "dd", "pre", "code", "br",
    }
)  # fmt: skip


def read_html(content: bytes, reports: Sequence[AuditReport], refused: Sequence[Refusal]) -> None:
    """Well-formed, of known elements, nothing that runs or loads, in order for those who listen."""
    page = Page()
    page.feed(content.decode())
    page.close()

    assert page.open == []
    assert set(page.tags) <= ELEMENTS
    everything = [(name, value) for _, attributes in page.attributes for name, value in attributes.items()]
    assert not any(name.startswith("on") or name in ("style", "src", "srcset", "action") for name, _ in everything)
    ids = [value for name, value in everything if name == "id"]
    links = [value or "" for name, value in everything if name == "href"]
    assert len(ids) == len(set(ids))
    assert all(link.startswith("#") and unquote(link[1:]) in ids for link in links)
    assert "url(" not in page.style and "@import" not in page.style
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in str([a.get("content") for tag, a in page.attributes if tag == "meta"])
    assert page.tags["h1"] == page.tags["main"] == 1
    assert page.tags["title"] == 1 + page.tags["desc"]
    assert page.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert all("scope" in attributes for tag, attributes in page.attributes if tag == "th")
    assert page.tags["table"] == page.tags["caption"]
    pictures = [attributes for tag, attributes in page.attributes if tag == "svg"]
    assert all(a.get("aria-hidden") == "true" or a.get("role") == "img" for a in pictures)
    labels = [(a.get("aria-labelledby") or "").split() for a in pictures if a.get("role") == "img"]
    assert all(label and set(label) <= set(ids) for label in labels)


def read_board(content: bytes, reports: Sequence[AuditReport], refused: Sequence[Refusal]) -> None:
    """CommonMark with tables: a first heading for each report, its mark three times, no markup but what stands in for line breaks."""
    text = content.decode()
    tokens = MarkdownIt("commonmark").enable("table").parse(text)

    html = {tag.lower() for tag in re.findall(r"</?([a-zA-Z]+)", "".join(_html(tokens)))}
    assert html <= {"sub", "br"}
    first = [token for token in tokens if token.type == "heading_open" and token.tag == "h1"]
    assert len(first) == len(reports) + bool(refused)
    assert len(re.findall(r"^<sub>", text, re.MULTILINE)) == 3 * len(reports)
    assert re.search(r"@(?!<!-- -->)", text) is None


def _html(tokens: Sequence[Token]) -> list[str]:
    inner = [token for one in tokens for token in (one, *(one.children or ()))]
    return [token.content for token in inner if token.type.startswith("html")]


def read_pdf(content: bytes, reports: Sequence[AuditReport], refused: Sequence[Refusal]) -> None:
    """Tagged, with title and language; each report has its mark on every page and its drawings have a text."""
    pdf = opened(content)
    root, found = pdf.trailer["/Root"], tags(pdf)

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == (reports[0].language if reports else "en")
    assert pdf.metadata is not None and pdf.metadata.title
    assert found["/H1"] == len(reports) + (bool(refused) or not reports)
    assert found["/Table"] == found["/THead"] == found["/TBody"]
    assert all(element.get("/Alt") for element in elements(pdf) if element["/S"] == "/Figure")
    pages = texts(pdf)
    for report in reports:
        assert sum(report.analysis.content_hash in page for page in pages) >= 3


def read_xlsx(content: bytes, reports: Sequence[AuditReport], refused: Sequence[Refusal]) -> None:
    """Opens; each sheet has frozen headings with filters, every finding is in it once, and no cell is a formula."""
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
    book = openpyxl.load_workbook(io.BytesIO(content))

    assert len(book.worksheets) == 7 + bool(refused)
    for sheet in book.worksheets:
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert not any(cell.data_type == "f" for cell in cells)
        assert not any(str(cell.value).startswith(("=", "+", "@")) for cell in cells if isinstance(cell.value, str))
    conflicts, flaws = book.worksheets[1:3]
    assert conflicts.max_row + flaws.max_row - 2 == every(reports)


READERS: dict[str, Reader] = {
    "board": read_board,
    "csv": read_csv,
    "github": read_github,
    "gitlab": read_gitlab,
    "html": read_html,
    "json": read_json,
    "junit": read_junit,
    "markdown": read_markdown,
    "pdf": read_pdf,
    "sarif": read_sarif,
    "text": read_text,
    "xlsx": read_xlsx,
}
