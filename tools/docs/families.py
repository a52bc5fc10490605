"""The page of families: archetypes of measures, asked when no metric fits a name."""

from __future__ import annotations

from app.domain.catalogue import Catalogue, Family
from tools.docs.influences import arcs
from tools.docs.markdown import listed, page, section, table


def families_page(knowledge: Catalogue) -> str:
    """What each family is, which words point to it, which metrics belong to it and what it moves."""
    return page(
        "# Families",
        "A family is an archetype of measures. Every metric belongs to one; a name that fits no metric may still point to one by its "
        "words, and then the family's influences are asked instead "
        "([semantics §3](semantics.md#3-reach-what-a-push-does)). Findings that rest on families say so.",
        *(_family(family, knowledge) for _, family in sorted(knowledge.families.items())),
        source="app/catalogue/families.yaml and app/catalogue/influences/families.yaml",
    )


def _family(family: Family, knowledge: Catalogue) -> str:
    members = sorted(metric for metric, belongs in knowledge.metric_families.items() if belongs.family == family.id)
    rows = [
        ["name", f"{family.name} · {family.name_de}"],
        ["up means", f"{family.up_means} · {family.up_means_de}"],
        ["words that point to it", listed(family.cues)],
        ["words that count the bad side", listed(family.adverse_cues)],
        ["examples", listed(family.examples)],
        ["metrics", listed(f"[{knowledge.metrics[id_].name}](metrics/{id_}.md)" for id_ in members)],
    ]
    moved = [arc for arc in knowledge.family_influences.values() if arc.source == family.id and arc.role == "main"]
    return section(family.id, family.definition, table(["", ""], rows), arcs(moved, knowledge, linked="target", up=""))
