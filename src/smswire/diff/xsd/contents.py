"""Inclusion of what stands between the tags of an element."""

from __future__ import annotations

from smswire.diff.xsd.components import ComplexType, Type
from smswire.diff.xsd.questions import Problem, Step
from smswire.diff.xsd.run import Run
from smswire.diff.xsd.sides import Content, Occupant, Side
from smswire.diff.xsd.simple.accepting import accepts
from smswire.diff.xsd.simple.atoms import Alternatives
from smswire.diff.xsd.values import ANY_TEXT, BLANK, NOTHING, Values, held, unfilled
from smswire.diff.xsd.words import Failure, Outcome


def compare(run: Run, step: Step, sub: Type, sup: Type, values: tuple[Values, Values]) -> None:
    """Compare the content of two types, with the value constraints of the elements that have them."""
    text, other = held(sub, values[0]), held(sup, values[1])
    if text is not None:
        if unfilled(sup, values[1]) and not unfilled(sub, values[0]) and accepts(text, "") is not False:
            run.wrong(Problem(step, "text", values=("",), kind=sub))
        _text(run, step, sub, text, _allowed(run.sup, sup) if other is None else other)
        return
    assert isinstance(sub, ComplexType)
    content = run.sub.content(sub)
    if other is not None:
        _no_children(run, step, sub, content, other)
        return
    assert isinstance(sup, ComplexType)
    if sub.content.mixed and not sup.content.mixed and content.kind != "nothing":
        run.wrong(Problem(step, "text", values=("text",), kind=sub))
    outcome = run.children(content, run.sup.content(sup))
    _children(run, step, sub, outcome)
    if not outcome.failures and content.nullable and not sub.content.mixed and not sup.content.mixed:
        _text(run, step, sub, _blank(sub), _blank(sup))


def _allowed(sup: Side, kind: Type) -> Alternatives | None:
    """The text that a content model allows where no child stands."""
    assert isinstance(kind, ComplexType)
    content = kind.content
    if not sup.content(kind).nullable:
        return None
    return ANY_TEXT if content.mixed else _blank(kind)


def _text(run: Run, step: Step, sub: Type, text: Alternatives, other: Alternatives | None) -> None:
    if other is None:
        run.wrong(Problem(step, "text", kind=sub))
        return
    answer = run.ask(step.name[1], text, other)
    if answer.holds is False:
        run.wrong(Problem(step, "text", values=answer.examples, kind=sub))
    elif answer.holds is None:
        doubt = Problem(step, "text", values=answer.examples, kind=sub)
        run.doubt(step, "the values of the two types cannot be compared", doubt)


def _no_children(run: Run, step: Step, sub: ComplexType, content: Content, other: Alternatives) -> None:
    if content.kind == "nothing":
        return
    moves = run.words.moves((content,), ())
    for name, found in moves.items():
        first = next(iter(found.occupants.values()))
        run.wrong(Problem(step, "children", failure=Failure(None, name, first, next(iter(found.after))), kind=sub))
        return
    mine = ANY_TEXT if sub.content.mixed else _blank(sub)
    _text(run, step, sub, mine, other)


def _blank(kind: ComplexType) -> Alternatives:
    """What may stand between the tags where there are neither children nor text: white space where there is a model."""
    return NOTHING if kind.content.particle is None else BLANK


def _children(run: Run, step: Step, sub: ComplexType, outcome: Outcome) -> None:
    for failure in outcome.failures:
        run.wrong(Problem(step, "children", failure=failure, kind=sub))
    if outcome.reason is not None:
        run.doubt(step, outcome.reason)
    for each in outcome.meetings:
        child: Occupant = each.sub
        run.meet(Step(step, child, each.name, each, sure=step.sure and each.sure), each.sup)
