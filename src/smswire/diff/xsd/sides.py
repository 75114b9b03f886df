"""One side of a comparison: its schema, what may stand where in its documents, and its content models as automata."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import inf
from typing import TypeAlias

from smswire.diff.xsd.automata import Expression, Expressions
from smswire.diff.xsd.components import ComplexType, Element, Leaf, Particle, Type, Wildcard, leaves
from smswire.diff.xsd.names import Name
from smswire.diff.xsd.schema import Schema, methods_between
from smswire.diff.xsd.sizes import Sizes
from smswire.diff.xsd.survey import Survey

Occupant: TypeAlias = Element | ComplexType
"""What holds an element to account: its declaration, or for one that has none the type that takes anything."""

Content: TypeAlias = Expression[Leaf]


class Side:
    """What a comparison asks of a schema, each answer kept."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.expressions: Expressions[Leaf] = Expressions()
        self.survey = Survey(schema)
        self.ambiguous: set[Content] = set()
        """The content models in which one name has more than one type, which XSD forbids."""
        self.overlapping: set[Content] = set()
        """Those in which a name may be let in by more than one wildcard of a choice, which XSD forbids, too."""
        self._contents: dict[int, Content] = {}
        self._options: dict[int, tuple[Element, ...]] = {}
        self._kinds: dict[int, tuple[ComplexType, ...]] = {}
        self._leaves: dict[object, Leaf] = {}
        self._admitted: dict[tuple[int, Name], Occupant | None] = {}
        self._sizes = Sizes(schema, self.survey.types, self.kinds)

    def options(self, element: Element) -> tuple[Element, ...]:
        """The declarations that may stand where one is called for, those only that some document satisfies."""
        key = id(element)
        if key not in self._options:
            self._options[key] = tuple(each for each in self.schema.substitutes(element) if self.size(each) < inf)
        return self._options[key]

    def kinds(self, element: Element) -> tuple[ComplexType, ...]:
        """The types that an element may name by xsi:type: complex ones derived from its own, none of them abstract.

        An element of any type could name every type of the schema; that is not counted.
        """
        declared = element.type
        if not isinstance(declared, ComplexType) or declared is self.schema.any_type:
            return ()
        blocked = element.block | declared.block
        key = id(element) if element.block else id(declared)
        if key not in self._kinds:
            self._kinds[key] = tuple(
                each
                for each in self.schema.derived(declared)
                if not each.abstract and not (methods_between(each, declared) or frozenset()) & blocked
            )
        return self._kinds[key]

    def admitted(self, wildcard: Wildcard, name: Name) -> Occupant | None:
        """What holds an element of a name to account where a wildcard stands, None when it is not let in."""
        key = (id(wildcard), name)
        if key not in self._admitted:
            self._admitted[key] = self._let_in(wildcard, name)
        return self._admitted[key]

    def _let_in(self, wildcard: Wildcard, name: Name) -> Occupant | None:
        if name[0] not in wildcard.namespaces:
            return None
        if wildcard.process == "skip":
            return self.schema.skipped
        found = self.schema.element(name)
        if found is not None:
            return None if found.abstract or self.size(found) == inf else found
        return None if wildcard.process == "strict" else self.schema.any_type

    def content(self, kind: ComplexType) -> Content:
        """The content model of a type, without what no document satisfies."""
        key = id(kind)
        if key not in self._contents:
            particle = kind.content.particle
            found = self.expressions.empty if particle is None else self._compiled(particle)
            self._contents[key] = found
            if not _consistent(particle):
                self.ambiguous.add(found)
            if _overlapping(particle):
                self.overlapping.add(found)
        return self._contents[key]

    def types(self) -> Iterator[ComplexType]:
        """All complex types that documents may have."""
        return (each for each in self.survey.types if isinstance(each, ComplexType))

    def _compiled(self, particle: Particle) -> Content:
        made = self.expressions
        if self._sizes.hollow(particle):
            return made.empty
        if isinstance(particle, Leaf):
            usable = particle.high != 0 and self._sizes.of_term(particle.term) < inf
            return made.times(made.leaf(self._one(particle)) if usable else made.nothing, particle.low, particle.high)
        if particle.kind == "all" and any(each.low and self._sizes.hollow(each) for each in particle.parts):
            return made.times(made.nothing, particle.low, particle.high)
        parts = [self._compiled(each) for each in particle.parts]
        if particle.kind == "sequence":
            inner = made.empty
            for each in reversed(parts):
                inner = made.then(each, inner)
        else:
            inner = made.either(parts) if particle.kind == "choice" else made.all(parts)
        return made.times(inner, particle.low, particle.high)

    def _one(self, leaf: Leaf) -> Leaf:
        """One leaf for all that say the same, whatever their counts, so that equal content models are one."""
        key = leaf.term.key if isinstance(leaf.term, Wildcard) else leaf.term
        return self._leaves.setdefault(key, leaf)

    def size(self, occupant: Occupant) -> float:
        """The number of elements of the smallest document that one may be the root of, `inf` when there is none."""
        return 1 if isinstance(occupant, ComplexType) else self._sizes.of(occupant)

    def type_size(self, kind: Type) -> float:
        """The number of elements within the smallest element of a type."""
        return self._sizes.of_type(kind)


def _consistent(particle: Particle | None) -> bool:
    types: dict[Name, Type] = {}
    terms = {id(each.term): each.term for each in leaves(particle) if isinstance(each.term, Element)}
    return len(terms) < 2 or all(types.setdefault(each.name, each.type) is each.type for each in terms.values())


def _overlapping(particle: Particle | None) -> bool:
    pending = [] if particle is None else [particle]
    while pending:
        each = pending.pop()
        if isinstance(each, Leaf):
            continue
        pending += each.parts
        found = [part.term for part in each.parts if isinstance(part, Leaf) and isinstance(part.term, Wildcard)]
        if each.kind == "choice" and any(
            one.process != other.process and not one.namespaces.intersection(other.namespaces).empty
            for one, other in combinations(found, 2)
        ):
            return True
    return False
