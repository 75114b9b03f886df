"""The smallest documents of a schema: how large they are, and of what there are none at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import inf

from smswire.diff.xsd.components import ComplexType, Element, Leaf, Particle, SimpleType, Term, Type
from smswire.diff.xsd.schema import Schema
from smswire.diff.xsd.simple.atoms import Alternatives, Atom, ListOf


class Sizes:
    """Sizes count elements; `inf` is the size of what no document satisfies."""

    def __init__(
        self, schema: Schema, types: Iterable[Type], kinds: Callable[[Element], Iterable[ComplexType]]
    ) -> None:
        self._schema = schema
        self._types = tuple(types)
        self._kinds = kinds
        self._sizes: dict[int, float] = {}
        self._final: dict[int, float] = {}
        self._allowed: dict[int, tuple[Element, ...]] = {}
        self._measured = False
        self._measure()
        self._measured = True

    def of(self, occupant: Element) -> float:
        """The number of elements of the smallest document that one may be the root of, `inf` when there is none."""
        if not self._measured:
            return self._smallest(occupant)
        if id(occupant) not in self._final:
            self._final[id(occupant)] = self._smallest(occupant)
        return self._final[id(occupant)]

    def _smallest(self, occupant: Element) -> float:
        if occupant.abstract:
            return inf
        own = inf if _abstract(occupant.type) else self._sizes.get(id(occupant.type), inf)
        if nillable(occupant) and own > 0 and not _abstract(occupant.type):
            own = 0
        return 1 + min([own, *(self._sizes.get(id(each), inf) for each in self._kinds(occupant))])

    def of_type(self, kind: Type) -> float:
        """The number of elements within the smallest element of a type."""
        return self._sizes.get(id(kind), inf)

    def of_term(self, term: Term) -> float:
        """The size of the smallest element that may stand for a particle."""
        if isinstance(term, Element):
            return min((self.of(each) for each in self._schema.substitutes(term)), default=inf)
        if term.process != "strict":
            return 1 if term.namespaces.names or term.namespaces.negated else inf
        key = id(term)
        if key not in self._allowed:
            self._allowed[key] = tuple(each for each in self._schema.elements() if each.name[0] in term.namespaces)
        return min((self.of(each) for each in self._allowed[key]), default=inf)

    def hollow(self, particle: Particle) -> bool:
        """Whether an element is called for that is abstract and that no other stands for.

        No document can have it, and none could be valid; libxml2 demands nothing in its place, but in an xs:all.
        """
        term = particle.term if isinstance(particle, Leaf) else None
        return isinstance(term, Element) and term.abstract and not self._schema.substitutes(term)

    def _particle(self, particle: Particle) -> float:
        if particle.low == 0 or self.hollow(particle):
            return 0
        if isinstance(particle, Leaf):
            return particle.low * self.of_term(particle.term)
        if particle.kind == "all" and any(each.low and self.hollow(each) for each in particle.parts):
            return inf
        sizes = [self._particle(each) for each in particle.parts]
        return particle.low * (min(sizes, default=inf) if particle.kind == "choice" else sum(sizes))

    def _measure(self) -> None:
        """Find the smallest documents, from no type having one until nothing gets smaller."""
        changed = True
        while changed:
            changed = False
            for each in self._types:
                size = self._size(each)
                if size < self._sizes.get(id(each), inf):
                    self._sizes[id(each)] = size
                    changed = True

    def _size(self, kind: Type) -> float:
        if isinstance(kind, SimpleType):
            return inf if _nothing(kind.alternatives) else 0
        for each in kind.attributes.allowed():
            if each.required and _nothing(each.type.alternatives):
                return inf
        content = kind.content
        if content.simple is not None:
            return inf if _nothing(content.simple.alternatives) else 0
        return 0 if content.particle is None else self._particle(content.particle)


def _abstract(kind: Type) -> bool:
    return isinstance(kind, ComplexType) and kind.abstract


def nillable(element: Element) -> bool:
    """Whether an element may be nil: what has a fixed value may not, whatever it says."""
    return element.nillable and element.fixed is None


def _nothing(kinds: Alternatives) -> bool:
    """Whether facets leave certainly no value, as far as one look tells."""
    return all(_contradicts(each) for each in kinds)


def _contradicts(kind: Atom | ListOf) -> bool:
    if kind.values == ():
        return True
    if kind.max_length is not None and kind.min_length > kind.max_length:
        return True
    return (
        isinstance(kind, Atom)
        and kind.builtin.family == "number"
        and bool(kind.low and kind.high and kind.low.value > kind.high.value)
    )
