"""Do remedies hold together, and do the finders, rules and sources that they name exist?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from app.catalogue.check_rules import reference_problems
from app.catalogue.problems import Problem, unknown
from app.catalogue.sources import Entry, Sources
from app.domain.finders import FINDERS
from app.domain.patch_templates import placeholders
from app.domain.remedies import Form, Remedy, remedy_from

ALWAYS_BOUND = frozenset({"pushed", "suffers"})
"""What every title may speak of beside what its form's finders find."""

EACH = "each"


def remedy_problems(sources: Sources) -> Iterator[Problem]:
    """Places, fields, templates, finders, rules and sources of the remedies."""
    for entry in sources.of("remedies"):
        if PurePosixPath(entry.file).stem != entry.id:
            yield Problem(entry.file, entry.id, f"belongs into remedies/{entry.id}.yaml")
        try:
            remedy = remedy_from(entry.data)
        except ValueError as fault:
            yield Problem(entry.file, entry.id, str(fault))
            continue
        yield from _sources(entry, remedy, sources)
        yield from _rules(entry, remedy, sources)
        for form in remedy.forms:
            yield from _form(entry, form)


def _sources(entry: Entry, remedy: Remedy, sources: Sources) -> Iterator[Problem]:
    named = [*remedy.references, *(reference for risk in remedy.risks for reference in risk.references)]
    yield from reference_problems(entry, named, sources)


def _rules(entry: Entry, remedy: Remedy, sources: Sources) -> Iterator[Problem]:
    """Rules and flaws for which it is tried, and those of its examples."""
    rules = {rule.id: rule.data for rule in sources.of("rules")}
    named = [*remedy.rules, *(rule for form in remedy.forms for rule in form.rules)]
    yield from unknown(entry, "rule", [*named, *(example.rule for example in remedy.examples)], set(rules))
    yield from unknown(entry, "flaw", remedy.flaws, {str(rule["flaw"]) for rule in rules.values() if rule.get("flaw")})


def _form(entry: Entry, form: Form) -> Iterator[Problem]:
    """Its finders exist, and its title and patch speak only of what they find."""
    yield from unknown(entry, "finder", [finder for _, finder in form.find], set(FINDERS))
    bound = ALWAYS_BOUND | {name for name, _ in form.find}
    yield from _unbound(entry, form, placeholders(form.title), bound)
    for step in form.patch:
        named = [step[field] for field in (EACH, "when") if field in step and step[field] != EACH]
        seen = bound | {EACH} if EACH in step else bound
        yield from _unbound(entry, form, [*named, *placeholders([step["path"], step.get("value")])], seen)


def _unbound(entry: Entry, form: Form, names: Iterable[str], bound: frozenset[str]) -> Iterator[Problem]:
    for name in names:
        if name.partition(".")[0] not in bound:
            found = ", ".join(sorted(bound))
            yield Problem(
                entry.file, entry.id, f"{{{name}}} in form {form.id!r} is found by nothing, expected one of {found}"
            )
