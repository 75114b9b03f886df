"""The forms that keywords' values have, and what can be made of values that miss them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias
from urllib.parse import quote

from smswire.diff import patterns
from smswire.diff.json import engines
from smswire.diff.json.dialects import Dialect
from smswire.diff.json.values import Json, key
from smswire.diff.patterns import Pattern

TYPES = ("null", "boolean", "integer", "number", "string", "array", "object")


class SaysNothing(Exception):
    """A value that says nothing."""


class Ill(Exception):
    """A value that nothing can be made of: what it must be instead, and the steps to it within the keyword's."""

    def __init__(self, problem: str, *steps: str | int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.steps = steps


class Tolerated(Exception):
    """A value that nothing can be made of, and that schemas are used with all the same."""


_KINDS: Mapping[type, str] = {str: "a string", list: "a list", bool: "true or false"}

_Form: TypeAlias = Callable[[Json, Mapping[str, Json], Dialect], Json]


def _type(value: Json, *_: object) -> Json:
    if isinstance(value, str):
        if value in TYPES:
            return value
    elif isinstance(value, list) and value and all(isinstance(each, str) and each in TYPES for each in value):
        if len(set(map(key, value))) < len(value):
            raise Ill("must not list a type twice")
        return value
    raise Ill(f"must be {', '.join(TYPES[:-1])} or {TYPES[-1]}, or a list of these")


def _distinct(values: list[Json]) -> list[Json]:
    return list({key(each): each for each in values}.values())


def dependency(value: list[Json], dialect: Dialect) -> Json:
    """Check the names that a property needs beside it."""
    return {} if not value and dialect is Dialect.D4 else _names(value)


def _required(value: Json, _: object, dialect: Dialect) -> Json:
    if value is False:
        raise SaysNothing
    if value is True:
        raise Tolerated
    if value == [] and dialect is Dialect.D4:
        raise SaysNothing
    return _names(value)


def _names(value: Json) -> Json:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise Ill("must be a list of names")
    return _distinct(value)


def _needs(value: Json, *_: object) -> Json:
    if not isinstance(value, dict):
        raise Ill("must be an object of lists of names")
    return {name: _names(each) for name, each in value.items()}


def _count(value: Json, *_: object) -> Json:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value < 0 or value != int(value):
        raise Ill("must be a whole number from 0")
    return int(value)


def _number(value: Json, *_: object) -> Json:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise Ill("must be a number")
    return value


def _step(value: Json, *_: object) -> Json:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value <= 0:
        raise Ill("must be a number above 0")
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
            raise Ill("must be true or false in draft-04")
        return value

    return check


def _of(*kinds: type) -> _Form:
    def check(value: Json, *_: object) -> Json:
        if not isinstance(value, kinds):
            raise Ill(f"must be {' or '.join(_KINDS[each] for each in kinds)}")
        return value

    return check


def _annotation(*kinds: type) -> _Form:
    def check(value: Json, *_: object) -> Json:
        if not isinstance(value, kinds):
            raise SaysNothing
        return value

    return check


def _pattern(value: Json, _: object, dialect: Dialect) -> Json:
    if not isinstance(value, str):
        raise Ill("must be a string")
    expression(value, dialect)
    return value


def expression(text: str, dialect: Dialect, *steps: str) -> None:
    """Check a regular expression. What only some engines read is tolerated."""
    if engines.readable(text, dialect):
        return
    problem = patterns.unsupported(Pattern(text, "json"))
    if problem is None:
        raise Tolerated
    try:
        with warnings.catch_warnings(action="ignore"):
            re.compile(text)
    except re.error:
        raise Ill(f"is no regular expression: {problem}", *steps) from None
    raise Tolerated


def _reference(value: Json, *_: object) -> Json:
    if not isinstance(value, str):
        raise Ill("must be a string")
    return quote(value, safe="/#?&=:;,.+~*!'()@$-_%")


_BY_DRAFT: Mapping[Dialect, Mapping[str, _Form]] = {
    Dialect.D4: {
        "type": _type,
        "enum": _of(list),
        "required": _required,
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
        "$schema": _of(str),
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
        "dependentRequired": _needs,
        "deprecated": _annotation(bool),
        "$anchor": _of(str),
    },
}
CHECKS: Mapping[str, tuple[Dialect, Dialect, _Form]] = {
    "id": (Dialect.D4, Dialect.D4, _annotation(str)),
    **{each: (since, Dialect.D2020, form) for since, forms in _BY_DRAFT.items() for each, form in forms.items()},
}
"""For keywords that hold no schemas the first and the last draft that has them, and what checks their value.

A check gives the value, mended. It raises `SaysNothing`, `Tolerated` or `Ill`.
"""
