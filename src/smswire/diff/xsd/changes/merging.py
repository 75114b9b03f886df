"""One change for what one line of a schema does in many places, and for many names that come or go at one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from smswire.diff.model import Change, Place

_NAMES = frozenset({"N703", "N704", "S501", "S502", "S511", "S512"})
"""The rules of what may come or go by the hundred: roots, alternatives and derived types."""

_MANY = 8
"""More names are told as one change, of which they are the children."""


def merged(changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes, those of the same declaration told once, at the first path, with a word of the others."""
    found: dict[object, list[Change]] = {}
    for count, each in enumerate(_gathered(changes)):
        found.setdefault(_key(each) or count, []).append(each)
    return tuple(_told(each) for each in found.values())


def _gathered(changes: Iterable[Change]) -> Iterator[Change]:
    found: dict[object, list[Change]] = {}
    for count, each in enumerate(changes):
        name = each.new if each.old is None else each.old
        at = each.path.removesuffix(f"/{name}")
        listed = each.rule in _NAMES and not each.children
        found.setdefault((each.rule, at, each.note, each.effect) if listed else count, []).append(each)
    for same in found.values():
        if len(same) <= _MANY:
            yield from same
            continue
        first, rest = same[0], f" and {len(same) - 1} more"
        old, new = (None if each is None else f"{each}{rest}" for each in (first.old, first.new))
        yield evolve(first, old=old, new=new, children=tuple(same[1:]))


def _told(same: list[Change]) -> Change:
    first = same[0]
    if len(same) == 1:
        return first
    rest = len(same) - 2
    more = f", and in {rest} more place{'s' if rest > 1 else ''}" if rest else ""
    note = f"also at {same[1].path}{more}"
    return evolve(first, note=f"{first.note}; {note}" if first.note else note)


def _key(change: Change) -> object | None:
    """What two changes of one declaration share. None where a line may have more than one declaration."""
    if change.rule == "D803":
        return change.rule
    places = (change.old_place, change.new_place)
    if not any(places) or any(_everything(each) for each in places):
        return None
    name = change.path.rpartition("/")[2]
    return (change.rule, change.old, change.new, change.effect, change.open, *places, name, len(change.children))


def _everything(place: Place | None) -> bool:
    """Whether a place is the first line, on which a schema may stand as a whole."""
    return place is not None and place.line <= 1
