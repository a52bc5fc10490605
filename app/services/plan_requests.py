"""What a plan has to keep to, as the API reads it, and what may be wrong with that for a document."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from app.domain.document import Document
from app.domain.faults import Fault, invalid
from app.domain.optimise_constraints import Allowed, Constraints, keys_in
from app.domain.terms import Language


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What a plan has to keep to, as the API reads it, and the language in which it is told."""

    max_changes: int = 5
    freeze: tuple[str, ...] = ()
    min_weight: float = 0.0
    max_weight: float = 1.0
    budget: str | None = None
    currency: str | None = None
    max_measures: int | None = None
    must_go: tuple[str, ...] = ()
    allow: tuple[Allowed, ...] = ()
    time_limit_seconds: float | None = None
    language: Language = "en"

    @property
    def constraints(self) -> Constraints:
        """The same for the optimiser."""
        return Constraints(
            max_changes=self.max_changes,
            frozen=self.freeze,
            least_weight=self.min_weight,
            most_weight=self.max_weight,
            budget=None if self.budget is None else float(self.budget),
            most_measures=self.max_measures,
            allowed=frozenset(self.allow),
            must_go=self.must_go,
        )

    @property
    def shown(self) -> dict[str, Any]:
        """The same as the API shows it."""
        said = {name: value for name, value in asdict(self).items() if value not in (None, ()) and name != "language"}
        currency = said.pop("currency", None)
        if "budget" in said:
            said["budget"] = {"amount": said["budget"], **({"currency": currency} if currency else {})}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}


def check(request: PlanRequest, document: Document, fingerprints: Collection[str]) -> None:
    """Raise DocumentInvalid for constraints that name what is not there, or contradict each other. `fingerprints`: of the open findings."""
    if faults := [*_unknown_names(request, document, fingerprints), *_contradictions(request, document)]:
        raise invalid(faults)


def _unknown_names(request: PlanRequest, document: Document, fingerprints: Collection[str]) -> Iterator[Fault]:
    keys = keys_in(document)
    for place, key in enumerate(request.freeze):
        if key not in keys:
            yield Fault(("freeze", place), "unknown_part", key, options=keys)
    for place, fingerprint in enumerate(request.must_go):
        if fingerprint not in fingerprints:
            yield Fault(("must_go", place), "unknown_finding", fingerprint, options=tuple(fingerprints))


def _contradictions(request: PlanRequest, document: Document) -> Iterator[Fault]:
    if request.min_weight > request.max_weight:
        bound = {"bound": str(request.max_weight)}
        yield Fault(("min_weight",), "too_large", request.min_weight, "at_most", details=bound)
    currency = document.organization.currency
    if request.currency is not None and request.currency != currency:
        options = (currency,) if currency else ()
        details = {"values": currency or "—"}
        yield Fault(("budget", "currency"), "not_one_of", request.currency, "one_of", options, details)
