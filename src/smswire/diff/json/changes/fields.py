"""The properties of objects: which came, went, or are required now."""

from __future__ import annotations

from smswire.diff.json import nodes
from smswire.diff.json.changes import counts, unnamed
from smswire.diff.json.changes.drafts import Draft, Finder
from smswire.diff.json.changes.kinds import spelled
from smswire.diff.json.changes.unnamed import Rest
from smswire.diff.json.changes.views import Field, Spot, View
from smswire.diff.model import Effect


def compare(finder: Finder, path: str, old: View, new: View) -> None:
    """Find what changed in the properties of objects."""
    named(finder, path, old, new)
    unnamed.compare(finder, path, old, new)
    counts.compare(finder, path, old, new, "minProperties", "maxProperties")


def named(finder: Finder, path: str, old: View, new: View) -> None:
    """Find what changed in the properties that are named."""
    was, now = old.fields(), new.fields()
    for name in dict.fromkeys([*was, *now]):
        at = f"{path}/{name}"
        if name in was and name in now:
            _kept(finder, at, old, new, was[name], now[name])
        elif name in was:
            _removed(finder, at, old, new, was[name], unnamed.rest(new, name))
        else:
            _added(finder, at, old, new, now[name], unnamed.rest(old, name))


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
            old=_with_name(at, old, was.spot),
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
            new=_with_name(at, new, now.spot),
            places=(old.place_of("properties"), now.place),
            open=is_open,
            effect=effect,
            content=content,
        )
    )


def _with_name(at: str, view: View, spot: Spot) -> str:
    """A property's name and the types that it may have."""
    return f"{at.rpartition('/')[2]}: {spelled(view, spot)}"
