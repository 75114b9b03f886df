"""Fields that only one side has, and how they stand among the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from smswire.diff.model import Place
from smswire.diff.xsd.changes.items import Item, counted, occurrences, shown
from smswire.diff.xsd.components import Attribute, Element, Type, Wildcard


@frozen(eq=False)
class Field:
    """An element or an attribute that the type at a path has on one side alone."""

    path: str
    """The path of the element that has it."""
    declared: Element | Attribute
    place: Place
    required: bool
    at: int
    """Its place among those of its kind that both sides have: how many of them come before."""
    open: bool = False
    branch: str | None = None
    """The branch of a choice that it is, or leads, where others have remained."""
    together: tuple[Field, ...] = ()
    """What came or went with it, as one group."""
    forbidden: bool = False

    @property
    def name(self) -> str:
        mark = "@" if isinstance(self.declared, Attribute) else ""
        return mark + self.declared.name[1]

    @property
    def type(self) -> Type:
        return self.declared.type

    @property
    def document_path(self) -> str:
        return f"{self.path}/{self.name}"


def lone(
    model: Item,
    declared: Item,
    path: str,
    known: Sequence[object],
    *,
    wild: Sequence[Wildcard],
    forbidden: bool = False,
) -> Field:
    """A field that only one model has; `known` are the keys of the leaves that both have."""
    assert isinstance(declared.term, Element)
    return Field(
        path=path,
        declared=declared.term,
        place=declared.place,
        required=required(model, declared, set(known)),
        at=_before(model, declared, known),
        open=any(declared.term.name[0] in each.namespaces for each in wild),
        branch=_branch(model, declared, set(known)),
        forbidden=forbidden,
    )


def required(model: Item, leaf: Item, known: set[object]) -> bool:
    """Whether a leaf must come wherever what is known of its group does, be the group itself optional or not."""
    within = known & {each.key for each in model.leaves()}
    for each in model.parts if within else ():
        keys = {part.key for part in each.leaves()}
        if leaf.key in keys and known & keys:
            return required(each, leaf, known)
    return occurrences(counted(model, (1, 1)) if within else model)[leaf.key][0] > 0


def _before(model: Item, declared: Item, known: Sequence[object]) -> int:
    count = 0
    for each in model.leaves():
        if each.key == declared.key:
            break
        count += each.key in known
    return count


def grouped(model: Item, fields: list[Field], known: set[object]) -> list[Field]:
    """The fields of one model, those that stand in a group of nothing else as one."""
    by_key: dict[object, Field] = {each.declared.name: each for each in fields if isinstance(each.declared, Element)}
    found: list[Field] = []
    taken: set[object] = set()
    for keys in _groups(model, known):
        members = [by_key[key] for key in keys if key in by_key and key not in taken]
        taken.update(each.declared.name for each in members)
        if members:
            found.append(evolve(members[0], together=tuple(members[1:])))
    return found + [each for each in fields if each.declared.name not in taken]


def _groups(item: Item, known: set[object]) -> Iterator[list[object]]:
    """The keys of each greatest group that has nothing known in it."""
    for each in item.parts:
        keys = list(dict.fromkeys(leaf.key for leaf in each.leaves() if isinstance(leaf.term, Element)))
        if not known & {leaf.key for leaf in each.leaves()}:
            yield keys
        else:
            yield from _groups(each, known)


def _branch(model: Item, declared: Item, known: set[object]) -> str | None:
    """The part of a choice that a leaf is in, when other parts have what is known and it has not."""
    for each in model.parts:
        keys = {leaf.key for leaf in each.leaves()}
        if declared.key not in keys:
            continue
        if model.kind == "choice" and not keys & known:
            others = {leaf.key for part in model.parts if part is not each for leaf in part.leaves()}
            return shown(each) if others & known else None
        return _branch(each, declared, known)
    return None
