"""Names of properties that no schema mentions, told apart by the patterns that they match."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, combinations

from attrs import define

from smswire.diff.json import nodes
from smswire.diff.json.nodes import STRING, Node
from smswire.diff.json.solving.outcomes import Outcome
from smswire.diff.json.solving.support import Search

_PATTERNS = 6


@define
class Kinds:
    """Every way for a name to match some of the patterns and not the others."""

    patterns: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether the ways are few enough for all to be gone through."""
        return len(self.patterns) <= _PATTERNS

    def __iter__(self) -> Iterator[frozenset[str]]:
        most = len(self.patterns) if self.complete else 2
        ways = chain.from_iterable(combinations(self.patterns, size) for size in range(most + 1))
        yield from (frozenset(each) for each in ways)

    def name(
        self,
        search: Search,
        kind: frozenset[str],
        holding: Iterable[Node],
        failing: Iterable[Node],
        known: Collection[str],
    ) -> Outcome:
        """A name that matches just these patterns, and is none of those that are known."""
        universe = search.universe
        inside = [universe.assertion(nodes.Matches(each)) for each in sorted(kind)]
        outside = [universe.assertion(nodes.Matches(each)) for each in self.patterns if each not in kind]
        if known:
            outside.append(universe.one_of_values(known))
        return search.solve([universe.of_type(STRING), *inside, *holding], [*outside, *failing])
