"""Sets of strings: lengths, patterns and listed values, compared exactly where the patterns let themselves be read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from math import inf

from attrs import evolve, frozen

from smswire.diff import patterns
from smswire.diff.patterns import Lengths, Pattern, Undecidable

_LONG = 4096
_MOMENT = 0.3
"""Greater lengths that patterns have are not found out, nor what takes more seconds."""


@frozen(kw_only=True)
class Text:
    """Strings. All of `patterns` must match: JSON's search, XSD's match whole. Lengths count characters."""

    min_length: int = 0
    max_length: int | None = None
    patterns: tuple[Pattern, ...] = ()
    values: tuple[str, ...] | None = None

    @property
    def lengths(self) -> Lengths:
        return self.min_length, self.max_length


def contains(text: Text, value: str) -> bool | None:
    """Whether a string is one of the set. None: undecided."""
    if text.values is not None and value not in text.values:
        return False
    return _fits(text, value)


def _judged(text: Text) -> Callable[[str], bool | None]:
    """`contains` for many strings."""
    listed = None if text.values is None else frozenset(text.values)
    return lambda value: False if listed is not None and value not in listed else _fits(text, value)


def _fits(text: Text, value: str) -> bool | None:
    """Whether a string is one of the set, but for the listed values."""
    if len(value) < text.min_length or (text.max_length is not None and len(value) > text.max_length):
        return False
    answers = [patterns.matches(each, value) for each in text.patterns]
    return False if False in answers else None if None in answers else True


def included(sub: Text, sup: Text, deadline: float | None) -> bool | None:
    """Whether every string of `sub` is one of `sup`. None: undecided."""
    if sub.values is not None:
        return _values_included(sub, sub.values, sup)
    if sub.max_length is not None and sub.max_length < sub.min_length:
        return True
    if sup.values is None:
        return patterns.included(
            sub.patterns, sup.patterns, sub_lengths=sub.lengths, sup_lengths=sup.lengths, deadline=deadline
        )
    # a pattern that cannot be read may be left out of `sub` for a proof, not for a refutation
    readable = tuple(each for each in sub.patterns if patterns.unsupported(each) is None)
    answers = {each: _fits(sup, each) for each in sup.values}
    try:
        possible = [each for each, answer in answers.items() if answer is not False]
        if _other(evolve(sub, patterns=readable), possible, deadline) is not None:
            return False if readable == sub.patterns else None
    except Undecidable:
        return None
    return None if None in answers.values() else True


def _values_included(sub: Text, values: Iterable[str], sup: Text) -> bool | None:
    undecided = False
    judged = _judged(sup)
    for each in values:
        inside, outside = _fits(sub, each), judged(each)
        if inside is False or outside is True:
            continue
        if inside is True and outside is False:
            return False
        undecided = True
    return None if undecided else True


def empty(text: Text, deadline: float | None) -> bool | None:
    """Whether no string is in the set. None: undecided."""
    if text.values is not None:
        answers = [_fits(text, each) for each in text.values]
        return False if True in answers else None if None in answers else True
    if text.max_length is not None and text.max_length < text.min_length:
        return True
    if not text.patterns:
        return False
    try:
        return patterns.find(text.patterns, lengths=text.lengths, deadline=deadline) is None
    except Undecidable:
        return None


def least(text: Text, deadline: float | None) -> int:
    """The length that no string of the set is below, as far as that is found out soon."""
    try:
        found = patterns.find(text.patterns, lengths=text.lengths, deadline=_soon(deadline))
    except Undecidable:
        found = None
    return text.min_length if found is None else len(found)


def most(text: Text, deadline: float | None) -> int | None:
    """The length that no string of the set is above, None for none, as far as that is found out soon."""
    soon = _soon(deadline)

    def reached(length: int) -> bool:
        return patterns.find(text.patterns, lengths=(length, text.max_length), deadline=soon) is not None

    low, high = 0, 1
    try:
        while reached(high):
            low, high = high, 2 * high
            if low > _LONG:
                return text.max_length
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if reached(middle) else (low, middle)
    except Undecidable:
        return text.max_length
    return low


def _soon(deadline: float | None) -> float:
    return min(time.monotonic() + _MOMENT, deadline or inf)


def intersect(a: Text, b: Text) -> Text:
    """The strings of both, which may be none."""
    values = a.values if b.values is None else b.values
    if a.values is not None and b.values is not None:
        shared = set(b.values)
        values = tuple(each for each in a.values if each in shared)
    limits = [each.max_length for each in (a, b) if each.max_length is not None]
    return Text(
        min_length=max(a.min_length, b.min_length),
        max_length=min(limits, default=None),
        patterns=tuple(dict.fromkeys((*a.patterns, *b.patterns))),
        values=values,
    )


def examples(text: Text, outside: Text | None, deadline: float | None) -> Iterator[str]:
    """Some strings of the set, those that are not in `outside` first."""
    if text.values is not None:
        judged = None if outside is None else _judged(outside)
        yield from text.values if judged is None else sorted(text.values, key=lambda each: judged(each) is True)
        return
    if outside is not None and (found := _outside(text, outside, deadline)) is not None:
        yield found
    longest = text.min_length + 1 if text.max_length is None else text.max_length
    for low in dict.fromkeys((max(text.min_length, 1), text.min_length, longest)):
        found = patterns.example(text.patterns, lengths=(low, text.max_length), deadline=deadline)
        if found is not None:
            yield found


def _outside(text: Text, outside: Text, deadline: float | None) -> str | None:
    """A string of `text` and not of `outside`, None when there is none or it cannot be said."""
    try:
        if outside.values is not None:
            return _other(text, [each for each in outside.values if _fits(outside, each)], deadline)
        return patterns.find(
            text.patterns,
            [each for each in outside.patterns if each not in text.patterns],
            lengths=text.lengths,
            outside_lengths=outside.lengths,
            deadline=deadline,
        )
    except Undecidable:
        return None


def _other(text: Text, values: Iterable[str], deadline: float | None) -> str | None:
    """A string of `text` that is none of the values. Raises `Undecidable`."""
    return patterns.find(text.patterns, lengths=text.lengths, excluded=values, deadline=deadline)
