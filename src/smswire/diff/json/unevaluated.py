"""`unevaluatedProperties` and `unevaluatedItems`: what other keywords of a schema have spoken of, case by case.

Which branches hold decides what is evaluated. Each way for them to hold or not is a case of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Protocol, TypeAlias

from attrs import frozen

from smswire.diff.json import nodes
from smswire.diff.json.dialects import Dialect
from smswire.diff.json.nodes import OBJECT, Node
from smswire.diff.json.references import Library, Location
from smswire.diff.json.units import Units
from smswire.diff.json.universe import Universe
from smswire.diff.json.values import Json, Key, key

_CASES = 64
_DEPTH = 40


class Reader(Protocol):
    """What reads the schemas that are asked about."""

    universe: Universe
    library: Library
    units: Units
    pending: set[int]
    """Schemas whose unevaluated rest is being asked for."""

    def read(self, location: Location, *steps: str | int, schema: Json) -> Node: ...

    def read_here(self, location: Location) -> Node: ...

    def unknown(self, why: str, words: Key) -> Node: ...


@frozen
class _Seen:
    """What has been evaluated: of properties and of items."""

    names: frozenset[str] = frozenset()
    patterns: frozenset[str] = frozenset()
    all_names: bool = False
    items: int = 0
    all_items: bool = False
    contained: frozenset[Node] = frozenset()

    def __or__(self, other: _Seen) -> _Seen:
        return _Seen(
            self.names | other.names,
            self.patterns | other.patterns,
            self.all_names or other.all_names,
            max(self.items, other.items),
            self.all_items or other.all_items,
            self.contained | other.contained,
        )


_Case: TypeAlias = tuple[tuple[Node, ...], _Seen]
"""What has to hold for the case, and what is evaluated in it."""


class _TooMany(Exception):
    """More cases than can be told apart."""


def asserted(reader: Reader, location: Location, schema: dict[str, Json]) -> Iterator[Node]:
    """What `unevaluatedProperties` and `unevaluatedItems` of a schema assert."""
    wanted = [each for each in ("unevaluatedProperties", "unevaluatedItems") if each in schema]
    if not wanted:
        return
    universe = reader.universe
    cases = _cases(reader, location, schema)
    if cases is None:
        for keyword in wanted:
            yield reader.unknown(f"{keyword} depends on too many cases", key(schema))
        return
    for keyword in wanted:
        part = reader.read(location, keyword, schema=schema[keyword])
        for guard, seen in cases:
            rest = _rest(universe, keyword, part, seen)
            yield universe.either((universe.negation(universe.both(guard)), rest))


def _cases(reader: Reader, location: Location, schema: dict[str, Json]) -> list[_Case] | None:
    """All cases of a schema, None where they are too many or depend on themselves."""
    if id(schema) in reader.pending:
        return None
    reader.pending.add(id(schema))
    try:
        return _evaluated(reader, location, schema, 0)
    except _TooMany:
        return None
    finally:
        reader.pending.discard(id(schema))


def _rest(universe: Universe, keyword: str, part: Node, seen: _Seen) -> Node:
    if keyword == "unevaluatedProperties":
        if seen.all_names:
            return universe.anything
        return universe.others(seen.names, seen.patterns, part)
    if seen.all_items:
        return universe.anything
    return universe.assertion(nodes.Rest(seen.items, universe.either((part, *seen.contained))))


def _evaluated(reader: Reader, location: Location, schema: dict[str, Json], depth: int) -> list[_Case]:
    """All cases of a schema that holds."""
    if depth > _DEPTH:
        raise _TooMany
    cases: list[_Case] = [((), _own(reader, location, schema, outer=not depth))]
    for choice in _choices(reader, location, schema, depth):
        cases = [((*guard, *more), seen | also) for (guard, seen), (more, also) in product(cases, choice)]
        if len(cases) > _CASES:
            raise _TooMany
    return cases


def _own(reader: Reader, location: Location, schema: dict[str, Json], *, outer: bool) -> _Seen:
    """What a schema's own keywords evaluate; `outer` is the schema whose unevaluated rest is asked for."""
    dialect = location.resource.dialect
    named, patterned = schema.get("properties"), schema.get("patternProperties")
    first: Json = schema.get("prefixItems" if dialect is Dialect.D2020 else "items")
    every = "items" in schema and (dialect is Dialect.D2020 or not isinstance(first, list))
    contained: frozenset[Node] = frozenset()
    if "contains" in schema and dialect is Dialect.D2020:
        contained = frozenset({reader.read(location, "contains", schema=schema["contains"])})
    return _Seen(
        frozenset(named if isinstance(named, dict) else ()),
        frozenset(patterned if isinstance(patterned, dict) else ()),
        "additionalProperties" in schema or ("unevaluatedProperties" in schema and not outer),
        len(first) if isinstance(first, list) else 0,
        every
        or (isinstance(first, list) and "additionalItems" in schema)
        or ("unevaluatedItems" in schema and not outer),
        contained,
    )


def _choices(reader: Reader, location: Location, schema: dict[str, Json], depth: int) -> Iterator[list[_Case]]:
    """The cases of each keyword that applies schemas to the same value."""
    universe = reader.universe
    for keyword in ("$ref", "$dynamicRef", "$recursiveRef"):
        target = reader.units.targets.get((id(schema), keyword))
        if isinstance(target, Location):
            yield _of(reader, target, depth)
        elif target is not None:
            raise _TooMany
    for index, each in enumerate(_list(schema, "allOf")):
        yield _of(reader, location.child("allOf", index, schema=each), depth)
    for keyword in ("anyOf", "oneOf"):
        for index, each in enumerate(_list(schema, keyword)):
            yield _optional(reader, location.child(keyword, index, schema=each), depth, None)
    dependent = schema.get("dependentSchemas")
    for name, each in (dependent if isinstance(dependent, dict) else {}).items():
        # an assertion about properties holds for what has none
        guard = universe.both((universe.of_type(OBJECT), universe.assertion(nodes.Has(name))))
        yield _optional(reader, location.child("dependentSchemas", name, schema=each), depth, guard)
    if "if" in schema:
        yield _conditional(reader, location, schema, depth)


def _of(reader: Reader, target: Location, depth: int) -> list[_Case]:
    """The cases of a schema that holds."""
    target = reader.library.location(target)
    if not isinstance(target.schema, dict):
        return [((), _Seen())]
    return _evaluated(reader, target, target.schema, depth + 1)


def _optional(reader: Reader, target: Location, depth: int, guard: Node | None) -> list[_Case]:
    """The cases of a schema that may hold or not."""
    inner = _of(reader, target, depth)
    if all(seen == _Seen() for _, seen in inner):
        return [((), _Seen())]
    node = guard or reader.read_here(target)
    return [((reader.universe.negation(node),), _Seen()), *(((node, *more), seen) for more, seen in inner)]


def _conditional(reader: Reader, location: Location, schema: dict[str, Json], depth: int) -> list[_Case]:
    def cases(keyword: str) -> list[_Case]:
        if keyword not in schema:
            return [((), _Seen())]
        return _of(reader, location.child(keyword, schema=schema[keyword]), depth)

    condition = reader.read_here(location.child("if", schema=schema["if"]))
    return [
        *(((condition, *one, *two), seen | also) for (one, seen), (two, also) in product(cases("if"), cases("then"))),
        *(((reader.universe.negation(condition), *one), seen) for one, seen in cases("else")),
    ]


def _list(schema: dict[str, Json], keyword: str) -> list[Json]:
    found = schema.get(keyword)
    return found if isinstance(found, list) else []
