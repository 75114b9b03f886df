"""Fields that went and others that came, and seem to be the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from attrs import evolve

from smswire.diff.json import nodes
from smswire.diff.json.changes import moving
from smswire.diff.json.changes.drafts import FIELDS_ADDED, FIELDS_REMOVED, Draft
from smswire.diff.json.nodes import Node

_LIKE = 0.6
_MANY = 40
"""Among more fields of the same content no two can be told to be the same."""


def joined(drafts: Iterable[Draft]) -> list[Draft]:
    """The changes, with a field that went and one that came told as one that was renamed or moved."""
    told = moving.joined(list(drafts))
    pairs = dict(_pairs(told))
    taken = set(pairs.values())
    return _as_tags(
        [
            _told(each, told[pairs[index]]) if index in pairs else each
            for index, each in enumerate(told)
            if index not in taken
        ]
    )


def _as_tags(drafts: list[Draft]) -> list[Draft]:
    """The changes, with a field that alternatives have and tell apart by its value told once when it was renamed."""
    groups: dict[tuple[str | None, ...], list[Draft]] = {}
    for each in drafts:
        if each.rule == "F007" and _is_fixed(each):
            groups.setdefault((each.path, each.old, each.new), []).append(each)
    once: dict[Draft, Draft | None] = {}
    for group in groups.values():
        if len({each.content for each in group}) > 1:
            once |= dict.fromkeys(group)
            once[group[0]] = evolve(group[0], rule="S510", path=group[0].path.rpartition("/")[0])
    told = (once.get(each, each) for each in drafts)
    return [each for each in told if each is not None]


def _is_fixed(draft: Draft) -> bool:
    """Whether a field has one value."""
    return isinstance(draft.content, nodes.OneOfValues) and len(draft.content.values) == 1


def _pairs(drafts: list[Draft]) -> Iterator[tuple[int, int]]:
    gone: dict[Node, list[int]] = {}
    come: dict[Node, list[int]] = {}
    for index, each in enumerate(drafts):
        if each.content is not None and not isinstance(each.content, nodes.Anything | nodes.Nothing):
            if each.rule in FIELDS_REMOVED:
                gone.setdefault(each.content, []).append(index)
            elif each.rule in FIELDS_ADDED:
                come.setdefault(each.content, []).append(index)
    for content, ones in gone.items():
        others = come.get(content, [])
        if len(ones) <= _MANY and len(others) <= _MANY:
            yield from _best(drafts, ones, others)


def _best(drafts: list[Draft], ones: list[int], others: list[int]) -> Iterator[tuple[int, int]]:
    """Fields of the same content, the likeliest pairs first."""
    scored = [(-_score(drafts[one], drafts[other]), one, other) for one in ones for other in others]
    used: set[int] = set()
    for score, one, other in sorted(scored):
        if -score >= _LIKE and one not in used and other not in used:
            used |= {one, other}
            yield one, other


def _score(one: Draft, other: Draft) -> float:
    """How likely two fields are the same, from 0 to 1."""
    parent, name = one.path.rpartition("/")[::2]
    other_parent, other_name = other.path.rpartition("/")[::2]
    if parent == other_parent:
        if name != other_name and _is_fixed(one) and {one.rule, other.rule} == {"F001", "F004"} and _beside(one, other):
            return 1.0
        return 0.0 if name == other_name else SequenceMatcher(None, name.lower(), other_name.lower()).ratio()
    # so many fields are plain texts that it tells nothing
    simple = isinstance(one.content, nodes.OfType | nodes.OneOfValues)
    return 0.9 if name == other_name and not simple else 0.0


def _beside(gone: Draft, come: Draft) -> bool:
    """Whether a field came where the other went, not in another alternative."""
    where, field = gone.places[1], come.places[1]
    return where.document is field.document and where.pointer == field.pointer[:-1]


def _told(gone: Draft, come: Draft) -> Draft:
    renamed = gone.path.rpartition("/")[0] == come.path.rpartition("/")[0]
    names = [each.path.rpartition("/")[2] if renamed else each.path for each in (gone, come)]
    return evolve(
        gone,
        rule="F007" if renamed else "F008",
        old=names[0],
        new=names[1],
        places=(gone.places[0], come.places[1]),
        effect=None,
        open=False,
    )
