"""What a search for a value comes to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from attrs import frozen

from smswire.diff.json.assertions import UNTOLD
from smswire.diff.json.values import Json

Reason: TypeAlias = tuple[tuple[str, ...], str]
"""Document path, as its steps, and what could not be decided there."""

_REASONS = 6

UNWRITTEN = "a value would be too long to be written"
_CERTAIN = frozenset({UNTOLD, UNWRITTEN})
"""Why a value is not shown that there is for certain."""


class OutOfTime(Exception):
    """The search took longer than it may."""


@frozen
class Outcome:
    """`found` with a value, `empty` for proven to have none, `unsure` with reasons and perhaps a value to be tried."""

    status: Literal["empty", "found", "unsure"]
    value: Json = None
    reasons: tuple[Reason, ...] = ()
    tried: bool = False
    """Whether an unsure outcome has a value."""

    @property
    def empty(self) -> bool:
        return self.status == "empty"

    @property
    def found(self) -> bool:
        return self.status == "found"

    @property
    def has_value(self) -> bool:
        return self.found or self.tried

    @property
    def certain(self) -> bool:
        """Whether there is a value, though none that a validator could be shown."""
        return self.status == "unsure" and bool(self.reasons) and all(why in _CERTAIN for _, why in self.reasons)

    def within(self, step: str) -> Outcome:
        """The same, said of a value within another."""
        if self.status != "unsure":
            return self
        return Outcome("unsure", self.value, tuple(((step, *path), why) for path, why in self.reasons), self.tried)


EMPTY = Outcome("empty")


def found(value: Json) -> Outcome:
    return Outcome("found", value)


def unsure(why: str) -> Outcome:
    return Outcome("unsure", reasons=(((), why),))


def unwritten() -> Outcome:
    """A value that is too long to be made."""
    return unsure(UNWRITTEN)


def perhaps(value: Json, reasons: Iterable[Reason], *, tried: bool = True) -> Outcome:
    """A value that fits as far as it can be said; if not `tried`, with parts that are not known."""
    return Outcome("unsure", value, _few(reasons), tried)


def _few(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Some of the reasons, those first that leave doubt."""
    return tuple(sorted(dict.fromkeys(reasons), key=lambda each: each[1] in _CERTAIN))[:_REASONS]


def best(outcomes: Iterable[Outcome]) -> Outcome:
    """What ways to the same end come to together: the first that is found, else one that is certain, unsure if any."""
    reasons: list[Reason] = []
    certain: Outcome | None = None
    candidate: Outcome | None = None
    for each in outcomes:
        if each.found:
            return each
        if each.status == "unsure":
            reasons += each.reasons
            if each.certain and certain is None:
                certain = each
            if each.tried and candidate is None:
                candidate = each
    if certain is not None or not reasons:
        return certain or EMPTY
    return perhaps(candidate.value if candidate else None, reasons, tried=candidate is not None)
