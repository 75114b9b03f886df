"""Simple types of an XSD, and what the annotations of its declarations say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element

from xmlschema.validators import (
    XsdComponent,
    XsdFacet,
    XsdLengthFacet,
    XsdMaxInclusiveFacet,
    XsdMaxLengthFacet,
    XsdMinInclusiveFacet,
    XsdMinLengthFacet,
    XsdPatternFacets,
    XsdSimpleType,
    XsdUnion,
)

from smswire.schema import patterns
from smswire.schema.model import Base, Facets, Position, Scalar, SchemaError, Type, Union

XS = "{http://www.w3.org/2001/XMLSchema}"
WIRE = "{urn:smswire:schema}"
_BASES: dict[str | None, Base] = {
    f"{XS}string": "string",
    f"{XS}integer": "integer",
    f"{XS}decimal": "number",
    f"{XS}boolean": "boolean",
}


def simple(kind: XsdComponent | None, position: Position, position_of: Callable[[XsdComponent], Position]) -> Type:
    """Lower a simple type, which `position` uses; `position_of` tells where one of its facets stands.

    Raises `SchemaError` for what the model does not hold.
    """
    if isinstance(kind, XsdUnion):
        return Union(tuple(simple(member, position, position_of) for member in kind.member_types))
    if not isinstance(kind, XsdSimpleType):
        raise SchemaError(position, "a simple type is wanted here")
    steps = list(_derivation(kind))
    base: Base | None = next((_BASES[each.name] for each in steps if each.name in _BASES), None)
    if base is None:
        raise SchemaError(position, f"a value of type {kind.root_type.prefixed_name} is not held by the model")
    if base == "string" and kind.white_space != "preserve":
        raise SchemaError(position, "a string that collapses white space is not held by the model")
    facets = [facet for each in steps for facet in each.facets.values()]
    found = [each for each in facets if isinstance(each, XsdPatternFacets)]
    if found and base != "string":
        raise SchemaError(position_of(found[0]), "a pattern of what is no string is not held by the model")
    return Scalar(
        base,
        Facets(
            min_length=max(map(int, _values(facets, XsdLengthFacet, XsdMinLengthFacet)), default=None),
            max_length=min(map(int, _values(facets, XsdLengthFacet, XsdMaxLengthFacet)), default=None),
            patterns=tuple(patterns.from_xsd("|".join(each.regexps), position_of(each)) for each in found),
            minimum=max(_values(facets, XsdMinInclusiveFacet), default=None),
            maximum=min(_values(facets, XsdMaxInclusiveFacet), default=None),
        ),
    )


def _derivation(kind: XsdSimpleType) -> Iterator[XsdSimpleType]:
    """A type and those it is derived from."""
    step: object = kind
    while isinstance(step, XsdSimpleType):
        yield step
        step = step.base_type


def _values(facets: Sequence[object], *kinds: type[XsdFacet]) -> list[Decimal]:
    return [Decimal(str(each.value)) for each in facets if isinstance(each, kinds)]


def doc(component: XsdComponent) -> str:
    """The documentation of a declaration, on one line."""
    texts = [each.text or "" for each in _annotations(component, "documentation")]
    return " ".join(" ".join(texts).split())


def _marks(component: XsdComponent, name: str) -> Iterator[Element]:
    for appinfo in _annotations(component, "appinfo"):
        yield from appinfo.iter(WIRE + name)


def _annotations(component: XsdComponent, kind: str) -> list[Element]:
    annotation = component.annotation
    return [] if annotation is None else list(annotation.elem.iter(XS + kind))


def sensitive(component: XsdComponent | None) -> bool:
    """Whether a declaration, a type it derives from, or one of the types it unites is marked sensitive."""
    while component is not None:
        if any(True for _ in _marks(component, "sensitive")):
            return True
        if isinstance(component, XsdUnion) and any(sensitive(each) for each in component.member_types):
            return True
        component = getattr(component, "base_type", None)
    return False


def codes(component: XsdComponent) -> str | None:
    """The table of codes that a declaration names."""
    for mark in _marks(component, "codes"):
        return mark.get("table")
    return None
