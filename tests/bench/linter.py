"""Many plans audited in one run, against a run for each. Separate runs are measured on a few files and scaled to all of them."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.company import a_company
from tests.bench.timing import Ratio, seconds

CONCORD = str(Path(sys.executable).with_name("concord"))
FILES = 1_000
SEPARATE = 20
TIMES_FASTER = 20


def ratios() -> Iterator[Ratio]:
    """The time of one run over all plans, as a share of what separate runs take; the bound is a twentieth.

    A plan: one department, four KPIs, an incentive plan of three components; no two are alike. Output is JSON without recommendations.
    Half of the separate runs come before the one run and half after it, so that a machine that slows down slows both.
    """
    with tempfile.TemporaryDirectory() as folder:
        plans = [_plan(Path(folder), number) for number in range(FILES)]
        run(plans[0])
        before = seconds(lambda: [run(plan) for plan in plans[: SEPARATE // 2]])
        together = seconds(lambda: run(Path(folder)))
        after = seconds(lambda: [run(plan) for plan in plans[-SEPARATE // 2 :]])
        separately = (before + after) * FILES / SEPARATE
        yield Ratio(
            f"{FILES} plans in one run, {separately / together:.0f} × the rate of separate runs ({FILES / together:.0f} a second)",
            together / separately,
            1 / TIMES_FASTER,
            f"{FILES} runs of one plan ({SEPARATE} measured and scaled: {FILES / separately:.1f} a second)",
        )


def run(path: Path) -> None:
    """An audit to its end, its output read and dropped."""
    subprocess.run(
        [CONCORD, "audit", str(path), "--format", "json", "--no-recommendations", "--no-config"],
        capture_output=True,
        check=False,
    )


def _plan(folder: Path, number: int) -> Path:
    path = folder / f"plan-{number:04}.json"
    path.write_text(json.dumps(a_company(1, 4, 3, outcomes=2, seed=number)))
    return path
