"""Conditions for editors: read as text or as a form, written as both and in plain words, or told what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.faults import Fault, invalid
from app.domain.rules.check import as_problem
from app.domain.rules.forms import form_of, text_of
from app.domain.rules.params import Param, check_params, fold
from app.domain.rules.problems import RuleProblem, RuleSyntaxError
from app.domain.rules.schema import FactKind
from app.domain.rules.syntax import Node, parse
from app.domain.rules.tree import fields_read
from app.domain.rules.type_check import check
from app.domain.rules.words import in_words
from app.domain.terms import Language
from app.services import knowledge
from app.services.rule_trials import at_place, told_problem

Json = dict[str, Any]

MEMBERS = ("text", "form", "params")


def resolve(kind_name: str, said: Mapping[str, Any], language: Language) -> Json:
    """A condition on the columns of a fact kind as text, form and words; or every problem of it, at its place in the text.

    Raises Unknown for the kind, and DocumentInvalid for what is neither text nor form.
    """
    kind = knowledge.fact_kind(kind_name)
    params = _params(said)
    text = _text(said)
    try:
        node = parse(text)
    except RuleSyntaxError as error:
        return _wrong([error.problem], text, language)
    folded = fold(node, params)
    problems = check(folded, kind, "bool", params) + check_params(params, kind, {one.value for one in node.names()})
    shown = {"text": text, "form": form_of(node, params)}
    if problems:
        return {**_wrong(problems, text, language), **shown}
    return {"valid": True, "problems": [], **shown, **_told(folded, kind)}


def _told(folded: Node, kind: FactKind) -> Json:
    return {"said": {each: in_words(folded, kind, each) for each in ("en", "de")}, "fields": list(fields_read(folded))}


def _text(said: Mapping[str, Any]) -> str:
    """The condition as text. Raises DocumentInvalid."""
    faults = [Fault((name,), "unknown_member", said[name], options=MEMBERS) for name in said if name not in MEMBERS]
    given = [name for name in ("text", "form") if said.get(name) is not None]
    if len(given) != 1:
        faults.append(Fault((), "one_of_two", details={"one": "text", "other": "form"}))
    elif given == ["text"] and not isinstance(said["text"], str):
        faults.append(Fault(("text",), "wrong_type", said["text"], "text"))
    if faults:
        raise invalid(faults, said)
    if given == ["text"]:
        return str(said["text"])
    try:
        return at_place(("form",), lambda: text_of(said["form"]))
    except RuleSyntaxError as error:
        problem = as_problem(error.problem, {}, ())
        raise invalid([Fault(("form",), problem.code, details=dict(problem.details))], said) from None


def _params(said: Mapping[str, Any]) -> Mapping[str, Param]:
    params = said.get("params") or {}
    if not isinstance(params, Mapping):
        raise invalid([Fault(("params",), "wrong_type", params, "object")], said)
    return params


def _wrong(problems: list[RuleProblem], text: str, language: Language) -> Json:
    return {"valid": False, "problems": [_problem(one, text, language) for one in problems]}


def _problem(problem: RuleProblem, text: str, language: Language) -> Json:
    """A problem with its place in the text, or of a parameter."""
    is_in_text = problem.part == "condition"
    part = "text" if is_in_text else problem.part
    found = as_problem(problem._replace(part=part), {"text": text})
    place = {"start": problem.start, "end": problem.end, "caret": problem.caret(text)} if is_in_text else {}
    return {**told_problem(found, language), **place}
