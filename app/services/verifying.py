"""Verifying a stored analysis: the engine runs again on what it was made of, and the findings are compared byte for byte."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.domain.access import Caller
from app.reports.canonical_json import written
from app.services.analyses import StoredAnalysis
from app.services.analysing import LANGUAGES, Asked, Pins, compute, pins_with
from app.services.grants import grant_from
from app.services.kept_results import read_result
from app.storage.database import Database

Json = dict[str, Any]

_COMPUTED = ("summary", "departments", "matrix", "resolutions", "findings", "waived", "rules", "loops", "goals")
"""Members of a result that a verification compares; recommendations rest on them."""


def verify(store: Database, caller: Caller, organization: str, id_: str) -> Json:
    """What comes of running an analysis again from its revision, day, waivers, parameters and rules with what Concord knows today.

    The parameters are those of the document, pinned by its revision; the rules are the workspace's own in the versions that it ran, with
    what the organization had set otherwise. `reproduced`: whether the findings are the same bytes; `differs`: the
    members that are not; `pins`: what was pinned and is another today. Raises Missing, and DocumentInvalid where the catalogue of today
    refuses the document.
    """
    kept = read_result(store, caller, organization, id_)
    analysis = kept.analysis
    waivers = tuple(grant_from(said) for said in analysis.waivers)
    computed = compute(
        Asked(kept.raw, date.fromisoformat(analysis.as_of), waivers, with_recommendations=False, rules=kept.rules)
    )
    again = computed.told[LANGUAGES.index(analysis.languages[0])]
    differs = [name for name in _COMPUTED if written({name: kept.result[name]}) != written({name: again[name]})]
    return {
        "analysis": id_,
        "reproduced": "findings" not in differs,
        "differs": differs,
        "findings": _compared(kept.result["findings"], again["findings"]),
        "pins": changed_pins(analysis, pins_with(kept.rules)),
    }


def changed_pins(analysis: StoredAnalysis, today: Pins) -> list[Json]:
    """Each thing that the analysis depends on and that is another today: what it was, and what it is."""
    pairs: list[tuple[str, Any, Any]] = [
        ("engine", analysis.engine_version, today.engine),
        ("catalogue", analysis.catalogue_version, today.catalogue),
        *(
            (f"rule_packs.{pack}", analysis.rule_packs.get(pack), today.rule_packs.get(pack))
            for pack in _packs(analysis, today)
        ),
    ]
    hashes = {**analysis.hashes, **today.hashes}
    pairs += [(f"hashes.{name}", analysis.hashes.get(name), today.hashes.get(name)) for name in sorted(hashes)]
    return [_pin(name, then, now) for name, then, now in pairs if then != now]


def _packs(analysis: StoredAnalysis, today: Pins) -> list[str]:
    return sorted({*analysis.rule_packs, *today.rule_packs})


def _pin(name: str, then: str | None, now: str | None) -> Json:
    sides = {"pinned": then, "today": now}
    return {"name": name, **{side: value for side, value in sides.items() if value is not None}}


def _compared(then: list[Json], now: list[Json]) -> Json:
    """The findings by fingerprint, those that an entry folds by themselves."""
    before, after = _by_fingerprint(then), _by_fingerprint(now)
    both = before.keys() & after.keys()
    return {
        "same": sum(before[key] == after[key] for key in both),
        "changed": sorted(key for key in both if before[key] != after[key]),
        "gone": sorted(before.keys() - after.keys()),
        "new": sorted(after.keys() - before.keys()),
    }


def _by_fingerprint(entries: list[Json]) -> Mapping[str, bytes]:
    single = (one for entry in entries for one in (entry, *entry["also"]))
    return {one["fingerprint"]: written({**one, "also": []}) for one in single}
