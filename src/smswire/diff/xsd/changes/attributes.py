"""What changed between the attributes of two types."""

from __future__ import annotations

from collections.abc import Iterator

from smswire.diff.model import Change, Effect, Place
from smswire.diff.xsd.changes import declarations
from smswire.diff.xsd.changes.fields import Field
from smswire.diff.xsd.changes.naming import Naming
from smswire.diff.xsd.components import Attribute, Attributes, Process, Wildcard
from smswire.diff.xsd.names import Name

_STRICTNESS: dict[Process, int] = {"skip": 0, "lax": 1, "strict": 2}


def both(naming: Naming, old: Attributes, new: Attributes) -> Iterator[tuple[Attribute, Attribute]]:
    """The attributes that both types have."""
    before, after = _allowed(old), _allowed(new)
    return ((before[name], after[other]) for name, other in naming.pairs(before, after, "attribute"))


def wildcards(
    naming: Naming,
    old: Wildcard | None,
    new: Wildcard | None,
    path: str,
    places: tuple[Place, Place],
    lone: Effect | None = None,
) -> Iterator[Change]:
    """The changes from one wildcard, or none, to another. `lone` is what one does that only one side has."""
    if old is None and new is None:
        return
    if old is None or new is None:
        shown = None if old is None else _shown(old), None if new is None else _shown(new)
        places = (places[0] if old is None else old.place, places[1] if new is None else new.place)
        yield declarations.change("O602" if old is None else "O601", path, places, *shown, lone)
        return
    before = naming.moved(old.namespaces)
    if (before, old.process) == new.key:
        return
    wider = before.within(new.namespaces) and _STRICTNESS[new.process] <= _STRICTNESS[old.process]
    narrower = new.namespaces.within(before) and _STRICTNESS[old.process] <= _STRICTNESS[new.process]
    rule = "O604" if wider else "O603"
    effect: Effect | None = None if wider or narrower else "both"
    yield declarations.change(rule, path, (old.place, new.place), _shown(old), _shown(new), effect)


def lone(naming: Naming, old: Attributes, new: Attributes, path: str) -> tuple[list[Field], list[Field]]:
    """The attributes that only the old and only the new type has."""
    before, after = _allowed(old), _allowed(new)
    pairs = naming.pairs(before, after, "attribute")
    mine, theirs = {name for name, _ in pairs}, {name for _, name in pairs}
    removed = [_field(each, path, new, new) for name, each in before.items() if name not in mine]
    added = [_field(each, path, old, None) for name, each in after.items() if name not in theirs]
    return removed, added


def _field(each: Attribute, path: str, other: Attributes, new: Attributes | None) -> Field:
    wildcard = other.wildcard
    prohibited = new is not None and each.name in new.uses
    return Field(
        path=path,
        declared=each,
        place=each.place,
        required=each.required,
        at=0,
        open=wildcard is not None and each.name[0] in wildcard.namespaces,
        forbidden=prohibited,
    )


def _allowed(found: Attributes) -> dict[Name, Attribute]:
    return {each.name: each for each in found.allowed()}


def _shown(wildcard: Wildcard) -> str:
    return f"{wildcard.namespaces} {wildcard.process}"
