"""Prints the figures on the labelled companies and names: `make score`."""

from __future__ import annotations

import sys

from tests.cases.audits import scored, scored_names

COLUMNS = (
    ("all, pinned", True, ""),
    ("core, pinned", True, "core"),
    ("edge, pinned", True, "edge"),
    ("as written", False, ""),
)


def main() -> int:
    """A column for each way to score, a row for each figure; then the names that stand alone."""
    columns = [(title, scored(pinned, scope)[0]) for title, pinned, scope in COLUMNS]
    print(f"{'':26}" + "".join(f"{title:>14}" for title, _ in columns))
    for figure in columns[0][1]:
        print(f"{figure:26}" + "".join(f"{figures[figure]!s:>14}" for _, figures in columns))
    for file in ("kpi_names.json", "kpi_names_more.json"):
        shares = scored_names(file)
        print(f"\n{file}: " + ", ".join(f"{verdict} {share}" for verdict, share in shares.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
