"""`/v1/rules`, packs and settings of rules: the life of own rules, told by example on both databases."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.contract.own_rules import RULE
from tests.databases import KINDS as KINDS
from tests.http_client import Client
from tests.http_client import shared as shared
from tests.http_client import tenant as tenant
from tests.routers.stored_companies import ANY, AT, MERGE, Raw, a_company, put_company

R = "/v1/rules/ACM101"
LINEAR = {
    **RULE,
    "params": {"least": 0.1},
    "condition": 'payout_kind == "linear" && stake >= least',
    "examples": {
        "silent": [
            {"because": "another payout", "facts": {"payout_kind": "ranking", "stake": 0.2}},
            {"because": "little pay", "facts": {"payout_kind": "linear", "stake": 0.05}},
        ],
        "matches": [
            {"because": "a tenth", "facts": {"payout_kind": "linear", "stake": 0.1}},
            {"because": "more", "facts": {"payout_kind": "linear", "stake": 0.3}},
        ],
    },
}
"""What the company's plan for agents breaks."""


def put(client: Client, rule: Raw | None = None, at: str = R, **headers: str) -> Any:
    return client.put(at, json=rule or LINEAR, headers=headers)


def activated(client: Client, rule: Raw | None = None) -> Raw:
    """The rule is there, and active."""
    assert put(client, rule).status_code == 201
    response = client.put(f"{R}/activation", json={})
    assert response.status_code == 200, response.text
    return dict(client.get(R).json())


def analysed(client: Client, **options: Any) -> Raw:
    response = client.post(f"{AT}/analyses", json={"with_recommendations": False, **options})
    assert response.status_code == 201, response.text
    return dict(response.json())


def report(client: Client, analysis: Raw, query: str = "") -> Any:
    return client.get(f"{AT}/analyses/{analysis['id']}/report?{query}")


def rules_found(client: Client, analysis: Raw) -> set[str]:
    found = client.get(f"{AT}/analyses/{analysis['id']}/findings?limit=200").json()["items"]
    return {one["rule"] for one in found}


def colleague(client: Client, name: str = "Bo") -> Client:
    """Somebody else who may write."""
    key = client.post("/v1/api-keys", json={"name": name, "scopes": ["write"]}).json()["key"]
    return client.with_key(key, client.workspace)


@pytest.mark.slow
def test_a_rule_changes_the_next_analysis_and_retiring_it_restores_the_same_bytes(tenant: Client):
    """Whatever was written and activated in between."""
    put_company(tenant)
    before = report(tenant, analysed(tenant)).content

    activated(tenant)
    with_rule = analysed(tenant)
    assert "ACM101" in rules_found(tenant, with_rule)
    assert tenant.delete(f"{R}/activation", headers=ANY).status_code == 204
    after = report(tenant, analysed(tenant)).content

    assert after == before


def test_an_analysis_pins_what_it_ran_and_verifies_with_exactly_that(tenant: Client):
    """Packs with versions and hashes; a later version, a retired rule, another setting do not matter to it."""
    put_company(tenant)
    pack = activated(tenant)["pack"]
    analysis = analysed(tenant)

    tenant.patch(R, json={"params": {"least": 0.07}}, headers=MERGE)
    tenant.put(f"{R}/activation", json={}, headers=ANY)
    tenant.put(f"{AT}/rule-settings", json={"rules": {"ACM101": {"level": "off", "reason": "Not now."}}}, headers=ANY)
    verified = tenant.post(f"{AT}/analyses/{analysis['id']}/verify").json()

    assert analysis["engine"]["rule_packs"][pack] == "0.1.0"
    assert analysis["engine"]["hashes"][pack].startswith("sha256:")
    assert (verified["reproduced"], verified["differs"], verified["pins"]) == (True, [], [])


def test_a_new_version_is_a_draft_until_it_is_activated(tenant: Client):
    """Versions are kept as they are, and an earlier one can be active again."""
    put_company(tenant)
    activated(tenant)

    changed = tenant.patch(R, json={"params": {"least": 0.07}}, headers=MERGE).json()
    first = tenant.get(f"{R}?version=1").json()
    tenant.put(f"{R}/activation", json={"version": 2}, headers=ANY)
    tenant.put(f"{R}/activation", json={"version": 1}, headers=ANY)

    assert (changed["version"], changed["active_version"], changed["status"]) == (2, 1, "active")
    assert (first["version"], first["params"]) == (1, {"least": 0.1})
    assert tenant.get(f"{R}/activation").json()["version"] == 1
    assert [one["version"] for one in tenant.get(R).json()["versions"]] == [2, 1]


def test_what_says_the_same_makes_no_version(tenant: Client):
    """Sent back as it was read, with all that the service sets."""
    activated(tenant)
    read = tenant.get(R)

    again = put(tenant, read.json(), **{"If-Match": read.headers["ETag"]})

    assert (again.status_code, again.json()["version"], again.headers["ETag"]) == (200, 1, read.headers["ETag"])


def test_two_writers_do_not_overwrite_each_other(tenant: Client):
    """Whoever changes what exists says on which state."""
    put(tenant)
    tag = tenant.get(R).headers["ETag"]
    tenant.patch(R, json={"base": 50}, headers={**MERGE, "If-Match": tag})

    statuses = [put(tenant).status_code, put(tenant, **{"If-Match": tag}).status_code]

    assert statuses == [428, 412]


def test_whoever_wrote_a_rule_does_not_approve_it_where_four_eyes_are_asked_for(tenant: Client):
    """Not by another key of the same name either; a new version needs eyes of its own."""
    put_company(tenant)
    tenant.put("/v1/workspace-settings", json={"four_eyes": True}, headers=ANY)
    put(tenant)

    alone = tenant.put(f"{R}/activation", json={})
    own = [tenant.post(f"{R}/approve"), tenant.another("write").post(f"{R}/approve")]
    approved = colleague(tenant).post(f"{R}/approve")
    together = tenant.put(f"{R}/activation", json={})
    tenant.patch(R, json={"base": 50}, headers=MERGE)
    later = tenant.put(f"{R}/activation", json={}, headers=ANY)

    assert alone.status_code == 409
    assert "somebody else than tests approves version 1" in alone.json()["detail"]
    assert [one.status_code for one in own] == [409, 409]
    assert (approved.status_code, approved.json()["approved_by"]) == (200, "Bo")
    assert (together.status_code, later.status_code) == (200, 409)


def test_everything_that_happens_to_a_rule_is_an_audit_event(tenant: Client):
    """In one chain with everything else."""
    tenant.put("/v1/workspace-settings", json={"four_eyes": True}, headers=ANY)
    put(tenant)
    colleague(tenant).post(f"{R}/approve")
    tenant.put(f"{R}/activation", json={})
    tenant.delete(f"{R}/activation", headers=ANY)

    events = tenant.get("/v1/audit-events?target=rules/ACM101&sort=number").json()["items"]

    assert [one["action"] for one in events] == ["rule.added", "rule.approved", "rule.activated", "rule.retired"]
    assert tenant.get("/v1/audit-events/verify").json()["holds"]


def test_a_draft_is_deleted_and_what_ran_is_retired(tenant: Client):
    """Analyses are pinned to it."""
    put(tenant, at="/v1/rules/ACM102")
    activated(tenant)

    draft, active = (tenant.delete(at, headers=ANY) for at in ("/v1/rules/ACM102", R))

    assert (draft.status_code, active.status_code) == (204, 409)
    assert tenant.get("/v1/rules/ACM102").status_code == 404
    assert "retire it instead" in active.json()["detail"]


def test_built_in_rules_are_read_only(tenant: Client):
    """They stand in the same list, and say how they can be set otherwise."""
    refused = [
        tenant.put("/v1/rules/FLU101", json=LINEAR, headers=ANY),
        tenant.patch("/v1/rules/FLU101", json={"base": 1}, headers=MERGE),
        tenant.delete("/v1/rules/FLU101", headers=ANY),
        tenant.put("/v1/rules/FLU101/activation", json={}, headers=ANY),
    ]

    assert {one.status_code for one in refused} == {409}
    assert "rule-settings" in refused[0].json()["detail"]
    assert tenant.get("/v1/rules/FLU101").json()["source"] == "built_in"


def test_ids_and_packs_of_built_in_rules_are_not_taken(tenant: Client):
    """So that later ones never collide."""
    response = put(tenant, {**LINEAR, "pack": "fluss"}, at="/v1/rules/FLU999")

    assert response.status_code == 422
    assert [(one["pointer"], one["code"]) for one in response.json()["errors"]] == [
        ("#/id", "reserved_id"),
        ("#/pack", "reserved_pack"),
    ]


def test_own_rules_stand_in_the_list_beside_the_built_in_ones(tenant: Client):
    """Found, filtered and paged together; another workspace never sees them."""
    activated(tenant)

    own = tenant.get("/v1/rules?source=own").json()["items"]
    active = tenant.get("/v1/rules?source=own&status=active&q=red+line").json()["items"]
    elsewhere = tenant.another("read", workspace="somebody-else").get("/v1/rules?source=own").json()["items"]

    assert [one["id"] for one in own] == [one["id"] for one in active] == ["ACM101"]
    assert elsewhere == []


def test_a_check_tells_everything_at_once(tenant: Client):
    """The text underlined, what was expected, and the nearest that there is; in the language of who asks."""
    wrong = {
        **LINEAR,
        "id": "ACM101",
        "condition": 'payout_kind == "linaer" && staked >= least',
        "message": {"en": "{componnent} pays"},
        "remedies": ["gat"],
        "references": ["fsa_fg13_9"],
    }

    said = tenant.post("/v1/rules/check", json=wrong).json()
    german = tenant.post("/v1/rules/check", json=wrong, headers={"Accept-Language": "de"}).json()

    assert said["valid"] is False
    assert {(one["pointer"], one["code"], one.get("nearest")) for one in said["problems"]} == {
        ("#/condition", "unknown_value", "linear"),
        ("#/condition", "unknown_field", "stake"),
        ("#/message/en", "unknown_placeholder", "component"),
        ("#/remedies/0", "unknown_remedy", "gate"),
        ("#/references/0", "unknown_citation", "fsa_fg13_1"),
    }
    (caret,) = [one["caret"] for one in said["problems"] if one["code"] == "unknown_field"]
    assert caret == 'payout_kind == "linaer" && staked >= least\n' + " " * 27 + "^" * 6
    assert "die Maßnahme 'gat' gibt es nicht" in {one["detail"] for one in german["problems"]}


def test_a_check_of_a_sound_rule_says_how_it_reads(tenant: Client):
    """In both languages, with how each example comes out, by what, and in the author's own words."""
    described = [{"condition": "stake >= least", "en": "much pay hangs on it", "de": "viel hängt daran"}]

    said = tenant.post("/v1/rules/check", json={**LINEAR, "id": "ACM101", "descriptions": described}).json()

    assert said["valid"] is True
    assert said["fields"] == ["payout_kind", "stake"]
    assert set(said["condition"]) == {"en", "de"}
    assert [(one["of"], one["outcome"]) for one in said["examples"]] == [
        ("silent", "silent"),
        ("silent", "silent"),
        ("matches", "matches"),
        ("matches", "matches"),
    ]
    assert said["examples"][2]["decided_by"][1]["said"].startswith("much pay hangs on it (")


def test_a_dry_run_tells_what_would_change_and_changes_nothing(tenant: Client):
    """New, gone, of another level, and what cannot be judged."""
    put_company(tenant)
    activated(tenant)
    milder = {**LINEAR, "id": "ACM101", "base": 15, "condition": "stake >= least", "examples": {}}
    bare = {**LINEAR, "id": "ACM102", "condition": "cap < 2.0", "params": {}, "examples": {}}

    said = tenant.post("/v1/rules/dry-run", json={"rules": [milder, bare], "organization": "acme"}).json()

    assert said["counts"]["new"] == len(said["new"]) == 1
    assert said["new"][0]["rule"] == "ACM102"
    assert {(one["rule"], one["level_before"] != one["level"]) for one in said["regraded"]} == {("ACM101", True)}
    (open_,) = [one for one in said["rules"] if one["id"] == "ACM102"]
    assert (open_["rows"], open_["matched"], open_["not_assessable_rows"]) == (2, 1, 1)
    assert open_["not_assessable"][0]["missing"] == ["cap"]
    assert [(one["outcome"], one["decided_by"][0]["expression"]) for one in open_["told"]] == [
        ("match", "cap < 2.0"),
        ("not_assessable", "cap < 2.0"),
    ]
    assert tenant.get(R).json()["version"] == 1


def test_a_dry_run_on_a_document_that_is_sent_along(tenant: Client):
    """What is wrong with rule or document is told at its place, and nothing is computed."""
    good = tenant.post("/v1/rules/dry-run", json={"rule": {**LINEAR, "id": "ACM101"}, "document": a_company()})
    bad = tenant.post(
        "/v1/rules/dry-run",
        json={"rule": {**LINEAR, "id": "ACM101"}, "document": {**a_company(), "concord": 2}},
    )
    both = tenant.post("/v1/rules/dry-run", json={"rule": {"id": "ACM101"}})

    assert good.json()["counts"]["new"] == 1
    assert [one["pointer"] for one in bad.json()["errors"]] == ["#/document/concord"]
    assert [one["code"] for one in both.json()["errors"]] == ["one_of_two"]


def test_what_rules_read_of_an_organization_is_shown(tenant: Client):
    """Its own rows, as examples for whoever writes a rule: each fits the columns of its kind."""
    put_company(tenant)

    said = tenant.get(f"{AT}/facts/component?as_of=2026-06-01").json()
    columns = {one["name"] for one in tenant.get("/v1/fact-kinds/component").json()["fields"]}

    assert (said["fact_kind"], said["as_of"], said["total"]) == ("component", "2026-06-01", 2)
    assert {row["facts"]["payout_kind"] for row in said["rows"]} == {"linear"}
    assert all(set(row["facts"]) == columns for row in said["rows"])
    assert tenant.get(f"{AT}/facts/components").json()["nearest"] == ["component"]


def test_an_organization_switches_a_rule_off_and_the_reason_is_shown(tenant: Client):
    """With the rules that were not run, and with the settings in force of every report."""
    put_company(tenant)
    activated(tenant)
    reason = "The plan ends with the year."
    tenant.put(f"{AT}/rule-settings", json={"rules": {"ACM101": {"level": "off", "reason": reason}}}, headers=ANY)

    analysis = analysed(tenant)

    said = report(tenant, analysis).json()
    assert "ACM101" not in rules_found(tenant, analysis)
    assert said["not_run"] == [{"rule": "ACM101", "version": 1, "because": "off", "reason": reason}]
    for form in ("text", "markdown", "html"):
        assert f"ACM101: switched off: {reason}" in report(tenant, analysis, f"format={form}").text


@pytest.mark.slow
def test_an_organization_grades_and_tunes_a_rule_otherwise_and_says_why(tenant: Client):
    """The finding keeps the engine's own level, and tells the reason."""
    put_company(tenant)
    activated(tenant)
    reason = "Agreed with the works council."
    settings = {"level": "low", "params": {"least": 0.11}, "reason": reason}
    tenant.put(f"{AT}/rule-settings", json={"rules": {"ACM101": settings}}, headers=ANY)

    analysis = analysed(tenant)

    (finding,) = _every(report(tenant, analysis).json()["findings"], "ACM101")
    assert (finding["level"], finding["override"]) == ("low", f"rule-settings ACM101: {reason}")
    assert finding["engine_level"] != "low"
    assert f"Judged with least 0.11 instead of 0.1: {reason}" in finding["explanation"]


def _every(findings: list[Raw], rule: str) -> list[Raw]:
    single = (one for entry in findings for one in (entry, *entry["also"]))
    return [one for one in single if one["rule"] == rule]


def test_settings_of_rules_are_refused_whole(tenant: Client):
    """Every fault at its place, with the nearest that there is."""
    put_company(tenant)
    said = {
        "FLU999": {"level": "off", "reason": "x"},
        "INC103": {"level": "mild", "params": {"accelerator_limits": 2}},
        "FLU101": {"reason": "Only a reason."},
    }

    response = tenant.put(f"{AT}/rule-settings", json={"rules": said}, headers=ANY)

    assert {(one["pointer"], one["code"]) for one in response.json()["errors"]} == {
        ("#/rules/FLU999", "unknown_rule"),
        ("#/rules/INC103/level", "not_one_of"),
        ("#/rules/INC103/params/accelerator_limits", "unknown_member"),
        ("#/rules/INC103/reason", "missing"),
        ("#/rules/FLU101/level", "missing"),
    }
    assert tenant.get(f"{AT}/rule-settings").json() == {"rules": {}}


@pytest.mark.parametrize(
    ("effective", "runs"),
    [
        ({"from": "2026-01-01"}, True),
        ({"from": "2026-06-01", "to": "2027-01-01"}, True),
        ({"to": "2026-06-01"}, False),
        ({"from": "2026-06-02"}, False),
    ],
)
def test_a_rule_is_run_on_the_days_on_which_it_is_in_force(tenant: Client, effective: Raw, runs: bool):
    """From its first day to the one before its last."""
    put_company(tenant)
    activated(tenant, {**LINEAR, "effective": effective})

    analysis = analysed(tenant, as_of="2026-06-01")

    said = report(tenant, analysis).json()
    assert ("ACM101" in rules_found(tenant, analysis)) is runs
    assert ("not_run" in said) is not runs
    assert ("ACM101: in force " in report(tenant, analysis, "format=text").text) is not runs


def test_a_pack_goes_out_as_one_file_and_comes_in_as_the_same(tenant: Client):
    """With the hash of what it holds; a file that was changed by hand is refused."""
    activated(tenant)
    file = tenant.get("/v1/rule-packs/acme/file")
    other = tenant.another(workspace=f"{tenant.workspace}-twin")

    made = other.put("/v1/rule-packs/acme/file", content=file.content, headers={"Content-Type": "application/json"})
    changed = json.loads(file.text)
    changed["rules"][0]["base"] = 99
    refused = other.put("/v1/rule-packs/acme/file", json=changed, headers=ANY)

    assert made.status_code == 201
    assert made.json()["changed"] == {"added": ["ACM101"], "changed": [], "removed": [], "unchanged": []}
    assert made.json()["content_hash"] == file.json()["content_hash"]
    assert other.get("/v1/rules/ACM101").json()["status"] == "active"
    assert [one["code"] for one in refused.json()["errors"]] == ["other_content"]


def test_an_upgrade_is_previewed_with_rules_and_findings(tenant: Client):
    """And then done whole: what is new or changed is active, what is gone retired."""
    put_company(tenant)
    activated(tenant)
    file = tenant.get("/v1/rule-packs/acme/file").json()
    upgrade = {
        "pack": {**file["pack"], "version": "1.0.0"},
        "rules": [{**LINEAR, "id": "ACM102", "name": "another"}],
    }

    preview = tenant.post("/v1/rule-packs/dry-run", json={"file": upgrade, "organization": "acme"}).json()
    assert tenant.get("/v1/rule-packs/acme").json()["version"] == "0.1.0"
    done = tenant.put("/v1/rule-packs/acme/file", json=upgrade, headers=ANY).json()

    assert preview["changed"] == done["changed"]
    assert (done["changed"]["added"], done["changed"]["removed"]) == (["ACM102"], ["ACM101"])
    assert preview["findings"]["counts"] == {"new": 1, "gone": 1, "regraded": 0}
    assert tenant.get(R).json()["status"] == "retired"
    assert rules_found(tenant, analysed(tenant)) >= {"ACM102"}


def test_a_version_of_a_pack_never_means_two_things(tenant: Client):
    """Neither by import nor by naming it."""
    activated(tenant)
    tenant.patch("/v1/rule-packs/acme", json={"version": "1.0.0"}, headers=MERGE)
    tenant.patch(R, json={"base": 50}, headers=MERGE)
    tenant.put(f"{R}/activation", json={}, headers=ANY)

    again = tenant.patch("/v1/rule-packs/acme", json={"version": "1.0.0"}, headers=MERGE)
    file = {"pack": {"id": "acme", "version": "1.0.0"}, "rules": []}
    preview = tenant.post("/v1/rule-packs/dry-run", json={"file": file}).json()
    imported = tenant.put("/v1/rule-packs/acme/file", json=file, headers=ANY)
    another = tenant.patch("/v1/rule-packs/acme", json={"version": "1.0.1"}, headers=MERGE)

    assert preview["obstacle"] == "version 1.0.0 of acme holds something else already: name another version"
    assert (again.status_code, imported.status_code, another.status_code) == (409, 409, 200)
    assert another.json()["modified"] is False


def test_rules_without_examples_are_refused_in_packs(tenant: Client):
    """On the way out and on the way in."""
    activated(tenant, {**LINEAR, "examples": {"matches": LINEAR["examples"]["matches"]}})

    out = tenant.get("/v1/rule-packs/acme/file")
    into = tenant.put(
        "/v1/rule-packs/other/file",
        json={
            "pack": {"id": "other", "version": "1.0.0"},
            "rules": [{**LINEAR, "id": "OTH101", "pack": "other", "examples": {}}],
        },
    )

    assert (out.status_code, "ACM101" in out.json()["detail"]) == (409, True)
    assert {one["pointer"] for one in into.json()["errors"]} == {
        "#/rules/0/examples/silent",
        "#/rules/0/examples/matches",
    }


def test_imported_rules_wait_for_a_second_person_where_the_workspace_asks_for_four_eyes(tenant: Client):
    """Nobody goes round it by a file."""
    tenant.put("/v1/workspace-settings", json={"four_eyes": True}, headers=ANY)

    tenant.put(
        "/v1/rule-packs/acme/file",
        json={"pack": {"id": "acme", "version": "1.0.0"}, "rules": [{**LINEAR, "id": "ACM101"}]},
    )

    assert tenant.get(R).json()["status"] == "draft"


def test_own_conflicts_are_told_beside_those_of_built_in_rules(tenant: Client):
    """A red line on pairs of goals takes nothing away."""
    put_company(tenant)
    before = rules_found(tenant, analysed(tenant))
    red_line = {
        **LINEAR,
        "fact_kind": "goal_outcome",
        "finding": "outcome_conflict",
        "params": {},
        "condition": "net > 0.0",
        "severity": 90,
        "confidence": "0.5",
        "message": {"en": "Our red line: {department} against {outcome}"},
        "examples": {},
    }
    del red_line["base"]
    activated(tenant, red_line)

    analysis = analysed(tenant)

    found = _every(report(tenant, analysis).json()["findings"], "ACM101")
    assert rules_found(tenant, analysis) == before | {"ACM101"}
    assert {(one["severity"], one["confidence"]) for one in found} == {(90.0, 0.5)}
    assert all(one["title"].startswith("Our red line: ") and one["chain"] for one in found)
