"""`concord scenarios`: what-ifs in the service, from the shell; against a process of the service."""

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


def pushed(text: str = ACME) -> None:
    Path("acme.yaml").write_text(text, encoding="utf-8")
    assert concord("push", "acme.yaml").status == 0


def made(old: str, new: str, *options: str) -> str:
    """The id of a scenario made of a changed file."""
    assert old in ACME
    Path("changed.yaml").write_text(ACME.replace(old, new), encoding="utf-8")
    ran = concord("scenarios", "add", "acme", "changed.yaml", "--name", "Less pay", *options)
    assert ran.status == 0, ran.err
    return ran.out.strip()


SHARE = "target_variable_pay_share: 0.3"


def test_a_scenario_is_made_of_a_file_and_compared(logged_in: Running):
    """It is listed, shown with its notes, and told beside the model, in both languages."""
    pushed()

    id_ = made(SHARE, "target_variable_pay_share: 0.2", "--note", "As agreed.")
    listed = concord("scenarios", "list", "acme")
    shown = concord("scenarios", "show", "acme", id_)
    told = concord("scenarios", "diff", "acme", id_, "--as-of", "2026-11-22")
    german = concord("scenarios", "diff", "acme", id_, "base", "--as-of", "2026-11-22", "--lang", "de")
    said = json.loads(concord("scenarios", "diff", "acme", id_, "--format", "json").out)
    assert id_ in listed.out and "Less pay" in listed.out
    assert "1. As agreed. (tests, pch_" in shown.out
    assert "target_variable_pay_share 0.3 → 0.2" in shown.out
    assert told.status in (0, 1)
    assert "“Less pay” against the model, revision 1, as of 2026-11-22" in told.out
    assert "PAY THAT MOVES" in told.out and "10% of total pay" in told.out
    assert "„Less pay“ gegenüber dem Modell, Revision 1" in german.out
    assert "VERGÜTUNG, DIE SICH VERSCHIEBT" in german.out
    assert said["pay_moved"][0]["share"] == pytest.approx(0.1)


def test_a_scenario_is_brought_to_the_model_and_becomes_it(logged_in: Running):
    """Conflicts are shown with both values and chosen; then it is promoted."""
    pushed()
    id_ = made(SHARE, "target_variable_pay_share: 0.2")
    pushed(ACME.replace(SHARE, "target_variable_pay_share: 0.25"))

    open_ = concord("scenarios", "rebase", "acme", id_)
    wrong = concord("scenarios", "rebase", "acme", id_, "--take", "/x=both")
    early = concord("scenarios", "promote", "acme", id_)
    pointer = open_.out.splitlines()[0]
    chosen = concord("scenarios", "rebase", "acme", id_, "--take", f"{pointer}=scenario")
    promoted = concord("scenarios", "promote", "acme", id_)
    assert (open_.status, wrong.status, early.status) == (1, 2, 2)
    assert open_.out.splitlines()[1:] == ["  base: 0.3", "  model: 0.25", "  scenario: 0.2"]
    assert "rebase it first" in early.err
    assert chosen.status == 0 and "on revision 2 now" in chosen.err
    assert "acme is at revision 3 now: 1 change." in promoted.err
    assert "target_variable_pay_share: 0.2" in concord("pull", "acme").out


def test_a_file_that_changes_nothing_makes_no_scenario(logged_in: Running):
    """And a scenario that is put aside leaves the list."""
    pushed()

    same = concord("scenarios", "add", "acme", "acme.yaml", "--name", "Same")
    id_ = made(SHARE, "target_variable_pay_share: 0.2")
    concord("scenarios", "discard", "acme", id_)
    assert same.status == 2 and "there is nothing to try" in same.err
    assert concord("scenarios", "list", "acme").out == "No scenarios yet.\n"
    assert id_ in concord("scenarios", "list", "acme", "--all").out
