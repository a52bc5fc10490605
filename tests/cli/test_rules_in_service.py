"""Own rules in the service, from the shell: pushed, activated, pulled, retired; packs out and in; against a process of the service."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.cli.home import Running
from tests.cli.home import home as home
from tests.cli.home import logged_in as logged_in
from tests.cli.home import running as running
from tests.cli.runner import concord
from tests.contract.own_rules import RULE

pytestmark = pytest.mark.slow


def written(folder: Path, **changes: object) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / "ACM101.yaml"
    file.write_text(yaml.safe_dump({"id": "ACM101", **RULE, **changes}, allow_unicode=True), encoding="utf-8")
    return file


def test_a_rule_lives_in_the_service(logged_in: Running, tmp_path: Path):
    """Pushed as a draft, activated, changed, pulled as it is, retired."""
    file = written(tmp_path / "rules")

    ran = [
        concord("rules", "push", file),
        concord("rules", "push", file, "--activate"),
        concord("rules", "push", written(tmp_path / "rules", base=50)),
        concord("rules", "activate", "ACM101"),
        concord("rules", "approve", "ACM101"),
        concord("rules", "pull", "--output", tmp_path / "pulled"),
        concord("rules", "retire", "ACM101"),
    ]

    assert [one.status for one in ran] == [0, 0, 0, 0, 2, 0, 0]
    assert [one.out for one in ran[:3]] == [
        "ACM101: new\n",
        "ACM101: as it was\nACM101: version 1 is active\n",
        "ACM101: version 2\n",
    ]
    assert "somebody else approves it" in ran[4].err
    (pulled,) = (tmp_path / "pulled").iterdir()
    assert yaml.safe_load(pulled.read_text(encoding="utf-8"))["base"] == 50
    assert concord("rules", "check", pulled).status == 0


def test_a_pack_goes_out_and_comes_in(logged_in: Running, tmp_path: Path):
    """An upgrade is shown first."""
    concord("rules", "push", written(tmp_path / "rules"), "--activate")
    file = tmp_path / "acme.pack.yaml"

    out = concord("rules", "export", "acme", "--output", file)
    pack = yaml.safe_load(file.read_text(encoding="utf-8"))
    del pack["content_hash"]
    pack["pack"]["version"], pack["rules"][0]["base"] = "1.0.0", 40
    file.write_text(yaml.safe_dump(pack, allow_unicode=True), encoding="utf-8")
    shown = concord("rules", "import", file, "--dry-run")
    done = concord("rules", "import", file)

    assert (out.status, shown.status, done.status) == (0, 0, 0), (out.err, shown.err, done.err)
    assert shown.out == done.out == "~ ACM101\n"
    assert "acme is at version 1.0.0." in done.err


def test_built_in_rules_are_not_pulled(logged_in: Running):
    """They are no files of anybody's."""
    ran = concord("rules", "pull", "FLU101")

    assert ran.status == 2
    assert "FLU101 is built in" in ran.err
