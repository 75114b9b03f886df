"""Keywords that hold no schemas, as nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from smswire.diff.json import engines, finite, nodes
from smswire.diff.json.dialects import Dialect
from smswire.diff.json.keywords import ILL
from smswire.diff.json.nodes import ALL, ARRAY, BOOLEAN, FRACTION, INTEGER, NULL, OBJECT, STRING, WHOLE, Mask, Node
from smswire.diff.json.universe import Universe
from smswire.diff.json.values import Json, Key, key

_MASKS: Mapping[str, Mask] = {
    "null": NULL,
    "boolean": BOOLEAN,
    "string": STRING,
    "array": ARRAY,
    "object": OBJECT,
    "number": INTEGER | WHOLE | FRACTION,
}
_COUNTS: Mapping[str, tuple[type[nodes.AtLeast | nodes.AtMost], Mask]] = {
    "minLength": (nodes.AtLeast, STRING),
    "maxLength": (nodes.AtMost, STRING),
    "minItems": (nodes.AtLeast, ARRAY),
    "maxItems": (nodes.AtMost, ARRAY),
    "minProperties": (nodes.AtLeast, OBJECT),
    "maxProperties": (nodes.AtMost, OBJECT),
}


UNTOLD = "no validator tells what a text holds"


def asserted(schema: Mapping[str, Json], dialect: Dialect, universe: Universe) -> Iterator[Node]:
    """What the keywords of one schema assert by themselves."""
    yield from _values(schema, dialect, universe)
    for node in _typed(schema, dialect):
        yield universe.assertion(node)
    for keyword, value in schema.items():
        if keyword.startswith(ILL):
            name = keyword.removeprefix(ILL)
            words = (name, key(value), *_beside(schema, name))
            yield universe.unknown(f"the value of {name} is not of its form", words)


def _beside(schema: Mapping[str, Json], name: str) -> Iterator[Key]:
    """The names and patterns on which it depends what a keyword that was set aside speaks of."""
    if name == "additionalProperties":
        for each in ("properties", f"{ILL}patternProperties"):
            beside = schema.get(each)
            yield frozenset(beside if isinstance(beside, dict) else ())


def _values(schema: Mapping[str, Json], dialect: Dialect, universe: Universe) -> Iterator[Node]:
    kinds = schema.get("type")
    if isinstance(kinds, str):
        yield universe.of_type(mask(kinds, dialect))
    elif isinstance(kinds, list):
        yield universe.either(universe.of_type(mask(str(each), dialect)) for each in kinds)
    listed = schema.get("enum")
    if isinstance(listed, list):
        yield universe.one_of_values(listed)
    pattern = schema.get("pattern")
    spelled = finite.texts(pattern) if isinstance(pattern, str) else None
    if spelled is not None:
        yield universe.either((universe.of_type(ALL & ~STRING), universe.one_of_values(spelled)))
    if "const" in schema and dialect >= Dialect.D6:
        yield universe.one_of_values([schema["const"]])


def mask(name: str, dialect: Dialect) -> Mask:
    """The types that a name of `type` means; draft-04 has no integer 1.0."""
    if name == "integer":
        return INTEGER if dialect is Dialect.D4 else INTEGER | WHOLE
    return _MASKS[name]


def _typed(schema: Mapping[str, Json], dialect: Dialect) -> Iterator[Node]:
    yield from _numbers(schema, dialect)
    for keyword, (kind, what) in _COUNTS.items():
        count = schema.get(keyword)
        if isinstance(count, int):
            yield kind(what, count)
    pattern = schema.get("pattern")
    if isinstance(pattern, str) and pattern not in finite.ALWAYS and finite.texts(pattern) is None:
        yield nodes.Matches(pattern)
    name = schema.get("format")
    if isinstance(name, str) and engines.asserts(name, dialect):
        yield nodes.Format(name, engines.judging(name, dialect))
    if dialect.contents:
        yield from _contents(schema)
    if schema.get("uniqueItems") is True:
        yield nodes.Unique()
    required = schema.get("required")
    if isinstance(required, list):
        for each in required:
            yield nodes.Has(str(each))


def _contents(schema: Mapping[str, Json]) -> Iterator[Node]:
    """What texts hold, told by validators or not."""
    judged = {"contentEncoding": "", "contentMediaType": ""}
    for keyword in judged:
        name = schema.get(keyword)
        if isinstance(name, str) and engines.asserts_content(keyword, name):
            judged[keyword] = name
        elif isinstance(name, str):
            yield nodes.Untold(UNTOLD, (keyword, name))
    if any(judged.values()):
        yield nodes.Content(judged["contentEncoding"], judged["contentMediaType"])


def _numbers(schema: Mapping[str, Json], dialect: Dialect) -> Iterator[Node]:
    for kind, word in ((nodes.Low, "Minimum"), (nodes.High, "Maximum")):
        bound, exclusive = schema.get(word.lower()), schema.get(f"exclusive{word}")
        if isinstance(bound, int | Decimal):
            yield kind(bound, exclusive is True)
        if isinstance(exclusive, int | Decimal) and not isinstance(exclusive, bool) and dialect is not Dialect.D4:
            yield kind(exclusive, True)  # noqa: FBT003
    step = schema.get("multipleOf")
    if isinstance(step, int | Decimal):
        yield nodes.Multiple(step)
