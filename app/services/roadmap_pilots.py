"""How an item of a roadmap is tried on a part of the company: after how long it shows is read from influences, where nobody says it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from app.domain.access import Caller
from app.domain.errors import WrongState
from app.domain.pilots import Pilot, pilot_of_mean, pilot_of_share
from app.domain.roadmap import Item, Measure, calendar
from app.domain.terms import Language
from app.reports.json_roadmap import pilot_as_json
from app.services.detecting import Detected, Standing, detected, standing
from app.services.organizations import existing
from app.services.roadmaps import Roadmap, get
from app.storage.database import Database

PERCENT = frozenset({"%", "percent"})
SHARE = frozenset({"share"})
"""Units of measures that are shares of people or cases; all others are means, and need to know how widely they spread."""


class Asked(NamedTuple):
    """What somebody says of a pilot. `lag_days`: after how many days the effect shows; `deviation`: standard deviation of the measure."""

    people_of_unit: int
    lag_days: int | None = None
    deviation: float | None = None


class Tried(NamedTuple):
    """An item to be tried, and the document in which its measure stands."""

    roadmap: Roadmap
    item: Item
    document: Standing


def tried(store: Database, caller: Caller, organization: str, key: str) -> Tried:
    """An item that is at the stage experiment. Raises Missing, and WrongState for one at another stage or without a measure."""
    roadmap = get(store, caller, organization)
    item = roadmap.item(key)
    if item.stage != "experiment":
        raise WrongState(
            f"Pilots are designed for items at the stage experiment; this one is at {item.stage}.",
            f"Piloten werden für Maßnahmen auf der Stufe experiment entworfen; diese ist bei {item.stage}.",
        )
    if item.measure is None:
        raise WrongState(
            "The item has no measure of success any more; enter one.",
            "Die Maßnahme hat kein Erfolgsmaß mehr; tragen Sie eines ein.",
        )
    with store.reading(caller.workspace) as tx:
        return Tried(roadmap, item, standing(tx, existing(tx, caller, organization)))


def designed(
    found: Tried, asked: Asked, language: Language, now: datetime, *, most_goals: int | None = None
) -> dict[str, Any]:
    """The pilot. Takes as long as an analysis where influences have to say the lag.

    Raises WrongState where they say none, or where the measure is neither a share nor has a deviation, DocumentInvalid.
    """
    measure = found.item.measure
    assert measure is not None
    lag = asked.lag_days
    if lag is None:
        lag = _lag(measure, detected(found.document, now.date(), most_goals))
    begins_on = calendar(found.roadmap.items, found.roadmap.starts_on)[found.item.key][0]
    lag_from = "influences" if asked.lag_days is None else "asked"
    return pilot_as_json(_pilot(measure, asked, lag), lag_from, begins_on, language)


def _pilot(measure: Measure, asked: Asked, lag: int) -> Pilot:
    unit = (measure.unit or "").strip().casefold()
    if unit in SHARE or unit in PERCENT:
        whole = 100 if unit in PERCENT else 1
        today, wanted = measure.baseline / whole, measure.target / whole
        if not (0 <= today <= 1 and 0 <= wanted <= 1):
            raise WrongState(
                f"{measure.name} is a share: {measure.baseline} and {measure.target} lie between 0 and {whole}.",
                f"{measure.name} ist ein Anteil: {measure.baseline} und {measure.target} liegen von 0 bis {whole}.",
            )
        return pilot_of_share(today, wanted, asked.people_of_unit, lag)
    if asked.deviation is None:
        raise WrongState(
            f"{measure.name} is no share (unit share or %): send deviation, its standard deviation from case to case.",
            f"{measure.name} ist kein Anteil (Einheit share oder %): Senden Sie deviation, seine Standardabweichung von Fall zu Fall.",
        )
    return pilot_of_mean((measure.target - measure.baseline) / asked.deviation, asked.people_of_unit, lag)


def _lag(measure: Measure, seen: Detected) -> int:
    """The longest lag of the influences on the metric that a measure is: that of the KPI of this key or name, or the metric of this id."""
    name = measure.name.strip().casefold()
    kpi = next(
        (one.key for one in seen.document.kpis if name in (one.key.casefold(), (one.name or "").casefold())), None
    )
    resolution = seen.detection.resolutions.get(("kpi", kpi)) if kpi else None
    metric = resolution.metric if resolution else name
    number = seen.detection.graph.numbers.get(metric or "")
    if number is not None:
        entering = seen.detection.graph.entering
        lags = [arc.lag_days for movement in (2 * number, 2 * number + 1) for arc in entering[movement]]
        if lags:
            return max(lags)
    raise WrongState(
        f"No influence says after how long {measure.name} moves: send lag, in days, or name the measure as a KPI.",
        f"Kein Einfluss sagt, nach welcher Zeit {measure.name} sich bewegt: Senden Sie lag (Tage), oder nennen Sie einen KPI.",
    )
