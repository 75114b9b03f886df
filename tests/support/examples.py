"""One legal value of each type, always the same: the plainest one, and the fullest one of a record."""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from hypothesis import Phase, find, settings
from hypothesis import strategies as st

from smswire.schema.model import Array, Facets, Field, Record, Ref, Scalar, Type, Union
from support.cases import Case


def fits(value: str, facets: Facets) -> bool:
    """Whether a text keeps to the lengths and the patterns."""
    long_enough = len(value) >= (facets.min_length or 0)
    short_enough = facets.max_length is None or len(value) <= facets.max_length
    return long_enough and short_enough and not broken_patterns(value, facets)


def broken_patterns(value: str, facets: Facets) -> list[str]:
    return [each.source for each in facets.patterns if re.fullmatch(each.python, value) is None]


@functools.cache
def text(facets: Facets) -> str:
    """The simplest text that keeps to the facets."""
    if not facets.patterns:
        return "x" * max(facets.min_length or 0, 0 if facets.max_length == 0 else 1)
    plain = st.characters(codec="ascii", categories=["L", "N", "P", "Zs"])
    strategy = st.from_regex(facets.patterns[-1].python, fullmatch=True, alphabet=plain)
    # the first one found is plain enough, and shrinking takes long
    quick = settings(database=None, phases=[Phase.generate])
    return find(strategy, lambda value: fits(value, facets), settings=quick, random=random.Random(0))


def scalar(kind: Scalar) -> Any:
    facets = kind.facets
    if facets.values is not None:
        return facets.values[0]
    if kind.base == "string":
        return text(facets)
    if kind.base == "boolean":
        return True
    limits = [each for each in (facets.minimum, facets.maximum) if each is not None]
    nearest = limits[0] if limits else Decimal(7)
    return int(nearest) if kind.base == "integer" else nearest


Swap = Mapping[str, Any]
"""Objects to use for records instead of examples."""


def value(case: Case, kind: Type, *, full: bool = False, swap: Swap = MappingProxyType({})) -> Any:
    """A legal value of a type."""
    if isinstance(kind, Ref):
        return swap[kind.name] if kind.name in swap else record(case, kind.name, full=full, swap=swap)
    if isinstance(kind, Union):
        return value(case, kind.members[0], full=full, swap=swap)
    if isinstance(kind, Array):
        return (value(case, kind.items, full=full, swap=swap),) * max(kind.minimum, 1 if full else 0)
    return scalar(kind)


def of_field(case: Case, each: Field, *, full: bool = False, swap: Swap = MappingProxyType({})) -> Any:
    """A legal value of a field; a tuple where it repeats."""
    one = value(case, each.type, full=full, swap=swap)
    return (one,) * max(each.minimum, 1 if full else 0) if each.repeated else one


def settable(it: Record) -> list[Field]:
    """The fields that an argument of the class stands for; a fixed attribute is none."""
    return [each for each in it.fields if each.fixed is None or each.place == "key"]


def arguments(case: Case, it: Record, *, full: bool = False, swap: Swap = MappingProxyType({})) -> dict[str, Any]:
    """What a record's class is built from: what it requires, or everything."""
    wanted = [each for each in settable(it) if each.minimum or full]
    return {each.name: of_field(case, each, full=full, swap=swap) for each in wanted}


def record(case: Case, name: str, *, full: bool = False, swap: Swap = MappingProxyType({})) -> Any:
    return case.cls(name)(**arguments(case, case.model.records[name], full=full, swap=swap))


def roots(case: Case, *, full: bool = True, swap: Swap = MappingProxyType({})) -> list[Any]:
    """A legal document of each alternative of a document's root."""
    return [value(case, each, full=full, swap=swap) for each in case.alternatives]
