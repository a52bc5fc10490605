"""What roads are made of, as data with a version: phases with action items, and the stages that each item goes through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, get_args

from app.domain.instruments import Said

Stage = Literal["plan", "experiment", "implement", "daily_business"]
STAGES: tuple[Stage, ...] = get_args(Stage)

Check = Literal["owner", "dates", "measure", "guardrail"]
"""What an item itself shows; other criteria somebody has to confirm."""


class Criterion(NamedTuple):
    """What has to be so before a stage is left. `check`: what the item itself shows, None where somebody confirms it."""

    key: str
    text: Said
    check: Check | None


class DrawsOn(NamedTuple):
    """What makes an item this organization's own: facts, answers to questions, kinds of findings, accepted recommendations."""

    facts: tuple[str, ...]
    questions: tuple[str, ...]
    kinds: tuple[str, ...]
    accepted: bool


class ItemTemplate(NamedTuple):
    """An action item. `days`: how long it usually takes (judgement); `exit`: what has to be so before it is daily business."""

    key: str
    phase: str
    title: Said
    why: Said
    exit: Said
    days: int
    draws_on: DrawsOn


class Phase(NamedTuple):
    """A phase. `customers`: how customers are involved at each stage of its items."""

    key: str
    title: Said
    customers: Mapping[Stage, Said]
    items: tuple[ItemTemplate, ...]


class Road(NamedTuple):
    """A road: its stages with what has to be so before each is left, and its phases."""

    id: str
    version: int
    citations: tuple[str, ...]
    stages: Mapping[Stage, Said]
    exits: Mapping[Stage, tuple[Criterion, ...]]
    phases: tuple[Phase, ...]

    def items(self) -> Iterator[ItemTemplate]:
        """All action items in their order."""
        for phase in self.phases:
            yield from phase.items


def road_from(raw: Mapping[str, Any]) -> Road:
    """A road out of its data file."""
    return Road(
        raw["id"],
        raw["version"],
        tuple(raw["citations"]),
        {stage["key"]: _said(stage["title"]) for stage in raw["stages"]},
        {stage["key"]: tuple(map(_criterion, stage["exits"])) for stage in raw["stages"]},
        tuple(map(_phase, raw["phases"])),
    )


def _phase(raw: Mapping[str, Any]) -> Phase:
    customers = {stage: _said(said) for stage, said in raw["customers"].items()}
    return Phase(raw["key"], _said(raw["title"]), customers, tuple(_item(one, raw["key"]) for one in raw["items"]))


def _item(raw: Mapping[str, Any], phase: str) -> ItemTemplate:
    said = raw["draws_on"]
    draws_on = DrawsOn(
        tuple(said["facts"]), tuple(said["questions"]), tuple(said["kinds"]), said.get("accepted", False)
    )
    return ItemTemplate(
        raw["key"], phase, _said(raw["title"]), _said(raw["why"]), _said(raw["exit"]), raw["days"], draws_on
    )


def _criterion(raw: Mapping[str, Any]) -> Criterion:
    return Criterion(raw["key"], _said(raw["text"]), raw.get("check"))


def _said(raw: Mapping[str, str]) -> Said:
    return Said(raw["en"], raw["de"])
