"""What comes of a run: every document that was audited, or refused, and what is to be said of the run as a whole."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from app.cli.audit_settings import InForce
from app.cli.inputs import Input
from app.domain.terms import Language

if TYPE_CHECKING:
    from app.domain.catalogue import Catalogue
    from app.domain.errors import DocumentInvalid
    from app.domain.findings import Analysis
    from app.exchange.source import Source


class How(NamedTuple):
    """As of when, in which language, and whether with recommendations."""

    as_of: date
    language: Language
    with_recommendations: bool


class Audited(NamedTuple):
    """A document that was audited, and by which settings. `is_stale`: something was fixed that its baseline still lists."""

    given: Input
    source: Source
    analysis: Analysis
    in_force: InForce
    is_stale: bool = False


class Unread(NamedTuple):
    """A document that was refused; `invalid` lists its problems where it could be opened at all."""

    given: Input
    reason: str
    invalid: DocumentInvalid | None = None


class Outcome(NamedTuple):
    """Every document of a run, in order, and what is to be said of the run as a whole."""

    documents: tuple[Audited | Unread, ...]
    notices: tuple[str, ...] = ()

    @property
    def audited(self) -> list[Audited]:
        """The documents that could be audited."""
        return [one for one in self.documents if isinstance(one, Audited)]

    @property
    def catalogue(self) -> Catalogue:
        """What reports name things by, with the rules that were run."""
        from app.catalogue.load import catalogue

        known = catalogue()
        own = {
            id_: r for one in self.audited if one.in_force.rulebook for id_, r in one.in_force.rulebook.rules.items()
        }
        return known._replace(rules={**known.rules, **own}) if own else known

    @property
    def unread(self) -> list[Unread]:
        """The documents that were refused."""
        return [one for one in self.documents if isinstance(one, Unread)]
