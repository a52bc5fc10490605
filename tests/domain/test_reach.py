"""Semantics §3: the strongest chains from one push."""

from __future__ import annotations

from pytest import approx

from app.domain.arcs import metric_graph
from app.domain.catalogue import Catalogue
from app.domain.parameters import Parameters
from app.domain.reach import Push, Reach, reach
from app.domain.terms import Movement
from tests.domain.maps import a_map

DEFAULTS = Parameters()


def pushed(
    catalogue: Catalogue, metric: str, direction: str = "up", function: str | None = None, **restraints: object
) -> Reached:
    graph = metric_graph(catalogue, DEFAULTS)
    start = graph.movement_index(Movement(metric, direction))  # type: ignore[arg-type]
    assert start is not None
    return Reached(graph, reach(graph, Push(start, function, **restraints), DEFAULTS))  # type: ignore[arg-type]


class Reached:
    """A reach that is asked by names."""

    def __init__(self, graph: object, reached: Reach) -> None:
        self.graph, self.reached = graph, reached

    def number(self, metric: str, direction: str) -> int:
        return self.graph.movement_index(Movement(metric, direction))  # type: ignore[attr-defined, no-any-return, arg-type]

    def weight(self, metric: str, direction: str) -> float:
        return self.reached.best(self.number(metric, direction))

    def arcs(self, metric: str, direction: str) -> list[str]:
        return [arc.id for arc in self.reached.chain(self.number(metric, direction)).arcs]


def test_strengths_multiply_and_decay_from_the_second_arc_on():
    """Moderate × strong × decay once."""
    found = pushed(a_map("leads > calls", "calls >- quality strong"), "leads")

    assert found.weight("quality", "down") == approx(0.65 * 0.85 * 0.9)


def test_a_causal_arc_without_a_direction_stands_for_two():
    """Source up moves the target one way, source down the other."""
    catalogue = a_map("price >- volume")

    assert pushed(catalogue, "price", "up").weight("volume", "down") == approx(0.65)
    assert pushed(catalogue, "price", "down").weight("volume", "up") == approx(0.65)


def test_an_identity_carries_everything():
    """Arithmetic loses nothing on the way."""
    assert pushed(a_map("churn >- retention identity"), "churn").weight("retention", "down") == approx(1.0)


def test_no_metric_stands_twice_in_a_chain():
    """A chain in which a metric first falls and then rises explains nothing."""
    found = pushed(a_map("a >- b", "b >- c", "c > b"), "a")

    assert found.weight("b", "down") == approx(0.65)
    assert found.weight("b", "up") == 0.0


def test_a_pressure_arc_after_a_causal_one_does_not_count():
    """Nobody is paid to make a metric drift that merely fell as a consequence."""
    found = pushed(a_map("a > b", "b > c pressure"), "a")

    assert found.weight("c", "up") == 0.0


def test_pressure_cascades_only_onto_what_the_department_controls():
    """A seller does not cut training hours."""
    catalogue = a_map(
        "sales.bookings > sales.calls pressure",
        "sales.calls > hr.training pressure",
        hr__training={"controllable_by": ("hr",)},
    )

    assert pushed(catalogue, "sales.bookings", function="sales").weight("hr.training", "up") == 0.0
    assert pushed(catalogue, "sales.bookings", function="hr").weight("hr.training", "up") == approx(0.65 * 0.65 * 0.9)


def test_whoever_is_pushed_on_a_sum_is_pushed_on_its_parts():
    """An identity is walked backwards at the head of a chain, at the strength of its label."""
    found = pushed(a_map("deals > revenue identity strong", "deals >- service_time"), "revenue")

    assert found.weight("deals", "up") == approx(0.85)
    assert found.weight("service_time", "down") == approx(0.85 * 0.65 * 0.9)


def test_a_part_is_not_pushed_in_its_own_bad_direction():
    """Nobody raises contact volume to raise occupancy."""
    catalogue = a_map("contacts > occupancy identity", contacts={"good_direction": "decrease"})

    assert pushed(catalogue, "occupancy").weight("contacts", "up") == 0.0


def test_chains_end_after_four_arcs():
    """The fifth identity in a row is not reached; arcs after the second cost more than decay."""
    chain = [f"m{i} > m{i + 1} identity" for i in range(8)]
    found = pushed(a_map(*chain, **{f"m{i}": {"good_direction": "none"} for i in range(9)}), "m0")

    assert found.weight("m2", "up") == approx(0.9)
    assert found.weight("m4", "up") == approx(0.9**3 * 0.7**2)
    assert found.weight("m5", "up") == 0.0


def test_chains_under_the_cutoff_do_not_count():
    """0.35³ × 0.9² is 0.035 and too little."""
    found = pushed(a_map("a > b weak", "b > c weak", "c > d weak"), "a")

    assert found.weight("c", "up") == approx(0.35 * 0.35 * 0.9)
    assert found.weight("d", "up") == 0.0


def test_a_blocked_best_chain_leaves_room_for_the_next():
    """The best way to b uses c; the way over b to c must use another one."""
    found = pushed(a_map("a > c strong", "c > b strong", "a > b weak", "b > c strong"), "a")

    assert found.arcs("b", "up") == ["a>c:causal:both", "c>b:causal:both"]
    assert found.arcs("c", "up") == ["a>c:causal:both"]


def test_of_equally_strong_chains_the_surer_is_shown():
    """Ties break by confidence before hops and ids."""
    from tests.domain.maps import an_arc

    sure = an_arc("a > z", evidence="experiment")
    found = pushed(a_map("a > b identity", an_arc("b > y", evidence="case"), sure, "z > y identity"), "a")

    assert found.arcs("y", "up") == ["a>z:causal:both", "z>y:identity:both"]


def test_a_guard_weakens_arcs_into_the_guarded_movement_only():
    """The other chains keep their strength."""
    catalogue = a_map("a >- b", "a >- c")
    free = pushed(catalogue, "a")
    guarded = pushed(catalogue, "a", guards=((free.number("b", "down"), 0.2),))

    assert guarded.weight("b", "down") == approx(0.2 * 0.65)
    assert guarded.weight("c", "down") == approx(0.65)


def test_a_spill_weakens_each_chain_once():
    """Who answers for one quality is careful with the rest."""
    found = pushed(a_map("a > b", "b > c"), "a", spill=0.5)

    assert found.weight("b", "up") == approx(0.5 * 0.65)
    assert found.weight("c", "up") == approx(0.5 * 0.65 * 0.65 * 0.9)
