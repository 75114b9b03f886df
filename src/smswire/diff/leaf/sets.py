"""Leaf types as sets of values: inclusion, intersection and examples, whatever their kinds."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from smswire.diff.leaf import numbers, texts
from smswire.diff.leaf.grids import Number
from smswire.diff.leaf.kinds import Boolean, Leaf, Opaque, Value
from smswire.diff.leaf.texts import Text


def contains(leaf: Leaf, value: Value) -> bool | None:
    """Whether a value is one of the leaf's. None: undecided."""
    if isinstance(leaf, Opaque):
        return None
    if isinstance(leaf, Text):
        return isinstance(value, str) and texts.contains(leaf, value)
    if isinstance(leaf, Boolean):
        return isinstance(value, bool) and value in _booleans(leaf)
    if isinstance(leaf, Number):
        return isinstance(value, Decimal) and numbers.contains(leaf, value)
    return value is None


def included(sub: Leaf, sup: Leaf, *, deadline: float | None = None) -> bool | None:
    """Whether every value of `sub` is a value of `sup`. None: undecided."""
    if sub == sup:
        return True
    if isinstance(sub, Opaque) or isinstance(sup, Opaque):
        same = isinstance(sub, Opaque) and isinstance(sup, Opaque) and sub.kind == sup.kind and sub.facets >= sup.facets
        return True if same else None
    if isinstance(sub, Text) and isinstance(sup, Text):
        return texts.included(sub, sup, deadline)
    if isinstance(sub, Number) and isinstance(sup, Number):
        return numbers.included(sub, sup)
    if isinstance(sub, Boolean) and isinstance(sup, Boolean):
        return set(_booleans(sub)) <= set(_booleans(sup))
    return empty(sub, deadline=deadline)


def empty(leaf: Leaf, *, deadline: float | None = None) -> bool | None:
    """Whether a leaf has no value at all. None: undecided."""
    if isinstance(leaf, Text):
        return texts.empty(leaf, deadline)
    if isinstance(leaf, Number):
        return numbers.empty(leaf)
    if isinstance(leaf, Boolean):
        return not _booleans(leaf)
    return None if isinstance(leaf, Opaque) and leaf.facets else False


def intersect(a: Leaf, b: Leaf, *, deadline: float | None = None) -> Leaf | None:
    """The leaf of the values that both have, None when there is certainly none.

    Two different types of which little is known are taken to share nothing; ask `included` of them, which says so.
    """
    both: Leaf | None = None
    if a == b:
        both = a
    elif isinstance(a, Text) and isinstance(b, Text):
        both = texts.intersect(a, b)
    elif isinstance(a, Number) and isinstance(b, Number):
        both = numbers.intersect(a, b)
    elif isinstance(a, Boolean) and isinstance(b, Boolean):
        both = Boolean(values=tuple(each for each in _booleans(a) if each in _booleans(b)))
    elif isinstance(a, Opaque) and isinstance(b, Opaque) and a.kind == b.kind:
        both = Opaque(a.kind, a.facets | b.facets)
    return None if both is None or empty(both, deadline=deadline) else both


def examples(leaf: Leaf, outside: Leaf | None = None, *, deadline: float | None = None) -> Iterator[Value]:
    """Some values of a leaf, those that are likely not `outside`'s first. No value comes twice, an `Opaque`'s never."""
    seen: set[Value] = set()
    for each in _examples(leaf, outside, deadline):
        if each not in seen and contains(leaf, each):
            seen.add(each)
            yield each


def _examples(leaf: Leaf, outside: Leaf | None, deadline: float | None) -> Iterator[Value]:
    if isinstance(leaf, Text):
        yield from texts.examples(leaf, outside if isinstance(outside, Text) else None, deadline)
    elif isinstance(leaf, Number):
        yield from numbers.examples(leaf, outside if isinstance(outside, Number) else None)
    elif isinstance(leaf, Boolean):
        others = _booleans(outside) if isinstance(outside, Boolean) else ()
        yield from sorted(_booleans(leaf), key=lambda each: each in others)
    elif not isinstance(leaf, Opaque):
        yield None


def _booleans(leaf: Boolean) -> tuple[bool, ...]:
    return (True, False) if leaf.values is None else leaf.values
