"""CSV and Markdown where names try to be more than names."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from app.reports import markdown
from app.reports.csv_table import guarded
from tests.reports.readers import read_markdown
from tests.reports.reports import KNOWN, small_report


@pytest.mark.parametrize("text", ["=1+1", "+49", "-1", "@A1", "\t=1", "'quoted"])
def test_no_cell_is_a_formula(text: str) -> None:
    """What a spreadsheet would take for one is kept from it by a quotation mark."""
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["a=b", "Call time", "100%", ""])
def test_a_cell_that_is_none_stays_as_it_is(text: str) -> None:
    """Only the beginning makes a formula."""
    assert guarded(text) == text


@pytest.mark.parametrize(
    "text",
    ["a|b", "*x*", "<b>", "&amp;", "`c`", "[a](http://b)", "# 1", "1_000_000", "a\\|b", "$x$", "~~gone~~", "@team"],
)
def test_a_name_in_a_table_is_read_as_it_was_written(text: str) -> None:
    """Whatever Markdown would make of it."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])

    tokens = parser.parse(f"| x |\n| --- |\n| {markdown.escaped(text)} |")

    (cell,) = [tokens[n + 1] for n, token in enumerate(tokens) if token.type == "td_open"]
    assert "".join(child.content for child in cell.children or () if child.type != "html_inline") == text


def test_a_comment_never_outgrows_what_it_may_hold() -> None:
    """Files are told worst first until there is no room; the others are counted."""
    report = small_report()
    verdict = report.verdicts[0]
    long = verdict._replace(finding=verdict.finding._replace(explanation="Customers wait. " * 150))
    crowd = [report._replace(verdicts=(long,) * 20, file=f"plans/{n}.yaml") for n in range(40)]

    content = markdown.render(crowd, catalogue=KNOWN)

    read_markdown(content, crowd, [])
    assert "plans/39.yaml" in content.decode() and "more files" in content.decode()
