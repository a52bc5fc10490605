"""The pages of a workspace's settings: what holds for everybody, members, keys, embeds, webhooks, what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.pages.console.page import Head, page


def settings_page(head: Head, tab: str, tabs: Sequence[str], **said: Any) -> bytes:
    """`tab`: the last name of the page's address, empty for the first; `tabs`: those that whoever looks may open."""
    title = head.words(f"settings_{tab or 'workspace'}")
    template = f"console/settings_{tab or 'workspace'}.html"
    return page(template, head, title=title, tab=tab, tabs=tabs, **said)
