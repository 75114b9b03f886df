"""Where a schema states what a change of simple types is about: the facet, rather than the type that has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from attrs import evolve

from smswire.diff.model import Change, Place
from smswire.diff.xsd.components import SimpleType
from smswire.diff.xsd.names import XS, Node, kind, place
from smswire.diff.xsd.schema import Schema

_LOW, _HIGH, _DIGITS = "minInclusive minExclusive", "maxInclusive maxExclusive", "totalDigits fractionDigits"
_FACETS = {
    "P427": "whiteSpace",
    **dict.fromkeys(("T201", "T202", "T203", "T208"), "restriction"),
    **dict.fromkeys(("V301", "V302", "V303", "V304", "V305", "V306", "V307"), "enumeration"),
    **dict.fromkeys(("L401", "L402"), "length minLength"),
    **dict.fromkeys(("L403", "L404"), "length maxLength"),
    **dict.fromkeys(("R411", "R412"), _LOW),
    **dict.fromkeys(("R413", "R414"), _HIGH),
    **dict.fromkeys(("R415", "R416"), _DIGITS),
    **dict.fromkeys(("P421", "P422", "P423", "P424"), "pattern"),
}
_DEEPEST = 20


_Facet: TypeAlias = tuple[str, str, Node, str]
"""Kind, value, node and file."""


def placed(
    changes: Iterable[Change], schemas: tuple[Schema, Schema], types: tuple[SimpleType, SimpleType]
) -> Iterator[Change]:
    """The changes of two simple types, at the first facet that is stated on one side alone."""
    old, new = zip(schemas, types, strict=True)
    for each in changes:
        kinds = _FACETS.get(each.rule, "").split()
        if any(kind.node is None for kind in types) and "restriction" in kinds:
            # one is built into XSD: what changed is the name that the declaration has for its type
            kinds = []
        yield evolve(
            each,
            old_place=_first(old, new, kinds, each.old) or each.old_place,
            new_place=_first(new, old, kinds, each.new) or each.new_place,
        )


def _first(
    own: tuple[Schema, SimpleType], other: tuple[Schema, SimpleType], kinds: list[str], told: str | None
) -> Place | None:
    """Of the facets that the other side does not state, the one whose value is told, else the first.

    None where nothing of this side is told. Facets may be many: no list of them is made.
    """
    if told is None or not kinds:
        return None
    known = {(name, value) for name, value, *_ in _stated(*other, kinds)}
    first: Place | None = None
    for name, value, node, file in _stated(*own, kinds):
        if (name, value) not in known and (first is None or value == told):
            first = place(node, file)
            if value == told:
                break
    return first


def _stated(schema: Schema, found: SimpleType, kinds: list[str]) -> Iterator[_Facet]:
    """The facets of a type, then those of the types that it restricts."""
    for _ in range(_DEEPEST):
        if found.node is None:
            return
        for each in found.node.iter(*(f"{{{XS}}}{name}" for name in kinds)):
            name = kind(each)
            yield name, (each.get("base" if name == "restriction" else "value") or "").strip(), each, found.place.file
        restriction = next(found.node.iter(f"{{{XS}}}restriction"), None)
        root = found.node.getroottree().getroot()
        source = next((each for each in schema.library.sources if each.root is root), None)
        base = None if restriction is None else restriction.get("base")
        if source is None or restriction is None or base is None:
            return
        following = schema.type(source.resolve(restriction, base), restriction, source)
        if not isinstance(following, SimpleType) or following is found:
            return
        found = following
