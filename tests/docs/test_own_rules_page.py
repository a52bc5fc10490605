"""What the page about own rules shows is so."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from app.catalogue.load import catalogue
from app.cli.rules import app
from app.domain.rule_settings import rule_settings_from
from app.domain.rules.check import checked, lacking_examples
from app.services.conditions import resolve
from tests.docs.pages import DOCS, read

PAGE = read(DOCS / "own-rules.md")


def block(language: str, after: str = "") -> str:
    """The first block of code in that language, after a text."""
    found = re.search(rf"```{language}\n(.*?)```", PAGE[PAGE.index(after) :], re.DOTALL)
    assert found is not None
    return found[1]


def shown_rule() -> Any:
    return yaml.safe_load(block("yaml").replace("2026-07-01", "'2026-07-01'"))


def test_the_rule_is_sound_and_fit_for_a_pack() -> None:
    """With every member that it shows."""
    found = checked(shown_rule(), catalogue())

    assert found.is_sound, found.refusal().problems
    assert list(lacking_examples(found.rule)) == []


def test_the_settings_can_be_set() -> None:
    """Rules, parameters and levels are there."""
    said = json.loads(block("http").partition("\n\n")[2])

    settings = rule_settings_from(said, catalogue().rules)

    assert [one.rule for one in settings] == ["FLU204", "INC103"]


def test_the_form_says_what_the_rule_says() -> None:
    """The condition of the page."""
    form = json.loads(block("json", after="For editors of forms"))

    resolved = resolve("component", {"form": form, "params": {"limit": 1.0}}, "en")

    assert resolved["valid"]
    assert resolved["text"] == shown_rule()["condition"]


def test_the_commands_are_there() -> None:
    """Each that the page names."""
    named = set(re.findall(r"concord rules ([a-z-]+)", PAGE)) | {"pull", "approve", "activate", "retire"}

    assert named <= {command.name or command.callback.__name__ for command in app.registered_commands}  # type: ignore[union-attr]
