"""`/v1/organizations/{org}/analyses`: run, shown in every form, compared, verified; on both databases."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.document.checks import document_from
from app.reports import formats
from app.reports.canonical_json import render_analysis
from app.services import analyses, verifying
from app.services.analysing import Pins, pins
from tests.contract.problem_shape import check_problem
from tests.http_client import Client, serving
from tests.routers.stored_analyses import ANALYSES, AT, DAY, Kept, analysed, at, put, ran, the_company, without
from tests.routers.stored_analyses import kept as kept
from tests.services.stored import caller


def errors(response: Any, place: str = "pointer") -> list[tuple[str, str]]:
    problem: Any = check_problem(response)
    return [(error[place], error["code"]) for error in problem["errors"]]


@pytest.mark.slow
def test_an_analysis_is_made_and_shown_again(tenant: Client) -> None:
    """With index, coverage, counts, matrix, and what it depends on."""
    tag = put(tenant)
    made = tenant.post(ANALYSES, json={"as_of": DAY})

    analysis = made.json()
    got = tenant.get(at(analysis))
    assert made.status_code == 201
    assert made.headers["location"] == f"http://concord.test{at(analysis)}"
    assert (got.json(), got.headers["etag"]) == (analysis, made.headers["etag"])
    assert (analysis["revision"], analysis["as_of"], analysis["created_by"]) == (1, DAY, "tests")
    assert tag == f'"r1-{analysis["content_hash"].removeprefix("sha256:")[:12]}"'
    assert analysis["coverage"]["goals"] == 4
    assert sum(analysis["summary"]["levels"].values()) == analysis["finding_count"] > 0
    assert {cell["from"] for cell in analysis["matrix"]} <= {"service", "sales", "finance"}
    assert analysis["engine"]["hashes"].keys() == {"catalogue", *analysis["engine"]["rule_packs"]}


@pytest.mark.slow
def test_the_report_is_what_the_engine_says_of_the_document_as_it_is_kept(kept: Kept) -> None:
    """Byte for byte, in both languages."""
    client, analysis = kept
    raw = client.get(f"{AT}/document").json()

    for language in ("en", "de"):
        told = analyse(
            document_from(raw, catalogue()), catalogue(), as_of=date.fromisoformat(DAY), raw=raw, language=language
        )
        report = client.get(at(analysis, f"/report?lang={language}"))
        assert report.content == render_analysis(told)
        assert report.headers["content-language"] == language


@pytest.mark.slow
def test_both_databases_give_the_same_bytes() -> None:
    """Of the whole result, in every form; those for a board name the analysis, which is another in each."""
    names = [name for name in formats.names() if name not in ("board", "pdf", "xlsx")]

    def reports(kind: str) -> list[bytes]:
        with serving(kind) as client:
            analysis = analysed(client)
            told = [client.get(at(analysis, f"/report?format={name}")).content for name in names]
            board = client.get(at(analysis, "/report?format=board")).content
            return [*told, board.replace(analysis["id"].replace("_", "\\_").encode(), b"")]

    assert reports("sqlite") == reports("postgresql")


@pytest.mark.parametrize("name", formats.names())
def test_every_form_of_report_is_given_by_name_and_by_media_type(kept: Kept, name: str) -> None:
    """Each with a tag of its own; JSON of the analysis itself is its summary."""
    client, analysis = kept
    form = formats.formats()[name]

    named = client.get(at(analysis, f"/report?format={name}"))
    accepted = client.get(at(analysis, "/report"), headers={"Accept": form.media_type})
    short = client.get(at(analysis), headers={"Accept": form.media_type})
    known = client.get(at(analysis, f"/report?format={name}"), headers={"If-None-Match": named.headers["etag"]})
    assert named.headers["content-type"].split(";")[0] == form.media_type
    assert named.content == accepted.content
    assert short.json() == analysis if name == "json" else short.content == named.content
    assert (known.status_code, known.content) == (304, b"")


@pytest.mark.slow
def test_analyses_are_listed_as_the_index_over_time(tenant: Client) -> None:
    """The latest is one parameter away; texts are in the language that is asked for."""
    first, second = analysed(tenant, with_recommendations=False), ran(tenant, as_of="2026-08-01")

    listed = tenant.get(f"{ANALYSES}?count=true&limit=1").json()
    latest = tenant.get(f"{ANALYSES}?limit=1&sort=-created_at&lang=de").json()["items"]
    of_a_day = tenant.get(f"{ANALYSES}?as_of={DAY}").json()["items"]
    assert (listed["total"], [one["id"] for one in listed["items"]]) == (2, [first["id"]])
    assert [one["id"] for one in tenant.get(listed["next"]).json()["items"]] == [second["id"]]
    assert [one["id"] for one in latest] == [second["id"]]
    assert latest[0]["summary"]["headline"] != second["summary"]["headline"]
    assert [one["id"] for one in of_a_day] == [first["id"]]
    assert "matrix" not in listed["items"][0]


@pytest.mark.slow
def test_a_past_document_is_analysed_as_it_was(tenant: Client) -> None:
    """And what has changed since takes no part."""
    first = analysed(tenant, with_recommendations=False)
    put(tenant, without(the_company(), "kpis", "aht"))

    past = ran(tenant, revision=1, with_recommendations=False)
    now = ran(tenant, with_recommendations=False)
    by_address = tenant.post(f"{ANALYSES}?revision=1&as_of={DAY}", json={"with_recommendations": False}).json()
    assert past["result_hash"] == first["result_hash"] == by_address["result_hash"] != now["result_hash"]
    assert (past["revision"], now["revision"]) == (1, 2)


def test_what_is_not_in_force_on_the_day_takes_no_part(tenant: Client) -> None:
    """Effective dates of incentive plans are honoured."""
    company = the_company()
    company["incentive_plans"][0]["effective"] = {"from": "2026-10-01"}

    before = analysed(tenant, company, with_recommendations=False)
    after = ran(tenant, as_of="2026-10-01", with_recommendations=False)
    assert before["finding_count"] < after["finding_count"]


def test_hiding_a_goal_is_seen(tenant: Client) -> None:
    """The analysis names it, coverage falls, and a comparison says that nobody has solved what is gone."""
    first = analysed(tenant, with_recommendations=False)
    put(tenant, without(the_company(), "kpis", "aht"))

    second = ran(tenant, with_recommendations=False)
    compared = tenant.get(at(second, f"/compare/{first['id']}")).json()
    gone = [{"department": "service", "kind": "kpi", "key": "aht"}]
    assert second["previous"] == first["id"]
    assert [{name: goal[name] for name in gone[0]} for goal in second["removed_goals"]] == gone
    assert second["coverage"]["goals"] == first["coverage"]["goals"] - 1
    assert compared["removed_goals"] == second["removed_goals"]
    assert compared["fixed"]
    about_it = [
        one for one in compared["fixed"] if "agents-aht" in json.dumps(one) or "handling" in one["title"].lower()
    ]
    assert all(one["goal_removed"] for one in about_it) and about_it
    assert ("removed", "/kpis/aht") in {(one["action"], one["path"]) for one in compared["changes"]}


@pytest.mark.slow
def test_no_look_at_another_day_hides_which_goals_are_gone(tenant: Client) -> None:
    """An analysis of what there is today is compared with the last one of that kind, whatever was looked at between them."""
    put(tenant)
    first = ran(tenant, as_of=None, with_recommendations=False)
    put(tenant, without(the_company(), "kpis", "aht"))
    ran(tenant, with_recommendations=False)

    second = ran(tenant, as_of=None, with_recommendations=False)
    assert second["previous"] == first["id"]
    assert [goal["key"] for goal in second["removed_goals"]] == ["aht"]
    assert [one["id"] for one in tenant.get(f"{ANALYSES}?current=true").json()["items"]] == [first["id"], second["id"]]


def test_a_comparison_tells_what_became_of_each_finding(tenant: Client) -> None:
    """New ones are fixed the other way round; what is unchanged is counted, and listed where asked for."""
    first = analysed(tenant, with_recommendations=False)
    company = the_company()
    company["incentive_plans"][0]["components"][0]["gate"] = {"kpi": "fcr", "condition": ">= 80"}
    put(tenant, company)
    second = ran(tenant, as_of="2026-07-02", with_recommendations=False)

    forth = tenant.get(at(second, f"/compare/{first['id']}?include=unchanged")).json()
    back = tenant.get(at(first, f"/compare/{second['id']}")).json()
    fates = ("new", "worse", "better", "fixed", "waived", "unchanged")
    assert forth["counts"] == {name: len(forth[name]) for name in fates}
    assert forth["counts"]["fixed"] + forth["counts"]["better"] > 0
    assert [one["fingerprint"] for one in forth["fixed"]] == [one["fingerprint"] for one in back["new"]]
    assert "unchanged" not in back
    assert forth["differs"] == ["as_of"]
    assert forth["alignment_change"] == -back["alignment_change"]
    assert (forth["before"]["id"], forth["after"]["id"]) == (first["id"], second["id"])


def test_an_analysis_is_reproduced(tenant: Client) -> None:
    """From its own revision, whatever the document says now."""
    analysis = analysed(tenant)
    put(tenant, without(the_company(), "kpis", "aht"))

    verified = tenant.post(at(analysis, "/verify")).json()
    assert verified == {
        "analysis": analysis["id"],
        "reproduced": True,
        "differs": [],
        "findings": {"same": analysis["finding_count"], "changed": [], "gone": [], "new": []},
        "pins": [],
    }


def test_a_verification_names_each_pin_that_is_another_today(kept: Kept) -> None:
    """Versions, and hashes where the version says nothing."""
    store = kept.client.app.state.store
    known = pins()
    later = Pins(
        "9.0.0", known.catalogue, {**known.rule_packs, "own": "1.0.0"}, {**known.hashes, "catalogue": "sha256:0"}
    )
    found = analyses.get(store, caller(store), "acme", kept.analysis["id"])

    changed = verifying.changed_pins(found, later)
    assert changed == [
        {"name": "engine", "pinned": known.engine, "today": "9.0.0"},
        {"name": "rule_packs.own", "today": "1.0.0"},
        {"name": "hashes.catalogue", "pinned": known.hashes["catalogue"], "today": "sha256:0"},
    ]


def test_what_drawings_need(kept: Kept) -> None:
    """A matrix with names and levels, a network whose edges join its nodes, an alignment with its coverage."""
    client, analysis = kept

    matrix, network, alignment = (
        client.get(at(analysis, f"/{view}")).json() for view in ("matrix", "network", "alignment")
    )
    keys = {"service", "sales", "finance"}
    assert {row["key"] for row in matrix["rows"]} == keys
    assert {column["key"] for column in matrix["columns"]} == {*keys, "customer"}
    assert [{name: cell[name] for name in analysis["matrix"][0]} for cell in matrix["cells"]] == analysis["matrix"]
    nodes = {(one["metric"], one["direction"]) for one in network["movements"]}
    ends = {tuple(link[end].values()) for link in network["influences"] for end in ("source", "target")}
    assert ends == nodes
    assert {outcome for one in network["movements"] for outcome in one["outcomes"]} == {"loyalty", "ease"}
    assert {goal["subject"]["key"] for goal in network["goals"]} == {"aht", "fcr", "new", "cost"}
    assert alignment["alignment_index"] == analysis["summary"]["alignment_index"]
    assert {one["key"]: one["weight"] for one in alignment["outcomes"]} == {"ease": 0.4, "loyalty": 0.6}
    assert [one["name"] for one in alignment["departments"]] == ["Finance", "Sales", "Customer Service"]


def test_a_request_that_is_sent_again_is_done_once(tenant: Client) -> None:
    """The same answer, one analysis; with another body it is refused."""
    put(tenant)
    headers = {"Idempotency-Key": "monday"}

    first, again = (tenant.post(ANALYSES, json={"as_of": DAY}, headers=headers) for _ in range(2))
    other = tenant.post(ANALYSES, json={"as_of": "2026-07-02"}, headers=headers)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert check_problem(other)["status"] == 422
    assert tenant.get(f"{ANALYSES}?count=true").json()["total"] == 1


def test_a_dry_run_keeps_nothing(tenant: Client) -> None:
    """It answers as the real one, and leaves neither analysis nor event."""
    put(tenant)
    before = tenant.get("/v1/audit-events").json()["items"]

    tried = tenant.post(f"{ANALYSES}?dry_run=true", json={"as_of": DAY})
    assert (tried.status_code, tried.headers["dry-run"]) == (200, "true")
    assert tried.json()["finding_count"] > 0
    assert tenant.get(ANALYSES).json()["items"] == []
    assert tenant.get("/v1/audit-events").json()["items"] == before


def test_an_analysis_is_one_event(tenant: Client) -> None:
    """It names the analysis and the hash of its result."""
    analysis = analysed(tenant, with_recommendations=False)

    event = tenant.get("/v1/audit-events").json()["items"][0]
    assert (event["action"], event["target"]) == ("analysis.completed", at(analysis).removeprefix("/v1/"))
    assert event["after"] == analysis["result_hash"]


def test_what_does_not_exist_is_not_found(kept: Kept) -> None:
    """Organizations, revisions, analyses, and those of other workspaces: alike."""
    client, analysis = kept
    stranger = client.another(workspace="other")
    addresses = [at(analysis, path) for path in ("", "/report", "/matrix", "/findings", "/recommendations")]

    for address in addresses:
        assert check_problem(stranger.get(address))["status"] == 404
        assert check_problem(client.get(address.replace("ana_", "ana_0")))["status"] == 404
    assert check_problem(client.post(f"{ANALYSES}?revision=9"))["status"] == 404
    assert check_problem(client.get(at(analysis, f"/compare/{analysis['id']}0")))["status"] == 404
    assert check_problem(client.post(ANALYSES.replace("acme", "nobody")))["status"] == 404


def test_who_may_only_read_runs_none_but_verifies(kept: Kept) -> None:
    """Verifying changes nothing."""
    client, analysis = kept
    reader = client.another("read")

    assert check_problem(reader.post(ANALYSES))["status"] == 403
    assert reader.post(at(analysis, "/verify")).json()["reproduced"]


def test_what_is_asked_wrongly_is_told_at_once(tenant: Client) -> None:
    """In the body by pointer, in the address by parameter; nothing is kept."""
    put(tenant)

    body = tenant.post(ANALYSES, json={"as_of": "soon", "revision": 0, "when": 1})
    address = tenant.post(f"{ANALYSES}?as_of=soon&revision=99999999999999999999&when=1")
    listed = tenant.get(f"{ANALYSES}?as_of=soon&sort=size&fields=size")
    assert sorted(errors(body)) == [("#/as_of", "not_a_day"), ("#/revision", "too_small"), ("#/when", "unknown_member")]
    assert sorted(errors(address, "parameter")) == [
        ("as_of", "not_a_day"),
        ("revision", "too_large"),
        ("when", "unknown_parameter"),
    ]
    assert ("as_of", "not_a_day") in errors(listed, "parameter")
    assert tenant.get(ANALYSES).json()["items"] == []


def test_a_document_that_is_too_large_is_refused_unread() -> None:
    """By the number of its KPIs and components, before anything is computed."""
    with serving(audit_goals=3) as client:
        put(client)

        refused = client.post(ANALYSES)
        assert check_problem(refused)["status"] == 413


@pytest.mark.slow
def test_an_organization_that_is_purged_takes_its_analyses_along(tenant: Client) -> None:
    """And one of that name that is made anew has none."""
    analysis = analysed(tenant)
    gone = tenant.delete(f"{AT}?purge=true", headers={"If-Match": "*"})
    put(tenant)

    assert gone.status_code in (200, 204)
    assert tenant.get(ANALYSES).json()["items"] == []
    assert check_problem(tenant.get(at(analysis)))["status"] == 404


@pytest.mark.slow
def test_waivers_of_conflicts_are_pinned(tenant: Client) -> None:
    """So that an analysis comes out the same when they have ended."""
    today = date.today().isoformat()
    first = analysed(tenant, as_of=today, with_recommendations=False)
    worst = tenant.get(at(first, "/findings?limit=1")).json()["items"][0]["fingerprint"]
    conflict = f"{AT}/conflicts/{worst}"
    headers = {"If-Match": tenant.get(conflict).headers["etag"], "Content-Type": "application/merge-patch+json"}
    waiver = {"owner": "anna", "reason": "known", "expires": "2099-12-31"}
    waived = tenant.patch(conflict, json={"status": "waived", "waiver": waiver}, headers=headers)
    assert waived.status_code == 200, waived.text

    second = ran(tenant, as_of=today, with_recommendations=False)
    reopened = {"If-Match": waived.headers["etag"], "Content-Type": "application/merge-patch+json"}
    tenant.patch(conflict, json={"status": "open"}, headers=reopened)
    verified = tenant.post(at(second, "/verify")).json()
    compared = tenant.get(at(second, f"/compare/{first['id']}")).json()
    assert [(one["fingerprint"], one["reason"]) for one in second["waivers"]] == [(worst, "known")]
    assert (second["waived_count"], second["finding_count"]) == (1, first["finding_count"] - 1)
    assert verified["reproduced"] and verified["pins"] == []
    assert [one["fingerprint"] for one in compared["waived"]] == [worst]
    assert compared["differs"] == ["waivers"]
