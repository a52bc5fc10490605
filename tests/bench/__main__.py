"""Runs every benchmark and prints its ratios; exits 1 when one is over its bound."""

from __future__ import annotations

import sys

from tests.bench import detection, linter, paging, recommendations, rule_kernel, startup


def main() -> int:
    """Print each ratio as it is measured."""
    over = 0
    for benchmark in (startup, linter, detection, recommendations, rule_kernel, paging):
        for measured in benchmark.ratios():
            print(measured.line(), flush=True)
            over += measured.value > measured.bound
    return min(over, 1)


if __name__ == "__main__":
    sys.exit(main())
