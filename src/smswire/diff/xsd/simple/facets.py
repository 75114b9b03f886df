"""Restriction of a simple type by facets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from attrs import evolve, frozen

from smswire.diff.leaf import Bound, Pattern
from smswire.diff.xsd.simple.accepting import takes
from smswire.diff.xsd.simple.atoms import Alternative, Alternatives, Atom, ListOf, normal, number, tighter
from smswire.diff.xsd.simple.builtins import Space

_SPACES: dict[str, Space] = {"preserve": "preserve", "replace": "replace", "collapse": "collapse"}
_LENGTHS = ("length", "minLength", "maxLength")
_BOUNDS = ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")


@frozen
class Facet:
    """A facet as the schema states it. `qname` resolves a value that is a qualified name, to braces notation."""

    kind: str
    value: str
    qname: Callable[[str], str]


class BadFacet(ValueError):
    """A facet whose value is none; the text says which."""


def restrict(base: Alternatives, facets: Sequence[Facet]) -> Alternatives:
    """The values of `base` that all facets of one restriction allow. Raises `BadFacet`."""
    patterns = [each.value for each in facets if each.kind == "pattern"]
    # the patterns of one step are alternatives of each other
    pattern = (
        Pattern("|".join(f"({each})" for each in patterns) if len(patterns) > 1 else patterns[0], "xsd")
        if patterns
        else None
    )
    listed = [each for each in facets if each.kind == "enumeration"]
    found: list[Alternative] = []
    for count, each in enumerate(base):
        kept = _list(each, facets) if isinstance(each, ListOf) else _atom(each, facets)
        if pattern is not None:
            kept = evolve(kept, patterns=(*kept.patterns, pattern))
        if listed:
            values = _values(kept, [item for item in listed if not _another(base[:count], each, item.value)])
            if not values and len(base) > 1:
                continue
            kept = evolve(kept, values=values)
        found.append(kept)
    return tuple(dict.fromkeys(found))


def _values(kind: Alternative, listed: Iterable[Facet]) -> tuple[str, ...]:
    if isinstance(kind, Atom) and kind.anything:
        return tuple(dict.fromkeys(normal(each.value, kind.space) for each in listed))
    found: dict[str, None] = {}
    for each in listed:
        if isinstance(kind, Atom) and kind.base in ("QName", "NOTATION"):
            value = each.qname(each.value.strip())
            allowed = kind.values is None or value in kind.values
        else:
            value = normal(each.value, kind.space)
            allowed = takes(_unprinted(kind), value) is not False
        if allowed:
            found.update(dict.fromkeys(_prints(kind, value)))
    return tuple(found)


def _another(before: Alternatives, kind: Alternative, text: str) -> bool:
    """Whether a listed value is one of an earlier member of a union, and of another kind, so that other prints of the
    later one are none of it."""
    return any(
        takes(each, text)
        and not (
            isinstance(each, Atom)
            and isinstance(kind, Atom)
            and each.builtin.family == kind.builtin.family
            and kind.builtin.family in ("text", "number")
        )
        for each in before
    )


def _unprinted(kind: Alternative) -> Alternative:
    """A type without the patterns that a value may meet in another print of it than the listed one."""
    return kind if isinstance(kind, Atom) and kind.builtin.family == "text" else evolve(kind, patterns=())


def _prints(kind: Alternative, value: str) -> tuple[str, ...]:
    """All prints of a value of which there are two."""
    same = {"1": "true", "true": "1", "0": "false", "false": "0"}
    return (value, same[value]) if isinstance(kind, Atom) and kind.base == "boolean" and value in same else (value,)


def _list(kind: ListOf, facets: Iterable[Facet]) -> ListOf:
    for each in facets:
        if each.kind in _LENGTHS:
            low, high = _length(kind.min_length, kind.max_length, each)
            kind = evolve(kind, min_length=low, max_length=high)
    return kind


def _atom(kind: Atom, facets: Iterable[Facet]) -> Atom:
    for each in facets:
        if each.kind in _LENGTHS:
            low, high = _length(kind.min_length, kind.max_length, each)
            if kind.builtin.family == "text" or kind.base in ("hexBinary", "base64Binary"):
                kind = evolve(kind, min_length=low, max_length=high)
        elif each.kind == "whiteSpace":
            space = _SPACES.get(each.value.strip())
            if space is None:
                raise BadFacet(f"whiteSpace is {each.value.strip()!r}")
            kind = evolve(kind, space=space)
        elif each.kind == "totalDigits":
            kind = evolve(kind, total_digits=_least(kind.total_digits, _count(each)))
        elif each.kind == "fractionDigits":
            kind = evolve(kind, fraction_digits=_least(kind.fraction_digits, _count(each)))
        elif each.kind in _BOUNDS:
            kind = _bounded(kind, each)
    return kind


def _bounded(kind: Atom, facet: Facet) -> Atom:
    text = facet.value.strip()
    if kind.builtin.family in ("number", "float"):
        value = number(text)
        if value is not None:
            bound = Bound(value, facet.kind.endswith("Inclusive"))
            if facet.kind.startswith("min"):
                return evolve(kind, low=tighter(kind.low, bound, 1))
            return evolve(kind, high=tighter(kind.high, bound, -1))
        if text not in ("INF", "-INF", "NaN") and not any(each.isdigit() for each in text):
            raise BadFacet(f"{facet.kind} is {text!r}")
    kept = {(name, value) for name, value in kind.limits if name[:3] != facet.kind[:3]}
    return evolve(kind, limits=frozenset({*kept, (facet.kind, text)}))


def _length(low: int, high: int | None, facet: Facet) -> tuple[int, int | None]:
    count = _count(facet)
    if facet.kind != "maxLength":
        low = max(low, count)
    if facet.kind != "minLength":
        high = _least(high, count)
    return low, high


def _count(facet: Facet) -> int:
    text = facet.value.strip()
    if not text.lstrip("+").isdecimal() or len(text) > 18:
        raise BadFacet(f"{facet.kind} is {text[:20]!r}, and not a whole number of at most 18 digits")
    return int(text)


def _least(a: int | None, b: int) -> int:
    return b if a is None else min(a, b)
