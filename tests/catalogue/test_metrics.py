"""The metrics of the catalogue: their names are understood, their examples are found, what only sounds like them is not taken for them."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from app.catalogue.load import catalogue
from app.domain.catalogue import Family, Metric
from app.domain.names.families import family_of_words
from app.domain.names.resolve import Resolver
from app.domain.names.words import form

CATALOGUE = catalogue()
METRICS = sorted(CATALOGUE.metrics)
SAID: dict[str, dict[str, list[str]]] = CATALOGUE.lexicon["names"]  # type: ignore[assignment]
NEIGHBOURS = {(arc.source, arc.target) for arc in CATALOGUE.influences.values()}
RESOLVER = Resolver(CATALOGUE)


@pytest.mark.parametrize("metric", METRICS)
def test_a_metric_is_known_by_each_of_its_names(metric: str):
    """English name, German name and every alias mean the metric, without anything to help."""
    known = CATALOGUE.metrics[metric]

    assert _understood([known.name, known.name_de, *known.aliases], metric) == {}


@pytest.mark.parametrize("metric", [m for m in METRICS if CATALOGUE.metrics[m].inverse_aliases])
def test_the_opposite_of_a_metric_is_the_metric_turned_round(metric: str):
    """An inverse alias means the metric, inverted."""
    assert _understood(CATALOGUE.metrics[metric].inverse_aliases, metric, inverted=True) == {}


@pytest.mark.parametrize("metric", METRICS)
def test_a_metric_is_found_as_people_write_it(metric: str):
    """`resolves` holds names as people write them; they are no part of what the resolver looks in."""
    known = CATALOGUE.metrics[metric]

    assert len(known.resolves) >= 3
    assert _understood(known.resolves, metric) == {}


@pytest.mark.parametrize("metric", METRICS)
def test_a_near_miss_is_not_taken_for_the_metric(metric: str):
    """`differs_from` holds names that mean another metric or none."""
    near_misses = CATALOGUE.metrics[metric].differs_from

    assert len(near_misses) >= 2
    assert [name for name in near_misses if RESOLVER.resolve(name).metric == metric] == []


@pytest.mark.parametrize("metric", METRICS)
def test_a_near_miss_is_near(metric: str):
    """It has a word of the metric's, or means one beside it: of its function or family, or joined to it by an influence."""
    known = CATALOGUE.metrics[metric]

    assert [name for name in known.differs_from if not _is_near(name, known)] == []


@pytest.mark.slow
@pytest.mark.parametrize("metric", sorted(SAID))
def test_what_people_say_instead_of_a_metrics_name_means_the_metric(metric: str):
    """In its own department every way of saying a metric is understood, the right way round."""
    function = CATALOGUE.metrics[metric].function
    said = {side: [name for name in SAID[metric].get(side, []) if "<" not in name] for side in ("names", "inverse")}

    assert _understood(said["names"], metric, function=function) == {}
    assert _understood(said["inverse"], metric, inverted=True, function=function) == {}


def test_no_two_metrics_share_a_name():
    """Words that are one metric's name or alias are no other's, and no way of saying another."""
    owners: dict[str, set[str]] = {}
    for metric in CATALOGUE.metrics.values():
        for name in (metric.name, metric.name_de, *metric.aliases, *metric.inverse_aliases):
            owners.setdefault(form(name), set()).add(metric.id)

    assert {name: sorted(ids) for name, ids in owners.items() if len(ids) > 1} == {}


def test_only_metrics_of_the_catalogue_are_said_otherwise():
    """Every heading of names.yaml is a metric."""
    assert sorted(SAID.keys() - CATALOGUE.metrics.keys()) == []


@pytest.mark.parametrize("family", list(CATALOGUE.families.values()), ids=lambda family: family.id)
def test_the_examples_of_a_family_fall_into_it_by_their_words(family: Family):
    """No example needs a metric to be put into its family."""
    assert {
        example: found for example in family.examples if (found := family_of_words(example, CATALOGUE)) != family.id
    } == {}


def _understood(
    names: Iterable[str], metric: str, inverted: bool = False, function: str | None = None
) -> dict[str, tuple[str | None, bool]]:
    """The names that are taken for something else than the metric this way round, with what they were taken for."""
    found = {name: RESOLVER.resolve(name, function=function) for name in names}
    return {name: (r.metric, r.inverted) for name, r in found.items() if (r.metric, r.inverted) != (metric, inverted)}


def _is_near(name: str, metric: Metric) -> bool:
    own = (metric.name, metric.name_de, *metric.aliases, *metric.inverse_aliases, *metric.resolves)
    if set(form(name).split()) & {word for own_name in own for word in form(own_name).split()}:
        return True
    if metric.id in {found.id for found, _ in RESOLVER.search(name, 30)}:
        return True
    meant = RESOLVER.resolve(name).metric
    families = CATALOGUE.metric_families
    return meant is not None and (
        CATALOGUE.metrics[meant].function == metric.function
        or families[meant].family == families[metric.id].family
        or bool({(metric.id, meant), (meant, metric.id)} & NEIGHBOURS)
    )
