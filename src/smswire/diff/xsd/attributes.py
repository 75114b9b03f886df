"""Building of the attributes that a complex type allows."""

from __future__ import annotations

from attrs import evolve

from smswire.diff.xsd.components import Attribute, Attributes, Lazy, SimpleType, Wildcard
from smswire.diff.xsd.names import Name, Node, children, kind
from smswire.diff.xsd.particles import wildcard
from smswire.diff.xsd.reading import Components, bad, own_name, required, simple, where
from smswire.diff.xsd.simple.atoms import ANYTHING
from smswire.diff.xsd.sources import Source

_DEEPEST = 100


def build(components: Components, node: Node, source: Source, base: Attributes | None, *, extends: bool) -> Attributes:
    """The attributes of a type whose own ones stand within `node`, derived from a base that has some."""
    own = _own(components, node, source, 0)
    if base is None:
        return own
    if not extends:
        return Attributes({**base.uses, **own.uses}, own.wildcard)
    return Attributes(
        {**base.uses, **{name: each for name, each in own.uses.items() if not each.prohibited}}, _either(base, own)
    )


def _either(base: Attributes, own: Attributes) -> Wildcard | None:
    if base.wildcard is None or own.wildcard is None:
        return own.wildcard or base.wildcard
    return evolve(own.wildcard, namespaces=own.wildcard.namespaces.union(base.wildcard.namespaces))


def _own(components: Components, node: Node, source: Source, depth: int) -> Attributes:
    if depth > _DEEPEST:
        raise bad(node, source, "attribute groups refer to each other without end")
    uses: dict[Name, Attribute] = {}
    wild: Wildcard | None = None
    for each in children(node, "attribute", "attributeGroup", "anyAttribute"):
        if kind(each) == "attribute":
            use = _use(components, each, source)
            uses[use.name] = use
        elif kind(each) == "attributeGroup":
            name = source.resolve(each, required(each, source, "ref"))
            group = components.library.get("attributeGroup", name, each, source)
            found = _own(components, group.node, group.source, depth + 1)
            # what a group prohibits is no part of it
            uses.update((use.name, use) for use in found.allowed())
            wild = _narrowed(wild, found.wildcard)
        else:
            wild = _narrowed(wildcard(components, each, source), wild)
    return Attributes(uses, wild)


def _narrowed(first: Wildcard | None, second: Wildcard | None) -> Wildcard | None:
    """What both allow; the first says how it is processed."""
    if first is None or second is None:
        return first or second
    return evolve(first, namespaces=first.namespaces.intersection(second.namespaces))


def _use(components: Components, node: Node, source: Source) -> Attribute:
    use = (node.get("use") or "optional").strip()
    if node.get("ref") is not None:
        name = source.resolve(node, required(node, source, "ref"))
        found = components.attribute(name)
        if found is None:
            components.library.get("attribute", name, node, source)
            raise bad(node, source, f"attribute {name[1]} cannot be referred to")
        own = node.get("fixed") is not None or node.get("default") is not None
        return Attribute(
            name=name,
            place=where(node, source),
            lazy_type=found.lazy_type,
            required=use == "required",
            prohibited=use == "prohibited",
            default=node.get("default") if own else found.default,
            fixed=node.get("fixed") if own else found.fixed,
            node=node,
        )
    form = node.get("form") or source.default("attributeFormDefault")
    own_namespace = node.get("targetNamespace")
    namespace = (
        own_namespace.strip() if own_namespace is not None else source.namespace if form.strip() == "qualified" else ""
    )
    return declaration(components, node, source, (namespace, own_name(node, source)))


def declaration(components: Components, node: Node, source: Source, name: Name) -> Attribute:
    """The declaration that an xs:attribute is."""
    use = (node.get("use") or "optional").strip()
    return Attribute(
        name=name,
        place=where(node, source),
        lazy_type=Lazy(lambda: _type(components, node, source)),
        required=use == "required",
        prohibited=use == "prohibited",
        default=node.get("default"),
        fixed=node.get("fixed"),
        node=node,
    )


def _type(components: Components, node: Node, source: Source) -> SimpleType:
    for each in children(node, "simpleType"):
        return simple(components.anonymous(each, source), each, source)
    text = node.get("type")
    if text is None:
        return SimpleType(None, where(node, source), (ANYTHING,))
    return simple(components.type(source.resolve(node, text), node, source), node, source)
