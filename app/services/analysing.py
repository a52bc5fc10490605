"""What an analysis comes to: the engine's run on a stored document, told in every language, and what of it is kept in which row.

Nothing here opens a transaction: it takes long.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, get_args

from app.catalogue import sources
from app.catalogue.load import catalogue
from app.domain.analysis import ENGINE_VERSION, analyse_in
from app.domain.coverage import coverage, pushed
from app.domain.document.checks import document_from
from app.domain.findings import Analysis, Finding, Recommendation, Waived
from app.domain.pages import folded
from app.domain.policy import Policy
from app.domain.terms import Language
from app.domain.verdicts import each
from app.domain.waivers import Grant
from app.reports.canonical_json import Json, as_json, finding_as_json, written
from app.services.audits import check_size
from app.services.rules_in_force import InForce
from app.services.sightings import Sighting
from app.storage.findings import BLOCK
from app.storage.packed_lines import packed

LANGUAGES: tuple[Language, ...] = get_args(Language)
"""What analyses are told in."""


class Pins(NamedTuple):
    """What an analysis depends on beside document, day and waivers: versions, and the hashes of `catalogue` and rule packs."""

    engine: str
    catalogue: str
    rule_packs: Mapping[str, str]
    hashes: Mapping[str, str]


class Asked(NamedTuple):
    """What is to be analysed: a document as it is kept, as of a day, with these waivers beside its own, by these rules."""

    raw: Mapping[str, Any]
    as_of: date
    waivers: tuple[Grant, ...]
    with_recommendations: bool = True
    rules: InForce = InForce()


class Computed(NamedTuple):
    """What the engine said, told in each of `LANGUAGES`, as values and as JSON."""

    analyses: tuple[Analysis, ...]
    told: tuple[Json, ...]
    pins: Pins

    @property
    def first(self) -> Analysis:
        """It in the first language: all that is not text is the same in the others."""
        return self.analyses[0]


@lru_cache(maxsize=1)
def pins() -> Pins:
    """What analyses depend on in this version of Concord."""
    known = catalogue()
    packs = dict(sorted(known.rule_packs.items()))
    hashes = {pack: "sha256:" + sources.content_hash(sources.FOLDER / "rules" / pack) for pack in packs}
    return Pins(ENGINE_VERSION, known.version, packs, {"catalogue": "sha256:" + sources.content_hash(), **hashes})


def pins_with(rules: InForce) -> Pins:
    """The same of an analysis by other rules, too: the versions of their packs, and the hashes of those of their rules that are run."""
    known = pins()
    versions = {pack: str(version) for pack, version, _ in rules.packs}
    hashes = {pack: hash_ for pack, _, hash_ in rules.packs}
    return known._replace(rule_packs={**known.rule_packs, **versions}, hashes={**known.hashes, **hashes})


def compute(asked: Asked, *, most_goals: int | None = None) -> Computed:
    """Run the engine. Raises DocumentInvalid where the catalogue of today refuses the document, or it has more than `most_goals`."""
    document = document_from(asked.raw, catalogue())
    if most_goals is not None:
        check_size(document, most_goals)
    analyses = analyse_in(
        LANGUAGES,
        document,
        catalogue(),
        as_of=asked.as_of,
        raw=asked.raw,
        with_recommendations=asked.with_recommendations,
        policy=Policy(grants=asked.waivers, rulebook=asked.rules.book()),
    )
    return Computed(analyses, tuple(map(as_json, analyses)), pins_with(asked.rules))


def row_of(computed: Computed) -> dict[str, Any]:
    """What the analysis's own row says of what was found."""
    analysis, told = computed.first, computed.told[0]
    covered = coverage(analysis.departments, analysis.goals)
    return {
        "content_hash": analysis.content_hash,
        "as_of": analysis.as_of,
        "engine_version": pins().engine,
        "catalogue_version": pins().catalogue,
        "rule_packs": computed.pins.rule_packs,
        "hashes": computed.pins.hashes,
        "parameters": told["engine"]["parameters"],
        "languages": list(LANGUAGES),
        "headlines": _by_language([one["summary"]["headline"] for one in computed.told]),
        "alignment_index": told["summary"]["alignment_index"],
        "levels": told["summary"]["levels"],
        "kinds": told["summary"]["kinds"],
        "coverage": {n: round(v, 4) if isinstance(v, float) else v for n, v in covered._asdict().items()},
        "goals": [[*goal, round(pressure, 4)] for goal, pressure in sorted(pushed(analysis.goals).items())],
        "entries": len(analysis.findings),
        "finding_count": sum(1 for _ in each(analysis.findings)),
        "waived_count": len(analysis.waived),
        "recommendation_count": len(analysis.recommendations),
        "matrix": told["matrix"],
        "result_hash": result_hash(told),
        "result": packed(written({**one, "findings": []}) for one in computed.told),
    }


def result_hash(told: Json) -> str:
    """The hash of a result as the report in JSON has it."""
    return "sha256:" + hashlib.sha256(written(told)).hexdigest()


def block_rows(computed: Computed) -> list[dict[str, Any]]:
    """Findings in full: the entries of the report, then waived ones, each in every language, some to a block."""
    told = zip(*(_lines(one, said) for one, said in zip(computed.analyses, computed.told, strict=True)), strict=True)
    lines = list(told)
    return [
        {"number": start // BLOCK, "body": packed(line for lines_ in lines[start : start + BLOCK] for line in lines_)}
        for start in range(0, len(lines), BLOCK)
    ]


def finding_rows(computed: Computed) -> list[dict[str, Any]]:
    """A row for each finding, worst first."""
    titles: dict[str, dict[Language, str]] = {}
    for language, analysis in zip(LANGUAGES, computed.analyses, strict=True):
        for placed in _placed(analysis):
            titles.setdefault(placed.finding.fingerprint, {})[language] = placed.finding.title
    ordered = sorted(_placed(computed.first), key=lambda placed: _worst_first(placed.finding))
    return [
        _finding_row(placed, position, titles[placed.finding.fingerprint]) for position, placed in enumerate(ordered)
    ]


def recommendation_rows(computed: Computed) -> list[dict[str, Any]]:
    """A row for each recommendation, in the order in which one would take them up."""
    grounds = {f.fingerprint: f.grounds for f in each(computed.first.findings)}
    bodies = zip(*(one["recommendations"] for one in computed.told), strict=True)
    return [
        {
            "id": one.id,
            "position": position,
            "remedy": one.remedy,
            "effort": one.effort,
            "severity_cleared": round(one.effect.severity_before - one.effect.severity_after, 2),
            "ground": ground_of(one, grounds),
            "about": about_of(one),
            "bodies": _by_language(body),
        }
        for position, (one, body) in enumerate(zip(computed.first.recommendations, bodies, strict=True))
    ]


def ground_of(recommendation: Recommendation, grounds: Mapping[str, str]) -> str:
    """A mark of the findings that a recommendation answers and what each rests on: who dismisses it does so on that ground."""
    answered = "\n".join(f"{key} {grounds.get(key, '')}" for key in sorted(recommendation.addresses))
    return hashlib.sha256(answered.encode()).hexdigest()[:16]


def about_of(recommendation: Recommendation) -> str:
    """A mark of the remedy and the findings that it answers: the same for another patch that does the same for them."""
    about = "\n".join((recommendation.remedy, *sorted(recommendation.addresses)))
    return hashlib.sha256(about.encode()).hexdigest()[:16]


def sightings_of(rows: Sequence[Mapping[str, Any]], computed: Computed) -> tuple[Sighting, ...]:
    """What the analysis saw, worst first, for those who follow conflicts."""
    found = {placed.finding.fingerprint: placed for placed in _placed(computed.first)}
    return tuple(
        Sighting(
            fingerprint=row["fingerprint"],
            kind=row["kind"],
            rule=row["rule"],
            level=row["level"],
            severity=row["severity"],
            confidence=row["confidence"],
            subjects=found[row["fingerprint"]].finding.subjects,
            departments=tuple(row["departments"]),
            outcome=row["outcome"],
            grounds=found[row["fingerprint"]].finding.grounds,
            titles=row["titles"],
            waived_by=found[row["fingerprint"]].waived_by,
        )
        for row in rows
    )


class _Placed(NamedTuple):
    """A finding by itself: the line that it stands in, the finding that it is folded under, the waiver that covers it."""

    finding: Finding
    line: int
    folded_under: str | None = None
    waived_by: Grant | None = None


def _placed(analysis: Analysis) -> list[_Placed]:
    placed = []
    for line, entry in enumerate(analysis.findings):
        placed.append(_Placed(entry, line))
        placed += [_Placed(one, line, entry.fingerprint) for one in entry.also]
    after = len(analysis.findings)
    waived = [(one, one.finding) for one in analysis.waived if one.finding is not None]
    placed += [_Placed(finding, after + n, None, _grant(by)) for n, (by, finding) in enumerate(waived)]
    return placed


def _grant(by: Waived) -> Grant:
    expires = date.fromisoformat(by.expires) if by.expires else None
    return Grant(by.place, by.fingerprint, owner=by.owner, reason=by.reason, expires=expires)


def _lines(analysis: Analysis, told: Json) -> list[bytes]:
    waived = [finding_as_json(one.finding) for one in analysis.waived if one.finding is not None]
    return [written(one) for one in (*told["findings"], *waived)]


def _finding_row(placed: _Placed, position: int, titles: Mapping[Language, str]) -> dict[str, Any]:
    finding = placed.finding
    said = finding_as_json(finding._replace(also=()))
    outcome = next((s.key for s in finding.subjects if s.kind == "outcome" and s.role == "target"), None)
    plain = ("fingerprint", "kind", "rule", "flaw", "level", "severity", "confidence", "subjects", "departments")
    keys = [subject.key for subject in finding.subjects]
    return {
        **{name: said[name] for name in plain},
        "position": position,
        "outcome": outcome,
        "status": said["status"],
        "folded_under": placed.folded_under,
        "line": placed.line,
        "titles": dict(titles),
        "searched": folded(finding.fingerprint, finding.rule, finding.flaw, *keys, *titles.values()),
    }


def _worst_first(finding: Finding) -> tuple[float, float, str]:
    return -finding.severity, -finding.confidence, finding.fingerprint


def _by_language(told: Sequence[Any]) -> dict[Language, Any]:
    return dict(zip(LANGUAGES, told, strict=True))
