"""Fields that went at one path and came at another, by themselves or in an object that went or came with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from attrs import evolve, frozen

from smswire.diff.json import nodes, values
from smswire.diff.json.changes.drafts import FIELDS_ADDED, FIELDS_REMOVED, Draft
from smswire.diff.json.nodes import Node


@frozen
class _Seen:
    """A field that went or came."""

    draft: int
    """The change that tells of it, or of the object that it is in."""
    path: str
    content: Node
    inside: bool
    """Whether it is in an object that went or came."""

    @property
    def parent(self) -> str:
        return self.path.rpartition("/")[0]


_Move: TypeAlias = tuple[_Seen, _Seen]


def joined(drafts: list[Draft]) -> list[Draft]:
    """The changes, with fields that went and came elsewhere, each the only one of its name and content, as moved."""
    told: dict[int, Draft] = dict(enumerate(drafts))
    for group in _groups(drafts):
        gone, come = (drafts[each.draft] for each in group[0])
        many = len(group) > 1
        paths = [[each.path for each in side] for side in zip(*group, strict=True)]
        moved = evolve(
            gone,
            rule="F008",
            path=group[0][0].parent if many else paths[0][0],
            old=values.listed(paths[0]),
            new=group[0][1].parent if many and group[0][1].inside else values.listed(paths[1]),
            places=(gone.places[0], come.places[1]),
            effect=None,
            open=False,
        )
        for one, other in group:
            for each in (one, other):
                if not each.inside or _is_all(drafts[each.draft], group):
                    told.pop(each.draft, None)
        told[group[0][0 if not group[0][0].inside else 1].draft] = moved
    return [told[index] for index in sorted(told)]


def _groups(drafts: list[Draft]) -> Iterator[list[_Move]]:
    """The moves, those together that an object went or came for and nothing else."""
    groups: dict[tuple[str, str, int], list[_Move]] = {}
    for one, other in _moves(drafts):
        container = other.draft if other.inside else one.draft if one.inside else -1
        groups.setdefault((one.parent, other.parent, container), []).append((one, other))
    for (_, _, container), group in groups.items():
        if container >= 0 and _is_all(drafts[container], group):
            yield group
        else:
            yield from ([each] for each in group)


def _is_all(container: Draft, group: list[_Move]) -> bool:
    """Whether an object has no other fields than those that moved."""
    return {name for name, _ in _fields(container)} == {each.path.rpartition("/")[2] for each, _ in group}


def _moves(drafts: list[Draft]) -> Iterator[_Move]:
    gone, come = _seen(drafts, FIELDS_REMOVED), _seen(drafts, FIELDS_ADDED)
    pairs = [(ones[0], come[words][0]) for words, ones in gone.items() if len(ones) == len(come.get(words, ())) == 1]
    moves = [each for each in pairs if _may_be(*each)]
    whole = {each.draft for move in moves for each in move if not each.inside}
    # what moved takes its fields along
    yield from (move for move in moves if not any(each.inside and each.draft in whole for each in move))


def _may_be(one: _Seen, other: _Seen) -> bool:
    if one.parent == other.parent or (one.inside and other.inside):
        return False
    if not isinstance(one.content, nodes.OfType | nodes.OneOfValues):
        return True
    # so many fields are plain texts that it tells nothing, but of what is put deeper or less deep in one object
    short, long = sorted((one.parent, other.parent), key=len)
    return f"{long}/".startswith(f"{short}/") and "/*" not in long[len(short) :]


def _seen(drafts: list[Draft], rules: frozenset[str]) -> Mapping[tuple[str, Node], list[_Seen]]:
    """The fields of some changes and within them, by name and content."""
    found: dict[tuple[str, Node], list[_Seen]] = {}
    for index, each in enumerate(drafts):
        if each.rule in rules and each.content is not None:
            seen = [_Seen(index, each.path, each.content, inside=False)]
            seen += [_Seen(index, f"{each.path}/{name}", part, inside=True) for name, part in _fields(each)]
            for one in seen:
                if not isinstance(one.content, nodes.Anything | nodes.Nothing):
                    found.setdefault((one.path.rpartition("/")[2], one.content), []).append(one)
    return found


def _fields(draft: Draft) -> Iterator[tuple[str, Node]]:
    """The properties of an object that went or came."""
    content = draft.content
    for each in content.parts if isinstance(content, nodes.Both) else [content]:
        if isinstance(each, nodes.Property):
            yield each.name, each.part
