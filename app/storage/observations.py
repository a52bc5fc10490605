"""Observations: dated values of an organization's KPIs and of metrics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, Row, func
from sqlmodel import Field

from app.domain.observations import Observation, Series
from app.domain.pages import Found, Wanted
from app.storage.organizations import Organization
from app.storage.pages import Listing, page_of
from app.storage.workspace import Owned, Transaction

_DAYS_AT_ONCE = 500
"""Days that one statement names."""


class ObservationRow(Owned, table=True):
    """A value on a day. `subject`: whether `key` is that of a KPI or the id of a metric; `day`: `2026-01-31`."""

    __tablename__ = "observation"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id", "organization_id"], ["organization.workspace_id", "organization.id"]),
        Index("observation_day", "workspace_id", "organization_id", "day", "subject", "key"),
    )

    organization_id: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    day: str = Field(primary_key=True)
    value: float


def listed(tx: Transaction, organization: Organization, wanted: Wanted) -> Found[Row[Any]]:
    """A page of the organization's observations."""
    return page_of(tx, LISTING, wanted, _o.organization_id == organization.id)


def known(
    tx: Transaction, organization: Organization, asked: Iterable[Observation]
) -> dict[tuple[Series, date], float]:
    """The values that are there for the series and days of these observations."""
    found: dict[tuple[Series, date], float] = {}
    for series, days in _by_series(asked):
        statement = tx.mine(ObservationRow, _o.day, _o.value).where(*_that(organization, series), _o.day.in_(days))
        found |= {(series, date.fromisoformat(row.day)): row.value for row in tx.all(statement)}
    return found


def counted(tx: Transaction, organization: Organization) -> dict[Series, int]:
    """How many observations each series of the organization has."""
    grouped = tx.mine(ObservationRow, _o.subject, _o.key, func.count(_o.day).label("days"))
    rows = tx.all(grouped.where(_o.organization_id == organization.id).group_by(_o.subject, _o.key))
    return {Series(row.subject, row.key): row.days for row in rows}


def of_series(tx: Transaction, organization: Organization, wanted: Iterable[Series]) -> dict[Series, dict[date, float]]:
    """All values of some series, by day."""
    found = {}
    for series in sorted(set(wanted)):
        rows = tx.all(tx.mine(ObservationRow, _o.day, _o.value).where(*_that(organization, series)).order_by(_o.day))
        found[series] = {date.fromisoformat(row.day): row.value for row in rows}
    return found


def put(tx: Transaction, organization: Organization, observations: Sequence[Observation]) -> None:
    """Write values, those of their series and days that are there before give way."""
    for series, days in _by_series(observations):
        tx.run(tx.removing(ObservationRow).where(*_that(organization, series), _o.day.in_(days)))
    tx.add_all(
        ObservationRow,
        [
            {
                "organization_id": organization.id,
                "subject": one.series.subject,
                "key": one.series.key,
                "day": one.on.isoformat(),
                "value": one.value,
            }
            for one in observations
        ],
    )


def remove(tx: Transaction, organization: Organization, filters: Mapping[str, tuple[Any, ...]]) -> int:
    """Delete what the filters of `listed` select, and tell how many there were."""
    selected = (_o.organization_id == organization.id, *(_FILTERS[name](values) for name, values in filters.items()))
    count = tx.count(ObservationRow, *selected)
    tx.run(tx.removing(ObservationRow).where(*selected))
    return count


def _by_series(observations: Iterable[Observation]) -> Iterator[tuple[Series, list[str]]]:
    """Each series with its days, as many as one statement names."""
    days: dict[Series, list[str]] = {}
    for one in observations:
        days.setdefault(one.series, []).append(one.on.isoformat())
    for series, every in sorted(days.items()):
        for start in range(0, len(every), _DAYS_AT_ONCE):
            yield series, every[start : start + _DAYS_AT_ONCE]


def _that(organization: Organization, series: Series) -> tuple[Any, ...]:
    return _o.organization_id == organization.id, _o.subject == series.subject, _o.key == series.key


_o: Any = ObservationRow

_FILTERS: Mapping[str, Any] = {
    "kpi": lambda keys: (_o.subject == "kpi") & _o.key.in_(keys),
    "metric": lambda ids: (_o.subject == "metric") & _o.key.in_(ids),
    "from_": lambda days: _o.day >= days[0].isoformat(),
    "to": lambda days: _o.day < days[0].isoformat(),
}

LISTING = Listing(
    ObservationRow,
    shown=(_o.subject, _o.key, _o.day, _o.value),
    sort={"subject": _o.subject, "key": _o.key, "on": _o.day},
    total=("subject", "key", "on"),
    filters=_FILTERS,
)
