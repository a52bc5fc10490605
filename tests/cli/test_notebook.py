"""`from app import audit`: the plain function for notebooks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from app import audit
from app.domain.errors import DocumentInvalid
from tests.cli.conftest import Written
from tests.cli.documents import BROKEN, HARMFUL

AS_OF = date(2026, 1, 1)


def test_a_path_a_text_and_a_mapping_give_the_same_analysis(written: Written):
    """However the document comes, it is the same document."""
    path = written("acme.yaml", HARMFUL)

    analyses = [audit(d, as_of=AS_OF) for d in (path, str(path), HARMFUL, yaml.safe_load(HARMFUL))]

    assert all(analysis == analyses[0] for analysis in analyses)
    assert analyses[0].findings[0].level == "critical"


def test_the_language_is_that_of_the_texts():
    """`language="de"` gives German titles."""
    assert audit(HARMFUL, as_of=AS_OF, language="de").summary.headline != audit(HARMFUL, as_of=AS_OF).summary.headline


def test_days_may_be_dates():
    """A mapping read by a YAML library holds dates, and they are read as days."""
    raw = yaml.safe_load(HARMFUL)
    raw["incentive_plans"][0]["effective"] = {"from": date(2027, 1, 1)}

    analysis = audit(raw, as_of=AS_OF)

    assert any("Contact centre agent" in assumption for assumption in analysis.assumptions)


def test_every_problem_is_in_the_exception():
    """A document that is not valid raises with all of its problems and their places."""
    with pytest.raises(DocumentInvalid) as raised:
        audit(BROKEN)

    assert [problem.line for problem in raised.value.problems] == [4, 7]


def test_a_file_that_does_not_exist_is_an_error_of_the_system(tmp_path: Path):
    """As `open` says it."""
    with pytest.raises(FileNotFoundError):
        audit(tmp_path / "nothing.yaml")
