"""README's result: what the demo company is told, shortened, between the fences of its one block of `console`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from app.catalogue.load import catalogue
from app.exchange.read import read_path
from app.reports import text
from app.services import audits

ROOT = Path(__file__).parents[2]
DEMO = "app/catalogue/templates/telecom.yaml"
DAY = date(2026, 11, 22)
COMMAND = f"$ concord audit {DEMO} --as-of {DAY} --exit-zero"
BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
GAP = "…"

PARTS = (
    (r"Tallowmere", r"Findings"),
    (r"WHO WORKS AGAINST WHOM", r"Rows push"),
    (r"FINDINGS, WORST FIRST", r"    Also|$"),
    (r"WHAT TO CHANGE", r"     Why"),
)
"""What is shown: from the line that begins so to before the next one that begins so."""


def readme() -> str:
    """README with the result of today's engine and knowledge; all else as it stands."""
    written = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = "\n".join([COMMAND, *_shortened(_printed())]) + "\n"
    return BLOCK.sub(lambda _: shown, written, count=1)


def _printed() -> list[str]:
    source = read_path(ROOT / DEMO)
    page = text.render_analysis(audits.audit(source, as_of=DAY), raw=source.raw, catalogue=catalogue())
    return [line.rstrip() for line in page.decode().splitlines()]


def _shortened(lines: Sequence[str]) -> Iterator[str]:
    """The parts, a gap after each; empty lines around gaps are left out."""
    for begins, ends in PARTS:
        first = next(place for place, line in enumerate(lines) if re.match(begins, line))
        last = next(place for place in range(first + 1, len(lines)) if re.match(ends, lines[place]))
        part = list(lines[first:last])
        while not part[-1]:
            part.pop()
        yield from [*part, GAP]
