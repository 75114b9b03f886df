"""Whether one alternative of a simple type takes all that another does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from attrs import evolve

from smswire.diff import leaf
from smswire.diff.leaf import Pattern, Text
from smswire.diff.xsd.simple import floats, order
from smswire.diff.xsd.simple.atoms import Alternative, Alternatives, Atom, ListOf, compared_as
from smswire.diff.xsd.simple.builtins import UNSURE, Space, descends
from smswire.diff.xsd.simple.lexical import FIXED, exact, inner, outer, printed

Items: TypeAlias = Callable[[Alternatives, Alternatives, float | None], bool | None]

RANK: dict[Space, int] = {"preserve": 0, "replace": 1, "collapse": 2}
"""How much white space a type takes away."""


def within(sub: Alternative, sup: Alternative, items: Items, deadline: float | None) -> bool | None:
    """Whether one alternative takes all that another does; False is certain, too. `items` compares lists' items."""
    if sub == sup:
        return True
    if isinstance(sup, ListOf):
        return _in_list(sub, sup, items, deadline)
    if sup.anything:
        return True
    if isinstance(sub, ListOf):
        return None
    if not space_kept(sub, sup, deadline):
        padded = _padded(sub, sup)
        return None if padded is None else leaf.included(padded, sup.text(), deadline=deadline) or None
    families = (sub.builtin.family, sup.builtin.family)
    if families == ("text", "text"):
        return _texts(sub, sup, deadline)
    if families[0] in ("number", "float") and families[1] in ("number", "float"):
        return _numbers(sub, sup, deadline)
    if families == ("opaque", "opaque") and sub.base == sup.base:
        return _opaques(sub, sup, deadline)
    surely = inner(sup)
    if surely is None:
        return None
    answer = leaf.included(printed(sub), surely, deadline=deadline)
    return answer if answer or (exact(sub) and exact(sup)) else None


def space_kept(sub: Atom, sup: Atom, deadline: float | None) -> bool:
    """Whether a string that `sub` takes is for `sup` the one that it is for `sub`, or a longer one that it takes."""
    if sub.space == sup.space:
        return True
    if RANK[sub.space] > RANK[sup.space]:
        return only_longer(sup)
    fixed = FIXED[sup.space]
    assert fixed is not None
    if leaf.included(printed(sub), Text(patterns=(fixed,)), deadline=deadline):
        return True
    return sup.builtin.family == "text" and evolve(sup, max_length=None) == Atom(base=sup.base, space=sup.space)


def only_longer(sup: Alternative) -> bool:
    """Whether a type takes, with a string, every longer one."""
    if isinstance(sup, ListOf) or sup.builtin.family != "text":
        return False
    return evolve(sup, min_length=0).plain and sup.builtin.printed is None


def unsure(sub: Alternative, sup: Alternative) -> bool:
    """Whether it depends on the rest of a document whether `sup` takes a string, which `sub` does not see to."""
    if isinstance(sup, ListOf):
        mine = sub.items if isinstance(sub, ListOf) else (sub,)
        return any(unsure(each, other) for each in mine for other in sup.items)
    return sup.base in UNSURE and not (isinstance(sub, Atom) and descends(sub.base, sup.base))


def _padded(sub: Atom, sup: Atom) -> Text | None:
    """All that an atom prints, with the white space around it that it takes and the other keeps."""
    text = outer(sub)
    if (
        sub.space != "collapse"
        or sub.builtin.printed is None
        or sup.builtin.family != "text"
        or text.values is not None
    ):
        return None
    blank = r"[ \t\n\r]*" if sup.space == "preserve" else " *"
    return Text(patterns=tuple(Pattern(f"{blank}({each.source}){blank}", "xsd") for each in text.patterns))


def _texts(sub: Atom, sup: Atom, deadline: float | None) -> bool | None:
    if unsure(sub, sup):
        # a value that refers to nothing is refused; others may be distinct in all documents, or be declared
        return False if sup.base == "IDREF" and sub.values is None else None
    if sup.base == "anyURI" and sub.base != "anyURI":
        surely = inner(sup)
        assert surely is not None
        return leaf.included(printed(sub), surely, deadline=deadline) or None
    if sub.values is not None and sup.values is not None and evolve(sub, values=()) == evolve(sup, values=()):
        return set(sub.values) <= set(sup.values) or None
    answer = leaf.included(printed(sub), sup.text(), deadline=deadline)
    return answer if answer or sub.base != "anyURI" else None


def _numbers(sub: Atom, sup: Atom, deadline: float | None) -> bool | None:
    if sub.limits or not sup.limits <= sub.limits:
        return None
    if sup.builtin.family == "number" and (
        sub.builtin.family == "float" or (sup.builtin.integer and not sub.builtin.integer)
    ):
        # more is printed than the other reads; patterns may yet keep it out
        return _as_text(sub, sup, deadline) if sub.patterns else None
    unlisted = _unlisted(sub)
    answer = leaf.included(sub.number(), sup.number())
    if answer and sup.builtin.family == "float" and not floats.kept(sub, sup):
        return None
    more = [each for each in sup.patterns if each not in sub.patterns]
    if answer and more:
        answer = leaf.included(printed(sub), Text(patterns=tuple(more)), deadline=deadline)
        return answer if answer or exact(sub) else None
    if answer is False and (sub.patterns or unlisted):
        return _as_text(sub, sup, deadline)
    return None if unlisted else answer


def _unlisted(sub: Atom) -> bool:
    """Whether values are listed that are no finite numbers."""
    return sub.values is not None and len(sub.number().values or ()) < len(sub.values)


def _as_text(sub: Atom, sup: Atom, deadline: float | None) -> bool | None:
    surely = inner(sup)
    if surely is None:
        return None
    answer = leaf.included(printed(sub), surely, deadline=deadline)
    return answer if answer or (exact(sub) and exact(sup)) else None


def _opaques(sub: Atom, sup: Atom, deadline: float | None) -> bool | None:
    undecided = False
    for facet, limit in sup.limits:
        follows = order.implied(sub.base, facet, limit, sub.limits)
        undecided = undecided or not follows
    if sup.values is not None:
        if sub.values is None:
            return None
        undecided = undecided or not set(sub.values) <= set(sup.values)
    if sub.min_length < sup.min_length or (
        sup.max_length is not None and (sub.max_length is None or sub.max_length > sup.max_length)
    ):
        undecided = True
    more = tuple(each for each in sup.patterns if each not in sub.patterns)
    if more and not leaf.included(printed(sub), Text(patterns=more), deadline=deadline):
        undecided = True
    return None if undecided else True


def _same_values(sub: Alternative, sup: ListOf) -> bool:
    """Whether two lists of the same words, listed, are the same values in all their prints."""
    mine = sub.items if isinstance(sub, ListOf) else (sub,)
    if mine == sup.items or all(isinstance(each, Atom) and each.builtin.family == "text" for each in mine):
        return True
    return len(mine) == len(sup.items) == 1 and compared_as(mine) == compared_as(sup.items)


def _in_list(sub: Alternative, sup: ListOf, items: Items, deadline: float | None) -> bool | None:
    if sup == ListOf(items=sup.items) and any(isinstance(each, Atom) and each.anything for each in sup.items):
        return True
    if sup.values is not None or sup.patterns:
        more = isinstance(sub, ListOf) and sup.values == sub.values and set(sup.patterns) <= set(sub.patterns)
        if not more or (sup.values is not None and not _same_values(sub, sup)):
            return None
    if isinstance(sub, ListOf):
        low, high = sub.min_length, sub.max_length
        mine = sub.items
    else:
        if sup.min_length > 1 or (sup.max_length is not None and sup.max_length < 1):
            return None
        # no text is no item
        word = Pattern(r"[^ \t\n\r]+" if sup.min_length else r"[^ \t\n\r]*", "xsd")
        alone = leaf.included(printed(sub), Text(patterns=(word,)), deadline=deadline)
        if not alone:
            return None
        low, high, mine = 1, 1, (sub,)
    if low < sup.min_length or (sup.max_length is not None and (high is None or high > sup.max_length)):
        return None
    return items(mine, sup.items, deadline) or None
