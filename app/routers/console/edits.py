"""What somebody typed about a part of the model: in fields or as YAML, of which one is what counts and the other is kept as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from app.domain.document import Component, Department, IncentivePlan, Kpi, Outcome, Part
from app.domain.document.parts import PartId
from app.domain.errors import DocumentInvalid
from app.domain.faults import Fault, invalid
from app.domain.nearest import nearest_key
from app.domain.stored_form import LONGEST_KEY, Raw
from app.domain.terms import Language
from app.exchange.places import Place
from app.exchange.read import read
from app.exchange.source import Source
from app.exchange.yaml_writer import as_yaml
from app.routers.console.flow import Form
from app.web.part_forms import PREFIX, Said, form_of, ordered, said

Side = Literal["form", "yaml"]

PARTS: Mapping[str, type[Part]] = {
    "departments": Department,
    "outcomes": Outcome,
    "kpis": Kpi,
    "incentive_plans": IncentivePlan,
}
"""The lists whose items have a form."""


class Typed(NamedTuple):
    """What was typed. `said`: what counts, None where its YAML cannot be read, which `error` tells; `source`: the same with its places.

    `fields`: what the fields are to show; `yaml`: the text beside them; `was`: the text with which the fields were in step last; `both`:
    fields and text were changed without being brought in step, so that one of them is not what counts.
    """

    side: Side
    said: Raw | None
    source: Source | None
    error: DocumentInvalid | None
    fields: Said
    yaml: str
    was: str
    both: bool


def text_of(list_: str, body: Mapping[str, Any]) -> str:
    """A part as YAML, its members in the order of the document."""
    return as_yaml(ordered(body, PARTS[list_])) if body else ""


def typed_part(form: Form, part: PartId, language: Language) -> Typed:
    """What the editor's form says of a part; a part without a key is a new one."""
    spec = form_of(part.list)
    assert spec is not None
    side: Side = "yaml" if form.one("side") == "yaml" else "form"
    yaml, was = (form.one(name).replace("\r\n", "\n") for name in ("yaml", "was"))
    written, error = _read(yaml)
    before = (_read(was)[0] or _of_values({})).raw
    values = {name: typed for name, typed in form.fields.items() if name.startswith(f"{PREFIX}/")}
    fields = said(spec, values, before, language)
    yaml_changed, form_changed = yaml != was, fields.body != before
    both = yaml_changed and form_changed
    if side == "yaml":
        if written is None or both:
            return Typed(side, written and written.raw, written, error, fields, yaml, was, both)
        return Typed(side, written.raw, written, None, Said(written.raw, {}), yaml, yaml, both)
    if yaml_changed and written is not None:
        fields = said(spec, values, written.raw, language)
    body = with_keys(part, fields.body)
    fields = fields._replace(body=body)
    if yaml_changed:
        return Typed(side, body, _of_values(body), None, fields, yaml, was, both)
    text = text_of(part.list, body)
    return Typed(side, body, _of_values(body), None, fields, text, text, both)


def with_keys(part: PartId, body: Raw) -> Raw:
    """The part with keys where the form left them empty: made of what it is called, and of what its components pay for."""
    key = body.get("key") or part.key or nearest_key(str(body.get("name") or body.get("role") or ""))
    if key and not body.get("key"):
        body = {"key": key, **body}
    components = body.get("components")
    if not isinstance(components, list):
        return body
    taken = {one.get("key") for one in components}
    made = []
    for one in components:
        if not one.get("key"):
            one = {"key": _free(f"{key or 'plan'}-{one.get('kpi') or one.get('measure') or 'part'}", taken), **one}
        made.append(ordered(one, Component))
    return {**body, "components": made}


def _free(wanted: str, taken: set[Any]) -> str:
    """A key of what is wanted that is not taken yet, and is from now on."""
    plain = (nearest_key(wanted) or "part")[: LONGEST_KEY - 4].rstrip("-._")
    key = next(
        one
        for number in range(1, len(taken) + 2)
        if (one := plain if number == 1 else f"{plain}-{number}") not in taken
    )
    taken.add(key)
    return key


def _read(text: str) -> tuple[Source | None, DocumentInvalid | None]:
    """What YAML says, or what is wrong with it."""
    try:
        source = read(text.encode("utf-8", "replace"), "yaml", "yaml")
    except DocumentInvalid as error:
        return None, error
    if not isinstance(source.raw, dict):
        return None, invalid([Fault((), "wrong_type", source.raw, "object")], source.raw)
    return source, None


def _of_values(body: Raw) -> Source:
    return Source("form", body, "json", _Nowhere())


class _Nowhere:
    """Places of values that stand in no text."""

    def at(self, pointer: str, code: str = "") -> Place:
        """No place."""
        return Place()
