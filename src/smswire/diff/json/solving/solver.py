"""The search for a value: types apart, assertions first, choices only where a value found so far fails them.

Goals come up again and again in recursive schemas. `assumptions` keeps what they came to.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from math import inf

from smswire.diff.json import nodes
from smswire.diff.json.evaluation import holds
from smswire.diff.json.jsontypes import type_of
from smswire.diff.json.nodes import ARRAY, BOOLEAN, FRACTION, INTEGER, NULL, OBJECT, STRING, WHOLE, Mask, Node
from smswire.diff.json.solving import arrays, numbers, objects, strings
from smswire.diff.json.solving.assumptions import Assumptions
from smswire.diff.json.solving.literals import (
    Alternative,
    Clause,
    Goal,
    Literals,
    extended,
    flat,
    of_type,
    relevant,
    ways,
)
from smswire.diff.json.solving.outcomes import EMPTY, Outcome, OutOfTime, Reason, best, found, perhaps
from smswire.diff.json.universe import Universe
from smswire.diff.json.values import Json, key

_ORDER = (NULL, BOOLEAN, INTEGER, WHOLE, FRACTION, STRING, ARRAY, OBJECT)
_FEW = 16


class Solver:
    """Answers goals over one universe of nodes; `samples` are texts that patterns and formats may take."""

    def __init__(self, universe: Universe, *, deadline: float = inf, samples: Iterable[str] = ()) -> None:
        self.universe = universe
        self.deadline = deadline
        self.samples = tuple(samples)
        self._assumptions = Assumptions()
        self._ticks = 0

    @property
    def until(self) -> float | None:
        return None if self.deadline == inf else self.deadline

    def answer(self, holding: Iterable[Node], failing: Iterable[Node] = ()) -> Outcome:
        """A value that all of `holding` hold for and none of `failing`. Raises `OutOfTime`."""
        mine, theirs = list(holding), list(failing)
        while True:
            outcome = self.solve(mine, theirs)
            if outcome.found or not self._assumptions.open:
                return outcome
            while (asked := self._assumptions.next()) is not None:
                self._typed(asked[0], (asked[1], asked[2]))

    def solve(self, holding: Iterable[Node], failing: Iterable[Node] = ()) -> Outcome:
        """As `answer`, but on assumptions, where goals come up within themselves or are nested deeply."""
        goal = flat(holding, failing)
        if goal is None:
            return EMPTY
        kinds: Mask = nodes.ALL if self.universe.writing_counts else nodes.ALL & ~WHOLE
        for each in goal[0]:
            kinds &= each.may
        for each in goal[1]:
            kinds &= ~each.must
        return best(self._typed(kind, goal) for kind in _ORDER if kind & kinds)

    def _typed(self, kind: Mask, goal: Goal) -> Outcome:
        asked = (kind, *goal)
        known = self._assumptions.known(asked)
        if known is not None:
            return known
        self._tick()
        with self._assumptions.proving(asked) as proof:
            proof.outcome = self._searched(kind, goal)
        return proof.outcome

    def _tick(self) -> None:
        self._ticks += 1
        if not self._ticks % 32 and time.monotonic() > self.deadline:
            raise OutOfTime

    def _searched(self, kind: Mask, goal: Goal) -> Outcome:
        while True:
            literals = of_type(self.universe, kind, goal)
            if literals is None:
                return EMPTY
            if literals.listed is not None:
                values = (each for value in literals.listed.values() for each in _spellings(value, kind))
                outcome = best(_judged(goal, each) for each in values)
                if outcome.found or outcome.empty or not literals.clauses:
                    return outcome
            elif not literals.clauses:
                return self._plain(literals)
            chosen = self._chosen(kind, goal, literals)
            if isinstance(chosen, Outcome):
                return chosen
            clause, open_ways = chosen
            goals = [taken for way in open_ways if (taken := self._taken(kind, goal, clause, way)) is not None]
            if len(goals) != 1:
                return best(self._typed(kind, each) for each in goals)
            goal = goals[0]

    def _chosen(self, kind: Mask, goal: Goal, literals: Literals) -> Outcome | tuple[Clause, list[Alternative]]:
        """The clause to be decided next, with the ways to do so, or what the goal comes to without."""
        choices: list[tuple[Clause, list[Alternative]]] = []
        few = len(literals.clauses) <= _FEW
        for clause in literals.clauses:
            if few and (found := ways(goal, kind, clause)) is not None:
                if len(found) < 2:
                    return clause, found
                choices.append((clause, found))
        nodes_of_clauses = {each.node for each in literals.clauses}
        model = self._typed(kind, (goal[0] - nodes_of_clauses, goal[1] - nodes_of_clauses))
        if model.empty:
            return model
        if not few:
            # where there are many, most hold for any value
            choices = self._failed(kind, goal, literals.clauses, model)
        elif model.has_value:
            choices = [each for each in choices if holds(each[0].node, model.value) is not each[0].holds]
        return min(choices, key=_ways) if choices else model

    def _failed(
        self, kind: Mask, goal: Goal, clauses: list[Clause], model: Outcome
    ) -> list[tuple[Clause, list[Alternative]]]:
        found: list[tuple[Clause, list[Alternative]]] = []
        for clause in clauses:
            if model.has_value and holds(clause.node, model.value) is clause.holds:
                continue
            if (open_ways := ways(goal, kind, clause)) is not None:
                found.append((clause, open_ways))
        return found

    def _taken(self, kind: Mask, goal: Goal, clause: Clause, way: Alternative) -> Goal | None:
        """The goal when a clause is satisfied in one way."""
        without = {clause.node}
        rest = (goal[0] - without, goal[1]) if clause.holds else (goal[0], goal[1] - without)
        taken = extended(rest, way.holding, way.failing)
        return relevant(taken) if taken is not None and kind == OBJECT and way.holding else taken

    def _plain(self, literals: Literals) -> Outcome:
        """A value that satisfies assertions about one type."""
        outcome = _BY_KIND[literals.kind](self, literals)
        if literals.unknown and not outcome.empty:
            reasons = [*outcome.reasons, *(((), each.why) for each in literals.unknown)]
            return perhaps(outcome.value, reasons, tried=outcome.has_value)
        return outcome


def _ways(choice: tuple[Clause, list[Alternative]]) -> tuple[int, bool, int]:
    clause, found = choice
    return len(found), clause.holds, clause.node.serial


def _judged(goal: Goal, value: Json) -> Outcome:
    """Whether a value fits the goal."""
    reasons: list[Reason] = []
    for wanted, asked in ((True, goal[0]), (False, goal[1])):
        for node in asked:
            answer = holds(node, value)
            if answer is None:
                reasons.append(((), node.why if isinstance(node, nodes.Unknown) else "a value cannot be judged"))
            elif answer is not wanted:
                return EMPTY
    return perhaps(value, reasons) if reasons else found(value)


def _spellings(value: Json, kind: Mask) -> list[Json]:
    """The value as values of one type are written."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and kind & (INTEGER | WHOLE):
        if value != int(value):
            return []
        return [int(value) if kind == INTEGER else Decimal(int(value))]
    return [value] if type_of(value) == kind else []


def _null(_: Solver, literals: Literals) -> Outcome:
    return EMPTY if None in literals.excluded else found(None)


def _boolean(_: Solver, literals: Literals) -> Outcome:
    return next((found(each) for each in (True, False) if key(each) not in literals.excluded), EMPTY)


def _number(_: Solver, literals: Literals) -> Outcome:
    return numbers.solve(literals)


_BY_KIND: Mapping[Mask, Callable[[Solver, Literals], Outcome]] = {
    NULL: _null,
    BOOLEAN: _boolean,
    INTEGER: _number,
    WHOLE: _number,
    FRACTION: _number,
    STRING: strings.solve,
    ARRAY: arrays.solve,
    OBJECT: objects.solve,
}
