"""Links among pages lead somewhere, down to the heading."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT, anchors, links

PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]


@cache
def known_anchors(page: Path) -> set[str]:
    return anchors(page)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path):
    """Every link to a file finds it, and every link to a heading finds the heading."""
    assert [target for target in links(page) if not _leads_somewhere(page, target)] == []


def _leads_somewhere(page: Path, target: str) -> bool:
    if target.startswith(("https://", "http://", "mailto:")):
        return True
    file, _, anchor = target.partition("#")
    found = (page.parent / file).resolve() if file else page
    if not found.is_file():
        return False
    return not anchor or anchor in known_anchors(found)
