"""What would have to change for a finding to drop a level: enough, and no more than enough."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.compare import flat
from app.domain.document.checks import document_from
from app.domain.findings import Finding
from app.domain.level_drops import level_below, level_drops
from app.domain.parameters import Parameters, parameters
from app.domain.severity import flaw_severity, net_harm, severity
from tests.cases.audits import companies as labelled
from tests.cases.score import document
from tests.counts import many
from tests.properties.companies import companies

RULES = catalogue().rules
LITTLE = 1e-6


def recomputed(finding: Finding, chosen: Parameters, **changed: float) -> float:
    """The severity of a conflict or a flaw, from the semantics, with a term changed."""
    facts = {**finding.facts, **changed}
    rule = RULES[finding.rule]
    if rule.fact_kind == "component":
        return flaw_severity(rule.base or 0.0, facts[rule.stake])
    free = net_harm(finding.facts["harm"], finding.facts["help"], chosen)
    left = finding.facts["net"] / free
    if "held" in changed:
        left = 1 - (1 - chosen.clawback_factor) * changed["held"]
    net = net_harm(facts["harm"], facts["help"], chosen) * left
    bad = severity(facts["pressure"], facts["importance"], net, facts["internalised"], chosen)
    return min(bad, chosen.level_high - 0.1) if facts["fallback"] == "known" else bad


@settings(max_examples=many(400))
@given(raw=companies())
def test_every_bound_is_enough_and_the_least_that_is(raw: dict):
    """Just beyond its bound a term lowers the level, just before it does not, for every finding of any company."""
    analysis = analyse(document_from(raw), catalogue(), as_of=date(2026, 1, 1), with_recommendations=False)
    chosen = parameters(raw.get("parameters"))

    for finding in flat(analysis.findings):
        rule = RULES[finding.rule]
        _, bound = level_below(finding, chosen)
        for drop in level_drops(finding, rule, chosen):
            name = rule.stake if drop.term == "stake" else drop.term
            step = LITTLE if drop.rises else -LITTLE
            assert recomputed(finding, chosen, **{name: drop.bound + step}) <= bound
            assert recomputed(finding, chosen, **{name: drop.bound - step}) >= bound - 1e-3


@pytest.mark.parametrize("stem", ["01-sedgwick-au-banks", "59-hmrc-call-handling"])
def test_the_nearest_comes_first(stem: str):
    """Terms are told in the order of how far each has to go."""
    raw = document(labelled()[stem], None)
    analysis = analyse(document_from(raw), catalogue(), as_of=date(2026, 1, 1), with_recommendations=False)

    for finding in flat(analysis.findings):
        ways = [drop.way for drop in level_drops(finding, RULES[finding.rule], parameters())]
        assert ways == sorted(ways)
        assert all(0 <= way <= 1 for way in ways)


@settings(max_examples=10)
@given(severity_=st.floats(0, 100, exclude_max=True))
def test_the_level_below_begins_where_the_semantics_say(severity_: float):
    """From 70 down to high, from 57 to medium, from 23 to low, and from there to nothing."""
    chosen = parameters()
    finding = Finding(
        "0" * 16, "incentive_flaw", "INC105", 1, None, chosen.level(severity_), severity_, 1.0, (), (), "", "", ()
    )

    below = {"critical": ("high", 70.0), "high": ("medium", 57.0), "medium": ("low", 23.0), "low": (None, 0.0)}
    assert level_below(finding, chosen) == below[finding.level]
