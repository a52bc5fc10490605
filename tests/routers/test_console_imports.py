"""`/organizations/import`, `/organizations/{org}/import`, `…/imports/{id}`: files that people bring in by the pages; on both databases."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from app.services import sessions
from app.web.sessions import COOKIE
from tests.http_client import Client
from tests.routers.stored_companies import AT as HERE
from tests.routers.stored_companies import put_company
from tests.routers.test_console import cookie, look

AT = HERE.removeprefix("/v1")
CSV = "key;department;name;direction;weight\nspeed;{department};Answer time;{direction};40\n"


@pytest.fixture
def company(tenant: Client) -> Client:
    """A workspace with a company in it."""
    put_company(tenant)
    return tenant


def send(client: Client, path: str, secret: str, file: str = "", data: bytes = b"", /, **fields: str) -> httpx.Response:
    """What a form with a file is answered with."""
    headers = {"Cookie": f"{COOKIE}={secret}", "Authorization": ""}
    said = {"form": sessions.form_token(secret), **fields}
    return client.post(path, data=said, files={"file": (file, data)} if file else None, headers=headers)


def press(client: Client, path: str, secret: str, **fields: str) -> httpx.Response:
    """What a form without a file is answered with."""
    headers = {"Cookie": f"{COOKIE}={secret}", "Authorization": ""}
    return client.post(path, data={"form": sessions.form_token(secret), **fields}, headers=headers)


def where(answer: httpx.Response) -> str:
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].removeprefix("http://concord.test")


def a_department(client: Client) -> str:
    return str(client.get(f"{HERE}/departments").json()["items"][0]["key"])


def kpis(client: Client) -> list[str]:
    return [one["key"] for one in client.get(f"{HERE}/kpis").json()["items"]]


def the_file(client: Client, direction: str = "decrease") -> bytes:
    return CSV.format(department=a_department(client), direction=direction).encode()


def condition(page: str) -> str:
    found = re.search(r'name="condition" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_a_file_is_previewed_then_applied(company: Client) -> None:
    """Nothing changes before that; afterwards the page says which revision it is, and leads to the analysis."""
    secret = cookie(company)

    preview = where(send(company, f"{AT}/import", secret, "kpis.csv", the_file(company)))
    page = look(company, preview, secret).text
    before = kpis(company)
    applied = where(press(company, f"{preview}/apply", secret, condition=condition(page)))
    after = look(company, applied, secret).text

    assert "KPI “Answer time” is new" in page
    assert "speed" not in before
    assert "speed" in kpis(company)
    assert "The file is part of the model." in after
    assert f'action="http://concord.test{AT}/analyses"' in after


def test_a_file_with_problems_shows_each_with_its_cell_and_changes_nothing(company: Client) -> None:
    """What was expected is told beside it; there is nothing to apply."""
    secret = cookie(company)
    document = company.get(f"{HERE}/document").json()

    preview = where(send(company, f"{AT}/import", secret, "kpis.csv", the_file(company, "upwards")))
    page = look(company, preview, secret).text
    refused = press(company, f"{preview}/apply", secret)

    assert "<code>kpis!D2</code>" in page
    assert "one of" in page
    assert "/apply" not in page
    assert refused.status_code == 422
    assert company.get(f"{HERE}/document").json() == document


def test_a_changed_model_asks_for_a_new_preview_of_the_same_file(company: Client) -> None:
    """The old one is not applied; the new one is, without sending the file again."""
    secret = cookie(company)
    preview = where(send(company, f"{AT}/import", secret, "kpis.csv", the_file(company)))
    was = condition(look(company, preview, secret).text)
    company.patch(
        f"{HERE}/document",
        json={"organization": {"industry": "other"}},
        headers={"If-Match": "*", "Content-Type": "application/merge-patch+json"},
    )

    refused = press(company, f"{preview}/apply", secret, condition=was)
    again = where(press(company, f"{preview}/again", secret))
    page = look(company, again, secret).text

    assert refused.status_code == 412
    assert "The model changed since this preview was made." in refused.text
    assert again != preview
    assert where(press(company, f"{again}/apply", secret, condition=condition(page))) == f"{again}?done=imported"


def test_headings_that_nobody_knows_are_corrected_on_the_page(company: Client) -> None:
    """The file is kept with its preview and read again."""
    secret = cookie(company)
    data = the_file(company).replace(b"weight", b"Wieght")

    preview = where(send(company, f"{AT}/import", secret, "kpis.csv", data))
    page = look(company, preview, secret).text
    again = where(press(company, f"{preview}/again", secret, heading="Wieght", column="weight"))

    assert "“Wieght” (kpis!E1) means" in page
    assert 'value="weight"' in page
    assert "KPI “Answer time” is new" in look(company, again, secret).text


def test_a_column_that_does_not_exist_is_told_with_the_nearest(company: Client) -> None:
    """And no preview is made of it."""
    secret = cookie(company)
    preview = where(send(company, f"{AT}/import", secret, "kpis.csv", the_file(company)))

    refused = press(company, f"{preview}/again", secret, heading="weight", column="wieght")

    assert (refused.status_code, "weight" in refused.text) == (400, True)


def test_an_organization_begins_with_a_file(tenant: Client) -> None:
    """Named in the form or in the file; it is there with a preview, which makes it whole."""
    secret = cookie(tenant)
    data = b"key,name,function\nsales,Sales,sales\n"

    preview = where(
        send(tenant, "/organizations/import", secret, "departments.csv", data, name="Ash & Elm Ltd", key="")
    )
    page = look(tenant, preview, secret).text
    where(press(tenant, f"{preview}/apply", secret, condition=condition(page)))

    assert preview.startswith("/organizations/ash-elm-ltd/imports/")
    assert tenant.get("/v1/organizations/ash-elm-ltd/departments").json()["items"][0]["name"] == "Sales"


@pytest.mark.parametrize(
    ("name", "data", "fields", "told"),
    [
        ("departments.csv", b"key,name,function\nsales,Sales,selling\n", {"name": "Ash"}, "<code>departments!C2</code>"),
        ("departments.csv", b"key,name,function\nsales,Sales,sales\n", {}, "Say what the organization is called."),
        ("departments.csv", b"key,name,function\nsales,Sales,sales\n", {"name": "Ash", "key": "No Key"}, "/organization/key"),
        ("broken.xlsx", b"PK nonsense", {"name": "Ash"}, "bad-news"),
        ("", b"", {"name": "Ash"}, "missing"),
    ],
)  # fmt: skip
def test_a_file_with_problems_begins_nothing(
    tenant: Client, name: str, data: bytes, fields: dict[str, Any], told: str
) -> None:
    """The form is there again with what was typed and each problem."""
    secret = cookie(tenant)

    answer = send(tenant, "/organizations/import", secret, name, data, **fields)

    assert (answer.status_code, told in answer.text) == (422, True), answer.text
    assert f'value="{fields.get("name", "")}"' in answer.text
    assert tenant.get("/v1/organizations").json()["items"] == []


def test_an_organization_begins_with_a_starter_company(tenant: Client) -> None:
    """Under its own name or another; a name that is taken is told beside the form."""
    secret = cookie(tenant)

    first = where(press(tenant, "/organizations/start", secret, starter="telecom"))
    second = where(press(tenant, "/organizations/start", secret, starter="telecom", starter_name="Our own"))
    taken = press(tenant, "/organizations/start", secret, starter="telecom")

    assert (first, second) == ("/organizations/tallowmere?done=begun", "/organizations/our-own?done=begun")
    assert (taken.status_code, "bad-news" in taken.text) == (409, True) or taken.status_code == 422
    assert tenant.get("/v1/organizations/our-own").json()["name"] == "Our own"


def test_whoever_may_only_read_brings_nothing_in(company: Client) -> None:
    """The pages show no form, and one that is sent all the same is refused."""
    reader = company.another("read")
    secret = cookie(reader)

    pages = [look(reader, path, secret) for path in ("/organizations/import", f"{AT}/import")]
    refused = [
        send(reader, "/organizations/import", secret, "kpis.csv", b"key\n", name="X").status_code,
        send(reader, f"{AT}/import", secret, "kpis.csv", b"key\n").status_code,
        press(reader, "/organizations/start", secret, starter="telecom").status_code,
    ]

    assert [(page.status_code, 'type="file"' in page.text) for page in pages] == [(200, False)] * 2
    assert refused == [403, 403, 403]


def test_previews_of_others_are_as_good_as_absent(company: Client) -> None:
    """To look at, to apply and to read again."""
    secret = cookie(company)
    preview = where(send(company, f"{AT}/import", secret, "kpis.csv", the_file(company)))
    stranger = company.another("read", "write", "admin", workspace="strangers")
    theirs = cookie(stranger)

    answers = [
        look(stranger, preview, theirs),
        press(stranger, f"{preview}/apply", theirs),
        press(stranger, f"{preview}/again", theirs),
        send(stranger, f"{AT}/import", theirs, "kpis.csv", b"key\n"),
    ]

    assert [one.status_code for one in answers] == [404] * 4


def test_an_empty_workbook_is_there_to_fill_in(company: Client) -> None:
    """For an organization in its currency; for those who begin, too."""
    secret = cookie(company)

    books = [look(company, f"{path}/import/workbook", secret) for path in ("/organizations", AT)]

    assert [book.content[:2] for book in books] == [b"PK"] * 2
    assert "attachment" in books[0].headers["content-disposition"]
