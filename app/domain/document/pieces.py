"""A document in pieces, so that one KPI can be replaced without looking at all that stays as it is.

Every change is checked, named by its hash and kept as a whole document. What a check of the whole says of one that was valid, and in which
one KPI was replaced, depends on the new KPI and the few members that KPIs refer to; the canonical form puts members together that do not
depend on each other. Both are proved on generated documents (`tests/properties/test_document_pieces.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, NamedTuple

from app.domain.canonical import canonical_text, plain
from app.domain.document import Document
from app.domain.document.checks import checked
from app.domain.document.core import without_defaults
from app.domain.stored_form import Raw, stored_item

if TYPE_CHECKING:
    from app.domain.catalogue import Catalogue

KPIS = "kpis"

_REPEATED = ("direction", "metric", "family", "inverted")
"""Members of a KPI that components of incentive plans may repeat, and must not contradict."""


class Pieces(NamedTuple):
    """A valid document: `raw` is the form in which it is kept, `members` and `kpis` are the canonical texts of its other members and of
    its KPIs by key."""

    raw: Raw
    members: Mapping[str, str]
    kpis: Mapping[str, str]

    @property
    def content_hash(self) -> str:
        """What `content_hash` says of the document."""
        texts = dict(self.members)
        if self.kpis:
            texts[KPIS] = "[" + ",".join(sorted(self.kpis.values())) + "]"
        whole = "{" + ",".join(f"{encode_basestring(name)}:{texts[name]}" for name in sorted(texts)) + "}"
        return "sha256:" + hashlib.sha256(whole.encode()).hexdigest()


class Replaced(NamedTuple):
    """A document in which a KPI was replaced; `place` is where it stands, in the document before as well."""

    pieces: Pieces
    place: int


def in_pieces(document: Document, raw: Raw) -> Pieces:
    """The pieces of a valid document, whose stored form is given."""
    said = plain(document)
    kpis = {kpi["key"]: canonical_text(kpi) for kpi in said.pop(KPIS, ())}
    return Pieces(raw, {name: canonical_text(value) for name, value in said.items()}, kpis)


def with_kpi(pieces: Pieces, key: str, said: Mapping[str, Any], catalogue: Catalogue) -> Replaced | None:
    """The document with what is said of one of its KPIs, whose key that repeats.

    None where all of it has to be looked at: it has no such KPI, it would not be valid, or incentive plans may repeat what changes.
    """
    items = pieces.raw.get(KPIS, ())
    place = next((place for place, item in enumerate(items) if item["key"] == key), None)
    if place is None or said.get("key") != key:
        return None
    before = items[place]
    if any(said.get(name) != before.get(name) for name in _REPEATED):
        return None
    document, faults = checked({**_around(pieces.raw, said), KPIS: [said]}, catalogue)
    if faults or document is None:
        return None
    (kpi,) = document.kpis
    raw = {**pieces.raw, KPIS: [*items[:place], stored_item(kpi), *items[place + 1 :]]}
    return Replaced(Pieces(raw, pieces.members, {**pieces.kpis, key: canonical_text(without_defaults(kpi))}), place)


def _around(raw: Raw, said: Mapping[str, Any]) -> Raw:
    """What decides, beside a KPI itself, whether it may stand in a document: the departments, segments and own metrics that it names."""
    sharing = said.get("shared_with")
    named = [said.get("department"), *(sharing if isinstance(sharing, list | tuple) else ())]
    departments = [_alone(department) for department in raw.get("departments", ()) if department["key"] in named]
    metrics = [metric for metric in raw.get("metrics", ()) if metric["id"] == said.get("metric")]
    organization = raw["organization"] if "segment" in said else {"name": raw["organization"]["name"]}
    return {"concord": raw["concord"], "organization": organization, "departments": departments, "metrics": metrics}


def _alone(department: Raw) -> Raw:
    """A department without the one that it is part of."""
    return {name: value for name, value in department.items() if name != "parent"}
