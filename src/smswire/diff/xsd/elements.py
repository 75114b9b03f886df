"""Building of elements: the smallest that a side allows, with values that its identity constraints allow."""

from __future__ import annotations

import re
from math import inf

from lxml import etree

from smswire.diff.xsd import identity
from smswire.diff.xsd.components import Attribute, ComplexType, Element, Type
from smswire.diff.xsd.identity import Slot
from smswire.diff.xsd.names import XML, XSI, Name, Node, tag
from smswire.diff.xsd.shortest import NoDocument, Shortest
from smswire.diff.xsd.sides import Content, Occupant, Side
from smswire.diff.xsd.simple.atoms import Alternatives
from smswire.diff.xsd.simple.samples import sample
from smswire.diff.xsd.sizes import nillable
from smswire.diff.xsd.values import Values, attribute, constraint, held
from smswire.diff.xsd.words import Trace

_MOST = 20_000
_QNAME = re.compile(r"\{([^}]*)\}(.+)")


class Elements:
    """Elements of one side, of one document at a time."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.shortest = Shortest(side)
        self.shown: tuple[Node, str | None] | None = None
        """The text that the document is to show, which stays as it is."""
        self._samples: dict[Alternatives, str | None] = {}
        self._count = 0
        self._kept: set[str] = set()
        self._declared: dict[Node, Element] = {}
        self._slots: dict[tuple[Node, str | None], Slot] = {}
        spaces = [each for each in sorted(side.survey.namespaces) if each and each not in (XML, XSI)]
        self._prefixes: dict[str | None, str] = {"xsi": XSI}
        self._prefixes.update((f"n{count or ''}", each) for count, each in enumerate(spaces))

    def clear(self) -> None:
        """Begin another document."""
        self._count = 0
        self._kept.clear()
        self._declared.clear()
        self._slots.clear()
        self.shown = None

    def finished(self, node: Node) -> str:
        """A document's text, its values made such as identity constraints demand."""
        kept = self._slots.get(self.shown) if self.shown is not None else None
        identity.mend(node, self._declared, self._slots, self.side.survey.constraints, kept)
        etree.cleanup_namespaces(node, keep_ns_prefixes=sorted(self._kept))
        return etree.tostring(node, encoding="unicode")

    def element(self, occupant: Occupant, name: Name) -> Node:
        """The smallest element of a declaration."""
        node = self.opened(occupant, name)
        if isinstance(occupant, ComplexType):
            return node
        kind = occupant.type
        least = self.side.type_size(kind) if not (isinstance(kind, ComplexType) and kind.abstract) else inf
        named = min(self.side.kinds(occupant), key=self.side.type_size, default=None)
        if self.nil(occupant, kind):
            self.attributes(node, kind)
            node.set(f"{{{XSI}}}nil", "true")
            return node
        if named is not None and self.side.type_size(named) < least:
            self.name_type(node, named)
            kind = named
        self.attributes(node, kind)
        self.content(node, kind, constraint(occupant))
        return node

    def nil(self, occupant: Occupant, kind: Type) -> bool:
        """Whether an element is smaller without content, if it can be finite with some at all."""
        if (
            isinstance(occupant, ComplexType)
            or not nillable(occupant)
            or (isinstance(kind, ComplexType) and kind.abstract)
        ):
            return False
        return self.side.type_size(kind) > 0

    def opened(self, occupant: Occupant, name: Name) -> Node:
        """An element with nothing in it yet. Raises `NoDocument` when there are too many."""
        self._count += 1
        if self._count > _MOST:
            raise NoDocument("it would be too large")
        node = etree.Element(tag(name), nsmap=self._prefixes)
        if isinstance(occupant, Element):
            self._declared[node] = occupant
        return node

    def name_type(self, node: Node, kind: ComplexType) -> None:
        """Have an element name its type."""
        assert kind.name is not None
        self.set(node, (XSI, "type"), f"{{{kind.name[0]}}}{kind.name[1]}")

    def attributes(self, node: Node, kind: Type) -> None:
        """Give an element the attributes that its type demands."""
        if isinstance(kind, ComplexType):
            for each in kind.attributes.allowed():
                if each.required:
                    self.attribute(node, each, each.fixed if each.fixed is not None else self.text(attribute(each)))

    def attribute(self, node: Node, use: Attribute, value: str) -> None:
        """Give an element an attribute."""
        self.set(node, use.name, value)
        self._slots[(node, tag(use.name))] = Slot(node, tag(use.name), attribute(use))

    def set(self, node: Node, name: Name, value: str) -> None:
        """Give an element an attribute of any name."""
        try:
            node.set(tag(name), self._printed(value))
        except ValueError:
            raise NoDocument("a value cannot be printed") from None

    def _printed(self, value: str) -> str:
        """A value as it stands in the document: a qualified name by a prefix."""
        found = _QNAME.fullmatch(value)
        if found is None:
            return value
        prefix = next((prefix for prefix, uri in self._prefixes.items() if prefix and uri == found[1]), None)
        if prefix is None and found[1]:
            raise NoDocument("a qualified name cannot be printed")
        if prefix is not None:
            self._kept.add(prefix)
        return found[2] if prefix is None else f"{prefix}:{found[2]}"

    def content(self, node: Node, kind: Type, values: Values) -> None:
        """Give an element the smallest content of its type."""
        text = held(kind, values)
        if text is not None:
            self.fill(node, text, values.fixed if values.fixed is not None else self.text(text))
        elif isinstance(kind, ComplexType):
            self.word(node, self.side.content(kind))

    def fill(self, node: Node, kinds: Alternatives, value: str) -> None:
        """Give an element its text."""
        try:
            node.text = self._printed(value)
        except ValueError:
            raise NoDocument("a value cannot be printed") from None
        self._slots[(node, None)] = Slot(node, None, kinds)

    def text(self, kinds: Alternatives) -> str:
        if kinds not in self._samples:
            self._samples[kinds] = sample(kinds)
        found = self._samples[kinds]
        if found is None:
            raise NoDocument("no value of a simple type is known")
        return found

    def before(self, node: Node, trace: Trace | None) -> None:
        """Append the smallest of some children."""
        for name, occupant, count in () if trace is None else trace.children():
            for _ in range(count):
                node.append(self.element(occupant, name))

    def word(self, node: Node, content: Content) -> None:
        """Append the smallest children that a content model allows."""
        for name, occupant in self.shortest.word(content):
            node.append(self.element(occupant, name))
