"""For each facet of the model, values that break it and values right at its limit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from attrs import evolve, frozen

from smswire.schema.model import Array, Facets, Field, Record, Ref, Scalar, Type, Union
from smswire_codegen.names import attribute_of
from support import examples
from support.cases import CASES, Case

CANARY = "Канарейка-8461"
NUMBER = 8461938275
WORDS = [CANARY, f"1{CANARY}", f"{CANARY},", f"{CANARY};", f"{CANARY}\n", "2", "2222", "1x"]


@frozen(repr=False)
class Trial:
    """A facet of a field: what breaks it, what keeps to it, and what the error must say of it.

    `formal` tells whether the formal schema can judge it, which a wrong Python type never reaches.
    """

    case: Case
    record: Record
    field: Field
    facet: str
    says: tuple[str, ...]
    illegal: tuple[Any, ...]
    legal: tuple[Any, ...] = ()
    formal: bool = True
    index: str = ""

    @property
    def name(self) -> str:
        """What the field is called in Python."""
        return attribute_of(self.field)

    @property
    def path(self) -> str:
        """Where an error says that it is."""
        return f"{self.record.name}.{self.name}{self.index}"

    def __repr__(self) -> str:
        return f"{self.case.type.provider}.{self.record.name}.{self.field.name}:{self.facet}"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))


def every_trial() -> Iterator[Trial]:
    """The trials of every field of every record, each record of a provider once."""
    seen: set[tuple[str, str]] = set()
    for case in CASES:
        for record in case.records:
            if (case.type.provider, record.name) not in seen:
                seen.add((case.type.provider, record.name))
                for field in examples.settable(record):
                    yield from _of_field(Trial(case, record, field, "", (), ()))


def _of_field(blank: Trial) -> Iterator[Trial]:
    field = blank.field
    if not field.repeated:
        yield from _of_type(blank, field.type, required=field.minimum > 0)
    else:
        yield from _of_items(blank, field.type, field.minimum, field.maximum, "", required=True)


def _of_type(blank: Trial, kind: Type, *, required: bool) -> Iterator[Trial]:
    nothing = (None,) if required else ()
    if isinstance(kind, Array):
        yield from _of_items(blank, kind.items, kind.minimum, kind.maximum, "items.", required=required)
    elif isinstance(kind, Ref):
        yield evolve(blank, facet="type", says=(kind.name,), illegal=(CANARY, {}, *nothing), formal=False)
    elif isinstance(kind, Union):
        yield evolve(blank, facet="type", says=("required",), illegal=(CANARY.encode(), 1.5, *nothing), formal=False)
        for member in kind.members:
            yield from _of_facets(blank, member)
    else:
        names = {"string": "a string", "integer": "an integer", "number": "a Decimal", "boolean": "a bool"}
        others = {"string": (CANARY.encode(), NUMBER), "boolean": (1, str(NUMBER))}
        wrong = others.get(kind.base, (str(NUMBER), 8461.5, True))
        yield evolve(blank, facet="type", says=(names[kind.base],), illegal=(*wrong, *nothing), formal=False)
        yield from _of_facets(blank, kind)


def _of_items(blank: Trial, kind: Type, low: int, high: int | None, prefix: str, *, required: bool) -> Iterator[Trial]:
    item = examples.value(blank.case, kind, full=True)
    wrong = ([item], CANARY, *((None,) if required else ()))
    yield evolve(blank, facet=f"{prefix}tuple", says=("a tuple",), illegal=wrong, formal=False)
    if low:
        counts = {"illegal": ((item,) * (low - 1),), "legal": ((item,) * low,)}
        yield evolve(blank, facet=f"{prefix}least", says=(str(low), "item"), **counts)
    if high is not None:
        counts = {"illegal": ((item,) * (high + 1),), "legal": ((item,) * high,)}
        yield evolve(blank, facet=f"{prefix}most", says=(str(high), "item"), **counts)
    for each in _of_type(blank, kind, required=True):
        illegal = tuple((value, *(item,) * (low - 1)) for value in each.illegal)
        legal = tuple((value, *(item,) * (low - 1)) for value in each.legal)
        yield evolve(each, facet=prefix + each.facet, illegal=illegal, legal=legal, index="[0]")


def _of_facets(blank: Trial, kind: Type) -> Iterator[Trial]:
    assert isinstance(kind, Scalar)
    facets = kind.facets
    if facets.values is not None:
        strange = CANARY if kind.base == "string" else NUMBER
        yield evolve(
            blank, facet="values", says=tuple(map(repr, facets.values)), illegal=(strange,), legal=facets.values
        )
    if kind.base == "string":
        yield from _of_text(blank, facets)
    if kind.base == "number":
        strange = (Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("-Infinity"))
        yield evolve(blank, facet="finite", says=("finite",), illegal=strange, formal=False)
    step = 1 if kind.base == "integer" else Decimal("0.0000001")
    as_value = int if kind.base == "integer" else Decimal
    says = tuple(str(as_value(each)) for each in (facets.minimum, facets.maximum) if each is not None)
    for facet, sign, bound in (("minimum", -1, facets.minimum), ("maximum", 1, facets.maximum)):
        if bound is not None:
            limit = as_value(bound)
            beyond = (limit + sign * step, limit + sign * NUMBER)
            yield evolve(blank, facet=facet, says=says, illegal=beyond, legal=(limit, limit - sign * step))


def _of_text(blank: Trial, facets: Facets) -> Iterator[Trial]:
    for facet, limit, beyond in (
        ("min_length", facets.min_length, -1),
        ("max_length", facets.max_length, 1),
    ):
        if limit is not None and limit + beyond >= 0:
            legal = _fitting(limit, facets)
            yield evolve(blank, facet=facet, says=(str(limit),), illegal=(_long(limit + beyond),), legal=legal)
    for pattern in facets.patterns:
        cut = [each[: facets.max_length] for each in WORDS if len(each) >= (facets.min_length or 0)]
        illegal = tuple(each for each in cut if examples.broken_patterns(each, facets) == [pattern.source])
        legal = (examples.text(facets),)
        yield evolve(blank, facet=f"pattern {pattern.source!a}", says=(pattern.source,), illegal=illegal, legal=legal)
    if facets.max_length != 0:
        unfit = "\ud800\udfff\udbff" + ("\x00\x08\x1f\ufffe\uffff" if blank.case.type.format == "xml" else "")
        start = CANARY[: (facets.max_length or len(CANARY) + 1) - 1]
        start = start.ljust((facets.min_length or 0) - 1, "x")
        illegal = tuple(start + character for character in unfit)
        yield evolve(blank, facet="characters", says=("character",), illegal=illegal, formal=False)


def _long(length: int) -> str:
    return (CANARY * (length // len(CANARY) + 1))[:length]


def _fitting(length: int, facets: Facets) -> tuple[str, ...]:
    """Texts of a length that keep to the other facets, with astral characters where they may be."""
    texts = [_long(length), "😀" * length, "1" * length, "0" * length, "x" * length]
    return tuple(each for each in texts if examples.fits(each, facets))


def traces(trial: Trial, value: Any) -> list[str]:
    """What of an illegal value must be in no message: whatever is long enough not to be there by chance."""
    if isinstance(value, tuple):
        return [text for each in value for text in traces(trial, each)]
    if isinstance(value, (dict, list)):
        return []
    text = value.decode() if isinstance(value, bytes) else str(value)
    return [part for part in (text, text[:8]) if len(part) >= 5 and not any(part in each for each in trial.says)]
