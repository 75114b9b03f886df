"""The forms that keywords' values have, and what can be made of values that miss them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias
from urllib.parse import quote

from smswire.diff.json import engines
from smswire.diff.json.dialects import Dialect
from smswire.diff.json.values import Json, key

TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")


class SaysNothing(Exception):
    """A value that says nothing."""


class Ill(Exception):
    """A value that nothing can be made of."""


_Form: TypeAlias = Callable[[Json, Mapping[str, Json], Dialect], Json]


def _type(value: Json, *_: object) -> Json:
    if isinstance(value, str):
        if value in TYPES:
            return value
    elif isinstance(value, list) and value and all(isinstance(each, str) and each in TYPES for each in value):
        return _distinct(value)
    raise Ill


def _distinct(values: list[Json]) -> list[Json]:
    return list({key(each): each for each in values}.values())


def dependency(value: list[Json], dialect: Dialect) -> Json:
    """Check the names that a property needs beside it."""
    if not all(isinstance(each, str) for each in value):
        raise Ill
    if value or dialect is not Dialect.D4:
        return list(_distinct(value))
    return {}


def _strings(value: Json, _: object, dialect: Dialect) -> Json:
    if value is False:
        raise SaysNothing
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise Ill
    if not value and dialect is Dialect.D4:
        raise SaysNothing
    return list(_distinct(value))


def _string_map(value: Json, _: object, dialect: Dialect) -> Json:
    if not isinstance(value, dict):
        raise Ill
    return {name: _strings(each, None, dialect) for name, each in value.items()}


def _count(value: Json, *_: object) -> Json:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value < 0 or value != int(value):
        raise Ill
    return int(value)


def _number(value: Json, *_: object) -> Json:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise Ill
    return value


def _step(value: Json, *_: object) -> Json:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value <= 0:
        raise Ill
    return value


def _exclusive(bound: str) -> _Form:
    def check(value: Json, schema: Mapping[str, Json], dialect: Dialect) -> Json:
        if value is False:
            raise SaysNothing
        if dialect is not Dialect.D4:
            return _number(value)
        if value is True and bound not in schema:
            raise SaysNothing
        if value is not True:
            raise Ill
        return value

    return check


def _of(*kinds: type) -> _Form:
    def check(value: Json, *_: object) -> Json:
        if not isinstance(value, kinds):
            raise Ill
        return value

    return check


def _annotation(*kinds: type) -> _Form:
    def check(value: Json, *_: object) -> Json:
        if not isinstance(value, kinds):
            raise SaysNothing
        return value

    return check


def _pattern(value: Json, _: object, dialect: Dialect) -> Json:
    if not isinstance(value, str) or not engines.readable(value, dialect):
        raise Ill
    return value


def _reference(value: Json, *_: object) -> Json:
    if not isinstance(value, str):
        raise Ill
    return quote(value, safe="/#?&=:;,.+~*!'()@$-_%")


_BY_DRAFT: Mapping[Dialect, Mapping[str, _Form]] = {
    Dialect.D4: {
        "type": _type,
        "enum": _of(list),
        "required": _strings,
        "minimum": _number,
        "maximum": _number,
        "exclusiveMinimum": _exclusive("minimum"),
        "exclusiveMaximum": _exclusive("maximum"),
        "multipleOf": _step,
        "minLength": _count,
        "maxLength": _count,
        "minItems": _count,
        "maxItems": _count,
        "minProperties": _count,
        "maxProperties": _count,
        "uniqueItems": _of(bool),
        "pattern": _pattern,
        "format": _of(str),
        "$ref": _reference,
        "title": _annotation(str),
        "description": _annotation(str),
    },
    Dialect.D6: {"$id": _reference, "examples": _annotation(list)},
    Dialect.D7: {
        "$comment": _annotation(str),
        "readOnly": _annotation(bool),
        "writeOnly": _annotation(bool),
        "contentEncoding": _of(str),
        "contentMediaType": _of(str),
    },
    Dialect.D2019: {
        "minContains": _count,
        "maxContains": _count,
        "dependentRequired": _string_map,
        "deprecated": _annotation(bool),
        "$anchor": _of(str),
    },
}
CHECKS: Mapping[str, tuple[Dialect, Dialect, _Form]] = {
    "id": (Dialect.D4, Dialect.D4, _annotation(str)),
    **{each: (since, Dialect.D2020, form) for since, forms in _BY_DRAFT.items() for each, form in forms.items()},
}
"""For keywords that hold no schemas the first and the last draft that has them, and what checks their value.

A check gives the value, mended. It raises `SaysNothing` or `Ill`.
"""
