"""`unevaluatedProperties` and `unevaluatedItems`: what no other keyword of a schema has spoken of.

Which branches hold decides what is evaluated. Each name, and each index, is evaluated where some branch that speaks of
it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Protocol, TypeAlias, TypeVar

from attrs import frozen

from smswire.diff.json import engines, nodes
from smswire.diff.json.dialects import Dialect
from smswire.diff.json.keywords import ILL
from smswire.diff.json.locations import Location
from smswire.diff.json.nodes import OBJECT, Node
from smswire.diff.json.references import Library
from smswire.diff.json.units import Units
from smswire.diff.json.universe import Universe
from smswire.diff.json.values import Json, Key, key

T = TypeVar("T", str, Node)

_BRANCHES = 1000
_WAYS = 6
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


_Branch: TypeAlias = tuple[tuple[Node, ...], _Seen]
"""What has to hold, and what is evaluated then."""


class _TooMany(Exception):
    """More branches than can be told apart."""


def asserted(reader: Reader, location: Location, schema: dict[str, Json]) -> Iterator[Node]:
    """What `unevaluatedProperties` and `unevaluatedItems` of a schema assert."""
    for keyword, rest in (("unevaluatedProperties", _properties), ("unevaluatedItems", _items)):
        if keyword not in schema:
            continue
        try:
            always, sometimes = _branches(reader, location, schema)
            part = reader.read(location, keyword, schema=schema[keyword])
            yield reader.universe.both(rest(reader.universe, part, always, sometimes))
        except _TooMany as error:
            yield reader.unknown(f"{keyword} {str(error) or 'depends on too many cases'}", key(schema))


def _branches(reader: Reader, location: Location, schema: dict[str, Json]) -> tuple[_Seen, dict[Node, _Seen]]:
    """What is evaluated in any case, and what is where something else holds. Raises `_TooMany`."""
    if id(schema) in reader.pending:
        raise _TooMany("refers to itself")
    reader.pending.add(id(schema))
    try:
        found = _evaluated(reader, location, schema, 0)
    finally:
        reader.pending.discard(id(schema))
    always, sometimes = _Seen(), dict[Node, _Seen]()
    for guard, seen in found:
        node = reader.universe.both(guard)
        if node is reader.universe.anything:
            always |= seen
        else:
            sometimes[node] = sometimes.get(node, _Seen()) | seen
    return always, sometimes


def _properties(universe: Universe, part: Node, always: _Seen, sometimes: dict[Node, _Seen]) -> Iterator[Node]:
    if always.all_names:
        return
    names = always.names.union(*(seen.names for seen in sometimes.values()))
    for name in sorted(names - always.names):
        if not _speaks(always, name):
            there = [guard for guard, seen in sometimes.items() if _speaks(seen, name)]
            yield universe.either((universe.assertion(nodes.Property(name, part)), *there))
    every = [guard for guard, seen in sometimes.items() if seen.all_names]
    for missing, patterns in _ways((guard, seen.patterns - always.patterns) for guard, seen in sometimes.items()):
        yield universe.either((universe.others(names, always.patterns | patterns, part), *every, *missing))


def _speaks(seen: _Seen, name: str) -> bool:
    """Whether a property of a name is evaluated."""
    answers = [engines.matches(each, name) for each in seen.patterns]
    if seen.all_names or name in seen.names or True in answers:
        return True
    if None in answers:
        raise _TooMany
    return False


def _items(universe: Universe, part: Node, always: _Seen, sometimes: dict[Node, _Seen]) -> Iterator[Node]:
    if always.all_items:
        return
    last = max([always.items, *(seen.items for seen in sometimes.values())])
    every = [guard for guard, seen in sometimes.items() if seen.all_items]
    for missing, contained in _ways((guard, seen.contained - always.contained) for guard, seen in sometimes.items()):
        rest = universe.either((part, *always.contained, *contained))
        yield universe.either((universe.assertion(nodes.Rest(last, rest)), *every, *missing))
        for index in range(always.items, last):
            there = [guard for guard, seen in sometimes.items() if seen.items > index]
            yield universe.either((universe.assertion(nodes.Item(index, rest)), *there, *every, *missing))


def _ways(branches: Iterable[tuple[Node, frozenset[T]]]) -> Iterator[tuple[list[Node], frozenset[T]]]:
    """Every way for what branches add to be there or not: the branches that it is missing of, and what is there."""
    groups: dict[frozenset[T], list[Node]] = {}
    for guard, added in branches:
        if added:
            groups.setdefault(added, []).append(guard)
    if len(groups) > _WAYS:
        raise _TooMany
    for choice in product((True, False), repeat=len(groups)):
        chosen = list(zip(choice, groups.items(), strict=True))
        missing = [guard for there, (_, guards) in chosen if not there for guard in guards]
        yield missing, frozenset(each for there, (added, _) in chosen if there for each in added)


def _evaluated(reader: Reader, location: Location, schema: dict[str, Json], depth: int) -> list[_Branch]:
    """What a schema evaluates that holds."""
    if depth > _DEPTH:
        raise _TooMany("refers to itself, or is nested too deeply")
    found: list[_Branch] = [((), _own(reader, location, schema, outer=not depth))]
    for each in _inner(reader, location, schema, depth):
        found.append(each)
        if len(found) > _BRANCHES:
            raise _TooMany
    return found


def _own(reader: Reader, location: Location, schema: dict[str, Json], *, outer: bool) -> _Seen:
    """What a schema's own keywords evaluate; `outer` is the schema whose unevaluated rest is asked for."""
    if f"{ILL}patternProperties" in schema:
        raise _TooMany("depends on patterns that cannot be read")
    dialect = location.resource.dialect
    named, patterned = schema.get("properties"), schema.get("patternProperties")
    first: Json = schema.get("prefixItems" if dialect is Dialect.D2020 else "items")
    every = "items" in schema and (dialect is Dialect.D2020 or not isinstance(first, list))
    contained: frozenset[Node] = frozenset()
    if "contains" in schema:
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


def _inner(reader: Reader, location: Location, schema: dict[str, Json], depth: int) -> Iterator[_Branch]:
    """What the keywords evaluate that apply schemas to the same value."""
    for keyword in ("$ref", "$dynamicRef", "$recursiveRef"):
        target = reader.units.targets.get((id(schema), keyword))
        if isinstance(target, Location):
            yield from _of(reader, target, depth)
        elif target is not None:
            raise _TooMany
    for index, each in enumerate(_list(schema, "allOf")):
        yield from _of(reader, location.child("allOf", index, schema=each), depth)
    for keyword in ("anyOf", "oneOf"):
        for index, each in enumerate(_list(schema, keyword)):
            yield from _where_it_holds(reader, location.child(keyword, index, schema=each), depth)
    yield from _conditional(reader, location, schema, depth)


def _conditional(reader: Reader, location: Location, schema: dict[str, Json], depth: int) -> Iterator[_Branch]:
    """What is evaluated under the conditions that a schema names."""
    universe = reader.universe
    dependent = schema.get("dependentSchemas")
    for name, each in (dependent if isinstance(dependent, dict) else {}).items():
        # an assertion about properties holds for what has none
        guard = universe.both((universe.of_type(OBJECT), universe.assertion(nodes.Has(name))))
        yield from _where(guard, _of(reader, location.child("dependentSchemas", name, schema=each), depth))
    if "if" in schema:
        condition = location.child("if", schema=schema["if"])
        yield from _where_it_holds(reader, condition, depth)
        guard = reader.read_here(condition)
        for keyword, node in (("then", guard), ("else", universe.negation(guard))):
            if keyword in schema:
                yield from _where(node, _of(reader, location.child(keyword, schema=schema[keyword]), depth))


def _of(reader: Reader, target: Location, depth: int) -> list[_Branch]:
    """What a schema evaluates that holds."""
    target = reader.library.location(target)
    if not isinstance(target.schema, dict):
        return []
    return [each for each in _evaluated(reader, target, target.schema, depth + 1) if each[1] != _Seen()]


def _where_it_holds(reader: Reader, target: Location, depth: int) -> Iterator[_Branch]:
    """What a schema evaluates that may hold or not."""
    if inner := _of(reader, target, depth):
        yield from _where(reader.read_here(target), inner)


def _where(guard: Node, branches: Iterable[_Branch]) -> Iterator[_Branch]:
    for more, seen in branches:
        yield (guard, *more), seen


def _list(schema: dict[str, Json], keyword: str) -> list[Json]:
    found = schema.get(keyword)
    return found if isinstance(found, list) else []
