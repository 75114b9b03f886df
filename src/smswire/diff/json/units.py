"""The schemas that references lead to, which of them are recursive, and in what order they can be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import define, field

from smswire.diff.json.dialects import Dialect
from smswire.diff.json.keywords import children
from smswire.diff.json.locations import Location, Target, Undetermined
from smswire.diff.json.references import Library
from smswire.diff.json.values import Json

UnitId: TypeAlias = int

_IN_PLACE = {"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "dependencies"}
_UNUSED = {"$defs", "definitions", "contentSchema"}


@define(eq=False)
class Unit:
    """A schema that a reference leads to, or the root."""

    location: Location
    uses: dict[UnitId, bool] = field(factory=dict[int, bool])
    """The units that it refers to; True for those that speak of the very same value."""


class Units:
    """All units that the root needs."""

    def __init__(self, library: Library, root: Location) -> None:
        self.library = library
        self.root = library.location(root)
        self.units: dict[UnitId, Unit] = {}
        self.targets: dict[tuple[int, str], Target] = {}
        todo = [self._unit(self.root)]
        while todo:
            unit = todo.pop()
            for target, here in self._references(unit.location):
                known = unit_id(target) in self.units
                used = self._unit(target)
                if not known:
                    todo.append(used)
                unit.uses[unit_id(target)] = unit.uses.get(unit_id(target), False) or here

    def _unit(self, location: Location) -> Unit:
        return self.units.setdefault(unit_id(location), Unit(location))

    def _references(self, location: Location) -> Iterator[tuple[Location, bool]]:
        """What the schema refers to, and whether about the very same value."""
        todo = [(self.library.location(location), True)]
        while todo:
            at, here = todo.pop()
            schema, dialect = at.schema, at.resource.dialect
            if not isinstance(schema, dict):
                continue
            for keyword in ("$ref", "$dynamicRef", "$recursiveRef"):
                target = self._target(at, schema, keyword, dialect)
                if target is not None:
                    self.targets[id(schema), keyword] = target
                    if isinstance(target, Location):
                        yield target, here
            if "$ref" in schema and not dialect.siblings:
                continue
            for steps, child in children(schema, dialect):
                if steps[0] not in _UNUSED:
                    inner = self.library.location(at.child(*steps, schema=child))
                    todo.append((inner, here and steps[0] in _IN_PLACE))

    def _target(self, at: Location, schema: dict[str, Json], keyword: str, dialect: Dialect) -> Target | None:
        reference = schema.get(keyword)
        if not isinstance(reference, str):
            return None
        if keyword == "$ref":
            return self.library.resolve(reference, at)
        if keyword == "$dynamicRef" and dialect is Dialect.D2020:
            return self._dynamic(reference, at)
        if keyword == "$recursiveRef" and dialect is Dialect.D2019:
            return self._recursive(reference, at)
        return None

    def _dynamic(self, reference: str, at: Location) -> Target:
        """Where the outermost schema of the name is, as far as that does not depend on the way there."""
        target = self.library.resolve(reference, at)
        name = reference.partition("#")[2]
        if not isinstance(target, Location) or name not in target.resource.dynamic:
            return target
        if not isinstance(target.schema, dict) or target.schema.get("$dynamicAnchor") != name:
            return target
        outermost = self.root.resource
        if name not in outermost.dynamic:
            owners = {id(each): each for each in self.library.resources.values() if name in each.dynamic}
            if len(owners) > 1:
                return Undetermined(reference)
            outermost = next(iter(owners.values()))
        return outermost.anchors[name]

    def _recursive(self, reference: str, at: Location) -> Target:
        target = self.library.resolve(reference, at)
        if not isinstance(target, Location) or not target.resource.recursive:
            return target
        outermost = self.root.resource
        if not outermost.recursive:
            owners = {id(each): each for each in self.library.resources.values() if each.recursive}
            if len(owners) > 1:
                return Undetermined(reference)
            outermost = next(iter(owners.values()))
        return Location(outermost, outermost.pointer, outermost.schema)

    def groups(self) -> Iterator[list[UnitId]]:
        """Units that need each other, in an order in which whatever a group needs comes before it."""
        return strongly_connected({each: list(unit.uses) for each, unit in self.units.items()})


def unit_id(location: Location) -> UnitId:
    """The same for the same place; all `true` are one, and all `false`."""
    return id(location.schema)


def strongly_connected(edges: dict[int, list[int]]) -> Iterator[list[int]]:
    """Tarjan's algorithm, without recursion."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    waiting: set[int] = set()
    for start in edges:
        if start in index:
            continue
        index[start] = low[start] = len(index)
        stack.append(start)
        waiting.add(start)
        work = [(start, iter(edges[start]))]
        while work:
            at, following = work[-1]
            for each in following:
                if each not in index:
                    index[each] = low[each] = len(index)
                    stack.append(each)
                    waiting.add(each)
                    work.append((each, iter(edges[each])))
                    break
                if each in waiting:
                    low[at] = min(low[at], index[each])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[at])
                if low[at] == index[at]:
                    group: list[int] = []
                    while not group or group[-1] != at:
                        group.append(stack.pop())
                        waiting.discard(group[-1])
                    yield group
