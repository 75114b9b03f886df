"""Order among values that are no numbers, as far as their printed forms tell it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PLAIN = re.compile(r"([0-9]{4}(-[0-9]{2})*)?(T?[0-9]{2}:[0-9]{2}:[0-9]{2})?|--[0-9]{2}(-[0-9]{2})?|---[0-9]{2}")
_ZONE = re.compile(r"(Z|[+\-][0-9]{2}:[0-9]{2})$")
_DATES = {"date", "dateTime", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"}


def compare(base: str, a: str, b: str) -> int | None:
    """-1, 0 or 1 as `a` is before, at or after `b`; None where their prints do not tell it."""
    if a == b:
        return 0
    if base not in _DATES:
        return None
    zones = {found[0] if (found := _ZONE.search(each)) and each.count("-") != 1 else "" for each in (a, b)}
    if len(zones) > 1:
        return None
    [zone] = zones
    bare = [each.removesuffix(zone) for each in (a, b)]
    if not all(_PLAIN.fullmatch(each) for each in bare) or len(bare[0]) != len(bare[1]):
        return None
    return -1 if bare[0] < bare[1] else 1


def allowed(base: str, text: str, limits: Iterable[tuple[str, str]]) -> bool | None:
    """Whether a value keeps within bounds. None: its print does not tell."""
    answer: bool | None = True
    for facet, limit in limits:
        order = compare(base, text, limit)
        if order is None:
            answer = None
        elif not _keeps(facet, order):
            return False
    return answer


def implied(base: str, facet: str, limit: str, by: Iterable[tuple[str, str]]) -> bool | None:
    """Whether a bound follows from others. None: their prints do not tell."""
    undecided = False
    for other, value in by:
        if other[:3] != facet[:3]:
            continue
        order = compare(base, value, limit)
        if order is None:
            undecided = True
        elif (order == 0 and (other == facet or facet.endswith("Inclusive"))) or _keeps(f"{facet[:3]}Exclusive", order):
            return True
    return None if undecided else False


def _keeps(facet: str, order: int) -> bool:
    if order == 0:
        return facet.endswith("Inclusive")
    return order == (1 if facet.startswith("min") else -1)
