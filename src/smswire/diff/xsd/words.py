"""Inclusion of content models: whether each sequence of children that one allows is allowed by another."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from attrs import define, evolve, field, frozen

from smswire.diff.xsd import counting
from smswire.diff.xsd.components import Element, Wildcard
from smswire.diff.xsd.counting import State
from smswire.diff.xsd.names import Name
from smswire.diff.xsd.sides import Content, Occupant, Side

_MOST = 30_000
_FAILURES = 4
OTHER = "anything-else"
OTHER_NAMESPACE = "urn:anything-else"


@frozen(eq=False)
class Trace:
    """Children from the first on, as a chain from the last one back."""

    before: Trace | None
    name: Name
    occupant: Occupant
    count: int = 1

    def children(self) -> list[tuple[Name, Occupant, int]]:
        found: list[tuple[Name, Occupant, int]] = []
        each: Trace | None = self
        while each is not None:
            found.append((each.name, each.occupant, each.count))
            each = each.before
        return found[::-1]


@frozen(eq=False)
class Meeting:
    """A child that both sides allow, after some others. `after` is what `sub` lets follow it.

    `within` has the content models that the child is still to be found in; there is nothing before and after it yet.
    """

    sub: Occupant
    sup: Occupant
    before: Trace | None
    name: Name
    after: Content
    sure: bool
    within: tuple[Content, Content] | None = None


@frozen(eq=False)
class Failure:
    """Children that only `sub` allows: up to a child `name`, or with None to the end.

    `early` tells that `sup` may yet let the child in, after others that it misses.
    """

    before: Trace | None
    name: Name | None = None
    occupant: Occupant | None = None
    after: Content | None = None
    early: bool = False


@define(eq=False)
class Outcome:
    meetings: list[Meeting] = field(factory=list[Meeting])
    failures: list[Failure] = field(factory=list[Failure])
    reason: str | None = None
    """Why not all could be looked at."""
    met: set[tuple[int, int]] = field(factory=set[tuple[int, int]])

    def doubt(self) -> None:
        """Take no meeting for sure."""
        self.meetings = [evolve(each, sure=False) for each in self.meetings]

    def meet(self, meeting: Meeting) -> None:
        key = (id(meeting.sub), id(meeting.sup))
        if key not in self.met:
            self.met.add(key)
            self.meetings.append(meeting)


@define(eq=False)
class Moves:
    """Where a name leads from a state: what may follow, and what holds the child to account."""

    after: dict[Content, None] = field(factory=dict[Content, None])
    occupants: dict[int, Occupant] = field(factory=dict[int, Occupant])

    def add(self, after: Content, occupant: Occupant) -> None:
        self.after[after] = None
        self.occupants[id(occupant)] = occupant


class Words:
    """Comparison of content models of two sides."""

    def __init__(self, sub: Side, sup: Side, deadline: float) -> None:
        self.sub = sub
        self.sup = sup
        self.deadline = deadline
        self.namespaces = sorted(sub.survey.namespaces | sup.survey.namespaces | {OTHER_NAMESPACE})

    def search(self, sub: Content, sup: Content, wanted: tuple[int, int] | None = None) -> Outcome:
        """Go through all states that both automata reach together, the nearest first, or to a `wanted` meeting."""
        outcome = Outcome()
        start: State = (frozenset({sub}), frozenset({sup}))
        seen = {start}
        pending: list[tuple[State, Trace | None]] = [(start, None)]
        for state, trace in pending:
            if len(seen) > _MOST or time.monotonic() > self.deadline:
                outcome.reason = "the content models are too large to be compared"
                break
            if len(outcome.failures) >= _FAILURES or wanted in outcome.met:
                break
            if any(each.nullable for each in state[0]) and not any(each.nullable for each in state[1]):
                outcome.failures.append(Failure(trace))
            for following, after in self._steps(state, trace, outcome):
                if following not in seen:
                    seen.add(following)
                    pending.append((following, after))
        return outcome

    def located(self, meeting: Meeting) -> Meeting | None:
        """A meeting with what stands before and after the child, None when that is not found."""
        if meeting.within is None:
            return meeting
        found = self.search(*meeting.within, wanted=(id(meeting.sub), id(meeting.sup))).meetings
        return next((each for each in found if (each.sub, each.sup) == (meeting.sub, meeting.sup)), None)

    def _steps(self, state: State, trace: Trace | None, outcome: Outcome) -> Iterator[tuple[State, Trace]]:
        theirs, wild = self.declared(self.sup, state[1])
        for name, moves in self.moves(state[0], theirs).items():
            found = self.landing(name, theirs, wild)
            after = next(iter(moves.after))
            first = next(iter(moves.occupants.values()))
            if not found.after:
                outcome.failures.append(Failure(trace, name, first, after, self._ahead(name, state[1])))
                continue
            sure = len(found.occupants) == 1
            for mine in moves.occupants.values():
                for other in found.occupants.values():
                    outcome.meet(Meeting(mine, other, trace, name, after, sure))
            following = (frozenset(moves.after), frozenset(found.after))
            count = counting.repeats(self.sub, self.sup, state, following)
            if count > 1:
                following = (counting.after(self.sub, state[0], count), counting.after(self.sup, state[1], count))
            yield following, Trace(trace, name, first, max(count, 1))

    def _ahead(self, name: Name, state: Iterable[Content]) -> bool:
        """Whether a name is declared somewhere in what `sup` lets follow."""
        pending = list(state)
        seen = set(pending)
        while pending:
            each = pending.pop()
            term = each.leaf.term if each.leaf is not None else None
            if isinstance(term, Element) and any(option.name == name for option in self.sup.options(term)):
                return True
            within = {part for part in (each.first, each.rest, *each.parts) if part is not None} - seen
            pending += within
            seen |= within
        return False

    def declared(
        self, side: Side, state: Iterable[Content]
    ) -> tuple[dict[Name, Moves], list[tuple[Wildcard, Content]]]:
        """The moves by declared elements, and those by wildcards."""
        found: dict[Name, Moves] = {}
        wild: list[tuple[Wildcard, Content]] = []
        for each in state:
            for leaf, after in side.expressions.steps(each):
                if isinstance(leaf.term, Wildcard):
                    wild.append((leaf.term, after))
                    continue
                for element in side.options(leaf.term):
                    found.setdefault(element.name, Moves()).add(after, element)
        return found, wild

    def moves(self, state: Iterable[Content], others: Iterable[Name]) -> dict[Name, Moves]:
        """All moves of `sub`. Of the names that a wildcard lets in, all that either side tells apart are named."""
        found, wild = self.declared(self.sub, state)
        for wildcard, after in wild:
            for name in self.names(wildcard, {*others, *found}):
                occupant = self.sub.admitted(wildcard, name)
                if occupant is not None:
                    found.setdefault(name, Moves()).add(after, occupant)
        return found

    def names(self, wildcard: Wildcard, others: Iterable[Name]) -> Iterator[Name]:
        """The names that matter where a wildcard stands: declared ones, and one for all that are not."""
        for namespace in self.namespaces:
            if namespace in wildcard.namespaces:
                yield from self.sub.survey.globals.get(namespace, ())
                if wildcard.process != "strict":
                    yield from self.sup.survey.globals.get(namespace, ())
                    yield namespace, OTHER
        yield from (each for each in others if each[0] in wildcard.namespaces)

    def landing(self, name: Name, theirs: dict[Name, Moves], wild: Iterable[tuple[Wildcard, Content]]) -> Moves:
        """Where a name leads on the side of `sup`."""
        found = Moves()
        if name in theirs:
            for after in theirs[name].after:
                for occupant in theirs[name].occupants.values():
                    found.add(after, occupant)
        for wildcard, after in wild:
            let_in = self.sup.admitted(wildcard, name)
            if let_in is not None:
                found.add(after, let_in)
        return found
