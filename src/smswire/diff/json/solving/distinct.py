"""Values for several goals at once, no two equal."""

from __future__ import annotations

from collections.abc import Sequence

from smswire.diff.json.nodes import Node
from smswire.diff.json.solving.outcomes import EMPTY, Outcome, found, unsure
from smswire.diff.json.solving.support import Search
from smswire.diff.json.values import Json, Key, key

_MOST = 300


def solve(search: Search, goals: Sequence[tuple[list[Node], list[Node]]]) -> Outcome:
    """A list of different values, one for each goal."""
    if len(goals) > _MOST:
        return unsure("more unique items than can be tried")
    choices: list[dict[Key, Json]] = []
    complete = True
    known: dict[tuple[frozenset[Node], frozenset[Node]], tuple[dict[Key, Json], bool]] = {}
    for holding, failing in goals:
        asked = (frozenset(holding), frozenset(failing))
        if asked not in known:
            known[asked] = _several(search, holding, failing, len(goals))
        choices.append(known[asked][0])
        complete = complete and known[asked][1]
    chosen = _matched(choices)
    if chosen is not None:
        return found(chosen)
    # a goal with as many values as there are goals never keeps the others from theirs
    return EMPTY if complete else unsure("items must be unique, and too few values are known")


def _several(search: Search, holding: list[Node], failing: list[Node], count: int) -> tuple[dict[Key, Json], bool]:
    """Up to `count` values of a goal, and whether there are that many or no more."""
    values: dict[Key, Json] = {}
    while len(values) < count:
        others = [search.universe.one_of_values(values.values())] if values else []
        outcome = search.solve(holding, [*failing, *others])
        if not outcome.found or key(outcome.value) in values:
            return values, outcome.empty
        values[key(outcome.value)] = outcome.value
    return values, True


def _matched(choices: list[dict[Key, Json]]) -> list[Json] | None:
    """One value from each choice, no two equal, by augmenting paths."""
    taken: dict[Key, int] = {}

    def place(index: int, seen: set[Key]) -> bool:
        for each in choices[index]:
            if each in seen:
                continue
            seen.add(each)
            if each not in taken or place(taken[each], seen):
                taken[each] = index
                return True
        return False

    if not all(place(index, set()) for index in range(len(choices))):
        return None
    owners = {index: each for each, index in taken.items()}
    return [choices[index][owners[index]] for index in range(len(choices))]
