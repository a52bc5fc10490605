"""Two documents beside each other, as pages show it: what becomes of findings, whose pay moves, what roles are paid, what changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple

from app.domain.findings import Subject
from app.pages.console.changes import changes_said
from app.pages.texts import PageWords
from app.reports.drawings.canvas import Drawing, Table
from app.reports.drawings.role_curves import role_curves
from app.reports.text_names import Names

Json = Mapping[str, Any]

FATES = ("worse", "new", "fixed", "better", "waived")
"""What may have become of a finding, what asks for a look first."""
MOST_OPEN = 8
"""Findings of one fate that are shown without being asked for; what got worse always is."""
_SIDES = ("before", "after")


class Tried(NamedTuple):
    """A document before and after a change, and what the engine finds in both, where that was looked at."""

    before: Json
    after: Json
    compared: Json | None

    def told(self, words: PageWords) -> SimpleNamespace | None:
        """It for the template; None where it was not looked at."""
        return None if self.compared is None else comparison(self.compared, self.before, self.after, words)


def comparison(said: Json, before: Json, after: Json, words: PageWords) -> SimpleNamespace:
    """A comparison, as the API answers it, for its template. `before`, `after`: the documents, which give names to keys."""
    names = _named(before, after, words)
    return SimpleNamespace(
        as_of=said["as_of"],
        index=[_index(said[side]["alignment_index"], words) for side in _SIDES],
        severity=[words.number(said[side]["severity"]) for side in _SIDES],
        serious=[words.count(said[side]["levels"]["high"] + said[side]["levels"]["critical"]) for side in _SIDES],
        cost=words.cost(said["cost"]),
        fates=[_fate(fate, said[fate]) for fate in FATES if said[fate]],
        unchanged=words.count(said["counts"]["unchanged"]),
        moved=_moved(said["pay_moved"], words),
        roles=[_role(number, role, names, words) for number, role in enumerate(said["roles"])],
        changes=changes_said(said["changes"], before, after, words),
    )


def _named(before: Json, after: Json, words: PageWords) -> Mapping[str, str]:
    """KPIs and components of both documents by their keys."""
    named: dict[str, str] = {}
    for raw in (before, after):
        names = Names(words, raw, None)
        for plan in raw.get("incentive_plans", ()):
            named |= {one["key"]: names.subject(Subject("component", one["key"])) for one in plan["components"]}
        named |= {one["key"]: names.subject(Subject("kpi", one["key"])) for one in raw.get("kpis", ())}
    return named


def _index(value: float | None, words: PageWords) -> str:
    return words("unknown") if value is None else words.signed(value)


def _fate(fate: str, found: Sequence[Json]) -> SimpleNamespace:
    is_open = fate in ("worse", "new") or len(found) <= MOST_OPEN
    return SimpleNamespace(name=f"cmp_{fate}", found=found, is_open=is_open)


def _moved(found: Sequence[Json], words: PageWords) -> Table | None:
    """Whose pay hangs on something else afterwards."""
    if not found:
        return None
    rows = tuple(
        (
            one.get("role") or one["incentive_plan"],
            words.count(one["headcount"]) if "headcount" in one else words("unknown"),
            words.share(one["share"]),
            _money(one.get("amount"), words) or words("unknown"),
        )
        for one in found
    )
    return Table(tuple(map(words, ("cmp_role", "cmp_people", "share_head", "cmp_a_year"))), rows, (1, 2, 3))


def _role(number: int, role: Json, names: Mapping[str, str], words: PageWords) -> SimpleNamespace:
    sides: list[Json] = [role.get(side) or {} for side in _SIDES]
    name = role.get("role") or role["incentive_plan"]
    known = [side["known"] for side in sides if side]
    return SimpleNamespace(
        name=name,
        news="cmp_plan_new" if not sides[0] else "cmp_plan_gone" if not sides[1] else "",
        drawing=_drawn(number, name, sides, words),
        marks=_marks(sides, words),
        weights=_weights(sides, names, words),
        by_place=words("cmp_by_place", share=words.share(1 - min(known))) if min(known) < 1 - 1e-6 else "",
    )


def _drawn(number: int, name: str, sides: Sequence[Json], words: PageWords) -> Drawing | None:
    before, after = ([(one["attainment"], one["pay"]) for one in side.get("points", ())] for side in sides)
    return role_curves(f"pay-{number}", before, after, words, about=name) if before or after else None


def _marks(sides: Sequence[Json], words: PageWords) -> Table | None:
    """Pay at the attainments that are told, before and after."""
    by_side = [{mark["attainment"]: mark for mark in side.get("marks", ())} for side in sides]
    reached = sorted({attainment for side in by_side for attainment in side})
    rows = tuple((words.share(at), *(_mark(side.get(at), words) for side in by_side)) for at in reached)
    head = tuple(map(words, ("cmp_reached", "cmp_before", "cmp_after")))
    return Table(head, rows, (0, 1, 2)) if rows else None


def _mark(mark: Json | None, words: PageWords) -> str:
    if mark is None:
        return words("cmp_nothing_paid")
    told = [words.share(mark["pay"]), *filter(None, [_money(mark.get("amount"), words)])]
    if mark["lowest"] < mark["pay"]:
        told.append(words("cmp_down_to", share=words.share(mark["lowest"])))
    if mark["highest"] > mark["pay"]:
        told.append(words("cmp_up_to", share=words.share(mark["highest"])))
    return "; ".join(told)


def _weights(sides: Sequence[Json], names: Mapping[str, str], words: PageWords) -> Table:
    """What pay hangs on: the weight that a plan states, and the one that works."""
    by_side = [{one.get("kpi") or one["component"]: one for one in side.get("measures", ())} for side in sides]
    rows = tuple(
        (
            names.get(key, key),
            _shares([side.get(key, {}).get("stated") for side in by_side], words),
            _shares([side.get(key, {}).get("effective") for side in by_side], words),
            ", ".join(_gated(by_side[1].get(key, {}), names)),
        )
        for key in {key: None for side in reversed(by_side) for key in side}
    )
    return Table(tuple(map(words, ("cmp_measure", "cmp_stated", "cmp_effective", "cmp_gates"))), rows, (1, 2))


def _gated(measure: Json, names: Mapping[str, str]) -> Iterator[str]:
    for component in (*measure.get("gates", ()), *measure.get("modifies", ())):
        yield names.get(component, component)


def _shares(values: Sequence[float | None], words: PageWords) -> str:
    """A share before and after, once where it stays."""
    told = [words("cmp_none") if value is None else words.share(value) for value in values]
    return told[0] if told[0] == told[1] else words("from_to", before=told[0], after=told[1])


def _money(amount: Json | None, words: PageWords) -> str:
    """An amount in whole units; empty where none is known."""
    if amount is None:
        return ""
    return " ".join([words.count(round(float(amount["amount"]))), *filter(None, [amount.get("currency")])])
