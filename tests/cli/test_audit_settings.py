"""Selection and settings: which findings are asked for, how grave they are to a company, and where that is said."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Written
from tests.cli.documents import CALM, HARMFUL
from tests.cli.runner import AS_OF, Ran, concord


def audit(*arguments: object) -> Ran:
    return concord("audit", *arguments, "--as-of", AS_OF, "--no-recommendations")


def analysis(ran: Ran) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(ran.out)
    return answer


def findings(ran: Ran) -> list[dict[str, Any]]:
    """Every finding, those that others fold too."""
    return [f for entry in analysis(ran)["findings"] for f in (entry, *entry["also"])]


@pytest.fixture
def acme(written: Written) -> Path:
    return written("acme.yaml", HARMFUL)


def chosen(acme: Path, *options: str) -> list[dict[str, Any]]:
    return findings(audit(acme, "--format", "json", *options))


@pytest.mark.parametrize(
    ("names", "fits"),
    [
        ("FLU101", lambda f: f["rule"] == "FLU101"),
        ("INC", lambda f: f["rule"].startswith("INC")),
        ("INC1", lambda f: f["rule"].startswith("INC1")),
        ("governance", lambda f: f["rule"].startswith("GOV")),
        ("high,critical", lambda f: f["level"] in ("high", "critical")),
        ("service", lambda f: "service" in f["departments"]),
        ("department:sales", lambda f: "sales" in f["departments"]),
        (
            "fluss,medium,sales",
            lambda f: (f["rule"][:3], f["level"]) == ("FLU", "medium") and "sales" in f["departments"],
        ),
    ],
)
def test_select_shows_what_is_named_and_ignore_the_rest(names: str, fits: Any, acme: Path):
    """Rules, beginnings of ids, packs, levels and departments; several kinds narrow each other when they select."""
    every = chosen(acme)

    selected = chosen(acme, "--select", names)

    expected = [f["fingerprint"] for f in every if fits(f)]
    assert expected
    assert [f["fingerprint"] for f in selected] == expected
    if "," not in names:
        rest = [f["fingerprint"] for f in every if not fits(f)]
        assert [f["fingerprint"] for f in chosen(acme, "--ignore", names)] == rest


def test_names_can_be_repeated(acme: Path):
    """Given twice is the same as given with a comma."""
    assert chosen(acme, "--select", "INC", "--select", "GOV") == chosen(acme, "--select", "INC,GOV")


def test_what_is_not_selected_does_not_fail(acme: Path):
    """The exit status is about what was asked for."""
    assert audit(acme).status == 1
    assert audit(acme, "--select", "governance").status == 0


def test_a_selection_is_said(acme: Path):
    """In JSON and in the text, with what was left out."""
    data, text = (audit(acme, "--select", "GOV", "--format", f) for f in ("json", "text"))

    assert analysis(data)["settings"] == [{"name": "select", "value": ["GOV"], "origin": "command line"}]
    assert "left out by the settings" in " ".join(text.out.split())
    assert "select = GOV  command line" in text.out


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("FLU10", None), ("FLU111", "FLU101"), ("Fluss", "fluss"), ("hihg", "high"), ("servce", "service")],
)
def test_names_that_nothing_has_are_refused(name: str, nearest: str | None, acme: Path):
    """With the nearest; FLU10 is the beginning of several ids."""
    ran = audit(acme, "--select", name)

    assert ran.status == (1 if nearest is None else 2)
    if nearest:
        said = f"there is no rule, pack, level or department '{name}'; did you mean '{nearest}'?"
        assert (ran.out, ran.err) == ("", f"concord: {said}\n")


def test_settings_are_found_above_the_file(written: Written, acme: Path):
    """The nearest concord.toml above a document holds for it, whatever the working folder."""
    written("concord.toml", 'fail_on = "critical"\n[rules]\nall = "low"\n')
    written("plans/concord.toml", '[rules]\nFLU101 = "critical"\n')
    below = written("plans/deep/acme.yaml", HARMFUL)

    assert {f["level"] for f in chosen(acme)} == {"low"}
    assert {f["level"] for f in chosen(below) if f["rule"] == "FLU101"} == {"critical"}
    assert (audit(acme).status, audit(below).status) == (0, 1)


def test_a_file_elsewhere_is_judged_by_the_working_folder(written: Written, acme: Path, tmp_path_factory: Any):
    """Where no settings lie above the file, those above the working folder hold."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "concord.toml").write_text('fail_on = "critical"\n[rules]\nall = "low"\n')
    before = os.getcwd()
    os.chdir(folder)
    try:
        ran = audit(acme, "--format", "json")
    finally:
        os.chdir(before)

    assert {f["override"] for f in findings(ran)} == {"concord.toml rules.all"}


def test_each_file_of_a_run_has_its_own_settings(written: Written, tmp_path: Path):
    """Documents of several folders are judged each by its own."""
    one, other = written("one/acme.yaml", HARMFUL), written("other/acme.yaml", HARMFUL)
    written("one/concord.toml", 'select = ["governance"]\n')

    first, second = analysis(audit(one, other, "--format", "json"))["analyses"]

    assert {f["rule"][:3] for f in first["findings"]} == {"GOV"}
    assert "settings" not in second


@pytest.mark.parametrize("options", [["--no-config"], ["--config", "other.toml"]])
def test_settings_can_be_named_or_left(options: list[str], written: Written, acme: Path, tmp_path: Path):
    """--no-config reads none, --config another file."""
    written("concord.toml", '[rules]\nall = "low"\n')
    other = written("other.toml", "")

    levels = {f["level"] for f in chosen(acme, *(str(other) if o == "other.toml" else o for o in options))}

    assert levels != {"low"}


def test_a_file_of_settings_that_is_not_there_is_refused(acme: Path):
    """--config must name a file."""
    ran = audit(acme, "--config", "nowhere.toml")

    assert (ran.status, ran.err) == (2, "concord: cannot read nowhere.toml: No such file or directory\n")


def test_an_override_changes_level_order_and_status(written: Written, acme: Path):
    """What the company holds for critical comes first and fails the run; the engine's own level is shown beside it."""
    written("concord.toml", 'fail_on = "critical"\n[rules]\nall = "low"\nMEA101 = "critical"\n')

    ran = audit(acme, "--format", "json")

    first = analysis(ran)["findings"][0]
    assert ran.status == 1
    assert (first["rule"], first["level"], first["engine_level"]) == ("MEA101", "critical", "low")
    assert first["override"].endswith("concord.toml rules.MEA101")
    assert analysis(ran)["summary"]["levels"]["critical"] == 1


def test_the_narrower_name_wins(written: Written, acme: Path):
    """Plan before department before rule; a rule before the beginning of its id, that before its pack, that before all."""
    written(
        "concord.toml",
        """
        [rules]
        all = "low"
        incentive-design = "medium"
        INC = "high"
        INC101 = "critical"
        FLU101 = "medium"
        [departments]
        sales = "off"
        service = {FLU101 = "critical"}
        [incentive_plans]
        agents = {FLU101 = "high"}
        """,
    )

    levels = {(f["rule"], f["level"], f["departments"][0] if f["departments"] else "") for f in chosen(acme)}

    assert ("INC101", "critical", "service") in levels
    assert ("INC105", "high", "service") in levels
    assert ("FLU101", "high", "service") in levels
    assert {level for rule, level, _ in levels if rule[:3] in ("GOV", "MEA")} == {"low"}
    assert not any(department == "sales" for *_, department in levels)


def test_the_command_line_wins_over_settings(written: Written, acme: Path):
    """Setting by setting; what is not said there still comes from the file."""
    written("concord.toml", 'fail_on = "critical"\nselect = ["GOV"]\nignore = ["GOV103"]\n')

    ran = audit(acme, "--format", "json", "--select", "FLU101", "--fail-on", "low")

    assert {f["rule"] for f in findings(ran)} == {"FLU101"}
    assert ran.status == 1
    assert [s["name"] for s in analysis(ran)["settings"]] == ["ignore", "select"]


def test_paths_in_settings_are_relative_to_them(written: Written, tmp_path: Path):
    """Baseline and waivers of concord.toml lie beside it."""
    written("plans/concord.toml", 'baseline = "known.json"\nwaivers = ["waivers.yaml"]\nstrict_baseline = true\n')
    grant = {"rule": "FLU101", "subjects": ["aht", "loyalty"], "owner": "A", "reason": "B", "expires": "2027-01-01"}
    written("plans/waivers.yaml", yaml.safe_dump([grant]))
    acme = written("plans/acme.yaml", HARMFUL)

    assert audit(acme, "--update-baseline").status == 0
    assert (tmp_path / "plans" / "known.json").exists()
    assert len(analysis(audit(acme, "--format", "json"))["waived"]) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('fail_on = "hihg"', "concord.toml:1:11: error: 'fail_on' must be one of low, medium, high, critical"),
        ('fial_on = "high"', "concord.toml:1:1: error: 'fial_on' is not known here; did you mean 'fail_on'?"),
        ('fail_on = "high', "this is not TOML"),
        ('select = "FLU"', "'select' must be a list, not 'FLU'"),
        ('select = ["FLU111"]', "there is no rule, pack, level or department 'FLU111'; did you mean 'FLU101'?"),
        ('[rules]\nINC999 = "low"', "concord.toml:2:1: error: there is no rule or pack 'INC999'"),
        (
            '[rules]\nINC101 = "of"',
            "concord.toml:2:10: error: 'INC101' must be one of off, low, medium, high, critical",
        ),
        ('[departments]\nservice = "lwo"', "concord.toml:2:11: error: 'service' must be one of off"),
        ("[departments.service]\nINC101 = 3", "concord.toml:2:10: error: 'INC101' must be one of off"),
        ('[incentive_plans.agents]\nINC999 = "off"', "there is no rule or pack 'INC999'"),
        ("incentive_plans = 3", "'incentive_plans' must be an object"),
        ("new_only = 1", "'new_only' must be true or false, not 1"),
        ('baseline = ""', "'baseline' is empty"),
        ("waivers = [1]", "'waivers[0]' must be text"),
    ],
)
def test_settings_with_a_fault_are_refused(text: str, said: str, written: Written, acme: Path):
    """Place, what is wrong, the nearest; and nothing is audited."""
    written("concord.toml", text)

    ran = audit(acme)

    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.endswith("concord.toml: 1 problem; nothing was audited\n")


def test_faults_are_told_in_german(written: Written, acme: Path):
    """--lang holds for settings too."""
    written("concord.toml", '[rules]\nINC999 = "low"\n')

    ran = audit(acme, "--lang", "de")

    assert "es gibt keine Regel und kein Regelpaket 'INC999'" in ran.err
    assert "1 Problem; nichts wurde geprüft" in ran.err


def test_overrides_for_a_key_that_looks_misspelt_are_pointed_out(written: Written, acme: Path):
    """A department that no document has may live in another file; one that looks like a slip is said."""
    written("concord.toml", '[departments]\nservce = "off"\nlogistics = "off"\n[incentive_plans]\nagent = "off"\n')

    notices = analysis(audit(acme, "--format", "json"))["notices"]

    assert [notice.partition("concord.toml ")[2] for notice in notices] == [
        "departments.servce: nothing has the key servce; did you mean service?",
        "incentive_plans.agent: nothing has the key agent; did you mean agents?",
    ]


def test_show_not_assessable_lists_what_no_rule_could_judge(written: Written):
    """By rule, with how much of what it looks at and which facts it misses for whom."""
    path = written("calm.yaml", CALM)

    without, text, brief = (
        audit(path, *more) for more in ([], ["--show-not-assessable"], ["--show-not-assessable", "-q"])
    )

    assert "WHAT EACH RULE COULD NOT JUDGE" not in without.out
    for shown in (text, brief):
        assert "WHAT EACH RULE COULD NOT JUDGE" in shown.out
        assert "1 of 1" in shown.out
