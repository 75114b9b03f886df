"""Strategies of JSON documents and forms as a stranger sends them, changed a little in up to three ways."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, quote_plus

from hypothesis import strategies as st

from smswire.documents import write
from smswire.schema.model import Array, Field, Record, Ref, Type, Union
from support import instances, oracles, spellings
from support.cases import Case
from support.damage import damaged

Draw = Callable[[st.SearchStrategy[Any]], Any]
ODD_NUMBERS = [
    "-0",
    "1.0",
    "-0.0",
    "1e2",
    "1E+2",
    "1e-2",
    "1.5",
    "100e-2",
    "1e40",
    "9" * 40,
    "01",
    "+5",
    "5.",
    ".5",
    "-",
]
ODD_VALUES = ["null", "true", "false", '""', '" "', "[]", "{}", "[null]", "[[]]", '{"new": 1}', "NaN", "-Infinity"]
ODD_TEXTS = ['"\\ud800"', '"\\u0000"', '"\\ud83d\\ude00"', '"a\tb"', '"\\t\\n\\r"', '"\\/"', '"\\x"', "'a'"]
CHARSETS = ["%FF", "%", "%zz", "+", "%00", "%0A", "\t"]


class Raw(str):
    """JSON text that stands for a value."""

    __slots__ = ()


class Pairs(list[tuple[str, Any]]):
    """An object whose keys may come twice."""


Place = tuple[Any, Record | None, list[Type]]
"""A container, its record where it is an object that the schema knows, and else the types of its items."""


def changeable(data: Any) -> Any:
    if isinstance(data, dict):
        return Pairs((key, changeable(value)) for key, value in data.items())
    return [changeable(each) for each in data] if isinstance(data, list) else data


def places(case: Case, data: Any, kinds: list[Type]) -> Iterator[Place]:
    flat = [each for kind in kinds for each in (kind.members if isinstance(kind, Union) else (kind,))]
    records = [case.model.records[each.name] for each in flat if isinstance(each, Ref)]
    items = [each.items for each in flat if isinstance(each, Array)]
    if isinstance(data, Pairs):
        record = next((each for each in records if data and field_of(each, data[0][0])), None)
        yield data, record, []
        for key, value in data:
            field = field_of(record, key)
            yield from places(case, value, [field.type] if field else [])
    elif isinstance(data, list):
        yield data, None, items
        for each in data:
            yield from places(case, each, items)


def field_of(record: Record | None, key: str) -> Field | None:
    return None if record is None else next((each for each in record.fields if each.name == key), None)


def spelled(kind: Type | None) -> list[Raw]:
    """JSON texts for a value of a type, most of them wrong."""
    texts = spellings.of(kind)
    return [Raw(each) for each in [*texts, *map(json.dumps, texts), *ODD_NUMBERS, *ODD_VALUES, *ODD_TEXTS]]


def _value(draw: Draw, kind: Type | None) -> Raw:
    return draw(st.sampled_from(spelled(kind)))


def change_value(draw: Draw, place: Place) -> None:
    container, record, items = place
    if not container:
        return
    index = draw(st.integers(0, len(container) - 1))
    if isinstance(container, Pairs):
        key = container[index][0]
        field = field_of(record, key)
        container[index] = (key, _value(draw, field.type if field else None))
    else:
        container[index] = _value(draw, next(iter(items), None))


def drop(draw: Draw, place: Place) -> None:
    if place[0]:
        del place[0][draw(st.integers(0, len(place[0]) - 1))]


def add(draw: Draw, place: Place) -> None:
    container, record, items = place
    if isinstance(container, Pairs):
        names = [each.name for each in record.fields] if record else []
        key = draw(st.sampled_from([*names, "new", "error", "", "a b", "ключ"]))
        field = field_of(record, key)
        container.append((key, _value(draw, field.type if field else None)))
    else:
        container.append(_value(draw, next(iter(items), None)))


def repeat(draw: Draw, place: Place) -> None:
    if place[0]:
        place[0].insert(0, place[0][-1])


CHANGES = [change_value, change_value, drop, add, repeat]


@st.composite
def json_documents(draw: Draw, case: Case) -> bytes:
    """Bytes of JSON documents, some of which keep to their schema."""
    # one more container, so that the document as a whole can be changed as well
    whole: list[Any] = [changeable(oracles.parse_json(write(case.type, draw(instances.documents(case)))))]
    for _ in range(draw(st.sampled_from([0, 1, 1, 1, 2, 3]))):
        place = draw(st.sampled_from(list(places(case, whole, [Array(case.model.root)]))))
        draw(st.sampled_from(CHANGES))(draw, place)
    return damaged(draw, " ".join(dumped(each) for each in whole).encode("utf-8", "replace"))


def dumped(data: Any) -> str:
    if isinstance(data, Raw):
        return data
    if isinstance(data, Pairs):
        return "{" + ",".join(f"{json.dumps(key)}:{dumped(value)}" for key, value in data) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(dumped(each) for each in data) + "]"
    return f"{data:f}" if isinstance(data, Decimal) else json.dumps(data, ensure_ascii=False)


@st.composite
def forms(draw: Draw, case: Case) -> bytes:
    """Bytes of forms, some of which keep to their schema."""
    [record] = case.records
    pairs = parse_qsl(write(case.type, draw(instances.documents(case))).decode(), keep_blank_values=True)
    for _ in range(draw(st.sampled_from([0, 1, 1, 1, 2, 3]))):
        key = draw(st.sampled_from([*(each.name for each in record.fields), "new", ""]))
        field = field_of(record, key)
        how = draw(st.sampled_from(["drop", "change", "change", "add"]))
        if how != "add":
            pairs = [each for each in pairs if each[0] != key]
        if how != "drop":
            pairs.append((key, draw(st.sampled_from(spellings.of(field.type if field else None)))))
    return damaged(draw, (encoded(pairs) + draw(st.sampled_from(["", "", "", *CHARSETS]))).encode())


def encoded(pairs: list[tuple[str, str]]) -> str:
    return "&".join(f"{quote_plus(key)}={quote_plus(value)}" for key, value in pairs)
