"""One legal value of each type, always the same: the plainest one, and the fullest one of a record.

Of a choice one alternative is taken: the one that `turn` counts to, or the one with the field that is `held`.
"""

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
from smswire_codegen.names import attribute_of
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


def value(case: Case, kind: Type, *, full: bool = False, swap: Swap = MappingProxyType({}), turn: int = 0) -> Any:
    """A legal value of a type."""
    if isinstance(kind, Ref):
        return swap[kind.name] if kind.name in swap else record(case, kind.name, full=full, swap=swap, turn=turn)
    if isinstance(kind, Union):
        return value(case, kind.members[0], full=full, swap=swap, turn=turn)
    if isinstance(kind, Array):
        one = value(case, kind.items, full=full, swap=swap, turn=turn)
        return (one,) * max(kind.minimum, 1 if full else 0)
    return scalar(kind)


def of_field(case: Case, each: Field, *, full: bool = False, swap: Swap = MappingProxyType({}), turn: int = 0) -> Any:
    """A legal value of a field; a tuple of one at least where it repeats."""
    one = value(case, each.type, full=full, swap=swap, turn=turn)
    return (one,) * max(each.minimum, 1) if each.repeated else one


def settable(it: Record) -> list[Field]:
    """The fields that an argument of the class stands for; a fixed attribute is none."""
    return [each for each in it.fields if each.fixed is None or each.place == "key"]


def arguments(
    case: Case,
    it: Record,
    *,
    full: bool = False,
    swap: Swap = MappingProxyType({}),
    turn: int = 0,
    held: str | None = None,
) -> dict[str, Any]:
    """What a record's class is built from, by Python's names: what it requires, or everything."""
    width = _width(it)
    wanted = _wanted(it, full=full, turn=turn % width, held=held)
    fields = [each for each in settable(it) if each.name in wanted]
    return {attribute_of(each): of_field(case, each, full=full, swap=swap, turn=turn // width) for each in fields}


def _wanted(it: Record, *, full: bool, turn: int, held: str | None) -> set[str]:
    chosen = {name for choice in it.choices for each in choice.alternatives for name in each.fields}
    wanted = {each.name for each in it.fields if each.name not in chosen and (each.minimum or full)}
    for choice in it.choices:
        holding = [each for each in choice.alternatives if held in each.fields]
        taken = next(iter(holding), choice.alternatives[turn % len(choice.alternatives)])
        if full or holding or not choice.optional:
            wanted |= set(taken.fields if full else taken.required)
    return wanted


def record(case: Case, name: str, *, full: bool = False, swap: Swap = MappingProxyType({}), turn: int = 0) -> Any:
    return case.cls(name)(**arguments(case, case.model.records[name], full=full, swap=swap, turn=turn))


def roots(case: Case, *, full: bool = True, swap: Swap = MappingProxyType({})) -> list[Any]:
    """Legal documents, of each alternative of a document's root, that take every alternative of each choice."""
    return [
        value(case, each, full=full, swap=swap, turn=turn)
        for each in case.alternatives
        for turn in range(_turns(case, each))
    ]


def _turns(case: Case, kind: Type) -> int:
    """How many values of a type it takes for every alternative of each choice, those within others included."""
    if isinstance(kind, Ref):
        it = case.model.records[kind.name]
        return _width(it) * max([_turns(case, each.type) for each in it.fields] or [1])
    return _turns(case, kind.items) if isinstance(kind, Array) else 1


def _width(it: Record) -> int:
    return max([len(each.alternatives) for each in it.choices] or [1])
