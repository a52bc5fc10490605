"""Files that are downloaded have a name that people know them by."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from app.web.attachments import named
from tests.http_client import Client

COMPANY = """\
concord: 1
organization: {key: gruen, name: "Grün & Söhne / Zürich"}
departments: [{key: sales, name: Sales, function: sales}]
kpis: [{key: new, department: sales, name: New customers, direction: increase}]
"""
HERE = "/v1/organizations/gruen"


@pytest.mark.parametrize(
    ("form", "language", "said", "told"),
    [
        ("pdf", "de", "inline", "Grün & Söhne Zürich, Ziele und Anreizpläne, 2026-11-22.pdf"),
        ("html", "en", "inline", "Grün & Söhne Zürich, goals and incentive plans, 2026-11-22.html"),
        ("xlsx", "en", "attachment", "Grün & Söhne Zürich, goals and incentive plans, 2026-11-22.xlsx"),
        ("sarif", "en", "attachment", "Grün & Söhne Zürich, goals and incentive plans, 2026-11-22.sarif"),
    ],
)
def test_a_report_is_called_by_its_organization_and_day(
    client: Client, form: str, language: str, said: str, told: str
) -> None:
    """Browsers show what they can and save the rest; programs that know no letters beyond ASCII get a plain name."""
    answer = client.audit(
        COMPANY, headers={"Accept-Language": language}, params={"format": form, "as_of": "2026-11-22"}
    )

    assert answer.status_code == 200, answer.text
    disposition, plain, whole = answer.headers["content-disposition"].split("; ")
    assert (disposition, plain) == (said, f'filename="concord-2026-11-22.{form}"')
    assert unquote(whole.removeprefix("filename*=UTF-8''")) == told


def test_json_is_for_programs(client: Client) -> None:
    """They know what they asked for."""
    assert "content-disposition" not in client.audit(COMPANY).headers


def test_a_stored_report_is_called_the_same(stored: Client) -> None:
    """Under the key of its organization, on the day that it is as of."""
    stored.put(f"{HERE}/document", content=COMPANY, headers={"Content-Type": "application/yaml"})
    made = stored.post(f"{HERE}/analyses", json={"as_of": "2026-11-22"}).json()

    answer = stored.get(f"{HERE}/analyses/{made['id']}/report?format=xlsx")

    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"gruen-2026-11-22.xlsx\"; filename*=UTF-8''"
        "Gr%C3%BCn%20&%20S%C3%B6hne%20Z%C3%BCrich%2C%20goals%20and%20incentive%20plans%2C%202026-11-22.xlsx"
    )


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.pdf", "etc passwd.pdf"),
        ('a"; filename="b.exe.pdf', "a ; filename= b.exe.pdf"),
        ("line\r\nSet-Cookie: x.pdf", "line Set-Cookie x.pdf"),
        ("invoice\u202efdp.exe.pdf", "invoice fdp.exe.pdf"),
        ("北京 \ud800.pdf", "北京.pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ("x" * 500 + ".pdf", "x" * 200 + ".pdf"),
    ],
)
def test_names_lead_nowhere_else(name: str, safe: str) -> None:
    """Whatever an organization calls itself."""
    header = named("plain.pdf", name)["Content-Disposition"]

    assert header.startswith("attachment; filename=\"plain.pdf\"; filename*=UTF-8''")
    assert header.isascii()
    assert header.isprintable()
    assert unquote(header.rpartition("''")[2]) == safe
