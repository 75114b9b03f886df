"""What the documents of a schema reach: types, names, namespaces, and what others refer to."""

from __future__ import annotations

from collections.abc import Iterator

from smswire.diff.xsd.components import ComplexType, Constraint, Element, Type, Wildcard, leaves
from smswire.diff.xsd.names import Name
from smswire.diff.xsd.schema import Schema


class Survey:
    """One look over all that documents of a schema may have."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self.namespaces: set[str] = {""}
        """Those of declarations, and those that wildcards name."""
        self.globals: dict[str, tuple[Name, ...]] = {}
        """The global elements by namespace."""
        self.referenced: set[Name] = set()
        """The global elements that content models refer to."""
        self.open = False
        """Whether elements that are not declared may stand somewhere, and so in turn any others within them."""
        self.open_to_attributes = False
        """Whether attributes that are not declared may."""
        self.constraints: dict[Name, Constraint] = {}
        """The identity constraints that others may refer to."""
        self.types: tuple[Type, ...] = tuple(self._reached())
        """All types, those mostly first that others are made of."""

    def _reached(self) -> Iterator[Type]:
        names: dict[str, list[Name]] = {}
        found: dict[int, Type] = {
            id(self._schema.any_type): self._schema.any_type,
            id(self._schema.skipped): self._schema.skipped,
        }
        pending: list[Type] = []
        for element in self._schema.elements():
            names.setdefault(element.name[0], []).append(element.name)
            pending.append(element.type)
            self._constrained(element)
        self.globals = {namespace: tuple(each) for namespace, each in names.items()}
        self.namespaces |= names.keys()
        while pending:
            each = pending.pop()
            if each is self._schema.any_type:
                self.open = self.open_to_attributes = True
            if id(each) in found:
                continue
            found[id(each)] = each
            if isinstance(each, ComplexType):
                pending += self._schema.derived(each)
                pending += self._within(each)
        return reversed(list(found.values()))

    def _constrained(self, element: Element) -> None:
        for each in element.constraints:
            self.constraints.setdefault((self._schema.namespace, each.name), each)

    def _within(self, kind: ComplexType) -> Iterator[Type]:
        if kind.attributes.wildcard is not None:
            self.namespaces |= kind.attributes.wildcard.namespaces.names
            if kind.attributes.wildcard.process == "lax":
                self.open_to_attributes = True
        for leaf in leaves(kind.content.particle):
            if isinstance(leaf.term, Wildcard):
                self.namespaces |= leaf.term.namespaces.names
                if leaf.term.process == "lax":
                    self.open = self.open_to_attributes = True
            else:
                self._constrained(leaf.term)
                if leaf.term.is_global:
                    self.referenced.add(leaf.term.name)
                    self.referenced.update(each.name for each in self._schema.substitutes(leaf.term))
                yield leaf.term.type
