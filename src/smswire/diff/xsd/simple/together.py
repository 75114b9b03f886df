"""Whether several alternatives of a simple type take between them what none of them takes alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from smswire.diff import leaf
from smswire.diff.leaf import Pattern, Text
from smswire.diff.xsd.simple.atoms import Alternative, Atom
from smswire.diff.xsd.simple.lexical import inner, printed
from smswire.diff.xsd.simple.within import space_kept

_MANY = 2_000
_FEW = 3


def together(sub: Atom, sup: Iterable[Alternative], deadline: float | None) -> tuple[bool, tuple[str, ...]]:
    """Whether several alternatives take between them all that an atom prints, and strings that they may not take."""
    found: list[str] = []
    for each in sup:
        if not isinstance(each, Atom) or not space_kept(sub, each, deadline):
            continue
        text = inner(each)
        if text is not None and (written := _as_pattern(text)) is not None:
            found.append(written)
    if len(found) < 2:
        return False, ()
    joined = Pattern("|".join(f"({each})" for each in found), "xsd")
    mine, theirs = printed(sub), Text(patterns=(joined,))
    if leaf.included(mine, theirs, deadline=deadline):
        return True, ()
    likely = islice(leaf.examples(mine, theirs, deadline=deadline), _FEW)
    return False, tuple(each for each in likely if isinstance(each, str))


def _as_pattern(text: Text) -> str | None:
    """One pattern for a set of strings, None where it takes more than one."""
    if text.values is not None:
        kept = [each for each in text.values if leaf.contains(text, each)]
        return "|".join(_escaped(each) for each in kept) if len(kept) <= _MANY else None
    if text.min_length == 0 and text.max_length is None and len(text.patterns) == 1:
        return text.patterns[0].source
    if not text.patterns and (text.max_length is None or text.max_length <= _MANY) and text.min_length <= _MANY:
        most = "" if text.max_length is None else text.max_length
        return rf"[\s\S]{{{text.min_length},{most}}}"
    return None


def _escaped(text: str) -> str:
    return re.sub(r"[\\|.?*+(){}\[\]\-^$]", r"\\\g<0>", text).replace("\\$", "$")
