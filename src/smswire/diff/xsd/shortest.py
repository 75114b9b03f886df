"""The smallest sequence of children that a content model allows."""

from __future__ import annotations

from collections.abc import Iterator

from smswire.diff.xsd.components import Element, Leaf, Wildcard
from smswire.diff.xsd.names import Name
from smswire.diff.xsd.sides import Content, Occupant, Side
from smswire.diff.xsd.words import OTHER, OTHER_NAMESPACE

_MOST = 20_000


class NoDocument(Exception):
    """No document can be built; the text says why."""


class Shortest:
    """The smallest words of one side's content models, by the elements that their documents have."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self._sizes: dict[Content, float] = {}

    def word(self, content: Content) -> Iterator[tuple[Name, Occupant]]:
        """The children of the smallest document that a content model allows. Raises `NoDocument`."""
        while content.kind == "then":
            assert content.first is not None
            assert content.rest is not None
            yield from self.word(content.first)
            content = content.rest
        if content.nullable:
            return
        if content.kind == "leaf":
            assert content.leaf is not None
            yield self._least(content.leaf)
        elif content.kind == "times":
            assert content.first is not None
            for _ in range(min(content.low, _MOST + 1)):
                yield from self.word(content.first)
        elif content.kind == "either":
            yield from self.word(min(content.parts, key=self._size))
        elif content.kind == "all":
            for each in content.parts:
                yield from self.word(each)
        else:
            raise NoDocument("nothing can stand here")

    def _size(self, content: Content) -> float:
        if content.nullable:
            return 0
        if content not in self._sizes:
            self._sizes[content] = self._measured(content)
        return self._sizes[content]

    def _measured(self, content: Content) -> float:
        total = 0.0
        while content.kind == "then":
            assert content.first is not None
            assert content.rest is not None
            total += self._size(content.first)
            content = content.rest
        if content.kind == "leaf":
            assert content.leaf is not None
            return total + self.side.size(self._least(content.leaf)[1])
        if content.kind == "times":
            assert content.first is not None
            return total + content.low * self._size(content.first)
        if content.kind == "either":
            return total + min(self._size(each) for each in content.parts)
        return total + sum(self._size(each) for each in content.parts)

    def _least(self, leaf: Leaf) -> tuple[Name, Occupant]:
        if isinstance(leaf.term, Element):
            options = self.side.options(leaf.term)
            if not options:
                raise NoDocument("an element has no type that a document may have")
            found = min(options, key=self.side.size)
            return found.name, found
        return self._wild(leaf.term)

    def _wild(self, wildcard: Wildcard) -> tuple[Name, Occupant]:
        if wildcard.process != "strict":
            spaces = [OTHER_NAMESPACE, "", *sorted(wildcard.namespaces.names)]
            for namespace in spaces:
                occupant = self.side.admitted(wildcard, (namespace, OTHER))
                if occupant is not None:
                    return (namespace, OTHER), occupant
        candidates = [
            each for each in self.side.schema.elements() if self.side.admitted(wildcard, each.name) is not None
        ]
        found = min(candidates, key=self.side.size, default=None)
        if found is None:
            raise NoDocument("a wildcard lets nothing in")
        occupant = self.side.admitted(wildcard, found.name)
        assert occupant is not None
        return found.name, occupant
