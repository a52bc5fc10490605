"""Waivers: in the document or in files; one finding in one place, with who, why, until when, and on what grounds."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml

from tests.cli.conftest import Written
from tests.cli.documents import CALM, HARMFUL
from tests.cli.runner import AS_OF, Ran, concord

GRANT = {
    "rule": "FLU101",
    "subjects": ["aht", "loyalty"],
    "owner": "Head of Service",
    "reason": "The gate comes in spring",
    "expires": "2026-06-30",
}


def audit(*arguments: object) -> Ran:
    return concord("audit", *arguments, "--as-of", AS_OF, "--no-recommendations")


def analysis(written: Written, *waivers: dict[str, Any], document: str = HARMFUL) -> dict[str, Any]:
    """The analysis of the company with a file of waivers."""
    file = written("waivers.yaml", yaml.safe_dump([*waivers]))
    answer: dict[str, Any] = json.loads(
        audit(written("acme.yaml", document), "--waivers", file, "--format", "json").out
    )
    return answer


def finding(written: Written, rule: str = "FLU101", key: str = "loyalty") -> dict[str, Any]:
    """The finding as it is without waivers."""
    answer = json.loads(audit(written("acme.yaml", HARMFUL), "--format", "json").out)
    every = [f for entry in answer["findings"] for f in (entry, *entry["also"])]
    return next(f for f in every if f["rule"] == rule and key in [s["key"] for s in f["subjects"]])


def test_a_waiver_takes_one_finding_in_one_place(written: Written):
    """The finding is shown as waived, by whom and why, and all others stay open."""
    answer = analysis(written, GRANT)

    (waived,) = answer["waived"]
    assert (waived["owner"], waived["reason"]) == ("Head of Service", "The gate comes in spring")
    assert waived["finding"]["status"] == "waived"
    assert waived["place"].endswith("waivers.yaml:1")
    assert "notices" not in answer
    assert any(f["rule"] == "FLU101" for f in answer["findings"])


def test_what_is_waived_does_not_fail(written: Written):
    """A run in which every grave finding is accepted ends with 0."""
    path = written("acme.yaml", HARMFUL)
    grave = json.loads(audit(path, "--select", "high,critical", "--format", "json").out)["findings"]
    each = [f["fingerprint"] for entry in grave for f in (entry, *entry["also"])]
    grants = [{"fingerprint": f, "owner": "A", "reason": "B", "expires": "2026-06-30"} for f in each]

    ran = audit(path, "--waivers", written("waivers.json", json.dumps({"waivers": grants})))

    assert ran.status == 0
    assert "WAIVED" in ran.out


def test_toml_is_read_as_well(written: Written):
    """Waivers may stand in TOML, days as TOML writes them."""
    text = (
        '[[waivers]]\nrule = "FLU101"\nsubjects = ["aht", "loyalty"]\nowner = "A"\nreason = "B"\nexpires = 2026-06-30\n'
    )

    ran = audit(written("acme.yaml", HARMFUL), "--waivers", written("w.toml", text), "--format", "json")

    assert [w["finding"]["rule"] for w in json.loads(ran.out)["waived"]] == ["FLU101"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"expires": "2025-12-31"}, "expired on 2025-12-31; counted again: "),
        ({"expires": "2025-12-31", "subjects": ["nothing"]}, "there is nothing left to waive"),
        ({"rule": "FLU110"}, "waives nothing: there is no rule FLU110; did you mean FLU101?"),
        ({"subjects": ["ahtt"]}, "waives nothing: FLU101 reports nothing about ahtt (any more); perhaps aht"),
        ({"rule": "GOV103"}, "waives nothing: GOV103 reports nothing about aht, loyalty (any more)"),
        ({"fingerprint": "0" * 16}, "waives nothing: there is no finding 0000000000000000 (any more)"),
        ({"subjects": ["aht"]}, "waives 2 findings at once"),
        ({"grounds": "00000000-00000000"}, "void, the witness chain and what it rests on have changed"),
    ],
)
def test_what_is_wrong_with_a_waiver_is_said(change: dict[str, Any], said: str, written: Written):
    """Expired, unknown, unused, too wide and void ones are reported with their place."""
    answer = analysis(written, {**GRANT, **change})

    (notice,) = answer["notices"]
    assert "waivers.yaml:1: " in notice
    assert said in notice


def test_a_fingerprint_with_a_slip_of_the_pen_is_answered_with_the_nearest(written: Written):
    """One digit is wrong, and the notice names the finding that was meant."""
    right = finding(written)["fingerprint"]
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    grant = {name: value for name, value in GRANT.items() if name not in ("rule", "subjects")}

    answer = analysis(written, {**grant, "fingerprint": wrong})

    assert f"perhaps {right}" in answer["notices"][0]


def test_a_waiver_holds_on_its_last_day(written: Written):
    """`expires` is the last day on which the finding is accepted."""
    assert analysis(written, {**GRANT, "expires": AS_OF})["waived"]


def test_a_waiver_on_the_right_grounds_holds(written: Written):
    """The mark that the analysis shows can be pasted into the waiver."""
    grounds = finding(written)["grounds"]

    answer = analysis(written, {**GRANT, "grounds": grounds})

    assert (len(answer["waived"]), answer.get("notices")) == (1, None)


@pytest.mark.parametrize(
    ("chain", "sources", "said"),
    [
        (False, True, "void, the witness chain has changed (now service.average_handle_time ↓ → "),
        (True, False, "void, what the chain rests on has changed"),
    ],
)
def test_a_void_waiver_says_what_has_changed(chain: bool, sources: bool, said: str, written: Written):
    """Chain and sources have a half of the mark each; the finding counts again, and the notice has the new mark."""
    now = finding(written)["grounds"]
    first, second = now.split("-")
    granted = f"{first if chain else '0' * 8}-{second if sources else '0' * 8}"

    answer = analysis(written, {**GRANT, "grounds": granted})

    assert answer["waived"] == []
    assert said in answer["notices"][0]
    assert answer["notices"][0].endswith(f"accept it anew with grounds {now}")


def test_a_changed_influence_makes_a_waiver_void(written: Written):
    """A waiver does not outlive the evidence: here the company's own influence replaces the link that the chain began with."""
    seen = finding(written)
    link = seen["chain"][0]["influence"]
    own = {
        "source": "service.average_handle_time", "target": seen["chain"][0]["target"]["metric"], "sign": "+",
        "kind": "causal", "strength": "strong", "lag_days": 5, "evidence": "observational",
        "source_note": "Study of our own calls", "overrides": link,
    }  # fmt: skip
    changed = yaml.safe_dump({**yaml.safe_load(HARMFUL), "influences": [own]})

    answer = analysis(written, {**GRANT, "grounds": seen["grounds"]}, document=changed)

    assert answer["waived"] == []
    assert "void, " in answer["notices"][0]


def test_suppressions_of_the_document_are_judged_too(written: Written):
    """The same notices, placed in the document; there nothing is required, so what is missing is said."""
    document = {**yaml.safe_load(HARMFUL), "suppressions": [{"rule": "FLU101", "subjects": ["aht", "loyalty"]}]}

    ran = audit(written("acme.yaml", yaml.safe_dump(document)), "--format", "json")

    answer = json.loads(ran.out)
    assert answer["notices"] == ["suppressions[0]: does not say: owner, reason, expires"]
    assert len(answer["waived"]) == 1


def test_a_waiver_for_one_file_leaves_others(written: Written):
    """`file` binds a waiver to one document, relative to the folder of the waivers."""
    grants = written("waivers.yaml", yaml.safe_dump([{**GRANT, "file": "plans/one.yaml"}]))
    one, other = written("plans/one.yaml", HARMFUL), written("plans/other.yaml", HARMFUL)

    ran = audit(one, other, "--waivers", grants, "--format", "json")

    assert [len(a["waived"]) for a in json.loads(ran.out)["analyses"]] == [1, 0]


def test_a_waiver_that_some_document_needs_is_not_unused(written: Written):
    """Waivers of a file are looked at over the whole run; what none needs is said once, beside the answer."""
    grants = written("waivers.yaml", yaml.safe_dump([GRANT, {**GRANT, "subjects": ["gone"]}]))

    ran = audit(written("acme.yaml", HARMFUL), written("calm.yaml", CALM), "--waivers", grants)

    assert ran.err.count("waives nothing") == 1
    assert "waivers.yaml:8: waives nothing" in ran.err


@pytest.mark.parametrize(
    ("waivers", "said"),
    [
        (
            [{"rule": "FLU101", "owner": "A", "reason": "B", "expires": "2026-06-30"}],
            "names a 'rule' but no 'subjects'",
        ),
        ([{"owner": "A", "reason": "B", "expires": "2026-06-30"}], "neither a 'fingerprint' nor a 'rule'"),
        ([{**GRANT, "until": "2026"}], "'until' is not known here"),
        ([{**GRANT, "expires": "30.06.2026"}], "did you mean '2026-06-30'"),
        ([{**GRANT, "owner": None}], "'owner' is missing"),
        ([{**GRANT, "grounds": "abc"}], "8 and 8 hexadecimal digits joined by '-'"),
        (["FLU101"], "must be an object"),
        ({"waiver": []}, "must be a list"),
    ],
)
def test_waivers_that_cannot_be_read_are_refused(waivers: Any, said: str, written: Written):
    """Every problem with its place; nothing is audited."""
    ran = audit(written("acme.yaml", HARMFUL), "--waivers", written("waivers.yaml", yaml.safe_dump(waivers)))

    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
    assert re.search(r"waivers\.yaml:\d+:\d+: error: ", ran.err)


def test_waivers_that_are_not_there_are_refused(written: Written):
    """A file that cannot be opened is wrong use."""
    ran = audit(written("acme.yaml", HARMFUL), "--waivers", "nowhere.yaml")

    assert ran.status == 2
    assert ran.err == "concord: cannot read nowhere.yaml: No such file or directory\n"


def test_notices_are_german_in_german(written: Written):
    """--lang holds for what is said of waivers."""
    grants = written("waivers.yaml", yaml.safe_dump([{**GRANT, "rule": "FLU110"}]))

    ran = audit(written("acme.yaml", HARMFUL), "--waivers", grants, "--lang", "de")

    assert "es gibt keine Regel FLU110; meinten Sie" in ran.out
