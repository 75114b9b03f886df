"""The kinds of leaf types, and the values that they have."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from attrs import frozen

from smswire.diff.leaf.grids import Number
from smswire.diff.leaf.texts import Text

Value: TypeAlias = str | Decimal | bool | None
"""What a leaf's value is in JSON and, read by its type, in XML."""


@frozen(kw_only=True)
class Boolean:
    values: tuple[bool, ...] | None = None


@frozen
class Null:
    """JSON's null."""


@frozen
class Opaque:
    """A type of which only this is known: its name, and facets that each narrow it (dates, binaries, QNames)."""

    kind: str
    facets: frozenset[str] = frozenset()


Leaf: TypeAlias = Text | Number | Boolean | Null | Opaque


def name(leaf: Leaf) -> str:
    """What a leaf type is called in a message."""
    if isinstance(leaf, Opaque):
        return leaf.kind
    if isinstance(leaf, Number):
        return "integer" if leaf.integer else "number"
    if isinstance(leaf, Text):
        return "string"
    return "boolean" if isinstance(leaf, Boolean) else "null"


_LONGEST = 80


def spelled(value: Value) -> str:
    """A value as a message shows it: long ones are cut, and long numbers have an exponent."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f") if -_LONGEST < value.adjusted() < _LONGEST else str(value)
    if value is None:
        return "null"
    return f'"{value[:_LONGEST]}..."' if len(value) > _LONGEST else value or '""'
