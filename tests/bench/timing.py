"""How the benchmarks measure and report: medians of interleaved runs, as ratios, against a bound."""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""For commands: modules are compiled once, as on any machine where they are installed."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """A measured ratio, what it was measured against, and the bound that it is held to: the most it may be, or the least."""

    what: str
    value: float
    bound: float
    baseline: str
    at_least: bool = False

    @property
    def holds(self) -> bool:
        """Whether it keeps to its bound."""
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def line(self) -> str:
        """One line of the report."""
        verdict, sense = "ok" if self.holds else "MISS", "at least" if self.at_least else "bound"
        return f"{verdict:4} {self.value:8.2f}  ({sense} {self.bound:g})  {self.what}\n{'':21}against {self.baseline}"


@dataclass(frozen=True, slots=True)
class Told:
    """A ratio that nothing is held to: it says what others are to be judged by."""

    what: str
    value: float
    baseline: str
    holds: bool = True

    def line(self) -> str:
        """One line of the report."""
        return f"{'':4} {self.value:8.2f}  {'':14}{self.what}\n{'':21}against {self.baseline}"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A ratio that could not be measured here, and why; it is no miss."""

    what: str
    why: str
    holds: bool = True

    def line(self) -> str:
        """One line of the report."""
        return f"skip {'':9} {self.what}: {self.why}"


def seconds(run: Callable[[], object]) -> float:
    """How long one run takes; what earlier runs left behind is collected first."""
    gc.collect()
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def ratio(run: Callable[[], object], baseline: Callable[[], object], times: int = 5) -> float:
    """The median over pairs of runs, one of each in turn, so that a machine that slows down slows both."""
    run(), baseline()
    return statistics.median(seconds(run) / max(seconds(baseline), 1e-9) for _ in range(times))


def processor_seconds(command: Sequence[str]) -> float:
    """What a command takes of the processor to its end, its output read and dropped."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=False, env=ENVIRONMENT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
