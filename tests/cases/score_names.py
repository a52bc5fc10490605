#!/usr/bin/env python3
"""Score a name resolver against labelled names.

usage: score_names.py NAMES.json [--command "concord metrics resolve {file} --format json"] [--verbose]

The command gets a file {"names": [{"name", "function", "unit", "direction"}]} and prints {"items": [resolution …]} in the same order
(a resolution as in docs/analysis.md). right counts a name left unresolved where no metric fits; wrong is a match to what it is
not, or with the wrong polarity.
"""

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from score import judge_name


def main() -> int:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("names", type=Path)
    args.add_argument("--command", default="concord metrics resolve {file} --format json")
    args.add_argument("--verbose", action="store_true")
    args = args.parse_args()
    labels = json.loads(args.names.read_text())
    asked = [{k: n.get(k) for k in ("name", "function", "unit", "direction") if n.get(k) is not None} for n in labels]
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"names": asked}, file)
        file.flush()
        run = subprocess.run(
            [a.replace("{file}", file.name) for a in shlex.split(args.command)],
            capture_output=True,
            text=True,
            timeout=120,
        )
    if run.returncode:
        print(f"exit status {run.returncode}: {run.stderr.strip()[-300:]}")
        return 1
    items = json.loads(run.stdout)["items"]
    verdicts = [judge_name(label, item) for label, item in zip(labels, items, strict=True)]
    for verdict, number in sorted(Counter(verdicts).items()):
        print(f"{verdict:8} {number / len(verdicts):.3f}")
    if args.verbose:
        for label, item, verdict in zip(labels, items, verdicts, strict=True):
            if verdict != "right":
                print(
                    f"{verdict}: {label['name']!r} -> {item.get('metric')} (expected {label['metric']}, score {item.get('score')})"
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
