"""The root elements that only one of two schemas has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smswire.diff.model import Change
from smswire.diff.xsd.changes import fields
from smswire.diff.xsd.components import Element
from smswire.diff.xsd.names import Name
from smswire.diff.xsd.sides import Side

Roots = dict[Name, Element]


def renamed(old: Side, new: Side, gone: Roots, come: Roots) -> list[tuple[Element, Element]]:
    """The only root of each side that nothing refers to, when their types are the same; it is taken out."""
    lone = [
        [each for each in found.values() if each.name not in side.survey.referenced]
        for found, side in ((gone, old), (come, new))
    ]
    if len(lone[0]) != 1 or len(lone[1]) != 1 or not fields.same_type(lone[0][0].type, lone[1][0].type):
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
    """The roots of one side alone. Those that are told of as fields already are left out."""
    known = {(each.old is not None, name) for each in told for name in _names(each)}
    for mine, theirs in renamed:
        yield _root("N703", theirs.name[1], mine, theirs)
    for each in gone.values():
        if each.name not in sides[0].survey.referenced or (True, each.name[1]) not in known:
            yield _root("N703", each.name[1], each, None)
    for each in come.values():
        if each.name not in sides[1].survey.referenced or (False, each.name[1]) not in known:
            yield _root("N704", each.name[1], None, each)


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
