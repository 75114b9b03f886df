"""Alternatives: which are the same, which came, which went."""

from __future__ import annotations

from smswire.diff.json import nodes
from smswire.diff.json.changes.alternatives import FEW, Branch, branches, paired
from smswire.diff.json.changes.drafts import Draft, Finder
from smswire.diff.json.changes.kinds import allowed
from smswire.diff.json.changes.views import Said, View
from smswire.diff.json.keywords import SILENT
from smswire.diff.json.locations import Mark
from smswire.diff.json.nodes import NULL, Node


def widened(finder: Finder, path: str, old: View, new: View) -> bool:
    """Find what changed when one side's schema is an alternative of the other's; whether that is so."""
    was, now = old.unions(), new.unions()
    if bool(was) == bool(now) or len(was) + len(now) > 1:
        return False
    union = (was or now)[0]
    many = old if was else new
    beside = set(many.said) - {union.keyword, *SILENT}
    found = branches(many, union)
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
    nodes_of_parts = [each.node for each in branches(view, union)]
    universe = finder.universe
    return universe.either(nodes_of_parts) if union.keyword == "anyOf" else universe.single(nodes_of_parts)


def _whole(finder: Finder, path: str, old: View, new: View, union: Said, *, added: bool) -> None:
    """Tell of a choice that only one side has, by what it does to the other's values."""
    side, rest = (new, old) if added else (old, new)
    text = " | ".join(each.title for each in branches(side, union)[:FEW])
    free = rest.node(finder.universe)
    chosen = finder.universe.both((free, _node(finder, side, union)))
    finder.add(
        Draft(
            rule="S507" if added else "S508",
            path=path,
            old=None if added else text,
            new=text if added else None,
            places=(old.place if added else union.place, union.place if added else new.place),
            note="a choice of alternatives",
            effect=finder.effect(free, chosen) if added else finder.effect(chosen, free),
        )
    )


def _partner(finder: Finder, one: View, found: list[Branch]) -> Branch | None:
    """The alternative that the other side's schema is, or seems to have become."""
    mine = one.node(finder.universe)
    same = next((each for each in found if each.node is mine), None)
    alike = [each for each in found if allowed(each.view) == allowed(one)]
    return same or (alike[0] if len(alike) == 1 else None)


def _joined(
    finder: Finder, path: str, old: View, new: View, found: list[Branch], partner: Branch, *, added: bool
) -> None:
    for each in found:
        if each is not partner:
            _single(finder, path, old, new, each, added=added)
    finder.compare(path, *((old.spot, (partner.location,)) if added else ((partner.location,), new.spot)))


def _alternatives(finder: Finder, path: str, old: View, new: View, was: Said, now: Said) -> None:
    mine, theirs = branches(old, was), branches(new, now)
    if was.keyword != now.keyword:
        _exclusive(finder, path, was, now, mine, theirs)
    pairs, gone, come = paired(mine, theirs)
    for one, other in pairs:
        finder.compare(path, (one.location,), (other.location,))
    for each in gone:
        _single(finder, path, old, new, each, added=False, place=now.place)
    for each in come:
        _single(finder, path, old, new, each, added=True, place=was.place)


def _exclusive(finder: Finder, path: str, was: Said, now: Said, mine: list[Branch], theirs: list[Branch]) -> None:
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
    finder: Finder, path: str, old: View, new: View, branch: Branch, *, added: bool, place: Mark | None = None
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
