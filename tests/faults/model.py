"""What requests that come at the same time may answer: as if they had come one after the other, in some order.

A thing is known by the value that was written last; every write has a value of its own, so that a value stands for an entity tag.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any, Literal, NamedTuple

Verb = Literal["post", "put", "patch", "delete", "get", "list"]

CREATED, OK, GONE, ABSENT, TAKEN, CHANGED, REUSED = 201, 200, 204, 404, 409, 412, 422
ANY, NEW = "*", "new"


class Asked(NamedTuple):
    """A request. `condition`: the value that it was made on, ANY, or NEW for what must not exist; `once`: its idempotency key."""

    verb: Verb
    key: str
    value: str = ""
    condition: str | None = None
    once: str | None = None


class Answered(NamedTuple):
    """What is seen of an answer: its status, and the value of the thing, or of all things that were listed."""

    status: int
    value: Any = None


class State(NamedTuple):
    """Things by key, and what came of requests with an idempotency key."""

    things: Mapping[str, str]
    claims: Mapping[str, tuple[str, Answered]]

    def after(self, asked: Asked) -> tuple[State, Answered]:
        """What a request comes to, by itself."""
        if asked.once in self.claims:
            key, answered = self.claims[asked.once]
            return self, answered if key == asked.key else Answered(REUSED)
        things, answered = _done(self.things, asked)
        kept = {asked.once: (asked.key, answered)} if asked.once and answered.status == CREATED else {}
        return State(things, {**self.claims, **kept}), answered


def _done(things: Mapping[str, str], asked: Asked) -> tuple[Mapping[str, str], Answered]:
    there = things.get(asked.key)
    written = {**things, asked.key: asked.value}
    match asked.verb:
        case "list":
            return things, Answered(OK, dict(sorted(things.items())))
        case "get":
            return things, Answered(ABSENT) if there is None else Answered(OK, there)
        case "post":
            return (written, Answered(CREATED, asked.value)) if there is None else (things, Answered(TAKEN))
        case "put" if asked.condition == NEW:
            return (written, Answered(CREATED, asked.value)) if there is None else (things, Answered(CHANGED))
    if there is None:
        return things, Answered(CHANGED if asked.verb == "put" else ABSENT)
    if asked.condition not in (ANY, there):
        return things, Answered(CHANGED)
    if asked.verb == "delete":
        return {key: value for key, value in things.items() if key != asked.key}, Answered(GONE)
    return written, Answered(OK, asked.value)


def explained(
    before: State, asked: Sequence[Asked], answered: Sequence[Answered], after: Mapping[str, str]
) -> State | None:
    """The state that an order of the requests leads to which explains every answer, and what is there now; None where no order does."""
    for order in permutations(range(len(asked))):
        state = before
        for place in order:
            state, expected = state.after(asked[place])
            if expected != answered[place]:
                break
        else:
            if state.things == after:
                return state
    return None


class Rounds:
    """Makes requests that come at the same time, most of them about one thing, some of them on what is there."""

    def __init__(self, seed: int, at_once: int, keys: Sequence[str]) -> None:
        self._chance, self._at_once, self._keys = random.Random(seed), at_once, keys
        self._number = 0

    def next(self, state: State) -> list[Asked]:
        """The requests that come next."""
        key, once = self._chance.choice(self._keys), f"once-{self._number}"
        return [self._asked(key, once, state) for _ in range(self._at_once)]

    def _asked(self, key: str, once: str, state: State) -> Asked:
        self._number += 1
        if self._chance.random() < 0.2:
            key = self._chance.choice(self._keys)
        value, seen = f"v{self._number}", state.things.get(key, ANY)
        match self._chance.choices(list(_OFTEN), list(_OFTEN.values()))[0]:
            case "once":
                return Asked("post", key, once, once=once)
            case "put new":
                return Asked("put", key, value, NEW)
            case "put any":
                return Asked("put", key, value, ANY)
            case "put":
                return Asked("put", key, value, seen)
            case "patch":
                return Asked("patch", key, value, seen)
            case "delete":
                return Asked("delete", key, condition=seen)
            case "post":
                return Asked("post", key, value)
            case "get":
                return Asked("get", key)
        return Asked("list", key)


_OFTEN = {
    "post": 2, "once": 3, "put": 4, "put new": 2, "put any": 1, "patch": 4, "delete": 2, "get": 1, "list": 1,
}  # fmt: skip
