"""The one model of a document type that XSD and JSON Schema are lowered into.

A `Document` is a root type and the records it reaches, by name, so that recursion needs no special case.
A type is a `Scalar`, a `Union`, an `Array` or a `Ref` to a `Record`. Nothing here knows a generator, a
validator or a provider: the emitters and the comparison read this model and no schema file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal, TypeAlias

from attrs import field, frozen

Base: TypeAlias = Literal["string", "integer", "number", "boolean", "null"]
Value: TypeAlias = str | int | Decimal | bool | None
Place: TypeAlias = Literal["attribute", "element", "text", "key"]
Format: TypeAlias = Literal["xml", "json", "form"]
Direction: TypeAlias = Literal["request", "response"]


@frozen
class Position:
    """Where in a schema file something is declared; lines count from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@frozen
class Pattern:
    """A regular expression as the schema prints it, and the same for Python's `re.fullmatch`."""

    source: str
    python: str


@frozen
class Facets:
    """What narrows a scalar. Lengths count characters; every pattern must match."""

    min_length: int | None = None
    max_length: int | None = None
    patterns: tuple[Pattern, ...] = ()
    values: tuple[Value, ...] | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None


@frozen
class Scalar:
    base: Base
    facets: Facets = Facets()


@frozen
class Union:
    """One of several types; a value belongs when any member takes it."""

    members: tuple[Type, ...]


@frozen
class Array:
    """A JSON array, or a form key whose items `separator` joins."""

    items: Type
    minimum: int = 0
    maximum: int | None = None
    separator: str | None = None
    sensitive: bool = False


@frozen
class Ref:
    """A record of the same document, by its name."""

    name: str


Type: TypeAlias = Scalar | Union | Array | Ref


@frozen
class Field:
    """An attribute, a child element, an element's text or an object's key.

    `maximum` is None where the count is unbounded; `fixed` is the only value the field may have.
    """

    name: str
    place: Place
    type: Type
    minimum: int
    maximum: int | None
    position: Position
    doc: str = ""
    fixed: Value = None
    sensitive: bool = False
    codes: str | None = None

    @property
    def repeated(self) -> bool:
        return self.maximum is None or self.maximum > 1


@frozen
class Alternative:
    """One way to take a choice: the names of its fields in document order, and of those that it cannot lack."""

    fields: tuple[str, ...]
    required: tuple[str, ...]


@frozen
class Choice:
    """Fields of a record of which the alternatives exclude each other; one must be taken unless it is `optional`.

    Each of the fields is optional by itself. One that stands in several alternatives has the same type in all.
    """

    alternatives: tuple[Alternative, ...]
    optional: bool = False


@frozen
class Record:
    """A complex type or an object: its fields in document order.

    `open` tells whether undeclared attributes, children or keys are legal.
    """

    name: str
    fields: tuple[Field, ...]
    position: Position
    doc: str = ""
    open: bool = False
    choices: tuple[Choice, ...] = ()

    def in_place(self, place: Place) -> tuple[Field, ...]:
        return tuple(each for each in self.fields if each.place == place)


@frozen
class Column:
    """A value of a row without markup: the name that is printed before it, if any, and the field that it is."""

    label: str
    field: str


@frozen
class TextForm:
    """How a reply is written without markup: the columns of a row, and the pattern of an error.

    `free` is the field whose value may hold anything, line breaks included. The groups of `error` are named after the
    fields of the record `error_record`.
    """

    columns: tuple[Column, ...]
    free: str
    error: str
    error_record: str
    position: Position


@frozen
class Document:
    """One request or response document of a provider, as its schema file states it.

    `name` is the file without its suffixes, "quicktel/sms_send.request". `elements` are the root elements that an XML
    document may have; where there are several, `root` is the union of their types in the same order.
    """

    name: str
    format: Format
    direction: Direction
    root: Type
    records: Mapping[str, Record] = field(hash=False)
    file: str
    doc: str = ""
    elements: tuple[str, ...] = ()
    text_forms: Mapping[str, TextForm] = field(factory=dict[str, TextForm], hash=False)

    @property
    def class_name(self) -> str:
        """Name of the class generated for the root: "SmsSendRequest"."""
        return class_name(self.name)

    @property
    def alternatives(self) -> tuple[Type, ...]:
        """The types that the root may be."""
        return self.root.members if isinstance(self.root, Union) else (self.root,)

    @property
    def evidence(self) -> frozenset[str]:
        """Evidence marks of everything not documented by the provider: C, S or I."""
        docs = [self.doc, *(r.doc for r in self.records.values()), *(each.doc for _, each in self.fields())]
        return frozenset(mark for doc in docs for mark in re.findall(r"\[([CSI])\]", doc))

    def fields(self) -> Iterator[tuple[Record, Field]]:
        for record in self.records.values():
            for each in record.fields:
                yield record, each


class SchemaError(Exception):
    """A schema that cannot be read, or uses what the model does not hold; the text begins with file and line."""

    def __init__(self, position: Position, problem: str) -> None:
        super().__init__(f"{position}: {problem}")
        self.position = position
        self.problem = problem


def class_name(document: str) -> str:
    """The generated class of a document's root: "quicktel/sms_send.request" gives "SmsSendRequest"."""
    words = re.split(r"[._]", document.rpartition("/")[2])
    return "".join(word[:1].upper() + word[1:] for word in words)
