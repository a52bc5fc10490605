"""Who asks, and what they may do."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

from app.domain.errors import Forbidden

Scope = Literal["read", "write", "admin", "embed"]

SCOPES: tuple[Scope, ...] = get_args(Scope)

_IMPLIED: dict[Scope, frozenset[Scope]] = {
    "read": frozenset(("read", "write", "admin")),
    "write": frozenset(("write", "admin")),
    "admin": frozenset(("admin",)),
    "embed": frozenset(("embed", "admin")),
}
"""Scope → the scopes any of which grants it."""


class Caller(NamedTuple):
    """The holder of a credential.

    `workspace`: the id of the workspace that everything happens in; `actor`: the name that audit events carry; `credential`: the id of the
    key or the subject of the token; `organizations`: keys of the only organizations that may be seen, None for all; `request_id`: of the
    request that is being answered.
    """

    workspace: str
    actor: str
    credential: str
    scopes: frozenset[Scope]
    organizations: frozenset[str] | None = None
    request_id: str | None = None

    def may(self, scope: Scope) -> bool:
        """Whether the credential grants a scope; who may write may read, who administers may do all."""
        return not self.scopes.isdisjoint(_IMPLIED[scope])

    def needs(self, scope: Scope) -> None:
        """Raise Forbidden when the credential does not grant a scope."""
        if not self.may(scope):
            raise Forbidden(scope)

    def sees(self, organization: str) -> bool:
        """Whether the credential is good for an organization."""
        return self.organizations is None or organization in self.organizations
