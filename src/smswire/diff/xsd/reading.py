"""What the builders of components share: attributes of schema nodes, read with the place of what is wrong."""

from __future__ import annotations

from typing import Protocol

from smswire.diff.errors import UnreadableSchema
from smswire.diff.model import Place
from smswire.diff.xsd.components import Attribute, Element, Method, Particle, SimpleType, Type
from smswire.diff.xsd.library import Declared, Library
from smswire.diff.xsd.names import NAME, Name, Node, kind, place
from smswire.diff.xsd.sources import Source

_METHODS: tuple[Method, ...] = ("restriction", "extension", "substitution")


class Components(Protocol):
    """What a builder asks for when a node refers to other components."""

    library: Library
    broken: list[Place]
    """Where types are derived in ways that XSD forbids."""

    def element(self, name: Name) -> Element | None: ...
    def attribute(self, name: Name) -> Attribute | None: ...
    def type(self, name: Name, node: Node, source: Source) -> Type: ...
    def anonymous(self, node: Node, source: Source) -> Type: ...
    def group(self, declared: Declared) -> Particle | None: ...


def where(node: Node, source: Source) -> Place:
    return place(node, source.file)


def bad(node: Node, source: Source, problem: str) -> UnreadableSchema:
    return UnreadableSchema(source.file, node.sourceline or 0, problem)


def required(node: Node, source: Source, attribute: str) -> str:
    text = (node.get(attribute) or "").strip()
    if not text:
        raise bad(node, source, f"xs:{kind(node)} lacks {attribute}")
    return text


def own_name(node: Node, source: Source) -> str:
    """The name that a declaration gives."""
    text = required(node, source, "name")
    if not NAME.fullmatch(text):
        raise bad(node, source, f"{text[:40]!r} is no name")
    return text


def occurs(node: Node, source: Source) -> tuple[int, int | None]:
    """`minOccurs` and `maxOccurs`."""
    low = _count(node, source, "minOccurs")
    if (node.get("maxOccurs") or "").strip() == "unbounded":
        return low, None
    return low, _count(node, source, "maxOccurs")


def _count(node: Node, source: Source, attribute: str) -> int:
    text = node.get(attribute)
    if text is None:
        return 1
    text = text.strip()
    if not text.isdecimal() or len(text) > 18:
        allowed = "a whole number of at most 18 digits" + (", or unbounded" if attribute == "maxOccurs" else "")
        raise bad(node, source, f"{attribute} is {text[:20]!r}, and not {allowed}")
    return int(text)


def methods(text: str | None, otherwise: str) -> frozenset[Method]:
    """The value of `block`, or of the schema's default for it."""
    words = (otherwise if text is None else text).split()
    return frozenset(_METHODS) if "#all" in words else frozenset(each for each in _METHODS if each in words)


def simple(found: Type, node: Node, source: Source) -> SimpleType:
    """The simple type that a reference needs."""
    if isinstance(found, SimpleType):
        return found
    if found.content.simple is not None:
        return found.content.simple
    raise bad(node, source, f"xs:{kind(node)} needs a simple type")
