"""Regular expressions compared as the sets of strings that they take. What cannot be decided is said to be so.

XSD's dialect matches whole values. JSON Schema's (ECMA 262, by code points) searches. Backreferences, word boundaries,
assertions in places where they ask for more than what comes next to them, and what would cost too much are undecidable
here; other lookarounds are not.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from attrs import field, frozen

from smswire.diff.regex import charset
from smswire.diff.regex.compiling import charsets, compiled, searched
from smswire.diff.regex.nodes import Chars, Dialect, Unsupported
from smswire.diff.regex.nodes import Sequence as Sequenced
from smswire.diff.regex.parse import parse
from smswire.diff.regex.search import measured, shortest
from smswire.diff.regex.terms import Space, Term, TooLarge

Lengths: TypeAlias = tuple[int, int | None]
"""The least and the greatest number of characters, None for no bound."""

ANY: Lengths = (0, None)
_TERMS = 40_000
_SECONDS = 1.5


@frozen
class Pattern:
    """A regular expression as the schema prints it, in its dialect."""

    source: str
    dialect: Dialect


class Undecidable(Exception):
    """A question about patterns that has no answer here; the text says why."""


def included(
    sub: Sequence[Pattern],
    sup: Sequence[Pattern],
    *,
    sub_lengths: Lengths = ANY,
    sup_lengths: Lengths = ANY,
    deadline: float | None = None,
) -> bool | None:
    """Whether every string that all of `sub` match is one that all of `sup` match, lengths counted. None: undecided.

    `deadline` is a time of `time.monotonic`; there is a bound of its own, too.
    """
    # what both demand is given, even where it cannot be read
    more = [each for each in sup if each not in sub]
    if not more and _within(sub_lengths, sup_lengths):
        return True
    readable = [each for each in sub if unsupported(each) is None]
    try:
        found = find(readable, more, lengths=sub_lengths, outside_lengths=sup_lengths, deadline=deadline)
    except Undecidable:
        return None
    if found is None:
        return True
    return False if len(readable) == len(sub) else None


def example(
    inside: Sequence[Pattern],
    outside: Sequence[Pattern] | None = None,
    *,
    lengths: Lengths = ANY,
    outside_lengths: Lengths = ANY,
    deadline: float | None = None,
) -> str | None:
    """The shortest string that all of `inside` match and not all of `outside` do. None: there is none, or undecided."""
    try:
        return find(inside, outside, lengths=lengths, outside_lengths=outside_lengths, deadline=deadline)
    except Undecidable:
        return None


def find(
    inside: Sequence[Pattern],
    outside: Sequence[Pattern] | None = None,
    *,
    lengths: Lengths = ANY,
    outside_lengths: Lengths = ANY,
    without: Sequence[Pattern] = (),
    excluded: Iterable[str] = (),
    deadline: float | None = None,
) -> str | None:
    """As `example`, but None says that there is none. Raises `Undecidable`.

    With `outside` None nothing is outside but what some pattern of `without` matches, and the strings of `excluded`:
    neither is ever given.
    """
    within = min(time.monotonic() + _SECONDS, deadline or float("inf"))
    words = frozenset(excluded)
    others = None if outside is None else tuple(outside)
    if not inside and not outside and not without and not words:
        spans = [lengths] if outside is None else _without(lengths, outside_lengths)
        return next(("a" * low for low, high in spans if high is None or low <= high), None)
    return _find(_Question(tuple(inside), others, lengths, outside_lengths, tuple(without), words, within))


@frozen
class _Question:
    """What is asked; the time that it may take makes no other question of it."""

    inside: tuple[Pattern, ...]
    outside: tuple[Pattern, ...] | None
    lengths: Lengths
    outside_lengths: Lengths
    without: tuple[Pattern, ...]
    excluded: frozenset[str]
    deadline: float = field(eq=False)


@lru_cache(maxsize=4096)
def _find(asked: _Question) -> str | None:
    if time.monotonic() > asked.deadline:
        raise Undecidable("the time is up")
    try:
        space, terms = _space((*asked.inside, *asked.without, *(asked.outside or ())), asked.excluded)
        ours, theirs = len(asked.inside), len(asked.inside) + len(asked.without)
        missed = [*terms[ours:theirs], *(_literal(space, each) for each in asked.excluded)]
        taken, own = measured(space, space.intersection((*terms[:ours], space.negation(space.union(missed)))))
        lengths = _common(asked.lengths, own)
        if asked.outside is None:
            return shortest(space, taken, *lengths, asked.deadline)
        others, own = measured(space, space.intersection(terms[theirs:]))
        missing = space.intersection((taken, space.negation(others)))
        free = _without(lengths, _common(asked.outside_lengths, own))
        candidates = [
            shortest(space, missing, *lengths, asked.deadline),
            *(shortest(space, taken, *each, asked.deadline) for each in free),
        ]
        return min((each for each in candidates if each is not None), key=len, default=None)
    except Unsupported as error:
        raise Undecidable(f"a pattern uses what no finite automaton decides: {error}") from None
    except (TooLarge, RecursionError):
        raise Undecidable("the patterns are too large to be compared") from None


def matches(pattern: Pattern, text: str) -> bool | None:
    """Whether a pattern takes a string. None: undecided."""
    try:
        space, [term] = _alone(pattern)
        for each in text:
            atom = space.atoms.of(each)
            term = space.derive(term, next((kind for kind in space.classes(term) if kind & atom), 0))
    except TooLarge:
        _alone.cache_clear()
        return None
    except (Unsupported, RecursionError):
        return None
    return term.nullable


@lru_cache(maxsize=1024)
def unsupported(pattern: Pattern) -> str | None:
    """Why a pattern cannot be compared, None when it can be tried."""
    try:
        _alone(pattern)
    except Unsupported as error:
        return str(error)
    except (TooLarge, RecursionError):
        return "it is too large"
    return None


@lru_cache(maxsize=256)
def _alone(pattern: Pattern) -> tuple[Space, list[Term]]:
    return _space((pattern,), ())


def _space(patterns: Iterable[Pattern], words: Iterable[str]) -> tuple[Space, list[Term]]:
    read = [(each, parse(each.source, each.dialect)) for each in patterns]
    xsd = any(each.dialect == "xsd" for each, _ in read)
    letters = {charset.characters(each) for word in words for each in word}
    alphabet = charset.XML_CHARACTERS if xsd else charset.JSON_CHARACTERS
    space = Space({*letters, *(each for _, node in read for each in charsets(node))}, alphabet, _TERMS)
    return space, [compiled(space, node) if each.dialect == "xsd" else searched(space, node) for each, node in read]


def _literal(space: Space, word: str) -> Term:
    return compiled(space, Sequenced(tuple(Chars(charset.characters(each)) for each in word)))


def _without(lengths: Lengths, others: Lengths) -> Iterator[Lengths]:
    """The lengths that others do not have, in at most two spans."""
    low, high = lengths
    if low < others[0]:
        yield low, others[0] - 1 if high is None else min(high, others[0] - 1)
    if others[1] is not None and (high is None or high > others[1]):
        yield max(low, others[1] + 1), high


def _common(one: Lengths, other: Lengths) -> Lengths:
    bounds = [each for each in (one[1], other[1]) if each is not None]
    return max(one[0], other[0]), min(bounds, default=None)


def _within(inner: Lengths, outer: Lengths) -> bool:
    return inner[0] >= outer[0] and (outer[1] is None or (inner[1] is not None and inner[1] <= outer[1]))
