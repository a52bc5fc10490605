"""Does the catalogue hold together? Every fault is named with file, entry and reason; with faults it is not loaded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

from app.catalogue.check_remedies import remedy_problems
from app.catalogue.check_rules import rule_problems
from app.catalogue.problems import Problem, unknown
from app.catalogue.shapes import SHAPES, faults
from app.catalogue.sources import Entry, Sources

LEVER = "lever."
INFLUENCES = ("influences", "family_influences")


def problems(sources: Sources) -> list[Problem]:
    """Every fault of the catalogue, sorted. Meaning is only looked at once every field is as it should be."""
    found = [*_shapes(sources), *_twice(sources)]
    if found:
        return sorted(found)
    return sorted({problem for check in CHECKS for problem in check(sources)})


def _shapes(sources: Sources) -> Iterator[Problem]:
    for section in SHAPES:
        for entry in sources.of(section):
            for reason in faults(section, entry.data):
                yield Problem(entry.file, entry.id, reason)


def _twice(sources: Sources) -> Iterator[Problem]:
    for section in sources.sections:
        first: dict[str, str] = {}
        for entry in sources.of(section):
            if entry.id in first:
                yield Problem(entry.file, entry.id, f"the id is taken already, in {first[entry.id]}")
            first.setdefault(entry.id, entry.file)


def _places(sources: Sources) -> Iterator[Problem]:
    """Each entry stands in the file of its function, so that there is one place to look."""
    for entry in sources.of("metrics"):
        if _prefix(entry.id) != PurePosixPath(entry.file).stem:
            yield Problem(entry.file, entry.id, f"belongs into metrics/{_prefix(entry.id)}.yaml")
    for entry in sources.of("influences"):
        stem = "levers" if entry.data["source"].startswith(LEVER) else _prefix(entry.data["source"])
        if stem != PurePosixPath(entry.file).stem:
            yield Problem(entry.file, entry.id, f"belongs into influences/{stem}.yaml")


def _families(sources: Sources) -> Iterator[Problem]:
    known = _ids(sources, "families")
    for entry in sources.of("metrics"):
        yield from unknown(entry, "family", [entry.data["family"]], known)
    for entry in sources.of("levers"):
        yield from unknown(entry, "family", entry.data["families"], known | {"any"})


def _ends(sources: Sources) -> Iterator[Problem]:
    """Influences run from a metric or a lever to a metric; those of families from family to family."""
    metrics, levers, families = (_ids(sources, s) for s in ("metrics", "levers", "families"))
    for section, from_, to in (("influences", metrics | levers, metrics), ("family_influences", families, families)):
        for entry in sources.of(section):
            yield from unknown(entry, "source", [entry.data["source"]], from_)
            yield from unknown(entry, "target", [entry.data["target"]], to)
            if entry.data["source"] == entry.data["target"]:
                yield Problem(entry.file, entry.id, "leads to its own source")
            if entry.data["source"].startswith(LEVER) and entry.data["source_direction"] != "up":
                yield Problem(entry.file, entry.id, "source_direction of a lever must be 'up' (applied or intensified)")


def _citations_known(sources: Sources) -> Iterator[Problem]:
    known = _ids(sources, "citations")
    for section in INFLUENCES:
        for entry in sources.of(section):
            yield from unknown(entry, "citation", entry.data["citations"], known)


def _citations_marked(sources: Sources) -> Iterator[Problem]:
    """A verified citation says where it was seen; one from memory, or an editorial mark, cannot have been seen."""
    titles: dict[tuple[str, int | None], str] = {}
    for entry in sources.of("citations"):
        data, was_seen = entry.data, entry.data["status"] == "verified"
        for name in ("seen", "address"):
            if was_seen and not data[name]:
                reason = f"status is 'verified' but {name!r} is empty: say it, or mark the citation 'memory'"
                yield Problem(entry.file, entry.id, reason)
            if not was_seen and data[name]:
                yield Problem(entry.file, entry.id, f"status is {data['status']!r} but {name!r} says that it was seen")
        if data["doi_seen"] and not (was_seen and data["doi"]):
            yield Problem(entry.file, entry.id, "doi_seen needs status 'verified' and a doi")
        other = titles.setdefault((data["title"].lower(), data["year"]), entry.id)
        if other != entry.id:
            yield Problem(entry.file, entry.id, f"is the same work as {other}")


def _arcs(sources: Sources) -> Iterator[Problem]:
    """What an arc may claim by itself."""
    editorial = {e.id for e in sources.of("citations") if e.data["status"] == "editorial"}
    for section in INFLUENCES:
        for entry in sources.of(section):
            for reason in _claims(entry.data, editorial):
                yield Problem(entry.file, entry.id, reason)


def _claims(data: dict[str, Any], editorial: set[str]) -> Iterator[str]:
    lag, support, cited = data["lag_days"], data["support"], set(data["citations"])
    if not lag["min"] <= lag["typical"] <= lag["max"]:
        yield f"lag_days must be min ≤ typical ≤ max, found {lag['min']}, {lag['typical']}, {lag['max']}"
    if data["kind"] == "pressure" and data["source_direction"] == "both":
        yield "a pressure arc holds for one direction of its source, never for 'both'"
    if data["kind"] == "identity" and (data["evidence"], support) != ("identity", "definition"):
        yield "an identity has evidence 'identity' and support 'definition'"
    if (data["evidence"] == "identity") != (support == "definition"):
        yield "evidence 'identity' and support 'definition' go together"
    if support == "none" and data["strength"] == "strong":
        yield "rests on judgement alone (support 'none') and may not be strong"
    if support == "none" and (data["evidence"] != "expert" or not cited <= editorial):
        yield "support 'none' goes with evidence 'expert' and cites no source, only an editorial mark"
    if support in ("direct", "analogy") and cited <= editorial:
        yield f"support {support!r} needs a source; without one it is 'none' (judgement)"
    if data["sign"] == "0" and data.get("role", "main") == "main":
        yield "sign '0' (no relation found) is for counter entries"


def _ids_derived(sources: Sources) -> Iterator[Problem]:
    """An arc's id says what it claims: source>target:kind:direction; a counter's is its arc's with #c and a number."""
    for section in INFLUENCES:
        for entry in sources.of(section):
            data = entry.data
            if data.get("role", "main") == "main":
                expected = f"{data['source']}>{data['target']}:{data['kind']}:{data['source_direction']}"
                if entry.id != expected:
                    yield Problem(entry.file, entry.id, f"id must be {expected!r}")
            else:
                arc, mark, number = entry.id.rpartition("#c")
                if not mark or not number.isdigit() or arc not in data.get("counters", []):
                    reason = "id of a counter must be that of an arc that it counters, with #c and a number"
                    yield Problem(entry.file, entry.id, reason)


def _counters(sources: Sources) -> Iterator[Problem]:
    """Contested and counter-evidence go together, both ways."""
    for section in INFLUENCES:
        main = {e.id: e for e in sources.of(section) if e.data.get("role", "main") == "main"}
        countered: set[str] = set()
        for entry in sources.of(section):
            counters = entry.data.get("counters", [])
            if entry.id in main:
                if counters:
                    yield Problem(entry.file, entry.id, "counters is for entries with role 'counter'")
                continue
            if not counters:
                yield Problem(entry.file, entry.id, "a counter entry must name the arcs that it counters")
            if entry.data.get("contested"):
                yield Problem(entry.file, entry.id, "contested is a mark of the arc, not of its counter-evidence")
            yield from unknown(entry, "countered arc", counters, set(main))
            for arc in counters:
                countered.add(arc)
                if arc in main and not main[arc].data.get("contested"):
                    yield Problem(main[arc].file, arc, f"has counter-evidence ({entry.id}) and must be contested")
        for id_, entry in main.items():
            if entry.data.get("contested") and id_ not in countered:
                yield Problem(entry.file, id_, "is contested but no counter entry says by what")


def _contradictions(sources: Sources) -> Iterator[Problem]:
    """Main arcs of one movement and target agree in sign, unless one of them is contested by counter-evidence."""
    for section in INFLUENCES:
        claims: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
        for entry in sources.of(section):
            data = entry.data
            if data.get("role", "main") == "main":
                directions = ("up", "down") if data["source_direction"] == "both" else (data["source_direction"],)
                for direction in directions:
                    claims[data["source"], data["target"], direction].append(entry)
        for (_, _, direction), arcs in claims.items():
            signs = {a.data["sign"] for a in arcs}
            if len(signs) > 1 and not any(a.data.get("contested") for a in arcs):
                others = ", ".join(sorted(a.id for a in arcs[:-1]))
                reason = f"contradicts {others}: opposite signs for the source going {direction}, none contested"
                yield Problem(arcs[-1].file, arcs[-1].id, reason)


def _circles(sources: Sources) -> Iterator[Problem]:
    """Identities hold by arithmetic: a circle whose signs multiply to −1 would make a metric its own opposite."""
    for section in INFLUENCES:
        arcs: dict[str, list[Entry]] = defaultdict(list)
        for entry in sources.of(section):
            if entry.data["kind"] == "identity" and entry.data.get("role", "main") == "main":
                arcs[entry.data["source"]].append(entry)
        for start in sorted(arcs):
            circle = _circle(arcs, start)
            if circle and start == min(e.data["source"] for e in circle):
                path = " → ".join([e.data["source"] for e in circle] + [start])
                reason = f"identities form a circle whose signs multiply to −1: {path}"
                yield Problem(circle[0].file, circle[0].id, reason)


def _circle(arcs: dict[str, list[Entry]], start: str) -> list[Entry] | None:
    """A shortest walk over identities from a metric back to itself with the opposite sign."""
    walks: list[tuple[str, int, list[Entry]]] = [(start, 1, [])]
    been = {(start, 1)}
    for node, sign, walked in walks:
        for entry in arcs.get(node, []):
            there = (entry.data["target"], sign if entry.data["sign"] == "+" else -sign)
            if there == (start, -1):
                return [*walked, entry]
            if there not in been:
                been.add(there)
                walks.append((*there, [*walked, entry]))
    return None


def _names(sources: Sources) -> Iterator[Problem]:
    """A name leads to one metric: no two share one, and no near miss is a name of its own metric."""
    owners: dict[str, str] = {}
    for entry in sources.of("metrics"):
        data = entry.data
        names = {n.lower() for n in (data["name"], data["name_de"], *data["aliases"], *data["resolves"])}
        inverse = {n.lower() for n in data.get("inverse_aliases", [])}
        for name in sorted(names | inverse):
            other = owners.setdefault(name, entry.id)
            if other != entry.id:
                yield Problem(entry.file, entry.id, f"the name {name!r} belongs to {other}")
        for name in sorted(inverse & {n.lower() for n in (data["name"], data["name_de"], *data["aliases"])}):
            yield Problem(entry.file, entry.id, f"the name {name!r} is both an alias and an inverse alias")
        for name in sorted((names | inverse) & {n.lower() for n in data["differs_from"]}):
            yield Problem(entry.file, entry.id, f"the name {name!r} is both a name of the metric and a near miss")


def _cues(sources: Sources) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for entry in sources.of("families"):
        for cue in sorted({c.lower() for c in entry.data["cues"]}):
            other = owners.setdefault(cue, entry.id)
            if other != entry.id:
                yield Problem(entry.file, entry.id, f"the cue {cue!r} belongs to {other}")


def _sayings(sources: Sources) -> Iterator[Problem]:
    """What is said is said of something: a metric or family with its two movements, or a lever with a lead-in."""
    moving = _ids(sources, "metrics") | {f"family:{family}" for family in _ids(sources, "families")}
    levers = _ids(sources, "levers")
    for entry in sources.of("sayings"):
        yield from unknown(entry, "metric, family or lever", [entry.id], moving | levers)
        parts = 1 if entry.id in levers else 3
        if {len(entry.data["en"]), len(entry.data["de"])} != {parts}:
            yield Problem(entry.file, entry.id, f"needs {parts} text{'s' * (parts > 1)} in each language")


def _ids(sources: Sources, section: str) -> set[str]:
    return {entry.id for entry in sources.of(section)}


def _prefix(id_: str) -> str:
    return id_.split(".")[0]


CHECKS: tuple[Callable[[Sources], Iterator[Problem]], ...] = (
    _places,
    _families,
    _ends,
    _citations_known,
    _citations_marked,
    _arcs,
    _ids_derived,
    _counters,
    _contradictions,
    _circles,
    _names,
    _cues,
    _sayings,
    rule_problems,
    remedy_problems,
)
