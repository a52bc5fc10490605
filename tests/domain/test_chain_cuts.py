"""The fewest movements to guard so that no harmful chain is left, on small maps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.arcs import Arc, ArcGraph, metric_graph
from app.domain.chain_cuts import Harm, smallest_cut
from app.domain.parameters import Parameters
from app.domain.reach import Push
from app.domain.terms import Movement
from tests.counts import many
from tests.domain.maps import a_map

PLAIN = Parameters()._replace(**{name: 1.0 for name in Parameters._fields if name.startswith("decay")})
"""Nothing is lost from step to step but what the arcs lose."""

Sets = list[frozenset[int]]


def number(graph: ArcGraph, metric: str, direction: str = "up") -> int:
    found = graph.movement_index(Movement(metric, direction))  # type: ignore[arg-type]
    assert found is not None
    return found


def harm(graph: ArcGraph, source: str, target: str, direction: str = "up") -> Harm:
    """A push on the source, and what it does to the target."""
    return Harm(Push(number(graph, source), None), number(graph, target, direction))


def cut(graph: ArcGraph, *harms: Harm, dear: tuple[str, ...] = ()) -> set[str]:
    """The metrics of the cut; `dear`: those that cost more."""
    found = smallest_cut(
        graph,
        harms,
        PLAIN,
        may_guard=lambda _: True,
        price=lambda movement: int(graph.movement(movement).metric in dear),
    )
    return {graph.movement(movement).metric for movement in found.movements}


def test_where_all_chains_meet_one_safeguard_is_enough():
    """Two ways to rework, one from there to cost."""
    graph = metric_graph(
        a_map("speed > slips", "speed > skips", "slips > rework", "skips > rework", "rework > cost"), PLAIN
    )

    assert cut(graph, harm(graph, "speed", "cost"), dear=("cost",)) == {"rework"}


def test_redundant_ways_need_a_safeguard_each():
    """Neither way runs through the other, and their ends are two."""
    graph = metric_graph(a_map("speed > slips", "slips > cost", "speed > skips", "skips > churn"), PLAIN)

    assert len(cut(graph, harm(graph, "speed", "cost"), harm(graph, "speed", "churn"))) == 2


def test_two_ends_behind_one_movement_are_cut_there():
    """Fewer than guarding each end."""
    graph = metric_graph(a_map("speed > slips", "slips > cost", "slips > churn"), PLAIN)

    assert cut(graph, harm(graph, "speed", "cost"), harm(graph, "speed", "churn")) == {"slips"}


def test_a_chain_that_appears_once_a_stronger_one_is_shut_is_met_too():
    """The weak way hides behind the strong one, and is found."""
    graph = metric_graph(
        a_map("speed > slips strong", "slips > cost strong", "speed > skips weak", "skips > cost"), PLAIN
    )

    assert cut(graph, harm(graph, "speed", "cost"), dear=("cost",)) == {"cost"}


def test_what_is_too_weak_to_be_harm_needs_no_safeguard():
    """0.35³ is under the floor."""
    graph = metric_graph(a_map("speed > slips weak", "slips > rework weak", "rework > cost weak"), PLAIN)

    assert cut(graph, harm(graph, "speed", "cost")) == set()


def chains(graph: ArcGraph, start: int, end: int) -> Iterator[tuple[Arc, ...]]:
    """Every chain that counts from one movement to another, by walking all of them."""

    def walked(
        here: int, arcs: tuple[Arc, ...], metrics: frozenset[int], weight: float, free: bool
    ) -> Iterator[tuple[Arc, ...]]:
        if here == end:
            yield arcs
        for arc in graph.pressing[here] if len(arcs) < PLAIN.max_hops else ():
            further = weight * arc.weight
            fits = arc.goes_to >> 1 not in metrics and not (free and arc.pressing)
            if fits and further >= PLAIN.harm_floor:
                yield from walked(
                    arc.goes_to, (*arcs, arc), metrics | {arc.goes_to >> 1}, further, free or not arc.pressing
                )

    return walked(start, (), frozenset({start >> 1}), 1.0, False)


def by_trying_all(graph: ArcGraph, harms: Sequence[Harm], may_guard: frozenset[int]) -> int:
    """The size of the smallest set that meets every harmful chain."""
    every = [
        {arc.goes_to for arc in arcs if arc.goes_to in may_guard or arc.goes_to == harm.end}
        for harm in harms
        for arcs in chains(graph, harm.push.start, harm.end)
    ]
    movements = sorted(set().union(*every)) if every else []
    return next(
        size
        for size in range(len(movements) + 1)
        if any(all(set(chosen) & each for each in every) for chosen in combinations(movements, size))
    )


METRICS = ("a", "b", "c", "d", "e", "f", "g")
ENDS = st.sampled_from(METRICS)
ARCS = st.builds(
    lambda ends, sign, strength, kind: f"{ends[0]} >{sign} {ends[1]} {strength} {kind}",
    st.tuples(ENDS, ENDS).filter(lambda ends: ends[0] != ends[1]),
    st.sampled_from(["", "-"]),
    st.sampled_from(["", "strong", "weak"]),
    st.sampled_from(["", "", "pressure"]),
)


@settings(max_examples=many(4_000), deadline=None)
@given(
    st.lists(ARCS, min_size=4, max_size=16),
    st.lists(
        st.tuples(st.sampled_from("ab"), st.sampled_from("fg"), st.sampled_from(["up", "down"])), min_size=1, max_size=4
    ),
    st.frozensets(st.integers(0, 2 * len(METRICS) - 1)),
)
def test_it_is_as_small_as_what_trying_all_finds(
    arcs: list[str], ends: list[tuple[str, str, str]], may_guard: frozenset[int]
):
    """On small networks with several sources and ends, and movements that cannot be guarded: every chain is met, by no more than needed."""
    graph = metric_graph(a_map(*arcs, **{metric: {} for metric in METRICS}), PLAIN)
    harms = [harm(graph, *one) for one in ends]

    found = smallest_cut(graph, harms, PLAIN, may_guard=may_guard.__contains__).movements

    for one in harms:
        assert all(found & {arc.goes_to for arc in met} for met in chains(graph, one.push.start, one.end))
    assert len(found) == by_trying_all(graph, harms, may_guard)
