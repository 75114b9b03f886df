"""Lowering of an XSD 1.0 document into the model, through the components of the xmlschema package."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import Element

import xmlschema
from lxml import etree
from xmlschema.validators import (
    XsdAttribute,
    XsdComplexType,
    XsdComponent,
    XsdElement,
    XsdFacet,
    XsdGroup,
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
from smswire.schema.model import (
    Base,
    Direction,
    Document,
    Facets,
    Field,
    Position,
    Record,
    Ref,
    Scalar,
    SchemaError,
    Type,
    Union,
    class_name,
)

_XS = "{http://www.w3.org/2001/XMLSchema}"
_WIRE = "{urn:smswire:schema}"
_BASES: dict[str | None, Base] = {
    f"{_XS}string": "string",
    f"{_XS}integer": "integer",
    f"{_XS}decimal": "number",
    f"{_XS}boolean": "boolean",
}
_KNOWN = frozenset(
    "schema include annotation documentation appinfo element complexType sequence simpleContent extension attribute "  # noqa: SIM905
    "simpleType restriction union length minLength maxLength pattern minInclusive maxInclusive".split()
)
_KNOWN_ATTRIBUTES = frozenset(
    "name type use fixed minOccurs maxOccurs base value memberTypes schemaLocation id version source targetNamespace "  # noqa: SIM905
    "elementFormDefault attributeFormDefault".split()
)


def lower(path: Path, name: str, direction: Direction) -> Document:
    """Lower the XSD file `path`, whose one global element is the document's root.

    Raises `SchemaError`, with file and line, for an unreadable schema and for a feature that the model does not hold.
    """
    return _Lowering(path, name, direction).document()


class _Lowering:
    def __init__(self, path: Path, name: str, direction: Direction) -> None:
        self.path = path
        self.name = name
        self.direction: Direction = direction
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")  # xmlschema only warns when an include cannot be read
                self.schema = xmlschema.XMLSchema10(str(path.resolve()), allow="sandbox")
        except (xmlschema.XMLSchemaException, xmlschema.XMLSchemaIncludeWarning, OSError, ValueError) as error:
            raise SchemaError(Position(path.name, 1), str(error).partition("\n")[0]) from None
        self.positions = dict(self._positions())
        self.records: dict[str, Record] = {}
        self.begun: set[str] = set()

    def document(self) -> Document:
        top = Position(self.path.name, 1)
        roots = [each for each in self.schema.elements.values() if each.schema is self.schema]
        if len(roots) != 1:
            raise SchemaError(top, f"a document has one global element, this schema has {len(roots)}")
        if self.schema.target_namespace:
            raise SchemaError(top, "a target namespace is not held")
        [root] = roots
        reference = self._complex(root, class_name(self.name))
        return Document(
            name=self.name,
            format="xml",
            direction=self.direction,
            root=reference,
            records=self.records,
            file=self.path.name,
            doc=self.records[reference.name].doc or _doc(root),
            root_name=root.local_name,
        )

    def _positions(self) -> Iterator[tuple[Element, Position]]:
        """Lines of every schema element: xmlschema's tree has none, so lxml's is walked beside it."""
        for schema in self.schema.maps.schemas:
            path = Path((schema.url or "").removeprefix("file://"))
            if path.parent != self.path.resolve().parent:
                continue  # a schema that comes with the xmlschema package
            lines = etree.parse(path).getroot().iter(etree.Element)
            for element, located in zip(schema.root.iter(), lines, strict=True):
                position = Position(path.name, located.sourceline or 1)
                kind = str(element.tag)
                if kind.startswith(_XS) and kind.removeprefix(_XS) not in _KNOWN:
                    raise SchemaError(position, f"xs:{kind.removeprefix(_XS)} is not held by the model")
                if kind.startswith(_XS) and (unknown := _unknown_attribute(element)):
                    raise SchemaError(position, f"{unknown} of xs:{kind.removeprefix(_XS)} is not held by the model")
                yield element, position

    def _position(self, component: XsdComponent) -> Position:
        return self.positions.get(component.elem, Position(self.path.name, 1))

    def _complex(self, element: XsdElement, name: str) -> Ref:
        kind = element.type
        position = self._position(element)
        if not isinstance(kind, XsdComplexType):
            raise SchemaError(position, f"element {element.local_name} needs a complex type")
        if name in self.begun:
            return Ref(name)
        self.begun.add(name)
        fields = [self._attribute(each) for each in kind.attributes.values() if isinstance(each, XsdAttribute)]
        if kind.has_simple_content():
            content = kind.content
            value = Field(
                name="value",
                place="text",
                type=self._simple(content, position),
                minimum=1,
                maximum=1,
                position=self._position(kind),
                sensitive=_sensitive(content),
                codes=_codes(kind),
            )
            fields.insert(0, value)
        else:
            fields[:0] = self._children(kind)
        self.records[name] = Record(name, tuple(fields), self._position(kind), _doc(kind))
        return Ref(name)

    def _children(self, kind: XsdComplexType) -> Iterator[Field]:
        group = kind.content
        assert isinstance(group, XsdGroup)
        if len(group) and (group.model != "sequence" or group.occurs != (1, 1)):
            raise SchemaError(self._position(kind), "children must be one xs:sequence that occurs once")
        for child in group:
            position = self._position(child)
            if not isinstance(child, XsdElement):
                raise SchemaError(position, "a group within a sequence is not held by the model")
            if isinstance(child.type, XsdComplexType):
                if child.type.name is None or child.type.name.startswith(_XS):
                    raise SchemaError(position, f"the type of element {child.local_name} needs a name")
                content: Type = self._complex(child, child.type.name)
            else:
                content = self._simple(child.type, position)
            low, high = child.occurs
            yield Field(
                name=child.local_name,
                place="element",
                type=content,
                minimum=low,
                maximum=high,
                position=position,
                doc=_doc(child),
                sensitive=not isinstance(content, Ref) and (_sensitive(child) or _sensitive(child.type)),
                codes=_codes(child),
            )

    def _attribute(self, attribute: XsdAttribute) -> Field:
        position = self._position(attribute)
        return Field(
            name=attribute.local_name,
            place="attribute",
            type=self._simple(attribute.type, position),
            minimum=1 if attribute.use == "required" else 0,
            maximum=1,
            position=position,
            doc=_doc(attribute),
            fixed=attribute.fixed,
            sensitive=_sensitive(attribute) or _sensitive(attribute.type),
            codes=_codes(attribute),
        )

    def _simple(self, kind: XsdComponent | None, position: Position) -> Type:
        if isinstance(kind, XsdUnion):
            return Union(tuple(self._simple(member, position) for member in kind.member_types))
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
            raise SchemaError(self._position(found[0]), "a pattern of what is no string is not held by the model")
        return Scalar(
            base,
            Facets(
                min_length=max(map(int, _values(facets, XsdLengthFacet, XsdMinLengthFacet)), default=None),
                max_length=min(map(int, _values(facets, XsdLengthFacet, XsdMaxLengthFacet)), default=None),
                patterns=tuple(patterns.from_xsd("|".join(each.regexps), self._position(each)) for each in found),
                minimum=max(_values(facets, XsdMinInclusiveFacet), default=None),
                maximum=min(_values(facets, XsdMaxInclusiveFacet), default=None),
            ),
        )


def _unknown_attribute(element: Element) -> str | None:
    """An attribute of a schema element whose meaning the model would lose: a default, nillable, mixed content."""
    if element.get("use") == "prohibited":
        return 'use="prohibited"'
    if "fixed" in element.attrib and element.tag != _XS + "attribute":
        return "fixed"
    names = (str(name) for name in element.attrib if not str(name).startswith("{"))
    return next((name for name in names if name not in _KNOWN_ATTRIBUTES), None)


def _derivation(kind: XsdSimpleType) -> Iterator[XsdSimpleType]:
    """A type and those it is derived from."""
    step: object = kind
    while isinstance(step, XsdSimpleType):
        yield step
        step = step.base_type


def _values(facets: Sequence[object], *kinds: type[XsdFacet]) -> list[Decimal]:
    return [Decimal(str(each.value)) for each in facets if isinstance(each, kinds)]


def _doc(component: XsdComponent) -> str:
    texts = [each.text or "" for each in _annotations(component, "documentation")]
    return " ".join(" ".join(texts).split())


def _marks(component: XsdComponent, name: str) -> Iterator[Element]:
    for appinfo in _annotations(component, "appinfo"):
        yield from appinfo.iter(_WIRE + name)


def _annotations(component: XsdComponent, kind: str) -> list[Element]:
    annotation = component.annotation
    return [] if annotation is None else list(annotation.elem.iter(_XS + kind))


def _sensitive(component: XsdComponent | None) -> bool:
    """Whether a declaration, or a type it derives from, is marked sensitive."""
    while component is not None:
        if any(True for _ in _marks(component, "sensitive")):
            return True
        component = getattr(component, "base_type", None)
    return False


def _codes(component: XsdComponent) -> str | None:
    for mark in _marks(component, "codes"):
        return mark.get("table")
    return None
