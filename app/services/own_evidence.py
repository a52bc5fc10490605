"""What an organization's own observations say of the influences that its findings use, and the catalogue's class replaced by their own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from app.catalogue.load import catalogue
from app.domain.access import Caller
from app.domain.claims import Claim as Once
from app.domain.empirical import Check, checked
from app.domain.errors import Changed, Missing, WrongState
from app.domain.observations import Series
from app.domain.own_evidence import Stand, Tested, Untested, Used, claim_of, stands, used_influences
from app.domain.stored_form import stored_form
from app.domain.terms import Language
from app.reports.canonical_json import measure
from app.services import accepting, scenario_comparisons
from app.services.accepting import document_tag
from app.services.detecting import Standing, detected, standing
from app.services.organizations import existing
from app.services.scenario_comparisons import Side, Sides
from app.storage import claims, observations
from app.storage.database import Database

Json = dict[str, Any]
Values = Mapping[date, float]

SHOWN = ("alignment_change", "counts", "new", "worse", "better", "fixed", "changes")
"""What of a comparison tells what a replacement does."""


class Evidence(NamedTuple):
    """What was tested, what could not be, and the document whose findings use it."""

    standing: Standing
    tested: tuple[Tested, ...]
    untested: tuple[Untested, ...]


@dataclass(frozen=True, slots=True)
class Replacement:
    """A class that own observations replaced, and what that changes. `revision`: that of the document then."""

    influence: str
    before: str
    after: str
    revision: int
    changed: Json

    @property
    def shown(self) -> Json:
        """It as the API shows it."""
        return {
            "influence": self.influence,
            "before": self.before,
            "after": self.after,
            "revision": self.revision,
            **self.changed,
        }


def evidence(
    store: Database, caller: Caller, organization: str, as_of: date, *, most_goals: int | None = None
) -> Evidence:
    """Test every influence that findings use on what was observed. Takes as long as an analysis. Raises Missing."""
    with store.reading(caller.workspace) as tx:
        of = existing(tx, caller, organization)
        found, counts = standing(tx, of), observations.counted(tx, of)
    detection = detected(found, as_of, most_goals).detection
    standing_for = stands(detection, counts)
    used = used_influences(detection)
    both = [one for one in used if not _missing(one, standing_for)]
    wanted = {standing_for[end].series for one in both for end in (one.influence.source, one.influence.target)}
    with store.reading(caller.workspace) as tx:
        values = observations.of_series(tx, existing(tx, caller, organization), wanted)
    untested = [Untested(one, missing) for one in used if (missing := _missing(one, standing_for))]
    return Evidence(found, _tested(both, standing_for, values), tuple(untested))


def evidence_as_json(found: Evidence, as_of: date) -> Json:
    """It as the API shows it."""
    return {
        "revision": found.standing.revision,
        "as_of": as_of.isoformat(),
        "influences": [_influence(one) for one in found.tested],
        "untested": [{**_about(one.used), "missing": list(one.missing)} for one in found.untested],
    }


def replace(
    store: Database,
    caller: Caller,
    organization: str,
    influence: str,
    language: Language,
    now: datetime,
    *,
    most_goals: int | None = None,
    once: Once | None = None,
    dry_run: bool = False,
) -> Replacement:
    """Let the class that own observations show replace the catalogue's, in the document.

    Raises Missing for an influence that no finding uses, WrongState where observations do not support it, or show the class that it has,
    and Changed where the document was changed meanwhile.
    """
    with store.reading(caller.workspace) as tx:
        if (before := claims.known(tx, caller, once, Replacement)) is not None:
            return before
    seen = evidence(store, caller, organization, now.date(), most_goals=most_goals)
    tested = _the(seen, influence)
    raw = {**seen.standing.raw, "influences": _overriding(seen.standing.raw.get("influences", ()), tested)}
    compared = _compared(seen.standing, raw, language, now.date(), most_goals)
    with store.writing(caller.workspace, dry_run=dry_run) as tx:
        if (before := claims.earlier(tx, caller, once, Replacement)) is not None:
            return before
        of = existing(tx, caller, organization, locked=True)
        if of.revision != seen.standing.revision:
            raise Changed(document_tag(of.revision, of.content_hash))
        accepted = accepting.accept(
            tx, caller, of, raw, at=now, action="influences.replaced", target=f"organizations/{organization}/evidence"
        )
        strength, own = tested.used.influence.strength, tested.own
        made = Replacement(influence, strength, own or strength, accepted.number, compared)
        claims.keep(tx, caller, once, made)
        return made


def _missing(used: Used, standing_for: Mapping[str, Stand]) -> tuple[str, ...]:
    return tuple(end for end in (used.influence.source, used.influence.target) if end not in standing_for)


def _tested(
    used: Sequence[Used], standing_for: Mapping[str, Stand], values: Mapping[Series, Values]
) -> tuple[Tested, ...]:
    """All of them together, with draws that follow from what is tested: the same observations give the same verdicts."""
    from numpy.random import default_rng

    ends = [(standing_for[one.influence.source], standing_for[one.influence.target]) for one in used]
    asked = [
        (claim_of(one.influence), source.values(values), target.values(values))
        for one, (source, target) in zip(used, ends, strict=True)
    ]
    said = json.dumps([[*claim, *map(_written, both)] for claim, *both in asked])
    seed = int.from_bytes(hashlib.sha256(said.encode()).digest()[:8], "big")
    checks = checked(asked, default_rng(seed)) if asked else ()
    return tuple(Tested(one, *both, check) for one, both, check in zip(used, ends, checks, strict=True))


def _written(values: Values) -> list[tuple[str, float]]:
    return [(day.isoformat(), value) for day, value in values.items()]


def _the(seen: Evidence, influence: str) -> Tested:
    tested = next((one for one in seen.tested if one.used.influence.id == influence), None)
    if tested is None or influence not in catalogue().influences:
        raise Missing("influence", influence)
    if tested.own is None:
        raise WrongState(
            "Your observations do not support this influence: there is no effect of its own to take.",
            "Ihre Beobachtungen stützen diesen Einfluss nicht: Es gibt keine eigene Wirkung, die zu nehmen wäre.",
        )
    if tested.own == tested.used.influence.strength:
        raise WrongState(
            "Your observations show the class that the influence has already.",
            "Ihre Beobachtungen zeigen die Klasse, die der Einfluss schon hat.",
        )
    return tested


def _overriding(influences: Sequence[Json], tested: Tested) -> list[Json]:
    """The document's own influences, where one replaces the catalogue's."""
    id_ = tested.used.influence.id
    said = {"overrides": id_, "strength": tested.own, "evidence": "observational", "source_note": _note(tested.check)}
    others = [one for one in influences if one.get("overrides") != id_]
    present: Json = next((one for one in influences if one.get("overrides") == id_), {})
    return [*others, {**present, **said}]


def _note(check: Check) -> str:
    return (
        f"Own observations: correlation {check.correlation or 0:.2f} at a lag of {check.lag} × {check.period}, "
        f"{check.points} points, p = {check.chance or 0:.4f}."
    )


def _compared(
    before: Standing, raw: Mapping[str, Any], language: Language, as_of: date, most_goals: int | None
) -> Json:
    about = {"revision": before.revision, "content_hash": before.content_hash}
    after = stored_form(accepting.valid(raw))
    sides = Sides(Side(about, dict(before.raw)), Side(about, after), before.waivers, before.rules)
    found = scenario_comparisons.compared(sides, language, as_of, most_goals=most_goals)
    return {name: found[name] for name in SHOWN}


def _about(used: Used) -> Json:
    one = used.influence
    return {
        "influence": one.id,
        "source": one.source,
        "target": one.target,
        "sign": one.sign,
        "kind": one.kind,
        "strength": one.strength,
        "lag_days": one.lag_days,
        "findings": list(used.findings),
    }


def _influence(one: Tested) -> Json:
    check: Check = one.check
    figures = {
        "correlation": None if check.correlation is None else measure(check.correlation),
        "lag_periods": check.lag,
        "p_value": check.chance,
        "p_value_against": check.chance_against,
        "own_strength": one.own,
    }
    return {
        **_about(one.used),
        "observed": {"source": _stand(one.source), "target": _stand(one.target)},
        "verdict": check.verdict,
        "period": check.period,
        "points": check.points,
        "points_needed": check.needed,
        **{name: value for name, value in figures.items() if value is not None},
    }


def _stand(one: Stand) -> Json:
    return {one.series.subject: one.series.key, "inverted": one.inverted}
