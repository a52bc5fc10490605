"""Paths → what can be done there."""

from __future__ import annotations

from typing import Any

from starlette.routing import Match

from app.main import application
from app.settings import Settings
from app.web.addresses import Addresses


def routes() -> list[Any]:
    """All operations of the service."""
    service = application(Settings(database_url="sqlite:////nowhere/at/all.db"))
    return [route for route in service.routes if hasattr(route, "operation_id")]


def test_every_operation_is_found_at_its_own_address() -> None:
    """With the values of its placeholders, and beside all others of that address."""
    known = routes()
    addresses = Addresses(known)

    for route in known:
        names = dict(zip(route.param_convertors, ("one", "another", "a third", "a fourth"), strict=False))
        place = addresses.find(route.path_format.format(**names))

        assert place is not None
        assert place.parameters == names
        assert all(place.operations[method] is route for method in route.methods)


def test_what_is_found_is_what_the_framework_would_match() -> None:
    """For the paths that exist, and for those that only look like it."""
    known = routes()
    addresses = Addresses(known)
    paths = {route.path.format(**dict.fromkeys(route.param_convertors, "x")) for route in known}

    for path in sorted(paths | {path + "/" for path in paths} | {path + "/more" for path in paths} | {"", "/v1//x"}):
        asked = {"type": "http", "path": path, "method": ""}
        matched = [route for route in known if route.matches(asked)[0] is not Match.NONE]
        place = addresses.find(path)

        assert (place is not None) == bool(matched), path
        assert place is None or all(any(route is one for one in matched) for route in place.operations.values())


def test_a_fixed_name_goes_before_a_placeholder_and_only_where_it_leads_on() -> None:
    """`/v1/metrics/resolve` is no metric, but there may be a metric of that name in an organization."""
    addresses = Addresses(routes())

    resolve, metric = addresses.find("/v1/metrics/resolve"), addresses.find("/v1/metrics/service.csat")
    assert resolve is not None and set(resolve.operations) == {"POST"}
    assert metric is not None and metric.parameters == {"metric_id": "service.csat"}
    assert addresses.find("/v1/organizations/restore/restore") is not None
