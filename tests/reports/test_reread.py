"""An analysis read back from its JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from app.catalogue.load import catalogue
from app.domain.analysis import analyse_in
from app.domain.document.checks import document_from
from app.reports.canonical_json import as_json, render_analysis
from app.reports.reread import analysis_from
from tests.counts import many
from tests.domain.call_centre import AS_OF, call_centre
from tests.properties.companies import Raw, companies


def reread(raw: Raw, *, recommend: bool = False) -> None:
    """Read what is told in both languages back, and write it again."""
    document = document_from(raw, catalogue())
    for told in analyse_in(("en", "de"), document, catalogue(), as_of=AS_OF, raw=raw, with_recommendations=recommend):
        assert render_analysis(analysis_from(json.loads(render_analysis(told)))) == render_analysis(told)


@settings(max_examples=many(200))
@given(companies())
def test_what_is_read_back_is_written_as_it_was(raw: Raw) -> None:
    """Byte for byte."""
    reread(raw)


@pytest.mark.slow
def test_recommendations_and_waivers_are_read_back() -> None:
    """With what is accepted, and notices about it."""
    raw = call_centre()
    first = analyse_in(("en",), document_from(raw, catalogue()), catalogue(), as_of=AS_OF, raw=raw)[0].findings[0]
    waivers = [
        {"fingerprint": first.fingerprint, "owner": "anna", "reason": "known", "expires": "2026-12-31"},
        {"rule": "FLU101", "subjects": ["nothing"]},
    ]

    reread({**raw, "suppressions": waivers}, recommend=True)


def test_both_languages_tell_the_same_run() -> None:
    """Everything but texts is equal, recommendations included."""
    raw = call_centre()
    document = document_from(raw, catalogue())

    english, german = (as_json(told) for told in analyse_in(("en", "de"), document, catalogue(), as_of=AS_OF, raw=raw))

    for member in ("departments", "matrix", "rules", "goals", "loops", "resolutions"):
        assert english[member] == german[member]
    for one, other in zip(english["findings"], german["findings"], strict=True):
        assert (one["fingerprint"], one["severity"], one["facts"]) == (
            other["fingerprint"],
            other["severity"],
            other["facts"],
        )
    assert [one["effect"] for one in english["recommendations"]] == [one["effect"] for one in german["recommendations"]]
    assert english["findings"][0]["title"] != german["findings"][0]["title"]
