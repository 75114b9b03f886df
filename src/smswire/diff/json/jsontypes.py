"""The JSON types of values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import NoneType

from smswire.diff.json.nodes import ARRAY, BOOLEAN, FRACTION, INTEGER, NULL, OBJECT, STRING, WHOLE, Mask
from smswire.diff.json.values import Json


def type_of(value: Json) -> Mask:
    """The JSON type of a value, numbers told apart by how they are written."""
    if isinstance(value, Decimal):
        return WHOLE if value == value.to_integral_value() else FRACTION
    return _TYPES[type(value)]


_TYPES: Mapping[type, Mask] = {
    NoneType: NULL,
    bool: BOOLEAN,
    int: INTEGER,
    str: STRING,
    list: ARRAY,
    dict: OBJECT,
}


def written(value: Json) -> Mask:
    """The types of the values that are equal to one."""
    kind = type_of(value)
    return INTEGER | WHOLE if kind in (INTEGER, WHOLE) else kind
