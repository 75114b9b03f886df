"""A simple type as the alternatives that a value may be: atoms with facets, and lists of such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TypeAlias

from attrs import frozen

from smswire.diff.leaf import Bound, Number, Pattern, Text
from smswire.diff.xsd.simple.builtins import BUILTINS, Builtin, Space


@frozen(kw_only=True)
class Atom:
    """Values of one built-in type that all facets allow. The facets of the built-in type itself are left out."""

    base: str
    space: Space
    min_length: int = 0
    max_length: int | None = None
    low: Bound | None = None
    high: Bound | None = None
    total_digits: int | None = None
    fraction_digits: int | None = None
    patterns: tuple[Pattern, ...] = ()
    values: tuple[str, ...] | None = None
    """As they are printed, white space as the type has it; a QName in braces notation."""
    limits: frozenset[tuple[str, str]] = frozenset()
    """Bounds of what is not counted in numbers: facet and value."""

    @property
    def builtin(self) -> Builtin:
        return BUILTINS[self.base]

    @property
    def plain(self) -> bool:
        """Whether the atom is its built-in type, with no facet of its own but white space."""
        return self == Atom(base=self.base, space=self.space)

    @property
    def anything(self) -> bool:
        """Whether the atom takes any text."""
        return self.plain and self.base in _ANY_TEXT

    def text(self) -> Text:
        """The strings of an atom that is text."""
        own = self.builtin.printed
        return Text(
            min_length=self.min_length,
            max_length=self.max_length,
            patterns=self.patterns if own is None else (own, *self.patterns),
            values=self.values,
        )

    def number(self) -> Number:
        """The numbers of an atom that is a number, its patterns apart."""
        own = self.builtin
        return Number(
            low=tighter(own.low, self.low, 1),
            high=tighter(own.high, self.high, -1),
            integer=own.integer,
            total_digits=self.total_digits,
            fraction_digits=self.fraction_digits,
            values=None if self.values is None else tuple(_numbers(self.values)),
        )


@frozen(kw_only=True)
class ListOf:
    """Values of item types, parted by white space."""

    items: tuple[Alternative, ...]
    min_length: int = 0
    max_length: int | None = None
    patterns: tuple[Pattern, ...] = ()
    values: tuple[str, ...] | None = None

    @property
    def space(self) -> Space:
        return "collapse"


Alternative: TypeAlias = Atom | ListOf

Alternatives: TypeAlias = tuple[Alternative, ...]
"""A value is one of any of them, tried in their order."""


_ANY_TEXT = frozenset(("anySimpleType", "string", "normalizedString", "token"))
_TEXTS = frozenset(("string", "normalizedString", "token", "language", "NMTOKEN", "Name", "NCName"))


def compared_as(alternatives: Alternatives) -> frozenset[tuple[str, str]]:
    """In what way values are told apart where they are compared, as in a key: by their kind and their white space."""
    found: set[tuple[str, str]] = set()
    for each in alternatives:
        if isinstance(each, ListOf):
            found.update(("list", kind) for kind, _ in compared_as(each.items))
        else:
            number = each.builtin.integer or each.base == "decimal"
            kind = "decimal" if number else "text" if each.base in _TEXTS else each.base
            found.add((kind, "" if number else each.space))
    return frozenset(found)


def builtin(name: str) -> Atom:
    return Atom(base=name, space=BUILTINS[name].space)


ANYTHING = builtin("anySimpleType")


def number(text: str) -> Decimal | None:
    """The decimal that a text prints; None for none, and for one that is too long to reckon with."""
    try:
        value = Decimal(text)
    except ArithmeticError:
        return None
    if not value.is_finite() or len(text) > _LONGEST or abs(value.adjusted()) > _LONGEST:
        return None
    return value


_LONGEST = 400


def tighter(a: Bound | None, b: Bound | None, sign: int) -> Bound | None:
    """The bound that keeps more out, from below (1) or from above (-1)."""
    if a is None or b is None:
        return a or b
    if a.value == b.value:
        return b if a.inclusive else a
    return a if sign * a.value > sign * b.value else b


def normal(text: str, space: Space) -> str:
    """A text as a type takes it, white space treated as the facet says."""
    if space == "preserve":
        return text
    replaced = text.translate(_BLANKS)
    return replaced if space == "replace" else " ".join(each for each in replaced.split(" ") if each)


_BLANKS = {9: " ", 10: " ", 13: " "}


def _numbers(texts: Iterable[str]) -> Iterator[Decimal]:
    for each in texts:
        found = number(each)
        if found is not None:
            yield found
