"""Inclusion of one schema's documents in another's: pairs of declarations that meet, each pair looked at once.

A pair that is asked for again while it is looked at is taken to hold, which is sound because documents are finite.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from math import inf

from smswire.diff.xsd import attribution, contents
from smswire.diff.xsd.components import ComplexType, Element, Type
from smswire.diff.xsd.identity import compared
from smswire.diff.xsd.questions import Problem, Step
from smswire.diff.xsd.run import Run
from smswire.diff.xsd.sides import Occupant, Side
from smswire.diff.xsd.sizes import nillable
from smswire.diff.xsd.values import NONE, Values, constraint

_RENAMED = 0.5
"""Seconds for the search after one type's new name."""


class Inclusion(Run):
    """Whether every document of `sub` is one of `sup`."""

    def __init__(
        self, sub: Side, sup: Side, deadline: float, renamed: dict[tuple[int, int], bool] | None = None
    ) -> None:
        super().__init__(sub, sup, deadline)
        self._typed: set[tuple[int, int, Values, Values]] = set()
        self._renamed: dict[tuple[int, int], bool] = {} if renamed is None else renamed
        """Whether a type may be taken for another's new name; while that is looked at, it may."""
        self._keyed: set[str] = set()
        """What identity constraints of the other side compare the values of; "*" is everything."""

    def compare(self, roots: Iterable[Element]) -> bool | None:
        """Compare all documents that have one of these roots of `sub`."""
        for each in roots:
            if self.sub.size(each) == inf:
                continue
            step = Step(None, each, each.name)
            other = self.sup.schema.element(each.name)
            if other is None or other.abstract:
                self.wrong(Problem(step, "root"))
            else:
                self.meet(step, other)
        return self._all()

    def within(self, sub: ComplexType, sup: ComplexType, step: Step) -> bool:
        """Whether all elements of one type are of another, which is proven."""
        self._types(step, sub, sup, NONE, NONE)
        return self._all() is True

    def _all(self) -> bool | None:
        while (found := self.next()) is not None:
            if self.late:
                self.doubt(None, "there was not enough time")
                break
            self._elements(*found)
        if self.revalued & self._keyed or (self.revalued and "*" in self._keyed):
            self.doubt(None, "values are told apart in another way, which a key, a keyref or unique may notice")
        return self.holds

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
            if isinstance(sub, ComplexType) or each not in sub.constraints:
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
        theirs = self.sup.kinds(sup)
        for each in self.sub.kinds(sub):
            if self.sub.type_size(each) == inf:
                continue
            named = step.with_type(each)
            other = self._counterpart(named, each, sup, theirs)
            if other is None:
                self.wrong(Problem(named, "type", kind=each))
            else:
                self._types(named, each, other, constraint(sub), constraint(sup))

    def _counterpart(
        self, step: Step, kind: ComplexType, sup: Element, theirs: Iterable[ComplexType]
    ) -> ComplexType | None:
        """The type that one is on the other side: the one of its name, or one that it may have been renamed to."""
        same = self.sup.schema.named(kind.name) if kind.name is not None else None
        if sup.type is self.sup.schema.any_type:
            return same if isinstance(same, ComplexType) and not same.abstract else self.sup.schema.any_type
        if same is not None:
            allowed = isinstance(same, ComplexType) and not same.abstract and (same in theirs or same is sup.type)
            return same if allowed and isinstance(same, ComplexType) else None
        until = min(self.deadline, time.monotonic() + _RENAMED)
        return next((each for each in self._unnamed(sup, theirs) if self._may_be(kind, each, step, until)), None)

    def _may_be(self, kind: ComplexType, other: ComplexType, step: Step, until: float) -> bool:
        """Whether all elements of a type are of another that has a name of its own."""
        key = (id(kind), id(other))
        if key not in self._renamed:
            known = set(self._renamed)
            self._renamed[key] = True
            if not Inclusion(self.sub, self.sup, until, self._renamed).within(kind, other, step):
                # what was found while this was taken to hold is not known any more
                for each in self._renamed.keys() - known:
                    del self._renamed[each]
                self._renamed[key] = False
        return self._renamed[key]

    def _unnamed(self, sup: Element, theirs: Iterable[ComplexType]) -> Iterator[ComplexType]:
        """The types of the other side that have no name here: names of types are not part of what they say."""
        for each in theirs:
            if each.name is not None and self.sub.schema.named(each.name) is None:
                yield each
        if isinstance(sup.type, ComplexType):
            yield from self.sup.anonymous(sup.type)

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


def _typed(occupant: Occupant) -> Type:
    return occupant if isinstance(occupant, ComplexType) else occupant.type


def _abstract(kind: Type) -> bool:
    return isinstance(kind, ComplexType) and kind.abstract
