"""What a comparison goes through: a chain from a root to a place in documents, and what is wrong there."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

from smswire.diff.xsd.components import ComplexType, Type
from smswire.diff.xsd.names import Name
from smswire.diff.xsd.sides import Occupant
from smswire.diff.xsd.words import Failure, Meeting

Wrong: TypeAlias = Literal["root", "children", "attribute", "value", "text", "nil", "type"]


@frozen(eq=False)
class Step:
    """An element of a document, as `sub` declares it, and how its parent comes to have it."""

    parent: Step | None
    occupant: Occupant
    name: Name
    meeting: Meeting | None = None
    named: ComplexType | None = None
    """The type that the element names by xsi:type."""
    sure: bool = True

    def path(self, start: Step | None = None) -> str:
        """The names from a root, or from one of the elements on the way, to this one."""
        names: list[str] = []
        each: Step | None = self
        while each is not None:
            names.append(each.name[1])
            each = each.parent if each is not start else None
        return "/" + "/".join(reversed(names))

    def with_type(self, named: ComplexType) -> Step:
        return Step(self.parent, self.occupant, self.name, self.meeting, named, self.sure)


@frozen(eq=False)
class Problem:
    """A way in which a document of `sub` is none of `sup`.

    `values` are texts for the element or for the attribute `name`, each of which shows it; the attribute is left out
    where "attribute" comes without any.
    """

    step: Step
    wrong: Wrong
    failure: Failure | None = None
    name: Name | None = None
    values: tuple[str, ...] = ()
    kind: Type | None = None
    """The type of the element, as `sub` has it."""

    @property
    def shown(self) -> bool:
        """Whether a document that has it shows it: that values are refused may be certain, and none of them known."""
        return bool(self.values) or self.wrong not in ("text", "value")
