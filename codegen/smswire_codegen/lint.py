"""What the emitters cannot handle is refused here, with file and line, instead of being dropped."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from typing import cast

from smswire.schema import Document, SchemaError
from smswire.schema.model import Array, Field, Position, Record, Ref, Scalar, Type, Union
from smswire_codegen.alternatives import alternatives
from smswire_codegen.plan import Plan, Table


def check(plan: Plan) -> None:
    """Raise `SchemaError` for the first thing in a provider's schemas that no emitter handles."""
    for document in plan.documents:
        _root(document)
        for _, each in document.fields():
            _field(document, each)
        for record in document.records.values():
            _record(document, record)
    for table, content in plan.codes.items():
        _codes(table, content)


def _root(document: Document) -> None:
    top = Position(document.file, 1)
    if document.format != "json" and not isinstance(document.root, Ref):
        raise SchemaError(top, "the root of an XML document or a form must be one record")
    if isinstance(document.root, Union):
        alternatives(document)


def _record(document: Document, record: Record) -> None:
    if record.open:
        raise SchemaError(record.position, "a record must be closed (additionalProperties: false): additions are drift")
    names = [each.name for each in record.fields]
    if twice := {name for name in names if names.count(name) > 1}:
        raise SchemaError(record.position, f"two fields are called {min(twice)}")
    if record.name in _reached(document, record.name):
        raise SchemaError(record.position, f"{record.name} contains itself, which the shapes cannot say")


def _reached(document: Document, name: str, seen: frozenset[str] = frozenset()) -> set[str]:
    found: set[str] = set()
    for each in document.records[name].fields:
        for ref in _refs(each.type):
            found.add(ref)
            if ref not in seen:
                found |= _reached(document, ref, seen | {name, ref})
    return found


def _refs(kind: Type) -> Iterator[str]:
    if isinstance(kind, Ref):
        yield kind.name
    elif isinstance(kind, Array):
        yield from _refs(kind.items)
    elif isinstance(kind, Union):
        for member in kind.members:
            yield from _refs(member)


def _field(document: Document, field: Field) -> None:
    name = field.name
    if not re.fullmatch("[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        raise SchemaError(field.position, f"{name} is no Python name in snake_case")
    if field.codes is not None and any(s.facets.values is not None for s in _scalars(field.type)):
        raise SchemaError(field.position, "a code list is open: enumerate it in codes.toml, not in the schema")
    for each in _scalars(field.type.items if isinstance(field.type, Array) else field.type):
        _scalar(document, field, each)
    if isinstance(field.type, Union):
        _union(field)
        if document.format == "form":
            raise SchemaError(field.position, "a form is text: the members of a union could not be told apart")
    if isinstance(field.type, Ref) and document.format == "form":
        raise SchemaError(field.position, "a form has no objects within it")
    if isinstance(field.type, Array):
        _array(document, field, field.type)


def _scalar(document: Document, field: Field, scalar: Scalar) -> None:
    bounds = [each for each in (scalar.facets.minimum, scalar.facets.maximum) if each is not None]
    if scalar.base == "null":
        raise SchemaError(field.position, "a null is not handled: leave the key out")
    if scalar.base == "boolean" and document.format == "form":
        raise SchemaError(field.position, "a form has no booleans: use an integer or an enumerated string")
    if scalar.base == "number" and scalar.facets.values is not None:
        raise SchemaError(field.position, "numbers that may have a fraction cannot be enumerated")
    if scalar.base == "integer" and any(each != int(each) for each in bounds):
        raise SchemaError(field.position, "the bounds of an integer must be integers")


def _union(field: Field) -> None:
    assert isinstance(field.type, Union)
    bases = [each.base for each in field.type.members if isinstance(each, Scalar)]
    if len(bases) != len(field.type.members) or len(set(bases)) != len(bases):
        raise SchemaError(field.position, "a union must have scalar members of different kinds")
    if sorted(bases) not in (["integer", "string"], ["number", "string"]):
        raise SchemaError(field.position, "a union must be a string and an integer, or a string and a number")


def _array(document: Document, field: Field, array: Array) -> None:
    if not isinstance(array.items, (Ref, Scalar)):
        raise SchemaError(field.position, "the items of an array must be records or scalars")
    strings = isinstance(array.items, Scalar) and array.items.base == "string"
    if document.format == "form" and (array.separator is None or not strings or array.minimum < 1):
        raise SchemaError(
            field.position, "an array in a form needs x-separator, items of type string, and minItems of 1"
        )


def _scalars(kind: Type) -> Iterator[Scalar]:
    if isinstance(kind, Scalar):
        yield kind
    elif isinstance(kind, Union):
        yield from (each for each in kind.members if isinstance(each, Scalar))


def _codes(table: str, content: Table) -> None:
    here = Position("codes.toml", 1)
    if not {"doc", "complete", "codes"} <= content.keys():
        raise SchemaError(here, f"table {table} needs doc, complete and codes")
    codes = cast("list[Table]", content["codes"])
    for each in codes:
        for key in ("code", "name", "meaning", "evidence"):
            if key not in each:
                raise SchemaError(here, f"a code of table {table} needs {key}")
        if not re.fullmatch("[a-z][a-z0-9_]*", str(each["name"])):
            raise SchemaError(here, f"table {table} has the name {each['name']}, which is not in snake_case")
    if len({type(each["code"]) for each in codes}) > 1:
        raise SchemaError(here, f"the codes of table {table} must be all numbers or all words")
    for what in ("name", "code"):
        values = [str(each.get(what)) for each in codes]
        if twice := {value for value in values if values.count(value) > 1}:
            raise SchemaError(here, f"table {table} has the {what} {min(twice)} twice")
