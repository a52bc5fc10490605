"""Options that commands share: colour, settings from a file, own rules, languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Written
from tests.cli.documents import HARMFUL
from tests.cli.runner import AS_OF, concord
from tests.contract.own_rules import RULE

ESCAPE = "\x1b["
COLOURED = {
    "plan": ["plan", "acme.yaml"],
    "recommend": ["recommend", "acme.yaml"],
    "explain": ["explain", "INC105", "acme.yaml"],
    "why": ["why", "aht", "solved", "acme.yaml"],
    "cut": ["cut", "service", "customer", "acme.yaml"],
    "sensitivity": ["sensitivity", "acme.yaml", "--samples", "20"],
    "deciding": ["deciding", "aht", "solved", "acme.yaml"],
    "value": ["value", "acme.yaml"],
}
"""Command → a call of it on a company in which goals do harm."""


@pytest.fixture
def acme(written: Written, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = written("acme.yaml", HARMFUL)
    monkeypatch.chdir(path.parent)
    return path


@pytest.mark.parametrize("command", COLOURED)
def test_colour_is_asked_for_and_refused(acme: Path, command: str):
    """`--color always` colours a pipe; `--color never` says the same without."""
    call = [*COLOURED[command], "--as-of", AS_OF]

    plain, coloured = (concord(*call, "--color", colour) for colour in ("never", "always"))

    assert (plain.status, coloured.status) == (0, 0), plain.err + coloured.err
    assert ESCAPE not in plain.out
    assert ESCAPE in coloured.out


def test_a_difference_is_told_in_colour(acme: Path, written: Written):
    """What is new and what is gone stand apart on a terminal."""
    other = written("other.yaml", HARMFUL.replace("name: Acme", "name: Acme and Sons"))

    plain, coloured = (concord("diff", acme, other, "--color", colour) for colour in ("never", "always"))

    assert (plain.status, coloured.status) == (1, 1)
    assert ESCAPE not in plain.out
    assert ESCAPE in coloured.out


def test_recommendations_heed_the_settings_of_a_file(acme: Path):
    """What settings switch off is not recommended against; `--no-config` reads none, `--config` another file."""
    Path("concord.toml").write_text('ignore = ["incentive-design", "fluss", "governance", "measurement"]\n', "utf-8")
    Path("other.toml").write_text("", "utf-8")

    def count(*options: str) -> int:
        said = concord("recommend", "acme.yaml", "--format", "json", "--as-of", AS_OF, *options)
        assert said.status == 0, said.err
        return len(json.loads(said.out)["recommendations"])

    assert count() == 0
    assert count("--no-config") == count("--config", "other.toml") > 0


def test_a_change_is_applied_under_the_same_settings(acme: Path):
    """An id is found under the settings with which it was recommended, and what it does is said in the language asked for."""
    Path("concord.toml").write_text('ignore = ["incentive-design", "fluss", "governance", "measurement"]\n', "utf-8")
    offered = concord("recommend", "acme.yaml", "--no-config", "--format", "json", "--as-of", AS_OF)
    change = json.loads(offered.out)["recommendations"][0]["id"]

    def applied(*options: str) -> int:
        return concord("apply", "acme.yaml", change, "--as-of", AS_OF, "--output", "after.yaml", *options).status

    assert applied() == 2
    assert applied("--no-config", "--lang", "de") == 0
    Path("other.toml").write_text("", "utf-8")
    assert applied("--config", "other.toml") == 0


def test_own_rules_answer_why(acme: Path):
    """`concord why` runs the rules of a folder beside the built-in ones."""
    Path("rules").mkdir()
    Path("rules/ACM101.yaml").write_text(json.dumps({"id": "ACM101", **RULE}), "utf-8")

    said = concord("why", "aht", "solved", "acme.yaml", "--rules", "rules", "--as-of", AS_OF)

    assert said.status == 0, said.err
    assert "Average handle time" in said.out


@pytest.mark.parametrize(
    "call",
    [
        ("plan", "acme.yaml", "--must-go", "FINDING", "--max-changes", "1"),
        ("deciding", "FINDING", "acme.yaml"),
        ("sensitivity", "acme.yaml", "--samples", "1", "--format", "json"),
    ],
    ids=lambda call: call[0],
)
def test_what_own_rules_find_is_known_wherever_findings_are_asked_about(own: str, call: tuple[str, ...]):
    """It can be planned against, asked what it hangs on, and drawn in samples; without the rules nobody knows it."""
    asked = [own if word == "FINDING" else word for word in call]

    known, unknown = (concord(*asked, "--as-of", AS_OF, *rules) for rules in (("--rules", "rules"), ()))

    assert (known.status, own in known.out or "--format" not in call) == (0, True), known.err
    assert unknown.status == 2 or own not in unknown.out


@pytest.fixture
def own(written: Written, monkeypatch: pytest.MonkeyPatch) -> str:
    """The fingerprint of what a rule of one's own finds in `acme.yaml`; the rule stands in `rules`."""
    accelerated = "{kind: linear, accelerators: [{above: 1, multiplier: 2}]}"
    acme = written("acme.yaml", HARMFUL.replace("{kind: threshold, threshold: 1}", accelerated))
    monkeypatch.chdir(acme.parent)
    written("rules/ACM101.yaml", json.dumps({"id": "ACM101", **RULE}))
    said = concord("audit", "acme.yaml", "--rules", "rules", "--format", "json", "--exit-zero", "--as-of", AS_OF)
    found = [one for group in json.loads(said.out)["findings"] for one in (group, *group.get("also", ()))]
    return str(next(one["fingerprint"] for one in found if one["rule"] == "ACM101"))
