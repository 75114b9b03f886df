"""What became of fields that only one side has: added, removed, renamed, moved, or become attributes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from attrs import define, evolve, field

from smswire.diff.model import Change
from smswire.diff.xsd.changes import wrapping
from smswire.diff.xsd.changes.fields import Field
from smswire.diff.xsd.changes.likeness import same_type
from smswire.diff.xsd.components import Element

_SIMILAR = 0.7
_LEAST = 0.01


@define(eq=False)
class Fields:
    """All fields that came and went."""

    removed: list[Field] = field(factory=list[Field])
    added: list[Field] = field(factory=list[Field])
    changes: list[Change] = field(factory=list[Change])

    def paired(self, removed: list[Field], added: list[Field]) -> list[tuple[Field, Field]]:
        """Of one type's fields, take out those that are taken for others, wrapped or renamed, and note the rest."""
        found = self._wrapped(removed, added, wrap=True) + self._wrapped(added, removed, wrap=False)
        return found + self._renamed(removed, added)

    def _wrapped(self, fields: list[Field], others: list[Field], *, wrap: bool) -> list[tuple[Field, Field]]:
        """Take out the fields that stand within one of the others, with that one."""
        pairs: list[tuple[Field, Field]] = []
        for wrapper in list(others):
            found = wrapping.within(wrapper, fields)
            if not found:
                continue
            others.remove(wrapper)
            for each, _ in found:
                fields.remove(each)
            moved = found if wrap else [(inner, each) for each, inner in found]
            told = [_moved(gone, come) for gone, come in moved]
            around = _come(wrapper) if wrap else _gone(wrapper)
            self.changes.append(evolve(told[0], children=(*told[1:], around)))
            pairs += moved
        return pairs

    def _renamed(self, removed: list[Field], added: list[Field]) -> list[tuple[Field, Field]]:
        """Take out the fields that are taken for renamed, and note the rest."""
        found: list[tuple[Field, Field]] = []
        lone = _lone(removed) & _lone(added)
        candidates = sorted(
            ((_likeness(gone, new, lone), gone, new) for gone in removed for new in added), key=lambda each: -each[0]
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
                yield _moved(each, other)
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


def _lone(fields: Iterable[Field]) -> set[int]:
    """The places among the elements of both sides at which one alone came or went."""
    found = Counter(each.at for each in fields if isinstance(each.declared, Element))
    return {at for at, count in found.items() if count == 1}


def _likeness(gone: Field, new: Field, lone: set[int]) -> float:
    """How sure it is that a field is another by a new name; 0 for not at all. `lone` are places of one element."""
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
    if not there or (likeness < _SIMILAR / 2 and gone.at not in lone):
        return 0
    return max(likeness / 2, _LEAST)


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


def _moved(old: Field, new: Field) -> Change:
    return _both("F008", old, new, old.document_path, new.document_path)


def _both(rule: str, old: Field, new: Field, was: str, now: str) -> Change:
    return Change(rule=rule, path=old.document_path, old=was, new=now, old_place=old.place, new_place=new.place)
