"""Strings that a validator is asked about where a proof is missing: other prints of what is listed, and bounds."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from smswire.diff.leaf import Bound
from smswire.diff.xsd.simple.atoms import Alternative, Atom, ListOf, number

_MOST = 20
_NEAR = Decimal("1e-9"), Decimal("1e-24")
_NEAREST = Decimal("1e-350")
"""What every floating-point number takes for zero."""


def reprints(kind: Alternative) -> Iterator[str]:
    """Other prints of the first of the listed values, where they may have some."""
    for value in (kind.values or ())[:_MOST]:
        if isinstance(kind, ListOf):
            first, *rest = value.split(" ")
            yield from (" ".join([each, *rest]) for each in islice(_numbers(first), 2))
        elif kind.builtin.family in ("number", "float"):
            yield from _numbers(value)


def edges(kind: Alternative) -> Iterator[str]:
    """The bounds of numbers, and what is next to them on either side."""
    if isinstance(kind, Atom) and kind.builtin.family in ("number", "float"):
        for bound in (kind.low, kind.high):
            yield from () if bound is None else _about(bound)


def _about(bound: Bound) -> Iterator[str]:
    value = bound.value
    yield format(value, "f")
    for share in _NEAR if value else (*_NEAR, _NEAREST):
        away = max(abs(value), Decimal(1)) * share
        yield from (format(each, "f") for each in (value - away, value + away))


def _numbers(text: str) -> Iterator[str]:
    value = number(text)
    if value is None:
        return
    plain = format(value, "f")
    sign, digits = ("-", plain[1:]) if plain.startswith("-") else ("", plain)
    yield f"{sign}0{digits}"
    yield f"{sign or '+'}{digits}"
    yield format(value, "E")
    if value == value.to_integral_value():
        yield f"{int(value)}"
        yield f"{int(value)}.0"
        yield f"{int(value)}E0"
