"""Semantics §3 held against published models of signed influence: paths, signs and how reliable a sign is."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from pytest import approx

from app.domain.arcs import ArcGraph, metric_graph
from app.domain.parameters import CHAINS_KEPT, Parameters
from app.domain.reach import Push, Reach, reach
from app.domain.severity import sign_reliability
from app.domain.terms import Movement
from tests.domain.maps import a_map

MODELS = yaml.safe_load((Path(__file__).parent / "published_models.yaml").read_text("utf-8"))["models"]
EFFECTS = [(model, effect) for model in MODELS for effect in model["effects"]]
IDS = [f"{model['name']}: {effect['of']} on {effect['to']}" for model, effect in EFFECTS]

ALIKE = Parameters(strength_moderate=1.0, decay=1.0, decay_far=1.0, cutoff=0.0, max_hops=8)
"""Every arc counts the same and no chain is too long, as where only signs are known."""


class Pushed(NamedTuple):
    """Everything that one node reaches when it is pressed up."""

    graph: ArcGraph
    found: Reach

    def number(self, node: str, direction: str) -> int:
        found = self.graph.movement_index(Movement(node, direction))  # type: ignore[arg-type]
        assert found is not None
        return found

    def paths(self, node: str) -> set[str]:
        """The chains to a node, each as its sign and the nodes that it goes through."""
        told = set()
        for sign, direction in (("+", "up"), ("-", "down")):
            for chain in self.found.chains(self.number(node, direction)):
                told.add(" ".join([sign, chain.arcs[0].source.metric, *(arc.target.metric for arc in chain.arcs)]))
        return told

    def mass(self, node: str, direction: str) -> float:
        return self.found.mass(self.number(node, direction))


def pressed(model: dict[str, Any], node: str) -> Pushed:
    graph = metric_graph(a_map(*model["arcs"]), ALIKE)
    start = graph.movement_index(Movement(node, "up"))
    assert start is not None
    return Pushed(graph, reach(graph, Push(start, None), ALIKE))


@pytest.mark.parametrize(("model", "effect"), EFFECTS, ids=IDS)
def test_the_chains_are_the_simple_paths(model: dict[str, Any], effect: dict[str, Any]):
    """All of them where there are no more than are kept, and never another one."""
    found, published = pressed(model, effect["of"]).paths(effect["to"]), set(effect["paths"])

    assert found <= published
    for sign in "+-":
        of_sign = {path for path in published if path[0] == sign}
        assert len({path for path in found if path[0] == sign}) == min(CHAINS_KEPT, len(of_sign))


@pytest.mark.parametrize(
    ("model", "effect"),
    [pair for pair in EFFECTS if "weighted" in pair[1]],
    ids=[name for name, (_, effect) in zip(IDS, EFFECTS, strict=True) if "weighted" in effect],
)
def test_the_reliability_of_a_sign_is_the_weighted_prediction(model: dict[str, Any], effect: dict[str, Any]):
    """Without circles: the net over the total of all paths, and its sign, as Dambacher, Li and Rossignol define it."""
    pushed = pressed(model, effect["of"])
    up, down = pushed.mass(effect["to"], "up"), pushed.mass(effect["to"], "down")

    assert sign_reliability(down, up) == approx(abs(effect["weighted"]), abs=1e-4)
    assert (up > down) == (effect["weighted"] > 0)
