"""Inclusion of the attributes that an element may have."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from smswire.diff.xsd.components import Attributes, ComplexType, Type, Wildcard
from smswire.diff.xsd.names import XSI, Name
from smswire.diff.xsd.questions import Problem, Step
from smswire.diff.xsd.run import Run
from smswire.diff.xsd.sides import Side
from smswire.diff.xsd.simple.atoms import Alternatives
from smswire.diff.xsd.simple.samples import samples
from smswire.diff.xsd.values import ANY_TEXT, attribute
from smswire.diff.xsd.words import OTHER, OTHER_NAMESPACE

_FEW = 3
NO_ATTRIBUTES = Attributes({})


def attributes(kind: Type) -> Attributes:
    return kind.attributes if isinstance(kind, ComplexType) else NO_ATTRIBUTES


def compare(run: Run, step: Step, sub: Type, sup: Type) -> None:
    """Compare the attributes of two types."""
    mine, theirs = attributes(sub), attributes(sup)
    for each in theirs.allowed():
        own = mine.uses.get(each.name)
        if each.required and (own is None or own.prohibited or not own.required):
            run.wrong(Problem(step, "attribute", name=each.name, kind=sub))
    for name in {**mine.uses, **theirs.uses}:
        if _filled(mine, name) != _filled(theirs, name):
            run.revalued.add(f"@{name[1]}")
    for each in mine.allowed():
        _value(run, step, sub, each.name, attribute(each), allowed(run.sup, theirs, each.name))
    if mine.wildcard is not None:
        for name in _names(run, mine.wildcard, theirs):
            own = mine.uses.get(name)
            text = admitted(run.sub, mine.wildcard, name)
            if text is not None and (own is None or own.prohibited):
                _value(run, step, sub, name, text, allowed(run.sup, theirs, name))


def _filled(found: Attributes, name: Name) -> str | None:
    """What an attribute has where a document leaves it out."""
    use = found.uses.get(name)
    return None if use is None or use.prohibited else use.default if use.fixed is None else use.fixed


def _value(run: Run, step: Step, sub: Type, name: Name, text: Alternatives, other: Alternatives | None) -> None:
    if other is None:
        values = tuple(islice(samples(text, deadline=run.deadline), _FEW))
        if values:
            run.wrong(Problem(step, "attribute", name=name, values=values, kind=sub))
        else:
            run.doubt(step, f"no value is known of the attribute {name[1]}, which goes")
        return
    answer = run.ask(f"@{name[1]}", text, other)
    if answer.holds is False:
        run.wrong(Problem(step, "value", name=name, values=answer.examples, kind=sub))
    elif answer.holds is None:
        run.doubt(
            step,
            f"the values of the attribute {name[1]} cannot be compared",
            Problem(step, "value", name=name, values=answer.examples, kind=sub),
        )


def allowed(side: Side, found: Attributes, name: Name) -> Alternatives | None:
    """The text that an attribute of a name may have, None when there may be none."""
    use = found.uses.get(name)
    if use is not None and not use.prohibited:
        return attribute(use)
    return None if found.wildcard is None else admitted(side, found.wildcard, name)


def admitted(side: Side, wildcard: Wildcard, name: Name) -> Alternatives | None:
    """The text that a wildcard allows an attribute of a name, None when it does not let it in."""
    if name[0] not in wildcard.namespaces:
        return None
    if wildcard.process == "skip":
        return ANY_TEXT
    declared = side.schema.attribute(name)
    if declared is not None:
        return attribute(declared)
    return None if wildcard.process == "strict" else ANY_TEXT


def _names(run: Run, wildcard: Wildcard, theirs: Attributes) -> Iterator[Name]:
    """The names that matter where a wildcard stands: declared ones, and one for all that are not."""
    found: dict[Name, None] = {}
    for side in (run.sub, run.sup) if wildcard.process != "strict" else (run.sub,):
        found.update((name, None) for name, _ in side.schema.library.globals("attribute"))
    found.update((name, None) for name in theirs.uses)
    spaces = {*run.sub.survey.namespaces, *run.sup.survey.namespaces, *(name[0] for name in found), OTHER_NAMESPACE}
    found.update(((namespace, OTHER), None) for namespace in sorted(spaces))
    return (name for name in found if name[0] in wildcard.namespaces and name[0] != XSI)
