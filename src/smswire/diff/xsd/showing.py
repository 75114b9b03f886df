"""What is said of a way in which a document of one side is none of the other: where, by which rule, and why."""

from __future__ import annotations

from attrs import frozen

from smswire.diff.model import Side
from smswire.diff.xsd.components import ComplexType, Element
from smswire.diff.xsd.names import Name
from smswire.diff.xsd.questions import Problem, Step
from smswire.diff.xsd.words import OTHER


@frozen
class Told:
    path: str
    rule: str
    problem: str


def tell(problem: Problem, sub: Side) -> Told:
    """The rule that comes nearest to a problem. What `sub` alone allows went when it is the old side, else it came."""
    went = sub == "old"
    path = _path(problem.step)
    if problem.wrong == "root":
        return Told(path, "N703" if went else "N704", "the root element is not known")
    if problem.wrong == "nil":
        return Told(path, "T205" if went else "T204", "the element may not be nil")
    if problem.wrong == "type":
        named = problem.step.named
        what = (
            "the type is abstract"
            if named is None or named.name is None
            else f"the type {named.name[1]} is not allowed"
        )
        return Told(path, "S512" if went else "S511", what)
    if problem.wrong == "text":
        mixed = isinstance(problem.kind, ComplexType) and problem.kind.content.mixed
        what = "text may not stand here" if mixed else "the value is not allowed"
        return Told(path, "T203" if went else "T202", what)
    if problem.wrong == "children":
        return _children(problem, path, went=went)
    assert problem.name is not None
    path = f"{path}/@{_shown(problem.name)}"
    if problem.wrong == "value":
        return Told(path, "T203" if went else "T202", "the value is not allowed")
    if not problem.values:
        return Told(path, "F005" if went else "F006", "the attribute is missing")
    return Told(path, "F003" if went else "F002", "the attribute is not known")


def _path(step: Step) -> str:
    """The path to a step, from where `sup` alone knows an element on: its declaration there is what refuses it."""
    each: Step | None = step
    while each is not None:
        met = each.meeting
        if met is not None and isinstance(met.sub, ComplexType) and isinstance(met.sup, Element):
            return step.path(each)
        each = each.parent
    return step.path()


def _children(problem: Problem, path: str, *, went: bool) -> Told:
    failure = problem.failure
    assert failure is not None
    if failure.name is None:
        return Told(path, "C101" if went else "C102", "a child is missing")
    if failure.early:
        return Told(path, "C101" if went else "C102", f"a child is missing before {_shown(failure.name)}")
    return Told(f"{path}/{_shown(failure.name)}", "F003" if went else "F002", "the element is not allowed here")


def _shown(name: Name) -> str:
    """A name as a path has it; one that stands for all that are not declared is any."""
    return "*" if name[1] == OTHER else name[1]
