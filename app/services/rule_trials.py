"""Trying rules before anybody activates them: are they sound, and what would they change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.detection import detect
from app.domain.document import Document
from app.domain.document.checks import document_from
from app.domain.errors import DocumentInvalid, Problem
from app.domain.facts.rows import FactRow
from app.domain.faults import Fault, invalid
from app.domain.findings import Condition, Finding, RuleOutcome
from app.domain.policy import NO_POLICY, Policy
from app.domain.problem_texts import told
from app.domain.rule_trials import Trial, trial
from app.domain.rulebook import Rulebook, RuleSetting
from app.domain.rules.check import Checked, as_problem, checked, lacking_examples, part_text
from app.domain.rules.descriptions import described
from app.domain.rules.rule import CompiledRule, Rule
from app.domain.rules.tree import fields_read
from app.domain.rules.verdict import VerdictKind, compile_verdict
from app.domain.rules.words import in_words
from app.domain.terms import Language
from app.reports.canonical_json import finding_as_json
from app.services import rules_in_force, sightings
from app.services.audits import check_size
from app.services.organizations import existing
from app.services.rules_in_force import InForce
from app.storage import documents
from app.storage.database import Database

T = TypeVar("T")

Json = dict[str, Any]

MOST_TOLD = 200
"""Findings of a kind that a trial tells, the worst of them; its counts are of all."""
MOST_TRIED = 50
TOLD: tuple[VerdictKind, ...] = ("match", "near_miss", "not_assessable")
"""What is told row by row; where a rule is clear, nothing is."""
MOST_ROWS = 50
"""Rows of a rule that are told one by one: those that it matches first, then near misses, then those that it cannot judge."""

_TRIED = ("rule", "rules", "organization", "document", "as_of")


def check(raw: Any, language: Language) -> Json:
    """What is to be said of a rule: everything that is wrong with it, underlined; else its condition in plain words, what it reads, how
    each example comes out and by what, and what it lacks to be in a pack."""
    found = checked(raw, catalogue())
    if not found.is_sound or found.compiled is None:
        return {"valid": False, "problems": _problems(found, language)}
    compiled = found.compiled
    lacking = [told(as_problem(one, found.raw), language).message for one in lacking_examples(compiled.rule)]
    return {
        "valid": True,
        "problems": [],
        "condition": {each: in_words(compiled.node, compiled.kind, each) for each in ("en", "de")},
        "fields": list(fields_read(compiled.node)),
        "examples": [_example(compiled, kind, one, language) for kind, one in _examples(compiled.rule)],
        "lacking": lacking,
    }


def dry_run(store: Database, caller: Caller, raw: Any, today: date, language: Language, *, most_goals: int) -> Json:
    """What rules would change in what is found today, in an organization's document or in one that is sent along.

    `raw`: `rule` or `rules`, `organization` or `document`, `as_of`. A rule of an id that is known stands for it. Raises Missing, and
    DocumentInvalid with everything that is wrong with rules and document.
    """
    asked = _asked(raw)
    tried = _tried(asked)
    as_of = date.fromisoformat(asked["as_of"]) if asked.get("as_of") else today
    organization = asked.get("organization")
    with store.reading(caller.workspace) as tx:
        if organization is None:
            said, policy, ran = asked["document"], NO_POLICY, rules_in_force.in_force(tx)
        else:
            row = existing(tx, caller, organization)
            said = documents.standing(tx, row).raw
            policy, ran = Policy(grants=sightings.waivers_in_force(tx, row)), rules_in_force.in_force(tx, row)
    document = document_of(said) if organization else at_place(("document",), lambda: document_of(said))
    check_size(document, most_goals)
    before = ran.book()
    after = rulebook_with(ran, {rule.id: rule for rule in tried})
    found = trial(
        document,
        catalogue(),
        before,
        after,
        [rule.id for rule in tried],
        as_of=as_of,
        policy=policy,
        language=language,
    )
    told_rows = rows_as_json(document, after, [rule.id for rule in tried], as_of, language)
    return {"as_of": as_of.isoformat(), **trial_as_json(found, told_rows)}


def rows_as_json(
    document: Document, book: Rulebook, ids: Iterable[str], as_of: date, language: Language
) -> dict[str, list[Json]]:
    """Id of a rule → what it makes of rows: those that it matches, nearly matches or cannot judge, with the parts that decided."""
    compiled = {one.rule.id: one for one in book.compiled}
    wanted = [compiled[id_] for id_ in ids if id_ in compiled]
    tables = detect(document, catalogue(), wanted, as_of).tables
    return {one.rule.id: _rows(one, tables.get(one.kind.name, ()), language) for one in wanted}


def _rows(compiled: CompiledRule, rows: Iterable[FactRow], language: Language) -> list[Json]:
    verdict = compile_verdict(compiled)
    judged = [(row, found) for row in rows if (found := verdict(row.values)).kind in TOLD]
    judged.sort(key=lambda one: TOLD.index(one[1].kind))
    return [
        {
            "outcome": found.kind,
            "subjects": [subject._asdict() for subject in row.subjects],
            "decided_by": [_part(part, compiled, language) for part in found.decided],
        }
        for row, found in judged[:MOST_ROWS]
    ]


def _part(condition: Condition, compiled: CompiledRule, language: Language) -> Json:
    said = described(condition, compiled, language)
    return {"expression": condition.expression, "holds": condition.holds, "said": said}


def rulebook_with(ran: InForce, tried: Mapping[str, Rule], gone: Iterable[str] = ()) -> Rulebook:
    """The rules that hold now with others in their place, active, and without those that are to go."""
    book = ran.book()
    left = {id_: rule for id_, rule in book.rules.items() if id_ not in set(gone)}
    active = {id_: rule._replace(status="active") for id_, rule in tried.items()}
    settings: Mapping[str, RuleSetting] = book.settings
    return Rulebook({**left, **active}, book.packs, settings, book.unfit)


def trial_as_json(found: Trial, rows: Mapping[str, list[Json]] = MappingProxyType({})) -> Json:
    """The difference as plain data: worst first, at most so many of a kind, with the counts of all; `rows`: what rules make of theirs."""
    return {
        "counts": {"new": len(found.new), "gone": len(found.gone), "regraded": len(found.regraded)},
        "new": [_finding(one) for one in found.new[:MOST_TOLD]],
        "gone": [_finding(one) for one in found.gone[:MOST_TOLD]],
        "regraded": [{**_finding(after), "level_before": before.level} for before, after in found.regraded[:MOST_TOLD]],
        "rules": [{**_outcome(one), "told": rows.get(one.id, [])} for one in found.outcomes],
    }


def _problems(found: Checked, language: Language) -> list[Json]:
    """Each problem with its place; those of expressions and texts underlined."""
    if found.faults:
        return [told_problem(one, language) for one in found.refusal().problems]
    listed = []
    for one, problem in zip(found.problems, found.refusal().problems, strict=False):
        text = part_text(one, found.raw)
        place = {"start": one.start, "end": one.end, "caret": one.caret(text)} if text else {}
        listed.append({**told_problem(problem, language), **place})
    return listed


def told_problem(problem: Problem, language: Language) -> Json:
    """A problem in a language, with what is nearest by itself."""
    said = told(problem._replace(nearest=None), language)
    optional = {"found": problem.found, "expected": said.expected, "nearest": problem.nearest}
    return {
        "pointer": f"#{problem.pointer}",
        "code": problem.code,
        "detail": said.message,
        **{name: value for name, value in optional.items() if value is not None},
    }


def _examples(rule: Rule) -> list[tuple[str, Any]]:
    return [*(("silent", one) for one in rule.silent), *(("matches", one) for one in rule.matches)]


def _example(compiled: CompiledRule, kind: str, example: Any, language: Language) -> Json:
    """How an example comes out, and the parts of the condition that decided."""
    return {
        "of": kind,
        "because": example.because,
        "outcome": {True: "matches", False: "silent", None: "not_assessable"}[compiled.truth(example.facts)],
        "decided_by": [_part(one, compiled, language) for one in compiled.conditions(example.facts)],
    }


def _asked(raw: Any) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise invalid([Fault((), "wrong_type", raw, "object")], raw)
    faults = [Fault((name,), "unknown_member", raw[name], options=_TRIED) for name in raw if name not in _TRIED]
    for pair in (("rule", "rules"), ("organization", "document")):
        given = [name for name in pair if raw.get(name) is not None]
        if len(given) != 1:
            faults.append(Fault((), "one_of_two", details={"one": pair[0], "other": pair[1]}))
    if raw.get("organization") is not None and not isinstance(raw["organization"], str):
        faults.append(Fault(("organization",), "wrong_type", raw["organization"], "text"))
    if (rules := raw.get("rules")) is not None:
        if not isinstance(rules, list) or not rules:
            faults.append(Fault(("rules",), "wrong_type", rules, "list"))
        elif len(rules) > MOST_TRIED:
            faults.append(Fault(("rules",), "too_many", details={"count": len(rules), "most": MOST_TRIED}))
    if (day := raw.get("as_of")) is not None and not is_day(day):
        faults.append(Fault(("as_of",), "not_a_day", day, "day"))
    if faults:
        raise invalid(faults, raw)
    return raw


def is_day(value: Any) -> bool:
    """Whether a value is a day, `2026-11-22`."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _tried(asked: Mapping[str, Any]) -> list[Rule]:
    """The rules that are to be tried. Raises DocumentInvalid with everything that is wrong with any."""
    if asked.get("rule") is not None:
        return [sound(asked["rule"], ("rule",))]
    return all_sound(asked["rules"], ("rules",))


def sound(raw: Any, path: tuple[str | int, ...]) -> Rule:
    """A rule that holds together; raises DocumentInvalid with everything that is wrong, at its place in what was sent."""
    return all_sound([raw], path, numbered=False)[0]


def all_sound(raws: Sequence[Any], path: tuple[str | int, ...], *, numbered: bool = True) -> list[Rule]:
    """Rules that hold together, each as they stand in what was sent."""
    found = [checked(raw, catalogue()) for raw in raws]
    wrong = [one.refusal((*path, number) if numbered else path) for number, one in enumerate(found) if not one.is_sound]
    if wrong:
        problems = [problem for refused in wrong for problem in refused.problems]
        raise DocumentInvalid(problems[:100], omitted=max(0, len(problems) - 100) + sum(one.omitted for one in wrong))
    return [one.rule for one in found]


def document_of(said: Any) -> Document:
    """The document that rules are tried on. Raises DocumentInvalid."""
    return document_from(said, catalogue())


def at_place(path: tuple[str, ...], read: Callable[[], T]) -> T:
    """What is read from a part of what was sent: problems are told at its place."""
    try:
        return read()
    except DocumentInvalid as refused:
        before = "".join(f"/{step}" for step in path)
        problems = [told(one._replace(pointer=f"{before}{one.pointer}")) for one in refused.problems]
        raise DocumentInvalid(problems, omitted=refused.omitted) from None


def _finding(finding: Finding) -> Json:
    said = finding_as_json(finding)
    members = ("fingerprint", "rule", "kind", "level", "severity", "subjects", "departments", "title")
    return {name: said[name] for name in members}


def _outcome(outcome: RuleOutcome) -> Json:
    subjects = [
        {"subjects": [one._asdict() for one in row.subjects], "missing": list(row.missing)}
        for row in outcome.not_assessable
    ]
    counts = {name: getattr(outcome, name) for name in ("rows", "matched", "clear", "not_assessable_rows")}
    return {"id": outcome.id, **counts, "not_assessable": subjects}
