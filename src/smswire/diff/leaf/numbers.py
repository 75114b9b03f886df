"""Sets of numbers: an interval, a grid and digits, compared exactly.

Numbers of thousands of digits, which nobody means, are not put on a grid: what depends on it is undecided.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from itertools import islice
from math import ceil, floor, gcd, lcm

from attrs import evolve, frozen

_FEW = 1000
"""A set of at most so many numbers is gone through one by one."""

_DIGITS = 4000


class _Extreme(Exception):
    """A number with more digits than are gone into."""


@frozen
class Bound:
    value: Decimal
    inclusive: bool = True


@frozen(kw_only=True)
class Number:
    """Decimal numbers. Each is a multiple of all `multiples`; digits are counted as XSD counts them."""

    low: Bound | None = None
    high: Bound | None = None
    integer: bool = False
    multiples: tuple[Decimal, ...] = ()
    total_digits: int | None = None
    fraction_digits: int | None = None
    values: tuple[Decimal, ...] | None = None


def contains(number: Number, value: Decimal) -> bool | None:
    """Whether a number is one of the set. None: undecided, for numbers of thousands of digits."""
    if not value.is_finite() or not _in_interval(number, value):
        return False
    if number.values is not None and value not in number.values:
        return False
    try:
        return _has_form(number, value)
    except _Extreme:
        return None


def included(sub: Number, sup: Number) -> bool | None:
    """Whether every number of `sub` is one of `sup`.

    None: undecided, which only limits of digits and numbers of thousands of digits can lead to.
    """
    try:
        if (few := _few(sub)) is not None:
            listed = None if sup.values is None else set(sup.values)
            return all((listed is None or each in listed) and _is_in(sup, each) for each in few)
        if sup.values is not None:
            return False  # more numbers than any schema lists
        if not (_interval_included(sub, sup) and _grid_included(_step(sub), _step(evolve(sup, total_digits=None)))):
            return False
        if sup.total_digits is None or (sub.total_digits is not None and sub.total_digits <= sup.total_digits):
            return True
        return _digits_included(sub, sup.total_digits)
    except _Extreme:
        return None


def empty(number: Number) -> bool | None:
    """Whether no number is in the set. None: undecided."""
    try:
        few = _few(number)
    except _Extreme:
        return None
    return few is not None and not few


def intersect(a: Number, b: Number) -> Number:
    """The numbers of both, which may be none."""
    values = a.values if b.values is None else b.values
    if a.values is not None and b.values is not None:
        values = tuple(each for each in a.values if each in b.values)
    return Number(
        low=_tighter(a.low, b.low, 1),
        high=_tighter(a.high, b.high, -1),
        integer=a.integer or b.integer,
        multiples=tuple(dict.fromkeys((*a.multiples, *b.multiples))),
        total_digits=_least(a.total_digits, b.total_digits),
        fraction_digits=_least(a.fraction_digits, b.fraction_digits),
        values=values,
    )


def examples(number: Number, outside: Number | None) -> Iterator[Decimal]:
    """Some numbers of the set, those that are not in `outside` first."""
    try:
        found = [each for each in dict.fromkeys(_candidates(number, outside)) if contains(number, each)]
    except _Extreme:
        return
    yield from sorted(found, key=lambda each: outside is not None and contains(outside, each) is True)


def _candidates(number: Number, outside: Number | None) -> Iterator[Decimal]:
    if (few := _few(number)) is not None:
        yield from few
        return
    sides = [number] if outside is None else [number, outside]
    steps = [step for each in sides if (step := _step(each))]
    anchors = [Fraction(0)]
    for each in sides:
        anchors += [_exact(bound.value) for bound in (each.low, each.high) if bound]
        anchors += [sign * Fraction(10) ** each.total_digits for sign in (1, -1) if each.total_digits]
        anchors += [_exact(each.values[0])] if each.values else []
    own = _step(number)
    for anchor in anchors:
        for step in (own or Fraction(1), *steps, Fraction(1, 2), Fraction(1, 1000)):
            for count in (0, 1, -1, 2, -2):
                near = anchor + count * step
                yield _decimal(near if own is None else floor(near / own) * own)
                if own is not None:
                    yield _decimal(ceil(near / own) * own)
    if number.low and number.high:
        middle = (_exact(number.low.value) + _exact(number.high.value)) / 2
        yield _decimal(middle)
        if own is not None:
            yield _decimal(floor(middle / own) * own)


def _few(number: Number) -> list[Decimal] | None:
    """All numbers of the set, None when they are many."""
    if number.values is not None:
        return [each for each in number.values if each.is_finite() and _is_in(number, each)]
    low, high = number.low, number.high
    if low and high and low.value >= high.value:
        one = low.value == high.value and _is_in(number, low.value)
        return [low.value] if one else []
    step = _step(number)
    if step is None:
        return None
    if number.total_digits is not None:
        # beyond its digits there is nothing, whatever the bounds
        most = Fraction(10) ** number.total_digits
        first, last = ceil(max(-most, _value(low, -most)) / step), floor(min(most, _value(high, most)) / step)
    elif low and high:
        first, last = ceil(_exact(low.value) / step), floor(_exact(high.value) / step)
    else:
        return None
    if last - first > _FEW:
        return None
    return [value for each in range(first, last + 1) if _is_in(number, value := _decimal(each * step))]


def _value(bound: Bound | None, otherwise: Fraction) -> Fraction:
    return otherwise if bound is None else _exact(bound.value)


def _step(number: Number) -> Fraction | None:
    """The distance of neighbours, None where there are none."""
    steps = [_exact(each) for each in number.multiples if each]
    if number.integer:
        steps.append(Fraction(1))
    digits = _least(number.fraction_digits, number.total_digits)
    if digits is not None:
        steps.append(Fraction(1, 10**digits))
    if not steps:
        return None
    return Fraction(lcm(*(each.numerator for each in steps)), gcd(*(each.denominator for each in steps)))


def _is_in(number: Number, value: Decimal) -> bool:
    """Whether a value is in the set, but for the listed values. Raises `_Extreme`."""
    return _in_interval(number, value) and _has_form(number, value)


def _in_interval(number: Number, value: Decimal) -> bool:
    low, high = number.low, number.high
    above = low is None or value > low.value or (low.inclusive and value == low.value)
    below = high is None or value < high.value or (high.inclusive and value == high.value)
    return above and below


def _has_form(number: Number, value: Decimal) -> bool:
    """Whether a value is on the grid and has no more digits than it may."""
    if not number.integer and not number.multiples and number.total_digits is None and number.fraction_digits is None:
        return True
    exact = _exact(value)
    return _on_grid(number, exact) and _in_digits(number, exact)


def _exact(value: Decimal) -> Fraction:
    if value and not -_DIGITS < value.adjusted() < _DIGITS:
        raise _Extreme
    return Fraction(value)


def _on_grid(number: Number, exact: Fraction) -> bool:
    if number.integer and exact.denominator != 1:
        return False
    return all((exact / _exact(each)).denominator == 1 for each in number.multiples if each)


def _in_digits(number: Number, exact: Fraction) -> bool:
    if number.fraction_digits is not None and (exact * 10**number.fraction_digits).denominator != 1:
        return False
    if number.total_digits is None:
        return True
    places = next((each for each in range(number.total_digits + 1) if (exact * 10**each).denominator == 1), None)
    return places is not None and abs(exact * 10**places) < 10**number.total_digits


def _interval_included(sub: Number, sup: Number) -> bool:
    return _side_included(sub, sup, 1) and _side_included(sub, sup, -1)


def _side_included(sub: Number, sup: Number, sign: int) -> bool:
    """Whether the lower (1) or the upper (-1) bound of `sup` keeps out none of the many numbers of `sub`."""
    theirs = sup.low if sign > 0 else sup.high
    if theirs is None:
        return True
    edge = _edge(sub, sign)
    if edge is None:
        return False
    limit = _signed(theirs.value, sign)
    value = _signed(edge.value, sign)
    return value > limit or (value == limit and (theirs.inclusive or not edge.inclusive))


def _edge(number: Number, sign: int) -> Bound | None:
    """The least (1) or the greatest (-1) number, or what they come near to; None when they go on for ever."""
    own = number.low if sign > 0 else number.high
    step = _step(number)
    if number.total_digits is not None:
        most = -sign * (10**number.total_digits - 1)
        digits = Bound(Decimal(most))
        own = _tighter(own, digits, sign)
    if own is None or step is None:
        return own
    at = sign * _exact(own.value) / step
    index = ceil(at)
    if index == at and not own.inclusive:
        index += 1
    return Bound(_decimal(sign * index * step))


def _grid_included(sub: Fraction | None, sup: Fraction | None) -> bool:
    """Whether neighbours on one grid are on another. Both sets have more than a few members."""
    return sup is None or (sub is not None and (sub / sup).denominator == 1)


def _digits_included(sub: Number, total: int) -> bool | None:
    """Whether no number of `sub` has more digits than `total`."""
    step, low, high = _step(sub), _edge(sub, 1), _edge(sub, -1)
    if step is None or low is None or high is None:
        return False  # ever more digits, after the point or before it
    places = next((each for each in range(total + 1) if (step * 10**each).denominator == 1), None)
    most = max(abs(_exact(low.value)), abs(_exact(high.value)))
    if places is not None and most * 10**places < 10**total:
        return True
    limit = Number(total_digits=total)
    return False if any(contains(limit, each) is False for each in islice(examples(sub, limit), 50)) else None


def _tighter(a: Bound | None, b: Bound | None, sign: int) -> Bound | None:
    if a is None or b is None:
        return a or b
    return max(a, b, key=lambda each: tightness(each, sign))


def _signed(value: Decimal, sign: int) -> Decimal:
    """The value or its negative. A product would be rounded."""
    return value if sign > 0 else value.copy_negate()


def tightness(bound: Bound, sign: int) -> tuple[Decimal, bool]:
    """What grows as a lower (1) or an upper (-1) bound leaves less."""
    return _signed(bound.value, sign), not bound.inclusive


def _least(a: int | None, b: int | None) -> int | None:
    return b if a is None else a if b is None else min(a, b)


def _decimal(exact: Fraction) -> Decimal:
    """The decimal of a fraction whose denominator divides a power of ten."""
    digits = exact.numerator.bit_length() + exact.denominator.bit_length() + 10
    with localcontext(Context(prec=digits)):
        found = Decimal(exact.numerator) / Decimal(exact.denominator)
        return found.quantize(Decimal(1)) if found == found.to_integral_value() else found.normalize()
