"""A thousand samples of the demo company, its recommendations tried on some of them, against analyses of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import yaml

import app.catalogue
from app.catalogue.load import catalogue
from app.domain.analysis import analyse
from app.domain.document.checks import document_from
from app.domain.rulebook import compiled_rules
from app.domain.sensitivity import SAMPLES, sensitivity
from tests.bench.detection import AS_OF
from tests.bench.timing import Ratio, Told, ratio

DEMO = Path(app.catalogue.__file__).parent / "templates" / "telecom.yaml"


def ratios() -> Iterator[Ratio | Told]:
    """The analysis is the one that is asked about: as `concord audit` makes it, with its recommendations proved; and one without them."""
    raw = yaml.safe_load(DEMO.read_text(encoding="utf-8"))
    known = catalogue()
    document, rules = document_from(raw, known), compiled_rules(known)
    analysis = analyse(document, known, as_of=AS_OF, raw=raw)

    def sampled() -> None:
        sensitivity(document, raw, analysis, known, rules, np.random.default_rng(1), samples=SAMPLES)

    what = f"{SAMPLES} samples of the demo company, {len(analysis.recommendations)} recommendations tried"
    yield Ratio(
        what,
        ratio(sampled, lambda: analyse(document, known, as_of=AS_OF, raw=raw), times=1),
        100,
        "one analysis of the same company, with its recommendations",
    )
    bare = ratio(sampled, lambda: analyse(document, known, as_of=AS_OF, raw=raw, with_recommendations=False), times=1)
    yield Told(what, bare, "one analysis without recommendations, of a company whose chains are known already")
