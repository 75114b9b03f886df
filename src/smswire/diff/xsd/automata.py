"""Content models as automata whose states are expressions, made as they are reached.

A step from an expression is a leaf that may come first and the expression of what may follow it (partial derivatives).
Counts stay numbers, so a great `maxOccurs` costs nothing until it is counted through.
"""

from __future__ import annotations

from typing import Generic, Literal, TypeAlias, TypeVar

L = TypeVar("L")

Kind: TypeAlias = Literal["nothing", "empty", "leaf", "then", "either", "times", "all"]


class Expression(Generic[L]):
    """Words over leaves; equal expressions of one `Expressions` are one object."""

    __slots__ = ("first", "high", "kind", "leaf", "low", "nullable", "parts", "rest", "steps")

    def __init__(self, kind: Kind, *, nullable: bool) -> None:
        self.kind: Kind = kind
        self.nullable = nullable
        self.leaf: L | None = None
        self.first: Expression[L] | None = None
        self.rest: Expression[L] | None = None
        self.parts: tuple[Expression[L], ...] = ()
        self.low = 0
        self.high: int | None = None
        self.steps: tuple[Step[L], ...] | None = None


Step: TypeAlias = tuple[L, Expression[L]]
"""A leaf that may come next, and what may follow it."""


class Expressions(Generic[L]):
    """The expressions of one schema."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Expression[L]] = {}
        self.nothing: Expression[L] = Expression("nothing", nullable=False)
        self.empty: Expression[L] = Expression("empty", nullable=True)

    def leaf(self, leaf: L) -> Expression[L]:
        key = ("leaf", id(leaf))
        found = self._made.get(key)
        if found is None:
            found = self._new(key, "leaf", nullable=False)
            found.leaf = leaf
        return found

    def then(self, first: Expression[L], rest: Expression[L]) -> Expression[L]:
        if first.kind == "nothing" or rest.kind == "nothing":
            return self.nothing
        if first.kind == "empty":
            return rest
        if rest.kind == "empty":
            return first
        if first.kind == "then":
            # chains hang to the right, so that they are walked and not descended
            links: list[Expression[L]] = []
            while first.kind == "then":
                assert first.first is not None
                assert first.rest is not None
                links.append(first.first)
                first = first.rest
            rest = self.then(first, rest)
            for each in reversed(links):
                rest = self.then(each, rest)
            return rest
        key = ("then", id(first), id(rest))
        found = self._made.get(key)
        if found is None:
            found = self._new(key, "then", nullable=first.nullable and rest.nullable)
            found.first, found.rest = first, rest
        return found

    def either(self, parts: list[Expression[L]]) -> Expression[L]:
        kept: dict[Expression[L], None] = {}
        for each in parts:
            if each.kind == "either":
                kept.update(dict.fromkeys(each.parts))
            elif each.kind != "nothing":
                kept[each] = None
        if len(kept) > 1 and self.empty in kept and any(each.nullable for each in kept if each is not self.empty):
            del kept[self.empty]
        if len(kept) < 2:
            return next(iter(kept), self.nothing)
        key = ("either", *(id(each) for each in kept))
        found = self._made.get(key)
        if found is None:
            found = self._new(key, "either", nullable=any(each.nullable for each in kept))
            found.parts = tuple(kept)
        return found

    def times(self, part: Expression[L], low: int, high: int | None) -> Expression[L]:
        if high is not None and low > high:
            return self.nothing
        if high == 0 or part.kind == "empty":
            return self.empty
        if part.kind == "nothing":
            return self.nothing if low else self.empty
        if part.nullable:
            low = 0
        if (low, high) == (1, 1):
            return part
        if part.nullable and high == 1:
            return part
        if part.kind == "times" and part.low == 0 and part.high in (1, None):
            return part if part.high is None else self.times(self._part(part), 0, high)
        key = ("times", id(part), low, high)
        found = self._made.get(key)
        if found is None:
            found = self._new(key, "times", nullable=low == 0)
            found.first, found.low, found.high = part, low, high
        return found

    def all(self, parts: list[Expression[L]]) -> Expression[L]:
        """The parts in any order. A part is a leaf, or one that is counted."""
        kept = [each for each in parts if each.kind != "empty"]
        if any(each.kind == "nothing" for each in kept):
            return self.nothing
        if len(kept) < 2:
            return kept[0] if kept else self.empty
        key = ("all", *sorted(id(each) for each in kept))
        found = self._made.get(key)
        if found is None:
            found = self._new(key, "all", nullable=all(each.nullable for each in kept))
            found.parts = tuple(kept)
        return found

    def steps(self, of: Expression[L]) -> tuple[Step[L], ...]:
        """What may come next."""
        if of.steps is None:
            of.steps = tuple(self._steps(of))
        return of.steps

    def _steps(self, of: Expression[L]) -> list[Step[L]]:
        if of.kind == "leaf":
            assert of.leaf is not None
            return [(of.leaf, self.empty)]
        if of.kind == "then":
            return self._chained(of)
        found: dict[tuple[int, int], Step[L]] = {}
        pairs: list[Step[L]] = []
        if of.kind == "either":
            pairs = [pair for each in of.parts for pair in self.steps(each)]
        elif of.kind == "times":
            part = self._part(of)
            again = self.times(part, max(of.low - 1, 0), None if of.high is None else of.high - 1)
            pairs = [(leaf, self.then(rest, again)) for leaf, rest in self.steps(part)]
        elif of.kind == "all":
            for each in of.parts:
                others = [other for other in of.parts if other is not each]
                pairs += [(leaf, self.all([rest, *others])) for leaf, rest in self.steps(each)]
        for leaf, rest in pairs:
            found.setdefault((id(leaf), id(rest)), (leaf, rest))
        return list(found.values())

    def _chained(self, of: Expression[L]) -> list[Step[L]]:
        found: list[Step[L]] = []
        each = of
        while each.kind == "then":
            assert each.first is not None
            assert each.rest is not None
            rest = each.rest
            found += [(leaf, self.then(more, rest)) for leaf, more in self.steps(each.first)]
            if not each.first.nullable:
                return found
            each = rest
        return found + list(self.steps(each))

    def _part(self, of: Expression[L]) -> Expression[L]:
        assert of.first is not None
        return of.first

    def _new(self, key: tuple[object, ...], kind: Kind, *, nullable: bool) -> Expression[L]:
        found: Expression[L] = Expression(kind, nullable=nullable)
        self._made[key] = found
        return found


def included(made: Expressions[L], sub: Expression[L], sup: Expression[L], most: int = 3_000) -> bool | None:
    """Whether every word of one expression is one of another. None: that would take more than `most` states."""
    start = (frozenset({sub}), frozenset({sup}))
    seen = {start}
    pending = [start]
    for mine, theirs in pending:
        if len(seen) > most:
            return None
        if any(each.nullable for each in mine) and not any(each.nullable for each in theirs):
            return False
        after: dict[int, set[Expression[L]]] = {}
        others: dict[int, set[Expression[L]]] = {}
        for state, found in ((mine, after), (theirs, others)):
            for each in state:
                for leaf, rest in made.steps(each):
                    found.setdefault(id(leaf), set()).add(rest)
        for key, rests in after.items():
            if key not in others:
                return False
            following = (frozenset(rests), frozenset(others[key]))
            if following not in seen:
                seen.add(following)
                pending.append(following)
    return True
