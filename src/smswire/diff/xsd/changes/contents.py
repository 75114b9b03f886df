"""What changed between the contents of two types that are made of elements."""

from __future__ import annotations

from attrs import define, field

from smswire.diff.model import Change, Effect, Place
from smswire.diff.xsd.changes import attributes, declarations, fields, items, models
from smswire.diff.xsd.changes.fields import Field
from smswire.diff.xsd.changes.items import Item
from smswire.diff.xsd.changes.naming import Naming
from smswire.diff.xsd.components import Content, Element, Wildcard
from smswire.diff.xsd.names import Name


@define(eq=False)
class Compared:
    """The changes, the elements that only one side has, and those that both have."""

    changes: list[Change] = field(factory=list[Change])
    removed: list[Field] = field(factory=list[Field])
    added: list[Field] = field(factory=list[Field])
    both: list[tuple[Element, Element]] = field(factory=list[tuple[Element, Element]])


def compare(naming: Naming, old: Content, new: Content, path: str, places: tuple[Place, Place]) -> Compared:
    """Compare two content models."""
    found = Compared()
    if old.mixed != new.mixed:
        forms = ("children only", "text among the children")
        was, now = forms if new.mixed else (forms[1], forms[0])
        found.changes.append(declarations.change("T202" if new.mixed else "T203", path, places, was, now))
    before, after = items.read(old.particle), items.read(new.particle)
    mine, theirs = items.names(before), items.names(after)
    pairs = naming.pairs(mine, theirs, "element", path)
    wild = _wildcards(before), _wildcards(after)
    same: dict[object, object] = {**dict(pairs), **dict(zip(wild[0], wild[1], strict=False))}
    for at in range(max(len(each) for each in wild)):
        was_wild, now_wild = (list(each.values())[at] if at < len(each) else None for each in wild)
        # what must come where nothing could, or the other way round
        demanded: Effect | None = "both" if _demanded((before, after), wild, at) else None
        found.changes += attributes.wildcards(naming, was_wild, now_wild, f"{path}/*", places, demanded)
    found.changes += models.compare(before, after, same, path)
    declared = _declared(before), _declared(after)
    for name, other in pairs:
        found.both += zip(declared[0][name], declared[1][other], strict=False)
    _lone(found, (before, after), same, wild, path, {each.name for each in items.forbidden(new.particle)})
    return found


def _lone(
    found: Compared,
    sides: tuple[Item, Item],
    same: dict[object, object],
    wild: tuple[dict[object, Wildcard], dict[object, Wildcard]],
    path: str,
    forbidden: set[Name],
) -> None:
    """Note the elements that only one side has."""
    (before, after), known = sides, (list(same), list(same.values()))
    for name, each in items.names(before).items():
        if name not in same:
            open_to = list(wild[1].values())
            found.removed.append(fields.lone(before, each, path, known[0], wild=open_to, forbidden=name in forbidden))
    for name, each in items.names(after).items():
        if name not in known[1]:
            found.added.append(fields.lone(after, each, path, known[1], wild=list(wild[0].values())))
    found.removed = fields.grouped(before, found.removed, set(known[0]))
    found.added = fields.grouped(after, found.added, set(known[1]))


def _demanded(models: tuple[Item, Item], wild: tuple[dict[object, Wildcard], dict[object, Wildcard]], at: int) -> bool:
    """Whether one of some wildcards, which one side alone has, calls for an element."""
    alone = [(model, list(found)[at]) for model, found in zip(models, wild, strict=True) if at < len(found)]
    return len(alone) == 1 and items.occurrences(alone[0][0])[alone[0][1]][0] > 0


def _wildcards(model: Item) -> dict[object, Wildcard]:
    return {each.key: each.term for each in model.leaves() if isinstance(each.term, Wildcard)}


def _declared(model: Item) -> dict[Name, list[Element]]:
    """The declarations of each name; where XSD's rules are broken there may be more than one."""
    found: dict[Name, dict[Element, None]] = {}
    for each in model.leaves():
        if isinstance(each.term, Element):
            found.setdefault(each.term.name, {})[each.term] = None
    return {name: list(each) for name, each in found.items()}
