"""The shortest word of a term within bounds of length."""

from __future__ import annotations

import time

from smswire.diff.regex.terms import Space, Term, TooLarge

Layer = dict[Term, tuple[Term, int] | None]
"""What can be reached in a number of characters, each with where it was reached from and by which atoms."""


def shortest(space: Space, term: Term, low: int, high: int | None, deadline: float) -> str | None:
    """The first word that has from `low` to `high` characters, None when there is none.

    Raises `TooLarge` when the answer would cost too much.
    """
    layers: list[Layer] = [dict.fromkeys(space.parts(term))]
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
            for after in space.parts(space.derive(each, mask)):
                if after not in seen and after not in found:
                    found[after] = (each, mask)
    return found


def _spelled(space: Space, layers: list[Layer], term: Term) -> str:
    word: list[str] = []
    for layer in reversed(layers[1:]):
        step = layer[term]
        assert step is not None
        term, mask = step
        word.append(chr(space.samples[(mask & -mask).bit_length() - 1]))
    return "".join(reversed(word))
