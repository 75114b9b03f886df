"""Which names of two schemas are the same: exactly, or but for a changed namespace, which is said once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeVar

from attrs import evolve

from smswire.diff.model import Change, Place
from smswire.diff.xsd.components import Constraint
from smswire.diff.xsd.names import Name, place
from smswire.diff.xsd.namespaces import Namespaces
from smswire.diff.xsd.schema import Schema


class Placed(Protocol):
    """What has a place in a schema."""

    @property
    def place(self) -> Place: ...


A = TypeVar("A", bound=Placed)
B = TypeVar("B", bound=Placed)


class Naming:
    """Pairs names, and remembers which namespaces and which forms of names have changed."""

    def __init__(self, old: Schema, new: Schema) -> None:
        self._old = old
        self._new = new
        self._moved: dict[str, str] = {}
        self._said: set[tuple[str, ...]] = set()
        self.changes: list[Change] = []
        if old.namespace != new.namespace:
            self._namespace(old.namespace, new.namespace)

    def same(self, old: Name, new: Name) -> bool:
        """Whether two names are the same, but for a namespace that is known to have changed."""
        return old == new or (self._moved.get(old[0]), old[1]) == new

    def moved(self, old: Namespaces) -> Namespaces:
        """Some namespaces of the old schema, those that are known to have changed as they are now."""
        return Namespaces(frozenset(self._moved.get(each, each) for each in old.names), old.negated)

    def moved_constraint(self, old: Constraint) -> Constraint:
        """An identity constraint of the old schema, with the namespaces that its names have now."""
        refers = None if old.refers is None else (self._moved.get(old.refers[0], old.refers[0]), old.refers[1])
        fields = tuple(self._moved_path(each) for each in old.fields)
        return evolve(old, selector=self._moved_path(old.selector), fields=fields, refers=refers)

    def _moved_path(self, path: str) -> str:
        for old, new in self._moved.items():
            path = path.replace(f"{{{old}}}", f"{{{new}}}")
        return path

    def pairs(self, old: Mapping[Name, A], new: Mapping[Name, B], what: str, path: str) -> list[tuple[Name, Name]]:
        """The names that are the same on both sides, of what stands at a path. `what` is "element" or "attribute"."""
        found = [(name, other) for name in old if (other := self._exactly(name, new)) is not None]
        mine, theirs = {name for name, _ in found}, {name for _, name in found}
        by_local: dict[str, list[Name]] = {}
        for name in new:
            if name not in theirs:
                by_local.setdefault(name[1], []).append(name)
        for name in old:
            others = by_local.get(name[1], [])
            if name not in mine and len(others) == 1:
                self._moved_name(name, others[0], what, path, (old[name].place, new[others[0]].place))
                found.append((name, others[0]))
                by_local[name[1]] = []
        return found

    def _exactly(self, name: Name, new: Mapping[Name, B]) -> Name | None:
        if name in new:
            return name
        moved = (self._moved.get(name[0], name[0]), name[1])
        return moved if moved in new else None

    def _moved_name(self, old: Name, new: Name, what: str, path: str, places: tuple[Place, Place]) -> None:
        if "" in (old[0], new[0]) and {old[0], new[0]} <= {"", self._old.namespace, self._new.namespace}:
            self._form(old, new, what, path, places)
        else:
            self._namespace(old[0], new[0])

    def _namespace(self, old: str, new: str) -> None:
        self._moved.setdefault(old, new)
        if ("namespace", old, new) not in self._said:
            self._said.add(("namespace", old, new))
            roots = [place(each.library.main.root, each.library.main.file) for each in (self._old, self._new)]
            self._say("N701", "/", old or "none", new or "none", (roots[0], roots[1]))

    def _form(self, old: Name, new: Name, what: str, path: str, places: tuple[Place, Place]) -> None:
        """Note that a name has a namespace on one side alone: by the default of its file, or by itself."""
        sides = ((self._old, old, places[0]), (self._new, new, places[1]))
        forms = [f"{'qualified' if name[0] else 'unqualified'} {what}" for _, name, _ in sides]
        files = [each for side, _, at in sides for each in side.library.sources if each.file == at.file]
        defaults = {each.default(f"{what}FormDefault") or "unqualified" for each in files}
        mark = "@" if what == "attribute" else ""
        whole = len(defaults) > 1
        said = ("form", what) if whole else ("form", f"{path}/{mark}{new[1]}")
        if said in self._said:
            return
        self._said.add(said)
        if whole:
            roots = place(files[0].root, files[0].file), place(files[-1].root, files[-1].file)
            self._say("N702", "/", f"{forms[0]}s", f"{forms[1]}s", roots)
        else:
            self._say("N702", said[1], f"{forms[0]} {old[1]}", f"{forms[1]} {new[1]}", places)

    def _say(self, rule: str, path: str, old: str, new: str, places: tuple[Place, Place]) -> None:
        self.changes.append(Change(rule=rule, path=path, old=old, new=new, old_place=places[0], new_place=places[1]))
