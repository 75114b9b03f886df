"""Numbers that satisfy assertions: exact, since they are intervals and grids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Context, Decimal
from fractions import Fraction
from itertools import count, islice
from math import ceil, floor, gcd, lcm

from attrs import define, field

from smswire.diff.json import nodes
from smswire.diff.json.nodes import FRACTION, INTEGER
from smswire.diff.json.solving.literals import Literals
from smswire.diff.json.solving.outcomes import EMPTY, Outcome, found, unsure
from smswire.diff.json.values import Json

_TRIED = 20_000


@define
class _Interval:
    low: Fraction | None = None
    low_open: bool = False
    high: Fraction | None = None
    high_open: bool = False
    step: Fraction | None = None
    """What the number is a multiple of."""
    off: list[Fraction] = field(factory=list[Fraction])
    """What it is no multiple of."""

    def at_least(self, value: Fraction, *, exclusive: bool) -> None:
        if self.low is None or (value, exclusive) > (self.low, self.low_open):
            self.low, self.low_open = value, exclusive

    def at_most(self, value: Fraction, *, exclusive: bool) -> None:
        if self.high is None or (value, not exclusive) < (self.high, not self.high_open):
            self.high, self.high_open = value, exclusive

    def multiple(self, step: Fraction) -> None:
        self.step = step if self.step is None else _common(self.step, step)

    def fits(self, value: Fraction) -> bool:
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        if self.high is not None and (value > self.high or (self.high_open and value == self.high)):
            return False
        return not any((value / each).denominator == 1 for each in self.off)


def solve(literals: Literals) -> Outcome:
    """A number of one way of writing that satisfies all assertions, the simplest that is easily found."""
    interval = _Interval()
    for each in literals.holding:
        _add(interval, each)
    for each in literals.failing:
        _add_negation(interval, each)
    if literals.kind == FRACTION:
        interval.off.append(Fraction(1))
    else:
        interval.multiple(Fraction(1))
    low, high = interval.low, interval.high
    if (
        low is not None
        and high is not None
        and (low > high or (low == high and (interval.low_open or interval.high_open)))
    ):
        return EMPTY
    listed = literals.excluded.values()
    excluded = {Fraction(each) for each in listed if isinstance(each, int | Decimal) and not isinstance(each, bool)}
    if interval.step is None:
        return _anywhere(interval, excluded)
    return _on_grid(interval, interval.step, excluded, literals.kind)


def _add(interval: _Interval, node: nodes.Node) -> None:
    if isinstance(node, nodes.Low):
        interval.at_least(Fraction(node.value), exclusive=node.exclusive)
    elif isinstance(node, nodes.High):
        interval.at_most(Fraction(node.value), exclusive=node.exclusive)
    elif isinstance(node, nodes.Multiple):
        interval.multiple(Fraction(node.of))


def _add_negation(interval: _Interval, node: nodes.Node) -> None:
    if isinstance(node, nodes.Low):
        interval.at_most(Fraction(node.value), exclusive=not node.exclusive)
    elif isinstance(node, nodes.High):
        interval.at_least(Fraction(node.value), exclusive=not node.exclusive)
    elif isinstance(node, nodes.Multiple):
        interval.off.append(Fraction(node.of))


def _common(one: Fraction, other: Fraction) -> Fraction:
    """The least number that is a multiple of both."""
    return Fraction(lcm(one.numerator, other.numerator), gcd(one.denominator, other.denominator))


def _on_grid(interval: _Interval, step: Fraction, excluded: set[Fraction], kind: int) -> Outcome:
    first = None if interval.low is None else ceil(interval.low / step)
    last = None if interval.high is None else floor(interval.high / step)
    if first is not None and interval.low_open and first * step == interval.low:
        first += 1
    if last is not None and interval.high_open and last * step == interval.high:
        last -= 1
    if first is not None and last is not None and first > last:
        return EMPTY
    # every multiple is one of these, too
    if any((step / each).denominator == 1 for each in interval.off):
        return EMPTY
    period = lcm(*(int(_common(step, each) / step) for each in interval.off))
    for index in islice(_outwards(first, last), _TRIED):
        value = index * step
        if value not in excluded and interval.fits(value):
            return found(_written(value, kind))
    if first is not None and last is not None and last - first < _TRIED:
        return EMPTY
    # what fits comes up once in a period, and so often was not all excluded
    return EMPTY if _TRIED // (2 * period) > len(excluded) else unsure("too many multiples are ruled out")


def _outwards(first: int | None, last: int | None) -> Iterator[int]:
    """The whole numbers between two, simple ones first."""
    if first is not None and (first > 0 or last is None):
        yield from count(first) if last is None else range(first, last + 1)
    elif last is not None and (last < 0 or first is None):
        yield from count(last, -1) if first is None else range(last, first - 1, -1)
    else:
        for each in count():
            if (last is None or each <= last) and (first is None or each >= first):
                yield each
            if each and (first is None or -each >= first) and (last is None or -each <= last):
                yield -each
            if first is not None and last is not None and each > max(-first, last):
                return


def _anywhere(interval: _Interval, excluded: set[Fraction]) -> Outcome:
    """A number that need be no multiple of anything, and here is never whole."""
    low, high = interval.low, interval.high
    if low is not None and low == high:
        return found(_written(low, FRACTION)) if interval.fits(low) and low not in excluded else EMPTY
    # in a narrow interval, no number has fewer digits
    narrow = 0 if low is None or high is None else len(str((high - low).denominator)) - len(str((high - low).numerator))
    for scale in range(max(narrow, 1), max(narrow, 1) + 60):
        grid = Fraction(1, 10**scale)
        for value in _points(low, high, grid):
            if interval.fits(value) and value not in excluded:
                return found(_written(value, FRACTION))
    return unsure("no number could be found in a very small interval")


def _points(low: Fraction | None, high: Fraction | None, grid: Fraction) -> Iterable[Fraction]:
    if low is not None:
        start = floor(low / grid)
        return [(start + each) * grid for each in range(25)]
    start = ceil(high / grid) if high is not None else 5
    return [(start - each) * grid for each in range(25)]


def _written(value: Fraction, kind: int) -> Json:
    if kind == INTEGER:
        return int(value)
    return Context(prec=2000).divide(Decimal(value.numerator), Decimal(value.denominator))
