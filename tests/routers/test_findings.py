"""`…/analyses/{id}/findings`: paged, filtered, searched, whole; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.contract.problem_shape import check_problem
from tests.http_client import Client
from tests.routers.stored_analyses import Kept, analysed, at, the_company
from tests.routers.stored_analyses import kept as kept

Raw = dict[str, Any]


def every(client: Client, analysis: Raw, query: str = "") -> list[Raw]:
    items: list[Raw] = client.get(at(analysis, f"/findings?limit=200{query}")).json()["items"]
    return items


def told(client: Client, analysis: Raw) -> list[Raw]:
    """The findings of the report one by one, the worst first."""
    entries = client.get(at(analysis, "/report")).json()["findings"]
    single = [one for entry in entries for one in (entry, *entry["also"])]
    return sorted(single, key=lambda one: (-one["severity"], -one["confidence"], one["fingerprint"]))


def test_all_findings_of_the_report_are_listed_worst_first(kept: Kept) -> None:
    """Also those that an entry folds; each names the one that stands for it."""
    client, analysis = kept

    listed, report = every(client, analysis), told(client, analysis)
    members = ("fingerprint", "kind", "rule", "level", "severity", "confidence", "subjects", "departments", "title")
    assert [{name: one[name] for name in members} for one in listed] == [
        {name: one[name] for name in members} for one in report
    ]
    entries = client.get(at(analysis, "/report")).json()["findings"]
    folded = {one["fingerprint"]: entry["fingerprint"] for entry in entries for one in entry["also"]}
    assert {one["fingerprint"]: one["folded_under"] for one in listed if "folded_under" in one} == folded


def test_pages_hold_each_finding_once(kept: Kept) -> None:
    """Forwards and backwards, in any order."""
    client, analysis = kept

    for sort in ("", "&sort=severity", "&sort=rule,-confidence"):
        whole = [one["fingerprint"] for one in every(client, analysis, sort)]
        pages, address = [], at(analysis, f"/findings?limit=3{sort}")
        while address:
            page = client.get(address).json()
            pages += [one["fingerprint"] for one in page["items"]]
            address = page.get("next", "")
        assert pages == whole
        assert len(set(pages)) == analysis["finding_count"]


@pytest.mark.parametrize(
    ("query", "meets"),
    [
        ("kind=outcome_conflict", lambda one: one["kind"] == "outcome_conflict"),
        ("level=high,critical", lambda one: one["level"] in ("high", "critical")),
        ("department=sales", lambda one: "sales" in one["departments"]),
        ("rule=FLU101,FLU001", lambda one: one["rule"] in ("FLU101", "FLU001")),
        ("outcome=loyalty", lambda one: one.get("outcome") == "loyalty"),
        ("status=waived", lambda one: False),
        ("severity_min=30&severity_max=60", lambda one: 30 <= one["severity"] <= 60),
        ("folded=true", lambda one: "folded_under" in one),
        ("folded=false&level=low", lambda one: "folded_under" not in one and one["level"] == "low"),
        ("q=AGENTS-AHT", lambda one: "agents-aht" in str(one)),
    ],
)
def test_filters_keep_what_meets_them(kept: Kept, query: str, meets: Callable[[Raw], bool]) -> None:
    """Different ones together, a comma meaning or."""
    client, analysis = kept

    found = client.get(at(analysis, f"/findings?limit=200&count=true&{query}")).json()
    wanted = [one for one in every(client, analysis) if meets(one)]
    assert found["items"] == wanted
    assert found["total"] == len(wanted)


def test_a_search_finds_words_of_any_language(kept: Kept) -> None:
    """In titles as they are told in German, case aside."""
    client, analysis = kept
    german = every(client, analysis, "&lang=de")
    word = max(german[0]["title"].split(), key=len).strip("„“.,")

    found = every(client, analysis, f"&q={word.upper()}&lang=de")
    assert german[0] in found
    assert all(word.lower() in one["title"].lower() for one in found)


def test_lists_show_more_where_it_is_asked_for(kept: Kept) -> None:
    """As the report has it; `fields` narrows."""
    client, analysis = kept

    (found,) = every(client, analysis, "&include=chain,explanation,citations,conditions,remedies")[:1]
    (narrow,) = every(client, analysis, "&fields=fingerprint,severity")[:1]
    whole = told(client, analysis)[0]
    members = ("chain", "help", "explanation", "conditions", "facts", "remedies", "references")
    assert {name: found[name] for name in members} == {name: whole[name] for name in members}
    cited = {reference.partition("#")[0] for link in whole["chain"] for reference in link["citations"]}
    assert cited <= {source["id"] for source in found["citations"]}
    assert narrow == {"fingerprint": whole["fingerprint"], "severity": whole["severity"]}


def test_a_finding_is_shown_whole(kept: Kept) -> None:
    """One that stands for others with them, and each of those by itself."""
    client, analysis = kept
    entry = next(e for e in client.get(at(analysis, "/report?lang=de")).json()["findings"] if e["also"])

    head = client.get(at(analysis, f"/findings/{entry['fingerprint']}?lang=de"))
    folded = client.get(at(analysis, f"/findings/{entry['also'][0]['fingerprint']}?lang=de")).json()
    again = client.get(
        at(analysis, f"/findings/{entry['fingerprint']}?lang=de"), headers={"If-None-Match": head.headers["etag"]}
    )
    assert {name: head.json()[name] for name in entry} == entry
    assert {name: folded[name] for name in entry["also"][0]} == entry["also"][0]
    assert folded["folded_under"] == entry["fingerprint"]
    assert again.status_code == 304
    assert check_problem(client.get(at(analysis, "/findings/0000000000000000")))["status"] == 404


def test_what_somebody_accepted_is_listed_as_waived(tenant: Client) -> None:
    """It counts apart, and is shown whole like any other."""
    open_ = every(tenant, analysed(tenant, with_recommendations=False))
    accepted = open_[0]["fingerprint"]
    waiver = {"fingerprint": accepted, "owner": "anna", "reason": "known", "expires": "2026-12-31"}

    analysis = analysed(tenant, the_company(suppressions=[waiver]), with_recommendations=False)
    waived = every(tenant, analysis, "&status=waived")
    shown = tenant.get(at(analysis, f"/findings/{accepted}")).json()
    assert [one["fingerprint"] for one in waived] == [accepted]
    assert (analysis["waived_count"], analysis["finding_count"]) == (1, len(open_) - 1)
    assert (shown["fingerprint"], shown["status"], bool(shown["chain"])) == (accepted, "waived", True)


def test_bad_filters_are_refused(kept: Kept) -> None:
    """With what there is."""
    client, analysis = kept

    for query in (
        "level=awful",
        "kind=x",
        "severity_min=-1",
        "severity_max=nan",
        "include=all",
        "fields=x",
        "sort=level",
    ):
        assert check_problem(client.get(at(analysis, f"/findings?{query}")))["status"] == 400
