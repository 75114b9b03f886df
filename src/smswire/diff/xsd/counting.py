"""Counts of one child that are gone through in steps, and not child by child."""

from __future__ import annotations

from typing import TypeAlias

from smswire.diff.xsd.sides import Content, Side

State: TypeAlias = tuple[frozenset[Content], frozenset[Content]]
"""The states that two content models are in together."""


def repeats(sub: Side, sup: Side, state: State, following: State) -> int:
    """How many times the same child may come before anything but counts changes; 1 when that is not so simple."""
    counts: list[int] = []
    for side, now, then in zip((sub, sup), state, following, strict=True):
        if now == then:
            continue
        if len(now) != 1 or then != _counted(side, now, 1):
            return 1
        counts.append(_left(next(iter(now))))
    return min(counts, default=1)


def _left(expression: Content) -> int:
    """How many steps a leading count takes until it allows something else than now."""
    head = expression.first if expression.kind == "then" else expression
    assert head is not None
    if head.low > 1:
        return head.low - 1
    return head.high - 1 if head.low == 0 and head.high is not None else 1


def after(side: Side, state: frozenset[Content], count: int) -> frozenset[Content]:
    """The state after so many of the child that it counts, or that leads back to it."""
    return _counted(side, state, count) or state


def _counted(side: Side, state: frozenset[Content], count: int) -> frozenset[Content] | None:
    """The state after so many of the leaf that leads it, None when none is counted there."""
    if len(state) != 1:
        return None
    [expression] = state
    head = expression.first if expression.kind == "then" else expression
    if head is None or head.kind != "times" or head.first is None or head.first.kind != "leaf":
        return None
    made = side.expressions
    left = made.times(head.first, max(head.low - count, 0), None if head.high is None else head.high - count)
    rest = expression.rest if expression.kind == "then" else None
    return frozenset({left if rest is None else made.then(left, rest)})
