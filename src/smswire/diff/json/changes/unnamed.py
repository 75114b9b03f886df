"""What becomes of properties that nobody names: by patterns, all others, and by what their names may be."""

from __future__ import annotations

from typing import TypeAlias

from smswire.diff import patterns
from smswire.diff.json import engines, finite, nodes
from smswire.diff.json.changes.drafts import Draft, Finder
from smswire.diff.json.changes.kinds import spelled
from smswire.diff.json.changes.views import Spot, View, both
from smswire.diff.json.nodes import Node
from smswire.diff.model import Effect
from smswire.diff.patterns import Pattern

_REST = ("additionalProperties", "unevaluatedProperties")

Rest: TypeAlias = Spot | None
"""What is said of a property that is not named: schemas, none for anything, None for not allowed."""


def rest(view: View, name: str) -> Rest:
    """What a side says of a property that it does not name."""
    found: list[Spot] = []
    for pattern, spot in view.maps("patternProperties").items():
        texts = finite.texts(pattern)
        if name in texts if texts is not None else engines.matches(pattern, name):
            found.append(tuple(spot))
    if found:
        return tuple(each for spot in found for each in spot)
    return others(view)


def others(view: View) -> Rest:
    """What a side says of properties that it neither names nor matches."""
    spot = tuple(each for keyword in _REST for each in view.schemas(keyword))
    if any(each.schema is False for each in spot):
        return None
    if any(view.side.node_of(each).may == 0 for each in spot):
        return None
    return tuple(each for each in spot if each.schema is not True and each.schema != {})


def compare(finder: Finder, path: str, old: View, new: View) -> None:
    """Find what changed in the properties that are not named."""
    _matched(finder, path, old, new)
    _others(finder, path, old, new)
    _names(finder, path, old, new)


def _matched(finder: Finder, path: str, old: View, new: View) -> None:
    """Compare what is said of properties whose names match patterns."""
    was, now = old.maps("patternProperties"), new.maps("patternProperties")
    rewritten = _rewritten(finder, path, old, new)
    for pattern in dict.fromkeys([*was, *now]):
        if pattern in rewritten:
            continue
        if pattern in was and pattern in now:
            finder.compare(f"{path}/*", tuple(was[pattern]), tuple(now[pattern]))
            continue
        added = pattern in now
        closed = others(old if added else new) is None
        rule = ("O604" if closed else "O603") if added else ("O603" if closed else "O604")
        spot = tuple(now[pattern] if added else was[pattern])
        finder.add(
            Draft(
                rule=rule,
                path=f"{path}/*",
                old=None if added else pattern,
                new=pattern if added else None,
                places=(old.place if added else spot[0].mark(), spot[0].mark() if added else new.place),
                note="fields whose names match a pattern",
                effect=_of_unknown(finder, new if added else old, spot, rule),
            )
        )


def _rewritten(finder: Finder, path: str, old: View, new: View) -> set[str]:
    """Tell of patterns that became others, which take more names or fewer, for the same content. Gives both sides'."""
    was, now = old.maps("patternProperties"), new.maps("patternProperties")
    found: set[str] = set()
    for gone in (each for each in was if each not in now):
        content = finder.node(old, tuple(was[gone]))
        for come in (each for each in now if each not in was and each not in found):
            if finder.node(new, tuple(now[come])) is not content:
                continue
            effect = _of_names(old, new, gone, come, is_anything=isinstance(content, nodes.Anything))
            if effect is None:
                continue
            found |= {gone, come}
            finder.add(
                Draft(
                    rule="O604" if effect == "widens" else "O603",
                    path=f"{path}/*",
                    old=gone,
                    new=come,
                    places=(was[gone][0].mark(), now[come][0].mark()),
                    note="fields whose names match a pattern",
                    effect=effect,
                )
            )
            break
    return found


def _of_names(old: View, new: View, gone: str, come: str, *, is_anything: bool) -> Effect | None:
    """What it does that one pattern became another, None where that is not as simple as more names or fewer."""
    one, other = (Pattern(gone, "json"),), (Pattern(come, "json"),)
    more, fewer = patterns.included(one, other), patterns.included(other, one)
    if not more and not fewer:
        return None
    if more and fewer:
        return "neutral"
    if others(old) is None and others(new) is None:
        return "widens" if more else "narrows"
    if others(old) == () == others(new):
        return "neutral" if is_anything else "narrows" if more else "widens"
    return None


def _of_unknown(finder: Finder, view: View, spot: Spot, rule: str) -> Effect | None:
    anything = isinstance(finder.node(view, spot), nodes.Anything)
    return "neutral" if anything and rule in ("O603", "O604") and others(view) is not None else None


def _others(finder: Finder, path: str, old: View, new: View) -> None:
    """Compare what is said of all other properties."""
    was, now = others(old), others(new)
    places = both(old, new, *_REST)
    if (was is None) != (now is None):
        finder.add(Draft(rule="O602" if was is None else "O601", path=path, places=places))
        return
    if was and now:
        finder.compare(f"{path}/*", was, now)
    elif was or now:
        mine, theirs = _node(finder, old, was), _node(finder, new, now)
        if mine is not theirs:
            rule = "O604" if was else "O603"
            texts = (spelled(old, was or ()), spelled(new, now or ()))
            finder.add(Draft(rule=rule, path=f"{path}/*", old=texts[0], new=texts[1], places=places))


def _node(finder: Finder, view: View, rest: Rest) -> Node:
    return finder.node(view, rest or ())


def _names(finder: Finder, path: str, old: View, new: View) -> None:
    """Compare what names of properties must be."""
    was, now = old.schemas("propertyNames"), new.schemas("propertyNames")
    mine, theirs = finder.node(old, was), finder.node(new, now)
    if mine is theirs:
        return
    effect = finder.effect(mine, theirs)
    places = both(old, new, "propertyNames")
    rule = "O604" if effect == "widens" else "O603"
    finder.add(Draft(rule=rule, path=path, effect=effect, note="the names that fields may have", places=places))
