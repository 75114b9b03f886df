"""A schema as its components, made as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from smswire.diff.errors import UnreadableSchema
from smswire.diff.model import Place
from smswire.diff.xsd import attributes, complextypes, library, particles, simpletypes
from smswire.diff.xsd.components import (
    Attribute,
    ComplexType,
    Element,
    Method,
    Particle,
    SimpleType,
    Type,
    leaves,
    ur_type,
)
from smswire.diff.xsd.library import Declared, Library
from smswire.diff.xsd.names import XS, Name, Node, children, kind
from smswire.diff.xsd.reading import bad
from smswire.diff.xsd.simple.atoms import ListOf, builtin
from smswire.diff.xsd.simple.builtins import BUILTINS, LISTS
from smswire.diff.xsd.sources import Source

_NOWHERE = Place("")


class Schema:
    """The components of a schema file and of all that it leads to."""

    def __init__(self, path: Path) -> None:
        self.library: Library = library.load(path)
        self.file = str(path)
        self.broken: list[Place] = []
        """Where types are derived in ways that XSD forbids; libxml2 may crash on what else is derived from them."""
        self.any_type = ur_type("lax", _NOWHERE)
        self.skipped = ur_type("skip", _NOWHERE)
        self._types: dict[Name, Type] = {(XS, "anyType"): self.any_type}
        self._anonymous: dict[Node, Type] = {}
        self._elements: dict[Name, Element] = {}
        self._attributes: dict[Name, Attribute] = {}
        self._groups: dict[Node, Particle | None] = {}
        self._building: set[object] = set()
        self._members: dict[Name, list[Name]] | None = None
        self._derived: dict[int, list[ComplexType]] | None = None

    @property
    def namespace(self) -> str:
        return self.library.main.namespace

    def elements(self) -> Iterator[Element]:
        """All global elements."""
        for name, _ in self.library.globals("element"):
            found = self.element(name)
            assert found is not None
            yield found

    def element(self, name: Name) -> Element | None:
        """A global element."""
        if name not in self._elements:
            declared = self.library.find("element", name)
            if declared is None:
                return None
            self._elements[name] = particles.declaration(self, declared.node, declared.source, name, is_global=True)
        return self._elements[name]

    def attribute(self, name: Name) -> Attribute | None:
        """A global attribute."""
        if name not in self._attributes:
            declared = self.library.find("attribute", name)
            if declared is None:
                return None
            self._attributes[name] = attributes.declaration(self, declared.node, declared.source, name)
        return self._attributes[name]

    def named(self, name: Name) -> Type | None:
        """A global type, None when there is none."""
        declared = self.library.find("type", name)
        return None if declared is None else self.type(name, declared.node, declared.source)

    def type(self, name: Name, node: Node, source: Source) -> Type:
        """The type that a node refers to. Raises `UnresolvedReference`."""
        found = self._types.get(name)
        if found is not None:
            return found
        # the schema of schemas declares the built-in types, which are known better
        if name[0] == XS and (made := _built_in(name[1])) is not None:
            self._types[name] = made
            return made
        declared = self.library.get("type", name, node, source)
        self._begin(name, declared.node, declared.source)
        # no document names the type that a redefinition put away
        public = None if "*" in name[1] else name
        self._types[name] = self._built(declared.node, declared.source, public)
        self._building.discard(name)
        return self._types[name]

    def anonymous(self, node: Node, source: Source) -> Type:
        """The type that stands within another declaration."""
        if node not in self._anonymous:
            self._anonymous[node] = self._built(node, source, None)
        return self._anonymous[node]

    def group(self, declared: Declared) -> Particle | None:
        """The particle of a model group definition, None for an empty one."""
        node = declared.node
        if node not in self._groups:
            self._begin(node, node, declared.source)
            found = children(node, "sequence", "choice", "all")
            self._groups[node] = particles.build(self, found[0], declared.source) if found else None
            self._building.discard(node)
        return self._groups[node]

    def _begin(self, what: object, node: Node, source: Source) -> None:
        if what in self._building:
            raise bad(node, source, f"xs:{kind(node)} {node.get('name')} is defined by itself")
        self._building.add(what)

    def _built(self, node: Node, source: Source, name: Name | None) -> Type:
        if kind(node) == "simpleType":
            return simpletypes.build(self, node, source, name)
        return complextypes.build(self, node, source, name)

    def substitutes(self, head: Element) -> list[Element]:
        """The elements that may stand for a global one, itself among them, the abstract ones left out."""
        found = [] if head.abstract else [head]
        if not head.is_global or "substitution" in head.block:
            return found
        seen = {head.name}
        pending = list(self._direct(head.name))
        while pending:
            name = pending.pop(0)
            if name in seen:
                continue
            seen.add(name)
            pending += self._direct(name)
            member = self.element(name)
            assert member is not None
            if not member.abstract and self._may_stand(member, head):
                found.append(member)
        return found

    def _direct(self, head: Name) -> list[Name]:
        if self._members is None:
            self._members = {}
            for name, declared in self.library.globals("element"):
                for text in (declared.node.get("substitutionGroup") or "").split():
                    self._members.setdefault(declared.source.resolve(declared.node, text), []).append(name)
        return self._members.get(head, [])

    def _may_stand(self, member: Element, head: Element) -> bool:
        blocked, steps = set(head.block), set[Method]()
        each: Type | None = member.type
        while isinstance(each, ComplexType) and each is not head.type:
            steps.add(each.method)
            each = each.base
            blocked |= _own_block(each)
        if isinstance(each, SimpleType) and each is not head.type and (each.name or ("",))[0] != XS:
            # libxml2 counts no step between types that are built in
            steps.add("restriction")
        return not steps & (blocked | _own_block(head.type))

    def derived(self, base: ComplexType) -> list[ComplexType]:
        """The named complex types that are derived from a type, directly or not."""
        if self._derived is None:
            self._derived = {}
            for name, declared in self.library.globals("type"):
                if kind(declared.node) != "complexType":
                    continue
                found = self.type(name, declared.node, declared.source)
                assert isinstance(found, ComplexType)
                for each in ancestors(found):
                    self._derived.setdefault(id(each), []).append(found)
        return self._derived.get(id(base), [])


def ancestors(kind: ComplexType) -> Iterator[ComplexType]:
    """The complex types that a type is derived from, xs:anyType left out."""
    seen = {id(kind)}
    each = kind.base
    while isinstance(each, ComplexType) and each.base is not None and id(each) not in seen:
        seen.add(id(each))
        yield each
        each = each.base


def methods_between(derived: Type, base: Type) -> frozenset[Method] | None:
    """How a type is derived from another. None when it is not, or when that cannot be told."""
    found: set[Method] = set()
    each: Type | None = derived
    seen: set[int] = set()
    while each is not base:
        if not isinstance(each, ComplexType) or id(each) in seen:
            return None
        seen.add(id(each))
        found.add(each.method)
        each = each.base
    return frozenset(found)


def _own_block(kind: Type | None) -> frozenset[Method]:
    return kind.block if isinstance(kind, ComplexType) else frozenset()


def _built_in(local: str) -> SimpleType | None:
    if local in LISTS:
        return SimpleType((XS, local), _NOWHERE, (ListOf(items=(builtin(LISTS[local]),), min_length=1),))
    return SimpleType((XS, local), _NOWHERE, (builtin(local),)) if local in BUILTINS else None


def load(path: Path) -> Schema:
    """Read a schema. Raises `UnreadableSchema` and `UnresolvedReference`, also for what nothing uses."""
    try:
        schema = Schema(path)
        _complete(schema)
    except RecursionError:
        raise UnreadableSchema(str(path), 0, "is nested too deeply") from None
    return schema


def _complete(schema: Schema) -> None:
    """Make every component, so that what is wrong with one is known before anything is compared."""
    pending: list[Type] = []
    for name, declared in list(schema.library.globals("type")):
        pending.append(schema.type(name, declared.node, declared.source))
    for _, declared in list(schema.library.globals("group")):
        schema.group(declared)
    for name, _ in list(schema.library.globals("attribute")):
        found = schema.attribute(name)
        assert found is not None
        _ = found.type
    pending += [each.type for each in schema.elements()]
    seen: set[int] = set()
    while pending:
        each = pending.pop()
        if id(each) in seen or isinstance(each, SimpleType):
            continue
        seen.add(id(each))
        _ = [use.type for use in each.attributes.uses.values()]
        pending += [leaf.term.type for leaf in leaves(each.content.particle) if isinstance(leaf.term, Element)]
