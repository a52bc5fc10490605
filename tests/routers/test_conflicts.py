"""`/v1/organizations/{org}/conflicts`: what becomes of findings over time, told by example on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.databases import KINDS
from tests.http_client import Client, serving
from tests.routers.stored_companies import AT, MERGE, Raw, a_company, put_company

CONFLICTS = f"{AT}/conflicts"
LATER = "2999-12-31"
WAIVED = {"status": "waived", "waiver": {"reason": "Shops close in spring", "expires": LATER}}


def analysed(client: Client, raw: Raw | None = None, **options: Any) -> Raw:
    """The analysis of the company as it stands, or as it is from now on."""
    if raw is not None:
        response = client.put(f"{AT}/document", json=raw, headers={"If-Match": "*"})
        assert response.status_code == 200, response.text
    response = client.post(f"{AT}/analyses", json={"with_recommendations": False, **options})
    assert response.status_code == 201, response.text
    return dict(response.json())


def listed(client: Client, query: str = "") -> list[Raw]:
    response = client.get(f"{CONFLICTS}?limit=200&{query}")
    assert response.status_code == 200, response.text
    return list(response.json()["items"])


def statuses(client: Client) -> dict[str, str]:
    return {one["fingerprint"]: one["status"] for one in listed(client)}


def shown(client: Client, fingerprint: str) -> Raw:
    return dict(client.get(f"{CONFLICTS}/{fingerprint}").json())


def patched(client: Client, fingerprint: str, said: Raw, **headers: str) -> Raw:
    response = client.patch(f"{CONFLICTS}/{fingerprint}", json=said, headers={**MERGE, **headers})
    assert response.status_code == 200, response.text
    return dict(response.json())


def without_handling_time() -> Raw:
    """The company once nobody is measured or paid by handling time."""
    raw = a_company()
    raw["kpis"] = [kpi for kpi in raw["kpis"] if kpi["key"] != "aht"]
    raw["incentive_plans"][0]["components"] = [
        {"key": "agents-csat", "kpi": "csat", "weight": 1, "payout": {"kind": "linear"}}
    ]
    raw["governance"] = {"customer_owned_by": "sales"}
    return raw


@pytest.fixture
def client(stored: Client) -> Client:
    """The company, analysed once."""
    put_company(stored)
    analysed(stored)
    return stored


@pytest.fixture(scope="module", params=KINDS)
def kept(request: pytest.FixtureRequest) -> Iterator[Client]:
    """The company, analysed once, for tests that change nothing."""
    with serving(request.param) as opened:
        put_company(opened)
        analysed(opened)
        yield opened


@pytest.fixture
def worst(client: Client) -> str:
    """The fingerprint of its worst conflict."""
    return str(listed(client)[0]["fingerprint"])


def test_every_finding_of_an_analysis_is_a_conflict(kept: Client) -> None:
    """New at first, told as the finding is, the worst first, each with the address of the finding in full."""
    (analysis,) = kept.get(f"{AT}/analyses").json()["items"]
    findings = kept.get(f"{AT}/analyses/{analysis['id']}/findings?limit=200").json()["items"]

    conflicts = listed(kept)

    told = ("fingerprint", "kind", "rule", "level", "severity", "confidence", "subjects", "departments", "title")
    assert sorted([{n: c[n] for n in told} for c in conflicts], key=lambda c: c["fingerprint"]) == sorted(
        [{n: f[n] for n in told} for f in findings], key=lambda f: f["fingerprint"]
    )
    assert [c["severity"] for c in conflicts] == sorted((f["severity"] for f in findings), reverse=True)
    assert {c["status"] for c in conflicts} == {"new"}
    assert all(kept.get(c["finding"]).json()["title"] == c["title"] for c in conflicts)


@pytest.mark.slow
def test_what_is_seen_again_is_open_and_what_is_gone_is_resolved(client: Client) -> None:
    """And what comes back after that has regressed, until it is seen once more."""
    fingerprints = set(statuses(client))
    analysed(client)
    assert statuses(client) == dict.fromkeys(fingerprints, "open")

    analysed(client, without_handling_time())
    after = statuses(client)
    gone = {one for one in fingerprints if after[one] == "resolved"}
    assert gone and gone != fingerprints

    analysed(client, a_company())
    assert {one: status for one, status in statuses(client).items() if one in gone} == dict.fromkeys(gone, "regressed")
    analysed(client)
    assert {one: status for one, status in statuses(client).items() if one in gone} == dict.fromkeys(gone, "open")


@pytest.mark.slow
def test_a_conflict_that_is_gone_with_its_goal_says_so(client: Client) -> None:
    """Nobody has solved it: the goal is no longer looked at. A goal that comes back takes the mark away."""
    analysed(client, without_handling_time())

    marked = listed(client, "goal_removed=true")
    assert marked and all(one["status"] == "resolved" for one in marked)
    assert all("aht" in str(one["subjects"]) for one in marked)
    assert shown(client, marked[0]["fingerprint"])["history"][-1]["goal_removed"] is True

    analysed(client, a_company())
    assert listed(client, "goal_removed=true") == []


@pytest.mark.slow
@pytest.mark.parametrize("what_if", [{"revision": 1}, {"as_of": "2020-01-01"}])
def test_what_if_moves_nothing(client: Client, what_if: Raw) -> None:
    """An analysis of a past document or of another day says nothing about what has become of conflicts."""
    analysed(client, without_handling_time())
    before = client.get(CONFLICTS).json()

    analysed(client, **what_if)

    assert client.get(CONFLICTS).json() == before


@pytest.mark.slow
def test_a_dry_run_of_an_analysis_moves_nothing(client: Client) -> None:
    """As if it had not been."""
    before = client.get(CONFLICTS).json()

    response = client.post(f"{AT}/analyses?dry_run=true", json={})

    assert response.status_code == 200
    assert client.get(CONFLICTS).json() == before


@pytest.mark.parametrize("status", ["acknowledged", "disputed"])
def test_what_people_make_of_it_stays_when_it_is_seen_again(client: Client, worst: str, status: str) -> None:
    """And is noted in its history, with who did it."""
    patched(client, worst, {"status": status})

    analysed(client)

    conflict = shown(client, worst)
    assert (conflict["status"], [e["what"] for e in conflict["history"]]) == (status, ["appeared", status])
    assert conflict["history"][1]["by"] == "tests"


def test_a_waiver_is_in_force_for_the_analyses_that_follow(client: Client, worst: str) -> None:
    """It carries who, why and until when; the finding is waived there, and the analysis pins the waiver."""
    waiver = patched(client, worst, WAIVED)["waiver"]

    analysis = analysed(client)

    assert (waiver["owner"], waiver["reason"], waiver["expires"]) == ("tests", "Shops close in spring", LATER)
    assert [one["fingerprint"] for one in analysis["waivers"]] == [worst]
    assert analysis["waived_count"] == 1
    assert client.get(f"{AT}/analyses/{analysis['id']}/findings/{worst}").json()["status"] == "waived"
    assert statuses(client)[worst] == "waived"


def test_a_waiver_ends_when_the_chain_of_the_finding_changes(client: Client, worst: str) -> None:
    """What was accepted rests on other evidence now: it is open again, and the reason is told."""
    conflict = shown(client, worst)
    assert conflict["subjects"][0]["key"] == "deals"
    patched(client, worst, WAIVED)
    raw = a_company()
    raw["influences"] = [
        {"source": "acme.deals", "target": "customer.retention_rate", "sign": "-", "strength": "strong"}
    ]

    analysed(client, raw)

    after = shown(client, worst)
    assert after["status"] == "open"
    assert after["grounds"] != conflict["grounds"]
    ended = [event for event in after["history"] if event["what"] == "waiver_ended"]
    assert [event["because"] for event in ended] == ["both"]
    assert "waiver" not in after


@pytest.mark.slow
def test_what_the_document_waives_is_waived(client: Client, worst: str) -> None:
    """With who, why and where it says so; only the document can end that."""
    raw = a_company()
    raw["suppressions"] = [{"fingerprint": worst, "owner": "Head of Sales", "reason": "Known", "expires": LATER}]
    analysed(client, raw)

    conflict = shown(client, worst)
    assert conflict["status"] == "waived"
    assert conflict["waiver"] == {
        "owner": "Head of Sales", "reason": "Known", "expires": LATER, "place": "suppressions[0]",
    }  # fmt: skip
    response = client.patch(f"{CONFLICTS}/{worst}", json={"status": "open"}, headers=MERGE)
    assert (response.status_code, response.json()["possible"]) == (409, [])

    analysed(client, a_company())
    assert shown(client, worst)["history"][-1]["because"] == "withdrawn"
    assert statuses(client)[worst] == "open"


def test_a_waiver_is_changed_a_member_at_a_time_and_taken_back(client: Client, worst: str) -> None:
    """What is left out stays; with another status the waiver goes."""
    patched(client, worst, WAIVED)

    longer = patched(client, worst, {"waiver": {"expires": "3000-01-31", "owner": "Head of Sales"}})
    assert longer["waiver"] | {"grounds": ""} == {
        "owner": "Head of Sales", "reason": "Shops close in spring", "expires": "3000-01-31", "grounds": "",
        "place": f"conflicts/{worst}",
    }  # fmt: skip
    opened = patched(client, worst, {"status": "open"})
    assert "waiver" not in opened
    assert [event["what"] for event in opened["history"]] == ["appeared", "waived", "waived", "reopened"]


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ({"status": "waived"}, [("#/waiver", "missing")]),
        ({"status": "waived", "waiver": {}}, [("#/waiver", "missing")]),
        ({"status": "waived", "waiver": {"owner": "me"}}, [("#/waiver/reason", "missing"), ("#/waiver/expires", "missing")]),
        ({"status": "waived", "waiver": {"reason": "x", "expires": "2020-01-01"}}, [("#/waiver/expires", "too_small")]),
        ({"status": "waived", "waiver": {"reason": "", "expires": "soon"}},
         [("#/waiver/reason", "empty"), ("#/waiver/expires", "not_a_day")]),
        ({"status": "waived", "waiver": {**WAIVED["waiver"], "resaon": "x"}}, [("#/waiver/resaon", "unknown_member")]),  # type: ignore[dict-item]
        ({"status": "waived", "waiver": {**WAIVED["waiver"], "grounds": "aaaaaaaa-bbbbbbbb"}},  # type: ignore[dict-item]
         [("#/waiver/grounds", "read_only")]),
        ({"status": "open", "waiver": {"reason": "x"}}, [("#/waiver", "waiver_not_asked")]),
        ({"status": "solved"}, [("#/status", "not_one_of")]),
        ({"assignee": "mem_nobody"}, [("#/assignee", "unknown_person")]),
        ({"severity": 1}, [("#/severity", "read_only")]),
        ({"fingerprint": "x", "rule": "y"}, [("#/fingerprint", "read_only"), ("#/rule", "read_only")]),
        ({"colour": "red"}, [("#/colour", "unknown_member")]),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_every_fault(kept: Client, said: Raw, faults: list[tuple[str, str]]) -> None:
    """Each at its place; nothing changes."""
    before = listed(kept)[0]
    path = f"{CONFLICTS}/{before['fingerprint']}"

    response = kept.patch(path, json=said, headers=MERGE)

    assert response.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in response.json()["errors"]] == faults
    assert listed(kept)[0] == before


def test_a_misspelt_member_of_the_waiver_is_told_the_nearest(kept: Client) -> None:
    """Of those that a waiver has."""
    path, said = f"{CONFLICTS}/{listed(kept)[0]['fingerprint']}", {"status": "waived", "waiver": {"resaon": "x"}}

    response = kept.patch(path, json=said, headers=MERGE)

    assert "reason" in response.json()["errors"][0]["hint"]


@pytest.mark.parametrize("status", ["new", "resolved", "regressed"])
def test_what_only_analyses_say_nobody_else_can(client: Client, worst: str, status: str) -> None:
    """The answer lists what is possible."""
    patched(client, worst, {"status": "acknowledged"})

    response = client.patch(f"{CONFLICTS}/{worst}", json={"status": status}, headers=MERGE)

    assert (response.status_code, response.json()["possible"]) == (409, ["open", "disputed", "waived"])


def test_what_is_resolved_stays_so_until_it_is_seen_again(client: Client) -> None:
    """Somebody may look after it all the same, and comment on it."""
    analysed(client, without_handling_time())
    gone = listed(client, "status=resolved")[0]["fingerprint"]

    response = client.patch(f"{CONFLICTS}/{gone}", json={"status": "open"}, headers=MERGE)

    assert (response.status_code, response.json()["possible"]) == (409, [])
    assert client.post(f"{CONFLICTS}/{gone}/comments", json={"text": "Well done"}).status_code == 201


def test_all_that_was_read_may_be_sent_back(client: Client, worst: str) -> None:
    """It changes nothing: no event, no other tag, nothing in the feed; with one member changed it changes that."""
    patched(client, worst, WAIVED)
    read = client.get(f"{CONFLICTS}/{worst}")

    response = client.patch(f"{CONFLICTS}/{worst}", json=read.json(), headers=MERGE)
    assert (response.json(), response.headers["etag"]) == (read.json(), read.headers["etag"])

    assert patched(client, worst, {**read.json(), "status": "disputed", "waiver": None})["status"] == "disputed"


def test_one_writer_wins_an_etag(client: Client, worst: str) -> None:
    """The other is told the present one; without any the change is refused; languages do not matter."""
    english, german = (client.get(f"{CONFLICTS}/{worst}?lang={lang}").headers["etag"] for lang in ("en", "de"))
    headers = {"Content-Type": "application/merge-patch+json"}
    path = f"{CONFLICTS}/{worst}"

    first = client.patch(path, json={"status": "acknowledged"}, headers={**headers, "If-Match": german})
    second = client.patch(path, json={"status": "disputed"}, headers={**headers, "If-Match": english})
    third = client.patch(path, json={"status": "disputed"}, headers=headers)

    assert [r.status_code for r in (first, second, third)] == [200, 412, 428]
    retried = client.patch(path, json={"status": "disputed"}, headers={**headers, "If-Match": second.headers["etag"]})
    assert retried.status_code == 200
    assert client.get(path, headers={"If-None-Match": retried.headers["etag"]}).status_code == 304


def test_members_look_after_conflicts(client: Client, worst: str) -> None:
    """Lists find theirs, and those that nobody looks after; who is removed from the workspace looks after nothing."""
    member = client.post("/v1/members", json={"name": "Ada", "email": "ada@acme.example"}).json()["id"]

    assert patched(client, worst, {"assignee": member})["assignee"] == member
    assert [one["fingerprint"] for one in listed(client, f"assignee={member}")] == [worst]
    assert worst not in {one["fingerprint"] for one in listed(client, "assignee=none")}
    assert len(listed(client, f"assignee=none,{member}")) == len(listed(client))

    assert client.delete(f"/v1/members/{member}", headers={"If-Match": "*"}).status_code == 204
    conflict = shown(client, worst)
    assert "assignee" not in conflict
    assert [(e["what"], e["assignee"]) for e in conflict["history"][1:]] == [
        ("assigned", member),
        ("unassigned", member),
    ]


def test_lists_are_filtered_searched_and_ordered(kept: Client) -> None:
    """Values of one parameter are alternatives, parameters narrow each other."""
    everything = listed(kept)

    assert listed(kept, "level=high,medium") == [c for c in everything if c["level"] in ("high", "medium")]
    assert listed(kept, "department=sales") == [c for c in everything if "sales" in c["departments"]]
    assert listed(kept, "kind=goal_conflict&rule=FLU001") == [c for c in everything if c["rule"] == "FLU001"]
    assert listed(kept, "outcome=loyalty") == [c for c in everything if c.get("outcome") == "loyalty"]
    assert listed(kept, "severity_min=30&severity_max=40") == [c for c in everything if 30 <= c["severity"] <= 40]
    assert listed(kept, "status=resolved") == []
    assert listed(kept, "q=handling") == [c for c in everything if "handling" in c["title"].lower()]
    assert listed(kept, "sort=fingerprint") == sorted(everything, key=lambda c: c["fingerprint"])
    assert kept.get(f"{CONFLICTS}?colour=red").status_code == 400
    for wrong in (
        "status=solved",
        "severity_min=101",
        "changed_after=yesterday",
        "changed_after=0001-01-01T00:00:00%2B14:00",
    ):
        assert kept.get(f"{CONFLICTS}?{wrong}").status_code == 400


@pytest.mark.slow
def test_a_tool_keeps_its_copy_in_step(client: Client, worst: str) -> None:
    """By asking for what changed after the last change that it knows, a page at a time; being seen again is no change."""
    analysed(client)
    copy: dict[str, Raw] = {}

    def follow() -> list[str]:
        """Walk through what changed, and tell which conflicts came."""
        known = max((one["changed_at"] for one in copy.values()), default="")
        address = f"{CONFLICTS}?sort=changed_at&limit=2" + (f"&changed_after={known}" if known else "")
        came = []
        while address:
            page = client.get(address).json()
            came += page["items"]
            address = page.get("next")
        copy.update({one["fingerprint"]: one for one in came})
        return [one["fingerprint"] for one in came]

    assert sorted(follow()) == sorted(statuses(client))
    assert follow() == []
    analysed(client)
    assert follow() == []
    patched(client, worst, {"status": "disputed"})
    client.post(f"{CONFLICTS}/{worst}/comments", json={"text": "Not in our branch"})
    assert follow() == [worst]
    analysed(client, without_handling_time())
    follow()
    assert {one["fingerprint"]: one["status"] for one in copy.values()} == statuses(client)


def test_comments_are_kept_in_their_order(client: Client, worst: str) -> None:
    """Each has an address, and stands in the history as well; the conflict counts them."""
    made = [client.post(f"{CONFLICTS}/{worst}/comments", json={"text": text}) for text in ("Why?", "Ask Ada.", "Done")]

    assert [response.status_code for response in made] == [201] * 3
    assert client.get(made[1].headers["location"]).json() == made[1].json()
    assert [c["text"] for c in client.get(f"{CONFLICTS}/{worst}/comments?limit=2").json()["items"]] == [
        "Why?",
        "Ask Ada.",
    ]
    newest = client.get(f"{CONFLICTS}/{worst}/comments?sort=-created_at").json()["items"]
    assert [c["text"] for c in newest] == ["Done", "Ask Ada.", "Why?"]
    conflict = shown(client, worst)
    assert conflict["comment_count"] == 3
    assert [e["text"] for e in conflict["history"] if e["what"] == "commented"] == ["Why?", "Ask Ada.", "Done"]
    assert [client.post(f"{CONFLICTS}/{worst}/comments", json={"text": text}).status_code for text in ("", " ")] == [
        422
    ] * 2


@pytest.mark.slow
def test_writes_that_are_sent_again_are_done_once(client: Client, worst: str) -> None:
    """With an Idempotency-Key; a dry run does nothing at all."""
    path, once = f"{CONFLICTS}/{worst}", {"Idempotency-Key": "k1"}
    before = shown(client, worst)
    dry = client.patch(f"{path}?dry_run=true", json=WAIVED, headers=MERGE)
    assert (dry.status_code, dry.headers["dry-run"], dry.json()["status"]) == (200, "true", "waived")
    assert client.post(f"{path}/comments?dry_run=true", json={"text": "?"}).status_code == 200
    assert shown(client, worst) == before

    tag = client.get(path).headers["etag"]
    first, again = (client.patch(path, json=WAIVED, headers={**MERGE, **once, "If-Match": tag}) for _ in range(2))
    said, repeated = (
        client.post(f"{path}/comments", json={"text": "?"}, headers={"Idempotency-Key": "k2"}) for _ in range(2)
    )

    assert (again.status_code, again.content) == (200, first.content)
    assert (repeated.status_code, repeated.content) == (201, said.content)
    assert [r.headers.get("idempotency-replayed") for r in (first, again, said, repeated)] == [
        None,
        "true",
        None,
        "true",
    ]
    assert [e["what"] for e in shown(client, worst)["history"]] == ["appeared", "waived", "commented"]


def test_changes_are_in_the_audit_events(client: Client, worst: str) -> None:
    """One for each, about the conflict."""
    patched(client, worst, WAIVED)
    patched(client, worst, {"status": "open"})
    client.post(f"{CONFLICTS}/{worst}/comments", json={"text": "?"})

    events = client.get(f"/v1/audit-events?target=organizations/acme/conflicts/{worst}").json()["items"]
    assert [event["action"] for event in events] == ["conflict.commented", "conflict.reopened", "conflict.waived"]
    assert client.get("/v1/audit-events/verify").json()["holds"] is True


def test_others_learn_nothing(kept: Client) -> None:
    """Another workspace, a key for other organizations, and a fingerprint that there is not: the same answer. Who reads may not write."""
    worst = listed(kept)[0]["fingerprint"]
    other = kept.another(workspace="others")
    reader = kept.another("read")
    for path in (CONFLICTS, f"{CONFLICTS}/{worst}", f"{CONFLICTS}/{worst}/comments"):
        assert other.get(path).status_code == 404
    assert kept.get(f"{CONFLICTS}/0000000000000000").status_code == 404
    assert kept.get(f"{CONFLICTS}/{worst}/comments/cmt_x").status_code == 404
    assert reader.patch(f"{CONFLICTS}/{worst}", json=WAIVED, headers=MERGE).status_code == 403
    assert reader.post(f"{CONFLICTS}/{worst}/comments", json={"text": "?"}).status_code == 403
    assert reader.get(f"{CONFLICTS}/{worst}").status_code == 200


def test_texts_are_told_in_the_language_of_the_caller(kept: Client) -> None:
    """As the analysis told them; the tag differs with them."""
    path = f"{CONFLICTS}/{listed(kept)[0]['fingerprint']}"

    english, german = (kept.get(f"{path}?lang={lang}") for lang in ("en", "de"))

    assert english.json()["title"] != german.json()["title"]
    assert (german.headers["content-language"], english.headers["etag"] == german.headers["etag"]) == ("de", False)


@pytest.mark.slow
def test_an_organization_takes_its_conflicts_with_it(client: Client, worst: str) -> None:
    """Erased, it leaves none to those who come under its key."""
    client.post(f"{CONFLICTS}/{worst}/comments", json={"text": "?"})
    assert client.delete(f"{AT}?purge=true", headers={"If-Match": "*"}).status_code == 204
    put_company(client)

    assert listed(client) == []
