"""Identity constraints that hold wherever another one does."""

from __future__ import annotations

from attrs import evolve

from smswire.diff.xsd.components import ComplexType, Constraint, Element, Group, Leaf, Wildcard, leaves
from smswire.diff.xsd.names import tag
from smswire.diff.xsd.sides import Side
from smswire.diff.xsd.sizes import nillable


def implied(side: Side, element: Element, wanted: Constraint) -> bool:
    """Whether every element of a declaration satisfies a constraint, since it satisfies those of its own."""
    if wanted in element.constraints:
        return True
    if wanted.kind == "unique":
        return evolve(wanted, kind="key") in element.constraints
    return (
        wanted.kind == "key"
        and evolve(wanted, kind="unique") in element.constraints
        and all(_complete(side, element, each, wanted.fields) for each in wanted.selector.split("|"))
    )


def _complete(side: Side, element: Element, path: str, fields: tuple[str, ...]) -> bool:
    """Whether whatever a path selects has all fields. What would need a longer look is taken to have not."""
    if "{" in path or any(step in ("", "*") for step in path.split("/")):
        return False
    found = [element]
    for step in path.split("/"):
        following: list[Element] = []
        for each in found:
            children = _children(side, each)
            if children is None:
                return False
            following += [child for child in children if step == "." or tag(child.name) == step]
        found = found if step == "." else following
    return all(_has(side, each, wanted) for each in found for wanted in fields)


def _children(side: Side, element: Element) -> list[Element] | None:
    """The elements that may stand within one, None when that cannot be told."""
    if side.kinds(element) or element.type is side.schema.any_type:
        return None
    found: list[Element] = []
    for leaf in leaves(element.type.content.particle) if isinstance(element.type, ComplexType) else ():
        if isinstance(leaf.term, Wildcard):
            return None
        found += side.options(leaf.term)
    return found


def _has(side: Side, element: Element, field: str) -> bool:
    kind = element.type
    if side.kinds(element) or not isinstance(kind, ComplexType):
        return field == "." and not isinstance(kind, ComplexType) and not nillable(element)
    if field.startswith("@"):
        return any(tag(name) == field[1:] and use.required for name, use in kind.attributes.uses.items())
    particle = kind.content.particle
    if nillable(element) or not isinstance(particle, Group) or particle.kind == "choice":
        return False
    named = [leaf for leaf in leaves(particle) if isinstance(leaf.term, Wildcard) or tag(leaf.term.name) == field]
    return (particle.low, particle.high) == (1, 1) and len(named) == 1 and named[0] in particle.parts and _one(named[0])


def _one(leaf: Leaf) -> bool:
    """Whether it is one element that always has a value."""
    term = leaf.term
    return (
        isinstance(term, Element)
        and (leaf.low, leaf.high) == (1, 1)
        and not term.is_global
        and not nillable(term)
        and not isinstance(term.type, ComplexType)
    )
