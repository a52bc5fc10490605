"""What the client does with a service, on both databases."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from app.client import Changed, Client, Forbidden, Invalid, JobFailed, NotAuthenticated, NotFound, WrongState
from app.client.jobs import Job
from app.routers.examples import DOCUMENT
from app.worker import Worker
from tests import http_client
from tests.client.over_asgi import awaited, waiting

YAML = "application/yaml"


@pytest.fixture
def concord(stored: http_client.Client) -> Iterator[Client]:
    """A client of a fresh service that has the company `acme`."""
    with waiting(stored) as client:
        client.documents.put("acme", DOCUMENT.encode(), media_type=YAML, create=True)
        yield client


def test_a_change_is_based_on_what_was_read(concord: Client) -> None:
    """The entity tag comes with the thing and goes back with it: who is slower is told, and overwrites nothing."""
    mine, theirs = (concord.kpis.get("acme", "aht") for _ in range(2))

    changed = concord.kpis.put("acme", "aht", theirs.having(target=300))

    with pytest.raises(Changed) as refused:
        concord.kpis.put("acme", "aht", mine.having(target=200))
    assert refused.value.etag == changed.etag
    assert concord.kpis.get("acme", "aht")["target"] == 300


def test_things_know_their_types(concord: Client) -> None:
    """Instants are instants, what is left out is None or empty, and members that have no attribute are there as well."""
    acme = concord.organizations.get("acme")
    kpi = concord.kpis.get("acme", "aht")

    assert isinstance(acme.created_at, datetime) and acme.created_at.tzinfo is not None
    assert (acme.deleted_at, acme.changes) == (None, [])
    assert (kpi.key, kpi["direction"]) == ("aht", "decrease")
    with pytest.raises(AttributeError, match="has no member 'direcshun'"):
        _ = kpi.direcshun


def test_lists_are_followed_to_their_end(concord: Client) -> None:
    """Page after page, without anybody asking for one."""
    for number in range(5):
        concord.organizations.add({"key": f"company-{number}", "name": f"Company {number}"})

    found = concord.organizations.list(q="company", limit=2, sort="-key")

    assert [one.key for one in found] == [f"company-{number}" for number in (4, 3, 2, 1, 0)]
    assert [len(page.items) for page in found.pages()] == [2, 2, 1]
    first = concord.organizations.list(limit=1).first()
    assert first is not None and first.key == "acme"
    assert concord.organizations.list(q="nobody").first() is None


def test_problems_are_exceptions(concord: Client) -> None:
    """With the type that programs go by, the status, and everything that is wrong with its place."""
    with pytest.raises(Invalid) as refused:
        concord.documents.put("acme", b"concord: 1\norganization: {name: 3}\nkpis: 4\n", media_type=YAML, if_match="*")

    problem = refused.value
    assert (problem.status, problem.slug, problem.type) == (
        422,
        "validation",
        "http://concord.test/problems/validation",
    )
    assert [(fault.pointer, fault.line) for fault in problem.errors] == [("#/organization/name", 2), ("#/kpis", 3)]
    assert problem.request_id is not None


def test_each_refusal_has_its_kind(stored: http_client.Client, concord: Client) -> None:
    """Absent, taken, without a key, without the right."""
    with pytest.raises(NotFound):
        concord.organizations.get("nobody")
    with pytest.raises(WrongState) as taken:
        concord.organizations.add({"key": "acme", "name": "Acme again"})
    assert taken.value.slug == "already-exists"
    with waiting(stored, "wrong") as stranger, pytest.raises(NotAuthenticated):
        stranger.api_keys.me()
    with waiting(stored, stored.another("read").key) as reader, pytest.raises(Forbidden):
        reader.organizations.delete("acme", if_match="*")


def test_a_dry_run_tells_what_would_change(concord: Client) -> None:
    """And changes nothing."""
    document = concord.documents.get("acme")

    told = concord.documents.patch(
        "acme", {"organization": {**document.organization, "industry": "rail"}}, of=document, dry_run=True
    )

    assert [(change.action, change.kind) for change in told.changes] == [("changed", "organization")]
    assert concord.documents.get("acme").etag == document.etag


def test_revisions_tell_who_changed_what(concord: Client) -> None:
    """Compared, read again, and brought back."""
    first = concord.documents.get("acme")
    concord.kpis.delete("acme", "aht", if_match="*", cascade=True)

    numbers = [one.number for one in concord.revisions.list("acme", sort="number")]
    difference = concord.revisions.compare("acme", 2, 1)
    restored = concord.revisions.restore("acme", 1, if_match="*")

    assert numbers == [1, 2]
    assert "kpi" in {change.kind for change in difference.changes if change.action == "removed"}
    assert all(change.text for change in difference.changes)
    assert restored.revision == 3
    assert dict(restored) == dict(first)


def test_files_go_in_and_out(concord: Client) -> None:
    """An export that is imported again changes nothing; an edited one changes what was edited."""
    text = concord.exports.get("acme", "yaml").decode()
    sheets = zipfile.ZipFile(io.BytesIO(concord.exports.get("acme", "csv"))).namelist()

    same = concord.imports.preview("acme", text.encode(), "acme.yaml")
    edited = concord.imports.preview("acme", text.replace("headcount: 300", "headcount: 320").encode(), "acme.yaml")
    applied = concord.imports.apply("acme", edited)

    assert "kpis.csv" in sheets
    assert concord.imports.template("acme").startswith(b"PK")
    assert same.changes == []
    assert [change.text for change in edited.changes] != []
    assert (applied.revision, applied.applied.status) == (2, "applied")
    assert [one.status for one in concord.imports.list("acme", sort="created_at")] == ["ready", "applied"]


def test_an_analysis_is_run_read_and_followed(concord: Client) -> None:
    """Findings by level, the report in another form, conflicts with what people say of them."""
    analysis = concord.analyses.run("acme", as_of=date(2026, 11, 22))
    worst = concord.findings.list("acme", analysis.id).first()
    assert worst is not None

    finding = concord.findings.get("acme", analysis.id, worst.fingerprint)
    report = concord.analyses.report("acme", analysis.id, "markdown").decode()
    again = concord.analyses.verify("acme", analysis.id)

    assert analysis.as_of == date(2026, 11, 22)
    assert (finding.title, finding.level) == (worst.title, worst.level)
    assert worst.title in report
    assert again.reproduced
    assert concord.recommendations.list("acme", analysis.id).first() is not None


@pytest.mark.slow
def test_long_work_is_waited_for(stored: http_client.Client, concord: Client) -> None:
    """A job is told of at each look until it has ended, and leads to the analysis."""
    seen: list[str] = []
    worker = Worker(stored.app.state.store, stored.app.state.sealer, at_once=1)

    job = concord.jobs.wait(_begun(concord, worker), told=lambda job: seen.append(job.status))

    worker.stop(10)
    (analysis,) = concord.analyses.list("acme")
    assert (job.status, seen[-1]) == ("succeeded", "succeeded")
    assert job.result is not None and job.result.endswith(f"/analyses/{analysis.id}")


def test_a_cancelled_job_is_not_waited_for(concord: Client) -> None:
    """It has ended, without a result."""
    job = concord.jobs.cancel(concord.analyses.start("acme"))

    with pytest.raises(JobFailed, match="cancelled"):
        concord.jobs.wait(job)
    assert [each.status for each in concord.jobs.list(status=["cancelled"])] == ["cancelled"]


def _begun(concord: Client, worker: Worker) -> Job:
    job = concord.analyses.start("acme", with_recommendations=False)
    worker.start()
    return job


def test_conflicts_are_kept_over_time(concord: Client) -> None:
    """They are acknowledged, commented on, and waived until a day."""
    concord.analyses.run("acme", with_recommendations=False)
    conflict = concord.conflicts.list("acme").first()
    assert conflict is not None

    known = concord.conflicts.patch("acme", conflict.fingerprint, {"status": "acknowledged"}, if_match="*")
    concord.conflicts.comment("acme", conflict.fingerprint, "Sales has agreed to look at it.")

    assert known.status == "acknowledged"
    assert [each.text for each in concord.conflicts.comments("acme", conflict.fingerprint)] == [
        "Sales has agreed to look at it."
    ]


def test_keys_members_webhooks_and_events(concord: Client) -> None:
    """What whoever administers a workspace does; all of it leaves audit events whose chain holds."""
    key = concord.api_keys.add("dashboard", ["read"], organizations=["acme"])
    concord.api_keys.revoke(concord.api_keys.get(key.id))
    member = concord.members.add("Ann Lee", "ann@example.com", roles=["finance"])
    hook = concord.webhooks.add("https://hooks.example.com/concord", types=["document.changed"])
    concord.webhooks.patch(concord.webhooks.get(hook.id), {"status": "disabled"})

    assert key.key is not None and key.key.endswith(key.last_four)
    assert [one.email for one in concord.members.list(email=[member.email])] == ["ann@example.com"]
    assert hook.secret is not None and hook.secret.startswith("whsec_")
    actions = [event.action for event in concord.audit_events.list(limit=2)]
    assert {"api_key.created", "api_key.revoked", "member.added", "webhook.added"} <= set(actions)
    assert concord.audit_events.verify().holds


def test_knowledge_and_audits_need_no_company(concord: Client) -> None:
    """What names mean, what there is, and what is wrong with a document that nobody keeps."""
    (resolved,) = concord.knowledge.resolve(["AHT"])

    audit = concord.audits.run(DOCUMENT.encode(), media_type=YAML, as_of=date(2026, 11, 22))

    assert resolved.metric == "service.average_handle_time"
    assert concord.knowledge.get("metrics", "service.average_handle_time").name == "Average handle time"
    assert "fluss" in [pack.id for pack in concord.knowledge.list("rule-packs")]
    assert audit.findings and audit.summary.headline
    assert b"<html" in concord.audits.report(DOCUMENT.encode(), "html", media_type=YAML)


def test_observations_are_recorded_and_read(concord: Client) -> None:
    """As values or as a sheet."""
    concord.observations.record("acme", [{"kpi": "aht", "on": "2026-01-31", "value": 290.5}])
    concord.observations.record("acme", b"kpi,on,value\naht,2026-02-28,280\n")

    found = [(each.on, each.value) for each in concord.observations.list("acme", kpi=["aht"])]

    assert found == [(date(2026, 1, 31), 290.5), (date(2026, 2, 28), 280.0)]
    assert concord.observations.delete("acme", to=date(2026, 2, 1)).removed == 1


def test_the_client_that_is_awaited_does_the_same(stored: http_client.Client) -> None:
    """The same operations, the same things, lists with `async for`."""

    async def story() -> tuple[list[str | None], int | None, bool]:
        async with awaited(stored) as concord:
            made = await concord.documents.put("acme", DOCUMENT.encode(), media_type=YAML, create=True)
            await concord.organizations.add({"key": "other", "name": "Other"})
            keys = [one.key async for one in concord.organizations.list(limit=1)]
            analysis = await concord.analyses.run("acme", with_recommendations=False)
            return keys, made.revision, analysis.finding_count > 0

    assert asyncio.run(story()) == (["acme", "other"], 1, True)


def test_the_keys_of_a_client_stay_in_its_headers(concord: Client) -> None:
    """Neither a thing nor an error shows one."""
    with pytest.raises(NotFound) as refused:
        concord.organizations.get("nobody")

    assert "cnc_" not in repr(refused.value) + repr(concord.organizations.get("acme"))
    assert repr(concord.organizations.get("acme")) == "<Organization acme>"


def test_filters_by_time_are_instants(concord: Client) -> None:
    """As the service writes them."""
    since = datetime(2020, 1, 1, tzinfo=UTC)

    assert [one.key for one in concord.organizations.list(created_after=since)] == ["acme"]
    assert [one.key for one in concord.organizations.list(created_before=since)] == []
