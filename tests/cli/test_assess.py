"""`concord assess`: a company is assessed from the shell; against a process of the service."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.documents import HARMFUL
from tests.cli.home import Running
from tests.cli.home import home as home
from tests.cli.home import logged_in as logged_in
from tests.cli.home import running as running
from tests.cli.runner import concord

pytestmark = pytest.mark.slow

ACME = HARMFUL.replace("organization: {", "organization: {key: acme, ", 1)


def test_a_form_is_printed_filled_in_and_told(logged_in: Running) -> None:
    """The form of an instrument, with an answer in it, becomes a score that is traced to it, in both languages."""
    Path("acme.yaml").write_text(ACME, encoding="utf-8")
    assert concord("push", "acme.yaml").status == 0
    form = concord("assess", "ask", "seven-principles").out
    Path("answers.csv").write_text(
        form.replace(",executives,,sponsor,,", "Ada,executives,,sponsor,2,"), encoding="utf-8"
    )

    id_ = concord("assess", "start", "acme", "seven-principles", "--name", "Board").out.strip()
    answered = concord("assess", "answer", "acme", id_, "answers.csv")
    told = concord("assess", "result", "acme", id_)
    german = concord("assess", "result", "acme", id_, "--lang", "de")
    traced = concord("assess", "show", "acme", id_, "--question", "sponsor")
    listed = json.loads(concord("assess", "list", "acme", "--format", "json").out)

    assert answered.status == 0, answered.err
    assert "“Board” has 1 answers now." in answered.err
    assert "Does a member of the board stand for the change by name?\n    people 2.0, answers 1" in told.out
    assert "WAS AM MEISTEN FEHLT" in german.out
    assert "Ada" in traced.out
    by_model = json.loads(concord("assess", "show", "acme", id_, "--format", "json").out)["answered_by_model"]
    told_of_all = concord("assess", "show", "acme", id_).out
    assert by_model and all(
        f"The model answers {one['question']} with {one['score']} by" in told_of_all for one in by_model
    )
    assert [one["people"] for one in listed] == [1]


def test_the_perception_gap_is_told_beside_what_was_published(logged_in: Running) -> None:
    """Who agrees in each group, that three people are too few to say more, and the figure that others published."""
    Path("acme.yaml").write_text(ACME, encoding="utf-8")
    concord("push", "acme.yaml")
    id_ = concord("assess", "start", "acme", "perception-gap", "--name", "Who sees what").out.strip()
    rows = ["a,executives,customer_centric,5", "b,executives,customer_centric,4", "c,customers,customer_centric,2"]
    Path("answers.csv").write_text("\n".join(["respondent,group,question,score", *rows]), encoding="utf-8")
    concord("assess", "answer", "acme", id_, "answers.csv")

    told = concord("assess", "result", "acme", id_).out

    assert "executives: 100% of 2 agree" in told
    assert "may be chance; ask " in told
    assert "Published by Leather" in told


def test_what_is_wrong_in_a_sheet_is_told_by_cell(logged_in: Running) -> None:
    """Nothing is kept then; an instrument that there is not is named with those that there are."""
    Path("acme.yaml").write_text(ACME, encoding="utf-8")
    concord("push", "acme.yaml")
    id_ = concord("assess", "start", "acme", "obstacles", "--name", "Board").out.strip()
    Path("answers.csv").write_text("respondent,group,question,score\nAda,executive,structure,7\n", encoding="utf-8")

    wrong = concord("assess", "answer", "acme", id_, "answers.csv")
    unknown = concord("assess", "ask", "seven")

    assert wrong.status == 2
    assert "did you mean 'executives'?" in wrong.err
    assert "must be one of 1, 2, 3, 4, 5, not 7" in wrong.err
    assert unknown.status == 2
    assert "seven-principles" in unknown.err
