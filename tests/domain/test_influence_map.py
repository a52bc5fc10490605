"""The network behind an analysis."""

from __future__ import annotations

from app.domain.influence_map import influence_map
from app.domain.verdicts import each
from tests.domain.call_centre import audit, call_centre


def test_every_chain_is_a_path_of_the_map() -> None:
    """Its influences join its movements, and the last stands for the outcome that it harms."""
    analysis = audit(call_centre(), recommend=False)

    drawn = influence_map(analysis.goals, each(analysis.findings))

    joined = {(one.link.id, one.link.source, one.link.target) for one in drawn.influences}
    meant = {touched.movement: touched.outcomes for touched in drawn.movements}
    for finding in each(analysis.findings):
        assert {(link.id, link.source, link.target) for link in finding.chain} <= joined
        for subject in finding.subjects if finding.chain else ():
            if subject.kind == "outcome":
                assert subject.key in meant[finding.chain[-1].target]


def test_an_influence_carries_the_worst_of_its_findings() -> None:
    """And says how many run over it."""
    analysis = audit(call_centre(), recommend=False)

    drawn = influence_map(analysis.goals, each(analysis.findings))

    for one in drawn.influences:
        over = [f for f in each(analysis.findings) if any(link.id == one.link.id for link in f.chain)]
        assert (one.findings, one.severity) == (len(over), max(f.severity for f in over))


def test_the_order_of_findings_does_not_matter() -> None:
    """The same map either way."""
    analysis = audit(call_centre(), recommend=False)
    findings = list(each(analysis.findings))

    assert influence_map(analysis.goals, findings) == influence_map(analysis.goals, findings[::-1])
