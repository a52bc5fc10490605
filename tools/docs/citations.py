"""The page of citations: every source, what was seen of it, and where the catalogue uses it."""

from __future__ import annotations

from collections import Counter

from app.domain.catalogue import Catalogue, Citation
from app.domain.citations import cited
from tools.docs.markdown import bullets, one_line, page, section
from tools.docs.sources import status


def citations_page(knowledge: Catalogue) -> str:
    """All sources by id."""
    return page(
        "# Citations",
        "What Concord's knowledge rests on, in our own words. *Seen* means that the named part was looked up, not that the full text "
        "was read. A source that nobody has looked up is shown as unverified wherever it is used.",
        _counts(knowledge),
        *(_citation(citation, knowledge) for _, citation in sorted(knowledge.citations.items())),
        source="app/catalogue/citations.yaml",
    )


def _counts(knowledge: Catalogue) -> str:
    counts = Counter(status(citation) for citation in knowledge.citations.values())
    return bullets(f"{count}: {what}" for what, count in counts.most_common())


def _citation(citation: Citation, knowledge: Catalogue) -> str:
    authors = "; ".join(citation.authors)
    year = f" ({citation.year})" if citation.year else ""
    by = f"{authors}{year}. " if authors else ""
    venue = f" {citation.venue}." if citation.venue else ""
    mark = "" if citation.doi_seen else " (completed from memory, check before publishing)"
    facts = [
        f"cited as: {cited(citation)}",
        f"status: {status(citation)}",
        *([f"kind: {citation.type.replace('_', ' ')}"] if citation.type else []),
        *([f"DOI: {citation.doi}{mark}"] if citation.doi else []),
        *([f"seen at: {citation.address}"] if citation.address else []),
        f"used by: {_uses(citation.id, knowledge)}",
    ]
    return section(citation.id, f"{by}*{one_line(citation.title)}*.{venue}", one_line(citation.finding), bullets(facts))


def _uses(id_: str, knowledge: Catalogue) -> str:
    arcs = [*knowledge.influences.values(), *knowledge.family_influences.values()]
    counts = {
        "influence": sum(id_ in arc.citations for arc in arcs),
        "rule": sum(id_ in _ids(rule.references) for rule in knowledge.rules.values()),
        "remedy": sum(id_ in _ids(remedy.references) for remedy in knowledge.remedies.values()),
    }
    used = [f"{count} {what if count == 1 else _plural(what)}" for what, count in counts.items() if count]
    return ", ".join(used) or "nothing yet"


def _plural(what: str) -> str:
    return what[:-1] + "ies" if what.endswith("y") else what + "s"


def _ids(references: tuple[str, ...]) -> set[str]:
    return {reference.partition("#")[0] for reference in references}
