# copied by: nox -s codegen. Do not edit.

"""Descriptions that the emitted modules are made of: document types, operations, code tables, shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeAlias, TypeVar

T = TypeVar("T")
Q = TypeVar("Q")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code of a provider, as its codes.toml states it.

    `state` is the normalised delivery state and `final` whether the provider calls it final; `error` is the
    kind of error. Each is None where the code says nothing of it.
    """

    code: int | str
    name: str
    meaning: str
    evidence: str
    wire: str | None = None
    state: str | None = None
    final: bool | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class CodeTable:
    """A table of codes. `complete` tells whether the provider prints the whole table, so that a new code is news."""

    name: str
    doc: str
    complete: bool
    codes: Mapping[int | str, Code]

    def get(self, code: int | str | None) -> Code | None:
        """The entry of a code as it came in a reply; None for an unknown one, an empty one and None."""
        return None if code is None else self.codes.get(code)


@dataclass(frozen=True, slots=True)
class Shape:
    """What an element or object may hold, by name, so that what a provider adds can be told from what it knows.

    `attributes` is empty in JSON, where `children` are the object's keys; a child without a shape is a plain value.
    `text` tells whether an element's content is text, of which an element within would be a part.
    """

    attributes: frozenset[str] = frozenset()
    children: Mapping[str, Node | None] = field(default_factory=dict[str, "Node | None"])
    text: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """An array whose items all have one shape."""

    of: Node


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives of a JSON value: the array, or the object that has one of the keys that it alone requires."""

    array: Items | None
    by_key: tuple[tuple[str, Shape], ...]


@dataclass(frozen=True, slots=True)
class Roots:
    """The root elements that an XML document may have."""

    by_tag: Mapping[str, Shape]


Node: TypeAlias = Shape | Items | Choice
Coded: TypeAlias = tuple[str, CodeTable, int | str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextForm:
    """A reply without markup that says the same as a JSON document: rows on lines, or an error.

    `head` and `tail` are patterns of what stands in a row before and after the value of the key `free`, which may be
    anything; their groups are named after keys, as are those of `error`. They are compiled when first used.
    `integers` are the keys that may hold one, `absent` what an error of this form does not tell.
    """

    head: str
    free: str
    tail: str
    error: str
    integers: frozenset[str]
    absent: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType(Generic[T]):
    """One request or response document: its schema file, and how to write, bind and inspect it.

    `dump` gives the encoded XML document, or plain data for JSON and forms. `bind` takes a parsed value that was
    held to the schema: an lxml element for XML, plain data otherwise. `check` holds a value to the limits of a root
    that is no object of its own, as an array. `integers` and `lists` tell how a form's text values are read back,
    and `text_forms` are the forms without markup that a reply may have as well.
    """

    name: str
    provider: str
    schema: str
    format: Literal["xml", "json", "form"]
    direction: Literal["request", "response"]
    evidence: str
    types: tuple[type, ...]
    dump: Callable[[T], Any]
    bind: Callable[[Any], T]
    shape: Node | Roots
    check: Callable[[T], None] | None = None
    coded: Callable[[T], Iterator[Coded]] | None = None
    integers: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    lists: Mapping[str, str] = field(default_factory=dict[str, str])
    text_forms: Mapping[str, TextForm] = field(default_factory=dict[str, TextForm])

    @property
    def elements(self) -> tuple[str, ...]:
        """Names of the root elements of an XML document; empty for other formats."""
        return tuple(self.shape.by_tag) if isinstance(self.shape, Roots) else ()


@dataclass(frozen=True, slots=True)
class Limit:
    """A documented limit: so many requests, or so many identical ones, in so many seconds."""

    requests: int
    seconds: int
    identical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation(Generic[Q, R]):
    """One exchange of a provider: where it goes, what it sends and what it answers.

    `effect` is "send" where a repeated request could send, and bill, a message twice. `batch` is how many items
    the request holds at most, None where the provider states no limit; `charset` is that of a reply which declares
    none; `not_found` is the HTTP status that says, whatever the body, that none of the messages is known; `facts` are
    further numbers that the provider states and no schema can.
    """

    name: str
    provider: str
    doc: str
    path: str
    effect: Literal["send", "read"]
    evidence: str
    request: DocumentType[Q]
    response: DocumentType[R]
    headers: Mapping[str, str]
    batch: int | None = None
    limits: tuple[Limit, ...] = ()
    charset: str = "utf-8"
    not_found: int | None = None
    facts: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A provider and the address that its documentation, or the evidence in its provider.toml, gives."""

    id: str
    title: str
    docs: str
    base_url: str
    operations: tuple[Operation[Any, Any], ...]
    codes: tuple[CodeTable, ...]
