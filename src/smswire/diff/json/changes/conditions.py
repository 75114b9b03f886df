"""What holds only under conditions, or must not hold: `if`, `not`, and fields that need other fields."""

from __future__ import annotations

from smswire.diff.json import nodes, values
from smswire.diff.json.changes.drafts import Draft, Finder
from smswire.diff.json.changes.views import View, both
from smswire.diff.json.nodes import Node
from smswire.diff.model import Effect

_NEEDS = ("dependentRequired", "dependentSchemas", "dependencies")


def compare(finder: Finder, path: str, old: View, new: View) -> None:
    """Find what changed in conditions."""
    _negations(finder, path, old, new)
    _branches(finder, path, old, new)
    _needs(finder, path, old, new)


def _negations(finder: Finder, path: str, old: View, new: View) -> None:
    was = {old.side.node_of(each): each for each in old.schemas("not")}
    now = {new.side.node_of(each): each for each in new.schemas("not")}
    gone = [each for each in was if each not in now]
    come = [each for each in now if each not in was]
    if not gone and not come:
        return
    universe = finder.universe
    lifted, imposed = (universe.both(map(universe.negation, found)) for found in (gone, come))
    effect = _effect(finder, old, new, lifted if gone else None, imposed if come else None)
    rule = "S507" if not gone else "S508" if not come else _rule(effect)
    places = both(old, new, "not")
    finder.add(Draft(rule=rule, path=path, note="what a value must not be", effect=effect, places=places))


def _effect(finder: Finder, old: View, new: View, was: Node | None, now: Node | None) -> Effect:
    """What it does that a condition is another; that it came or went, given all that the other side says."""
    universe = finder.universe
    if was is not None and now is not None:
        return finder.effect(was, now)
    free = (new if was else old).node(universe)
    bound = universe.both((free, was or now or universe.anything))
    return finder.effect(bound, free) if was else finder.effect(free, bound)


def _rule(effect: Effect) -> str:
    return {"narrows": "S507", "widens": "S508"}.get(effect, "S509")


def _branches(finder: Finder, path: str, old: View, new: View) -> None:
    """Compare conditions that schemas state by `if`, one by one where each side has as many."""
    was, now = old.said.get("if", []), new.said.get("if", [])
    mine = [_conditional(finder, old, index) for index in range(len(was))]
    theirs = [_conditional(finder, new, index) for index in range(len(now))]
    left = [each for each in range(len(was)) if mine[each] not in theirs]
    right = [each for each in range(len(now)) if theirs[each] not in mine]
    for one, other in zip(left, right, strict=False):
        effect = finder.effect(mine[one], theirs[other])
        places = (was[one].place, now[other].place)
        note = _differing(finder, (old, one), (new, other))
        finder.add(Draft(rule="S509", path=path, note=note, effect=effect, places=places))
    for one in left[len(right) :]:
        effect = _effect(finder, old, new, mine[one], None)
        places = (was[one].place, new.place)
        finder.add(Draft(rule="S508", path=path, old="if", note="a condition", effect=effect, places=places))
    for other in right[len(left) :]:
        effect = _effect(finder, old, new, None, theirs[other])
        places = (old.place, now[other].place)
        finder.add(Draft(rule="S507", path=path, new="if", note="a condition", effect=effect, places=places))


def _differing(finder: Finder, old: tuple[View, int], new: tuple[View, int]) -> str:
    """Which parts of a condition are others."""
    same = [_part(finder, *old, each) is _part(finder, *new, each) for each in ("if", "then", "else")]
    if same[0]:
        return "what follows from the condition" if len(old[0].said["if"]) == 1 else "what follows from a condition"
    return "the condition itself" if all(same[1:]) else "the condition itself and what follows from it"


def _part(finder: Finder, view: View, index: int, keyword: str) -> Node:
    """The `if`, `then` or `else` of a condition."""
    said = view.said["if"][index]
    assert isinstance(said.by.schema, dict)
    if keyword not in said.by.schema:
        return finder.universe.anything
    return view.side.node_of(said.by.child(keyword, schema=said.by.schema[keyword]))


def _conditional(finder: Finder, view: View, index: int) -> Node:
    """What one `if` with its `then` and `else` comes to."""
    universe = finder.universe
    condition, consequence, otherwise = (_part(finder, view, index, each) for each in ("if", "then", "else"))
    return universe.both(
        (
            universe.either((universe.negation(condition), consequence)),
            universe.either((condition, otherwise)),
        )
    )


def _needs(finder: Finder, path: str, old: View, new: View) -> None:
    was, now = _needed(finder, old), _needed(finder, new)
    for name in dict.fromkeys([*was, *now]):
        mine, theirs = was.get(name), now.get(name)
        if mine is theirs:
            continue
        effect = _effect(finder, old, new, mine, theirs)
        rule = "S507" if mine is None else "S508" if theirs is None else _rule(effect)
        finder.add(
            Draft(
                rule=rule,
                path=f"{path}/{name}",
                note="what the field needs beside it",
                places=(old.place_of(*_NEEDS), new.place_of(*_NEEDS)),
                effect=effect,
            )
        )


def _needed(finder: Finder, view: View) -> dict[str, Node]:
    """By field what an object with it must be."""
    universe = finder.universe
    found: dict[str, list[Node]] = {}
    for keyword in _NEEDS:
        for name, schemas in view.maps(keyword).items():
            for each in schemas:
                if isinstance(each.schema, list):
                    node = universe.both(universe.assertion(nodes.Has(values.short(other))) for other in each.schema)
                else:
                    node = view.side.node_of(each)
                found.setdefault(name, []).append(node)
    without = {name: universe.negation(universe.assertion(nodes.Has(name))) for name in found}
    return {name: universe.either((without[name], universe.both(parts))) for name, parts in found.items()}
