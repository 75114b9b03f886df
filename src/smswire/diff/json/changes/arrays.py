"""The items of arrays: by place, all others, and how many."""

from __future__ import annotations

from smswire.diff.json import nodes
from smswire.diff.json.changes import counts
from smswire.diff.json.changes.drafts import Draft, Finder
from smswire.diff.json.changes.kinds import spelled
from smswire.diff.json.changes.views import Spot, View, both
from smswire.diff.json.locations import Location
from smswire.diff.json.nodes import Node


def compare(finder: Finder, path: str, old: View, new: View) -> None:
    """Find what changed in the items of arrays."""
    _items(finder, path, old, new)
    _counts(finder, path, old, new)
    was, now = (any(said.value is True for said in view.said.get("uniqueItems", ())) for view in (old, new))
    if was != now:
        places = both(old, new, "uniqueItems")
        finder.add(Draft(rule="C107" if now else "C108", path=path, places=places))
    _contained(finder, path, old, new)


def _items(finder: Finder, path: str, old: View, new: View) -> None:
    was, mine = old.items()
    now, theirs = new.items()
    if _reordered(finder, path, old, new, was, now):
        return
    described = max(len(was), len(now))
    most = [each for each in (_most(finder, old), _most(finder, new)) if each is not None]
    # of an item that one side forbids only that is told
    reached = min([described, *most])
    for index in range(reached):
        one = (was[index],) if index < len(was) else mine
        other = (now[index],) if index < len(now) else theirs
        _item(finder, f"{path}/{index}", old, new, one, other)
    if not most or min(most) > described:
        _item(finder, f"{path}/*", old, new, mine, theirs)


def _counts(finder: Finder, path: str, old: View, new: View) -> None:
    """Compare how many items there may be, as counts or because no further ones are allowed."""
    was, now = (counts.stated(view, "minItems", 1) for view in (old, new))
    counts.told(finder, path, was, now, 1, both(old, new, "minItems"))
    was, now = _most(finder, old), _most(finder, new)
    counts.told(finder, path, was, now, -1, both(old, new, "maxItems", "items", "additionalItems"))


def _most(finder: Finder, view: View) -> int | None:
    """How many items there may be at most, None for any number."""
    first, rest = view.items()
    spots: list[Spot] = [*((each,) for each in first), rest]
    closed = (index for index, spot in enumerate(spots) if isinstance(finder.node(view, spot), nodes.Nothing))
    limits = (counts.stated(view, "maxItems", -1), next(closed, None))
    return min((each for each in limits if each is not None), default=None)


def _item(finder: Finder, path: str, old: View, new: View, was: Spot, now: Spot) -> None:
    mine, theirs = finder.node(old, was), finder.node(new, now)
    if mine is theirs and not (was and now):
        return
    if was and now:
        finder.compare(path, was, now)
        return
    finder.add(
        Draft(
            rule="T207" if was else "T206",
            path=path,
            old=spelled(old, was),
            new=spelled(new, now),
            places=(was[0].mark() if was else old.place, now[0].mark() if now else new.place),
        )
    )


def _reordered(finder: Finder, path: str, old: View, new: View, was: list[Location], now: list[Location]) -> bool:
    """Tell of first items that are the same in another order."""
    mine = [old.side.node_of(each) for each in was]
    theirs = [new.side.node_of(each) for each in now]
    if mine == theirs or len(set(mine)) < 2 or sorted(map(_serial, mine)) != sorted(map(_serial, theirs)):
        return False
    places = both(old, new, "prefixItems", "items")
    texts = [", ".join(spelled(view, (each,)) for each in found) for view, found in ((old, was), (new, now))]
    finder.add(Draft(rule="S504", path=path, old=texts[0], new=texts[1], places=places))
    return True


def _serial(node: Node) -> int:
    return node.serial


def _contained(finder: Finder, path: str, old: View, new: View) -> None:
    """Compare what some items must be."""
    was, now = old.schemas("contains"), new.schemas("contains")
    if not was and not now:
        return
    places = both(old, new, "contains")
    mine, theirs = finder.node(old, was), finder.node(new, now)
    if not was or not now:
        rule = "S507" if now else "S508"
        finder.add(Draft(rule=rule, path=path, note="what an array must contain", places=places))
    elif mine is not theirs:
        effect = finder.effect(mine, theirs)
        finder.add(Draft(rule="S509", path=path, note="what an array must contain", effect=effect, places=places))
    else:
        counts.compare(finder, path, old, new, "minContains", "maxContains")
