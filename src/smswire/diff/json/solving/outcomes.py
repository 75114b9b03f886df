"""What a search for a value comes to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from attrs import frozen

from smswire.diff.json.values import Json

Reason: TypeAlias = tuple[tuple[str, ...], str]
"""Document path, as its steps, and what could not be decided there."""

_REASONS = 6


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


def perhaps(value: Json, reasons: Iterable[Reason]) -> Outcome:
    """A value that fits as far as it can be said."""
    return Outcome("unsure", value, tuple(dict.fromkeys(reasons))[:_REASONS], tried=True)


def best(outcomes: Iterable[Outcome]) -> Outcome:
    """What ways to the same end come to together: the first that is found, unsure if any is."""
    reasons: list[Reason] = []
    candidate: Outcome | None = None
    for each in outcomes:
        if each.found:
            return each
        if each.status == "unsure":
            reasons += each.reasons
            if each.tried and candidate is None:
                candidate = each
    if not reasons:
        return EMPTY
    kept = tuple(dict.fromkeys(reasons))[:_REASONS]
    return Outcome("unsure", reasons=kept) if candidate is None else perhaps(candidate.value, kept)
