"""A rule as the fields of its editor: what most rules say has a field each, the condition is a form and a text, all else is YAML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.domain.errors import DocumentInvalid
from app.domain.facts.kinds import FACT_KINDS
from app.domain.faults import Fault, invalid
from app.domain.rules.check import as_problem
from app.domain.rules.forms import form_of, node_of
from app.domain.rules.problems import RuleSyntaxError
from app.domain.rules.schema import FactKind
from app.domain.rules.syntax import parse
from app.domain.rules.tree import render
from app.exchange.read import read
from app.exchange.yaml_writer import as_yaml
from app.pages.console.condition_tree import Tree, edited, fitted, form_from, new_part, tree_in, tree_of
from app.routers.console.flow import Form
from app.services.kept_rules import READ_ONLY

Json = dict[str, Any]

LINES = ("id", "name", "pack", "fact_kind", "finding")
TEXTS = ("rationale", "rationale_de")
IN_BOTH = ("title", "message")
"""Members in two languages, a field for each."""
FIRST_KIND = "component"

_IN_FIELDS = (*LINES, *TEXTS, *IN_BOTH, "base", "condition")


class Edited(NamedTuple):
    """What stands in the editor. `tree`: the condition as a form, None where its text cannot be read; `idle`: what the form said where text
    and form were both changed, and the text counts; `odd`: what is wrong with the form."""

    values: Json
    condition: str
    tree: Tree | None
    idle: str = ""
    odd: DocumentInvalid | None = None

    @property
    def kind(self) -> FactKind:
        """The table that the rule reads."""
        return FACT_KINDS.get(self.values["fact_kind"], FACT_KINDS[FIRST_KIND])


def edited_rule(body: Mapping[str, Any]) -> Edited:
    """The editor of a rule that there is."""
    rest = {name: value for name, value in body.items() if name not in (*_IN_FIELDS, *READ_ONLY)}
    values = {
        **{name: body.get(name, "") for name in (*LINES, *TEXTS)},
        **{f"{name}_{each}": (body.get(name) or {}).get(each, "") for name in IN_BOTH for each in ("en", "de")},
        "base": "" if body.get("base") is None else f"{body['base']:g}",
        "rest": as_yaml(rest) if rest else "",
    }
    return _with_tree(values, str(body["condition"]))


def new_rule(id_: str, pack: str, fact_kind: str) -> Edited:
    """The editor of a rule that is yet to be written."""
    kind = FACT_KINDS.get(fact_kind, FACT_KINDS[FIRST_KIND])
    tree = new_part(kind)
    said = {"id": id_, "pack": pack, "fact_kind": kind.name, "finding": "incentive_flaw", "base": 50, "condition": ""}
    return edited_rule({**said, "condition": render(node_of(form_from(tree, kind)))})


def sent(form: Form) -> Edited:
    """What was sent: where the text of the condition was changed it counts, else the form does. A button of the form changes it."""
    both = [f"{name}_{each}" for name in IN_BOTH for each in ("en", "de")]
    values = {name: _lines(form.one(name)) for name in (*LINES, *TEXTS, *both, "base", "rest")}
    kind = FACT_KINDS.get(values["fact_kind"], FACT_KINDS[FIRST_KIND])
    was, text, tree = _lines(form.one("was")), _lines(form.one("condition")), tree_in(form.fields)
    if tree is None:
        return _with_tree(values, text)
    verb = form.one("do")
    if text != was:
        said = _said(tree, kind)
        found = _with_tree(values, text)
        changed = said is not None and said not in (_canonical(was), _canonical(text))
        if found.tree is not None and verb.partition(" ")[0] in BUTTONS:
            return _taken(values, text, edited(found.tree, verb, kind), kind)
        return found._replace(idle=said or "" if changed else "")
    if verb.partition(" ")[0] in BUTTONS:
        tree = edited(tree, verb, kind)
    try:
        tree = fitted(tree, kind)
    except DocumentInvalid as odd:
        return _with_tree(values, was)._replace(odd=odd)
    except RuleSyntaxError as error:
        return _with_tree(values, was)._replace(odd=DocumentInvalid([as_problem(error.problem, {})]))
    return _taken(values, was, tree, kind)


BUTTONS = ("add", "group", "remove")
"""What buttons of the form of a condition do."""


def raw_of(found: Edited) -> Json:
    """The rule that stands in the editor, as it would be written in a file.

    Raises DocumentInvalid for text that is no YAML, and for members that have a field of their own.
    """
    values = found.values
    rest = read(values["rest"].encode(), "rest", "yaml").raw if values["rest"].strip() else {}
    if not isinstance(rest, Mapping):
        raise invalid([Fault(("rest",), "wrong_type", rest, "object")], rest)
    if twice := [Fault(("rest", name), "unknown_member", rest[name]) for name in rest if name in _IN_FIELDS]:
        raise invalid(twice, {"rest": rest})
    texts = {
        name: {each: text for each in ("en", "de") if (text := values[f"{name}_{each}"].strip())} for name in IN_BOTH
    }
    said = {
        **{name: values[name].strip() for name in LINES},
        "condition": found.condition,
        **{name: said for name, said in texts.items() if said},
        **{name: text for name in TEXTS if (text := values[name].strip())},
        **({"base": _number(values["base"])} if values["base"].strip() else {}),
    }
    return {**{name: value for name, value in said.items() if value != ""}, **rest}


def _taken(values: Json, text: str, tree: Tree, kind: FactKind) -> Edited:
    """The tree, and the text that says the same: the one that there was, where it does."""
    try:
        node = node_of(form_from(tree, kind))
    except DocumentInvalid as odd:
        return Edited(values, text, tree, odd=odd)
    except RuleSyntaxError as error:
        return Edited(values, text, tree, odd=DocumentInvalid([as_problem(error.problem, {})]))
    try:
        same = parse(text) == node
    except RuleSyntaxError:
        same = False
    return Edited(values, text if same else render(node), tree)


def _with_tree(values: Json, text: str) -> Edited:
    kind = FACT_KINDS.get(values["fact_kind"], FACT_KINDS[FIRST_KIND])
    try:
        tree = tree_of(form_of(parse(text), params_of(values)), kind)
    except RuleSyntaxError:
        return Edited(values, text, None)
    return Edited(values, text, tree)


def params_of(values: Json) -> Json:
    """The parameters of the rule, as far as they can be read."""
    try:
        rest = read(values["rest"].encode(), "rest", "yaml").raw if values["rest"].strip() else {}
    except DocumentInvalid:
        return {}
    params = rest.get("params") if isinstance(rest, Mapping) else None
    return {str(name): value for name, value in params.items()} if isinstance(params, Mapping) else {}


def _said(tree: Tree, kind: FactKind) -> str | None:
    try:
        return render(node_of(form_from(tree, kind)))
    except (DocumentInvalid, RuleSyntaxError):
        return None


def _canonical(text: str) -> str | None:
    try:
        return render(parse(text))
    except RuleSyntaxError:
        return None


def _lines(text: str) -> str:
    """A text as it was before a browser sent it."""
    return text.replace("\r\n", "\n")


def _number(text: str) -> float | str:
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return text
