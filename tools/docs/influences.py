"""Influences as a list: which movement leads to which, how strongly, how soon, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from app.domain.catalogue import Catalogue, Influence
from tools.docs.markdown import bullets, one_line
from tools.docs.sources import links

Linked = Literal["source", "target", "both"]
ARROWS = {"up": "↑", "down": "↓"}
EVIDENCE = {"identity": "true by arithmetic", "expert": "judgement of experts"}
SUPPORT = {"analogy": "by analogy", "none": "no source supports it directly"}


def arcs(influences: Iterable[Influence], knowledge: Catalogue, *, linked: Linked, up: str = "../") -> str:
    """A list of influences in the order of their ids; `linked`: the ends that are not the page's own."""
    ordered = sorted(influences, key=lambda arc: (arc.source, arc.target, arc.source_direction, arc.id))
    return bullets(_arc(arc, knowledge, linked, up) for arc in ordered)


def _arc(arc: Influence, knowledge: Catalogue, linked: Linked, up: str) -> str:
    source = _end(arc.source, knowledge, up) if linked != "target" else _name(arc.source, knowledge)
    target = _end(arc.target, knowledge, up) if linked != "source" else _name(arc.target, knowledge)
    cited = links(arc.citations, knowledge, up)
    remarks = ", ".join(_remarks(arc))
    when = f" When: {one_line(arc.when)}." if arc.when else ""
    return (
        f"{_movement(arc, source, target)} ({remarks}{': ' + cited if cited else ''}). {one_line(arc.mechanism)}{when}"
    )


def _movement(arc: Influence, source: str, target: str) -> str:
    """`shorter calls ↓ → resolution ↓`; one claimed for both directions is told for the rising source."""
    if arc.sign == "0":
        return f"{source} does not move {target}"
    up = arc.source_direction != "down"
    rises = up == (arc.sign == "+")
    both = ", and the other way round" if arc.source_direction == "both" else ""
    return f"{source} {ARROWS['up' if up else 'down']} → {target} {ARROWS['up' if rises else 'down']}{both}"


def _remarks(arc: Influence) -> Iterator[str]:
    yield arc.kind
    if arc.kind != "identity":
        yield arc.strength
    yield (
        "at once"
        if arc.lag_days == 0
        else "after about a day"
        if arc.lag_days == 1
        else f"after about {arc.lag_days} days"
    )
    yield EVIDENCE.get(arc.evidence, arc.evidence.replace("_", " "))
    if arc.support in SUPPORT:
        yield SUPPORT[arc.support]
    if arc.contested:
        yield "contested"


def _name(id_: str, knowledge: Catalogue) -> str:
    if id_ in knowledge.metrics:
        return knowledge.metrics[id_].name
    return knowledge.levers[id_].name if id_ in knowledge.levers else knowledge.families[id_].name


def _end(id_: str, knowledge: Catalogue, up: str) -> str:
    """The name as a link to its page, or to its heading on the page of levers or families."""
    if id_ in knowledge.metrics:
        return f"[{_name(id_, knowledge)}]({up}metrics/{id_}.md)"
    page = "levers" if id_ in knowledge.levers else "families"
    return f"[{_name(id_, knowledge)}]({up}{page}.md#{id_.replace('.', '')})"
