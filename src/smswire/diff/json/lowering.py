"""A schema with all that it refers to, as one node."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from smswire.diff.json import finite, nodes, unevaluated
from smswire.diff.json.assertions import asserted
from smswire.diff.json.dialects import Dialect
from smswire.diff.json.keywords import items_keywords, spelled
from smswire.diff.json.locations import Location, Metaschema, Undetermined
from smswire.diff.json.nodes import ALL, OBJECT, Loop, Node
from smswire.diff.json.references import Library
from smswire.diff.json.units import UnitId, Units, strongly_connected, unit_id
from smswire.diff.json.universe import Universe
from smswire.diff.json.values import Json, Key, key

_UNFOLDED = 2000
_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")


class Loops:
    """The recursive schemas of both sides, so that equal ones become one."""

    def __init__(self) -> None:
        self.by_shape: dict[Node, list[tuple[Loop, str]]] = {}


class Lowering:
    """Makes the nodes of one side."""

    def __init__(self, universe: Universe, library: Library, root: Location, loops: Loops) -> None:
        self.universe = universe
        self.library = library
        self.units = Units(library, root)
        self.loops = loops
        self.pending: set[int] = set()
        self._unfolded = 0
        self._everything: Key | None = None
        self._nodes: dict[UnitId, Node] = {}
        self._circular: dict[UnitId, int] = {}
        for number, group in enumerate(self._circles()):
            self._circular |= dict.fromkeys(group, number)
        for group in self.units.groups():
            self._group(group)
        self.root = self._nodes[unit_id(self.units.root)]

    def _circles(self) -> Iterator[list[UnitId]]:
        """Units that say of a value what they say of it."""
        edges = {each: [used for used, here in unit.uses.items() if here] for each, unit in self.units.units.items()}
        for group in strongly_connected(edges):
            if len(group) > 1 or group[0] in edges[group[0]]:
                yield group

    def _group(self, group: list[UnitId]) -> None:
        units = self.units.units
        if len(group) == 1 and group[0] not in units[group[0]].uses:
            self._nodes[group[0]] = self._read(units[group[0]].location)
            return
        hole = self.universe.unknown("is recursive", "")
        self._nodes |= dict.fromkeys(group, hole)
        shapes = {each: self._body(each) for each in group}
        if self._known(group, shapes):
            return
        made: dict[UnitId, Loop] = {}
        for each in group:
            made[each] = self.universe.loop(self._name(each), shapes[each].may, shapes[each].must)
        self._nodes |= made
        for each, loop in made.items():
            loop.target = self._body(each)
            self.loops.by_shape.setdefault(shapes[each], []).append((loop, loop.name))

    def _known(self, group: list[UnitId], shapes: dict[UnitId, Node]) -> bool:
        """Whether the schemas of a group are recursive in the same way as some that were read before."""
        chosen: dict[UnitId, Loop] = {}
        for each in group:
            found = self.loops.by_shape.get(shapes[each], [])
            named = [loop for loop, name in found if name == self._name(each)] or [loop for loop, _ in found]
            if not named:
                return False
            chosen[each] = named[0]
        self._nodes |= chosen
        return all(self._body(each) is loop.target for each, loop in chosen.items())

    def _name(self, unit: UnitId) -> str:
        return f"#{spelled(self.units.units[unit].location.pointer)}"

    def _body(self, unit: UnitId) -> Node:
        return self._read(self.units.units[unit].location, (unit,))

    def _read(self, location: Location, within: tuple[UnitId, ...] = (), *, sure: bool = True) -> Node:
        """The node of a schema.

        `within` are the references followed to get here that speak of the very same value; `sure` tells that nothing
        on the way negates.
        """
        schema = location.schema
        if not isinstance(schema, dict):
            return self.universe.nothing if schema is False else self.universe.anything
        location = self.library.location(location)
        dialect = location.resource.dialect
        found: list[Node] = [
            node
            for keyword in _REFERENCES
            if isinstance(schema.get(keyword), str)
            if (node := self._referred(schema, keyword, within, sure=sure)) is not None
        ]
        if "$ref" in schema and not dialect.siblings:
            return self.universe.both(found)
        found += asserted(schema, dialect, self.universe)
        found += self._connected(location, schema, within, sure=sure)
        found += self._items(location, schema, dialect)
        found += self._properties(location, schema)
        found += self._dependencies(location, schema, within, sure=sure)
        if dialect >= Dialect.D2019:
            found += unevaluated.asserted(self, location, schema)
        return self.universe.both(found)

    def _referred(
        self, schema: dict[str, Json], keyword: str, within: tuple[UnitId, ...], *, sure: bool
    ) -> Node | None:
        target = self.units.targets.get((id(schema), keyword))
        if target is None:
            return None
        if isinstance(target, Metaschema):
            return self.universe.unknown("refers to a schema that is known to validators only", target.uri)
        if isinstance(target, Undetermined):
            return self.unknown("refers to a schema that depends on the way there", target.reference)
        unit = unit_id(target)
        circle = self._circular.get(unit)
        if circle is None or not any(self._circular.get(each) == circle for each in within):
            return self._nodes[unit]
        if unit in within:
            # what is asked again of the same value says nothing new; what its negation says, validators differ on
            return self.universe.anything if sure else self.unknown("refers to itself", self._name(unit))
        self._unfolded += 1
        if self._unfolded > _UNFOLDED:
            return self.unknown("refers to itself in too many ways", self._name(unit))
        return self._read(target, (*within, unit), sure=sure)

    def unknown(self, why: str, words: Key) -> Node:
        """What cannot be understood, and may mean something else wherever any file of the schema differs."""
        if self._everything is None:
            self._everything = frozenset(key(each.schema) for each in self.library.files.values())
        return self.universe.unknown(why, (words, self._everything))

    def read(self, location: Location, *steps: str | int, schema: Json) -> Node:
        """The node of a schema within another that speaks of other values."""
        return self._read(location.child(*steps, schema=schema))

    def read_here(self, location: Location) -> Node:
        """The node of a schema within another that speaks of the same value."""
        return self._read(location, (-1,), sure=False)

    def _connected(
        self, location: Location, schema: dict[str, Json], within: tuple[UnitId, ...], *, sure: bool
    ) -> Iterator[Node]:
        universe = self.universe

        def parts(keyword: str, *, safe: bool = True) -> list[Node]:
            listed = schema.get(keyword)
            schemas = listed if isinstance(listed, list) else []
            return [
                self._read(location.child(keyword, index, schema=each), within, sure=sure and safe)
                for index, each in enumerate(schemas)
            ]

        def part(keyword: str) -> Node:
            return self._read(location.child(keyword, schema=schema[keyword]), within, sure=False)

        if "allOf" in schema:
            yield universe.both(parts("allOf"))
        if "anyOf" in schema:
            yield universe.either(parts("anyOf"))
        if "oneOf" in schema:
            yield universe.single(parts("oneOf", safe=False))
        if "not" in schema:
            yield universe.negation(part("not"))
        if "if" in schema and location.resource.dialect >= Dialect.D7:
            condition = part("if")
            if "then" in schema:
                yield universe.either((universe.negation(condition), part("then")))
            if "else" in schema:
                yield universe.either((condition, part("else")))

    def _items(self, location: Location, schema: dict[str, Json], dialect: Dialect) -> Iterator[Node]:
        prefix, rest = items_keywords(schema, dialect)
        start = 0
        if prefix:
            listed = schema[prefix]
            assert isinstance(listed, list)
            start = len(listed)
            for index, each in enumerate(listed):
                part = self.read(location, prefix, index, schema=each)
                yield self.universe.assertion(nodes.Item(index, part))
        if rest:
            yield self.universe.assertion(nodes.Rest(start, self.read(location, rest, schema=schema[rest])))
        if "contains" in schema and dialect >= Dialect.D6:
            part = self.read(location, "contains", schema=schema["contains"])
            counted = schema if dialect >= Dialect.D2019 else {}
            least, most = counted.get("minContains", 1), counted.get("maxContains")
            if isinstance(least, int):
                yield self.universe.assertion(nodes.Contains(part, least))
            if isinstance(most, int):
                yield self.universe.assertion(nodes.ContainsAtMost(part, most))

    def _properties(self, location: Location, schema: dict[str, Json]) -> Iterator[Node]:
        universe = self.universe
        named, patterned = _map(schema, "properties"), _map(schema, "patternProperties")
        for name, each in named.items():
            yield universe.assertion(nodes.Property(name, self.read(location, "properties", name, schema=each)))
        for pattern, each in patterned.items():
            part = self.read(location, "patternProperties", pattern, schema=each)
            if pattern in finite.ALWAYS:
                yield universe.assertion(nodes.Others(frozenset(), (), part))
            elif (texts := finite.texts(pattern)) is not None:
                yield universe.both(universe.assertion(nodes.Property(name, part)) for name in texts)
            else:
                yield universe.assertion(nodes.Matching(pattern, part))
        if "additionalProperties" in schema:
            part = self.read(location, "additionalProperties", schema=schema["additionalProperties"])
            yield universe.others(named, patterned, part)
        if "propertyNames" in schema and location.resource.dialect >= Dialect.D6:
            part = self.read(location, "propertyNames", schema=schema["propertyNames"])
            yield universe.assertion(nodes.Names(part))

    def _dependencies(
        self, location: Location, schema: dict[str, Json], within: tuple[UnitId, ...], *, sure: bool
    ) -> Iterator[Node]:
        universe = self.universe
        keywords = ["dependencies"]
        if location.resource.dialect >= Dialect.D2019:
            keywords += ["dependentRequired", "dependentSchemas"]
        for keyword in keywords:
            for name, each in _map(schema, keyword).items():
                without = universe.negation(universe.assertion(nodes.Has(name)))
                if isinstance(each, list):
                    needed = universe.both(universe.assertion(nodes.Has(str(other))) for other in each)
                else:
                    needed = self._read(location.child(keyword, name, schema=each), within, sure=sure)
                yield universe.either((universe.of_type(ALL & ~OBJECT), without, needed))


def _map(schema: Mapping[str, Json], keyword: str) -> Mapping[str, Json]:
    found = schema.get(keyword)
    return found if isinstance(found, dict) else {}
