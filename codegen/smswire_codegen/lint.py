"""What the emitters cannot handle is refused here, with file and line, instead of being dropped."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator

from smswire.schema import Document, SchemaError
from smswire.schema.model import Array, Field, Position, Record, Ref, Scalar, Type, Union
from smswire_codegen.alternatives import alternatives, mark, shared
from smswire_codegen.names import attribute_of
from smswire_codegen.plan import Plan

_TAKEN = ("Any", "Decimal", "Document")
"""Classes that generated modules import."""


def check(plan: Plan) -> None:
    """Raise `SchemaError` for the first thing in a provider's schemas that no emitter handles."""
    for document in plan.documents:
        _root(document)
        for _, each in document.fields():
            _field(document, each)
        for record in document.records.values():
            _record(document, record)


def _root(document: Document) -> None:
    top = Position(document.file, 1)
    if not re.fullmatch("[a-z][a-z0-9_]*", document.name.rpartition("/")[2].rpartition(".")[0]):
        raise SchemaError(top, "the name of a document's file must be in snake_case")
    if document.format == "form" and not isinstance(document.root, Ref):
        raise SchemaError(top, "the root of a form must be one record")
    if document.format == "json" and isinstance(document.root, Union):
        alternatives(document)
    items = [each.items if isinstance(each, Array) else each for each in document.alternatives]
    if not all(isinstance(each, Ref) for each in items):
        raise SchemaError(top, "the root of a JSON document must be a record, or an array of records")


def _record(document: Document, record: Record) -> None:
    if not re.fullmatch("[A-Z][A-Za-z0-9]*", record.name) or record.name in _TAKEN:
        raise SchemaError(record.position, f"{record.name} cannot be a class: a name like SmsStatus is required")
    if record.open:
        raise SchemaError(record.position, "a record must be closed (additionalProperties: false): additions are drift")
    names = [attribute_of(each) for each in record.fields]
    if twice := {name for name in names if names.count(name) > 1}:
        raise SchemaError(record.position, f"two fields are called {min(twice)} in Python")
    for choice in record.choices:
        if shared(choice):
            for alternative in choice.alternatives:
                mark(record, choice, alternative)
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
    name = attribute_of(field)
    if not re.fullmatch("[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        raise SchemaError(field.position, f"{field.name} gives no Python name: a letter first, then letters and digits")
    if field.codes is not None and any(s.facets.values is not None for s in _scalars(field.type)):
        raise SchemaError(field.position, "a code list is open: enumerate it in codes.toml, not in the schema")
    if field.place == "key" and field.fixed is not None and not field.minimum:
        raise SchemaError(field.position, "a constant must be required: its class has no value for one that is absent")
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
