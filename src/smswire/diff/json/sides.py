"""One side of a comparison: its schema as a node, and the real validator that judges documents by it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import cast

import jsonschema_rs
from attrs import frozen

from smswire.diff.errors import UnreadableSchema
from smswire.diff.json import engines
from smswire.diff.json.documents import Document
from smswire.diff.json.keywords import spelled
from smswire.diff.json.locations import Location, Target
from smswire.diff.json.lowering import Loops, Lowering
from smswire.diff.json.nodes import Node
from smswire.diff.json.references import Library
from smswire.diff.json.universe import Universe
from smswire.diff.json.values import Json

_Kind = jsonschema_rs.ValidationErrorKind


@frozen
class Refusal:
    """Why a validator refuses a document: where in the document, and by which steps in the schema."""

    path: tuple[str | int, ...]
    schema_path: tuple[str | int, ...]
    field: str | None = None
    """The field that is missing, or is there and must not be."""
    overlaps: bool = False
    """Whether several alternatives take it of which one may."""
    alternatives: tuple[tuple[Refusal, ...], ...] = ()
    """Why each alternative refuses it, where all do."""


class Side:
    """A schema file and what it refers to."""

    def __init__(self, document: Document, universe: Universe, loops: Loops, root: str | None) -> None:
        self.library = Library(document)
        self.location = _root(self.library, root)
        self.dialect = document.dialect
        self._lowering = Lowering(universe, self.library, self.location, loops)
        self._nodes: dict[int, Node] = {}
        self.node: Node = self._lowering.root
        self._validator: jsonschema_rs.Validator | None = None
        self.problem = ""
        """Why there is no validator, empty when there is one."""
        try:
            self._validator = self._built()
        except (ValueError, jsonschema_rs.ReferencingError) as error:
            self.problem = f"no validator takes the schema: {str(error).splitlines()[0][:200]}"

    def _built(self) -> jsonschema_rs.Validator:
        root = self.library.root
        chosen = engines.CLASSES[self.dialect]
        whole = cast("dict[str, object] | bool", root.schema)
        uri = root.document.path.resolve().as_uri()
        if self.location.pointer:
            whole = {"$ref": f"{root.uri}#{_encoded(spelled(self.location.pointer))}"}
            uri = "urn:smswire:root"
        formats = self.dialect.formats
        return chosen(whole, base_uri=uri, retriever=self._retrieved, validate_formats=formats)

    def _retrieved(self, uri: str, /) -> Json:
        plain = uri.split("#")[0]
        if plain in self.library.uris:
            return self.library.uris[plain]
        if plain in self.library.resources:
            return self.library.resources[plain].schema
        # nothing that the root needs leads there, or reading would have failed
        return True if self.dialect is not self.dialect.D4 else {}

    def node_of(self, location: Location) -> Node:
        """The node of a schema that the root needs."""
        if id(location.schema) not in self._nodes:
            self._nodes[id(location.schema)] = self._lowering.read(location, schema=location.schema)
        return self._nodes[id(location.schema)]

    def target(self, location: Location, keyword: str) -> Target | None:
        """What a reference of a schema that the root needs leads to."""
        return self._lowering.units.targets.get((id(location.schema), keyword))

    def accepts(self, text: str) -> bool | None:
        """What the validator says of a document. None: it cannot say."""
        if self._validator is None:
            return None
        try:
            return self._validator.is_valid(json.loads(text))
        except ValueError:
            return None

    def refusals(self, text: str) -> Iterator[Refusal]:
        """Why the validator refuses a document."""
        if self._validator is None:
            return
        for error in self._validator.iter_errors(json.loads(text)):
            yield _refusal(error)

    def samples(self) -> Iterator[str]:
        """Texts that occur in the schema as values."""
        for document in self.library.files.values():
            yield from _strings(document.schema)


def _refusal(error: jsonschema_rs.ValidationError) -> Refusal:
    kind = error.kind
    field: str | None = None
    if isinstance(kind, _Kind.Required):
        field = str(kind.property)
    elif isinstance(kind, _Kind.AdditionalProperties | _Kind.UnevaluatedProperties):
        field = next(iter(kind.unexpected), None)
    alternatives: tuple[tuple[Refusal, ...], ...] = ()
    if isinstance(kind, _Kind.AnyOf | _Kind.OneOfNotValid):
        alternatives = tuple(tuple(_refusal(each) for each in branch) for branch in kind.context)
    overlaps = isinstance(kind, _Kind.OneOfMultipleValid)
    return Refusal(tuple(error.instance_path), tuple(error.schema_path), field, overlaps, alternatives)


def _root(library: Library, root: str | None) -> Location:
    """The schema that a name means: a JSON pointer, an anchor, or a definition."""
    origin = Location(library.root, (), library.root.schema)
    if not root:
        return origin
    tried = (
        [root.removeprefix("#")] if root.startswith(("#", "/")) else [root, f"/$defs/{root}", f"/definitions/{root}"]
    )
    for each in tried:
        found = library.find(f"#{each}", origin)
        if found is not None:
            return found
    raise UnreadableSchema(str(library.root.document.path), 0, f"has no schema at {root}")


def _encoded(pointer: str) -> str:
    from urllib.parse import quote

    return quote(pointer, safe="/~$!'()*,;:@+-._=&")


def _strings(schema: Json) -> Iterator[str]:
    """The texts under `enum`, `const`, `default` and `examples`."""
    todo: list[tuple[Json, bool]] = [(schema, False)]
    while todo:
        at, wanted = todo.pop()
        if isinstance(at, str) and wanted:
            yield at
        elif isinstance(at, list):
            todo += [(each, wanted) for each in at]
        elif isinstance(at, dict):
            todo += [(each, wanted or name in ("enum", "const", "default", "examples")) for name, each in at.items()]


def sampled(sides: tuple[Side, Side], most: int = 60) -> tuple[str, ...]:
    """Some texts of both sides that patterns and formats may take."""
    found = dict.fromkeys(each for side in sides for each in side.samples() if len(each) < 200)
    return tuple(found)[:most]
