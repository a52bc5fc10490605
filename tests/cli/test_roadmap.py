"""`concord roadmap`: the road in the service, from the shell; against a process of the service."""

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

ITEM = ("item", "acme", "try_changed_goals")


def test_a_roadmap_is_built_and_an_item_goes_to_its_next_stage_when_all_is_there(logged_in: Running):
    """What is missing is told with status 1; entered with the stage it goes on, and the calendar has it."""
    Path("acme.yaml").write_text(HARMFUL.replace("organization: {", "organization: {key: acme, ", 1), encoding="utf-8")
    assert concord("push", "acme.yaml").status == 0
    built = concord("roadmap", "build", "acme", "--starts-on", "2027-01-04")
    refused = concord("roadmap", *ITEM, "--owner", "Ada", "--stage", "experiment")
    entered = ("--starts-on", "2027-02-01", "--measure", "fcr=66>72 %", "--guardrail", "aht=412>450 seconds")
    moved = concord("roadmap", *ITEM, "--owner", "Ada", *entered, "--stage", "experiment", "--format", "json")
    shown = concord("roadmap", "show", "acme", "--lang", "de")
    calendar = concord("roadmap", "export", "acme", "ics")
    item = concord("roadmap", "item", "acme", "try_changed_goals")

    assert built.status == 0 and "2027-01-04 to" in built.out and "  * " in built.out
    assert (refused.status, moved.status) == (1, 0)
    assert "It has a measure of success" in refused.err
    assert json.loads(moved.out)["measure"] == {"name": "fcr", "baseline": 66.0, "target": 72.0, "unit": "%"}
    assert "2 % der Stufen sind erledigt" in shown.out and "Erproben" in shown.out
    assert "Measure of success: fcr 66 → 72 %" in item.out and "Guardrail: aht 412 → 450 seconds" in item.out
    assert calendar.out.count("BEGIN:VEVENT") == 20


def test_what_cannot_be_read_is_wrong_use(logged_in: Running):
    """A measure without values, a criterion without evidence."""
    assert concord("roadmap", *ITEM, "--measure", "fcr").status == 2
    assert concord("roadmap", *ITEM, "--confirm", "ran").status == 2
