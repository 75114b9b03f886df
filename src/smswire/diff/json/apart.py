"""Alternatives that no value fits two of, as far as that can be seen: by type, listed values and fields."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from smswire.diff.json import nodes
from smswire.diff.json.nodes import OBJECT, Node
from smswire.diff.json.values import Key

_MOST = 60
"""So many alternatives of an alternative are looked at."""


@frozen
class _Traits:
    """What tells the values of a node from others."""

    node: Node
    listed: frozenset[Key] | None
    """The only values that it holds for."""
    needed: frozenset[str]
    tags: dict[str, frozenset[Key]]
    """Fields that its objects must have, with their only values."""
    closed: tuple[frozenset[str], ...]
    """Names of fields: its objects have no others."""

    def apart(self, other: _Traits) -> bool:
        """Whether no value is both's."""
        shared = self.node.may & other.node.may
        if not shared:
            return True
        if self.listed is not None and other.listed is not None:
            return self.listed.isdisjoint(other.listed)
        return shared == OBJECT and self._objects_apart(other)

    def _objects_apart(self, other: _Traits) -> bool:
        if any(self.tags[each].isdisjoint(other.tags[each]) for each in self.tags.keys() & other.tags.keys()):
            return True
        return any(not self.needed <= each for each in other.closed) or any(
            not other.needed <= each for each in self.closed
        )


@frozen
class _Part:
    """A node, and what it is made of: each of its values is one of some form's."""

    node: Node
    forms: tuple[_Traits, ...]

    def apart(self, other: _Part) -> bool:
        """Whether no value is both's."""
        return all(one.apart(two) for one in self.forms for two in other.forms)


def groups(parts: Sequence[Node]) -> list[list[Node]]:
    """The nodes in groups: no value is one's of a group and also one's of another group."""
    found: list[list[_Part]] = []
    for part in parts:
        mine = _Part(part, tuple(map(_traits, _forms(part))))
        together, others = [mine], list[list[_Part]]()
        for group in found:
            if all(mine.apart(each) for each in group):
                others.append(group)
            else:
                together += group
        found = [*others, together]
    return [[each.node for each in group] for group in found]


def _forms(node: Node) -> tuple[Node, ...]:
    if isinstance(node, nodes.Either | nodes.Single) and len(node.parts) <= _MOST:
        return node.parts
    return (node,)


def _traits(node: Node) -> _Traits:
    parts = node.parts if isinstance(node, nodes.Both) else (node,)
    listed = [frozenset(each.values) for each in parts if isinstance(each, nodes.OneOfValues)]
    needed = frozenset(each.name for each in parts if isinstance(each, nodes.Has))
    tags: dict[str, frozenset[Key]] = {}
    for each in parts:
        if isinstance(each, nodes.Property) and each.name in needed:
            inner = each.part.parts if isinstance(each.part, nodes.Both) else (each.part,)
            for values in inner:
                if isinstance(values, nodes.OneOfValues):
                    tags[each.name] = frozenset(values.values)
    closed = tuple(
        each.names
        for each in parts
        if isinstance(each, nodes.Others) and not each.patterns and isinstance(each.part, nodes.Nothing)
    )
    return _Traits(node, listed[0] if listed else None, needed, tags, closed)
