"""What text an element or attribute may have: its simple type, as a fixed or a default value changes it."""

from __future__ import annotations

from attrs import frozen

from smswire.diff.xsd.components import Attribute, ComplexType, Element, Type
from smswire.diff.xsd.sides import Occupant
from smswire.diff.xsd.simple.accepting import accepts
from smswire.diff.xsd.simple.atoms import ANYTHING, Alternatives, Atom
from smswire.diff.xsd.simple.facets import Facet, restrict

NOTHING: Alternatives = (Atom(base="string", space="preserve", values=("",)),)
"""The empty text alone."""

BLANK: Alternatives = (Atom(base="token", space="collapse", values=("",)),)
"""White space alone."""

ANY_TEXT: Alternatives = (ANYTHING,)


@frozen
class Values:
    """The value constraint of an element declaration."""

    fixed: str | None = None
    default: str | None = None


NONE = Values()


def constraint(occupant: Occupant) -> Values:
    return Values(occupant.fixed, occupant.default) if isinstance(occupant, Element) else NONE


def held(kind: Type, values: Values) -> Alternatives | None:
    """The text that an element of a type may have when it can have nothing but text, else None."""
    content = kind.content if isinstance(kind, ComplexType) else None
    if values.fixed is not None and (content is None or content.simple is not None or content.mixed):
        # it leaves mixed content no children, and libxml2 takes no other print of the same value
        return (Atom(base="string", space="preserve", values=(values.fixed,)), *NOTHING)
    alternatives = _simple(kind)
    if alternatives is None or values.default is None or unfilled(kind, values):
        return alternatives
    # an element without content has its default
    return (*alternatives, *NOTHING)


def unfilled(kind: Type, values: Values) -> bool:
    """Whether an element may not be empty because its default is no value of the type that a document names."""
    alternatives = _simple(kind)
    return alternatives is not None and values.default is not None and accepts(alternatives, values.default) is False


def _simple(kind: Type) -> Alternatives | None:
    found = kind.content.simple if isinstance(kind, ComplexType) else kind
    return None if found is None else found.alternatives


def attribute(use: Attribute) -> Alternatives:
    """The text that an attribute may have."""
    alternatives = use.type.alternatives
    return alternatives if use.fixed is None else fixed(alternatives, use.fixed)


def fixed(alternatives: Alternatives, value: str) -> Alternatives:
    """One value of a simple type, however it is printed."""
    return restrict(alternatives, (Facet("enumeration", value, lambda text: text),))
