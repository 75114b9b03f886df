"""The shortest word of a term, within bounds of length."""

from __future__ import annotations

import time
from collections.abc import Iterator

from smswire.diff.regex.terms import Space, Term, TooLarge

Layer = dict[Term, tuple[Term, int] | None]
"""What can be reached in a number of characters, each with where it was reached from and by which atoms."""


def measured(space: Space, term: Term) -> tuple[Term, tuple[int, int | None]]:
    """The term without what only bounds its length, and the least and the greatest length that it bounds.

    Lengths are counted while words are searched for: as terms they would multiply all others.
    """
    least, most = 0, None
    kept: list[Term] = []
    for each in term.parts if term.kind == "and" else (term,):
        if each.kind == "repeat" and each.parts[0].kind == "chars":
            least = max(least, each.low)
            most = each.high if most is None or (each.high is not None and each.high < most) else most
            kept.append(space.repeat(each.parts[0], 0, None))
        else:
            kept.append(each)
    return space.intersection(kept), (least, most)


def shortest(space: Space, term: Term, low: int, high: int | None, deadline: float) -> str | None:
    """The first word that has from `low` to `high` characters, None when there is none.

    Raises `TooLarge` when the answer would cost too much.
    """
    layers: list[Layer] = [dict.fromkeys(_parts(space, term))]
    seen: set[Term] = set()
    size = len(layers[0])
    while layers[-1] and (high is None or len(layers) - 1 <= high):
        layer = layers[-1]
        length = len(layers) - 1
        if length >= low:
            for each in layer:
                if each.nullable:
                    return _spelled(space, layers, each)
            seen.update(layer)
        if length == high:
            return None
        # below the least length, what was seen may have to be passed through again
        layers.append(_next(space, layer, seen if length >= low else set(), deadline))
        size += len(layers[-1])
        if size > space.limit:
            raise TooLarge
    return None


def _next(space: Space, layer: Layer, seen: set[Term], deadline: float) -> Layer:
    found: Layer = {}
    for each in layer:
        if time.monotonic() > deadline:
            raise TooLarge
        for mask in space.classes(each):
            for after in _parts(space, space.derive(each, mask)):
                if after not in seen and after not in found:
                    found[after] = (each, mask)
    return found


def _spelled(space: Space, layers: list[Layer], term: Term) -> str:
    word: list[str] = []
    for layer in reversed(layers[1:]):
        step = layer[term]
        assert step is not None
        term, mask = step
        word.append(chr(space.atoms.samples[(mask & -mask).bit_length() - 1]))
    return "".join(reversed(word))


def _parts(space: Space, term: Term) -> tuple[Term, ...]:
    """Languages that together are the term's, so that what is searched for an example need not be kept together."""
    if term.split is None:
        term.split = tuple(dict.fromkeys(_split(space, term)))
    return term.split


def _split(space: Space, term: Term) -> Iterator[Term]:
    if term.kind == "or":
        for each in term.parts:
            yield from _parts(space, each)
    elif term.kind == "and" and (choice := next((each for each in term.parts if each.kind == "or"), None)):
        rest = [each for each in term.parts if each is not choice]
        for each in choice.parts:
            yield from _parts(space, space.intersection((*rest, each)))
    elif term is not space.nothing:
        yield term
