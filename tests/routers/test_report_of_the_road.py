"""`…/analyses/{id}/report` of a company that walked the whole road: what is kept beside the analysis stands in it."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import openpyxl
import pytest
from pypdf import PdfReader

from app.domain.terms import Language
from app.reports.board_words import BoardWords
from app.reports.text_customers import CustomerText
from tests.http_client import Client, serving
from tests.reports.pdf_reader import texts
from tests.routers.stored_roads import HERE, TRAINING, analysed, walked

pytestmark = pytest.mark.slow

PAGES = re.compile(r"\d+ / \d+")


def report(client: Client, analysis: str, form: str, language: Language = "en") -> Any:
    """The report in a form."""
    response = client.get(f"{HERE}/analyses/{analysis}/report", params={"format": form, "lang": language})
    assert response.status_code == 200, response.text
    return response


def plain(text: str) -> str:
    """A report without markup, and without what lines are broken by: blanks, hyphens."""
    unmarked = re.sub(r"\\([\\`*_\[\]|~#$])", r"\1", re.sub(r"<[^>]+>", " ", text))
    return re.sub(r"[\s|\-‐\xad]", "", html.unescape(unmarked))


def told(client: Client, analysis: str, language: Language = "en") -> dict[str, str]:
    """What stands in the forms that are texts."""
    pdf = "".join(texts(PdfReader(io.BytesIO(report(client, analysis, "pdf", language).content))))
    return {
        "board": plain(report(client, analysis, "board", language).text),
        "html": plain(report(client, analysis, "html", language).text),
        "pdf": plain(pdf),
    }


def figures(client: Client, language: Language) -> list[str]:
    """What has to stand in each of them, out of what the API answers."""
    words, money = BoardWords(language), CustomerText(language, "EUR").money
    get = {"params": {"lang": language}}
    found: list[str] = []
    for short in client.get(f"{HERE}/assessments").json()["items"]:
        result = client.get(f"{HERE}/assessments/{short['id']}").json()["result"]
        found += [words.number(result["score"], 1)] if result["score"] is not None else []
        found += [words.signed(gap["gain"], 2) for gap in result.get("gaps", [])[:3]]
        for asked in result.get("perception", {}).get("questions", ()):
            found += [words.number(gap["gap"] * 100) for gap in asked["gaps"]]
    asset = client.get(f"{HERE}/customer-asset", **get).json()
    found += [money(asset["worth"]), *(money(one["worth"]) for one in asset["segment_worth"])]
    for one in asset["drivers"]:
        found += [money(one["worth"]), *(words.share(one[f"share_of_{what}"]) for what in ("worth", "pressure", "pay"))]
    (short,) = client.get(f"{HERE}/business-case").json()["items"]
    case = client.get(f"{HERE}/business-case/{short['id']}", **get).json()
    found += [money(case["net_present_value"][end]) for end in ("low", "middle", "high")]
    found += [words.share(case["probability_of_loss"]), *(one["source"] for one in case["assumptions"])]
    road = client.get(f"{HERE}/roadmap", **get).json()
    found += [one["title"] for one in road["phases"]]
    for item in road["items"]:
        found += [item["title"], words.day(item["begins_on"]), words.day(item["ends_on"]), item.get("owner", "")]
    return [*map(plain, found)]


class Road(NamedTuple):
    """A company that walked the road: its analysis and business case, and the report as it was before."""

    client: Client
    analysis: str
    case: dict[str, Any]
    before: str
    first: Any


@pytest.fixture(scope="module")
def road() -> Iterator[Road]:
    """The telecom company of the templates."""
    with serving() as client:
        analysis = analysed(client)["id"]
        before, first = plain(report(client, analysis, "board").text), report(client, analysis, "pdf")
        yield Road(client, analysis, walked(client, {"id": analysis}), before, first)


def test_nothing_there_is_one_line(road: Road) -> None:
    """It says what could be added, and there is no chapter."""
    assert plain("Not there yet, and could be added: an assessment of other obstacles than conflicts;") in road.before
    assert plain("Beyond the conflicts") not in road.before


def test_the_first_page_stays_the_conflicts(road: Road) -> None:
    """Whatever came beside the analysis; the report has another tag then."""
    after = report(road.client, road.analysis, "pdf")
    first, other = (texts(PdfReader(io.BytesIO(read.content)))[0] for read in (road.first, after))

    assert road.first.headers["etag"] != after.headers["etag"]
    assert PAGES.sub("", other) == PAGES.sub("", first)


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_is_kept_beside_an_analysis_stands_in_its_report(road: Road, language: Language) -> None:
    """With the figures that the API answers, in every form for people."""
    asked = figures(road.client, language)

    for form, text in told(road.client, road.analysis, language).items():
        assert plain(BoardWords(language)("beside")) in text, form
        assert [figure for figure in asked if figure not in text] == [], form
        assert plain(BoardWords(language)("add_roadmap")) not in text


def test_the_workbook_has_the_figures_with_their_digits(road: Road) -> None:
    """A sheet for each thing; a score, a driver, an assumption, a quarter and an item are rows with what the API answers."""
    client, case = road.client, road.case
    asset, items = (client.get(f"{HERE}/{what}").json() for what in ("customer-asset", "roadmap"))

    book = openpyxl.load_workbook(io.BytesIO(report(client, road.analysis, "xlsx").content))
    rows = {sheet.title: [*sheet.iter_rows(min_row=2, values_only=True)] for sheet in book}

    assert [row[:5] for row in rows["REAP"]] == [
        (BoardWords()(one["driver"]), float(one["worth"]), *(one[f"share_of_{what}"] for what in ("worth", "pressure", "pay")))
        for one in asset["drivers"]
    ]  # fmt: skip
    ends = [end for row in rows["Assumptions"] for end in row[1:4]]
    assert ends == pytest.approx([one[end] for one in case["assumptions"] for end in ("low", "likely", "high")])
    assert TRAINING["source"] in {row[6] for row in rows["Assumptions"]}
    assert [row[5] for row in rows["Business case"][1:]] == [float(q["cumulated"]["middle"]) for q in case["cash_flow"]]
    assert [(row[8], row[3] or None) for row in rows["Roadmap"]] == [
        (one["key"], one.get("owner")) for one in items["items"]
    ]
    for short in client.get(f"{HERE}/assessments").json()["items"]:
        result = client.get(f"{HERE}/assessments/{short['id']}").json()["result"]
        scores = {
            one["question"]: one["score"] for section in result.get("sections", ()) for one in section["questions"]
        }
        assert {row[16]: row[3] for row in rows["Assessments"] if row[15] == short["id"]} == pytest.approx(scores)
    summary = {row[0]: row[1] for row in rows["Summary"]}
    assert summary["Net present value, middle: Try it"] == float(case["net_present_value"]["middle"])
