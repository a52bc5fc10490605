"""The audit as a use case."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.errors import DocumentInvalid, Unknown
from app.exchange.read import read
from app.services import audits

DAY = date(2026, 11, 22)
ACME = """\
concord: 1
organization: {name: Acme}
departments: [{key: service, name: Service, function: service}]
outcomes: [{key: fcr, name: First contact resolution, direction: increase, weight: 1}]
kpis: [{key: aht, department: service, name: Average handling time, direction: decrease}]
"""


def test_an_audit_tells_what_it_found() -> None:
    """The analysis names the day and the document."""
    analysis = audits.audit(read(ACME.encode(), "acme.yaml"), as_of=DAY)

    assert (analysis.as_of, analysis.concord) == ("2026-11-22", 1)
    assert any({"aht", "fcr"} <= {s.key for s in finding.subjects} for finding in analysis.findings)


def test_problems_are_told_with_their_places() -> None:
    """File, line and column of what was read."""
    with pytest.raises(DocumentInvalid) as refused:
        audits.audit(read(ACME.replace("decrease", "dwn").encode(), "acme.yaml"), as_of=DAY)

    (problem,) = refused.value.problems
    assert (problem.pointer, problem.file, problem.line, problem.column) == ("/kpis/0/direction", "acme.yaml", 5, 80)


def test_why_explains_a_pair() -> None:
    """In the order of the arithmetic."""
    told = audits.why(read(ACME.encode(), "acme.yaml"), "aht", "fcr", as_of=DAY)

    assert (told.source, told.target, told.sides[0].reason) == ("aht", "fcr", "conflict")


def test_why_wants_keys_of_the_document() -> None:
    """And names the nearest."""
    with pytest.raises(Unknown) as refused:
        audits.why(read(ACME.encode(), "acme.yaml"), "ahht", "fcr", as_of=DAY)

    assert refused.value.nearest == ("aht",)


def test_recommendations_can_be_left_out() -> None:
    """Proving them is most of the work."""
    source = read(ACME.encode(), "acme.yaml")

    assert audits.audit(source, as_of=DAY, with_recommendations=False).recommendations == ()
