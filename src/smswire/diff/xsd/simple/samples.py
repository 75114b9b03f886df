"""Strings that a simple type takes, as they may stand in a document."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from smswire.diff import leaf
from smswire.diff.leaf import Number, Text
from smswire.diff.xsd.simple.accepting import accepts, takes
from smswire.diff.xsd.simple.atoms import Alternative, Alternatives, Atom, ListOf
from smswire.diff.xsd.simple.lexical import inner, outer, printed

_MOST = 60
_TRIED = 300
_SAMPLES: dict[str, tuple[str, ...]] = {
    "date": ("2024-01-31", "2024-01-31Z", "1999-12-31", "2024-01-31+01:00", "0001-01-01", "9999-12-31"),
    "dateTime": (
        "2024-01-31T12:30:00",
        "2024-01-31T12:30:00Z",
        "2024-01-31T12:30:00.5+01:00",
        "0001-01-01T00:00:00",
        "9999-12-31T23:59:59",
    ),
    "time": ("12:30:00", "12:30:00Z", "12:30:00.5", "12:30:00+01:00", "00:00:00", "23:59:59"),
    "gYear": ("2024", "2024Z", "2024+01:00", "0001", "9999"),
    "gYearMonth": ("2024-01", "2024-01+01:00", "0001-01", "9999-12"),
    "gMonth": ("--01", "--01+01:00", "--12"),
    "gDay": ("---31", "---31+01:00", "---01"),
    "gMonthDay": ("--01-31", "--01-31+01:00", "--12-31"),
    "duration": ("P1D", "PT1H", "P1Y2M3DT4H5M6S"),
    "hexBinary": ("0a", ""),
    "base64Binary": ("AAAA", "zzzz", "AA==", ""),
    "QName": ("a", "xml:a"),
    "NOTATION": ("a",),
    "boolean": ("true", "false", "1", "0"),
    "float": ("1", "1.5", "1E3", "INF", "NaN", "+1"),
    "double": ("1", "1.5", "1E3", "INF", "NaN", "+1"),
}
_ODD = ("", " ", "a", "%", "a b", ":", "[", " a", "a  b", "\t", "1", "-1", "é", "<&>")


def samples(kinds: Alternatives, outside: Alternatives | None = None, deadline: float | None = None) -> Iterator[str]:
    """A few strings that the alternatives take, the ones that are likely no values of `outside` first."""
    seen: set[str] = set()
    for each in kinds:
        taken = (
            found
            for found in islice(_candidates(each, outside, deadline), _TRIED)
            if found not in seen and (_named(each, found) or takes(each, found) is not False)
        )
        for found in islice(taken, _MOST):
            seen.add(found)
            yield found


def _named(kind: Alternative, text: str) -> bool:
    """Whether a text is a listed qualified name, in braces notation."""
    return isinstance(kind, Atom) and kind.base in ("QName", "NOTATION") and text in (kind.values or ())


def sample(kinds: Alternatives, deadline: float | None = None) -> str | None:
    """A string that the alternatives surely take, or one that they may. None: none is known."""
    unsure: str | None = None
    for each in samples(kinds, deadline=deadline):
        if accepts(kinds, each):
            return each
        unsure = each if unsure is None else unsure
    return unsure


def _candidates(kind: Alternative, outside: Alternatives | None, deadline: float | None) -> Iterator[str]:
    others = outside or ()
    plain = list(dict.fromkeys(islice(_plain(kind, others, deadline), _TRIED // 2)))
    yield from plain[:3]
    if outside is not None and isinstance(kind, Atom) and kind.builtin.family in ("number", "float"):
        some = (list(islice((each for each in plain if each.startswith("-") is sign), 2)) for sign in (False, True))
        yield from _otherwise([*next(some), *next(some)], others)
    yield from plain[3:]
    if outside is None:
        return
    if kind.space == "collapse":
        # what surrounds a value may be of any length
        room = max((each.max_length or 0 for each in others), default=0)
        for each in plain[:3]:
            yield f" {each}\n"
            if room:
                yield each + " " * min(room + 1, 4000)
    elif isinstance(kind, Atom):
        size = min(kind.min_length, 4000)
        yield from (" " * max(size, 1), "a" + " " * size, " " * size + "a", "a  " + "a" * size, "a\t" + "a" * size)


def _otherwise(numbers: list[str], others: Alternatives) -> Iterator[str]:
    """Other prints of some numbers, some of them longer than others take."""
    room = min(max((each.max_length or 0 for each in others), default=0), 4000)
    for each in numbers:
        sign, digits = ("-", each[1:]) if each.startswith("-") else ("", each)
        yield from (f"{sign or '+'}{digits}", f"{sign}0{digits}", f"{each}.0", f"{sign}{'0' * room}{digits}")


def _plain(kind: Alternative, others: Alternatives, deadline: float | None) -> Iterator[str]:
    if isinstance(kind, ListOf):
        yield from _lists(kind, others, deadline)
        return
    if kind.builtin.family == "number":
        yield from _near(kind, others)
        yield from _numbers(kind.number(), None)
    elif kind.builtin.family == "float":
        yield from _near(kind, others)
        yield from _floats(kind, None)
    yield from kind.values or ()
    if kind.builtin.family == "text":
        yield from _strings(kind, others, deadline)
    else:
        yield from _others(kind, others, deadline)


def _near(kind: Atom, others: Alternatives) -> Iterator[str]:
    """Numbers about where others begin and end."""
    for each in (item for other in others for item in (other.items if isinstance(other, ListOf) else (other,))):
        if not isinstance(each, Atom):
            continue
        if kind.builtin.family == each.builtin.family == "number":
            yield from _between(kind.number(), each.number())
            yield from _numbers(kind.number(), each.number())
        elif kind.builtin.family == "float" and each.builtin.family in ("number", "float"):
            yield from _floats(kind, each)


def _between(number: Number, other: Number) -> Iterator[str]:
    """The numbers halfway from one's bounds to the other's, which may be near each other."""
    for mine, theirs in ((number.low, other.low), (number.high, other.high)):
        if mine is not None and theirs is not None and mine != theirs:
            yield format((mine.value + theirs.value) / 2, "f")


def _strings(kind: Atom, others: Alternatives, deadline: float | None) -> Iterator[str]:
    for each in others:
        if isinstance(each, Atom):
            yield from _texts(printed(kind), outer(each), deadline)
    if others:
        yield from _ODD
    yield from _texts(inner(kind) or kind.text(), None, deadline)


def _others(kind: Atom, others: Alternatives, deadline: float | None) -> Iterator[str]:
    """Values of what is neither text nor only a number."""
    yield from _sized(kind)
    yield from (limit for each in (kind, *others) if isinstance(each, Atom) for _, limit in sorted(each.limits))
    yield from _SAMPLES.get(kind.base, ())
    if not kind.patterns:
        return
    surely = kind.builtin.surely
    sure = Text(patterns=kind.patterns if surely is None else (surely, *kind.patterns))
    yield from _texts(outer(kind) if kind.builtin.family == "number" else sure, None, deadline)
    for each in others:
        if isinstance(each, Atom):
            yield from _texts(outer(kind), outer(each), deadline)


def _texts(text: Text, outside: Text | None, deadline: float | None) -> Iterator[str]:
    for found in leaf.examples(text, outside, deadline=deadline):
        if isinstance(found, str) and len(found) <= 100_000:
            yield found


def _numbers(number: Number, outside: Number | None) -> Iterator[str]:
    for each in leaf.examples(number, outside):
        assert isinstance(each, Decimal)
        yield format(each, "f")


def _floats(kind: Atom, other: Atom | None) -> Iterator[str]:
    outside = None if other is None else Number(low=other.low, high=other.high)
    for each in leaf.examples(Number(low=kind.low, high=kind.high), outside):
        assert isinstance(each, Decimal)
        yield format(each, "f")


def _sized(kind: Atom) -> Iterator[str]:
    sizes = dict.fromkeys((kind.min_length, kind.max_length if kind.max_length is not None else kind.min_length + 1))
    for size in sizes:
        if size <= 10_000 and kind.base == "hexBinary":
            yield "00" * size
        elif size <= 10_000 and kind.base == "base64Binary":
            yield "AAAA" * (size // 3) + ("", "AA==", "AAA=")[size % 3]


def _lists(kind: ListOf, others: Alternatives, deadline: float | None) -> Iterator[str]:
    if kind.values is not None:
        yield from kind.values
        return
    items = tuple(item for each in others for item in (each.items if isinstance(each, ListOf) else (each,)))
    found = [
        each for each in islice(samples(kind.items, items or None, deadline), 8) if each and " " not in each.strip()
    ]
    counts = [kind.min_length, max(kind.min_length, 1)]
    for each in others:
        counts += [each.min_length - 1, (each.max_length or 0) + 1, 2]
    for count in dict.fromkeys(counts):
        if 0 <= count <= 5_000:
            for value in found or ([""] if not count else []):
                yield " ".join([value.strip()] * count)
