"""Which keywords hold schemas, how, and in which drafts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from smswire.diff.json.dialects import Dialect
from smswire.diff.json.values import Json

Token: TypeAlias = str | int
Pointer: TypeAlias = tuple[Token, ...]
"""The steps from a document's root to a place in it."""

Holder: TypeAlias = Literal["schema", "schemas", "map"]

HOLDERS: Mapping[str, tuple[Holder, Dialect, Dialect]] = {
    "$defs": ("map", Dialect.D4, Dialect.D2020),
    "definitions": ("map", Dialect.D4, Dialect.D2020),
    "properties": ("map", Dialect.D4, Dialect.D2020),
    "patternProperties": ("map", Dialect.D4, Dialect.D2020),
    "dependencies": ("map", Dialect.D4, Dialect.D2020),
    "dependentSchemas": ("map", Dialect.D2019, Dialect.D2020),
    "additionalProperties": ("schema", Dialect.D4, Dialect.D2020),
    "propertyNames": ("schema", Dialect.D6, Dialect.D2020),
    "unevaluatedProperties": ("schema", Dialect.D2019, Dialect.D2020),
    "items": ("schema", Dialect.D4, Dialect.D2020),
    "prefixItems": ("schemas", Dialect.D2020, Dialect.D2020),
    "additionalItems": ("schema", Dialect.D4, Dialect.D2019),
    "contains": ("schema", Dialect.D6, Dialect.D2020),
    "unevaluatedItems": ("schema", Dialect.D2019, Dialect.D2020),
    "allOf": ("schemas", Dialect.D4, Dialect.D2020),
    "anyOf": ("schemas", Dialect.D4, Dialect.D2020),
    "oneOf": ("schemas", Dialect.D4, Dialect.D2020),
    "not": ("schema", Dialect.D4, Dialect.D2020),
    "if": ("schema", Dialect.D7, Dialect.D2020),
    "then": ("schema", Dialect.D7, Dialect.D2020),
    "else": ("schema", Dialect.D7, Dialect.D2020),
    "contentSchema": ("schema", Dialect.D2019, Dialect.D2020),
}
"""Each with the first and the last draft that has it. A list of schemas under `items` is told by its form."""

SILENT = frozenset(
    {"title", "description", "$comment", "examples", "default", "deprecated", "$schema", "$id", "id"}
    | {"$defs", "definitions"}
)
"""Keywords that assert nothing by themselves."""

ILL = "x-ill-formed-"
"""What a keyword's name begins with after its value was found to be nothing that a validator could read."""


def holder(keyword: str, value: Json, dialect: Dialect) -> Holder | None:
    """How a keyword's value holds schemas, None where it holds none."""
    found = HOLDERS.get(keyword)
    if found is None or not found[1] <= dialect <= found[2]:
        return None
    return "schemas" if keyword == "items" and isinstance(value, list) else found[0]


def items_keywords(schema: Mapping[str, Json], dialect: Dialect) -> tuple[str | None, str | None]:
    """The keyword that lists the first items' schemas, and the one for the items after them, None for none."""
    if dialect is Dialect.D2020:
        return ("prefixItems" if "prefixItems" in schema else None), ("items" if "items" in schema else None)
    if isinstance(schema.get("items"), list):
        return "items", ("additionalItems" if "additionalItems" in schema else None)
    return None, ("items" if "items" in schema else None)


def children(schema: Json, dialect: Dialect) -> Iterator[tuple[Pointer, Json]]:
    """The schemas directly within a schema, each with the steps to it."""
    if not isinstance(schema, dict):
        return
    if "$ref" in schema and not dialect.siblings:
        # nothing beside a reference counts, but other references may lead there
        inner: dict[str, Json] = {each: schema[each] for each in schema if each in ("$defs", "definitions")}
    else:
        inner = schema
    for keyword, value in inner.items():
        how = holder(keyword, value, dialect)
        if how == "schema" and isinstance(value, dict | bool):
            yield (keyword,), value
        elif how == "schemas" and isinstance(value, list):
            for index, each in enumerate(value):
                yield (keyword, index), each
        elif how == "map" and isinstance(value, dict):
            for name, each in value.items():
                if isinstance(each, dict | bool):
                    yield (keyword, name), each


def spelled(pointer: Pointer) -> str:
    """The steps as a JSON pointer."""
    return "".join("/" + str(each).replace("~", "~0").replace("/", "~1") for each in pointer)
