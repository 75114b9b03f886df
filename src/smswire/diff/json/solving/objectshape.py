"""What a goal says of an object, sorted by what it means for the search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import field, frozen

from smswire.diff.json import nodes
from smswire.diff.json.nodes import Node
from smswire.diff.json.solving.literals import Literals

Rule: TypeAlias = nodes.Matching | nodes.Others | nodes.Names
"""What speaks of properties that it does not name."""


@frozen
class Plan:
    """The properties of an object to be, each with what its value must fail, and the kinds of names made up."""

    failing: dict[str, tuple[Node, ...]] = field(factory=dict[str, tuple[Node, ...]])
    kinds: dict[str, frozenset[str]] = field(factory=dict[str, frozenset[str]])

    def add(self, name: str, failing: tuple[Node, ...] = (), kind: frozenset[str] | None = None) -> Plan:
        """With one property more, or with more that a property's value must fail."""
        kinds = self.kinds if kind is None else {**self.kinds, name: kind}
        return Plan({**self.failing, name: (*self.failing.get(name, ()), *failing)}, kinds)


class ObjectShape:
    """The goal, taken apart."""

    def __init__(self, literals: Literals) -> None:
        self.properties: dict[str, list[Node]] = {}
        self.matching: list[nodes.Matching] = []
        self.others: list[nodes.Others] = []
        self.names: list[Node] = []
        self.low = 0
        self.high: int | None = None
        self.forbidden: set[str] = set()
        self.plan = Plan()
        self.wanted: list[Rule] = []
        """What some property must fail."""
        for each in literals.holding:
            self._hold(each)
        for each in literals.failing:
            self._fail(each)
        self.explicit = list(dict.fromkeys([*self.plan.failing, *self._mentioned(), *sorted(self.forbidden)]))
        """Names of properties that something speaks of."""

    def _hold(self, node: Node) -> None:
        if isinstance(node, nodes.Property):
            self.properties.setdefault(node.name, []).append(node.part)
        elif isinstance(node, nodes.Has):
            self.plan = self.plan.add(node.name)
        elif isinstance(node, nodes.Matching):
            self.matching.append(node)
        elif isinstance(node, nodes.Others):
            self.others.append(node)
        elif isinstance(node, nodes.Names):
            self.names.append(node.part)
        elif isinstance(node, nodes.AtLeast):
            self.low = max(self.low, node.count)
        elif isinstance(node, nodes.AtMost):
            self.high = node.count if self.high is None else min(self.high, node.count)

    def _fail(self, node: Node) -> None:
        if isinstance(node, nodes.Property):
            self.plan = self.plan.add(node.name, (node.part,))
        elif isinstance(node, nodes.Has):
            self.forbidden.add(node.name)
        elif isinstance(node, nodes.Matching | nodes.Others | nodes.Names):
            self.wanted.append(node)

    def _mentioned(self) -> Iterator[str]:
        yield from self.properties
        for each in (*self.others, *self.wanted):
            if isinstance(each, nodes.Others):
                yield from sorted(each.names)

    def patterns(self) -> tuple[str, ...]:
        """The patterns that tell names of properties apart."""
        found = [each.pattern for each in (*self.matching, *self.wanted) if isinstance(each, nodes.Matching)]
        for each in (*self.others, *self.wanted):
            found += each.patterns if isinstance(each, nodes.Others) else ()
        return tuple(dict.fromkeys(found))
