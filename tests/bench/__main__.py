"""Runs benchmarks and prints their ratios; exits 1 when one is beyond its bound.

python -m tests.bench            every one
python -m tests.bench http plan  these
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tests.bench import (
    cash_flows,
    detection,
    embeds,
    hostile,
    http,
    linter,
    paging,
    plan,
    recommendations,
    rule_engines,
    rule_kernel,
    sensitivity,
    startup,
)

BENCHMARKS = {
    benchmark.__name__.rpartition(".")[2]: benchmark
    for benchmark in (
        startup,
        linter,
        detection,
        recommendations,
        plan,
        sensitivity,
        cash_flows,
        rule_kernel,
        rule_engines,
        paging,
        http,
        embeds,
        hostile,
    )
}
"""Every benchmark by name."""


def main(names: Sequence[str]) -> int:
    """Print each ratio as it is measured, of these benchmarks, or of all."""
    if unknown := [name for name in names if name not in BENCHMARKS]:
        sys.stderr.write(f"No benchmark is called {', '.join(unknown)}. There are: {', '.join(BENCHMARKS)}.\n")
        return 2
    beyond = 0
    for name in names or BENCHMARKS:
        for measured in BENCHMARKS[name].ratios():
            print(measured.line(), flush=True)
            beyond += not measured.holds
    return min(beyond, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
