"""Paths through documents, "/order/row/@live" or "/items/*/ref", and how near one is to another."""

from __future__ import annotations

import re
from typing import TypeAlias

Nearness: TypeAlias = tuple[int, int]
"""The kind of nearness, the greater the nearer, and the number of steps between the two as a negative."""


def steps(path: str) -> tuple[str, ...]:
    """The steps of a path. A place in a list is any place: "row[2]" is "row", and "3" is "*"."""
    found = [re.sub(r"\[\d+\]$|^\{[^}]*\}|^[\w.-]+:", "", each) for each in path.split("/") if each]
    return tuple("*" if each.isdigit() else each for each in found)


def nearness(changed: str, refused: str) -> Nearness | None:
    """How near what changed is to where a document is refused, None when they have nothing to do with each other.

    The nearest is the same place; then the same place seen from another root; then a place below, as a parent is
    refused for what it lacks; then a place above.
    """
    ours, theirs = steps(changed), steps(refused)
    shorter = min(len(ours), len(theirs))
    if _same(ours[:shorter], theirs[:shorter]):
        apart = len(ours) - len(theirs)
        return (4, 0) if not apart else (2, -apart) if apart > 0 else (1, apart)
    return (3, 0) if shorter > 1 and _same(ours[-shorter:], theirs[-shorter:]) else None


def _same(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    return all(_alike(mine, other) for mine, other in zip(ours, theirs, strict=True))


def _alike(mine: str, other: str) -> bool:
    """Whether two steps may be one: "*" is any, and "@*" any attribute."""
    return mine == other or "*" in (mine, other) or ("@*" in (mine, other) and mine[0] == other[0])
