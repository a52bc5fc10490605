"""`/`, `/docs` and `/openapi.json`."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from tests.http_client import Client

BROWSER = {"Accept": "text/html,*/*;q=0.8"}


class Links(HTMLParser):
    """What a page points to, what it can be pointed at, and what it loads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.targets: set[str] = set()
        self.places: set[str] = set()
        self.loaded: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.places.add(given["id"])
        if tag == "a":
            self.targets.add(given["href"])
        elif "src" in given or "href" in given:
            self.loaded.add(tag)


@pytest.mark.slow
def test_every_link_at_the_root_leads_somewhere(client: Client) -> None:
    """Anything but 404; what takes a POST says so."""
    links = client.get("/").json()["links"]

    statuses = {name: client.get(url).status_code for name, url in links.items()}
    assert {name for name, status in statuses.items() if status != 200} == {"audits"}
    assert statuses["audits"] == 405


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_every_link_of_a_page_leads_somewhere(client: Client, path: str) -> None:
    """Within the page, or to another one of the service, by way of signing in; nothing is loaded from anywhere."""
    links = Links(client.get(path, headers=BROWSER).text)

    assert links.loaded == set()
    for target in links.targets:
        if target.startswith("#"):
            assert target[1:] in links.places
        else:
            assert client.get(target).status_code == (303 if target == "/organizations" else 200), target


@pytest.mark.slow
def test_the_reference_shows_every_operation(client: Client) -> None:
    """By its path, with an example of what comes back."""
    page = Links(client.get("/docs").text)

    operations = [op for methods in client.get("/openapi.json").json()["paths"].values() for op in methods.values()]
    assert {operation["operationId"] for operation in operations} <= page.places


def test_the_first_request_to_try_names_the_service_itself(client: Client) -> None:
    """By the address at which the reader is."""
    assert "http://concord.test/v1/audits" in client.get("/", headers=BROWSER).text
