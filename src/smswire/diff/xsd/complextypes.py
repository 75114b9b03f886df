"""Building of complex types from their nodes."""

from __future__ import annotations

from smswire.diff.xsd import attributes, particles, simpletypes
from smswire.diff.xsd.components import (
    Attributes,
    ComplexType,
    Content,
    Group,
    Lazy,
    Method,
    Particle,
    SimpleType,
    Type,
)
from smswire.diff.xsd.names import Name, Node, children, kind, spelled, truth
from smswire.diff.xsd.particles import ANY_TYPE
from smswire.diff.xsd.reading import Components, bad, required, simple, where
from smswire.diff.xsd.sources import Source

_LATER = ("assert", "openContent")
_MODELS = ("sequence", "choice", "all", "group")


def build(components: Components, node: Node, source: Source, name: Name | None) -> ComplexType:
    """The type of an xs:complexType."""
    form, step = _derivation(node, source)
    method: Method = "extension" if kind(step) == "extension" else "restriction"
    base = Lazy(lambda: _base(components, form, step, source))
    return ComplexType(
        name=name,
        place=where(node, source),
        lazy_base=base,
        lazy_content=Lazy(lambda: _content(components, node, form, step, source, _whole(base, node, source))),
        lazy_attributes=Lazy(lambda: _attributes(components, step, source, _whole(base, node, source), method)),
        method=method,
        abstract=truth(node.get("abstract")),
        block=particles.blocked(node, source),
        node=node,
        opaque=frozenset(spelled(each) for each in children(step, *_LATER)),
    )


def _derivation(node: Node, source: Source) -> tuple[str, Node]:
    """The form of the content, and the node that has the type's own declarations."""
    for each in children(node, "simpleContent", "complexContent"):
        for step in children(each, "restriction", "extension"):
            return kind(each), step
        raise bad(each, source, f"xs:{kind(each)} holds neither a restriction nor an extension")
    return "", node


def _base(components: Components, form: str, step: Node, source: Source) -> Type | None:
    if not form:
        return components.type(ANY_TYPE, step, source)
    return components.type(source.resolve(step, required(step, source, "base")), step, source)


def _whole(base: Lazy[Type | None], node: Node, source: Source) -> Type | None:
    """The base type, the types that it is derived from being whole already: long chains are walked, not descended."""
    chain: list[ComplexType] = []
    seen: set[int] = set()
    each = base()
    while isinstance(each, ComplexType):
        if id(each) in seen:
            raise bad(node, source, "a type is derived from itself")
        seen.add(id(each))
        chain.append(each)
        each = each.base
    for found in reversed(chain[1:]):
        _ = found.content, found.attributes
    return base()


def _content(components: Components, node: Node, form: str, step: Node, source: Source, base: Type | None) -> Content:
    if form == "simpleContent":
        return Content(simple=_simple(components, step, source, base))
    mixed = truth(node.get("mixed"))
    parent = step.getparent()
    if form and parent is not None and parent.get("mixed") is not None:
        mixed = truth(parent.get("mixed"))
    own = _particle(components, step, source)
    if kind(step) != "extension" or base is None:
        return Content(particle=own, mixed=mixed)
    if isinstance(base, SimpleType):
        components.broken.append(where(node, source))
        return Content(simple=base)
    inherited = base.content
    if inherited.simple is not None:
        components.broken.append(where(node, source))
        return inherited
    if own is not None and mixed != inherited.mixed and (inherited.particle is not None or inherited.mixed):
        components.broken.append(where(node, source))
    return Content(particle=_joined(inherited.particle, own), mixed=mixed or inherited.mixed)


def _joined(first: Particle | None, second: Particle | None) -> Particle | None:
    if first is None or second is None:
        return first or second
    return Group("sequence", (first, second), 1, 1, second.place)


def _particle(components: Components, step: Node, source: Source) -> Particle | None:
    for each in children(step, *_MODELS):
        found = particles.build(components, each, source)
        return None if found is None or _empty(found) else found
    return None


def _empty(particle: Particle) -> bool:
    if particle.high == 0:
        return True
    return isinstance(particle, Group) and not particle.parts and (particle.kind != "choice" or particle.low == 0)


def _simple(components: Components, step: Node, source: Source, base: Type | None) -> SimpleType:
    inner = children(step, "simpleType") if kind(step) == "restriction" else []
    if inner:
        start = simple(components.anonymous(inner[0], source), step, source)
    else:
        assert base is not None
        start = simple(base, step, source)
    if kind(step) == "extension":
        return start
    narrowed = simpletypes.restricted(components, start.alternatives, step, source)
    if narrowed == start.alternatives:
        return start
    return SimpleType(None, where(step, source), narrowed, step)


def _attributes(components: Components, step: Node, source: Source, base: Type | None, method: Method) -> Attributes:
    inherited = base.attributes if isinstance(base, ComplexType) else None
    return attributes.build(components, step, source, inherited, extends=method == "extension")
