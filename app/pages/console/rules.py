"""The pages of rules: all that hold in an organization, and one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.pages.console.page import Head, Json, page
from app.services.rule_texts import RuleText


def rules_page(
    head: Head,
    organization: Json,
    listed: Sequence[Json],
    packs: Mapping[str, str],
    shows: Sequence[str],
    show: str,
    pack: str,
) -> bytes:
    """The rules by pack. `packs`: id of each → its name; `shows`: what the list can be narrowed to; `show` and `pack`: what it is."""
    by_pack = [(id_, name, [one for one in listed if one["pack"] == id_]) for id_, name in packs.items()]
    return page(
        "console/rules.html",
        head,
        title=head.words("rules_of", name=organization["name"]),
        organization=organization,
        section="rules",
        by_pack=[one for one in by_pack if one[2]],
        packs=packs,
        shows=shows,
        show=show,
        pack=pack,
    )


def rule_page(head: Head, organization: Json, *, text: RuleText, **said: Any) -> bytes:
    """One rule in words, with what it made of the organization."""
    title = f"{text.id}: {text.title}"
    return page("console/rule.html", head, title=title, organization=organization, section="rules", text=text, **said)
