"""What a finding rests on, as a short mark: who accepts a finding names it, and the waiver ends when chain or sources change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Literal

from app.domain.catalogue import Citation
from app.domain.findings import ChainLink

Change = Literal["chain", "sources", "both"]
"""What is no longer as it was when a finding was accepted."""

_DIGITS = 8


def grounds(chain: Sequence[ChainLink], references: Iterable[str], citations: Mapping[str, Citation]) -> str:
    """The mark of a finding: eight hexadecimal digits for its witness chain, `-`, eight for what the chain and the rule rest on.

    The chain: each influence with its ends, kind, strength and lag. What it rests on: evidence, support and counter-evidence of each
    influence, and every source with its status. Texts, weights and severities take no part.
    """
    links = [f"{x.id} {x.source} {x.target} {x.kind} {x.strength} {x.lag_days} {x.means}" for x in chain]
    evidence = [f"{x.id} {x.evidence} {x.support} {x.contested} {' '.join(sorted(x.counters))}" for x in chain]
    cited = {reference.partition("#")[0] for x in chain for reference in x.citations}
    cited.update(reference.partition("#")[0] for reference in references)
    sources = [f"{id_} {citations[id_].status if id_ in citations else ''}" for id_ in sorted(cited)]
    return f"{_mark(links)}-{_mark([*evidence, '', *sources])}"


def changed(granted: str, now: str) -> Change | None:
    """What has changed between the mark that a waiver names and the finding's own; None when nothing has."""
    (chain, sources), (chain_now, sources_now) = granted.split("-"), now.split("-")
    if chain != chain_now:
        return "chain" if sources == sources_now else "both"
    return None if sources == sources_now else "sources"


def _mark(lines: Sequence[str]) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()[:_DIGITS]
