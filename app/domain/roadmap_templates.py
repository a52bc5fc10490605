"""What roads are made of, as data with a version: phases with action items, and the stages that each item goes through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, get_args

from app.domain.patch_templates import Text

Stage = Literal["plan", "experiment", "implement", "daily_business"]
STAGES: tuple[Stage, ...] = get_args(Stage)

Check = Literal["owner", "dates", "measure", "guardrail"]
"""What an item itself shows; other criteria somebody has to confirm."""


class Criterion(NamedTuple):
    """What has to be so before a stage is left. `check`: what the item itself shows, None where somebody confirms it."""

    key: str
    text: Text
    check: Check | None


class DrawsOn(NamedTuple):
    """What makes an item this organization's own: what questions are answered, by people or by facts, kinds of findings, accepted
    recommendations."""

    questions: tuple[str, ...]
    kinds: tuple[str, ...]
    accepted: bool


class ItemTemplate(NamedTuple):
    """An action item. `days`: how long it usually takes (judgement); `exit`: what has to be so before it is daily business."""

    key: str
    phase: str
    title: Text
    why: Text
    exit: Text
    days: int
    draws_on: DrawsOn


class Phase(NamedTuple):
    """A phase. `customers`: how customers are involved at each stage of its items."""

    key: str
    title: Text
    customers: Mapping[Stage, Text]
    items: tuple[ItemTemplate, ...]


class Road(NamedTuple):
    """A road: its stages with what has to be so before each is left, and its phases."""

    id: str
    version: int
    citations: tuple[str, ...]
    stages: Mapping[Stage, Text]
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
        {stage["key"]: Text(**stage["title"]) for stage in raw["stages"]},
        {stage["key"]: tuple(map(_criterion, stage["exits"])) for stage in raw["stages"]},
        tuple(map(_phase, raw["phases"])),
    )


def _phase(raw: Mapping[str, Any]) -> Phase:
    customers = {stage: Text(**said) for stage, said in raw["customers"].items()}
    return Phase(raw["key"], Text(**raw["title"]), customers, tuple(_item(one, raw["key"]) for one in raw["items"]))


def _item(raw: Mapping[str, Any], phase: str) -> ItemTemplate:
    said = raw["draws_on"]
    draws_on = DrawsOn(tuple(said["questions"]), tuple(said["kinds"]), said.get("accepted", False))
    return ItemTemplate(
        raw["key"], phase, Text(**raw["title"]), Text(**raw["why"]), Text(**raw["exit"]), raw["days"], draws_on
    )


def _criterion(raw: Mapping[str, Any]) -> Criterion:
    return Criterion(raw["key"], Text(**raw["text"]), raw.get("check"))
