"""What changed between two declarations of the same element or attribute, their types apart."""

from __future__ import annotations

from collections.abc import Iterator

from smswire.diff.model import Change, Effect, Place
from smswire.diff.xsd.components import Attribute, Constraint, Element, SimpleType, Type
from smswire.diff.xsd.names import XS, Node
from smswire.diff.xsd.simple.accepting import accepts

_DOCUMENTATION = f"{{{XS}}}annotation"
_SHOWN = 60


def elements(old: Element, new: Element, path: str) -> Iterator[Change]:
    """Whether it may be nil, its value constraint, its identity constraints, its documentation."""
    places = (old.place, new.place)
    if old.nillable != new.nillable:
        yield change("T204" if new.nillable else "T205", path, places, None, None)
    yield from _values(old, new, path, places)
    yield from _constraints(old, new, path)
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
    if old.fixed != new.fixed:
        yield from _fixed(old, new, path, places)
    if old.default != new.default and old.fixed is None and new.fixed is None:
        yield change("V308", path, places, old.default, new.default, _by_default(old, new))


def _fixed(
    old: Element | Attribute, new: Element | Attribute, path: str, places: tuple[Place, Place]
) -> Iterator[Change]:
    if old.fixed is not None and new.fixed is not None:
        if isinstance(new.type, SimpleType) and old.fixed.strip() == new.fixed.strip() and not isinstance(old, Element):
            yield change("V305", path, places, old.fixed, new.fixed, "unknown")
        else:
            version = isinstance(old, Attribute) and old.name[1].casefold().endswith("version")
            yield change("N705" if version else "V305", path, places, old.fixed, new.fixed)
    else:
        yield change("V306" if old.fixed is None else "V307", path, places, old.fixed, new.fixed)


def _by_default(old: Element | Attribute, new: Element | Attribute) -> Effect | None:
    """A default lets an element be empty that could not be so else."""
    if isinstance(new, Attribute) or (old.default is None) == (new.default is None):
        return None
    kind = new.type
    if not isinstance(kind, SimpleType) or accepts(kind.alternatives, "") is not False:
        return None
    return "widens" if old.default is None else "narrows"


def _constraints(old: Element, new: Element, path: str) -> Iterator[Change]:
    gone = [each for each in old.constraints if each not in new.constraints]
    come = [each for each in new.constraints if each not in old.constraints]
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
    return f"{each.kind} {each.name} ({', '.join(each.fields)} of {each.selector})"


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
