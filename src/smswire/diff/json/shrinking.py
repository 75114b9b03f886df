"""A smaller document of the same kind."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from smswire.diff.json.values import Json

_TRIES = 400
_SECONDS = 0.4
_MANY = 8


def shrunk(value: Json, wanted: Callable[[Json], bool]) -> Json:
    """The smallest document that is found, in a short time, by taking parts away while it stays wanted."""
    tries, until = _TRIES, time.monotonic() + _SECONDS
    smaller = True
    while smaller:
        smaller = False
        for each in _smaller(value):
            tries -= 1
            if tries < 0 or time.monotonic() > until:
                return value
            if wanted(each):
                value, smaller = each, True
                break
    return value


def _smaller(value: Json) -> Iterator[Json]:
    """The value with one part less, or one part made smaller."""
    if isinstance(value, dict):
        for name in value:
            yield {other: each for other, each in value.items() if other != name}
        for name, inner in value.items():
            for each in _smaller(inner):
                yield {**value, name: each}
    elif isinstance(value, list):
        if len(value) > _MANY:
            yield value[: len(value) // 2]
            yield value[len(value) // 2 :]
        for index in range(len(value)):
            yield [*value[:index], *value[index + 1 :]]
        for index, inner in enumerate(value):
            for each in _smaller(inner):
                yield [*value[:index], each, *value[index + 1 :]]
