"""Own rules from files: checked, tried on a document, run beside the built-in ones, explained."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.documents import HARMFUL
from tests.cli.runner import concord
from tests.contract.own_rules import RULE

OWN: dict[str, Any] = {
    "id": "ACM101",
    **RULE,
    "params": {},
    "condition": "!has_gate && real",
    "descriptions": [{"condition": "!has_gate", "en": "nothing holds the pay", "de": "nichts hält die Zahlung"}],
    "message": {"en": "{plan} breaks our red line"},
    "examples": {
        "silent": [{"because": "a gate", "facts": {"has_gate": True}}],
        "matches": [{"because": "no gate", "facts": {"has_gate": False, "real": True}}],
    },
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a document and a rule."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.yaml").write_text(HARMFUL, encoding="utf-8")
    written(OWN)
    return tmp_path


def written(rule: dict[str, Any], file: str = "rules/ACM101.yaml") -> None:
    Path(file).parent.mkdir(exist_ok=True)
    Path(file).write_text(yaml.safe_dump(rule, allow_unicode=True, sort_keys=False), encoding="utf-8")


def audited(*options: object) -> dict[str, Any]:
    ran = concord("audit", "acme.yaml", "--format", "json", "--exit-zero", "--no-recommendations", *options)
    assert ran.status == 0, ran.err
    return dict(json.loads(ran.out))


def rules_of(analysis: dict[str, Any]) -> set[str]:
    single = (one for entry in analysis["findings"] for one in (entry, *entry["also"]))
    return {one["rule"] for one in single}


def test_own_rules_are_run_beside_the_built_in_ones(folder: Path):
    """By an option, or as the settings name them; nothing else changes."""
    plain = rules_of(audited())
    by_option = audited("--rules", "rules")
    (folder / "concord.toml").write_text('rule_files = ["rules"]\n', encoding="utf-8")
    by_settings = audited()

    assert "ACM101" not in plain
    assert rules_of(by_option) == rules_of(by_settings) == plain | {"ACM101"}
    assert set(by_option["engine"]["rule_packs"]) == {*audited("--no-config")["engine"]["rule_packs"], "acme"}


def test_settings_speak_of_own_rules_as_of_built_in_ones(folder: Path):
    """They are graded, selected, and named in reports."""
    (folder / "concord.toml").write_text('rule_files = ["rules"]\n[rules]\nACM101 = "low"\n', encoding="utf-8")

    found = audited("--select", "ACM101")
    text = concord("audit", "acme.yaml", "--select", "acme", "--all", "--exit-zero").out

    assert {(one["rule"], one["level"]) for one in found["findings"]} == {("ACM101", "low")}
    assert "breaks our red line" in text


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_only_active_rules_are_run(folder: Path, status: str):
    """A file says it of itself."""
    written({**OWN, "status": status})

    assert "ACM101" not in rules_of(audited("--rules", "rules"))


def test_a_wrong_rule_ends_the_run_with_its_line_underlined(folder: Path):
    """Nothing is audited."""
    written({**OWN, "condition": "!has_gat && real"})

    ran = concord("audit", "acme.yaml", "--rules", "rules")

    assert (ran.status, ran.out) == (2, "")
    assert "component has no field 'has_gat'; did you mean 'has_gate'?" in ran.err
    assert "rules/ACM101.yaml:" in ran.err
    assert "^^^^^^^" in ran.err


def test_an_id_names_one_rule(folder: Path):
    """Two files with the same are refused."""
    written(OWN, "rules/again.yaml")

    ran = concord("audit", "acme.yaml", "--rules", "rules")

    assert ran.status == 2
    assert "ACM101 stands in rules/ACM101.yaml and in rules/again.yaml" in ran.err


def test_a_check_says_how_rules_read_and_what_they_lack(folder: Path):
    """Or everything that is wrong, as data if wanted."""
    sound = concord("rules", "check", "rules")
    written({**OWN, "remedies": ["gat"]})
    wrong = concord("rules", "check", "rules", "--lang", "de")
    data = json.loads(concord("rules", "check", "rules", "--format", "json").out)

    assert sound.status == 0
    assert "rules/ACM101.yaml: ACM101 is sound: pay has no gate" in sound.out
    assert sound.out.endswith("1 checked, 0 wrong\n")
    assert (wrong.status, "die Maßnahme 'gat' gibt es nicht" in wrong.err) == (2, True)
    assert [one["code"] for one in data["items"][0]["problems"]] == ["unknown_remedy"]


def test_a_dry_run_tells_what_would_change(folder: Path):
    """On a document, without a service."""
    ran = concord("rules", "dry-run", "rules", "--document", "acme.yaml")

    count = ran.out.count("+ ACM101")
    assert ran.status == 0
    assert count > 0
    assert ran.out.endswith(f"{count} new, 0 gone, 0 of another level\n")


@pytest.mark.slow
def test_a_finding_of_an_own_rule_is_explained_in_its_words(folder: Path):
    """What its author said of the parts that decided."""
    (finding, *_) = audited("--rules", "rules", "--select", "ACM101")["findings"]

    told = concord("explain", finding["fingerprint"], "acme.yaml", "--rules", "rules")
    german = concord("explain", finding["fingerprint"], "acme.yaml", "--rules", "rules", "--lang", "de")

    assert "nothing holds the pay (pay has no gate)" in " ".join(told.out.split())
    assert "nichts hält die Zahlung" in " ".join(german.out.split())


def test_an_own_rule_is_explained_by_its_id(folder: Path):
    """As a built-in one."""
    ran = concord("explain", "ACM101", "--rules", "rules")

    assert ran.status == 0
    assert "Our red line 4." in ran.out


def test_a_pack_in_one_file_is_read_as_its_rules(folder: Path):
    """As the service gives it out."""
    pack = {"pack": {"id": "acme", "version": "1.0.0"}, "rules": [OWN]}
    written(pack, "acme.pack.yaml")

    assert "ACM101" in rules_of(audited("--rules", "acme.pack.yaml"))
