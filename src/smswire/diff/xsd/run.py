"""The state of one comparison: what is still to be looked at, what is wrong, and what cannot be decided."""

from __future__ import annotations

import time
from collections import deque

from smswire.diff.xsd import aligned, unordered
from smswire.diff.xsd.questions import Problem, Step
from smswire.diff.xsd.sides import Content, Occupant, Side
from smswire.diff.xsd.simple.atoms import Alternatives, compared_as
from smswire.diff.xsd.simple.inclusion import Answer, included
from smswire.diff.xsd.words import Outcome, Words

_PROBLEMS = 8
_REASONS = 20


class Run:
    """`problems` are ways in which a document of `sub` is none of `sup`; `doubts` are ways in which it may be none."""

    def __init__(self, sub: Side, sup: Side, deadline: float) -> None:
        self.sub = sub
        self.sup = sup
        self.deadline = deadline
        self.words = Words(sub, sup, deadline)
        self.problems: list[Problem] = []
        self.doubts: list[Problem] = []
        self.reasons: dict[tuple[str, str], None] = {}
        self.revalued: set[str] = set()
        """The elements, and "@" the attributes, whose values are told apart in another way on the other side."""
        self._pending: deque[tuple[Step, Occupant]] = deque()
        self._met: set[tuple[int, int]] = set()
        self._answers: dict[tuple[Alternatives, Alternatives], Answer] = {}
        self._outcomes: dict[tuple[Content, Content], Outcome] = {}

    @property
    def holds(self) -> bool | None:
        if self.problems:
            return False
        return None if self.reasons else True

    @property
    def late(self) -> bool:
        return time.monotonic() > self.deadline

    def wrong(self, problem: Problem) -> None:
        if problem.step.sure:
            self.problems.append(problem)
        else:
            self.doubt(problem.step, "the content model is ambiguous", problem)

    def doubt(self, step: Step | None, reason: str, problem: Problem | None = None) -> None:
        """Note what cannot be decided, and what may be wrong there."""
        if len(self.reasons) < _REASONS:
            self.reasons[("/" if step is None else step.path(), reason)] = None
            if problem is not None:
                self.doubts.append(problem)

    def ask(self, name: str, sub: Alternatives, sup: Alternatives) -> Answer:
        """Whether one simple type's strings are another's, of an element's or attribute's name."""
        if sub == sup:
            return Answer(holds=True)
        key = (sub, sup)
        if compared_as(sub) != compared_as(sup):
            self.revalued.add(name)
        if key not in self._answers:
            self._answers[key] = included(sub, sup, self.deadline)
        return self._answers[key]

    def children(self, sub: Content, sup: Content) -> Outcome:
        """Whether one content model's words are another's."""
        key = (sub, sup)
        if key not in self._outcomes:
            compared = unordered.compare if sup.kind == "all" else Words.search
            found = aligned.compare(self.words, sub, sup) or compared(self.words, sub, sup)
            if sub in self.sub.ambiguous or sup in self.sup.ambiguous:
                found.doubt()
            if sup in self.sup.overlapping:
                found.reason = "wildcards overlap, and one or the other may be taken"
            self._outcomes[key] = found
        return self._outcomes[key]

    def meet(self, step: Step, sup: Occupant) -> None:
        """Have an element's declaration compared with the one that it meets, once."""
        key = (id(step.occupant), id(sup))
        if key not in self._met and sup is not self.sup.schema.skipped:
            self._met.add(key)
            self._pending.append((step, sup))

    def next(self) -> tuple[Step, Occupant] | None:
        """What is to be looked at next, the nearest to a root first."""
        if not self._pending or len(self.problems) >= _PROBLEMS:
            return None
        return self._pending.popleft()
