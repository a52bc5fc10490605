"""The page to sign in."""

from __future__ import annotations

from typing import NamedTuple

from app.domain.terms import Language
from app.pages.environment import rendered
from app.pages.texts import PageWords


class AtIssuer(NamedTuple):
    """Signing in at the issuer: where, what the button says (empty: as usual), and where people sign out of the issuer after they have
    signed out here, if they can."""

    address: str
    label: str
    farewell: str | None


def sign_in_page(
    base: str,
    language: Language,
    *,
    way_back: str,
    reason: str = "",
    at_issuer: AtIssuer | None = None,
    has_ended: bool = False,
) -> bytes:
    """Where people go to the issuer or show their key. `reason`: why it did not work, as the name of a text; `has_ended`: they have just
    signed out."""
    said = {"way_back": way_back, "reason": reason, "at_issuer": at_issuer, "has_ended": has_ended}
    return rendered("console/sign_in.html", PageWords(language), base=base, theme="auto", **said)
