"""Whether a simple type takes one string, as it stands in a document."""

from __future__ import annotations

import re
from collections.abc import Iterable

from smswire.diff import leaf, patterns
from smswire.diff.leaf import Number, Pattern
from smswire.diff.xsd.simple import order
from smswire.diff.xsd.simple.atoms import Alternative, Alternatives, Atom, ListOf, normal, number
from smswire.diff.xsd.simple.floats import rounded

_NO_URI = re.compile(r"%(?![0-9A-Fa-f]{2})|#.*#|\[|\]")
_HOST = re.compile(r"([^/?#:]*:)?//[^/?#]*\[[^\]]*\]")
_FIRST = re.compile(r"([^/?#:]*):")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*")
_CALENDAR = {"date", "dateTime", "time", "gYear", "gYearMonth", "gMonth", "gDay", "gMonthDay"}


def accepts(kinds: Alternatives, raw: str) -> bool | None:
    """Whether any of the alternatives takes a string. None: undecided."""
    undecided = False
    for each in kinds:
        answer = takes(each, raw)
        if answer:
            return True
        undecided = undecided or answer is None
    return None if undecided else False


def takes(kind: Alternative, raw: str) -> bool | None:
    """Whether one alternative takes a string. None: undecided."""
    text = normal(raw, kind.space)
    if isinstance(kind, ListOf):
        return _list(kind, text)
    family = kind.builtin.family
    if family == "text":
        return _both(leaf.contains(kind.text(), text), _uri(kind, text))
    printed = kind.builtin.printed
    if printed is not None and patterns.matches(printed, text) is False:
        return False
    answer = _both(_value(kind, text), _matched(kind.patterns, text))
    if family == "opaque" and answer:
        surely = kind.builtin.surely
        return True if surely is None or patterns.matches(surely, text) else None
    return answer


def _value(kind: Atom, text: str) -> bool | None:
    family = kind.builtin.family
    if family == "number":
        value = number(text)
        return None if value is None else leaf.contains(kind.number(), value)
    if family == "float":
        return _float(kind, text)
    if family == "opaque":
        return _both(_both(_sized(kind, text), _listed(kind, text)), order.allowed(kind.base, text, kind.limits))
    return kind.values is None or text in kind.values


def _list(kind: ListOf, text: str) -> bool | None:
    items = text.split(" ") if text else []
    if len(items) < kind.min_length or (kind.max_length is not None and len(items) > kind.max_length):
        return False
    if kind.values is not None and text not in kind.values:
        # a list is compared by its items, which may print one value in more than one way
        return None if all(_textual(each) for each in kind.items) is False else False
    answer = _matched(kind.patterns, text)
    for each in items:
        answer = _both(answer, accepts(kind.items, each))
    return answer


def _textual(kind: Alternative) -> bool:
    return isinstance(kind, Atom) and kind.builtin.family == "text"


def _uri(kind: Atom, text: str) -> bool | None:
    if kind.base != "anyURI":
        return True
    surely = kind.builtin.surely
    if surely is not None and patterns.matches(surely, text):
        return True
    first = _FIRST.match(text)
    if first is not None and not _SCHEME.fullmatch(first[1]):
        return False
    return False if _NO_URI.search(text) and not _HOST.match(text) else None


def _float(kind: Atom, text: str) -> bool | None:
    if text in ("NaN", "INF", "-INF"):
        if kind.values is not None:
            return text in kind.values
        if text == "NaN":
            return not (kind.low or kind.high or kind.limits)
        return None if kind.limits else (kind.high if text == "INF" else kind.low) is None
    value = number(text)
    if value is None or kind.limits:
        return None
    values = (
        None if kind.values is None else tuple(found for each in kind.values if (found := number(each)) is not None)
    )
    limits = [*(each.value for each in (kind.low, kind.high) if each), *(values or ())]
    if any(each != value and rounded(each, kind.base) == rounded(value, kind.base) for each in limits):
        return None
    return leaf.contains(Number(low=kind.low, high=kind.high, values=values), value)


def _sized(kind: Atom, text: str) -> bool | None:
    if kind.base == "hexBinary":
        size = len(text) // 2
    elif kind.base == "base64Binary":
        size = len(text.replace(" ", "").rstrip("=")) * 3 // 4
    else:
        return True
    return size >= kind.min_length and (kind.max_length is None or size <= kind.max_length)


def _listed(kind: Atom, text: str) -> bool | None:
    if kind.values is None or text in kind.values:
        return True
    if kind.base in ("QName", "NOTATION"):
        # what a prefix stands for is the document's business
        return None if any(each.rpartition("}")[2] == text.rpartition(":")[2] for each in kind.values) else False
    if kind.base in _CALENDAR:
        return False if all(order.compare(kind.base, text, each) for each in kind.values) else None
    return None


def _matched(found: Iterable[Pattern], text: str) -> bool | None:
    answer: bool | None = True
    for each in found:
        answer = _both(answer, patterns.matches(each, text))
    return answer


def _both(a: bool | None, b: bool | None) -> bool | None:  # noqa: FBT001 - both are answers
    if a is False or b is False:
        return False
    return None if a is None or b is None else True
