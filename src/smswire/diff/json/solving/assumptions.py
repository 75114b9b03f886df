"""What goals came to, and on which assumptions.

A goal that comes up again while it is worked on is assumed to have no value: a value that needed itself within itself
would have no end. A goal that comes up too deep within others is assumed to have none, too, and asked by itself later.
What was proven so is forgotten when an assumption turns out wrong.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TypeAlias

from attrs import define, field

from smswire.diff.json.nodes import Mask, Node
from smswire.diff.json.solving.outcomes import EMPTY, Outcome

Asked: TypeAlias = tuple[Mask, frozenset[Node], frozenset[Node]]
"""A type, and nodes that must hold and must not hold for a value of it."""

_DEPTH = 40
"""How deep goals are asked within each other; Python's own depth allows no more."""


_RANKS = {"empty": 0, "unsure": 1, "found": 2}


@define(eq=False)
class Proof:
    """A goal while it is worked on."""

    asked: Asked
    outcome: Outcome = EMPTY
    needs: set[Asked] = field(factory=set[Asked])
    """Goals that were assumed, or proven on assumptions."""


class Assumptions:
    """The outcomes of one search."""

    def __init__(self) -> None:
        self._outcomes: dict[Asked, Outcome] = {}
        self._unproven: set[Asked] = set()
        """Goals whose outcome rests on assumptions."""
        self._dependents: dict[Asked, set[Asked]] = {}
        self._working: dict[Asked, Proof] = {}
        self._current: list[Proof] = []
        self._relied_on: dict[Asked, Outcome] = {}
        """What goals came to that had more than no value, also where that has to be found out again."""
        self._later: dict[Asked, None] = {}
        self._put_off: set[Asked] = set()

    @property
    def open(self) -> bool:
        """Whether something was assumed that is still to be asked."""
        return bool(self._later)

    def next(self) -> Asked | None:
        """A goal that was assumed to have no value, and is to be asked by itself."""
        while self._later:
            asked, _ = self._later.popitem()
            if asked not in self._outcomes:
                return asked
        return None

    def known(self, asked: Asked) -> Outcome | None:
        """What a goal came to, or is assumed to come to. None: it has to be worked on."""
        outcome = self._outcomes.get(asked)
        if outcome is not None:
            if asked in self._unproven:
                self._need(asked)
            return outcome
        deep = len(self._current) >= _DEPTH
        if not deep and asked not in self._working:
            return None
        self._need(asked)
        if deep and asked not in self._working:
            self._later[asked] = None
            self._put_off.add(asked)
        return self._relied_on.get(asked, EMPTY)

    def _need(self, asked: Asked) -> None:
        if self._current:
            self._current[-1].needs.add(asked)

    @contextmanager
    def proving(self, asked: Asked) -> Generator[Proof]:
        """Work on a goal, and keep what it comes to."""
        proof = Proof(asked)
        self._working[asked] = proof
        self._current.append(proof)
        try:
            yield proof
        finally:
            self._current.pop()
            del self._working[asked]
        self._keep(proof)

    def _keep(self, proof: Proof) -> None:
        asked, outcome = proof.asked, proof.outcome
        proof.needs.discard(asked)
        before = self._relied_on.get(asked, EMPTY)
        if _RANKS[outcome.status] < _RANKS[before.status]:
            # more is known now than then, and what is not decided stays so
            outcome = proof.outcome = before
        self._outcomes[asked] = outcome
        if outcome.status != before.status:
            self._relied_on[asked] = outcome
            self._forget(asked)
        if not outcome.found and proof.needs:
            self._unproven.add(asked)
            for each in proof.needs:
                self._dependents.setdefault(each, set()).add(asked)
            self._need(asked)

    def _forget(self, wrong: Asked) -> None:
        """Forget what was proven on another outcome of a goal."""
        todo, again = [wrong], list[Asked]()
        while todo:
            for each in self._dependents.pop(todo.pop(0), ()):
                if each in self._unproven:
                    self._unproven.discard(each)
                    self._outcomes.pop(each, None)
                    todo.append(each)
                    if each in self._put_off:
                        again.append(each)
        # what is nearest to the mistake is asked first
        for each in reversed(again):
            self._later.pop(each, None)
            self._later[each] = None
