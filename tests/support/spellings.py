"""How a value may be spelled on the wire: right, nearly right, at each limit of its type and one beyond."""

from __future__ import annotations

from collections.abc import Iterator

from smswire.schema.model import Array, Facets, Scalar, Type, Union
from support import examples
from support.instances import TEXTS

INTEGERS = ["5", " 5 ", "+5", "-0", "05", "-7", "1.0", "1e2", "", " ", "٥", "1_0", "0x1", "\u00a05", "9" * 40, "true"]
NUMBERS = ["1.5", ".5", "5.", "+.5", "-", "1e2", "1E-2", "NaN", "INF", " 1.25 ", "00.10", "0." + "1" * 30, "1,5"]
BOOLEANS = ["true", "false", "1", "0", " true ", "TRUE", "yes", ""]


def of(kind: Type | None) -> list[str]:
    """Texts for a value of a type; for none, texts of every kind."""
    return [*_near(kind), *INTEGERS, *NUMBERS, *BOOLEANS, *TEXTS]


def _near(kind: Type | None) -> Iterator[str]:
    if isinstance(kind, Union):
        for member in kind.members:
            yield from _near(member)
    elif isinstance(kind, Array):
        separator = kind.separator or ","
        for each in [*_near(kind.items), ""]:
            yield from (each, each + separator, separator.join([each] * ((kind.maximum or 1) + 1)))
    elif isinstance(kind, Scalar):
        yield from (str(each) for each in kind.facets.values or ())
        yield from _lengths(kind.facets)
        yield from _bounds(kind)


def _lengths(facets: Facets) -> Iterator[str]:
    for limit in (facets.min_length, facets.max_length):
        if limit is not None:
            for length in (limit - 1, limit, limit + 1):
                yield from (character * length for character in "1я😀" if length >= 0)
    if facets.patterns:
        example = examples.text(facets)
        yield from (example, example + "\n", "\n" + example, example + "x", example * 2, example.replace("0", "٠"))


def _bounds(kind: Scalar) -> Iterator[str]:
    for limit in (kind.facets.minimum, kind.facets.maximum):
        if limit is not None:
            yield from (f"{limit:f}", f"{limit - 1:f}", f"{limit + 1:f}", f"{limit}.0", f"{limit:f}{'0' * 5}1")
