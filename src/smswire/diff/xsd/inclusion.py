"""Inclusion of one schema's documents in another's: pairs of declarations that meet, each pair looked at once.

A pair that is asked for again while it is looked at is taken to hold, which is sound because documents are finite.

Of the types that a document may name by xsi:type, those are considered that are the schema's own and are derived from
a complex type that is declared. They have names that documents know, so that another name is another type. What is not
considered is a document that names the declared type itself, a type built into XSD, one derived from a simple type, or
any type where an element may be of any: else no type could be renamed or inlined, and none widened.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from smswire.diff.xsd import attribution, contents
from smswire.diff.xsd.components import ComplexType, Element, Type
from smswire.diff.xsd.identity import compared
from smswire.diff.xsd.keys import implied
from smswire.diff.xsd.questions import Problem, Step
from smswire.diff.xsd.run import Run
from smswire.diff.xsd.sides import Occupant, Side
from smswire.diff.xsd.simple.atoms import Alternatives, ListOf
from smswire.diff.xsd.simple.inclusion import Answer
from smswire.diff.xsd.sizes import nillable
from smswire.diff.xsd.values import NONE, Values, constraint


class Inclusion(Run):
    """Whether every document of `sub` is one of `sup`."""

    def __init__(self, sub: Side, sup: Side, deadline: float) -> None:
        super().__init__(sub, sup, deadline)
        self._typed: set[tuple[int, int, Values, Values]] = set()
        self._keyed: set[str] = set()
        """What identity constraints of the other side compare the values of; "*" is everything."""

        self._identifies = False
        """Whether what is an identifier has become something else."""
        self._refers = False
        """Whether the other side has references to identifiers."""

    def ask(self, name: str, sub: Alternatives, sup: Alternatives) -> Answer:
        """As without, with an eye on identifiers, which others refer to."""
        self._identifies = self._identifies or (_of("ID", sub) and not _of("ID", sup))
        self._refers = self._refers or _of("IDREF", sup)
        return super().ask(name, sub, sup)

    def compare(self, roots: Iterable[Element]) -> bool | None:
        """Compare all documents that have one of these roots of `sub`.

        What others refer to is met within them, where documents have it, and only then as a root.
        """
        possible = [each for each in roots if self.sub.size(each) < inf]
        unknown: list[Step] = []
        for each in sorted(possible, key=lambda each: each.name in self.sub.survey.referenced):
            step = Step(None, each, each.name)
            other = self.sup.schema.element(each.name)
            if other is None or other.abstract:
                unknown.append(step)
            else:
                self.meet(step, other)
                self._drain()
        for step in unknown:
            self.wrong(Problem(step, "root"))
        if self.revalued & self._keyed or (self.revalued and "*" in self._keyed):
            self.doubt(None, "values are told apart in another way, which a key, a keyref or unique may notice")
        if self._identifies and self._refers:
            self.doubt(None, "a reference may have lost the identifier that it refers to")
        return self.holds

    def _drain(self) -> None:
        while (found := self.next()) is not None:
            if self.late:
                self.doubt(None, "there was not enough time")
                break
            step, sup = found
            if constraint(step.occupant) != constraint(sup):
                self.revalued.add(step.name[1])
            self._elements(step, sup)

    def _elements(self, step: Step, sup: Occupant) -> None:
        sub = step.occupant
        kind, values = _typed(sub), constraint(sub)
        if isinstance(sup, ComplexType):
            # no declaration holds the element to account, but its children may have some
            self._types(step, kind, sup, values, NONE)
            return
        if isinstance(sub, Element):
            self._declared(step, sub, sup)
        for each in sup.constraints:
            self._keyed |= compared(each)
        for each in sup.constraints:
            if isinstance(sub, ComplexType) or not implied(self.sub, sub, each):
                self.doubt(step, f"the {each.kind} {each.name} may refuse some documents")
        if sup.opaque:
            self.doubt(step, "a type alternative of XSD 1.1 is not compared")
        if not _abstract(kind):
            if _abstract(sup.type):
                self.wrong(Problem(step, "type", kind=kind))
            else:
                self._types(step, kind, sup.type, values, constraint(sup))
        if isinstance(sub, Element):
            self._kinds(step, sub, sup)

    def _declared(self, step: Step, sub: Element, sup: Element) -> None:
        if nillable(sub) and not nillable(sup):
            if not _abstract(sub.type):
                self.wrong(Problem(step, "nil", kind=sub.type))
            for each in self.sub.kinds(sub):
                self.wrong(Problem(step.with_type(each), "nil", kind=each))
        if sub.opaque != sup.opaque:
            self.doubt(step, "a type alternative of XSD 1.1 is not compared")

    def _kinds(self, step: Step, sub: Element, sup: Element) -> None:
        """Compare the types that the element may name by xsi:type."""
        theirs = {*self.sup.kinds(sup), sup.type}
        for each in self.sub.kinds(sub):
            if self.sub.type_size(each) == inf:
                continue
            named = step.with_type(each)
            assert each.name is not None
            other = self.sup.schema.named(each.name)
            if other is None or _abstract(other) or not (other in theirs or sup.type is self.sup.schema.any_type):
                self.wrong(Problem(named, "type", kind=each))
            else:
                self._types(named, each, other, constraint(sub), constraint(sup))

    def _types(self, step: Step, sub: Type, sup: Type, mine: Values, theirs: Values) -> None:
        key = (id(sub), id(sup), mine, theirs)
        if key in self._typed or sup is self.sup.schema.skipped:
            return
        self._typed.add(key)
        if (
            isinstance(sup, ComplexType)
            and sup.opaque
            and not (isinstance(sub, ComplexType) and sub.opaque == sup.opaque)
        ):
            self.doubt(step, "an assertion of XSD 1.1 is not compared")
        elif isinstance(sub, ComplexType) and any("openContent" in each for each in sub.opaque):
            self.doubt(step, "open content of XSD 1.1 is not compared")
        attribution.compare(self, step, sub, sup)
        contents.compare(self, step, sub, sup, (mine, theirs))


def _of(base: str, kinds: Alternatives) -> bool:
    """Whether one of the alternatives, or an item of them, is of a built-in type."""
    return any(_of(base, each.items) if isinstance(each, ListOf) else each.base == base for each in kinds)


def _typed(occupant: Occupant) -> Type:
    return occupant if isinstance(occupant, ComplexType) else occupant.type


def _abstract(kind: Type) -> bool:
    return isinstance(kind, ComplexType) and kind.abstract
