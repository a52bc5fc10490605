"""Many plans audited in one run, against a run for each. Separate runs are measured on a few files and scaled to all of them."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from app.exchange.yaml_writer import as_yaml
from tests.bench.company import a_company
from tests.bench.timing import Ratio, processor_seconds

CONCORD = str(Path(sys.executable).with_name("concord"))
FILES = 1_000
SEPARATE = 20
TIMES_FASTER = 20


def ratios() -> Iterator[Ratio]:
    """The processor time of separate runs over all plans, in that of one run.

    A plan: two departments, four KPIs, an incentive plan of a component for each department; no two are alike. Output is JSON without
    recommendations. Half of the separate runs come before the one run and half after it, so that a machine that slows down slows both.
    """
    with tempfile.TemporaryDirectory() as folder:
        plans = [_plan(Path(folder), number) for number in range(FILES)]
        _audit(plans[0])
        before = sum(_audit(plan) for plan in plans[: SEPARATE // 2])
        together = _audit(Path(folder))
        after = sum(_audit(plan) for plan in plans[-SEPARATE // 2 :])
        separately = (before + after) * FILES / SEPARATE
        yield Ratio(
            f"{FILES} plans in one run: {FILES / together:.0f} a second of the processor",
            separately / together,
            TIMES_FASTER,
            f"{FILES} runs of one plan ({SEPARATE} measured and scaled): {FILES / separately:.1f} a second of the processor",
            at_least=True,
        )


def _audit(path: Path) -> float:
    return processor_seconds(
        [CONCORD, "audit", str(path), "--format", "json", "--no-recommendations", "--no-config"],
    )


def _plan(folder: Path, number: int) -> Path:
    path = folder / f"plan-{number:04}.yaml"
    path.write_text(as_yaml(a_company(2, 4, 2, outcomes=2, seed=number)))
    return path
