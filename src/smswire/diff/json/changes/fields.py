"""The properties of objects: which came, went, or are required now, and what becomes of those that nobody names."""

from __future__ import annotations

from typing import TypeAlias

from smswire.diff.json import engines, finite, nodes
from smswire.diff.json.changes.drafts import Draft, Finder
from smswire.diff.json.changes.kinds import allowed, described
from smswire.diff.json.changes.views import Field, Spot, View, both
from smswire.diff.json.nodes import Node
from smswire.diff.model import Effect

_REST = ("additionalProperties", "unevaluatedProperties")


def compare(finder: Finder, path: str, old: View, new: View) -> None:
    """Find what changed in the properties of objects."""
    named(finder, path, old, new)
    _matched(finder, path, old, new)
    _others(finder, path, old, new)
    bounds(finder, path, old, new, "minProperties", "maxProperties")
    _names(finder, path, old, new)


def named(finder: Finder, path: str, old: View, new: View) -> None:
    """Find what changed in the properties that are named."""
    was, now = old.fields(), new.fields()
    for name in dict.fromkeys([*was, *now]):
        at = f"{path}/{name}"
        if name in was and name in now:
            _kept(finder, at, old, new, was[name], now[name])
        elif name in was:
            _removed(finder, at, old, new, was[name], _unnamed(new, name))
        else:
            _added(finder, at, old, new, now[name], _unnamed(old, name))


Rest: TypeAlias = Spot | None
"""What is said of a property that is not named: schemas, none for anything, None for not allowed."""


def _unnamed(view: View, name: str) -> Rest:
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


def _kept(finder: Finder, at: str, old: View, new: View, was: Field, now: Field) -> None:
    unusable, forbidden = _is_forbidden(finder, old, was.spot), _is_forbidden(finder, new, now.spot)
    if unusable != forbidden:
        finder.add(
            Draft(
                rule="F010" if forbidden else "F002",
                path=at,
                old=spelled(old, was.spot),
                new=spelled(new, now.spot),
                places=(was.place, now.place),
                effect=None if forbidden else "widens",
            )
        )
        return
    if was.required != now.required:
        rule = "F005" if now.required else "F006"
        places = (was.place, now.place)
        finder.add(Draft(rule=rule, path=at, places=places))
    finder.compare(at, was.spot, now.spot)


def _is_forbidden(finder: Finder, view: View, spot: Spot) -> bool:
    """Whether a property is ruled out as such, not by contradictions in what its value must be."""
    return isinstance(finder.node(view, spot), nodes.Nothing) and View(view.side, spot).never


def _removed(finder: Finder, at: str, old: View, new: View, was: Field, rest: Rest) -> None:
    content = finder.node(old, was.spot)
    if rest:
        # it is still told what it must be, though no longer by name
        if was.required:
            finder.add(Draft(rule="F006", path=at, places=(was.place, rest[0].mark())))
        finder.compare(at, was.spot, rest)
        return
    is_open = rest is not None
    if is_open and not was.spot:
        finder.add(Draft(rule="F006", path=at, places=(was.place, new.place)))
        return
    if isinstance(content, nodes.Nothing):
        if is_open:
            finder.add(Draft(rule="F002", path=at, places=(was.place, new.place), effect="widens"))
        return
    effect: Effect | None = None
    if is_open:
        effect = "widens" if was.required or not isinstance(content, nodes.Anything) else "neutral"
    finder.add(
        Draft(
            rule="F004" if was.required else "F003",
            path=at,
            old=spelled(old, was.spot),
            places=(was.place, new.place_of("properties")),
            open=is_open,
            effect=effect,
            content=content,
        )
    )


def _added(finder: Finder, at: str, old: View, new: View, now: Field, rest: Rest) -> None:
    content = finder.node(new, now.spot)
    if rest:
        if now.required:
            finder.add(Draft(rule="F005", path=at, places=(rest[0].mark(), now.place)))
        finder.compare(at, rest, now.spot)
        return
    is_open = rest is not None
    if is_open and not now.spot:
        finder.add(Draft(rule="F005", path=at, places=(old.place, now.place)))
        return
    if isinstance(content, nodes.Nothing):
        if is_open:
            finder.add(Draft(rule="F010", path=at, places=(old.place, now.place)))
        return
    effect: Effect | None = None
    if is_open:
        effect = "narrows" if now.required or not isinstance(content, nodes.Anything) else "neutral"
    finder.add(
        Draft(
            rule="F001" if now.required else "F002",
            path=at,
            new=spelled(new, now.spot),
            places=(old.place_of("properties"), now.place),
            open=is_open,
            effect=effect,
            content=content,
        )
    )


def spelled(view: View, spot: Spot) -> str:
    """The types that some schemas allow, for a message."""
    return described(allowed(View(view.side, spot))) if spot else "any"


def _matched(finder: Finder, path: str, old: View, new: View) -> None:
    """Compare what is said of properties whose names match patterns."""
    was, now = old.maps("patternProperties"), new.maps("patternProperties")
    for pattern in dict.fromkeys([*was, *now]):
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


def bounds(finder: Finder, path: str, old: View, new: View, low: str, high: str) -> None:
    """Compare the least and the greatest count that two keywords state."""
    for keyword, raised, lowered, sign in ((low, "C101", "C102", 1), (high, "C104", "C103", -1)):
        was, now = (_count(view, keyword, sign) for view in (old, new))
        if was == now or (sign > 0 and (was or 0) == (now or 0)):
            continue
        grew = now is None if sign < 0 and (was is None or now is None) else was is None or (now or 0) > was
        finder.add(
            Draft(
                rule=raised if grew else lowered,
                path=path,
                old=None if was is None else str(was),
                new=None if now is None else str(now),
                places=(old.place_of(keyword), new.place_of(keyword)),
            )
        )


def _count(view: View, keyword: str, sign: int) -> int | None:
    found = [said.value for said in view.said.get(keyword, ()) if isinstance(said.value, int)]
    return (max(found) if sign > 0 else min(found)) if found else None


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
