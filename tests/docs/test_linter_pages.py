"""The pages on settings, baselines and waivers work as they stand: files are written, commands run, in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.consoles import prints, run, steps
from tests.docs.pages import DOCS, blocks


@pytest.mark.slow
@pytest.mark.parametrize("page", ["configuration.md", "baselines-and-waivers.md"])
def test_the_page_works(page: str, tmp_path: Path):
    """Whoever follows the page from top to bottom sees what it says."""
    (tmp_path / "plans").mkdir()
    for block in blocks(DOCS / page):
        if block.name:
            (tmp_path / block.name).write_text(block.text, encoding="utf-8")
        for command, output in steps(block):
            printed = run(command, tmp_path)
            assert prints(output, printed), f"line {block.line}: {command}\nprints\n{printed}\nand not\n{output}"
