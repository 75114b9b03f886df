"""Arrays that satisfy assertions: how long they are, and which items are needed where."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice

from smswire.diff.json.evaluation import counted
from smswire.diff.json.nodes import Node
from smswire.diff.json.solving import arrayshape, distinct
from smswire.diff.json.solving.arrayshape import WISHES, Demands
from smswire.diff.json.solving.literals import Literals
from smswire.diff.json.solving.outcomes import EMPTY, Outcome, Reason, best, found, perhaps, unsure, unwritten
from smswire.diff.json.solving.support import Search
from smswire.diff.json.values import Json, key

_LENGTHS = 40
_WAYS = 400
_LONG = 200_000
_LIMITS = 4


def solve(search: Search, literals: Literals) -> Outcome:
    """An array that satisfies all assertions, a short one."""
    return _Arrays(search, literals).solve()


class _Arrays:
    def __init__(self, search: Search, literals: Literals) -> None:
        self.search = search
        self.excluded = literals.excluded
        self.shape = arrayshape.read(literals)
        shape = self.shape
        starts = [each + 1 for each in (*shape.items, *shape.bad)]
        starts += [start for start, _ in shape.rests] + [each.start for each in shape.wishes]
        self.uniform = max(starts, default=0)
        """From this index on all items are alike."""

    def solve(self) -> Outcome:
        shape = self.shape
        high = self._reach()
        if high is not None and high < shape.low:
            return EMPTY
        # longer arrays offer nothing that these do not
        spare = len(shape.wishes) + 2 * shape.repeated + len(self.excluded)
        last = max(shape.low, self.uniform) + spare
        last = last if high is None else min(last, high)
        lengths = range(shape.low, last + 1)
        if shape.low > _LONG or len(shape.wishes) > WISHES:
            return self._long()
        outcome = best(self._of_length(each) for each in islice(lengths, _LENGTHS))
        return (
            unsure("more lengths of arrays than can be tried") if outcome.empty and len(lengths) > _LENGTHS else outcome
        )

    def _long(self) -> Outcome:
        """An array that is too long to be made, where items have nothing to do with each other."""
        shape = self.shape
        each_found = all(self._item(index, {}).found for index in range(self.uniform + 1))
        if shape.wishes or shape.limits or shape.unique or shape.repeated or not each_found:
            return unsure("an array would have to be too long to be tried")
        return unwritten()

    def _reach(self) -> int | None:
        """The greatest length that the items allow."""
        for index in range(self.uniform + 1):
            if self.shape.high is not None and index >= self.shape.high:
                return self.shape.high
            if self._item(index, {}).empty:
                return index
        return self.shape.high

    def _base(self, index: int) -> tuple[list[Node], list[Node]]:
        shape = self.shape
        holding = [*shape.items.get(index, ()), *(part for start, part in shape.rests if index >= start)]
        failing = [*shape.bad.get(index, ()), *(part for part, most in shape.limits if not most)]
        return holding, failing

    def _item(self, index: int, demands: Demands) -> Outcome:
        holding, failing = self._base(min(index, self.uniform))
        more, less = demands.get(index, ((), ()))
        return self.search.solve([*holding, *more], [*failing, *less]).within("*")

    def _of_length(self, length: int) -> Outcome:
        """An array of a length."""
        tried = list(islice(self._demands(length, {}, 0, ()), _WAYS + 1))
        outcome = best(each if isinstance(each, Outcome) else self._filled(length, each) for each in tried[:_WAYS])
        return unsure("more ways to place items than can be tried") if outcome.empty and len(tried) > _WAYS else outcome

    def _demands(
        self, length: int, demands: Demands, index: int, used: tuple[tuple[int, int], ...]
    ) -> Iterator[Demands | Outcome]:
        """Every way to place what must be somewhere."""
        if index == len(self.shape.wishes):
            yield from self._repetitions(length, demands)
            return
        wish = self.shape.wishes[index]
        # untouched items at the end are alike: one of them stands for all
        tail = next((at for at in range(max(self.uniform, wish.start), length) if at not in demands), length)
        places = [*range(wish.start, min(self.uniform, length)), *(at for at in demands if at >= self.uniform), tail]
        for at in places:
            if not wish.start <= at < length or (wish.group, at) in used:
                continue
            more, less = demands.get(at, ((), ()))
            chosen = {**demands, at: ((*more, *wish.holding), (*less, *wish.failing))}
            if not self._item(at, chosen).empty:
                yield from self._demands(length, chosen, index + 1, (*used, (wish.group, at)))

    def _repetitions(self, length: int, demands: Demands) -> Iterator[Demands | Outcome]:
        """Every way to have two equal items, when there must be."""
        if not self.shape.repeated:
            yield demands
            return
        if len(self.shape.limits) > _LIMITS:
            yield unsure("two items must be equal, with many limits to what an array contains")
            return
        last = max((self.uniform, *(each + 1 for each in demands))) + 2
        for one, other in combinations(reversed(range(min(length, last))), 2):
            holding, failing = self._base(min(one, self.uniform))
            more, less = demands.get(one, ((), ()))
            theirs, others = demands.get(other, ((), ()))
            for inside, outside in self._counted():
                chosen = {other: ((*holding, *more, *theirs, *inside), (*failing, *less, *others, *outside))}
                outcome = self._item(other, chosen)
                if outcome.has_value:
                    same = self.search.universe.one_of_values([outcome.value])
                    yield {**demands, other: ((*theirs, same), others), one: ((*more, same), less)}
                elif not outcome.empty:
                    yield unsure("two items must be equal, and no value for them is known")

    def _counted(self) -> Iterator[tuple[tuple[Node, ...], tuple[Node, ...]]]:
        """Every way for an item to count among those that there may be so many of: what it holds, what it fails."""
        parts = [part for part, most in self.shape.limits if most]
        for size in range(len(parts) + 1):
            for inside in combinations(parts, size):
                yield inside, tuple(each for each in parts if each not in inside)

    def _filled(self, length: int, demands: Demands) -> Outcome:
        reasons: list[Reason] = []
        value: list[Json] = []
        explicit = min(length, max((self.uniform, *(each + 1 for each in demands))))
        tried = True
        for index in range(explicit + (explicit < length)):
            outcome = self._item(index, demands)
            if not outcome.has_value and not outcome.certain:
                return outcome
            tried = tried and outcome.has_value
            reasons += outcome.reasons
            value += [outcome.value] * (1 if index < explicit else length - explicit)
        if not tried:
            return self._unshown(reasons)
        if self.shape.unique and (length > explicit + 1 or len({key(each) for each in value}) < length):
            return self._distinct(length, demands)
        if self.shape.limits and not self._within_limits(value):
            return self._limited(length, demands)
        if self.excluded and key(value) in self.excluded:
            return unsure("single arrays are ruled out") if reasons else self._varied(length, demands, value)
        return perhaps(value, reasons) if reasons else found(value)

    def _unshown(self, reasons: list[Reason]) -> Outcome:
        """An array with items that are too long to be made."""
        if self.shape.unique or self.shape.limits or self.excluded:
            return unsure("items would have to be too long to be tried")
        return perhaps(None, reasons, tried=False)

    def _within_limits(self, value: list[Json]) -> bool:
        return all(counted(part, value)[1] <= most for part, most in self.shape.limits)

    def _distinct(self, length: int, demands: Demands) -> Outcome:
        goals = [self._goal(index, demands) for index in range(length)]
        outcome = distinct.solve(self.search, goals)
        if not isinstance(outcome.value, list) or not outcome.found:
            return outcome
        if not self._within_limits(outcome.value) or key(outcome.value) in self.excluded:
            return unsure("items must be unique, and more than that")
        return outcome

    def _goal(self, index: int, demands: Demands) -> tuple[list[Node], list[Node]]:
        holding, failing = self._base(min(index, self.uniform))
        more, less = demands.get(index, ((), ()))
        return [*holding, *more], [*failing, *less]

    def _limited(self, length: int, demands: Demands) -> Outcome:
        """With few enough items that a limited node holds for."""
        [(part, most), *others] = [each for each in self.shape.limits if each[1]]
        if others or self.shape.unique or key([]) in self.excluded:
            return unsure("several limits to what an array contains")
        ways = list(islice(combinations(range(length), min(most, length)), _WAYS + 1))
        outcomes: list[Outcome] = []
        for allowed in ways[:_WAYS]:
            chosen = dict(demands)
            for index in range(length):
                if index not in allowed:
                    more, less = demands.get(index, ((), ()))
                    chosen[index] = (more, (*less, part))
            if not any(self._item(index, chosen).empty for index in range(length)):
                outcomes.append(self._filled(length, chosen))
        if len(ways) > _WAYS:
            outcomes.append(unsure("more ways to place items than can be tried"))
        return best(outcomes)

    def _varied(self, length: int, demands: Demands, value: list[Json]) -> Outcome:
        """An array of the length that is none of those ruled out."""
        if not length:
            return EMPTY
        for index in range(length):
            more, less = demands.get(index, ((), ()))
            other = self.search.universe.one_of_values([value[index]])
            outcome = self._item(index, {index: (more, (*less, other))})
            if outcome.found:
                varied = [*value[:index], outcome.value, *value[index + 1 :]]
                if key(varied) not in self.excluded and not self.shape.unique and self._within_limits(varied):
                    return found(varied)
        return unsure("single arrays are ruled out")
