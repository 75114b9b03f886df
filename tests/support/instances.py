"""Strategies of typed documents that keep to their schema, made from the model."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from smswire.schema.model import Array, Choice, Facets, Field, Ref, Scalar, Type, Union
from smswire_codegen.names import attribute_of
from support import examples
from support.cases import CASES, Case
from support.oracles import BIGGEST_EXPONENT

Strategy = st.SearchStrategy[Any]

CONTROLS = "".join(map(chr, range(32)))
UNFIT_FOR_XML = "".join(each for each in CONTROLS if each not in "\t\n\r") + "\ufffe\uffff"
BIG = (2**31, 2**63, 2**64, 10**30, -(2**63) - 1)
TEXTS = [
    "",
    " ",
    "  a ",
    "\t",
    "a\r\nb",
    "\n",
    "Привет",
    "😀",
    "e\u0301",
    "&amp;",
    "<a>]]>",
    "\"'",
    "%2C+",
    "\x7f\x85\u2028",
]


def characters(case: Case) -> Strategy:
    unfit = UNFIT_FOR_XML if case.type.format == "xml" else ""
    return st.characters(codec="utf-8", exclude_characters=unfit)


def texts(case: Case, facets: Facets) -> Strategy:
    low, high = facets.min_length or 0, facets.max_length
    if len(facets.patterns) > 1:
        # what fits one pattern seldom fits the others
        few = [first + second for first in ("", "1", "17", "a") for second in ("", "7", "1", "77", "x")]
        return st.sampled_from([each for each in [*few, examples.text(facets)] if examples.fits(each, facets)])
    if facets.patterns:
        made = st.from_regex(facets.patterns[0].python, fullmatch=True, alphabet=characters(case))
        return made.filter(lambda value: examples.fits(value, facets)) | st.just(examples.text(facets))
    usual = st.sampled_from([each for each in TEXTS if examples.fits(each, facets)] or ["x" * low])
    any_text = st.text(characters(case), min_size=low, max_size=low + 20 if high is None else high)
    longest = st.just("я" * (low if high is None else high))
    return usual | any_text | longest


def integers(facets: Facets) -> Strategy:
    low, high = (None if each is None else int(each) for each in (facets.minimum, facets.maximum))
    usual = [*_ends(facets), *BIG]
    return st.integers(low, high) | st.sampled_from([int(each) for each in usual if _within(each, facets)] or [low])


def _ends(facets: Facets) -> list[Decimal]:
    return [each for each in (facets.minimum, facets.maximum) if each is not None]


def _within(value: Decimal | int, facets: Facets) -> bool:
    enough = facets.minimum is None or value >= facets.minimum
    return enough and (facets.maximum is None or value <= facets.maximum)


def numbers(facets: Facets) -> Strategy:
    scaled = st.builds(lambda digits, power: Decimal(digits).scaleb(power), st.integers(), st.integers(-20, 15))
    bounded = scaled.filter(lambda value: abs(value.adjusted()) <= BIGGEST_EXPONENT)
    usual = [*_ends(facets), *map(Decimal, (0, 1, "1.50", "0.1", "1E+2", "2E+1", "1E-9", "0E+3", "-0", 50))]
    legal = st.sampled_from([each for each in usual if _within(each, facets)])
    return bounded.filter(lambda value: _within(value, facets)) | legal


def scalars(case: Case, kind: Scalar) -> Strategy:
    if kind.facets.values is not None:
        return st.sampled_from(kind.facets.values)
    if kind.base == "string":
        return texts(case, kind.facets)
    if kind.base == "boolean":
        return st.booleans()
    return integers(kind.facets) if kind.base == "integer" else numbers(kind.facets)


def tuples(items: Strategy, low: int, high: int | None) -> Strategy:
    few = st.lists(items, min_size=low, max_size=min(low + 2, high or low + 2))
    return few.map(tuple)


def values(case: Case, kind: Type) -> Strategy:
    """Every legal value of a type."""
    if isinstance(kind, Ref):
        return records(case, kind.name)
    if isinstance(kind, Union):
        return st.one_of([values(case, each) for each in kind.members])
    if isinstance(kind, Array):
        return tuples(values(case, kind.items), kind.minimum, kind.maximum)
    return scalars(case, kind)


def _field(case: Case, each: Field) -> Strategy:
    one = values(case, each.type)
    if each.repeated:
        return tuples(one, each.minimum, each.maximum)
    return one if each.minimum else st.none() | one


def records(case: Case, name: str) -> Strategy:
    """Objects of the class that stands for a record."""
    record = case.model.records[name]
    by_name = {each.name: each for each in examples.settable(record)}
    taken = [_choice(case, {name: by_name[name] for name in _names(each)}, each) for each in record.choices]
    chosen = {name for each in record.choices for name in _names(each)}
    plain = _arguments(case, [each for each in by_name.values() if each.name not in chosen])
    merged = st.tuples(plain, *taken).map(lambda parts: {key: one for part in parts for key, one in part.items()})
    return merged.map(lambda arguments: case.cls(name)(**arguments))


def _names(choice: Choice) -> set[str]:
    return {name for each in choice.alternatives for name in each.fields}


def _arguments(case: Case, fields: Iterable[Field]) -> Strategy:
    return st.fixed_dictionaries({attribute_of(each): _field(case, each) for each in fields})


def _choice(case: Case, by_name: dict[str, Field], choice: Choice) -> Strategy:
    """What is given for the fields of a choice: those of one alternative, or nothing where that is allowed."""
    alternatives = [
        _arguments(case, [evolve(by_name[name], minimum=int(name in each.required)) for name in each.fields])
        for each in choice.alternatives
    ]
    return st.one_of([*([st.just({})] if choice.optional else []), *alternatives])


# made here, because the examples of patterns cannot be looked for while a test draws
_DOCUMENTS = {str(case): values(case, case.model.root) for case in CASES}


def documents(case: Case) -> Strategy:
    """Whole documents that keep to their schema."""
    return _DOCUMENTS[str(case)]
