"""Runs on the maps as they are, for every company: the engine's own answer, finding by finding."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from app.catalogue.load import catalogue
from app.domain.kept_chains import KeptChains
from app.domain.map_runs import MapRuns
from app.domain.maps import maps_of
from app.domain.rulebook import compiled_rules
from app.domain.strengths import strengths_of
from tests.counts import many
from tests.domain.told import AS_OF, detected
from tests.properties.companies import Raw, companies


@settings(max_examples=many(400), deadline=None)
@given(companies())
def test_a_run_on_the_same_maps_finds_the_same(raw: Raw):
    """The maps themselves, the maps drawn again, and chains that are weighed with the strengths that they were found with."""
    detection = detected(raw)
    runs, maps = MapRuns(detection, compiled_rules(catalogue()), AS_OF), maps_of(detection.field)
    known = strengths_of(detection.goals.catalogue, detection.goals.parameters)
    kept = KeptChains(detection.field, maps, known.places)
    (weighed,) = kept.weighed(known.nominal[np.newaxis], known.nominal)

    for one in (maps, maps.redrawn(lambda arc: arc), weighed):
        assert runs.on(one) == pytest.approx({match.fingerprint: match.severity for match in detection.matches})
