"""Lists of stored things: what every one of them understands, and the envelope that all have.

A list names its filters and its orders, and hands what is wanted to its service, which pages in the database:

    class ApiKeyParameters(Created, StoredListParameters):
        \"""How keys are filtered and ordered.\"""

        name: Annotated[list[str], COMMAS] = Field(default=[], description="Names of keys.")
        sort: Annotated[list[Literal["name", "-name", "created_at", "-created_at"]], COMMAS] = SORT

    @router.get("", operation_id="list_api_keys", responses=answers_list(ApiKey, "Keys."))
    def list_api_keys(
        caller: Admin, asked: Annotated[ApiKeyParameters, Query()], answer: JsonAnswer, store: Store
    ) -> Response:
        \"""List keys.\"""
        found = api_keys.listed(store, caller, wanted(answer, asked, caller, ApiKey))
        return page(answer, asked, caller, found.of(lambda key: key.shown))

Parameters that are neither these nor listed in `aside` are filters and go to the list's `Listing` (`app.storage.pages`) by their names.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field
from starlette.responses import Response

from app.domain.access import Caller
from app.domain.faults import Fault, problem
from app.domain.pages import LARGEST_PAGE, PAGE, Found, Place, Wanted, words_of
from app.reports.canonical_json import written
from app.web.answers import Answer, tag_of
from app.web.cursors import read_cursor, write_cursor
from app.web.kept_lists import ListPage
from app.web.negotiation import JSON
from app.web.page_links import as_text, link_header, links
from app.web.parameters import COMMAS, Flag, Moment, Parameters, Search
from app.web.problem_types import INVALID_REQUEST
from app.web.problems import Refused
from app.web.stored import CACHE
from app.web.stored import written as written_item

SORT: Any = Field(default=[], description="Members to order by, `-` before one for descending order.")
"""The parameter `sort` of a list, with the members that it may name as its type."""


class StoredListParameters(Parameters):
    """What every list of stored things understands. `aside`: parameters of a list that are no filters."""

    aside: ClassVar[frozenset[str]] = frozenset()

    limit: Annotated[int, Field(ge=1)] = Field(
        default=PAGE, description=f"Items on a page; more than {LARGEST_PAGE} are lowered to {LARGEST_PAGE}."
    )
    cursor: Annotated[str, Field(max_length=2000)] | None = Field(
        default=None, description="A place in the list, taken from `next` or `prev`."
    )
    count: Flag = Field(default=False, description="Whether `total` is wanted.")
    fields: Annotated[list[str], COMMAS] = Field(
        default=[], description="The only members that items shall have; all when it is left out."
    )


class Searched(Parameters):
    """Lists that can be searched."""

    q: Search | None = Field(default=None, description="Words that must all occur in what the list can be searched by.")


class Created(Parameters):
    """Lists of things with an instant at which they were made."""

    created_after: Moment | None = Field(default=None, description="Only what was made after this instant.")
    created_before: Moment | None = Field(default=None, description="Only what was made before this instant.")


def wanted(answer: Answer, asked: StoredListParameters, caller: Caller, model: type[BaseModel]) -> Wanted:
    """What is asked of a list whose items are shown as the model says. Raises Refused (400)."""
    members = tuple(field.alias or name for name, field in model.model_fields.items())
    _check_fields(asked.fields, members)
    return Wanted(
        limit=min(asked.limit, LARGEST_PAGE),
        sort=tuple(_once(getattr(asked, "sort", ()))),
        place=read_cursor(asked.cursor, _binding(answer, asked, caller)) if asked.cursor else None,
        filters=filters_of(asked, aside=(*StoredListParameters.model_fields, "sort", "q", *asked.aside)),
        words=words_of(getattr(asked, "q", None)),
        counted=asked.count,
    )


def page(answer: Answer, asked: StoredListParameters, caller: Caller, found: Found[Mapping[str, Any]]) -> Response:
    """The page that was found, or 304 when the client has it."""
    around = page_links(answer, asked, caller, found)
    items = [_narrowed(item, asked.fields) for item in found.items]
    return answer.json({"items": items, **around, **_total(found)}, _headers(around))


def page_of_texts(answer: Answer, asked: StoredListParameters, caller: Caller, found: Found[str]) -> ListPage:
    """What `page` answers with, byte for byte, of items that are the texts of JSON already; `sent` sends it."""
    around = page_links(answer, asked, caller, found)
    rest = written({**around, **_total(found)})
    items = map(partial(_narrowed_text, fields=asked.fields), found.items) if asked.fields else found.items
    body = b'{"items":[' + ",".join(items).encode() + b"]," + rest[1:]
    return ListPage(body, tag_of(body), link_header(around)["Link"])


def sent(answer: Answer, made: ListPage) -> Response:
    """A page that was made now or before, or 304 when the client has it."""
    return answer.tagged(made.body, made.tag, JSON, {"Link": made.link, "Cache-Control": CACHE})


def _total(found: Found[Any]) -> dict[str, int]:
    return {} if found.total is None else {"total": found.total}


def _headers(around: Mapping[str, str]) -> dict[str, str]:
    return {**link_header(around), "Cache-Control": CACHE}


def page_links(answer: Answer, asked: StoredListParameters, caller: Caller, found: Found[Any]) -> dict[str, str]:
    """Relation → address, of the page that was found and of those around it."""
    binding = _binding(answer, asked, caller)

    def cursor(place: Place | None) -> str | None:
        return write_cursor(place, binding) if place else None

    return links(answer, answer.path, asked, after=cursor(found.after), before=cursor(found.before))


def _check_fields(asked: Sequence[str], known: Sequence[str]) -> None:
    expected = {"values": ", ".join(known)}
    faults = [Fault(("fields",), "not_one_of", name, "one_of", known, expected) for name in asked if name not in known]
    if faults:
        raise Refused(INVALID_REQUEST, problems=[problem(fault) for fault in faults], in_parameters=True)


def _once(sort: Sequence[str]) -> list[str]:
    """The members to order by; one that is named again says nothing more."""
    seen: dict[str, str] = {}
    for member in sort:
        seen.setdefault(member.removeprefix("-"), member)
    return list(seen.values())


def filters_of(asked: Parameters, aside: Collection[str]) -> dict[str, tuple[Any, ...]]:
    """Filter → the values any of which will do, of the parameters that are filters: all but those `aside`."""
    given = {name: getattr(asked, name) for name in type(asked).model_fields if name not in aside}
    return {
        name: tuple(value) if isinstance(value, list) else (value,)
        for name, value in given.items()
        if value not in (None, [])
    }


def _binding(answer: Answer, asked: StoredListParameters, caller: Caller) -> list[Any]:
    """What a cursor belongs to: the list in its workspace, everything that decides what is in it, and its order."""
    said = asked.model_dump(exclude={"limit", "cursor", "count", "fields"})
    return [caller.workspace, answer.path, sorted((name, as_text(value)) for name, value in said.items())]


def _narrowed_text(item: str, fields: Sequence[str]) -> str:
    return written_item(_narrowed(json.loads(item), fields)).decode()


def _narrowed(item: Mapping[str, Any], fields: Sequence[str]) -> Mapping[str, Any]:
    return {name: value for name, value in item.items() if name in fields} if fields else item
