"""The members of the document's parts under the names that documents use: what each takes and what it means.

The checks name what was expected with it, the JSON Schema its descriptions, and sheets take their columns from it.
"""

from __future__ import annotations

import types
from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from app.domain.document import Document, Part, values
from app.domain.document.sentences import SENTENCES

Form = Literal[
    "key", "text", "metric_id", "currency", "fingerprint", "grounds", "number", "share", "whole", "flag", "day", "choice", "object",
]  # fmt: skip
"""What a member, or each item of it, is; `share` is a number from 0 to 1, `choice` one of its `values`."""

_FORMS: tuple[tuple[Any, Form], ...] = (
    (values.Key, "key"),
    (values.MetricId, "metric_id"),
    (values.Currency, "currency"),
    (values.Fingerprint, "fingerprint"),
    (values.Grounds, "grounds"),
    (values.Text, "text"),
    (values.LongText, "text"),
    (values.Share, "share"),
    (values.Number, "number"),
    (values.Positive, "number"),
    (values.NotNegative, "number"),
    (values.Count, "whole"),
    (values.Months, "whole"),
    (values.Days, "whole"),
    (values.Rank, "whole"),
    (values.Flag, "flag"),
    (values.Day, "day"),
)


class Member(NamedTuple):
    """One member of a part. `several`: it is a list; `part`: what the object, or each object of the list, is."""

    name: str
    form: Form
    several: bool
    required: bool
    values: tuple[str, ...]
    part: type[Part] | None
    sentence: str


WHOLE = Member("", "object", False, True, (), Document, "")
"""The document itself."""


def member_at(path: Sequence[str | int]) -> Member | None:
    """What may stand at a place of the document; None where nothing may."""
    member: Member | None = WHOLE
    for token in path:
        if member is None:
            return None
        if isinstance(token, int):
            member = member._replace(several=False) if member.several else None
        elif member.several or member.part is None:
            return None
        else:
            member = members_of(member.part).get(token)
    return member


@lru_cache(maxsize=64)
def members_of(part: type[Part]) -> dict[str, Member]:
    """A part's members by name, in the order of the document."""
    hints = get_type_hints(part, include_extras=True)
    sentences = SENTENCES[part.__name__]
    made = (
        _member(field.alias or name, hints[name], field.is_required(), sentences[field.alias or name])
        for name, field in part.model_fields.items()
    )
    return {member.name: member for member in made}


def _member(name: str, hint: Any, required: bool, sentence: str) -> Member:
    inner = _without_none(hint)
    several = get_origin(inner) is tuple
    item = get_args(inner)[0] if several else inner
    part = item if isinstance(item, type) and issubclass(item, Part) else None
    values = _values(item)
    form = "choice" if values else _form(item)
    return Member(name, form, several, required, values, part, sentence)


def _form(hint: Any) -> Form:
    return next((form for known, form in _FORMS if hint == known), "object")


def _values(hint: Any) -> tuple[str, ...]:
    """The values of an enumeration as JSON writes them; empty for anything else."""
    bare = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    if get_origin(bare) is not Literal:
        return ()
    return tuple("true" if v is True else "false" if v is False else str(v) for v in get_args(bare))


def _without_none(hint: Any) -> Any:
    if get_origin(hint) not in (Union, types.UnionType):
        return hint
    return next(kind for kind in get_args(hint) if kind is not types.NoneType)
