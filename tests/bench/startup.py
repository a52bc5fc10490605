"""How much of the processor the command takes until it has answered, against an import of pydantic."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.timing import Ratio, processor_seconds

CONCORD = str(Path(sys.executable).with_name("concord"))
BASELINE = (sys.executable, "-c", "import pydantic")
SMALL = """
concord: 1
organization: {name: Small}
departments: [{key: service, name: Service, function: service}]
outcomes: [{key: loyal, name: Retention rate, metric: customer.retention_rate, direction: increase, weight: 1}]
kpis: [{key: aht, department: service, name: AHT, metric: service.average_handle_time, direction: decrease, target: 300}]
"""
RUNS = 25


def ratios() -> Iterator[Ratio]:
    """Whole processes, warm file cache: the least that each command takes over runs in turn, since whatever else runs only adds."""
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.yaml"
        small.write_text(SMALL)
        commands = (BASELINE, (CONCORD, "audit", "--help"), (CONCORD, "audit", str(small)))
        turns = [[processor_seconds(command) for command in commands] for _ in range(RUNS)]
    baseline, *taken = (min(runs) for runs in zip(*turns, strict=True))
    for what, seconds in zip(("concord audit --help", "a small audit"), taken, strict=True):
        yield Ratio(what, seconds / baseline, 4, "python -c 'import pydantic'")
