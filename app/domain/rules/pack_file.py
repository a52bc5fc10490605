"""A pack of rules as one file: `pack` (id, version, name), its `rules`, and the hash of what it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from app.domain.catalogue import Catalogue
from app.domain.errors import DocumentInvalid, Problem
from app.domain.faults import MOST_PROBLEMS, Fault, invalid
from app.domain.rules.check import Checked, as_problem, checked, lacking_examples
from app.domain.rules.form import pack_hash, rule_as_json, rule_hash
from app.domain.rules.problems import RuleProblem
from app.domain.rules.rule import Rule

MOST_RULES = 500
MOST_NAME = 200

MEMBERS = ("pack", "rules", "content_hash")
_HEAD = ("id", "version", "name")
_VERSION = re.compile(r"[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
_LANGUAGES = ("en", "de")


class Pack(NamedTuple):
    """What the file of a pack holds; `rules` by id, with what was written of each under `raws`."""

    id: str
    version: str
    name: Mapping[str, str]
    rules: Mapping[str, Rule]
    raws: Mapping[str, Mapping[str, Any]]

    @property
    def content_hash(self) -> str:
        """The hash of what it holds."""
        return pack_hash({id_: rule_hash(rule) for id_, rule in self.rules.items()})


def pack_from(raw: Any, catalogue: Catalogue) -> Pack:
    """The pack that a file holds. Raises DocumentInvalid with everything that is wrong with it and its rules; one without examples is."""
    faults = list(_faults(raw))
    if faults:
        raise invalid(faults, raw)
    head, found = raw["pack"], [checked(rule, catalogue) for rule in raw["rules"]]
    problems = [problem for number, one in enumerate(found) for problem in _problems(one, number, head["id"])]
    problems += _twice(found)
    if problems:
        raise DocumentInvalid(problems[:MOST_PROBLEMS], omitted=max(0, len(problems) - MOST_PROBLEMS))
    pack = Pack(
        head["id"],
        head["version"],
        head.get("name") or {"en": head["id"]},
        {one.rule.id: one.rule for one in found},
        {one.rule.id: one.raw for one in found},
    )
    said = raw.get("content_hash")
    if said is not None and said != pack.content_hash:
        fault = Fault(("content_hash",), "other_content", said, "just", details={"values": pack.content_hash})
        raise invalid([fault], raw)
    return pack


def as_file(pack_id: str, version: str, name: Mapping[str, str], rules: Mapping[str, Rule]) -> dict[str, Any]:
    """The file of a pack, rules by id."""
    written = [
        {member: value for member, value in rule_as_json(rule).items() if member != "source"}
        for _, rule in sorted(rules.items())
    ]
    return {
        "pack": {"id": pack_id, "version": version, "name": dict(name)},
        "rules": written,
        "content_hash": pack_hash({id_: rule_hash(rule) for id_, rule in rules.items()}),
    }


def version_faults(version: Any, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """What is wrong with the version of a pack."""
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        yield Fault(path, "bad_form", version, "version")


def name_faults(name: Any, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """What is wrong with the name of a pack."""
    if not isinstance(name, Mapping) or not name:
        yield Fault(path, "wrong_type", name, "object_of", details={"values": ", ".join(_LANGUAGES)})
        return
    for language, text in name.items():
        if language not in _LANGUAGES:
            yield Fault((*path, language), "unknown_member", text, options=_LANGUAGES)
        elif not isinstance(text, str):
            yield Fault((*path, language), "wrong_type", text, "text")
        elif not text.strip():
            yield Fault((*path, language), "empty", text)
        elif len(text) > MOST_NAME:
            yield Fault((*path, language), "too_long", text, details={"most": MOST_NAME})


def _faults(raw: Any) -> Iterator[Fault]:
    if not isinstance(raw, Mapping):
        yield Fault((), "wrong_type", raw, "object_of", details={"values": ", ".join(MEMBERS)})
        return
    yield from (Fault((name,), "unknown_member", raw[name], options=MEMBERS) for name in raw if name not in MEMBERS)
    head, rules = raw.get("pack"), raw.get("rules")
    if not isinstance(head, Mapping):
        yield Fault(("pack",), "missing") if head is None else Fault(("pack",), "wrong_type", head, "object")
    else:
        yield from (Fault(("pack", n), "unknown_member", head[n], options=_HEAD) for n in head if n not in _HEAD)
        if not isinstance(head.get("id"), str) or not _ID.fullmatch(head["id"]):
            yield Fault(("pack", "id"), "bad_form", head.get("id"), "key")
        yield from version_faults(head.get("version"), ("pack", "version"))
        if head.get("name") is not None:
            yield from name_faults(head["name"], ("pack", "name"))
    if not isinstance(rules, list):
        yield Fault(("rules",), "missing") if rules is None else Fault(("rules",), "wrong_type", rules, "list")
    elif len(rules) > MOST_RULES:
        yield Fault(("rules",), "too_many", details={"count": len(rules), "most": MOST_RULES})


def _problems(one: Checked, number: int, pack: str) -> Iterator[Problem]:
    """What is wrong with a rule of a pack: with the rule itself, that it belongs to another one, that it lacks examples."""
    before = ("rules", number)
    if not one.is_sound:
        yield from one.refusal(before).problems
        return
    if one.rule.pack != pack:
        message = f"the rule names the pack '{one.rule.pack}'"
        problem = RuleProblem(0, len(one.rule.pack), "other_pack", message, pack, pack, "pack")
        yield as_problem(problem, one.raw, before)
    yield from (as_problem(problem, one.raw, before) for problem in lacking_examples(one.rule))


def _twice(found: list[Checked]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, one in enumerate(found):
        id_ = str(one.raw.get("id"))
        if id_ in seen:
            message = f"rule {id_} is in the pack twice"
            problem = RuleProblem(0, len(id_), "duplicate_rule", message, part="id")
            yield as_problem(problem, one.raw, ("rules", number))
        seen.add(id_)
