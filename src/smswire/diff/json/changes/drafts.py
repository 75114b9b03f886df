"""Changes while they are found: what later steps may still join, with the content that they are about."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import TypeAlias

from attrs import define, evolve, field, frozen

from smswire.diff.json.changes.views import Spot, View
from smswire.diff.json.locations import Mark
from smswire.diff.json.nodes import Node
from smswire.diff.json.solving import OutOfTime, Solver
from smswire.diff.json.universe import Universe
from smswire.diff.model import Change, Effect

_MOMENT = 0.15
FIELDS_ADDED = frozenset({"F001", "F002"})
FIELDS_REMOVED = frozenset({"F003", "F004"})
_ADDED = FIELDS_ADDED | {"S501", "V301", "D801", "D802"}
_JUDGED = {"S503", "S507", "S508", "S509", "O603", "O604"}
"""What is only restructured where it does nothing."""
_REMOVED = FIELDS_REMOVED | {"S502", "V302"}

Cause: TypeAlias = Hashable


@frozen(kw_only=True)
class Draft:
    """A change whose places are not looked up yet."""

    rule: str
    path: str
    old: str | None = None
    new: str | None = None
    places: tuple[Mark, Mark]
    effect: Effect | None = None
    open: bool = False
    note: str = ""
    content: Node | None = field(default=None, eq=False)
    """What was added or removed."""

    @property
    def cause(self) -> Cause:
        """The same for what is seen at several paths and written once."""
        old = None if self.rule in _ADDED else self.places[0]
        new = None if self.rule in _REMOVED else self.places[1]
        return self.rule, old, new, self.old, self.new, self.effect if old and new else None

    def change(self) -> Change:
        """The change with its places."""
        return Change(
            rule=self.rule,
            path=self.path,
            old=self.old,
            new=self.new,
            old_place=self.places[0].place,
            new_place=self.places[1].place,
            effect=self.effect,
            open=self.open,
            note=self.note,
        )


@define(eq=False)
class Finder:
    """Where the changes of one place are told to, and the places still to be compared."""

    universe: Universe
    deadline: float
    compare: Callable[[str, Spot, Spot], None]
    """Compare a part of the documents later."""
    found: dict[Cause, Draft] = field(factory=dict[Cause, Draft])

    def add(self, draft: Draft) -> None:
        if draft.effect == "neutral" and draft.rule in _JUDGED:
            draft = evolve(draft, rule="D803")
        self.found.setdefault(draft.cause, draft)

    def forget(self, count: int) -> None:
        """Take back all but the first so many changes."""
        while len(self.found) > count:
            self.found.popitem()

    def node(self, view: View, spot: Spot) -> Node:
        """The node of some of a side's schemas."""
        return self.universe.both(view.side.node_of(each) for each in spot)

    def effect(self, old: Node, new: Node) -> Effect:
        """What a change does to the values of one place, if that is found out in a moment."""
        if old is new:
            return "neutral"
        until = min(time.monotonic() + _MOMENT, self.deadline)
        answers: list[bool | None] = []
        for sub, sup in ((old, new), (new, old)):
            try:
                outcome = Solver(self.universe, deadline=until).answer([sub], [sup])
            except (OutOfTime, RecursionError):
                return "unknown"
            answers.append(True if outcome.empty else False if outcome.found or outcome.certain else None)
        if None in answers:
            return "unknown"
        kept, none_new = answers
        return ("neutral" if none_new else "widens") if kept else ("narrows" if none_new else "both")
