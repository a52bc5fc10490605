"""The page of levers: features of plans and targets that act like the source of a movement."""

from __future__ import annotations

from app.domain.catalogue import Catalogue, Lever
from tools.docs.influences import arcs
from tools.docs.markdown import listed, page, section, table

VISIBLE = {
    "plan": "in the incentive plan",
    "kpi": "in the KPI",
    "partly": "in part",
    "no": "not in the document",
}


def levers_page(knowledge: Catalogue) -> str:
    """What each lever is, where it shows and what it moves."""
    return page(
        "# Levers",
        "A lever is a feature of a plan or a target that moves something whatever is measured: a cliff, a ranking, a quota. Which "
        "levers a component has follows from its fields alone ([semantics §3](semantics.md#3-reach-what-a-push-does)); the other "
        "levers are known, and wait for documents that can show them.",
        *(_lever(lever, knowledge) for _, lever in sorted(knowledge.levers.items())),
        source="app/catalogue/levers.yaml and app/catalogue/influences",
    )


def _lever(lever: Lever, knowledge: Catalogue) -> str:
    rows = [
        ["name", f"{lever.name} · {lever.name_de}"],
        ["kind", lever.category.replace("_", " ")],
        ["met beside goals of", f"functions: {listed(lever.functions)}; families: {listed(lever.families)}"],
        ["shows", f"{VISIBLE[lever.visible]}. {lever.shown_by}"],
        ["also called", listed(lever.aliases)],
    ]
    moved = [arc for arc in knowledge.influences.values() if arc.source == lever.id]
    return section(lever.id, lever.definition, table(["", ""], rows), arcs(moved, knowledge, linked="target", up=""))
