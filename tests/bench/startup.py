"""How soon the command answers, against an import of pydantic."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.timing import Ratio, ratio

CONCORD = str(Path(sys.executable).with_name("concord"))
SMALL = """
concord: 1
organization: {name: Small}
departments: [{key: service, name: Service, function: service}]
outcomes: [{key: loyal, name: Retention rate, metric: customer.retention_rate, direction: increase, weight: 1}]
kpis: [{key: aht, department: service, name: AHT, metric: service.average_handle_time, direction: decrease, target: 300}]
"""


def ratios() -> Iterator[Ratio]:
    """Whole processes, warm file cache."""
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.yaml"
        small.write_text(SMALL)
        for what, arguments in (
            ("concord audit --help", ["audit", "--help"]),
            ("a small audit", ["audit", str(small)]),
        ):
            value = ratio(
                lambda a=arguments: run(CONCORD, *a), lambda: run(sys.executable, "-c", "import pydantic"), 15
            )  # type: ignore[misc]
            yield Ratio(what, value, 4, "python -c 'import pydantic'")


def run(*command: str) -> None:
    """A command to its end, its output read and dropped."""
    subprocess.run(command, capture_output=True, check=False)
