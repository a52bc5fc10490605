"""Do rules and remedies fit the rest of the catalogue? Their language and templates are checked by the domain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from app.catalogue.problems import Problem, unknown
from app.catalogue.sources import Entry, Sources

EXAMPLES = 2
"""Examples that match, and as many that stay silent, without which nobody can say what a rule is for."""


def rule_problems(sources: Sources) -> Iterator[Problem]:
    """Places, packs, references, remedies and examples of the rules; examples of the remedies."""
    for entry in sources.of("rules"):
        yield from _place(entry)
        yield from unknown(entry, "pack", [entry.data.get("pack", "")], set(sources.packs))
        yield from _references(entry, sources)
        if sources.of("remedies"):
            yield from unknown(entry, "remedy", entry.data.get("remedies", []), {e.id for e in sources.of("remedies")})
        examples = entry.data.get("examples", {})
        for kind in ("matches", "silent"):
            if len(examples.get(kind, [])) < EXAMPLES:
                yield Problem(entry.file, entry.id, f"needs at least {EXAMPLES} examples under {kind!r}")
    for entry in sources.of("remedies"):
        if PurePosixPath(entry.file).stem != entry.id:
            yield Problem(entry.file, entry.id, f"belongs into remedies/{entry.id}.yaml")
        yield from _references(entry, sources)
        if not entry.data.get("examples"):
            yield Problem(entry.file, entry.id, "needs an example: a document before and after")


def _place(entry: Entry) -> Iterator[Problem]:
    expected = f"rules/{entry.data.get('pack')}/{entry.id}-{entry.data.get('name')}.yaml"
    if entry.file != expected:
        yield Problem(entry.file, entry.id, f"belongs into {expected}")


def _references(entry: Entry, sources: Sources) -> Iterator[Problem]:
    """A reference is a citation, or a clause of one: `fsa_fg13_1#2.4`."""
    named = [str(reference).split("#")[0] for reference in entry.data.get("references", [])]
    yield from unknown(entry, "citation", named, {e.id for e in sources.of("citations")})
