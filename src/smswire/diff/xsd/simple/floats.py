"""Bounds of binary floating-point numbers: what is printed is rounded before it is compared with them."""

from __future__ import annotations

import struct
from decimal import Decimal
from math import inf

from smswire.diff.leaf import Bound
from smswire.diff.xsd.simple.atoms import Atom

_SPACING = {"float": Decimal(2) ** -22, "double": Decimal(2) ** -51}
"""More than the distance of two neighbours, as a share of them."""

_LEAST = {"float": Decimal("1e-44"), "double": Decimal("1e-323")}


def kept(sub: Atom, sup: Atom) -> bool:
    """Whether the numbers of an atom, which keep within the bounds of another as they are printed, do so rounded."""
    numbers, others = sub.number(), sup.number()
    if sub.base != sup.base and sub.builtin.family == "float" and others.values is not None:
        return False
    ends = ((numbers.low, others.low, min, -1), (numbers.high, others.high, max, 1))
    for mine, theirs, outermost, sign in ends:
        if theirs is None:
            continue
        own = mine if numbers.values is None else Bound(outermost(numbers.values)) if numbers.values else None
        if own is not None and not _within(sub, own, sup, theirs, sign):
            return False
    return True


def _within(sub: Atom, own: Bound, sup: Atom, theirs: Bound, sign: int) -> bool:
    reach = own.value
    if sub.base == sup.base:
        # rounded in the same way, one that is kept out of the nearer bound is kept out of the farther
        if not own.inclusive or theirs.inclusive:
            return True
    elif sub.builtin.family == "float":
        # what rounds to the bound is a little beyond it
        reach += sign * (abs(reach) * _SPACING[sub.base] + _LEAST[sub.base])
    elif sub.builtin.integer and not own.inclusive and reach == reach.to_integral_value():
        reach -= sign
    mine, other = (rounded(each, sup.base) for each in (reach, theirs.value))
    return sign * mine < sign * other or (theirs.inclusive and mine == other)


def rounded(value: Decimal, base: str) -> float:
    """The number that is meant by one which is printed."""
    number = float(value)
    if base == "double":
        return number
    try:
        return float(struct.unpack("f", struct.pack("f", number))[0])
    except OverflowError:
        return inf if number > 0 else -inf
