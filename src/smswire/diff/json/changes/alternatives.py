"""Alternatives one by one, and which of both sides' are the same."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from smswire.diff.json import nodes
from smswire.diff.json.changes.kinds import allowed, described, listed
from smswire.diff.json.changes.views import Said, View
from smswire.diff.json.locations import Location
from smswire.diff.json.nodes import OBJECT, Node
from smswire.diff.json.values import Json, short

FEW = 4
"""So many parts of something are named."""
_LIKE = 0.5
"""Alternatives that are less alike are different ones."""


@frozen(eq=False)
class Branch:
    """One alternative."""

    location: Location
    view: View
    node: Node

    @property
    def name(self) -> str | None:
        """What the schema calls it."""
        named = self.view.first("title")
        if named is not None and isinstance(named.value, str):
            return short(named.value)
        schema = self.location.schema
        reference = schema.get("$ref") if isinstance(schema, dict) else None
        return reference.rpartition("/")[2] if isinstance(reference, str) else None

    @property
    def title(self) -> str:
        """What a message calls it."""
        if self.name is not None:
            return self.name
        values = listed(self.view)
        if values is not None:
            return ", ".join(short(each) for each in values.values())
        names = list(self.view.fields())
        return described(allowed(self.view)) + (f" with {', '.join(names[:FEW])}" if names else "")

    def tags(self) -> Mapping[str, Json]:
        """Properties of one value, which tell alternatives apart."""
        found: dict[str, Json] = {}
        for name, each in self.view.fields().items():
            for location in each.spot:
                value = _fixed(self.view.side.node_of(location))
                if value is not None:
                    found[name] = value
        return found


def _fixed(node: Node) -> Json:
    """The only text, number or boolean that a node holds for, None for none or several."""
    parts = node.parts if isinstance(node, nodes.Either | nodes.Both) else (node,)
    listed_values = [each.values for each in parts if isinstance(each, nodes.OneOfValues)]
    if len(listed_values) != 1 or len(listed_values[0]) != 1:
        return None
    return next(iter(listed_values[0].values()))


def branches(view: View, union: Said) -> list[Branch]:
    """The alternatives of a choice."""
    assert isinstance(union.value, list)
    found: list[Branch] = []
    for index, each in enumerate(union.value):
        location = union.child(index, schema=each)
        found.append(Branch(location, View(view.side, (location,)), view.side.node_of(location)))
    return found


def paired(mine: list[Branch], theirs: list[Branch]) -> tuple[list[tuple[Branch, Branch]], list[Branch], list[Branch]]:
    """The alternatives that are the same ones, those that went, and those that came."""
    gone, come = list(mine), list(theirs)
    pairs: list[tuple[Branch, Branch]] = []

    def join(one: Branch, other: Branch) -> None:
        pairs.append((one, other))
        gone.remove(one)
        come.remove(other)

    for one in mine:
        if other := next((each for each in come if each.node is one.node), None):
            join(one, other)
    for one in list(gone):
        tags = one.tags()
        other = next((each for each in come if tags and _same_tags(tags, each.tags())), None)
        other = other or next((each for each in come if _same_name(one, each)), None)
        other = other or next((each for each in come if _tagged_otherwise(one, each)), None)
        if other is not None:
            join(one, other)
    scored = [(_alike(one, other), -i, -j) for i, one in enumerate(gone) for j, other in enumerate(come)]
    ones, others = list(gone), list(come)
    for score, i, j in sorted(scored, reverse=True):
        if score >= _LIKE and ones[-i] in gone and others[-j] in come:
            join(ones[-i], others[-j])
    return pairs, gone, come


def _same_name(one: Branch, other: Branch) -> bool:
    return one.name is not None and one.name == other.name and bool(one.node.may & other.node.may)


def _same_tags(one: Mapping[str, Json], other: Mapping[str, Json]) -> bool:
    shared = one.keys() & other.keys()
    return bool(shared) and all(one[each] == other[each] for each in shared)


def _tagged_otherwise(one: Branch, other: Branch) -> bool:
    """Whether one text tells two alternatives from others, in fields of different names."""
    mine, theirs = one.view.fields(), other.view.fields()
    values = {each for name, each in one.tags().items() if name not in theirs and isinstance(each, str)}
    return any(name not in mine and each in values for name, each in other.tags().items() if isinstance(each, str))


def _alike(one: Branch, other: Branch) -> float:
    """How much two alternatives are alike, from 0 to 1."""
    mine, theirs = one.tags(), other.tags()
    if any(mine[each] != theirs[each] for each in mine.keys() & theirs.keys()):
        return 0.0
    if allowed(one.view) != allowed(other.view):
        return 0.0
    if not allowed(one.view) & OBJECT:
        return 0.6
    names, other_names = set(one.view.fields()), set(other.view.fields())
    if not names and not other_names:
        return 0.6
    return len(names & other_names) / len(names | other_names)
