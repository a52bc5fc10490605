"""`POST /v1/audits`."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.document.checks import document_from
from app.exchange.read import read
from app.exchange.write import write
from app.reports import formats
from app.reports.canonical_json import render_analysis
from app.reports.formats import Format
from app.routers.examples import DOCUMENT
from app.services import audits
from app.services.verdicts import reported
from tests.contract.problem_shape import check_problem
from tests.http_client import Client, serving

COMPANIES = Path(__file__).parents[1] / "cases" / "companies"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def company(name: str) -> dict[str, Any]:
    return {"concord": 1, **yaml.safe_load((COMPANIES / f"{name}.yaml").read_text())["document"]}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["07-sprint-care", "40-carmax-flat-fee"])
def test_an_audit_is_what_the_engine_says(client: Client, name: str) -> None:
    """The bytes are those of the engine's own analysis."""
    raw = company(name)

    response = client.post("/v1/audits?as_of=2026-11-22", json=raw)

    expected = analyse(document_from(raw, catalogue()), catalogue(), as_of=date(2026, 11, 22), raw=raw)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.content == render_analysis(expected)


@pytest.mark.slow
def test_json_yaml_and_a_workbook_say_the_same(client: Client) -> None:
    """The form of a document decides nothing."""
    raw = company("22-navient")
    bodies = {
        "application/json": json.dumps(raw).encode(),
        "application/yaml": yaml.safe_dump(raw).encode(),
        "text/yaml; charset=UTF-8": yaml.safe_dump(raw).encode(),
        XLSX: write(raw, "xlsx"),
        "application/octet-stream": write(raw, "xlsx"),
    }

    found = [
        client.audit(body, media_type, params={"as_of": "2026-01-01"}).json() for media_type, body in bodies.items()
    ]

    findings = [[(f["fingerprint"], f["severity"]) for f in analysis["findings"]] for analysis in found]
    assert findings == [findings[0]] * len(bodies)
    assert {analysis["content_hash"] for analysis in found} == {found[0]["content_hash"]}


def test_without_a_content_type_the_bytes_tell(client: Client) -> None:
    """JSON and YAML are told apart by how they begin."""
    for body in (DOCUMENT, json.dumps(yaml.safe_load(DOCUMENT))):
        assert client.post("/v1/audits", content=body).status_code == 200


def test_the_day_may_be_chosen_and_is_todays_otherwise(client: Client) -> None:
    """Today in UTC."""
    chosen, now = client.audit(DOCUMENT, params={"as_of": "2024-02-29"}), client.audit(DOCUMENT)

    assert chosen.json()["as_of"] == "2024-02-29"
    assert abs((date.fromisoformat(now.json()["as_of"]) - date.today()).days) <= 1


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_no_day_is_too_far_away(client: Client, day: str) -> None:
    """The calendar's ends are days as well."""
    assert client.post(f"/v1/audits?as_of={day}", json=company("22-navient")).status_code == 200


@pytest.mark.slow
def test_texts_are_in_the_language_that_is_asked_for(client: Client) -> None:
    """`?lang=` wins over Accept-Language; what was found does not depend on it."""
    raw = company("07-sprint-care")
    english = client.post("/v1/audits", json=raw)
    german = client.post("/v1/audits", json=raw, headers={"Accept-Language": "de"})
    chosen = client.post("/v1/audits?lang=de", json=raw, headers={"Accept-Language": "en"})

    assert [r.headers["content-language"] for r in (english, german, chosen)] == ["en", "de", "de"]
    assert german.content == chosen.content != english.content
    assert [f["fingerprint"] for f in german.json()["findings"]] == [
        f["fingerprint"] for f in english.json()["findings"]
    ]


def test_the_same_document_gives_the_same_bytes(client: Client) -> None:
    """Again, and in another process of the service."""
    with serving() as other:
        answers = [c.audit(DOCUMENT, params={"as_of": "2026-11-22"}).content for c in (client, client, other)]

    assert answers == [answers[0]] * 3


def test_nobody_keeps_an_answer_about_somebodys_document(client: Client) -> None:
    """It is stored nowhere on the way."""
    assert client.audit(DOCUMENT).headers["cache-control"] == "no-store"


def test_the_form_that_is_named_wins_over_accept(client: Client) -> None:
    """`?format=json` is answered whatever a client says that it accepts."""
    response = client.audit(DOCUMENT, headers={"Accept": "text/html"}, params={"format": "json"})

    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")


@pytest.mark.parametrize("form", formats.formats().values(), ids=formats.names())
def test_every_format_is_answered_by_name_and_by_media_type(client: Client, form: Format) -> None:
    """The bytes are those of the command line, and nobody keeps them."""
    named = client.audit(DOCUMENT, params={"format": form.name, "file": "plans/acme.yaml", "as_of": "2026-03-01"})
    accepted = client.audit(
        DOCUMENT, headers={"Accept": form.media_type}, params={"file": "plans/acme.yaml", "as_of": "2026-03-01"}
    )

    source = read(DOCUMENT.encode(), "acme.yaml", "yaml")
    report = reported("plans/acme.yaml", source, audits.audit(source, as_of=date(2026, 3, 1)))
    assert named.status_code == accepted.status_code == 200
    assert named.content == accepted.content == form.render([report], catalogue=catalogue())
    assert named.headers["content-type"].split(";")[0] == form.media_type
    assert named.headers["cache-control"] == "no-store"


def test_a_page_may_wear_its_style_and_nothing_else(client: Client) -> None:
    """The header allows what the page itself allows."""
    response = client.audit(DOCUMENT, headers={"Accept": "text/html"})

    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert policy.removesuffix("; frame-ancestors 'none'") in response.text


def test_a_form_that_is_not_offered_is_refused_with_those_that_are(client: Client) -> None:
    """406 lists the media types; a name that no format has is 400 and names the nearest."""
    by_type = client.audit(DOCUMENT, headers={"Accept": "image/png"})
    by_name = client.audit(DOCUMENT, params={"format": "sarf"})

    assert by_type.status_code == 406
    assert set(by_type.json()["offered"]) == {form.media_type for form in formats.formats().values()}
    assert (by_name.status_code, by_name.json()["errors"][0]["hint"]) == (400, "did you mean 'sarif'?")


def test_a_browser_gets_a_page_and_a_script_gets_json(client: Client) -> None:
    """Who accepts everything gets JSON."""
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

    told = [client.audit(DOCUMENT, headers={"Accept": accept}).headers["content-type"] for accept in (browser, "*/*")]

    assert told == ["text/html; charset=utf-8", "application/json"]


def test_a_problem_in_a_workbook_is_named_by_its_cell(client: Client) -> None:
    """As people see it in their spreadsheet."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(write(yaml.safe_load(DOCUMENT), "xlsx")))
    sheet = book["kpis"]
    column = next(cell.column for cell in sheet[1] if cell.value == "direction")
    sheet.cell(2, column).value = "dwn"
    changed = io.BytesIO()
    book.save(changed)

    response = client.audit(changed.getvalue(), XLSX)

    (error,) = response.json()["errors"]
    assert (response.status_code, error["code"], error["sheet"]) == (422, "not_one_of", "kpis")
    assert error["cell"] == sheet.cell(2, column).coordinate


def test_waiting_too_long_is_refused_with_a_time_to_come_back() -> None:
    """With no turn to be had the answer is 503."""
    with serving() as busy:
        busy.app.state.turns._inside = 10**6
        response = busy.audit(DOCUMENT)

    assert (response.status_code, response.headers["retry-after"]) == (503, "5")
    assert response.json()["type"].endswith("/problems/overloaded")


def test_a_document_with_more_goals_than_are_audited_is_too_large() -> None:
    """Told before any of the work is done; the command line has no such limit."""
    with serving(audit_goals=1) as small:
        response = small.audit(DOCUMENT)

    problem = check_problem(response)
    assert (problem["status"], problem["detail"]) == (
        413, "KPIs and components are 2 together; at most 1 are audited here, so that every answer comes in good time",
    )  # fmt: skip
    assert problem["errors"][0]["code"] == "too_many_goals"  # type: ignore[index]


@pytest.mark.parametrize(
    ("query", "rules"), [("select=governance", {"GOV"}), ("ignore=INC,measurement,low", {"FLU", "GOV"})]
)
def test_findings_can_be_selected(client: Client, query: str, rules: set[str]) -> None:
    """As on the command line; the analysis says what was in force."""
    analysis = client.post(f"/v1/audits?{query}", json=company("07-sprint-care")).json()

    name, _, value = query.partition("=")
    assert {f["rule"][:3] for entry in analysis["findings"] for f in (entry, *entry["also"])} <= rules
    assert analysis["settings"] == [{"name": name, "value": value.split(","), "origin": "request"}]


@pytest.mark.parametrize(
    ("name", "nearest"), [("FLU111", "FLU101"), ("Governance", "governance"), ("servicee", "service")]
)
def test_names_that_nothing_has_are_refused(client: Client, name: str, nearest: str) -> None:
    """With the parameter and the nearest name; a department must be one of the document's."""
    response = client.post(f"/v1/audits?ignore={name}", content=DOCUMENT, headers={"Content-Type": "application/yaml"})

    check_problem(response)
    (error,) = response.json()["errors"]
    assert response.status_code == 400
    assert (error["parameter"], error["hint"]) == ("ignore", f"did you mean '{nearest}'?")
