"""docs/plans.md and docs/recommendations.md work as they stand: their commands are run in order, each page in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.consoles import prints, run, steps
from tests.docs.pages import DOCS, blocks


@pytest.mark.slow
@pytest.mark.parametrize("page", ["plans.md", "recommendations.md"])
def test_what_the_page_shows_is_what_is_printed(page: str, tmp_path: Path):
    """Whoever follows the page from top to bottom sees what it says."""
    for block in blocks(DOCS / page):
        assert block.language == "console", f"line {block.line}: nothing is done with a block of {block.language!r}"
        for command, output in steps(block):
            printed = run(command, tmp_path)
            assert prints(output, printed), f"line {block.line}: {command}\nprints\n{printed}\nand not\n{output}"
