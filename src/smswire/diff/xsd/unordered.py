"""Inclusion in an xs:all: each child on its own, because their order says nothing.

A word is in it iff each of its children is one of the parts and each part is met as often as it may be. So a content
model is within it iff it is for each part alone, which needs a count and not the set of what has been met.
"""

from __future__ import annotations

import time

from attrs import frozen

from smswire.diff.xsd.components import Element, Leaf, Wildcard
from smswire.diff.xsd.names import Name
from smswire.diff.xsd.sides import Content, Occupant, Side
from smswire.diff.xsd.words import Failure, Meeting, Outcome, Trace, Words

_MOST = 30_000


@frozen
class _Part:
    """What may stand for a part, and how often."""

    names: dict[Name, Element]
    low: int
    high: int | None


def compare(words: Words, sub: Content, sup: Content) -> Outcome:
    """Whether `sub` is within `sup`, which is an xs:all."""
    parts = _parts(words.sup, sup)
    if parts is None:
        return words.search(sub, sup)
    mine = _parts(words.sub, sub) if sub.kind == "all" else None
    return _both(words, sub, mine, parts) if mine is not None else _ordered(words, sub, parts)


def _parts(side: Side, of: Content) -> list[_Part] | None:
    """The parts of an xs:all of elements, None for what else a later version of XSD allows."""
    found: list[_Part] = []
    for each in of.parts:
        leaf = each.first.leaf if each.kind == "times" and each.first is not None else each.leaf
        if leaf is None or isinstance(leaf.term, Wildcard):
            return None
        low, high = (each.low, each.high) if each.kind == "times" else (1, 1)
        found.append(_Part({option.name: option for option in side.options(leaf.term)}, low, high))
    return found


def _both(words: Words, sub: Content, mine: list[_Part], parts: list[_Part]) -> Outcome:
    outcome = Outcome()
    steps = words.sub.expressions.steps(sub)
    for each in parts:
        for name, occupant in _met(mine):
            if name in each.names:
                after = _after(words.sub, steps, name)
                outcome.meet(Meeting(occupant, each.names[name], None, name, after, sure=True))
        least = sum(own.low for own in mine if own.names.keys() <= each.names.keys())
        if least < each.low:
            outcome.failures.append(Failure(_least(mine, each)))
        inside = [own for own in mine if own.names.keys() & each.names.keys()]
        most = None if any(own.high is None for own in inside) else sum(own.high or 0 for own in inside)
        if each.high is not None and (most is None or most > each.high):
            name, occupant = next(pair for pair in _met(inside) if pair[0] in each.names)
            before = Trace(None, name, occupant, each.high) if each.high else None
            outcome.failures.append(Failure(before, name, occupant, _walked(words.sub, sub, name, each.high + 1)))
    known = {name for each in parts for name in each.names}
    for name, occupant in _met(mine):
        if name not in known:
            outcome.failures.append(Failure(None, name, occupant, _after(words.sub, steps, name)))
    return outcome


def _met(parts: list[_Part]) -> list[tuple[Name, Element]]:
    return [pair for each in parts for pair in each.names.items()]


def _after(side: Side, steps: tuple[tuple[Leaf, Content], ...], name: Name) -> Content:
    for leaf, after in steps:
        if any(each.name == name for each in _options(side, leaf)):
            return after
    return side.expressions.empty


def _options(side: Side, leaf: Leaf) -> tuple[Element, ...]:
    return side.options(leaf.term) if isinstance(leaf.term, Element) else ()


def _walked(side: Side, of: Content, name: Name, count: int) -> Content | None:
    """What is left of an xs:all after so many of one child, None when it does not allow them."""
    for _ in range(min(count, _MOST)):
        steps = side.expressions.steps(of)
        if all(each.name != name for leaf, _ in steps for each in _options(side, leaf)):
            return None
        of = _after(side, steps, name)
    return of


def _least(parts: list[_Part], avoided: _Part) -> Trace | None:
    """The children that parts demand, by others than those of one part where there is a choice."""
    trace: Trace | None = None
    for each in parts:
        if each.low:
            name = next((name for name in each.names if name not in avoided.names), next(iter(each.names)))
            trace = Trace(trace, name, each.names[name], each.low)
    return trace


def _ordered(words: Words, sub: Content, parts: list[_Part]) -> Outcome:
    outcome = Outcome()
    known = {name: occupant for each in parts for name, occupant in each.names.items()}
    edges = _edges(words, sub, known, outcome)
    for each in parts:
        _counted(words, sub, edges, each, outcome)
    return outcome


_Edges = dict[Content, list[tuple[Name, Occupant, Content]]]


def _edges(words: Words, sub: Content, known: dict[Name, Element], outcome: Outcome) -> _Edges:
    """The states of `sub` and what leads from one to another; what no part knows is a failure."""
    edges: _Edges = {}
    pending: list[tuple[Content, Trace | None]] = [(sub, None)]
    seen = {sub}
    for state, trace in pending:
        if len(seen) > _MOST or time.monotonic() > words.deadline:
            outcome.reason = "the content models are too large to be compared"
            break
        found = edges.setdefault(state, [])
        for name, moves in words.moves((state,), known).items():
            occupants = list(moves.occupants.values())
            after = next(iter(moves.after))
            if name not in known:
                outcome.failures.append(Failure(trace, name, occupants[0], after))
                continue
            for each in occupants:
                outcome.meet(Meeting(each, known[name], trace, name, after, sure=True))
            for following in moves.after:
                found.append((name, occupants[0], following))
                if following not in seen:
                    seen.add(following)
                    pending.append((following, Trace(trace, name, occupants[0])))
        if outcome.failures:
            break
    return edges


def _counted(words: Words, sub: Content, edges: _Edges, part: _Part, outcome: Outcome) -> None:
    """Follow one part's count through the states of `sub`."""
    most = part.high if part.high is not None else part.low
    seen = {(sub, 0)}
    pending: list[tuple[Content, int, Trace | None]] = [(sub, 0, None)]
    for state, count, trace in pending:
        if len(seen) > _MOST or time.monotonic() > words.deadline:
            outcome.reason = "the content models are too large to be compared"
            return
        if state.nullable and count < part.low:
            outcome.failures.append(Failure(trace))
            return
        for name, occupant, after in edges.get(state, ()):
            now = count + (name in part.names)
            if now > most and part.high is not None:
                outcome.failures.append(Failure(trace, name, occupant, after))
                return
            key = (after, min(now, most))
            if key not in seen:
                seen.add(key)
                pending.append((*key, Trace(trace, name, occupant)))
