"""Files of waivers: findings that are accepted, each in one place, with who, why and until when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import ValidationError

from app.domain.document import MOST_SUPPRESSIONS, Suppression
from app.domain.document.values import Day, LongText, Text
from app.domain.faults import Fault, Path, invalid, pointer
from app.domain.waivers import Grant
from app.exchange.side_files import listed, located, side_file
from app.exchange.source import Source


class FiledGrant(NamedTuple):
    """A waiver of a file. `file`: the only document that it is for, relative to the folder of the waivers; None: any."""

    grant: Grant
    file: str | None


class FiledWaiver(Suppression):
    """A waiver as it is written in a file: who, why and until when must be said."""

    owner: Text
    reason: LongText
    expires: Day
    file: Text | None = None


def read_waivers(data: bytes, name: str) -> tuple[FiledGrant, ...]:
    """The waivers of a YAML, JSON or TOML file: a list, or a list under `waivers`. Raises DocumentInvalid."""
    source = side_file(data, name)
    with located(source):
        items, path = listed(source.raw, "waivers")
        return tuple(_waivers(items, path, source))


def _waivers(items: list[Any], path: Path, source: Source) -> Iterator[FiledGrant]:
    from app.domain.document.shape_faults import shape_fault

    faults: list[Fault] = []
    if len(items) > MOST_SUPPRESSIONS:
        raise invalid([Fault(path, "too_many", details={"count": len(items), "most": MOST_SUPPRESSIONS})])
    read: list[FiledGrant] = []
    for number, item in enumerate(items):
        at = (*path, number)
        try:
            said = FiledWaiver.model_validate(item)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                fault = shape_fault({**one, "loc": ("suppressions", 0, *one["loc"])})
                faults.append(fault._replace(path=(*at, *fault.path[2:])))
            continue
        if said.fingerprint is None and said.rule is None:
            faults.append(Fault(at, "waives_nothing"))
        elif said.fingerprint is None and not said.subjects:
            faults.append(Fault(at, "waives_whole_rule"))
        line = source.places.at(pointer(at)).line
        read.append(FiledGrant(_grant(said, f"{source.name}:{line}"), said.file))
    if faults:
        raise invalid(faults, source.raw)
    yield from read


def _grant(said: FiledWaiver, place: str) -> Grant:
    return Grant(
        place,
        said.fingerprint,
        said.rule,
        frozenset(said.subjects),
        said.owner,
        said.reason,
        said.expires,
        said.grounds,
    )
