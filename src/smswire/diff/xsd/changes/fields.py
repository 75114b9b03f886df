"""Fields that only one side has: added, removed, renamed, moved, or become attributes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from attrs import define, evolve, field, frozen

from smswire.diff.model import Change, Place
from smswire.diff.xsd.changes.items import Item, counted, occurrences, shown
from smswire.diff.xsd.changes.likeness import same_type
from smswire.diff.xsd.components import Attribute, Element, Type, Wildcard

_SIMILAR = 0.7


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


@define(eq=False)
class Fields:
    """All fields that came and went."""

    removed: list[Field] = field(factory=list[Field])
    added: list[Field] = field(factory=list[Field])
    changes: list[Change] = field(factory=list[Change])

    def renamed(self, removed: list[Field], added: list[Field]) -> list[tuple[Field, Field]]:
        """Of one type's fields, take out those that are taken for renamed, and note the rest."""
        found: list[tuple[Field, Field]] = []
        candidates = sorted(
            ((_likeness(gone, new), gone, new) for gone in removed for new in added), key=lambda each: -each[0]
        )
        taken: set[int] = set()
        for likeness, gone, new in candidates:
            if likeness > 0 and id(gone) not in taken and id(new) not in taken:
                taken |= {id(gone), id(new)}
                found.append((gone, new))
                rule = "F007" if isinstance(gone.declared, Element) == isinstance(new.declared, Element) else "F009"
                self.changes.append(_both(rule, gone, new, gone.name, new.name))
        self.removed += [each for each in removed if id(each) not in taken]
        self.added += [each for each in added if id(each) not in taken]
        return found

    def told(self) -> Iterator[Change]:
        """The changes that all fields together are."""
        moved = dict(self._moved())
        for each in self.removed:
            other = moved.get(id(each))
            if other is not None:
                yield _both("F008", each, other, each.document_path, other.document_path)
            else:
                yield _gone(each)
        arrived = {id(each) for each in moved.values()}
        yield from (_come(each) for each in self.added if id(each) not in arrived)
        yield from self.changes

    def _moved(self) -> Iterator[tuple[int, Field]]:
        for each in self.removed:
            others = [other for other in self.added if _same_elsewhere(each, other)]
            back = [other for other in self.removed if others and _same_elsewhere(other, others[0])]
            if len(others) == len(back) == 1:
                yield id(each), others[0]


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


def _likeness(gone: Field, new: Field) -> float:
    """How sure it is that a field is another by a new name; 0 for not at all."""
    if not same_type(gone.type, new.type) or gone.together or new.together:
        return 0
    old, now = (each.declared.name[1] for each in (gone, new))
    kinds = isinstance(gone.declared, Element), isinstance(new.declared, Element)
    if kinds[0] != kinds[1]:
        return 2 if old == now else 0
    likeness = SequenceMatcher(None, _plain(old), _plain(now)).ratio()
    if likeness >= _SIMILAR:
        return likeness
    there = kinds[0] and gone.at == new.at and gone.required == new.required and gone.branch == new.branch
    return likeness / 2 if there and likeness >= _SIMILAR / 2 else 0


def _plain(name: str) -> str:
    return name.casefold().replace("_", "").replace("-", "").replace(".", "")


def _same_elsewhere(gone: Field, new: Field) -> bool:
    """Whether a field is found again above, below or beside where it was."""
    if gone.name != new.name or gone.path == new.path or not same_type(gone.type, new.type):
        return False
    old, now = gone.path.split("/"), new.path.split("/")
    shorter = min(len(old), len(now))
    return old[:shorter] == now[:shorter] or old[:-1] == now[:-1]


def _gone(each: Field) -> Change:
    rule = (
        "F010"
        if each.forbidden and not each.required
        else "S502"
        if each.branch
        else "F004"
        if each.required
        else "F003"
    )
    return Change(
        rule=rule,
        path=each.document_path,
        old=each.branch or _shown(each),
        old_place=each.place,
        open=each.open and rule == "F003",
        children=tuple(_gone(other) for other in each.together),
    )


def _come(each: Field) -> Change:
    rule = "S501" if each.branch else "F001" if each.required else "F002"
    return Change(
        rule=rule,
        path=each.document_path,
        new=each.branch or _shown(each),
        new_place=each.place,
        open=each.open and rule == "F002",
        children=tuple(_come(other) for other in each.together),
    )


def _shown(each: Field) -> str:
    return f"{each.name} and {len(each.together)} more" if each.together else each.name


def _both(rule: str, old: Field, new: Field, was: str, now: str) -> Change:
    return Change(rule=rule, path=old.document_path, old=was, new=now, old_place=old.place, new_place=new.place)
