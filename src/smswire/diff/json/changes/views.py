"""All that a schema says of one value, wherever it says it: behind references and in `allOf`, merged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import define, field, frozen

from smswire.diff.json import nodes
from smswire.diff.json.dialects import Dialect
from smswire.diff.json.keywords import items_keywords
from smswire.diff.json.locations import Location, Mark
from smswire.diff.json.nodes import NULL, Node
from smswire.diff.json.sides import Side
from smswire.diff.json.universe import Universe
from smswire.diff.json.values import Json

Spot: TypeAlias = tuple[Location, ...]
"""Schemas that a value must all fit."""

_REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")


@frozen(eq=False)
class Said:
    """A keyword's value, and the schema that says it."""

    value: Json
    by: Location
    keyword: str
    nullable: bool = False
    """Whether it is said only of what is not null, which is allowed beside it."""

    @property
    def place(self) -> Mark:
        return self.by.mark(self.keyword)

    def child(self, *steps: str | int, schema: Json) -> Location:
        return self.by.child(self.keyword, *steps, schema=schema)


@frozen(eq=False)
class Field:
    """A property as an object's schema has it."""

    required: bool
    spot: Spot
    place: Mark
    position: int


@define(eq=False)
class View:
    """What one side says of a value."""

    side: Side
    spot: Spot
    said: dict[str, list[Said]] = field(factory=dict[str, list[Said]])
    never: bool = False

    def __attrs_post_init__(self) -> None:
        todo, seen = [(each, False) for each in reversed(self.spot)], set[int]()
        while todo:
            location, nullable = todo.pop()
            at = self.side.library.location(location)
            if isinstance(at.schema, bool):
                self.never = self.never or not at.schema
                continue
            if not isinstance(at.schema, dict) or id(at.schema) in seen:
                continue
            seen.add(id(at.schema))
            further = list(self._further(at, at.schema, nullable=nullable))
            todo += reversed([(each, nullable or also) for each, also in further])

    def _further(self, at: Location, schema: dict[str, Json], *, nullable: bool) -> Iterator[tuple[Location, bool]]:
        """Keep what a schema says itself; gives the schemas that it refers to and joins, and whether null is beside."""
        for keyword in _REFERENCES:
            target = self.side.target(at, keyword)
            if isinstance(target, Location):
                yield target, False
            elif target is not None:
                self._keep(at, keyword, schema[keyword], nullable=nullable)
        if "$ref" in schema and not at.resource.dialect.siblings:
            return
        for keyword, value in schema.items():
            if keyword == "allOf" and isinstance(value, list):
                for index, each in enumerate(value):
                    yield at.child("allOf", index, schema=each), False
            elif (other := self._beside_null(at, keyword, value)) is not None:
                yield other, True
            elif keyword not in _REFERENCES:
                self._keep(at, keyword, value, nullable=nullable)

    def _keep(self, at: Location, keyword: str, value: Json, *, nullable: bool) -> None:
        self.said.setdefault(keyword, []).append(Said(value, at, keyword, nullable))

    def _beside_null(self, at: Location, keyword: str, value: Json) -> Location | None:
        """The other of two alternatives of which one is null, which is but a way to write that null is allowed."""
        if keyword not in ("anyOf", "oneOf") or not isinstance(value, list) or len(value) != 2:
            return None
        found = [at.child(keyword, index, schema=each) for index, each in enumerate(value)]
        kinds = [self.side.node_of(each).may for each in found]
        if NULL not in kinds or (kinds[0] & kinds[1] and keyword == "oneOf"):
            return None
        return found[1 - kinds.index(NULL)]

    @property
    def place(self) -> Mark:
        return self.spot[0].mark()

    @property
    def dialect(self) -> Dialect:
        return self.spot[0].resource.dialect

    def node(self, universe: Universe) -> Node:
        return universe.both(self.side.node_of(each) for each in self.spot)

    def first(self, keyword: str) -> Said | None:
        return next(iter(self.said.get(keyword, ())), None)

    def place_of(self, *keywords: str) -> Mark:
        """Where one of the keywords is written, else where the schema is."""
        return next((said.place for each in keywords if (said := self.first(each))), self.place)

    def schemas(self, keyword: str) -> Spot:
        """The schemas that are a keyword's value."""
        return tuple(
            said.child(schema=said.value) for said in self.said.get(keyword, ()) if isinstance(said.value, dict | bool)
        )

    def maps(self, keyword: str) -> dict[str, list[Location]]:
        """The schemas that are listed by name under a keyword."""
        found: dict[str, list[Location]] = {}
        for said in self.said.get(keyword, ()):
            if isinstance(said.value, dict):
                for name, each in said.value.items():
                    found.setdefault(name, []).append(said.child(name, schema=each))
        return found

    def fields(self) -> dict[str, Field]:
        """The properties that are declared or required, by name."""
        required: dict[str, Mark] = {}
        for said in self.said.get("required", ()):
            if isinstance(said.value, list):
                for index, each in enumerate(said.value):
                    required.setdefault(str(each), said.by.mark("required", index))
        declared = self.maps("properties")
        found: dict[str, Field] = {}
        for name in dict.fromkeys([*declared, *required]):
            spot = tuple(declared.get(name, ()))
            place = spot[0].mark() if spot else required[name]
            found[name] = Field(name in required, spot, place, len(found))
        return found

    def unions(self) -> list[Said]:
        """The choices of alternatives that are more than lists of values."""
        return [said for said in self._choices() if _listed(self.side, said) is None]

    def spelled(self) -> list[tuple[Said, list[Json]]]:
        """The choices of alternatives that only list values, with the values."""
        return [(said, found) for said in self._choices() if (found := _listed(self.side, said)) is not None]

    def _choices(self) -> Iterator[Said]:
        for keyword in ("anyOf", "oneOf"):
            yield from (said for said in self.said.get(keyword, ()) if isinstance(said.value, list))

    def items(self) -> tuple[list[Location], Spot]:
        """The schemas of the first items, and of all others; of the first only where one schema lists them."""
        first: list[Location] = []
        rest: list[Location] = []
        seen: set[int] = set()
        for said in [*self.said.get("items", ()), *self.said.get("prefixItems", ())]:
            schema = said.by.schema
            if id(schema) in seen or not isinstance(schema, dict):
                continue
            seen.add(id(schema))
            prefix, others = items_keywords(schema, said.by.resource.dialect)
            listed = schema.get(prefix) if prefix else None
            if isinstance(listed, list) and not first:
                first = [said.by.child(str(prefix), index, schema=each) for index, each in enumerate(listed)]
            if others:
                rest.append(said.by.child(others, schema=schema[others]))
        return first, tuple(rest)


def both(old: View, new: View, *keywords: str) -> tuple[Mark, Mark]:
    """Where the sides write one of the keywords."""
    return old.place_of(*keywords), new.place_of(*keywords)


def _listed(side: Side, said: Said) -> list[Json] | None:
    """The values of alternatives that are values, None when one is more."""
    assert isinstance(said.value, list)
    found: list[Json] = []
    for index, each in enumerate(said.value):
        node = side.node_of(said.child(index, schema=each))
        if not isinstance(node, nodes.OneOfValues):
            return None
        found += node.values.values()
    return found
