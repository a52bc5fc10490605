"""`concord customers`, `concord business-case`, `concord evidence`; against a process of the service."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.home import Running
from tests.cli.home import home as home
from tests.cli.home import logged_in as logged_in
from tests.cli.home import running as running
from tests.cli.runner import concord

pytestmark = pytest.mark.slow

CUSTOMERS = """\
discount: 0.08
segments:
  business: {margin: 240, retention: 0.88}
  others: {margin: 60, retention: 0.8}
"""
COSTS = """\
costs:
  training: {low: 50000, likely: 80000, high: 150000, source: An offer of spring}
"""


def test_the_way_from_customers_to_a_business_case(logged_in: Running) -> None:
    """What customers are worth, what a scenario gives back, which influences can be tested; in both languages."""
    text = Path(__file__).parents[2] / "app/catalogue/templates/telecom.yaml"
    Path("telecom.yaml").write_bytes(text.read_bytes())
    Path("customers.yaml").write_text(CUSTOMERS, encoding="utf-8")
    Path("costs.yaml").write_text(COSTS, encoding="utf-8")
    cheaper = text.read_text(encoding="utf-8").split("incentive_plans:")[0]
    Path("unpaid.yaml").write_text(cheaper, encoding="utf-8")
    assert concord("push", "telecom.yaml").status == 0

    assert concord("customers", "put", "tallowmere", "customers.yaml").status == 0
    shown = concord("customers", "show", "tallowmere")
    assert "Conflicts with Customer churn rate may cost" in shown.out
    assert "nobody" in shown.out and "Save desk" in shown.out and "Gupta & Lehmann 2003" in shown.out
    assert "niemand" in concord("customers", "show", "tallowmere", "--lang", "de").out

    scenario = concord("scenarios", "add", "tallowmere", "unpaid.yaml", "--name", "Unpaid").out.strip()
    made = concord("business-case", "make", "tallowmere", scenario, "--with", "costs.yaml", "--draws", "200")
    assert made.status == 0, made.err
    assert "Net present value" in made.out
    assert "share.stay: The share of that which conflicts keep from Customer churn rate today" in made.out
    assert "An offer of spring" in made.out
    (kept,) = json.loads(concord("business-case", "list", "tallowmere", "--format", "json").out)
    assert "Kapitalwert" in concord("business-case", "show", "tallowmere", kept["id"], "--lang", "de").out
    off = concord("business-case", "change", "tallowmere", kept["id"], "--leave-out", "share.stay", "--quarters", "4")
    assert "probability of loss 100%" in off.out

    assert "can be tested yet; observe first" in concord("evidence", "show", "tallowmere").out
    assert concord("evidence", "replace", "tallowmere", "no>where:causal:both").status == 2
