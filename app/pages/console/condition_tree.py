"""A condition as the fields of a form: groups and comparisons as a tree, out of app.domain.rules.forms and back into it without loss.

Each part of the tree has a path, `t`, `t.0`, `t.0.1`, and its fields are called `<path>:<what>`. What the fields of a comparison cannot
hold stands in one as text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.rules.forms import AMONG, KNOWN, MISSING, comparisons, fields_of, text_of
from app.domain.rules.schema import FactKind, Field

Tree = dict[str, Any]
Fields = Mapping[str, Sequence[str]]

ROOT = "t"
MOST_PARTS = 200
MOST_DEPTH = 40

PLAIN = ""
"""What a yes or no is asked by itself."""
SEPARATOR = ", "
"""Between values any of which will do."""


def tree_of(form: Mapping[str, Any], kind: FactKind) -> Tree:
    """The tree that shows a form of a condition."""
    if "not" in form:
        inner = tree_of(form["not"], kind)
        return {**inner, "not": True} if not inner["not"] else _text(form)
    for join in ("all", "any"):
        if join in form:
            return {"not": False, "join": join, "parts": [tree_of(part, kind) for part in form[join]]}
    if "text" in form:
        return {"not": False, "text": form["text"]}
    return _compared(form, kind)


def form_from(tree: Tree, kind: FactKind) -> dict[str, Any]:
    """The form that a tree shows, as app.domain.rules.forms has it, which also tells what is wrong with it."""
    if tree["not"]:
        return {"not": form_from({**tree, "not": False}, kind)}
    if "join" in tree:
        return {tree["join"]: [form_from(part, kind) for part in tree["parts"]]}
    if "text" in tree:
        return {"text": tree["text"]}
    asked, name = tree["is"], tree["field"]
    if asked == PLAIN:
        return {"field": name}
    if asked in (MISSING, KNOWN):
        return {"field": name, "is": asked}
    field = kind.fields.get(name)
    if asked == AMONG:
        values = [_constant(each.strip(), field) for each in tree["to"].split(SEPARATOR.strip()) if each.strip()]
        return {"field": name, "is": asked, "values": values}
    if tree["with"] in ("param", "other"):
        return {"field": name, "is": asked, tree["with"]: tree["to"].strip()}
    return {"field": name, "is": asked, "value": _constant(tree["to"], field)}


def tree_in(fields: Fields, path: str = ROOT, depth: int = 0) -> Tree | None:
    """The tree that the fields of a form hold; None where they hold none."""
    negated = f"{path}:not" in fields
    if f"{path}:join" in fields:
        count = min(_number(_one(fields, path, "parts")), MOST_PARTS) if depth < MOST_DEPTH else 0
        parts = [part for place in range(count) if (part := tree_in(fields, f"{path}.{place}", depth + 1)) is not None]
        return {"not": negated, "join": "any" if _one(fields, path, "join") == "any" else "all", "parts": parts}
    if f"{path}:text" in fields:
        return {"not": negated, "text": _one(fields, path, "text")}
    if f"{path}:field" not in fields:
        return None
    said = {name: _one(fields, path, name) for name in ("field", "is", "with", "to")}
    return {"not": negated, **said}


def edited(tree: Tree, what: str, kind: FactKind) -> Tree:
    """The tree after a button of it: `add <path>` a comparison, `group <path>` a group, `remove <path>` a part."""
    verb, _, path = what.partition(" ")
    steps = [_number(step) for step in path.split(".")[1:]]
    return _edited(tree, verb, steps, kind) or new_part(kind)


def fitted(tree: Tree, kind: FactKind) -> Tree:
    """The tree as its fields can show it: a field that was just chosen is asked what it can be, one that the table lacks stands as text."""
    if "join" in tree:
        return {**tree, "parts": [fitted(part, kind) for part in tree["parts"]]}
    if "text" in tree:
        return tree
    field = kind.fields.get(tree["field"])
    if field is None or not field.testable:
        return {"not": tree["not"], "text": text_of(form_from({**tree, "not": False}, kind))}
    return tree if tree["is"] in asked_of(field) else {**_first_of(field), "not": tree["not"]}


def new_part(kind: FactKind) -> Tree:
    """A comparison to begin with: the first yes or no of the table that can be asked for, else the first field."""
    named = [kind.fields[name] for name in fields_of(kind)]
    field = next((one for one in named if one.type == "bool"), named[0])
    return _first_of(field)


def _first_of(field: Field) -> Tree:
    """A field asked the first that it can be."""
    first = asked_of(field)[0]
    return {"not": False, "field": field.name, "is": first, "with": "value", "to": "0" if field.is_number else ""}


def asked_of(field: Field) -> tuple[str, ...]:
    """What a field can be asked in a tree."""
    return ((PLAIN,) if field.type == "bool" else ()) + comparisons(field)


def _edited(tree: Tree, verb: str, steps: Sequence[int], kind: FactKind) -> Tree | None:
    if steps and "join" in tree:
        parts = list(tree["parts"])
        if steps[0] >= len(parts):
            return tree
        changed = _edited(parts[steps[0]], verb, steps[1:], kind)
        parts[steps[0] : steps[0] + 1] = [] if changed is None else [changed]
        return _gathered({**tree, "parts": parts})
    if steps:
        return tree
    if verb == "remove":
        return None
    if verb == "group":
        other = "any" if tree.get("join") == "all" else "all"
        return _with(tree, {"not": False, "join": other, "parts": [new_part(kind), new_part(kind)]})
    return _with(tree, new_part(kind)) if verb == "add" else tree


def _with(tree: Tree, part: Tree) -> Tree:
    """A part more in a group; a comparison becomes a group with it."""
    if "join" in tree:
        return {**tree, "parts": [*tree["parts"], part]}
    return {"not": False, "join": "all", "parts": [tree, part]}


def _gathered(tree: Tree) -> Tree | None:
    """A group of one part is that part, unless it is denied; one of none is none."""
    if len(tree["parts"]) > 1:
        return tree
    if not tree["parts"]:
        return None
    (only,) = tree["parts"]
    return {**only, "not": only["not"] != tree["not"]}


def _compared(form: Mapping[str, Any], kind: FactKind) -> Tree:
    name, asked = form["field"], form.get("is", PLAIN)
    field = kind.fields.get(name)
    said = {"not": False, "field": name, "is": asked, "with": "value", "to": ""}
    if field is None or asked not in asked_of(field):
        return _text(form)
    if "values" in form:
        told = [_told(value) for value in form["values"]]
        fits = all(_fits(value, field) for value in form["values"]) and not any(
            "," in each or each != each.strip() or not each for each in told
        )
        return {**said, "to": SEPARATOR.join(told)} if fits else _text(form)
    for other in ("param", "other"):
        if other in form:
            return {**said, "with": other, "to": form[other]}
    if "value" in form:
        return {**said, "to": _told(form["value"])} if _fits(form["value"], field) else _text(form)
    return said


def _text(form: Mapping[str, Any]) -> Tree:
    return {"not": False, "text": text_of(form)}


def _told(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else value if isinstance(value, str) else repr(value)


def _fits(value: Any, field: Field) -> bool:
    """Whether a constant comes back as it is from what stands in its field."""
    same = _constant(_told(value), field)
    return type(same) is type(value) and same == value


def _constant(text: str, field: Field | None) -> Any:
    """What somebody typed, as a constant of the field's type, or as what it looks like where that is not known; else as text."""
    if field is None and text in ("true", "false"):
        return text == "true"
    if field is not None and field.type == "bool":
        return {"true": True, "false": False}.get(text.strip().lower(), text)
    if field is None or field.is_number:
        for read in (int, float):
            try:
                number = read(text.strip().replace(",", "."))
            except ValueError:
                continue
            return number if abs(number) < float("inf") else text
    return text


def _one(fields: Fields, path: str, name: str) -> str:
    values = fields.get(f"{path}:{name}") or [""]
    return values[-1]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else MOST_PARTS
