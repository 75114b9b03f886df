"""Leaf types of both languages, and when the values of one are values of another.

Lengths count characters, numbers are decimals and exact. Every constraint of a leaf holds at once, `values` included.
Leaves of different kinds share no value, as in JSON.
"""

from __future__ import annotations

from smswire.diff.leaf.differences import changes
from smswire.diff.leaf.grids import Bound, Number
from smswire.diff.leaf.kinds import Boolean, Leaf, Null, Opaque, Value
from smswire.diff.leaf.sets import contains, empty, examples, included, intersect
from smswire.diff.leaf.texts import Text
from smswire.diff.patterns import Pattern

__all__ = [
    "Boolean",
    "Bound",
    "Leaf",
    "Null",
    "Number",
    "Opaque",
    "Pattern",
    "Text",
    "Value",
    "changes",
    "contains",
    "empty",
    "examples",
    "included",
    "intersect",
]
