"""What changed between two declarations of the same element or attribute, their types apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from smswire.diff.model import Change, Effect, Place
from smswire.diff.xsd.changes.naming import Naming
from smswire.diff.xsd.components import Attribute, Constraint, Element, Leaf, Particle, SimpleType, Type
from smswire.diff.xsd.names import XS, Node
from smswire.diff.xsd.simple.accepting import accepts
from smswire.diff.xsd.simple.inclusion import included
from smswire.diff.xsd.values import fixed

_DOCUMENTATION = f"{{{XS}}}annotation"
_SHOWN = 60
_NAMESPACE = re.compile(r"\{[^}]*\}")


def elements(naming: Naming, old: Element, new: Element, path: str) -> Iterator[Change]:
    """Whether it may be nil, its value constraint, its identity constraints, its documentation."""
    places = (old.place, new.place)
    if old.nillable != new.nillable:
        yield change("T204" if new.nillable else "T205", path, places, None, None)
    yield from _values(old, new, path, places)
    yield from _constraints(naming, old, new, path)
    if old.opaque != new.opaque:
        yield change("S509", path, places, None, None, note="type alternatives of XSD 1.1")
    yield from documented(old.node, new.node, path, places)


def attributes(old: Attribute, new: Attribute, path: str) -> Iterator[Change]:
    """Whether it is required, its value constraint, its documentation."""
    places = (old.place, new.place)
    if old.required != new.required:
        yield change("F005" if new.required else "F006", path, places, None, None)
    yield from _values(old, new, path, places)
    yield from documented(old.node, new.node, path, places)


def change(
    rule: str,
    path: str,
    places: tuple[Place, Place],
    old: str | None,
    new: str | None,
    effect: Effect | None = None,
    note: str = "",
) -> Change:
    return Change(
        rule=rule, path=path, old=old, new=new, old_place=places[0], new_place=places[1], effect=effect, note=note
    )


def _values(
    old: Element | Attribute, new: Element | Attribute, path: str, places: tuple[Place, Place]
) -> Iterator[Change]:
    if old.fixed is not None and new.fixed is not None:
        if old.fixed != new.fixed:
            yield _refixed(old, new, path, places)
    elif old.fixed != new.fixed:
        free = old if old.fixed is None else new
        effect: Effect | None = "both" if _never_empty(free) or _needs_children(free) else None
        yield change("V306" if old.fixed is None else "V307", path, places, old.fixed, new.fixed, effect)
    elif old.default != new.default:
        filled = (old.default is None) != (new.default is None) and _never_empty(new)
        effect = ("widens" if old.default is None else "narrows") if filled else None
        yield change("V308", path, places, old.default, new.default, effect)


def _refixed(old: Element | Attribute, new: Element | Attribute, path: str, places: tuple[Place, Place]) -> Change:
    values = (old.fixed or "", new.fixed or "")
    if isinstance(old, Element) or isinstance(new, Element):
        return change("V305", path, places, *values)
    before, after = fixed(old.type.alternatives, values[0]), fixed(new.type.alternatives, values[1])
    if included(before, after).holds and included(after, before).holds:
        return change("D803", path, places, *values, note="the fixed value is the same")
    return change("N705" if old.name[1].casefold().endswith("version") else "V305", path, places, *values)


def _never_empty(declared: Element | Attribute) -> bool:
    """Whether an element may not be empty by its type; one that has a fixed or a default value may."""
    if isinstance(declared, Attribute):
        return False
    simple = declared.type if isinstance(declared.type, SimpleType) else declared.type.content.simple
    return simple is not None and accepts(simple.alternatives, "") is False


def _needs_children(declared: Element | Attribute) -> bool:
    """Whether an element has children by its type; one that has a fixed value has none."""
    if isinstance(declared.type, SimpleType):
        return False
    particle = declared.type.content.particle
    return particle is not None and not _emptiable(particle)


def _emptiable(particle: Particle) -> bool:
    """Whether a content model takes no child at all."""
    if particle.low == 0 or isinstance(particle, Leaf):
        return particle.low == 0
    parts = (_emptiable(each) for each in particle.parts)
    return any(parts) if particle.kind == "choice" else all(parts)


def _constraints(naming: Naming, old: Element, new: Element, path: str) -> Iterator[Change]:
    before = [naming.moved_constraint(each) for each in old.constraints]
    gone = [each for each in before if each not in new.constraints]
    come = [each for each in new.constraints if each not in before]
    for each in list(gone):
        other = next((other for other in come if other.name == each.name and other.kind == each.kind), None)
        if other is not None:
            gone.remove(each)
            come.remove(other)
            yield change("S509", path, (each.place, other.place), shown_constraint(each), shown_constraint(other))
    for each in gone:
        rule = "S508" if each.kind == "keyref" else "C108"
        yield Change(rule=rule, path=path, old=shown_constraint(each), old_place=each.place, new_place=new.place)
    for each in come:
        rule = "S507" if each.kind == "keyref" else "C107"
        yield Change(rule=rule, path=path, new=shown_constraint(each), old_place=old.place, new_place=each.place)


def shown_constraint(each: Constraint) -> str:
    return _NAMESPACE.sub("", f"{each.kind} {each.name} ({', '.join(each.fields)} of {each.selector})")


def documented(old: Node | None, new: Node | None, path: str, places: tuple[Place, Place]) -> Iterator[Change]:
    """Whether the documentation says something else."""
    before, after = _documentation(old), _documentation(new)
    if before != after:
        yield change("D801", path, places, _cut(before), _cut(after))


def _documentation(node: Node | None) -> str:
    if node is None:
        return ""
    found = [" ".join(str(text) for text in each.itertext()) for each in node.iterchildren(_DOCUMENTATION)]
    return " ".join(" ".join(found).split())


def _cut(text: str) -> str | None:
    return (text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "...") or None


def named(kind: Type) -> str | None:
    """The name of a type that the schema gives it."""
    return None if kind.name is None or kind.name[0] == XS else kind.name[1]
