"""Changes of a document as pages tell them: in the words of the forms in which people make them, with names in place of keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from app.domain import document
from app.domain.change_form import change_from_json
from app.domain.document import Part
from app.domain.document.changes import Change
from app.domain.findings import Subject
from app.pages.texts import PAGE_TEXTS, PageWords
from app.reports.text_line import plain
from app.reports.text_names import Names
from app.web.part_forms import Field, field_at

Json = Mapping[str, Any]

MOST_SAID = 160
"""Characters of a value that are shown."""

_PARTS: Mapping[str, type[Part]] = {
    "organization": document.Organization,
    "segment": document.Segment,
    "department": document.Department,
    "outcome": document.Outcome,
    "kpi": document.Kpi,
    "incentive_plan": document.IncentivePlan,
    "component": document.Component,
    "governance": document.Governance,
    "metric": document.OwnMetric,
    "influence": document.OwnInfluence,
    "suppression": document.Suppression,
}


def changes_said(changes: Sequence[Json], before: Json, after: Json, words: PageWords) -> list[dict[str, str]]:
    """What changes from one document to another, part by part: its `kind`, the `action` on it, and its sentence as `text`."""
    old, new = (_Side(Names(words, raw, None), words) for raw in (before, after))
    return [
        {"kind": one["kind"], "action": one["action"], "text": _said(change_from_json(one), old, new, words)}
        for one in changes
    ]


def label_of(path: Sequence[str], words: PageWords) -> str:
    """What a member of a part is called; one that only the text of the model has goes by its own name."""
    text = f"field_{'_'.join(path)}"
    return words(text) if text in PAGE_TEXTS else ".".join(path)


def _said(change: Change, old: _Side, new: _Side, words: PageWords) -> str:
    part = (old if change.action == "removed" else new).part(change)
    if change.action != "changed":
        return words(f"chg_{change.action}", part=part)
    return words("chg_changed", part=part, members="; ".join(_members(change, old, new, words)))


def _members(change: Change, old: _Side, new: _Side, words: PageWords) -> Iterator[str]:
    """What is said otherwise of a part: each member that is new, is gone, or was another."""
    of = _PARTS.get(change.kind)
    for one in change.members:
        member = label_of(one.path, words)
        before, after = old.value(one.before, one.path, of), new.value(one.after, one.path, of)
        if one.before is None:
            yield words("chg_set", member=member, after=after)
        elif one.after is None:
            yield words("chg_unset", member=member, before=before)
        else:
            yield words("chg_other", member=member, before=before, after=after)


class _Side(NamedTuple):
    """What things are called in the document before a change, or after it."""

    names: Names
    words: PageWords

    def part(self, change: Change) -> str:
        """A part: its kind and its name, that of a component with whom it pays."""
        kind = self.words(f"chg_kind_{change.kind}")
        if not change.key:
            return kind
        name = self.names.subject(Subject(change.kind, change.key))
        if not change.within:
            return self.words("chg_part", kind=kind, name=name)
        plan = self.names.subject(Subject("incentive_plan", change.within))
        return self.words("chg_part_of", kind=kind, name=name, plan=plan)

    def value(self, value: Any, path: tuple[str, ...], of: type[Part] | None) -> str:
        """A value of a part as people say it, cut where it is long."""
        said = plain(self._value(value, path, of))
        return said if len(said) <= MOST_SAID else f"{said[: MOST_SAID - 1]}…"

    def _value(self, value: Any, path: tuple[str, ...], of: type[Part] | None) -> str:
        if isinstance(value, Mapping):
            inner = ((*path, name) for name in value)
            return ", ".join(f"{label_of(at, self.words)} {self._value(value[at[-1]], at, of)}" for at in inner)
        field = None if of is None else field_at(of, path)
        if isinstance(value, list | tuple):
            items = field.member.part if field is not None else None
            each = (self._value(item, () if items else path, items or of) for item in value)
            return ("; " if items else ", ").join(each)
        return self._plain(value, field, names_somebody=of is document.Governance)

    def _plain(self, value: Any, field: Field | None, *, names_somebody: bool) -> str:
        words = self.words
        if isinstance(value, bool):
            return words("yes" if value else "no")
        if isinstance(value, int | float):
            return words.share(value) if field is not None and field.kind == "percent" else words.figure(value)
        text = str(value)
        if field is None:
            return text
        if field.kind == "day":
            return words.day(text)
        if field.kind == "choice" and f"choice_{text}" in PAGE_TEXTS:
            return words(f"choice_{text}")
        return self._called(text) if names_somebody or field.member.form == "key" else text

    def _called(self, key: str) -> str:
        """What a key names: a department, a goal, an incentive plan."""
        plan = self.names.subject(Subject("incentive_plan", key))
        return next((name for name in (self.names.department(key), self.names.goal(key), plan) if name != key), key)
