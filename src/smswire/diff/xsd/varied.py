"""Random documents of a side, for what no proof decides: one that the other side refuses ends the doubt."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import islice
from math import inf
from random import Random

from lxml import etree

from smswire.diff.xsd.components import ComplexType, Element, Type, Wildcard
from smswire.diff.xsd.elements import Elements
from smswire.diff.xsd.names import XSI, Name, Node
from smswire.diff.xsd.shortest import NoDocument
from smswire.diff.xsd.sides import Content, Occupant, Side
from smswire.diff.xsd.simple.atoms import Alternatives
from smswire.diff.xsd.simple.samples import samples
from smswire.diff.xsd.sizes import nillable
from smswire.diff.xsd.sources import parser
from smswire.diff.xsd.values import attribute, constraint, held
from smswire.diff.xsd.words import OTHER, OTHER_NAMESPACE

_DEEPEST = 10
_LARGEST = 60
_LONGEST = 30
_VALUES = 12


class Varied:
    """Documents of one side at random, most of them valid."""

    def __init__(self, side: Side, random: Random) -> None:
        self.side = side
        self.random = random
        self._least = Elements(side)
        self._values: dict[Alternatives, tuple[str, ...]] = {}
        self._count = 0

    def document(self, roots: list[Element]) -> str:
        """A document with one of some roots. Raises `NoDocument`."""
        self._count = 0
        self._least.clear()
        root = self.random.choice(roots)
        try:
            return self._least.finished(self._element(root, root.name, 0))
        except RecursionError:
            raise NoDocument("it would be nested too deeply") from None

    def _element(self, occupant: Occupant, name: Name, depth: int) -> Node:
        self._count += 1
        if isinstance(occupant, ComplexType) or depth > _DEEPEST or self._count > _LARGEST:
            return self._least.element(occupant, name)
        node = self._least.opened(occupant, name)
        kind = self._kind(node, occupant)
        if isinstance(kind, ComplexType):
            for use in kind.attributes.allowed():
                if use.required or self.random.random() < 0.5:
                    self._least.attribute(node, use, use.fixed if use.fixed is not None else self._text(attribute(use)))
        if nillable(occupant) and (self.random.random() < 0.2 or self.side.type_size(kind) == inf):
            node.set(f"{{{XSI}}}nil", "true")
            return node
        values = constraint(occupant)
        text = held(kind, values)
        if text is not None:
            self._least.fill(node, text, values.fixed if values.fixed is not None else self._text(text))
            return node
        assert isinstance(kind, ComplexType)
        for child, each in self._word(self.side.content(kind)):
            node.append(self._element(each, child, depth + 1))
        if kind.content.mixed and self.random.random() < 0.5:
            node.text = "text"
        return node

    def _kind(self, node: Node, occupant: Element) -> Type:
        kinds = [each for each in self.side.kinds(occupant) if self.side.type_size(each) < inf]
        abstract = isinstance(occupant.type, ComplexType) and occupant.type.abstract
        if not kinds or not (abstract or self.random.random() < 0.3):
            return occupant.type
        kind = self.random.choice(kinds)
        self._least.name_type(node, kind)
        return kind

    def _word(self, content: Content) -> Iterator[tuple[Name, Occupant]]:
        for _ in range(_LONGEST):
            steps = self.side.expressions.steps(content)
            if not steps or (content.nullable and self.random.random() < 0.25):
                break
            leaf, content = self.random.choice(steps)
            if isinstance(leaf.term, Element):
                chosen = self.random.choice(self.side.options(leaf.term))
                yield chosen.name, chosen
            else:
                yield self._wild(leaf.term)
        yield from self._least.shortest.word(content)

    def _wild(self, wildcard: Wildcard) -> tuple[Name, Occupant]:
        names = [each.name for each in self.side.schema.elements()]
        names += [(OTHER_NAMESPACE, OTHER), *((namespace, OTHER) for namespace in self.side.survey.namespaces)]
        found = [(name, each) for name in names if (each := self.side.admitted(wildcard, name)) is not None]
        if not found:
            raise NoDocument("a wildcard lets nothing in")
        return self.random.choice(found)

    def _text(self, kinds: Alternatives) -> str:
        if kinds not in self._values:
            self._values[kinds] = tuple(islice(samples(kinds, kinds), _VALUES))
        found = self._values[kinds]
        if not found:
            raise NoDocument("no value of a simple type is known")
        return self.random.choice(found)


def smaller(document: str, wanted: Callable[[str], bool], until: float) -> str:
    """A document with nothing in it that can be left out while it stays what is wanted."""
    root = etree.fromstring(document.encode(), parser())
    for each in reversed(list(root.iter(etree.Element))):
        parent = each.getparent()
        if time.monotonic() > until:
            break
        if parent is not None:
            at = parent.index(each)
            parent.remove(each)
            if not wanted(etree.tostring(root, encoding="unicode")):
                parent.insert(at, each)
        for name, value in list(each.attrib.items()):
            del each.attrib[name]
            if not wanted(etree.tostring(root, encoding="unicode")):
                each.set(name, value)
    return etree.tostring(root, encoding="unicode")
