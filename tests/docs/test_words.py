"""The project speaks of itself alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT, read

TEMPLATES = ROOT / "app" / "catalogue" / "templates"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md")), *sorted(TEMPLATES.glob("*.yaml"))]
FORBIDDEN = {
    "a path of some machine": re.compile(r"(?<![\w.])/(?:work|home|root|Users|mnt|opt|var/lib)/"),
    "the number of an issue": re.compile(r"\b(?:issue|ticket|PR|pull request)s? #?\d+", re.IGNORECASE),
    "work left over": re.compile(r"\b(?:TODO|FIXME|TBD|XXX)\b|<!-- figures -->"),
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_pages_speak_of_the_project_alone(page: Path):
    """No page names a machine, a number in somebody's tracker, or work that is left over."""
    text = read(page)

    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []
