"""Lowering of a JSON Schema (2020-12) document into the model; references are resolved by the referencing package."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import cast

from jsonschema_rs import ValidationError, meta
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012, EMPTY_REGISTRY

from smswire.schema import patterns
from smswire.schema.model import (
    Array,
    Base,
    Column,
    Direction,
    Document,
    Facets,
    Field,
    Format,
    Position,
    Record,
    Ref,
    Scalar,
    SchemaError,
    TextForm,
    Type,
    Union,
    Value,
    class_name,
)
from smswire.schema.positions import lines_by_pointer

Node = Mapping[str, object]

_ANNOTATIONS = {"$schema", "title", "description", "x-media-type", "x-sensitive", "x-codes", "$defs", "x-text-forms"}
_BY_BASE: dict[str, set[str]] = {
    "string": {"minLength", "maxLength", "pattern"},
    "integer": {"minimum", "maximum"},
    "number": {"minimum", "maximum"},
    "boolean": set(),
    "null": set(),
}
_FORM = "application/x-www-form-urlencoded"


def lower(path: Path, name: str, direction: Direction) -> Document:
    """Lower the JSON Schema file `path`.

    Raises `SchemaError`, with file and line, for an unreadable schema and for a keyword that the model does not hold.
    """
    return _Lowering(path, name, direction).document()


class _Lowering:
    def __init__(self, path: Path, name: str, direction: Direction) -> None:
        self.path = path
        self.name = name
        self.direction: Direction = direction
        text = path.read_text("utf-8")
        try:
            schema: object = json.loads(text)
        except json.JSONDecodeError as error:
            raise SchemaError(Position(path.name, error.lineno), f"not JSON: {error.msg}") from None
        self.lines = lines_by_pointer(text)
        self.schema = self._checked(schema)
        resource = DRAFT202012.create_resource(self.schema)
        self.resolver = EMPTY_REGISTRY.with_resource("", resource).resolver()
        self.records: dict[str, Record] = {}

    def _checked(self, schema: object) -> Node:
        try:
            meta.validate(cast("dict[str, object]", schema))
        except ValidationError as error:
            pointer = "".join(f"/{part}" for part in error.instance_path)
            raise SchemaError(self._position(pointer), f"not a JSON Schema: {error.message}") from None
        return self._object_of(schema, "")

    def _object_of(self, node: object, pointer: str) -> Node:
        if not isinstance(node, dict):
            raise SchemaError(self._position(pointer), "a schema must be an object, not true or false")
        return cast("Node", node)

    def document(self) -> Document:
        if self.schema.get("x-media-type", _FORM) != _FORM:
            raise SchemaError(self._position("/x-media-type"), f"x-media-type must be {_FORM}, or not there")
        form = "x-media-type" in self.schema
        kind: Format = "form" if form else "json"
        root = self._type(self.schema, "", class_name(self.name))
        return Document(
            name=self.name,
            format=kind,
            direction=self.direction,
            root=root,
            records=self.records,
            file=self.path.name,
            doc=_text(self.schema, "description"),
            text_forms=dict(self._text_forms()),
        )

    def _text_forms(self) -> Iterator[tuple[str, TextForm]]:
        forms = cast("Mapping[str, Mapping[str, object]]", self.schema.get("x-text-forms", {}))
        for name, form in forms.items():
            position = self._position(f"/x-text-forms/{name}")
            error = cast("Mapping[str, str]", form.get("error", {}))
            if set(form) != {"columns", "free", "error"} or set(error) != {"record", "pattern"}:
                raise SchemaError(position, "a text form has columns, free, and error with record and pattern")
            columns = cast("list[list[str]]", form["columns"])
            yield (
                name,
                TextForm(
                    columns=tuple(Column(label, field) for label, field in columns),
                    free=str(form["free"]),
                    error=error["pattern"],
                    error_record=error["record"],
                    position=position,
                ),
            )

    def _position(self, pointer: str) -> Position:
        return Position(self.path.name, self.lines.get(pointer, 1))

    def _only(self, node: Node, pointer: str, known: set[str]) -> None:
        for key in node:
            if key not in known and key not in _ANNOTATIONS:
                raise SchemaError(self._position(f"{pointer}/{key}"), f"keyword {key} is not held by the model here")

    def _type(self, schema: object, pointer: str, name: str | None = None) -> Type:
        node = self._object_of(schema, pointer)
        if node.get("x-sensitive", True) is not True:
            raise SchemaError(self._position(f"{pointer}/x-sensitive"), "x-sensitive must be true, or not there")
        if "$ref" in node:
            return self._reference(node, pointer)
        if "anyOf" in node:
            self._only(node, pointer, {"anyOf"})
            members = cast("list[Node]", node["anyOf"])
            return Union(tuple(self._type(each, f"{pointer}/anyOf/{i}") for i, each in enumerate(members)))
        kinds = node.get("type")
        if isinstance(kinds, list):
            bases = [str(each) for each in cast("list[object]", kinds)]
            known = set[str]().union(*(_BY_BASE.get(each, set()) for each in bases))
            self._only(node, pointer, known | {"type"})
            return Union(tuple(self._scalar(node, pointer, each) for each in bases))
        if kinds == "object":
            return self._object(node, pointer, name)
        if kinds == "array":
            return self._array(node, pointer)
        if kinds in _BY_BASE:
            self._only(node, pointer, _BY_BASE[str(kinds)] | {"type", "enum", "const"})
            return self._scalar(node, pointer, str(kinds))
        raise SchemaError(self._position(pointer), "a schema needs a known type, a $ref or an anyOf")

    def _reference(self, node: Node, pointer: str) -> Type:
        self._only(node, pointer, {"$ref"})
        reference = str(node["$ref"])
        try:
            found = self.resolver.lookup(reference)
        except Unresolvable:
            raise SchemaError(self._position(f"{pointer}/$ref"), f"{reference} leads nowhere") from None
        if not reference.startswith("#/"):
            raise SchemaError(self._position(f"{pointer}/$ref"), "a reference must stay within its file: #/...")
        return self._type(cast("Node", found.contents), reference.removeprefix("#"), reference.rpartition("/")[2])

    def _array(self, node: Node, pointer: str) -> Array:
        self._only(node, pointer, {"type", "items", "minItems", "maxItems", "x-separator"})
        items = cast("Node | None", node.get("items"))
        if items is None:
            raise SchemaError(self._position(pointer), "an array needs items")
        separator = node.get("x-separator")
        return Array(
            items=self._type(items, f"{pointer}/items"),
            minimum=cast("int", node.get("minItems", 0)),
            maximum=cast("int | None", node.get("maxItems")),
            separator=None if separator is None else str(separator),
            sensitive=any(self._marks(items, "x-sensitive")),
        )

    def _object(self, node: Node, pointer: str, name: str | None) -> Ref:
        self._only(node, pointer, {"type", "properties", "required", "additionalProperties"})
        position = self._position(pointer)
        if name is None:
            raise SchemaError(position, "an object within a document needs a name: move it to $defs")
        if name in self.records:
            return Ref(name)
        extra = node.get("additionalProperties", True)
        if not isinstance(extra, bool):
            raise SchemaError(position, "additionalProperties must be true or false")
        self.records[name] = Record(name, (), position)  # stands while its own fields refer to it
        fields = tuple(self._properties(node, pointer))
        self.records[name] = Record(name, fields, position, _text(node, "description"), open=extra)
        return Ref(name)

    def _properties(self, node: Node, pointer: str) -> Iterator[Field]:
        properties = cast("Mapping[str, Node]", node.get("properties", {}))
        required = cast("list[str]", node.get("required", []))
        for key in required:
            if key not in properties:
                raise SchemaError(self._position(f"{pointer}/required"), f"{key} is required but not a property")
        for key, each in properties.items():
            place = f"{pointer}/properties/{key}"
            kind = self._type(each, place)
            yield Field(
                name=key,
                place="key",
                type=kind,
                minimum=1 if key in required else 0,
                maximum=1,
                position=self._position(place),
                doc=_text(each, "description"),
                fixed=cast("Value", each.get("const")),
                sensitive=any(self._marks(each, "x-sensitive")) or (isinstance(kind, Array) and kind.sensitive),
                codes=next((str(mark) for mark in self._marks(each, "x-codes")), None),
            )

    def _marks(self, node: Node, key: str) -> Iterator[object]:
        """A mark of a schema and of those that it refers to or chooses from."""
        if key in node:
            yield node[key]
        if "$ref" in node:
            yield from self._marks(cast("Node", self.resolver.lookup(str(node["$ref"])).contents), key)
        for each in cast("list[Node]", node.get("anyOf", [])):
            yield from self._marks(each, key)

    def _scalar(self, node: Node, pointer: str, base: str) -> Scalar:
        own = {key: value for key, value in node.items() if key in _BY_BASE[base]}
        values = cast("list[Value] | None", node.get("enum"))
        if "const" in node:
            values = [cast("Value", node["const"])]
        found = own.get("pattern")
        where = self._position(f"{pointer}/pattern")
        facets = Facets(
            min_length=cast("int | None", own.get("minLength")),
            max_length=cast("int | None", own.get("maxLength")),
            patterns=() if found is None else (patterns.from_json(str(found), where),),
            values=None if values is None else tuple(values),
            minimum=None if "minimum" not in own else Decimal(str(own["minimum"])),
            maximum=None if "maximum" not in own else Decimal(str(own["maximum"])),
        )
        return Scalar(cast("Base", base), facets)


def _text(node: Node, key: str) -> str:
    return " ".join(str(node.get(key, "")).split())
