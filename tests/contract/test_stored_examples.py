"""The examples of what is stored are exchanges that happen: each is replayed, file by file, against a service of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
import yaml

from app.routers.examples import DOCUMENT
from app.services.sealing import Sealer
from app.web.body import JSON, MERGE_PATCH, YAML
from app.web.clock import present
from app.worker import Worker
from tests.contract.own_rules import RULE
from tests.contract.the_document import Operation, check_documented, operation
from tests.http_client import Client
from tests.routers.stored_observations import observed
from tests.routers.stored_webhooks import attempt, point_at
from tests.services.https_server import HOST, Authority, replying, serving

FOLDER = Path("app/routers/stored_examples")
AT = "/v1/organizations/acme"
ANY = {"If-Match": "*"}
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

ID = re.compile("[a-z]{3}_[0-9a-z]{16,}")

OF_ITS_TIME = re.compile(
    r"[a-z]{3}_[0-9a-z]{16,}|(organizations|api-keys)/|\d{4}-\d{2}-\d{2}T|https?:|sha256:|cnc_live_|whsec_|[0-9a-f]{8}-[0-9a-f]{8}$|evt_\d"
)
"""Values that are others each time: ids, instants, addresses, hashes, secrets, grounds of findings."""
OF_THEIR_TIME = {
    *("activated_by", "actor", "applied_by", "author", "by", "created_by", "credential", "decided_by", "updated_by"),
    *("as_of", "current", "events", "html", "last_four", "number", "revision", "seconds", "token"),
}
"""Members whose values depend on who asks, and when."""

Json = dict[str, Any]


class Replay:
    """A story that is told again: ids of the examples stand for those that the service gives."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.known: dict[str, str] = {}

    def tell(self, of: Operation, example: Json) -> None:
        """One exchange: every body as a dry run, one of them in earnest; the answer is documented, and has the shape of the example's."""
        bodies = [*of.bodies().items()] or [("", {})]
        sent = [(each, value) for each, content in bodies if isinstance(value := _value(content), str | dict | list)]
        if len(sent) > 1:
            writes = "dry_run" in of.parameters("query")
            for media_type, value in sent:
                self._check(of, self._send(of, example, media_type, value, dry_run=writes))
        meant = next((each for each in sent if each[0] in (JSON, MERGE_PATCH)), ("", None))
        response = self._check(of, self._send(of, example, *meant))
        if "answer" in example and response.headers.get("content-type", "").startswith("application/json"):
            self.learn(example["answer"], response.json())
            assert differences(example["answer"], response.json()) == [], of.id

    def learn(self, example: Any, real: Any) -> None:
        """Which ids of the service those of an example stand for."""
        if isinstance(example, dict) and isinstance(real, dict):
            for name in example.keys() & real.keys():
                self.learn(example[name], real[name])
        elif isinstance(example, list) and isinstance(real, list):
            for each, other in zip(example, real, strict=False):
                self.learn(each, other)
        elif isinstance(example, str) and ID.fullmatch(example) and isinstance(real, str):
            self.known.setdefault(example, real)

    def _send(
        self, of: Operation, example: Json, media_type: str, value: Any, *, dry_run: bool = False
    ) -> httpx.Response:
        path = of.path
        for name, given in example.get("path", {}).items():
            path = path.replace(f"{{{name}}}", self.known.get(given, given))
        page = urlsplit((example.get("answer") or {}).get("self", "")).query
        query = "&".join(filter(None, (example.get("query"), page, "dry_run=true" if dry_run else "")))
        headers = ANY if self._is_there(of, path) else {}
        content: Any = (
            {"content": ID.sub(self._id, value)}
            if isinstance(value, str)
            else {"json": self._named(value)}
            if value
            else {}
        )
        if media_type:
            headers = {**headers, "Content-Type": media_type}
        return self.client.request(of.method, f"{path}?{query}", headers=headers, **content)

    def _is_there(self, of: Operation, path: str) -> bool:
        """Whether a state has to be named."""
        condition = of.parameters("header").get("If-Match")
        return condition is not None and (condition["required"] or self.client.get(path).status_code == 200)

    def _named(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._named(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self._named(each) for each in value]
        return self.known.get(value, value) if isinstance(value, str) else value

    def _id(self, match: re.Match[str]) -> str:
        return self.known.get(match[0], match[0])

    def _check(self, of: Operation, response: httpx.Response) -> httpx.Response:
        assert response.status_code < 300, (of.id, response.text)
        check_documented(of, response)
        return response


def _value(content: Json) -> Any:
    """The example of a body, None where it stands for bytes."""
    value = next(iter(content.get("examples", {"": {"value": None}}).values()))["value"]
    return None if "PK…" in (value, *(value.values() if isinstance(value, dict) else ())) else value


def differences(example: Any, real: Any, path: str = "") -> list[str]:
    """Where what is answered is not the example: members, types, values; each item of a list is like one of the list's."""
    if isinstance(example, dict) and isinstance(real, dict):
        odd = [f"{path}: {name}" for name in sorted(example.keys() ^ real.keys())]
        shared = sorted(example.keys() & real.keys())
        return odd + [odd for name in shared for odd in differences(example[name], real[name], f"{path}/{name}")]
    if isinstance(example, list) and isinstance(real, list):
        if example and not real:
            return [f"{path}: is empty"]
        return [odd for each in example for odd in min((differences(each, one, f"{path}/-") for one in real), key=len)]
    kinds = {"number" if type(one) in (int, float) else type(one) for one in (example, real)}
    of_its_time = path.rpartition("/")[2] in OF_THEIR_TIME or (isinstance(example, str) and OF_ITS_TIME.match(example))
    return [] if example == real or (len(kinds) == 1 and of_its_time) else [f"{path}: {example!r} and {real!r}"]


def a_company(client: Client) -> None:
    """The company of the examples is there."""
    response = client.put(f"{AT}/document", content=DOCUMENT, headers={"Content-Type": YAML})
    assert response.status_code == 201, response.text


def an_analysed_company(client: Client) -> None:
    """It is there, and was analysed."""
    a_company(client)
    assert client.post(f"{AT}/analyses", json={}).status_code == 201


def a_company_with_a_price(client: Client) -> None:
    """It is there, and says what an outcome is worth."""
    priced = "direction: increase, weight: 1, unit: percent, baseline: 66, target: 76, value: {amount: 95000, per: 1}"
    document = DOCUMENT.replace("direction: increase, weight: 1", priced).replace("Telecom}", "Telecom, currency: EUR}")
    response = client.put(f"{AT}/document", content=document, headers={"Content-Type": YAML})
    assert response.status_code == 201, response.text


def a_changed_company(client: Client) -> None:
    """It is there, and was changed twice."""
    a_company(client)
    for weight in (2, 1):
        response = client.patch(f"{AT}/kpis/aht", json={"weight": weight}, headers={**ANY, "Content-Type": MERGE_PATCH})
        assert response.status_code == 200, response.text


def a_finished_job(client: Client) -> None:
    """It was analysed by a job."""
    a_company(client)
    with at_work(client):
        response = client.post(f"{AT}/analyses", json={}, headers={"Prefer": "respond-async, wait=30"})
    assert response.status_code == 201, response.text


def a_waived_conflict(client: Client) -> None:
    """It was analysed, and what was found was talked about, waived and assigned."""
    a_company(client)
    assert client.post(f"{AT}/analyses", json={}).status_code == 201
    member = client.post("/v1/members", json={"name": "Ada Park", "email": "ada@acme.example"}).json()
    conflict = f"{AT}/conflicts/52c20bac98d0948e"
    assert client.post(f"{conflict}/comments", json={"text": "Can this wait for the new plan?"}).status_code == 201
    reason = "Handling time leaves the plan with the new year"
    waiver = {"owner": "Head of Service", "reason": reason, "expires": "2099-12-31"}
    changes = {"status": "waived", "waiver": waiver, "assignee": member["id"]}
    response = client.patch(conflict, json=changes, headers={**ANY, "Content-Type": MERGE_PATCH})
    assert response.status_code == 200, response.text


def a_rule_of_somebody_else(client: Client) -> None:
    """It is there, and a colleague has written a rule."""
    a_company(client)
    key = client.post("/v1/api-keys", json={"name": "Bo", "scopes": ["write"]}).json()["key"]
    response = client.with_key(key).put("/v1/rules/ACM102", json={**RULE, "name": "all-or-nothing-for-sales"})
    assert response.status_code == 201, response.text


@contextmanager
def at_work(client: Client) -> Iterator[None]:
    """The service does jobs meanwhile."""
    worker = Worker(client.app.state.store, Sealer(["tests"]))
    worker.start()
    client.app.state.worker = worker
    yield
    client.app.state.worker = None
    worker.stop(5)


def delivered(replay: Replay, folder: Path) -> None:
    """What is under way arrives."""
    authority = Authority(folder)
    (webhook,) = replay.client.get("/v1/webhooks").json()["items"]
    with serving(replying(OK), authority.serving(HOST)) as server:
        point_at(replay.client, webhook["id"], server)
        attempt(replay.client, authority, present())


def analysed_again(replay: Replay, _: Path) -> None:
    """What was accepted shows in another analysis."""
    response = replay.client.post(f"{AT}/analyses", json={"as_of": "2026-11-22"})
    replay.known["ana_01m8c5bq0ve0asmnw02pz78cya"] = response.json()["id"]


def analysed(replay: Replay, _: Path) -> None:
    """There is an analysis to plan for."""
    said = {"as_of": "2026-11-22", "with_recommendations": False}
    replay.known["ana_01m8cg2x44egnavk9z3a9wes0x"] = replay.client.post(f"{AT}/analyses", json=said).json()["id"]


def analysed_to_be_sampled(replay: Replay, _: Path) -> None:
    """There is an analysis whose findings may hang on strengths."""
    replay.known["ana_01m8c5bp5te90sbsvc0wafmxs2"] = replay.client.post(
        f"{AT}/analyses", json={"as_of": "2026-11-22"}
    ).json()["id"]


def a_scenario(replay: Replay, _: Path) -> None:
    """There is a scenario in which nothing is paid for any more."""
    said = {"name": "Fixed pay", "patches": [{"patch": [{"op": "remove", "path": "/incentive_plans"}]}]}
    replay.known["scn_01m8c5b3mrfs8rebgnj7tqbqng"] = replay.client.post(f"{AT}/scenarios", json=said).json()["id"]


def observed_for_years(replay: Replay, _: Path) -> None:
    """Somebody has counted, month by month, how long contacts take and how many are solved."""
    assert replay.client.post(f"{AT}/observations", json=observed(72, 0.8)).status_code == 200


BETWEEN: dict[str, Callable[[Replay, Path], None]] = {
    "list_deliveries": delivered,
    "compare_analyses": analysed_again,
    "make_business_case": a_scenario,
    "get_own_evidence": observed_for_years,
    "make_plan": analysed,
    "run_sensitivity": analysed_to_be_sampled,
}
"""Operation → what happens before it is asked for."""

BEFORE: dict[str, Callable[[Client], None]] = {
    "analyses": a_company,
    "conflicts": a_waived_conflict,
    "assessments": a_company,
    "customers": a_company_with_a_price,
    "embeds": a_company,
    "imports": a_changed_company,
    "jobs": a_finished_job,
    "observations": a_company,
    "revisions": a_changed_company,
    "roadmaps": an_analysed_company,
    "scenarios": a_company,
    "robustness": a_company_with_a_price,
    "rules": a_rule_of_somebody_else,
}
"""File → what is there before its story begins; nothing for others."""


@pytest.mark.slow
@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.stem)
def test_the_examples_of_a_file_happen_one_after_the_other(stored: Client, file: Path, tmp_path: Path) -> None:
    """Every one is answered as documented, with the members and types that it shows."""
    BEFORE.get(file.stem, lambda _: None)(stored)
    replay = Replay(stored)

    for operation_id, example in yaml.safe_load(file.read_text(encoding="utf-8")).items():
        BETWEEN.get(operation_id, lambda *_: None)(replay, tmp_path)
        replay.tell(operation(operation_id), example)
