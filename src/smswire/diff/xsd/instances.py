"""Building of documents: the smallest that a side allows, with what is to be shown at one place in them."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from smswire.diff.xsd.components import ComplexType, Type
from smswire.diff.xsd.elements import Elements
from smswire.diff.xsd.names import XSI, Node, tag
from smswire.diff.xsd.questions import Problem, Step
from smswire.diff.xsd.shortest import NoDocument
from smswire.diff.xsd.sides import Side
from smswire.diff.xsd.values import constraint, held
from smswire.diff.xsd.words import Words


class Instances:
    """Documents of one side that show what is wrong with them on the other."""

    def __init__(self, side: Side, words: Words) -> None:
        self._made = Elements(side)
        self._words = words

    def document(self, problem: Problem, value: str | None = None) -> str:
        """A document of this side that has a problem, as one of its values shows it. Raises `NoDocument`."""
        self._made.clear()
        try:
            node = self._chain(_chain(problem.step), problem, value)
        except RecursionError:
            raise NoDocument("it would be nested too deeply") from None
        return self._made.finished(node)

    def _chain(self, steps: Sequence[Step], problem: Problem, value: str | None) -> Node:
        step, made = steps[0], self._made
        if len(steps) == 1:
            return self._shown(step, problem, value)
        following = steps[1]
        kind = self._kind(step)
        node = self._open(step, kind)
        assert following.meeting is not None
        meeting = self._words.located(following.meeting)
        if meeting is None:
            raise NoDocument("what stands around an element is not known")
        made.before(node, meeting.before)
        node.append(self._chain(steps[1:], problem, value))
        made.word(node, meeting.after)
        return node

    def _kind(self, step: Step) -> Type:
        if step.named is not None:
            return step.named
        return step.occupant if isinstance(step.occupant, ComplexType) else step.occupant.type

    def _open(self, step: Step, kind: Type) -> Node:
        node = self._made.opened(step.occupant, step.name)
        if step.named is not None:
            self._made.name_type(node, step.named)
        self._made.attributes(node, kind)
        return node

    def _shown(self, step: Step, problem: Problem, value: str | None) -> Node:
        made = self._made
        if problem.wrong == "root" or (problem.wrong == "type" and step.named is None):
            return made.element(step.occupant, step.name)
        kind = self._kind(step)
        node = self._open(step, kind)
        values = constraint(step.occupant)
        if problem.wrong == "nil" or (self._made.side.type_size(kind) == inf and made.nil(step.occupant, kind)):
            node.set(f"{{{XSI}}}nil", "true")
        elif problem.wrong == "children":
            failure = problem.failure
            assert failure is not None
            made.before(node, failure.before)
            if failure.name is not None:
                if failure.after is None or failure.occupant is None:
                    raise NoDocument("what follows is not known")
                node.append(made.element(failure.occupant, failure.name))
                made.word(node, failure.after)
        elif problem.wrong == "text" and value is not None:
            if held(kind, values) is None:
                made.content(node, kind, values)
            node.text = value
            made.shown = (node, None)
        else:
            made.content(node, kind, values)
        if problem.name is not None and value is not None:
            made.set(node, problem.name, value)
            made.shown = (node, tag(problem.name))
        return node


def _chain(step: Step) -> list[Step]:
    found = [step]
    while found[-1].parent is not None:
        found.append(found[-1].parent)
    return found[::-1]
