"""Places in schema files: resources, the schemas in them, and what a reference leads to."""

from __future__ import annotations

from typing import TypeAlias

from attrs import define, field, frozen

from smswire.diff.json.dialects import Dialect
from smswire.diff.json.documents import Document
from smswire.diff.json.keywords import Pointer
from smswire.diff.json.values import Json
from smswire.diff.model import Place


@define(eq=False)
class Resource:
    """A schema with an identifier of its own, within which references are relative to it."""

    document: Document
    pointer: Pointer
    schema: Json = field(repr=False)
    uri: str
    dialect: Dialect
    anchors: dict[str, Location] = field(factory=dict[str, "Location"], repr=False)
    dynamic: set[str] = field(factory=set[str])

    @property
    def recursive(self) -> bool:
        return isinstance(self.schema, dict) and self.schema.get("$recursiveAnchor") is True


@frozen
class Mark:
    """A place in a schema file, whose line is looked up only when it is shown."""

    document: Document
    pointer: Pointer

    @property
    def place(self) -> Place:
        return self.document.place(self.pointer)


@frozen(eq=False)
class Location:
    """A schema, and where it is."""

    resource: Resource
    pointer: Pointer
    schema: Json = field(repr=False)

    def mark(self, *steps: str | int) -> Mark:
        return Mark(self.resource.document, (*self.pointer, *steps))

    def child(self, *steps: str | int, schema: Json) -> Location:
        return Location(self.resource, (*self.pointer, *steps), schema)


@frozen
class Metaschema:
    """A reference to what JSON Schema itself publishes, which validators know."""

    uri: str


@frozen
class Undetermined:
    """A reference whose target depends on the schemas that led to it."""

    reference: str


Target: TypeAlias = Location | Metaschema | Undetermined
