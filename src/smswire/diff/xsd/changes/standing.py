"""What may stand for something else: members of substitution groups, and types that documents name."""

from __future__ import annotations

from smswire.diff.model import Change, Place
from smswire.diff.xsd.changes import declarations
from smswire.diff.xsd.components import ComplexType

NAMED = "a type that documents may name by xsi:type"


class Standing:
    """Notes what came, what went and what has another name, each once, wherever it may stand."""

    def __init__(self, changes: list[Change]) -> None:
        self._changes = changes
        self._told: set[tuple[str, str]] = set()
        self.names: set[str] = set()
        """The old names of types that documents name by others now."""

    def gone(self, path: str, name: str, place: Place, note: str) -> None:
        if self._first("S512", name):
            self._changes.append(Change(rule="S512", path=path, old=name, old_place=place, note=note))

    def come(self, path: str, name: str, place: Place, note: str) -> None:
        if self._first("S511", name):
            self._changes.append(Change(rule="S511", path=path, new=name, new_place=place, note=note))

    def renamed(self, old: ComplexType, new: ComplexType, path: str) -> None:
        was, now = declarations.named(old), declarations.named(new)
        if was is not None and self._first("S510", was):
            self.names.add(was)
            self._changes.append(declarations.change("S510", path, (old.place, new.place), was, now, note=NAMED))

    def _first(self, rule: str, name: str) -> bool:
        first = (rule, name) not in self._told
        self._told.add((rule, name))
        return first
