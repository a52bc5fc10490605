"""Stacks of patches: the states of a document that they lead through, and the same stack in another order, or on another document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.json_patch import Operation, apply
from app.domain.three_way import Clash, Side, merge

Raw = dict[str, Any]


class Layer(NamedTuple):
    """A patch of a stack by its id, with the document before and after it."""

    id: str
    before: Raw
    after: Raw


class LayerClash(NamedTuple):
    """A place where a patch of the stack and what lies beneath it now say different things."""

    layer: str
    clash: Clash


class Restacked(NamedTuple):
    """A stack on other ground: the document before its first patch and after each, and the clashes that nobody has chosen for, where it
    says what the patches do. `met`: the pointers of all clashes, chosen for or not."""

    states: tuple[Raw, ...]
    clashes: tuple[LayerClash, ...]
    met: frozenset[str]

    @property
    def top(self) -> Raw:
        """The document that the whole stack makes."""
        return self.states[-1]


def states_of(bottom: Raw, patches: Sequence[Sequence[Operation]]) -> tuple[Raw, ...]:
    """The document before the first patch and after each; each fits the one before it."""
    states = [bottom]
    for patch in patches:
        states.append(apply(states[-1], patch))
    return tuple(states)


def layers_of(ids: Sequence[str], states: Sequence[Raw]) -> tuple[Layer, ...]:
    """The patches of a stack, of which these are the states."""
    return tuple(Layer(id_, states[n], states[n + 1]) for n, id_ in enumerate(ids))


def restacked(
    bottom: Raw,
    layers: Sequence[Layer],
    kept: Callable[[Raw], Raw],
    choices: Mapping[str, Side] | None = None,
) -> Restacked:
    """The stack of these patches, in this order, on a document. `kept`: a document as it is kept, when it is valid; `choices`: pointer of a
    clash → whose value stands there, `ours` being the patches'. Raises what `kept` raises."""
    states: list[Raw] = [bottom]
    clashes: list[LayerClash] = []
    met: set[str] = set()
    for layer in layers:
        if layer.before == states[-1]:
            states.append(layer.after)
            continue
        merged = merge(layer.before, layer.after, states[-1], choices)
        seen = {one.clash.pointer for one in clashes}
        clashes += [LayerClash(layer.id, clash) for clash in merged.open if clash.pointer not in seen]
        met |= {clash.pointer for clash in merged.clashes}
        states.append(kept(merged.raw))
    return Restacked(tuple(states), tuple(clashes), frozenset(met))
