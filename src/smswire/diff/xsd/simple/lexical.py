"""What an atom prints, as a set of strings: at the most, and for certain. White space around it is left out."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from smswire.diff.leaf import Bound, Pattern, Text
from smswire.diff.xsd.simple import digits
from smswire.diff.xsd.simple.atoms import Atom, number
from smswire.diff.xsd.simple.builtins import Space

_FEW = 100
"""So many listed numbers, and digits, are written out as patterns."""


FIXED: dict[Space, Pattern | None] = {
    "preserve": None,
    "replace": Pattern(r"[^\t\n\r]*", "xsd"),
    "collapse": Pattern(r"([^ \t\n\r]+( [^ \t\n\r]+)*)?", "xsd"),
}
"""What is left of strings when white space is treated as a type has it."""


def outer(atom: Atom) -> Text:
    """A set of strings that holds all that the atom prints, normalised."""
    return _text(atom, atom.builtin.printed)


def inner(atom: Atom) -> Text | None:
    """A set of strings that the atom takes for certain, normalised. None where none is known."""
    if atom.builtin.family == "text":
        if atom.base in ("ID", "IDREF", "ENTITY"):
            return None
        sure = atom.builtin.surely
        text = atom.text()
        return text if sure is None or sure in text.patterns else _and(text, sure)
    if atom.limits or (atom.builtin.family == "opaque" and _counted(atom)):
        return None
    if atom.builtin.family == "float" and (atom.low or atom.high or atom.values is not None):
        return None
    if atom.builtin.family == "opaque" and atom.values is not None:
        return None if atom.base in ("QName", "NOTATION") else Text(values=atom.values, patterns=atom.patterns)
    if atom.builtin.family == "number" and not _writable(atom):
        return None
    return _text(atom, atom.builtin.surely)


def printed(sub: Atom) -> Text:
    """All that an atom prints, with white space as it is when normalised."""
    text, fixed = outer(sub), FIXED[sub.space]
    if fixed is None or sub.builtin.family != "text" or sub.builtin.printed is not None:
        return text
    return evolve(text, patterns=(*text.patterns, fixed))


def exact(atom: Atom) -> bool:
    """Whether `outer` is all of it, so that each of its strings is a value."""
    return atom.base != "anyURI" and inner(atom) == outer(atom)


def _text(atom: Atom, form: Pattern | None) -> Text:
    if atom.builtin.family == "text":
        return atom.text()
    found = [] if form is None else [form]
    if atom.builtin.family == "number":
        found += _number_patterns(atom)
    if atom.builtin.family == "boolean" and atom.values is not None:
        found.append(Pattern("|".join(atom.values), "xsd"))
    return Text(patterns=(*found, *atom.patterns))


def _and(text: Text, pattern: Pattern) -> Text:
    return Text(
        min_length=text.min_length,
        max_length=text.max_length,
        patterns=(*text.patterns, pattern),
        values=text.values,
    )


def _counted(atom: Atom) -> bool:
    return atom.min_length > 0 or atom.max_length is not None


def _bounds(atom: Atom) -> tuple[Bound | None, Bound | None]:
    numbers = atom.number()
    return numbers.low, numbers.high


def _writable(atom: Atom) -> bool:
    """Whether patterns say all that the facets of a number do."""
    if any(each is not None and _whole(each) is None for each in _bounds(atom)):
        return False
    if atom.values is not None and (len(atom.values) > _FEW or any(number(each) is None for each in atom.values)):
        return False
    return all(each is None or each <= _FEW for each in (atom.total_digits, atom.fraction_digits))


def _whole(bound: Bound) -> int | None:
    """The whole number that a bound is, None for another and for one of too many digits."""
    if bound.value != bound.value.to_integral_value() or abs(bound.value.adjusted()) > _FEW:
        return None
    return int(bound.value)


def _number_patterns(atom: Atom) -> Iterator[Pattern]:
    low, high = _bounds(atom)
    whole = atom.builtin.integer
    if low is not None and (least := _whole(low)) is not None:
        yield Pattern(digits.at_least(least, inclusive=low.inclusive, whole=whole), "xsd")
    if high is not None and (most := _whole(high)) is not None:
        yield Pattern(digits.at_most(most, inclusive=high.inclusive, whole=whole), "xsd")
    if atom.total_digits is not None and atom.total_digits <= _FEW:
        yield Pattern(digits.total(atom.total_digits, whole=whole), "xsd")
    if atom.fraction_digits is not None and atom.fraction_digits <= _FEW and not whole:
        yield Pattern(digits.fraction(atom.fraction_digits), "xsd")
    if atom.values is not None and len(atom.values) <= _FEW:
        found = [value for each in atom.values if (value := number(each)) is not None]
        yield Pattern("|".join(digits.equal(each, whole=whole) for each in found), "xsd")
