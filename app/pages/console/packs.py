"""The page of packs: what there are, as files, and what a file would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.pages.console.page import Head, Json, page


def packs_page(head: Head, organization: Json, packs: Sequence[Json], **said: Any) -> bytes:
    """`packs`: as the API shows them; `said`: the preview of a file, its text, what is wrong with it."""
    title = head.words("packs_as_files")
    return page(
        "console/packs.html", head, title=title, organization=organization, section="rules", packs=packs, **said
    )
