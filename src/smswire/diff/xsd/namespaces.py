"""Sets of namespaces that a wildcard allows; "" stands for no namespace."""

from __future__ import annotations

from attrs import frozen


@frozen
class Namespaces:
    """The listed namespaces, or with `negated` all others."""

    names: frozenset[str]
    negated: bool = False

    def __contains__(self, namespace: object) -> bool:
        return (namespace in self.names) != self.negated

    @property
    def anything(self) -> bool:
        return self.negated and not self.names

    @property
    def empty(self) -> bool:
        return not self.negated and not self.names

    def union(self, other: Namespaces) -> Namespaces:
        if self.negated and other.negated:
            return Namespaces(self.names & other.names, negated=True)
        if self.negated:
            return Namespaces(self.names - other.names, negated=True)
        if other.negated:
            return Namespaces(other.names - self.names, negated=True)
        return Namespaces(self.names | other.names)

    def intersection(self, other: Namespaces) -> Namespaces:
        if self.negated and other.negated:
            return Namespaces(self.names | other.names, negated=True)
        if self.negated:
            return Namespaces(other.names - self.names)
        if other.negated:
            return Namespaces(self.names - other.names)
        return Namespaces(self.names & other.names)

    def within(self, other: Namespaces) -> bool:
        """Whether every namespace here is one of the other's."""
        if self.negated:
            return other.negated and other.names <= self.names
        return not self.names & other.names if other.negated else self.names <= other.names


ANY = Namespaces(frozenset(), negated=True)


def parse(text: str | None, target: str) -> Namespaces:
    """The value of a wildcard's `namespace` in a schema of a target namespace."""
    words = ("##any" if text is None else text).split()
    if "##any" in words:
        return ANY
    if "##other" in words:
        return Namespaces(frozenset({target, ""}), negated=True)
    meant = {"##local": "", "##targetNamespace": target}
    return Namespaces(frozenset(meant.get(each, each) for each in words))
