"""What changed between the attributes of two types."""

from __future__ import annotations

from collections.abc import Iterator

from smswire.diff.model import Change, Effect, Place
from smswire.diff.xsd.changes import declarations
from smswire.diff.xsd.changes.fields import Field
from smswire.diff.xsd.changes.naming import Naming
from smswire.diff.xsd.components import Attribute, Attributes, Process, Wildcard
from smswire.diff.xsd.names import Name
from smswire.diff.xsd.namespaces import Namespaces

_CHECKED: dict[Process, str] = {"skip": ", unchecked", "lax": ", checked where known", "strict": ""}
_STRICTNESS: dict[Process, int] = {"skip": 0, "lax": 1, "strict": 2}


def both(naming: Naming, old: Attributes, new: Attributes, path: str) -> Iterator[tuple[Attribute, Attribute]]:
    """The attributes that both types have, of the element at a path."""
    before, after = _allowed(old), _allowed(new)
    return ((before[name], after[other]) for name, other in naming.pairs(before, after, "attribute", path))


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
    what = "attribute" if path.endswith("@*") else "element"
    if old is None or new is None:
        shown = None if old is None else _shown(old, what), None if new is None else _shown(new, what)
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
    yield declarations.change(rule, path, (old.place, new.place), _shown(old, what), _shown(new, what), effect)


def lone(naming: Naming, old: Attributes, new: Attributes, path: str) -> tuple[list[Field], list[Field]]:
    """The attributes that only the old and only the new type has."""
    before, after = _allowed(old), _allowed(new)
    pairs = naming.pairs(before, after, "attribute", path)
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


def _shown(wildcard: Wildcard, what: str) -> str:
    declared = "declared " if wildcard.process == "strict" else ""
    return f"any {declared}{what}{_spaces(wildcard.namespaces)}{_CHECKED[wildcard.process]}"


def _spaces(namespaces: Namespaces) -> str:
    """The namespaces of a wildcard in words."""
    if namespaces.anything:
        return ""
    listed = " or ".join(sorted(each for each in namespaces.names if each))
    none = "" in namespaces.names
    if not namespaces.negated:
        return " of " + " or ".join(each for each in ("no namespace" if none else "", listed) if each)
    other = f" of a namespace other than {listed}" if listed else " of a namespace"
    return other if none else f"{other}, or of none"
