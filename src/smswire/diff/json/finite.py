"""Patterns that only spell texts out: `^a$`, `^(a|b)$`."""

from __future__ import annotations

import re
from functools import lru_cache

ALWAYS = frozenset({"", "^", ".*", "^.*", ".*$", "[\\s\\S]*"})
"""Patterns that are found in every text."""

# what stands for itself, and what does behind a backslash
_LITERAL = r"(?:[A-Za-z0-9_ @:;,/<>=!~#%&'\"-]|\\[.*+?^$()\[\]{}|/\\-])*"
_ONE = re.compile(rf"\^({_LITERAL})\$")
_SEVERAL = re.compile(rf"\^\((?:\?:)?({_LITERAL}(?:\|{_LITERAL})*)\)\$")
_MARK = re.compile(r"\\(.)|\|")


@lru_cache(maxsize=4096)
def texts(pattern: str) -> tuple[str, ...] | None:
    """The texts that a pattern is found in, None where it does more than spell them out."""
    if found := _ONE.fullmatch(pattern):
        return _plain(found[1])
    if found := _SEVERAL.fullmatch(pattern):
        return tuple(dict.fromkeys(_plain(found[1])))
    return None


def _plain(literals: str) -> tuple[str, ...]:
    """What stands between bars, without its escapes. No literal has a line end."""
    return tuple(_MARK.sub(lambda mark: mark[1] or "\n", literals).split("\n"))
