"""Lowering of an XSD 1.0 document into the model, through the components of the xmlschema package."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname
from xml.etree.ElementTree import Element

import xmlschema
from attrs import evolve
from lxml import etree
from xmlschema.validators import XsdAttribute, XsdComplexType, XsdComponent, XsdElement, XsdGroup

from smswire.schema.model import (
    Alternative,
    Choice,
    Direction,
    Document,
    Field,
    Position,
    Record,
    Ref,
    SchemaError,
    Type,
    Union,
    class_name,
)
from smswire.schema.xsd_types import WIRE, XS, codes, doc, sensitive, simple

_KNOWN = frozenset(
    "schema include annotation documentation appinfo element complexType sequence choice simpleContent extension "  # noqa: SIM905
    "attribute simpleType restriction union length minLength maxLength pattern minInclusive maxInclusive".split()
)
_MARKS = ("sensitive", "codes")
_KNOWN_ATTRIBUTES = frozenset(
    "name type use fixed minOccurs maxOccurs base value memberTypes schemaLocation id version source targetNamespace "  # noqa: SIM905
    "elementFormDefault attributeFormDefault".split()
)


def lower(path: Path, name: str, direction: Direction) -> Document:
    """Lower the XSD file `path`, whose global elements are the roots that the document may have.

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
            raise SchemaError(_mistake(path), str(error).partition("\n")[0]) from None
        self.positions = dict(self._positions())
        self.records: dict[str, Record] = {}
        self.begun: dict[str, XsdComplexType] = {}

    def document(self) -> Document:
        top = Position(self.path.name, 1)
        roots = [each for each in self.schema.elements.values() if each.schema is self.schema]
        if not roots:
            raise SchemaError(top, "a document needs a global element, this schema has none")
        if self.schema.target_namespace:
            raise SchemaError(top, "a target namespace is not held")
        types = tuple(self._complex(each, self._root_class(each, alone=len(roots) == 1)) for each in roots)
        docs = [self.records[each.name].doc or doc(root) for each, root in zip(types, roots, strict=True)]
        return Document(
            name=self.name,
            format="xml",
            direction=self.direction,
            root=types[0] if len(types) == 1 else Union(types),
            records=self.records,
            file=self.path.name,
            doc=" ".join(each for each in docs if each),
            elements=tuple(each.local_name for each in roots),
        )

    def _root_class(self, root: XsdElement, *, alone: bool) -> str:
        return class_name(self.name) + ("" if alone else class_name(root.local_name))

    def _positions(self) -> Iterator[tuple[Element, Position]]:
        """Lines of every schema element: xmlschema's tree has none, so lxml's is walked beside it."""
        for schema in self.schema.maps.schemas:
            path = Path(url2pathname(urlsplit(schema.url or "").path))
            if path.parent != self.path.resolve().parent:
                continue  # a schema that comes with the xmlschema package
            lines = etree.parse(path).getroot().iter(etree.Element)
            for element, located in zip(schema.root.iter(), lines, strict=True):
                position = Position(path.name, located.sourceline or 1)
                kind = str(element.tag)
                if kind.startswith(XS) and kind.removeprefix(XS) not in _KNOWN:
                    raise SchemaError(position, f"xs:{kind.removeprefix(XS)} is not held by the model")
                if kind.startswith(XS) and (unknown := _unknown_attribute(element)):
                    raise SchemaError(position, f"{unknown} of xs:{kind.removeprefix(XS)} is not held by the model")
                if kind.startswith(WIRE) and kind.removeprefix(WIRE) not in _MARKS:
                    raise SchemaError(position, f"{kind.removeprefix(WIRE)} is no mark: known are {', '.join(_MARKS)}")
                if kind == f"{WIRE}codes" and "table" not in element.attrib:
                    raise SchemaError(position, "the mark codes needs a table")
                yield element, position

    def _position(self, component: XsdComponent) -> Position:
        return self.positions.get(component.elem, Position(self.path.name, 1))

    def _complex(self, element: XsdElement, name: str) -> Ref:
        kind = element.type
        position = self._position(element)
        if not isinstance(kind, XsdComplexType):
            raise SchemaError(position, f"element {element.local_name} needs a complex type")
        if name in self.begun:
            if self.begun[name] is not kind:
                raise SchemaError(position, f"two types of this document are called {name}")
            return Ref(name)
        self.begun[name] = kind
        fields = [self._attribute(each) for each in kind.attributes.values() if isinstance(each, XsdAttribute)]
        choices: list[Choice] = []
        if kind.has_simple_content():
            content = kind.content
            value = Field(
                name="value",
                place="text",
                type=self._simple(content, position),
                minimum=1,
                maximum=1,
                position=self._position(kind),
                sensitive=sensitive(content),
                codes=codes(kind),
            )
            fields.insert(0, value)
        else:
            content = kind.content
            assert isinstance(content, XsdGroup)
            fields[:0] = self._children(content, choices)
        self.records[name] = Record(name, tuple(fields), self._position(kind), doc(kind), choices=tuple(choices))
        return Ref(name)

    def _children(self, group: XsdGroup, choices: list[Choice]) -> Iterator[Field]:
        """The elements of a content model: a sequence, a choice, or a sequence with choices in it."""
        if group.model == "choice":
            yield from self._choice(group, choices)
            return
        if len(group) and (group.model != "sequence" or group.occurs != (1, 1)):
            raise SchemaError(
                self._position(group), "children must be an xs:sequence that occurs once, or an xs:choice"
            )
        for child in group:
            if isinstance(child, XsdGroup):
                yield from self._children(child, choices)
            else:
                yield self._child(child)

    def _choice(self, group: XsdGroup, choices: list[Choice]) -> Iterator[Field]:
        if group.max_occurs != 1:
            raise SchemaError(self._position(group), "an xs:choice that repeats is not held by the model")
        found: dict[str, Field] = {}
        alternatives: list[Alternative] = []
        for branch in group:
            fields = [self._child(branch)] if isinstance(branch, XsdElement) else self._branch(branch)
            names = tuple(each.name for each in fields)
            alternatives.append(Alternative(names, tuple(each.name for each in fields if each.minimum)))
            for each in fields:
                if each.minimum > 1:
                    raise SchemaError(each.position, "a minimum above 1 within an xs:choice is not held by the model")
                if names.count(each.name) > 1:
                    raise SchemaError(each.position, f"{each.name} comes twice in this alternative")
                found[each.name] = _merged(found.get(each.name), each)
        if not found:
            raise SchemaError(self._position(group), "an xs:choice without elements is not held by the model")
        emptiable = group.min_occurs == 0 or any(not each.required for each in alternatives)
        choices.append(Choice(tuple(each for each in alternatives if each.fields), optional=emptiable))
        yield from found.values()

    def _branch(self, branch: object) -> list[Field]:
        assert isinstance(branch, XsdGroup)
        inner: list[Choice] = []
        fields = list(self._children(branch, inner))
        if inner:
            raise SchemaError(self._position(branch), "an xs:choice within an xs:choice is not held by the model")
        return fields

    def _child(self, child: object) -> Field:
        assert isinstance(child, XsdElement)
        position = self._position(child)
        if isinstance(child.type, XsdComplexType):
            if child.type.name is None or child.type.name.startswith(XS):
                raise SchemaError(position, f"the type of element {child.local_name} needs a name")
            content: Type = self._complex(child, child.type.name)
        else:
            content = self._simple(child.type, position)
        low, high = child.occurs
        return Field(
            name=child.local_name,
            place="element",
            type=content,
            minimum=low,
            maximum=high,
            position=position,
            doc=doc(child),
            sensitive=not isinstance(content, Ref) and (sensitive(child) or sensitive(child.type)),
            codes=codes(child),
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
            doc=doc(attribute),
            fixed=attribute.fixed,
            sensitive=sensitive(attribute) or sensitive(attribute.type),
            codes=codes(attribute),
        )

    def _simple(self, kind: XsdComponent | None, position: Position) -> Type:
        return simple(kind, position, self._position)


def _mistake(path: Path) -> Position:
    """Where libxml2 finds the first mistake of a schema, because xmlschema tells no line."""
    try:
        etree.XMLSchema(file=str(path))
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError) as error:
        for each in error.error_log:
            if each.line:
                return Position(Path(each.filename).name, each.line)
    return Position(path.name, 1)


def _unknown_attribute(element: Element) -> str | None:
    """An attribute of a schema element whose meaning the model would lose: a default, nillable, mixed content."""
    if element.get("use") == "prohibited":
        return 'use="prohibited"'
    if "fixed" in element.attrib and element.tag != XS + "attribute":
        return "fixed"
    names = (str(name) for name in element.attrib if not str(name).startswith("{"))
    return next((name for name in names if name not in _KNOWN_ATTRIBUTES), None)


def _merged(known: Field | None, field: Field) -> Field:
    """One field for an element that stands in several alternatives, none of which must be taken."""
    field = evolve(field, minimum=0)
    if known is None:
        return field
    if (known.type, known.maximum) != (field.type, field.maximum):
        raise SchemaError(field.position, f"{field.name} has another type or maximum in this alternative")
    if (known.sensitive, known.codes) != (field.sensitive, field.codes):
        raise SchemaError(field.position, f"{field.name} has other marks in this alternative")
    return evolve(known, doc=" ".join(dict.fromkeys(each for each in (known.doc, field.doc) if each)))
