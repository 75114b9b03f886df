"""What a goal says of an array, sorted by what it means for the search."""

from __future__ import annotations

from typing import TypeAlias

from attrs import define, field, frozen

from smswire.diff.json import nodes
from smswire.diff.json.nodes import Node
from smswire.diff.json.solving.literals import Literals

WISHES = 60
"""More of them are not gone into."""


@frozen
class Wish:
    """An item that must be somewhere from `start` on, at an index that no other of its group has."""

    start: int
    holding: tuple[Node, ...]
    failing: tuple[Node, ...]
    group: int


Demands: TypeAlias = dict[int, tuple[tuple[Node, ...], tuple[Node, ...]]]
"""By index what the item must hold and fail beside what its index says."""


@define
class ArrayShape:
    """What a goal says of an array."""

    low: int = 0
    high: int | None = None
    unique: bool = False
    repeated: bool = False
    items: dict[int, list[Node]] = field(factory=dict[int, list[Node]])
    rests: list[tuple[int, Node]] = field(factory=list[tuple[int, Node]])
    bad: dict[int, list[Node]] = field(factory=dict[int, list[Node]])
    wishes: list[Wish] = field(factory=list[Wish])
    limits: list[tuple[Node, int]] = field(factory=list[tuple[Node, int]])
    """Nodes that at most so many items may hold for."""


def read(literals: Literals) -> ArrayShape:
    """The goal, taken apart."""
    shape = ArrayShape()
    for each in literals.holding:
        _hold(shape, each)
    for each in literals.failing:
        _fail(shape, each)
    return shape


def _hold(shape: ArrayShape, node: Node) -> None:
    if isinstance(node, nodes.AtLeast):
        shape.low = max(shape.low, node.count)
    elif isinstance(node, nodes.AtMost):
        shape.high = node.count if shape.high is None else min(shape.high, node.count)
    elif isinstance(node, nodes.Item):
        shape.items.setdefault(node.index, []).append(node.part)
    elif isinstance(node, nodes.Rest):
        shape.rests.append((node.start, node.part))
    elif isinstance(node, nodes.Contains):
        shape.wishes += [Wish(0, (node.part,), (), len(shape.wishes))] * min(node.least, WISHES + 1)
        shape.low = max(shape.low, node.least)
    elif isinstance(node, nodes.ContainsAtMost):
        shape.limits.append((node.part, node.most))
    elif isinstance(node, nodes.Unique):
        shape.unique = True


def _fail(shape: ArrayShape, node: Node) -> None:
    if isinstance(node, nodes.Item):
        shape.bad.setdefault(node.index, []).append(node.part)
        shape.low = max(shape.low, node.index + 1)
    elif isinstance(node, nodes.Rest):
        shape.wishes.append(Wish(node.start, (), (node.part,), len(shape.wishes)))
        shape.low = max(shape.low, node.start + 1)
    elif isinstance(node, nodes.Unique):
        shape.repeated = True
        shape.low = max(shape.low, 2)
