"""Requests that are generated from the OpenAPI document, as it allows them and as it does not, to every operation on a workspace that
has one of everything."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from requests import Session
from schemathesis import Case, Config
from schemathesis.core.parameters import ParameterLocation
from schemathesis.core.transport import Response
from schemathesis.generation.stateful.state_machine import StepInput
from schemathesis.python.asgi import get_client
from schemathesis.schemas import BaseSchema

from app.routers.examples import DOCUMENT
from app.web.body import XLSX, YAML, ZIP
from tests.contract.the_document import document
from tests.contract.workspace_of_all import address_of, serving_filled
from tests.counts import many
from tests.databases import KINDS
from tests.http_client import Client

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")]

ACCEPTED = ["2xx", "304", "400", "404", "409", "412", "422", "428"]
"""What is right by the document need not succeed: states and references are not in it, cursors are given and not made up."""
REFUSED = ["400", "401", "404", "409", "412", "413", "414", "415", "422", "428", "431"]
"""What is wrong by it never does."""

LENIENT = {
    "analyse_rules",
    "audit_document",
    "check_rule",
    "resolve_condition",
    "dry_run_rule_pack",
    "resolve_names",
    "put_document",
    "preview_import",
    "record_observations",
}
"""Operations in whose bodies a null counts as left out, as the document does not say, or that read sheets: text of any kind is one; or
that answer what is wrong with a rule."""


AS_YAML = {"Content-Type": YAML}


class Present:
    """The application that is asked at present, since operations are read before there is one; it neither starts nor ends with them."""

    app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await self.app(scope, receive, send)


PRESENT = Present()


def _schema(*, secured: bool = True, **phases: bool) -> BaseSchema:
    """The operations, to be tried in these phases; what belongs to others comes before them, so that it is there when its turn comes.

    `secured`: credentials are tried as well, left out or wrong; else every request has a good one.
    """
    config = Config.from_dict(
        {
            "phases": {name: {"enabled": is_on} for name, is_on in phases.items()},
            "checks": {
                "positive_data_acceptance": {"expected-statuses": ACCEPTED},
                "negative_data_rejection": {"expected-statuses": REFUSED},
                "missing_required_header": {"expected-statuses": REFUSED},
            },
        }
    )
    mine = copy.deepcopy(document())
    mine["paths"] = dict(sorted(mine["paths"].items(), key=lambda item: -item[0].count("/")))
    if not secured:
        for methods in mine["paths"].values():
            for operation in methods.values():
                del operation["security"]
    schema = schemathesis.openapi.from_dict(mine, config=config)
    schema.app = PRESENT
    return schema


@schemathesis.serializer(XLSX, ZIP)
def _bytes(_: Any, value: Any) -> Any:
    return value if isinstance(value, bytes) else str(value).encode()


DRAWN = _schema(secured=False, examples=True, coverage=False, fuzzing=True)
BOUNDARIES = _schema(examples=False, coverage=True, fuzzing=False)
SEQUENCES = _schema(secured=False, stateful=True)

NAMES = [operation["operationId"] for methods in document()["paths"].values() for operation in methods.values()]
SOME = NAMES[:: len(NAMES) // many(len(NAMES))]
"""Operations whose boundaries are all tried: a share of them, but for a full run."""

QUIET = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
    max_examples=many(40, least=2),
)


class Service(NamedTuple):
    """A service, and what is in its workspace."""

    client: Client
    session: Session
    key: str
    known: dict[str, str]

    def send(self, case: Case) -> Response:
        """Ask, in half of the cases about what there is, and check the answer against the document."""
        place = case.meta.components.get(ParameterLocation.PATH) if case.meta else None
        if case.path_parameters and (place is None or place.mode.is_positive) and len(str(case.path_parameters)) % 2:
            self.point(case)
        return self.checked(case, self.asked(case))

    def point(self, case: Case) -> None:
        """Let a request be about what there is."""
        segments = case.path.split("/")
        there = address_of(case.path, self.known).split("/")
        case.path_parameters = {
            segment[1:-1]: value for segment, value in zip(segments, there, strict=True) if segment.startswith("{")
        }

    def asked(self, case: Case) -> Response:
        """The answer to a request."""
        return case.call(session=self.session, headers=self._headers)

    def checked(self, case: Case, response: Response) -> Response:
        """It is one that is documented, in the documented shape; a wrong request is refused. A filter with nothing in it says nothing."""
        given = parse_qsl(urlsplit(str(response.request.url)).query, keep_blank_values=True)
        lenient = case.operation.definition.raw["operationId"] in LENIENT or any(not value for _, value in given)
        case.validate_response(
            response,
            excluded_checks=[schemathesis.checks.negative_data_rejection] if lenient else [],
            headers=self._headers,
            transport_kwargs={"session": self.session},
        )
        return response

    def another(self) -> Service:
        """The same in a workspace of its own, which has a document."""
        client = self.client.another(workspace=f"workspace-{uuid4().hex}")
        made = client.put(f"/v1/organizations/{self.known['org']}/document", content=DOCUMENT, headers=AS_YAML)
        assert made.status_code == 201 and client.key is not None, made.text
        return self._replace(client=client, key=client.key)

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}


@pytest.fixture(scope="module", params=KINDS)
def service(request: pytest.FixtureRequest) -> Iterator[Service]:
    with serving_filled(request.param) as (client, known):
        assert client.key is not None
        PRESENT.app = client.app
        yield Service(client, get_client(PRESENT), client.key, known)


@DRAWN.parametrize()
@QUIET
def test_no_request_breaks_an_operation(case: Case, service: Service) -> None:
    """Whatever is sent, the answer is one that is documented, in the documented shape."""
    service.send(case)


@BOUNDARIES.include(operation_id=SOME).parametrize()
@QUIET
def test_every_boundary_of_an_operation_holds(case: Case, service: Service) -> None:
    """Each parameter and member at its limits, beyond them, of another type, and missing; methods that there are not."""
    service.send(case)


def test_no_sequence_of_requests_breaks_the_service(service: Service) -> None:
    """What is made is read by the links that the document has, changed and deleted, in any order."""

    class Machine(SEQUENCES.as_state_machine()):  # type: ignore[misc]
        def setup(self) -> None:
            self.service = service.another()

        def step(self, input: StepInput) -> Any:
            if input.transition is None and input.case.path_parameters:
                self.service.point(input.case)
            return super().step(input)

        def call(self, case: Case, **_: Any) -> Response:
            return self.service.asked(case)

        def validate_response(self, response: Response, case: Case, *_: Any, **__: Any) -> None:
            self.service.checked(case, response)

    Machine.run(settings=settings(QUIET, max_examples=many(200), stateful_step_count=8, phases=[Phase.generate]))
