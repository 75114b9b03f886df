"""The root elements that only one of two schemas has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from smswire.diff.model import Change
from smswire.diff.xsd.changes.likeness import same_type
from smswire.diff.xsd.changes.naming import Naming
from smswire.diff.xsd.components import Attribute, Element
from smswire.diff.xsd.names import Name
from smswire.diff.xsd.sides import Side

_HELD = "where any element may stand, what was any content under that name is held to the declaration now"
_DECLARED = "a global attribute, which holds where any attribute may stand"

Roots = dict[Name, Element]


def renamed(old: Side, new: Side, gone: Roots, come: Roots) -> list[tuple[Element, Element]]:
    """The only root of each side that nothing refers to, when their types are the same; it is taken out."""
    lone = [
        [each for each in found.values() if each.name not in side.survey.referenced]
        for found, side in ((gone, old), (come, new))
    ]
    if len(lone[0]) != 1 or len(lone[1]) != 1 or not same_type(lone[0][0].type, lone[1][0].type):
        return []
    mine, theirs = lone[0][0], lone[1][0]
    del gone[mine.name], come[theirs.name]
    return [(mine, theirs)]


def tell(
    sides: tuple[Side, Side],
    gone: Roots,
    come: Roots,
    renamed: Iterable[tuple[Element, Element]],
    told: Iterable[Change],
) -> Iterator[Change]:
    """The roots of one side alone. Those that are told of as fields already are left out, if that is all they are."""
    known = {(each.old is not None, name) for each in told for name in _names(each)}
    for mine, theirs in renamed:
        yield _root("N703", mine.name[1], mine, theirs)
    for each in gone.values():
        if each.name not in sides[0].survey.referenced or (True, each.name[1]) not in known:
            yield _root("N703", each.name[1], each, None)
    for each in come.values():
        lone = each.name not in sides[1].survey.referenced or (False, each.name[1]) not in known
        if sides[0].survey.open and each.type is not sides[1].schema.any_type:
            yield evolve(_root("N704", each.name[1], None, each), effect="both" if lone else "narrows", note=_HELD)
        elif lone:
            yield _root("N704", each.name[1], None, each)


def attributes(naming: Naming, old: Side, new: Side) -> Iterator[Change]:
    """The global attributes that one side alone declares, where any attribute may stand."""
    before, after = (_attributes(each) for each in (old, new))
    both = [(name, other) for name in before for other in after if naming.same(name, other)]
    come = after.keys() - {name for _, name in both} if old.survey.open_to_attributes else ()
    gone = before.keys() - {name for name, _ in both} if new.survey.open_to_attributes else ()
    for each in [after[name] for name in sorted(come)]:
        yield Change(rule="O603", path=f"/*/@{each.name[1]}", new=each.name[1], new_place=each.place, note=_DECLARED)
    for each in [before[name] for name in sorted(gone)]:
        yield Change(rule="O604", path=f"/*/@{each.name[1]}", old=each.name[1], old_place=each.place, note=_DECLARED)


def _attributes(side: Side) -> dict[Name, Attribute]:
    names = (name for name, _ in side.schema.library.globals("attribute"))
    return {name: found for name in names if (found := side.schema.attribute(name)) is not None}


def _names(change: Change) -> list[str]:
    """The last steps of the paths that a change and its consequences are about."""
    found = [change.path.rpartition("/")[2]]
    for each in change.children:
        found += _names(each)
    return found


def _root(rule: str, name: str, old: Element | None, new: Element | None) -> Change:
    return Change(
        rule=rule,
        path=f"/{name}",
        old=None if old is None else old.name[1],
        new=None if new is None else new.name[1],
        old_place=None if old is None else old.place,
        new_place=None if new is None else new.place,
    )
