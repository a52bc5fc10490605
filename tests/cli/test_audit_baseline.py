"""`concord audit --baseline`: what is known does not fail a run, what is new does, what was fixed is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Written
from tests.cli.documents import BROKEN, CALM, HARMFUL
from tests.cli.runner import AS_OF, Ran, concord


def audit(*arguments: object) -> Ran:
    return concord("audit", *arguments, "--as-of", AS_OF, "--no-recommendations")


def found(ran: Ran) -> dict[str, str]:
    """Fingerprint → how it stands to the baseline."""
    analysis = json.loads(ran.out)
    return {f["fingerprint"]: f["baseline"] for entry in analysis["findings"] for f in (entry, *entry["also"])}


@pytest.fixture
def known(written: Written, tmp_path: Path) -> Path:
    """The baseline of acme.yaml."""
    path = tmp_path / "known.json"
    assert audit(written("acme.yaml", HARMFUL), "--baseline", path, "--update-baseline").status == 0
    return path


def harmful(**changes: Any) -> str:
    """The harmful company with parts replaced."""
    return yaml.safe_dump({**yaml.safe_load(HARMFUL), **changes}, sort_keys=False, allow_unicode=True)


def test_what_is_known_does_not_fail(written: Written, known: Path):
    """The ratchet: what was found when the baseline was made passes, whatever its level."""
    ran = audit(written("acme.yaml", HARMFUL), "--baseline", known, "--format", "json")

    assert ran.status == 0
    assert set(found(ran).values()) == {"unchanged"}


def test_what_is_new_fails(written: Written, known: Path):
    """A conflict that the baseline does not list fails the run, and only it is new."""
    more = yaml.safe_load(HARMFUL)["incentive_plans"]
    more.append({**more[0], "key": "sellers", "department": "sales", "components": [
        {"key": "sellers-wins", "kpi": "wins", "weight": 1, "payout": {"kind": "threshold", "threshold": 1}}]})  # fmt: skip
    path = written("acme.yaml", harmful(incentive_plans=more))

    ran = audit(path, "--baseline", known, "--format", "json", "--fail-on", "low")

    new = [f for f, standing in found(ran).items() if standing == "new"]
    assert ran.status == 1
    assert 0 < len(new) < len(found(ran))


def test_new_only_leaves_out_what_is_known(written: Written, known: Path):
    """--new-only shows nothing when nothing is new, and says that something was left out."""
    ran = audit(written("acme.yaml", HARMFUL), "--baseline", known, "--new-only")

    assert ran.status == 0
    said = " ".join(ran.out.split())
    assert "Nothing new was found." in said
    assert "known findings are left out." in said
    assert "left out by the settings" not in said
    assert "Nothing was found" not in said


def test_order_texts_and_weights_do_not_matter(written: Written, known: Path):
    """A document that was sorted anew, reworded and weighted otherwise has the same fingerprints."""
    raw = yaml.safe_load(HARMFUL)
    for part in ("departments", "outcomes", "kpis"):
        raw[part].reverse()
    raw["organization"]["name"] = "Acme Telecommunications"
    raw["kpis"][1] |= {"name": "Handling time per call", "weight": 3}
    raw["incentive_plans"][0] |= {"role": "Agent", "target_variable_pay_share": 0.25}

    ran = audit(written("acme.yaml", yaml.safe_dump(raw)), "--baseline", known, "--format", "json")

    assert set(found(ran).values()) == {"unchanged"}


def test_a_document_that_moved_is_known_by_its_organization(written: Written, known: Path):
    """The file may have another name as long as the organization has the same."""
    ran = audit(written("plans/renamed.yaml", HARMFUL), "--baseline", known, "--format", "json")

    assert set(found(ran).values()) == {"unchanged"}


def test_what_was_fixed_and_is_still_listed_is_said(written: Written, known: Path):
    """A stale entry passes, with a notice that names it."""
    ran = audit(written("acme.yaml", harmful(incentive_plans=[])), "--baseline", known, "--format", "json")

    notices = json.loads(ran.out)["notices"]
    assert ran.status == 0
    assert any("known.json: fixed but still listed: INC" in notice for notice in notices)


def test_a_strict_baseline_fails_for_what_was_fixed(written: Written, known: Path):
    """--strict-baseline makes the stale entry a failure; taking it off passes again."""
    path = written("acme.yaml", harmful(incentive_plans=[]))

    strict = audit(path, "--baseline", known, "--strict-baseline")
    updated = audit(path, "--baseline", known, "--update-baseline")
    again = audit(path, "--baseline", known, "--strict-baseline")

    assert (strict.status, updated.status, again.status) == (1, 0, 0)
    assert "taken off" in updated.err


def test_what_has_become_graver_is_said(written: Written, tmp_path: Path):
    """Known is not forgotten: a finding that is worse than when it was listed is pointed out."""
    known = tmp_path / "known.json"
    audit(written("acme.yaml", harmful(parameters={"level_critical": 95})), "--baseline", known, "--update-baseline")

    ran = audit(written("acme.yaml", HARMFUL), "--baseline", known, "--format", "json")

    assert any("worse than when it was listed: FLU101" in notice for notice in json.loads(ran.out)["notices"])


def test_one_baseline_serves_many_documents(written: Written, tmp_path: Path):
    """Documents are listed by file; one that is not part of a run keeps its entries, one whose file is gone loses them."""
    known = tmp_path / "known.json"
    acme, calm = written("acme.yaml", HARMFUL), written("calm.yaml", CALM)
    audit(acme, calm, "--baseline", known, "--update-baseline")
    audit(acme, "--baseline", known, "--update-baseline")
    both = [document["file"] for document in json.loads(known.read_text())["documents"]]
    calm.unlink()

    audit(acme, "--baseline", known, "--update-baseline")

    assert both == ["acme.yaml", "calm.yaml"]
    assert [document["file"] for document in json.loads(known.read_text())["documents"]] == ["acme.yaml"]


def test_what_was_not_selected_stays_listed(written: Written, known: Path):
    """An update of some rules leaves what the baseline says of others."""
    before = known.read_bytes()

    audit(written("acme.yaml", HARMFUL), "--baseline", known, "--select", "governance", "--update-baseline")

    assert known.read_bytes() == before


def test_a_waived_finding_leaves_the_baseline(written: Written, known: Path):
    """What is accepted with a reason need not be known without one."""
    waiver = [{"rule": "FLU101", "subjects": ["aht", "loyalty"], "owner": "A", "reason": "B", "expires": "2027-01-01"}]

    ran = audit(written("acme.yaml", harmful(suppressions=waiver)), "--baseline", known, "--update-baseline")

    assert ran.err.endswith("0 added, 1 taken off\n")


def test_the_same_findings_give_the_same_bytes(written: Written, known: Path, tmp_path: Path):
    """Made again, and from a document in another order, the baseline has not one byte changed."""
    raw = yaml.safe_load(HARMFUL)
    raw["kpis"].reverse()

    audit(written("acme.yaml", yaml.safe_dump(raw)), "--baseline", tmp_path / "again.json", "--update-baseline")

    assert (tmp_path / "again.json").read_bytes() == known.read_bytes()


def test_a_baseline_that_is_not_there_is_refused(written: Written, tmp_path: Path):
    """A slip in its name must not make every finding new, nor pass."""
    ran = audit(written("acme.yaml", HARMFUL), "--baseline", tmp_path / "none.json")

    assert ran.status == 2
    assert "--update-baseline makes one" in ran.err


@pytest.mark.parametrize("option", ["--new-only", "--strict-baseline", "--update-baseline"])
def test_options_on_a_baseline_need_one(option: str, written: Written):
    """What cannot be meant is wrong use."""
    ran = audit(written("acme.yaml", HARMFUL), option)

    assert (ran.status, ran.out) == (2, "")
    assert "--baseline FILE" in ran.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{}", "this is no baseline"),
        ("[1", "the JSON ends too early"),
        ('{"concord_baseline": 1, "documents": [3]}', "'documents[0]' must be an object"),
        ('{"concord_baseline": 1, "documents": [{"findings": {"ab": 1}}]}', "must be an object"),
    ],
)
def test_a_baseline_that_is_none_is_refused(content: str, said: str, written: Written):
    """With what is wrong, and nothing is audited."""
    ran = audit(written("acme.yaml", HARMFUL), "--baseline", written("known.json", content))

    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert "nothing was audited" in ran.err


def test_2_wins_and_a_refused_document_keeps_its_entries(written: Written, known: Path):
    """A document that has become invalid is no reason to forget what was known of it."""
    ran = audit(written("acme.yaml", BROKEN), written("calm.yaml", CALM), "--baseline", known, "--update-baseline")

    documents = json.loads(known.read_text())["documents"]
    assert ran.status == 2
    assert [document["file"] for document in documents] == ["acme.yaml", "calm.yaml"]


def test_notices_are_german_in_german(written: Written, known: Path):
    """--lang holds for what is said of baselines."""
    ran = audit(written("acme.yaml", harmful(incentive_plans=[])), "--baseline", known, "--lang", "de")

    assert "behoben, aber noch aufgeführt" in ran.out
