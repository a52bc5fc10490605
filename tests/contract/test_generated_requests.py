"""Requests that are generated from the OpenAPI document, as it allows them and as it does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.checks import negative_data_rejection, positive_data_acceptance
from schemathesis.generation import GenerationMode

from tests.contract.problem_shape import check_problem
from tests.counts import many
from tests.http_client import BASE, Client

pytestmark = pytest.mark.slow

SCHEMA = schemathesis.openapi.from_dict(json.loads((Path(__file__).parents[2] / "openapi.json").read_text()))
OPERATIONS = {operation.ok().label: operation.ok() for operation in SCHEMA.get_all_operations()}
POSITIVE, NEGATIVE = GenerationMode.POSITIVE, GenerationMode.NEGATIVE

BODIES = ["POST /v1/audits", "POST /v1/metrics/resolve"]
LISTS = [label for label in OPERATIONS if label.startswith("GET /v1/") and "{" not in label]
THINGS = [label for label in OPERATIONS if "{" in label]

LENIENT = [
    *BODIES,
    *(
        label
        for label in LISTS
        if any(p["schema"].get("items") == {"type": "string"} for p in OPERATIONS[label].definition.raw["parameters"])
    ),
]
"""Operations that may take what is wrong by the schema: a null in a body counts as left out, and any value is text in an address."""

COUNTS = {
    **{(label, mode): 200 if label == "POST /v1/audits" else 600 for label in BODIES for mode in (POSITIVE, NEGATIVE)},
    **{(label, mode): 250 for label in LISTS for mode in (POSITIVE, NEGATIVE)},
    **{(label, POSITIVE): 60 for label in THINGS},
}
"""Operation and mode → requests of a full run, nearly 7,000 together."""


@pytest.mark.parametrize(("label", "mode"), COUNTS, ids=lambda value: getattr(value, "value", value))
def test_no_request_breaks_an_operation(client: Client, label: str, mode: GenerationMode) -> None:
    """Whatever is sent, the answer is one that is documented, in the documented shape; a wrong request is refused.

    A right request need not succeed: references within a document may lead nowhere, and cursors are given, not made up.
    A wrong one may where the operation is lenient, or when all that is wrong is a filter with nothing in it.
    """

    @settings(
        max_examples=many(COUNTS[label, mode]),
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    @given(case=OPERATIONS[label].as_strategy(generation_mode=mode))
    def send(case: Case) -> None:
        sent = case.as_transport_kwargs(base_url=BASE)
        response = client.request(
            sent["method"], sent["url"], params=sent["params"], headers=sent["headers"], content=sent.get("data"),
            **({"json": sent["json"]} if "json" in sent else {}),
        )  # fmt: skip

        assert response.status_code < 500, response.text
        excluded = [positive_data_acceptance]
        if label in LENIENT or response.status_code == 414 or "" in response.request.url.params.values():
            excluded.append(negative_data_rejection)
        case.validate_response(response, excluded_checks=excluded)
        if response.status_code >= 400:
            check_problem(response)

    send()
