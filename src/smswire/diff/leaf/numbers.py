"""Sets of numbers: an interval, a grid and digits, compared exactly."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from math import ceil, floor

from attrs import evolve

from smswire.diff.leaf.grids import (
    Extreme,
    Number,
    decimal_of,
    edge_of,
    fraction,
    has,
    has_form,
    in_interval,
    least,
    members,
    signed,
    step_of,
    tighter,
)


def contains(number: Number, value: Decimal) -> bool | None:
    """Whether a number is one of the set. None: undecided, for numbers of thousands of digits."""
    if not value.is_finite() or not in_interval(number, value):
        return False
    if number.values is not None and value not in number.values:
        return False
    try:
        return has_form(number, value)
    except Extreme:
        return None


def included(sub: Number, sup: Number) -> bool | None:
    """Whether every number of `sub` is one of `sup`.

    None: undecided, which only limits of digits and numbers of thousands of digits can lead to.
    """
    try:
        if (few := members(sub)) is not None:
            listed = None if sup.values is None else set(sup.values)
            return all((listed is None or each in listed) and has(sup, each) for each in few)
        if sup.values is not None:
            return False  # more numbers than any schema lists
        if not (_interval_included(sub, sup) and _grid_included(step_of(sub), step_of(evolve(sup, total_digits=None)))):
            return False
        if sup.total_digits is None or (sub.total_digits is not None and sub.total_digits <= sup.total_digits):
            return True
        return _digits_included(sub, sup.total_digits)
    except Extreme:
        return None


def empty(number: Number) -> bool | None:
    """Whether no number is in the set. None: undecided."""
    try:
        few = members(number)
    except Extreme:
        return None
    return few is not None and not few


def intersect(a: Number, b: Number) -> Number:
    """The numbers of both, which may be none."""
    values = a.values if b.values is None else b.values
    if a.values is not None and b.values is not None:
        values = tuple(each for each in a.values if each in b.values)
    return Number(
        low=tighter(a.low, b.low, 1),
        high=tighter(a.high, b.high, -1),
        integer=a.integer or b.integer,
        multiples=tuple(dict.fromkeys((*a.multiples, *b.multiples))),
        total_digits=least(a.total_digits, b.total_digits),
        fraction_digits=least(a.fraction_digits, b.fraction_digits),
        values=values,
    )


def examples(number: Number, outside: Number | None) -> Iterator[Decimal]:
    """Some numbers of the set, those that are not in `outside` first."""
    try:
        found = [each for each in dict.fromkeys(_candidates(number, outside)) if contains(number, each)]
    except Extreme:
        return
    yield from sorted(found, key=lambda each: outside is not None and contains(outside, each) is True)


def _candidates(number: Number, outside: Number | None) -> Iterator[Decimal]:
    if (few := members(number)) is not None:
        yield from few
        return
    sides = [number] if outside is None else [number, outside]
    steps = [step for each in sides if (step := step_of(each))]
    anchors = [Fraction(0)]
    for each in sides:
        anchors += [fraction(bound.value) for bound in (each.low, each.high) if bound]
        anchors += [sign * Fraction(10) ** each.total_digits for sign in (1, -1) if each.total_digits]
        anchors += [fraction(each.values[0])] if each.values else []
    own = step_of(number)
    for anchor in anchors:
        for step in (own or Fraction(1), *steps, Fraction(1, 2), Fraction(1, 1000)):
            for count in (0, 1, -1, 2, -2):
                near = anchor + count * step
                yield decimal_of(near if own is None else floor(near / own) * own)
                if own is not None:
                    yield decimal_of(ceil(near / own) * own)
    if number.low and number.high:
        middle = (fraction(number.low.value) + fraction(number.high.value)) / 2
        yield decimal_of(middle)
        if own is not None:
            yield decimal_of(floor(middle / own) * own)


def _interval_included(sub: Number, sup: Number) -> bool:
    return _side_included(sub, sup, 1) and _side_included(sub, sup, -1)


def _side_included(sub: Number, sup: Number, sign: int) -> bool:
    """Whether the lower (1) or the upper (-1) bound of `sup` keeps out none of the many numbers of `sub`."""
    theirs = sup.low if sign > 0 else sup.high
    if theirs is None:
        return True
    edge = edge_of(sub, sign)
    if edge is None:
        return False
    limit = signed(theirs.value, sign)
    value = signed(edge.value, sign)
    return value > limit or (value == limit and (theirs.inclusive or not edge.inclusive))


def _grid_included(sub: Fraction | None, sup: Fraction | None) -> bool:
    """Whether neighbours on one grid are on another. Both sets have more than a few members."""
    return sup is None or (sub is not None and (sub / sup).denominator == 1)


def _digits_included(sub: Number, total: int) -> bool | None:
    """Whether no number of `sub` has more digits than `total`."""
    step, low, high = step_of(sub), edge_of(sub, 1), edge_of(sub, -1)
    if step is None or low is None or high is None:
        return False  # ever more digits, after the point or before it
    places = next((each for each in range(total + 1) if (step * 10**each).denominator == 1), None)
    most = max(abs(fraction(low.value)), abs(fraction(high.value)))
    if places is not None and most * 10**places < 10**total:
        return True
    limit = Number(total_digits=total)
    return False if any(contains(limit, each) is False for each in islice(examples(sub, limit), 50)) else None
