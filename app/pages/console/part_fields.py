"""The fields of a part as a template shows them: what they are called, what they hold, what can be chosen, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from app.exchange.notes_in_german import GERMAN
from app.pages.texts import PageWords
from app.web.part_forms import PREFIX, Field, PartForm, Rows, at, shown

Choices = Mapping[str, Sequence[tuple[str, str]]]
"""Kind of a field → what can be chosen: the key and what it is called."""


class ShownField(NamedTuple):
    """A field. `value`: what it holds, or what is chosen of several; `problem`: what is wrong with it."""

    name: str
    label: str
    hint: str
    kind: str
    value: str
    chosen: Sequence[str]
    options: Sequence[tuple[str, str]]
    is_required: bool
    problem: str

    @property
    def id(self) -> str:
        """Its id on the page."""
        return self.name.replace("/", "-")


class ShownRow(NamedTuple):
    """A row of a list: what its fields' names begin with, its key as it was, its fields in groups. `is_new`: it is to be filled in."""

    name: str
    was: str
    title: str
    groups: Sequence[tuple[str, Sequence[ShownField]]]
    lists: Sequence[ShownList]
    is_new: bool


class ShownList(NamedTuple):
    """A list with rows."""

    path: str
    label: str
    rows: Sequence[ShownRow]

    @property
    def is_used(self) -> bool:
        """Whether it has more than the row to fill in."""
        return len(self.rows) > 1


class Drawn(NamedTuple):
    """What fields are made from: words, choices, and what is wrong by the name of the field."""

    words: PageWords
    choices: Choices
    problems: Mapping[str, str]


def fields_of(form: PartForm, body: Mapping[str, Any], drawn: Drawn, name: str = PREFIX) -> list[ShownField]:
    """The fields of a part or a row."""
    return [_shown(field, body, drawn, name) for field in form.fields]


def lists_of(form: PartForm, body: Mapping[str, Any], drawn: Drawn, name: str = PREFIX) -> list[ShownList]:
    """The lists of a part or a row, each with one more row to fill in."""
    return [
        ShownList("/".join(one.path), drawn.words(one.label), list(_rows(one, body, drawn, name))) for one in form.lists
    ]


def every_field(fields: Sequence[ShownField], lists: Sequence[ShownList]) -> Iterator[tuple[str, ShownField]]:
    """Every field with the title of its row."""
    yield from (("", field) for field in fields)
    for list_ in lists:
        for row in list_.rows:
            yield from ((row.title, field) for _, group in row.groups for field in group)
            yield from ((row.title, field) for _, field in every_field((), row.lists))


def _rows(rows: Rows, body: Mapping[str, Any], drawn: Drawn, name: str) -> Iterator[ShownRow]:
    items = at(body, rows.path)
    items = [one for one in items if isinstance(one, Mapping)] if isinstance(items, list) else []
    for number, item in enumerate([*items, {}]):
        row = "/".join((name, *rows.path, str(number)))
        is_new = number == len(items)
        fields = fields_of(rows.row, item, drawn, row)
        groups = [
            (group, [field for _, field in each])
            for group, each in groupby(
                zip(rows.row.fields, fields, strict=True), key=lambda one: one[0].path[0] if one[0].path[1:] else ""
            )
        ]
        title = drawn.words("new_row") if is_new else _called(item, drawn.choices) or drawn.words("row_n", n=number + 1)
        yield ShownRow(row, str(item.get("key", "")), title, groups, lists_of(rows.row, item, drawn, row), is_new)


def _called(item: Mapping[str, Any], choices: Choices) -> str:
    """What a row is called: what it pays for."""
    kpi = item.get("kpi")
    return dict(choices["kpi"]).get(str(kpi), str(kpi)) if kpi else str(item.get("measure") or item.get("key") or "")


def _shown(field: Field, body: Mapping[str, Any], drawn: Drawn, name: str) -> ShownField:
    words, value, full = drawn.words, at(body, field.path), "/".join((name, *field.path))
    sentence = field.member.sentence
    hint = GERMAN.get(sentence, sentence) if words.language == "de" else sentence
    if (field.path, field.kind) == (("weight",), "percent"):
        hint = words("hint_weight")
    label = words(field.label) + (" (%)" if field.kind == "percent" else "")
    chosen = [str(one) for one in value] if isinstance(value, list) else [shown(field, value, words.language)]
    return ShownField(
        name=full,
        label=label,
        hint=hint,
        kind=field.kind,
        value=shown(field, value, words.language),
        chosen=chosen,
        options=_options(field, chosen, drawn),
        is_required=field.member.required and len(field.path) == 1,
        problem=drawn.problems.get(full, ""),
    )


def _options(field: Field, chosen: Sequence[str], drawn: Drawn) -> Sequence[tuple[str, str]]:
    """What can be chosen; also what stands there and cannot."""
    words = drawn.words
    if field.kind == "choice":
        offered = [(value, words(f"choice_{value}")) for value in field.member.values]
    elif field.kind == "yes_no":
        offered = [("true", words("yes")), ("false", words("no"))]
    else:
        offered = list(drawn.choices.get("department" if field.kind == "departments" else field.kind, ()))
    known = {value for value, _ in offered}
    return [*offered, *((one, one) for one in chosen if one and one not in known)] if offered else []
