"""Alternatives: which are the same, which came, which went."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from smswire.diff.json import nodes
from smswire.diff.json.changes.drafts import Draft, Finder
from smswire.diff.json.changes.kinds import allowed, described, listed
from smswire.diff.json.changes.views import Said, View
from smswire.diff.json.keywords import SILENT
from smswire.diff.json.nodes import NULL, OBJECT, Node
from smswire.diff.json.references import Location, Mark
from smswire.diff.json.values import Json, short

_FEW = 4
_LIKE = 0.5
"""Alternatives that are less alike are different ones."""


@frozen(eq=False)
class _Branch:
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
        return described(allowed(self.view)) + (f" with {', '.join(names[:_FEW])}" if names else "")

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


def widened(finder: Finder, path: str, old: View, new: View) -> bool:
    """Find what changed when one side's schema is an alternative of the other's; whether that is so."""
    was, now = old.unions(), new.unions()
    if bool(was) == bool(now) or len(was) + len(now) > 1:
        return False
    union = (was or now)[0]
    many = old if was else new
    beside = set(many.said) - {union.keyword, *SILENT}
    found = _branches(many, union)
    partner = None if beside else _partner(finder, new if was else old, found)
    if partner is None:
        return False
    _joined(finder, path, old, new, found, partner, added=bool(now))
    return True


def compare(finder: Finder, path: str, old: View, new: View) -> None:
    """Find what changed in the alternatives of a value."""
    was, rest = old.unions(), list[Said]()
    same = {_node(finder, old, each): each for each in was}
    for each in new.unions():
        twin = same.pop(_node(finder, new, each), None)
        if twin is None:
            rest.append(each)
        else:
            was.remove(twin)
    if len(was) == 1 and len(rest) == 1:
        _alternatives(finder, path, old, new, was[0], rest[0])
        return
    for each in was:
        _whole(finder, path, old, new, each, added=False)
    for each in rest:
        _whole(finder, path, old, new, each, added=True)


def _node(finder: Finder, view: View, union: Said) -> Node:
    nodes_of_parts = [each.node for each in _branches(view, union)]
    universe = finder.universe
    return universe.either(nodes_of_parts) if union.keyword == "anyOf" else universe.single(nodes_of_parts)


def _whole(finder: Finder, path: str, old: View, new: View, union: Said, *, added: bool) -> None:
    """Tell of a choice that only one side has."""
    text = " | ".join(each.title for each in _branches(new if added else old, union)[:_FEW])
    effect = finder.effect(old.node(finder.universe), new.node(finder.universe))
    finder.add(
        Draft(
            rule={"narrows": "S507", "widens": "S508"}.get(effect, "S509"),
            path=path,
            old=None if added else text,
            new=text if added else None,
            places=(old.place if added else union.place, union.place if added else new.place),
            note="a choice of alternatives",
            effect=effect,
        )
    )


def _partner(finder: Finder, one: View, found: list[_Branch]) -> _Branch | None:
    """The alternative that the other side's schema is, or seems to have become."""
    mine = one.node(finder.universe)
    same = next((each for each in found if each.node is mine), None)
    alike = [each for each in found if allowed(each.view) == allowed(one)]
    return same or (alike[0] if len(alike) == 1 else None)


def _joined(
    finder: Finder, path: str, old: View, new: View, found: list[_Branch], partner: _Branch, *, added: bool
) -> None:
    for each in found:
        if each is not partner:
            _single(finder, path, old, new, each, added=added)
    finder.compare(path, *((old.spot, (partner.location,)) if added else ((partner.location,), new.spot)))


def _branches(view: View, union: Said) -> list[_Branch]:
    assert isinstance(union.value, list)
    found: list[_Branch] = []
    for index, each in enumerate(union.value):
        location = union.child(index, schema=each)
        found.append(_Branch(location, View(view.side, (location,)), view.side.node_of(location)))
    return found


def _alternatives(finder: Finder, path: str, old: View, new: View, was: Said, now: Said) -> None:
    mine, theirs = _branches(old, was), _branches(new, now)
    if was.keyword != now.keyword:
        _exclusive(finder, path, was, now, mine, theirs)
    pairs, gone, come = _paired(mine, theirs)
    for one, other in pairs:
        finder.compare(path, (one.location,), (other.location,))
    for each in gone:
        _single(finder, path, old, new, each, added=False, place=now.place)
    for each in come:
        _single(finder, path, old, new, each, added=True, place=was.place)


def _exclusive(finder: Finder, path: str, was: Said, now: Said, mine: list[_Branch], theirs: list[_Branch]) -> None:
    """Tell of alternatives that may no longer, or may now, hold at once."""
    universe = finder.universe
    parts = [each.node for each in (mine if was.keyword == "oneOf" else theirs)]
    effect = finder.effect(universe.either(parts), universe.single(parts))
    if now.keyword != "oneOf" and effect == "narrows":
        effect = "widens"
    finder.add(
        Draft(
            rule="S503" if now.keyword == "oneOf" else "S508",
            path=path,
            old=was.keyword,
            new=now.keyword,
            places=(was.place, now.place),
            effect=effect,
        )
    )


def _single(
    finder: Finder, path: str, old: View, new: View, branch: _Branch, *, added: bool, place: Mark | None = None
) -> None:
    """Tell of an alternative that came or went."""
    mine = branch.location.mark()
    rules = ("T205", "T204") if branch.node.may == NULL else ("S502", "S501")
    if isinstance(branch.node, nodes.Nothing):
        return
    finder.add(
        Draft(
            rule=rules[added],
            path=path,
            old=None if added else branch.title,
            new=branch.title if added else None,
            places=((place or old.place) if added else mine, mine if added else (place or new.place)),
            content=branch.node,
        )
    )


def _paired(
    mine: list[_Branch], theirs: list[_Branch]
) -> tuple[list[tuple[_Branch, _Branch]], list[_Branch], list[_Branch]]:
    """The alternatives that are the same ones, those that went, and those that came."""
    gone, come = list(mine), list(theirs)
    pairs: list[tuple[_Branch, _Branch]] = []

    def join(one: _Branch, other: _Branch) -> None:
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
        if other is not None:
            join(one, other)
    scored = [(_alike(one, other), -i, -j) for i, one in enumerate(gone) for j, other in enumerate(come)]
    ones, others = list(gone), list(come)
    for score, i, j in sorted(scored, reverse=True):
        if score >= _LIKE and ones[-i] in gone and others[-j] in come:
            join(ones[-i], others[-j])
    return pairs, gone, come


def _same_name(one: _Branch, other: _Branch) -> bool:
    return one.name is not None and one.name == other.name and bool(one.node.may & other.node.may)


def _same_tags(one: Mapping[str, Json], other: Mapping[str, Json]) -> bool:
    shared = one.keys() & other.keys()
    return bool(shared) and all(one[each] == other[each] for each in shared)


def _alike(one: _Branch, other: _Branch) -> float:
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
