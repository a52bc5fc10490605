"""`python -m tools.openapi` writes openapi.json at the root of the repository; with `--check` it only says whether it is stale."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path

from app.main import application
from app.settings import Settings

FILE = Path(__file__).parents[1] / "openapi.json"


def wanted() -> str:
    """The document of the service as it is."""
    return json.dumps(application(Settings()).openapi(), indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    """Write or check; 0 when the file is fresh."""
    parser = ArgumentParser(prog="python -m tools.openapi", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail when the file is stale")
    if not parser.parse_args().check:
        FILE.write_text(wanted(), encoding="utf-8")
        return 0
    if FILE.is_file() and FILE.read_text(encoding="utf-8") == wanted():
        return 0
    print(f"stale: {FILE.name}; `make docs` writes it again", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
