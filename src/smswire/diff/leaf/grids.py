"""Numbers on a grid: which are in a set, how far neighbours are, and where they end.

Numbers of thousands of digits, which nobody means, are not put on a grid: what depends on it is undecided.
"""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from fractions import Fraction
from math import ceil, floor, gcd, lcm

from attrs import frozen

_FEW = 1000
"""A set of at most so many numbers is gone through one by one."""

_DIGITS = 4000


class Extreme(Exception):
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


def members(number: Number) -> list[Decimal] | None:
    """All numbers of the set, None when they are many."""
    if number.values is not None:
        return [each for each in number.values if each.is_finite() and has(number, each)]
    low, high = number.low, number.high
    if low and high and low.value >= high.value:
        one = low.value == high.value and has(number, low.value)
        return [low.value] if one else []
    step = step_of(number)
    if step is None:
        return None
    if number.total_digits is not None:
        # beyond its digits there is nothing, whatever the bounds
        most = Fraction(10) ** number.total_digits
        first, last = ceil(max(-most, _value(low, -most)) / step), floor(min(most, _value(high, most)) / step)
    elif low and high:
        first, last = ceil(fraction(low.value) / step), floor(fraction(high.value) / step)
    else:
        return None
    if last - first > _FEW:
        return None
    return [value for each in range(first, last + 1) if has(number, value := decimal_of(each * step))]


def _value(bound: Bound | None, otherwise: Fraction) -> Fraction:
    return otherwise if bound is None else fraction(bound.value)


def step_of(number: Number) -> Fraction | None:
    """The distance of neighbours, None where there are none."""
    steps = [fraction(each) for each in number.multiples if each]
    if number.integer:
        steps.append(Fraction(1))
    digits = least(number.fraction_digits, number.total_digits)
    if digits is not None:
        steps.append(Fraction(1, 10**digits))
    if not steps:
        return None
    return Fraction(lcm(*(each.numerator for each in steps)), gcd(*(each.denominator for each in steps)))


def has(number: Number, value: Decimal) -> bool:
    """Whether a value is in the set, but for the listed values. Raises `Extreme`."""
    return in_interval(number, value) and has_form(number, value)


def in_interval(number: Number, value: Decimal) -> bool:
    low, high = number.low, number.high
    above = low is None or value > low.value or (low.inclusive and value == low.value)
    below = high is None or value < high.value or (high.inclusive and value == high.value)
    return above and below


def has_form(number: Number, value: Decimal) -> bool:
    """Whether a value is on the grid and has no more digits than it may."""
    if not number.integer and not number.multiples and number.total_digits is None and number.fraction_digits is None:
        return True
    exact = fraction(value)
    return _on_grid(number, exact) and _in_digits(number, exact)


def fraction(value: Decimal) -> Fraction:
    if value and not -_DIGITS < value.adjusted() < _DIGITS:
        raise Extreme
    return Fraction(value)


def _on_grid(number: Number, exact: Fraction) -> bool:
    if number.integer and exact.denominator != 1:
        return False
    return all((exact / fraction(each)).denominator == 1 for each in number.multiples if each)


def _in_digits(number: Number, exact: Fraction) -> bool:
    if number.fraction_digits is not None and (exact * 10**number.fraction_digits).denominator != 1:
        return False
    if number.total_digits is None:
        return True
    places = next((each for each in range(number.total_digits + 1) if (exact * 10**each).denominator == 1), None)
    return places is not None and abs(exact * 10**places) < 10**number.total_digits


def edge_of(number: Number, sign: int) -> Bound | None:
    """The least (1) or the greatest (-1) number, or what they come near to; None when they go on for ever."""
    own = number.low if sign > 0 else number.high
    step = step_of(number)
    if number.total_digits is not None:
        most = -sign * (10**number.total_digits - 1)
        digits = Bound(Decimal(most))
        own = tighter(own, digits, sign)
    if own is None or step is None:
        return own
    at = sign * fraction(own.value) / step
    index = ceil(at)
    if index == at and not own.inclusive:
        index += 1
    return Bound(decimal_of(sign * index * step))


def tighter(a: Bound | None, b: Bound | None, sign: int) -> Bound | None:
    if a is None or b is None:
        return a or b
    return max(a, b, key=lambda each: tightness(each, sign))


def signed(value: Decimal, sign: int) -> Decimal:
    """The value or its negative. A product would be rounded."""
    return value if sign > 0 else value.copy_negate()


def tightness(bound: Bound, sign: int) -> tuple[Decimal, bool]:
    """What grows as a lower (1) or an upper (-1) bound leaves less."""
    return signed(bound.value, sign), not bound.inclusive


def least(a: int | None, b: int | None) -> int | None:
    return b if a is None else a if b is None else min(a, b)


def decimal_of(exact: Fraction) -> Decimal:
    """The decimal of a fraction whose denominator divides a power of ten."""
    digits = exact.numerator.bit_length() + exact.denominator.bit_length() + 10
    with localcontext(Context(prec=digits)):
        found = Decimal(exact.numerator) / Decimal(exact.denominator)
        return found.quantize(Decimal(1)) if found == found.to_integral_value() else found.normalize()
