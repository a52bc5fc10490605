"""The page of evidence: what the influences rest on, counted, and the sources that nobody has looked up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from app.domain.catalogue import Catalogue, Influence
from app.domain.parameters import CONTESTED_FACTOR, EVIDENCE_CONFIDENCE, SUPPORT_FACTOR
from tools.docs.markdown import bullets, page, section, table
from tools.docs.sources import links

CLASSES = {
    "identity": "true by arithmetic",
    "meta_analysis": "many studies taken together",
    "experiment": "people or units assigned by chance",
    "quasi_experiment": "a change that struck some and not others",
    "observational": "data of what happened, without assignment",
    "case": "one company, told or investigated",
    "practitioner": "trade figures and accounts",
    "expert": "judgement",
}
SUPPORTS = {
    "direct": "the cited work looked at this relation or a close form of it",
    "definition": "it follows from how the metrics are defined",
    "analogy": "the cited work looked at a neighbouring setting, or is theory",
    "none": "nothing cited supports it directly",
}


def evidence_page(knowledge: Catalogue) -> str:
    """Counts by class and support, and what is unverified."""
    main = [arc for arc in knowledge.influences.values() if arc.role == "main"]
    counters = len(knowledge.influences) - len(main)
    contested = sum(arc.contested for arc in main)
    return page(
        "# Evidence",
        f"What the {len(main)} influences of the catalogue (version {knowledge.version}) rest on. Beside them stand {counters} entries of "
        f"counter-evidence; {contested} influences are contested.",
        section("By class", table(["class", "what it means", "confidence", "influences"], _classes(main))),
        section(
            "By support",
            table(["support", "what it means", "factor", "influences"], _supports(main)),
            f"A contested influence counts {CONTESTED_FACTOR:g} times. The confidence of a chain is the geometric mean over its influences "
            "([semantics §3](semantics.md#3-reach-what-a-push-does)).",
        ),
        section("Class and support together", table(["", *SUPPORTS], _both(main))),
        section("Sources that nobody has looked up", bullets(_unverified(knowledge))),
        source="app/catalogue",
    )


def _classes(arcs: list[Influence]) -> Iterator[list[str]]:
    counts = Counter(arc.evidence for arc in arcs)
    for name, meaning in CLASSES.items():
        yield [_said(name), meaning, f"{EVIDENCE_CONFIDENCE[name]:g}", str(counts[name])]  # type: ignore[index]


def _supports(arcs: list[Influence]) -> Iterator[list[str]]:
    counts = Counter(arc.support for arc in arcs)
    for name, meaning in SUPPORTS.items():
        yield [name, meaning, f"{SUPPORT_FACTOR[name]:g}", str(counts[name])]  # type: ignore[index]


def _both(arcs: list[Influence]) -> Iterator[list[str]]:
    counts = Counter((arc.evidence, arc.support) for arc in arcs)
    for name in CLASSES:
        yield [_said(name), *(str(counts[name, support] or "") for support in SUPPORTS)]  # type: ignore[index]


def _unverified(knowledge: Catalogue) -> Iterator[str]:
    for id_, citation in sorted(knowledge.citations.items()):
        if citation.status == "memory":
            yield f"{links([id_], knowledge, up='')}: *{citation.title}*"


def _said(name: str) -> str:
    return name.replace("_", " ")
