"""Do the files of rule packs hold together: their members, the clauses that they implement, the rules that they name?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from app.catalogue.problems import Problem
from app.catalogue.sources import PACK, Entry, Sources
from app.domain.nearest import nearest

_MEMBERS = {"id", "version", "name"}
_MORE = {"implements", "refines"}
_VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")
_CLAUSE = re.compile(r"[a-z0-9_]+(#[A-Za-z0-9.-]+)?")


def pack_problems(sources: Sources) -> Iterator[Problem]:
    """Everything wrong with the packs' files."""
    cited = {entry.id: _cited(entry.data) for entry in sources.of("rules")}
    citations = {entry.id for entry in sources.of("citations")}
    norms: dict[str, set[str]] = {}
    sound = set()
    for pack, written in sources.packs.items():
        found = list(_shape(pack, written))
        yield from found
        if not found:
            sound.add(pack)
            own = {entry.id for entry in sources.of("rules") if entry.data["pack"] == pack}
            yield from _clauses(pack, written, {rule: cited[rule] for rule in own}, citations, norms)
            yield from _refined(pack, written, own)
    yield from _left_out([entry for entry in sources.of("rules") if entry.data["pack"] in sound], norms)


def _shape(pack: str, written: object) -> Iterator[Problem]:
    file = _file(pack)
    if not isinstance(written, dict) or not set(written) >= _MEMBERS:
        yield Problem(file, pack, "expected id, version and name")
        return
    for member in sorted(set(written) - _MEMBERS - _MORE):
        yield Problem(file, pack, f"field {member!r} is not known{_near(member, _MEMBERS | _MORE)}")
    if written["id"] != pack:
        yield Problem(file, pack, f"id is {written['id']!r}, expected that of its folder")
    if not _VERSION.fullmatch(str(written["version"])):
        yield Problem(file, pack, f"version is {written['version']!r}, expected three numbers such as 1.0.0")
    if not _is_both(written["name"]):
        yield Problem(file, pack, "name is a text each in en and de")
    if not isinstance(written.get("implements", []), list) or not all(map(_is_clause, written.get("implements", []))):
        yield Problem(
            file, pack, "implements is a list of {clause, part: {en, de}, rules: [id, …], unchecked: {en, de}}"
        )
    refines = written.get("refines", {})
    if not isinstance(refines, dict) or not all(isinstance(others, list) and others for others in refines.values()):
        yield Problem(file, pack, "refines names for a rule the rules that it refines: {INC107: [INC106]}")


def _clauses(
    pack: str,
    written: Mapping[str, Any],
    cited: Mapping[str, set[str]],
    citations: set[str],
    norms: dict[str, set[str]],
) -> Iterator[Problem]:
    """A clause names rules of the pack that cite it; what they cite, they are named for."""
    named: dict[str, set[str]] = {}
    for entry in written.get("implements", ()):
        clause = entry["clause"]
        citation = clause.partition("#")[0]
        norms.setdefault(citation, set()).update(entry.get("rules", ()))
        if citation not in citations:
            yield Problem(_file(pack), pack, f"clause {clause!r} is of no citation{_near(citation, citations)}")
        for rule in entry.get("rules", ()):
            named.setdefault(rule, set()).add(clause)
            if rule not in cited:
                yield Problem(
                    _file(pack), pack, f"{clause} names {rule}, which is no rule of the pack{_near(rule, cited)}"
                )
            elif clause not in cited[rule]:
                yield Problem(_file(pack), pack, f"{clause} names {rule}, which does not cite it")


def _refined(pack: str, written: Mapping[str, Any], own: set[str]) -> Iterator[Problem]:
    for rule, others in written.get("refines", {}).items():
        for name in (rule, *others):
            if name not in own:
                yield Problem(
                    _file(pack), pack, f"refines names {name}, which is no rule of the pack{_near(name, own)}"
                )


def _left_out(entries: Sequence[Entry], norms: Mapping[str, set[str]]) -> Iterator[Problem]:
    """Rules that cite a norm and stand under none of its clauses."""
    for entry in entries:
        for citation in sorted({clause.partition("#")[0] for clause in _cited(entry.data)}):
            if citation in norms and entry.id not in norms[citation]:
                file = _file(entry.data["pack"])
                yield Problem(file, entry.data["pack"], f"{entry.id} cites {citation} and stands under no clause of it")


def _cited(rule: Mapping[str, Any]) -> set[str]:
    return set(rule["references"])


def _is_clause(entry: object) -> bool:
    if not isinstance(entry, dict) or not {"clause", "part"} <= set(entry) <= {"clause", "part", "rules", "unchecked"}:
        return False
    rules = entry.get("rules", [])
    said = isinstance(entry["clause"], str) and _CLAUSE.fullmatch(entry["clause"]) and _is_both(entry["part"])
    checked = isinstance(rules, list) and all(isinstance(rule, str) for rule in rules)
    return (
        bool(said)
        and checked
        and bool(rules or "unchecked" in entry)
        and _is_both(entry.get("unchecked", entry["part"]))
    )


def _is_both(texts: object) -> bool:
    return (
        isinstance(texts, dict) and set(texts) == {"en", "de"} and all(isinstance(t, str) and t for t in texts.values())
    )


def _near(name: str, known: Iterable[str]) -> str:
    found = next(iter(nearest(name, known)), "")
    return f"; nearest is {found!r}" if found else ""


def _file(pack: str) -> str:
    return f"rules/{pack}/{PACK}"
