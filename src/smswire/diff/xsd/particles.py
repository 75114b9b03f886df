"""Building of content models from their nodes."""

from __future__ import annotations

from smswire.diff.xsd import namespaces
from smswire.diff.xsd.components import (
    Compositor,
    Constraint,
    Element,
    Group,
    Lazy,
    Leaf,
    Method,
    Particle,
    Process,
    Type,
    Wildcard,
)
from smswire.diff.xsd.names import XS, Name, Node, children, kind, truth
from smswire.diff.xsd.reading import Components, bad, methods, occurs, own_name, required, where
from smswire.diff.xsd.sources import Source

_COMPOSITORS: dict[str, Compositor] = {"sequence": "sequence", "choice": "choice", "all": "all"}
_PROCESS: dict[str, Process] = {"strict": "strict", "lax": "lax", "skip": "skip"}
_MOST = 50_000
PARTICLES = ("sequence", "choice", "all", "group", "element", "any")


def build(components: Components, node: Node, source: Source) -> Particle | None:
    """The particle of an xs:sequence, xs:choice, xs:all, xs:group, xs:element or xs:any. None for an empty group."""
    found = kind(node)
    low, high = occurs(node, source)
    if found == "element":
        return Leaf(_element(components, node, source), low, high, where(node, source))
    if found == "any":
        return Leaf(wildcard(components, node, source), low, high, where(node, source))
    if found == "group":
        name = source.resolve(node, required(node, source, "ref"))
        inner = components.group(components.library.get("group", name, node, source))
        return None if inner is None else _times(inner, low, high)
    parts = [part for each in children(node, *PARTICLES) if (part := build(components, each, source)) is not None]
    group = Group(_COMPOSITORS[found], tuple(parts), low, high, where(node, source))
    if group.size > _MOST:
        raise bad(node, source, f"a content model has more than {_MOST} elements")
    return group


def _times(inner: Particle, low: int, high: int | None) -> Particle:
    """A group as a reference to it counts it."""
    if (low, high) == (1, 1):
        return inner
    if (inner.low, inner.high) == (1, 1) and isinstance(inner, Group):
        return Group(inner.kind, inner.parts, low, high, inner.place)
    return Group("sequence", (inner,), low, high, inner.place)


def wildcard(components: Components, node: Node, source: Source) -> Wildcard:
    """The wildcard of an xs:any or xs:anyAttribute."""
    components.library.ignore(each for each in ("notNamespace", "notQName") if node.get(each) is not None)
    allowed = namespaces.parse(node.get("namespace"), source.namespace)
    process = _PROCESS.get((node.get("processContents") or "strict").strip())
    if process is None:
        raise bad(node, source, "processContents is none of strict, lax, skip")
    return Wildcard(allowed, process, where(node, source))


def _element(components: Components, node: Node, source: Source) -> Element:
    if node.get("ref") is not None:
        name = source.resolve(node, required(node, source, "ref"))
        found = components.element(name)
        if found is None:
            components.library.get("element", name, node, source)
            raise bad(node, source, f"element {name[1]} cannot be referred to")
        return found
    form = node.get("form") or source.default("elementFormDefault")
    own = node.get("targetNamespace")
    namespace = own.strip() if own is not None else source.namespace if form.strip() == "qualified" else ""
    return declaration(components, node, source, (namespace, own_name(node, source)))


def declaration(components: Components, node: Node, source: Source, name: Name, *, is_global: bool = False) -> Element:
    """The declaration that an xs:element is."""
    heads = tuple(source.resolve(node, each) for each in (node.get("substitutionGroup") or "").split())
    return Element(
        name=name,
        place=where(node, source),
        lazy_type=Lazy(lambda: _type(components, node, source, heads)),
        node=node,
        is_global=is_global,
        nillable=truth(node.get("nillable")),
        abstract=truth(node.get("abstract")),
        default=node.get("default"),
        fixed=node.get("fixed"),
        block=blocked(node, source),
        constraints=tuple(_constraint(each, source) for each in children(node, "unique", "key", "keyref")),
        heads=heads if is_global else (),
        opaque=frozenset(f"{each.get('test')} {each.get('type')}" for each in children(node, "alternative")),
    )


def blocked(node: Node, source: Source) -> frozenset[Method]:
    return methods(node.get("block"), source.default("blockDefault"))


def _type(components: Components, node: Node, source: Source, heads: tuple[Name, ...]) -> Type:
    for each in children(node, "simpleType", "complexType"):
        return components.anonymous(each, source)
    text = node.get("type")
    if text is not None:
        return components.type(source.resolve(node, text), node, source)
    for name in heads:
        head = components.element(name)
        if head is not None:
            return head.type
    return components.type(ANY_TYPE, node, source)


ANY_TYPE: Name = (XS, "anyType")


def _constraint(node: Node, source: Source) -> Constraint:
    refer = node.get("refer")
    paths = [_path(each, source) for each in children(node, "selector", "field")]
    return Constraint(
        kind=kind(node),
        selector=paths[0] if paths else "",
        fields=tuple(paths[1:]),
        refers=None if refer is None else source.resolve(node, refer),
        name=node.get("name") or "",
        place=where(node, source),
    )


def _path(node: Node, source: Source) -> str:
    """A path with the names that its prefixes stand for."""
    steps: list[str] = []
    text = "".join((node.get("xpath") or "").split())
    word = ""
    for each in [*text, "/"]:
        if each in "/|@.":
            steps += [_named(node, source, word), each]
            word = ""
        else:
            word += each
    return "|".join(sorted({_shortened(each) for each in "".join(steps[:-1]).split("|")}))


def _shortened(path: str) -> str:
    """A path without the steps that lead from a node to itself."""
    while path.startswith("./") and not path.startswith(".//"):
        path = path[2:]
    while "/./" in path:
        path = path.replace("/./", "/")
    return path.removesuffix("/.")


def _named(node: Node, source: Source, word: str) -> str:
    axis, colons, step = word.rpartition("::")
    # the axes of a path, spelled as they are where they are not named
    axis = {"child": "", "attribute": "@"}.get(axis, axis + colons)
    if ":" not in step:
        return axis + step
    namespace, local = source.resolve(node, step)
    return f"{axis}{{{namespace}}}{local}"
