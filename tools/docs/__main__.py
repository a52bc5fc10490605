"""`python -m tools.docs` writes the generated pages; with `--check` it only says which are stale, and fails when any is."""

from __future__ import annotations

import sys
from argparse import ArgumentParser

from tools.docs.folder import stale, write
from tools.docs.pages import files


def main() -> int:
    """Write or check; 0 when all is fresh."""
    parser = ArgumentParser(prog="python -m tools.docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail when a page is stale")
    wanted = files()
    if not parser.parse_args().check:
        write(wanted)
        return 0
    found = stale(wanted)
    for path in found:
        print(f"stale: {path}", file=sys.stderr)
    if found:
        print("`make docs` writes them again", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
