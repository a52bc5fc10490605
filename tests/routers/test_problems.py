"""`/problems`: the pages to which problems refer."""

from __future__ import annotations

import pytest

from app.web.problem_types import PROBLEM_TYPES
from tests.http_client import Client

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize("slug", PROBLEM_TYPES)
def test_each_type_says_what_it_means_what_causes_it_and_what_helps(client: Client, slug: str) -> None:
    """In JSON for programs."""
    described = client.get(f"/problems/{slug}").json()

    type_ = PROBLEM_TYPES[slug]
    assert described == {
        "type": f"http://concord.test/problems/{slug}",
        "slug": slug,
        "status": type_.status,
        "title": type_.title.en,
        "meaning": type_.meaning.en,
        "cause": type_.cause.en,
        "remedy": type_.remedy.en,
    }


@pytest.mark.parametrize(("language", "sentence"), [("en", "What helps"), ("de", "Was hilft")])
def test_browsers_get_a_page_in_their_language(client: Client, language: str, sentence: str) -> None:
    """With nothing in it that is loaded from elsewhere."""
    response = client.get("/problems/validation", headers={**BROWSER, "Accept-Language": language})

    assert response.headers["content-language"] == language
    assert f'<html lang="{language}">' in response.text
    assert sentence in response.text
    assert "<script" not in response.text
    assert "http://" not in response.text.replace("http://concord.test", "")


def test_all_types_are_listed(client: Client) -> None:
    """As JSON and as a page."""
    page = client.get("/problems", headers=BROWSER).text

    assert [item["slug"] for item in client.get("/problems").json()["items"]] == list(PROBLEM_TYPES)
    assert all(f'href="/problems/{slug}"' in page for slug in PROBLEM_TYPES)


@pytest.mark.parametrize("slug", PROBLEM_TYPES)
def test_every_text_is_there_in_both_languages(slug: str) -> None:
    """And the German one is not the English one."""
    type_ = PROBLEM_TYPES[slug]

    for told in (type_.title, type_.detail, type_.meaning, type_.cause, type_.remedy):
        assert told.en and told.de
        assert told.en != told.de or told.en == "{reason}"
