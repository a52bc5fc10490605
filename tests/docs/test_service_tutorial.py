"""docs/service-tutorial.md works as it stands: its files are written, its changes made, its commands and its Python run, in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import DOCS, Block, blocks
from tests.docs.test_tutorial import ADDRESS, follow, served


@pytest.mark.slow
def test_the_tutorial_of_the_service_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Whoever follows the page from top to bottom, with an empty service, sees what it says."""
    for kind in ("CONFIG", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    folder = tmp_path / "work"
    folder.mkdir()
    with served() as address:
        for block in blocks(DOCS / "service-tutorial.md"):
            follow(_of(block, address), folder, address)


def _of(block: Block, address: str) -> Block:
    """The block, its Python with the address of the service that runs."""
    return block._replace(text=block.text.replace(ADDRESS, address)) if block.language == "python" else block
