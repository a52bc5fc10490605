"""The mark of what a finding rests on: which half changes with what."""

from __future__ import annotations

import pytest

from app.domain.catalogue import Citation
from app.domain.findings import ChainLink
from app.domain.grounds import changed, grounds
from app.domain.terms import Movement

LINK = ChainLink(
    "i1", Movement("service.aht", "down"), Movement("service.fcr", "down"), "pressure", "moderate", 30, "observational",
    "direct", ("study#section-2",), "Short calls solve less.",
)  # fmt: skip
STUDY = Citation("study", ("A",), 2001, "A study", "Journal", "verified")


def mark(link: ChainLink = LINK, references: tuple[str, ...] = ("rule1",), study: Citation = STUDY) -> str:
    return grounds((link,), references, {"study": study})


@pytest.mark.parametrize(
    "link",
    [
        LINK._replace(id="i2"),
        LINK._replace(source=Movement("service.aht", "up")),
        LINK._replace(target=Movement("service.csat", "down")),
        LINK._replace(strength="strong"),
        LINK._replace(lag_days=31),
        LINK._replace(kind="causal"),
    ],
)
def test_another_chain_changes_the_first_half(link: ChainLink):
    """Ends, kind, strength and lag belong to the chain; evidence for another influence is other evidence."""
    assert changed(mark(), mark(link)) in ("chain", "both")


@pytest.mark.parametrize(
    "now",
    [
        mark(LINK._replace(evidence="expert")),
        mark(LINK._replace(support="analogy")),
        mark(LINK._replace(contested=True)),
        mark(LINK._replace(counters=("i9",))),
        mark(LINK._replace(citations=("study", "other"))),
        mark(references=("rule1", "rule2")),
        mark(study=STUDY._replace(status="memory")),
    ],
)
def test_other_evidence_changes_the_second_half(now: str):
    """Evidence, support, counter-evidence, sources and their status."""
    assert changed(mark(), now) == "sources"


@pytest.mark.parametrize(
    "now",
    [
        mark(LINK._replace(mechanism="Anders gesagt", when="always")),
        mark(LINK._replace(citations=("study#section-3",))),
        mark(study=STUDY._replace(title="The study")),
    ],
)
def test_words_change_nothing(now: str):
    """A translation, a better sentence or another page of the same source void no waiver."""
    assert changed(mark(), now) is None
