"""Building of simple types from their nodes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from smswire.diff.xsd.components import SimpleType
from smswire.diff.xsd.names import Name, Node, children, kind
from smswire.diff.xsd.reading import Components, bad, required, simple, where
from smswire.diff.xsd.simple.atoms import Alternative, Alternatives, ListOf
from smswire.diff.xsd.simple.facets import BadFacet, Facet, restrict
from smswire.diff.xsd.sources import Source

_FACETS = (
    "length",
    "minLength",
    "maxLength",
    "pattern",
    "enumeration",
    "whiteSpace",
    "totalDigits",
    "fractionDigits",
    "minInclusive",
    "minExclusive",
    "maxInclusive",
    "maxExclusive",
)

_LATER = ("assertion", "explicitTimezone")


def build(components: Components, node: Node, source: Source, name: Name | None) -> SimpleType:
    """The simple type of an xs:simpleType."""
    return SimpleType(name, where(node, source), _alternatives(components, node, source), node)


def restricted(components: Components, base: Alternatives, node: Node, source: Source) -> Alternatives:
    """The values of a base that the facets within an xs:restriction allow."""
    components.library.ignore(f"xs:{kind(each)}" for each in children(node, *_LATER))
    facets = [_facet(each, source) for each in children(node, *_FACETS)]
    if not facets:
        return base
    try:
        return restrict(base, facets)
    except BadFacet as error:
        raise bad(node, source, str(error)) from None


def _facet(node: Node, source: Source) -> Facet:
    return Facet(kind(node), node.get("value") or "", partial(_qname, source, node))


def _qname(source: Source, node: Node, text: str) -> str:
    namespace, local = source.resolve(node, text)
    return f"{{{namespace}}}{local}"


def _alternatives(components: Components, node: Node, source: Source) -> Alternatives:
    for each in children(node, "restriction", "list", "union"):
        if kind(each) == "restriction":
            return restricted(components, base(components, each, source), each, source)
        if kind(each) == "list":
            return (ListOf(items=_items(components, each, source)),)
        return _members(components, each, source)
    raise bad(node, source, "xs:simpleType holds neither a restriction, a list nor a union")


def base(components: Components, node: Node, source: Source) -> Alternatives:
    """What an xs:restriction restricts."""
    if node.get("base") is None:
        for each in children(node, "simpleType"):
            return simple(components.anonymous(each, source), each, source).alternatives
    found = components.type(source.resolve(node, required(node, source, "base")), node, source)
    return simple(found, node, source).alternatives


def _items(components: Components, node: Node, source: Source) -> tuple[Alternative, ...]:
    if node.get("itemType") is None:
        for each in children(node, "simpleType"):
            return simple(components.anonymous(each, source), each, source).alternatives
    found = components.type(source.resolve(node, required(node, source, "itemType")), node, source)
    return simple(found, node, source).alternatives


def _members(components: Components, node: Node, source: Source) -> Alternatives:
    found: list[Alternative] = []
    for text in (node.get("memberTypes") or "").split():
        member = components.type(source.resolve(node, text), node, source)
        found.extend(simple(member, node, source).alternatives)
    for each in children(node, "simpleType"):
        found.extend(simple(components.anonymous(each, source), each, source).alternatives)
    if not found:
        raise bad(node, source, "xs:union has no member")
    return _distinct(found)


def _distinct(found: Sequence[Alternative]) -> Alternatives:
    return tuple(dict.fromkeys(found))
