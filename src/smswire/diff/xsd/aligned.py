"""Inclusion of content models part by part: a proof in one walk for the many that differ little or not at all.

Each part of one is matched with a part of the other that takes all of it, in order. Whatever counts there are is no
matter. That no such match is found says nothing.
"""

from __future__ import annotations

from smswire.diff.xsd.components import Element, Leaf
from smswire.diff.xsd.names import Name
from smswire.diff.xsd.sides import Content, Occupant
from smswire.diff.xsd.words import Meeting, Outcome, Words

_Met = list[tuple[Name, Occupant, Occupant]]
_WIDEST = 400
"""More alternatives are not tried against each other."""


def compare(words: Words, sub: Content, sup: Content) -> Outcome | None:
    """The outcome when all is matched, else None."""
    met = _matched(words, sub, sup)
    if met is None:
        return None
    outcome = Outcome()
    for name, mine, theirs in met:
        outcome.meet(Meeting(mine, theirs, None, name, sub, sure=True, within=(sub, sup)))
    return outcome


def _matched(words: Words, sub: Content, sup: Content) -> _Met | None:
    """The declarations that meet when all words of `sub` are matched, None when they are not."""
    if sub.kind == "empty":
        return [] if sup.nullable else None
    if sub.kind == "nothing":
        return []
    if sub.kind == "either":
        return _each(words, sub, sup)
    if sup.kind == "either":
        return _one(words, sub, sup)
    if sub.kind == "then" or sup.kind == "then":
        return _chains(words, sub, sup)
    if sub.kind == "times" or sup.kind == "times":
        return _times(words, sub, sup)
    if sub.leaf is not None and sup.leaf is not None:
        return _leaves(words, sub.leaf, sup.leaf)
    return None


def _chains(words: Words, sub: Content, sup: Content) -> _Met | None:
    found: _Met = []
    others = _links(sup)
    at = 0
    for each in _links(sub):
        while at < len(others):
            met = _matched(words, each, others[at])
            at += 1
            if met is not None:
                found += met
                break
            if not others[at - 1].nullable:
                return None
        else:
            return None
    return found if all(each.nullable for each in others[at:]) else None


def _links(of: Content) -> list[Content]:
    found: list[Content] = []
    while of.kind == "then":
        assert of.first is not None
        assert of.rest is not None
        found.append(of.first)
        of = of.rest
    return [*found, of]


def _each(words: Words, sub: Content, sup: Content) -> _Met | None:
    if len(sub.parts) * max(len(sup.parts), 1) > _WIDEST * _WIDEST:
        return None
    found: _Met = []
    for each in sub.parts:
        met = _matched(words, each, sup)
        if met is None:
            return None
        found += met
    return found


def _one(words: Words, sub: Content, sup: Content) -> _Met | None:
    for each in sup.parts:
        met = _matched(words, sub, each)
        if met is not None:
            return met
    return None


def _times(words: Words, sub: Content, sup: Content) -> _Met | None:
    low, high, part = (sub.low, sub.high, sub.first) if sub.kind == "times" else (1, 1, sub)
    least, most, other = (sup.low, sup.high, sup.first) if sup.kind == "times" else (1, 1, sup)
    assert part is not None
    assert other is not None
    if low < least or (most is not None and (high is None or high > most)):
        return None
    return _matched(words, part, other)


def _leaves(words: Words, sub: Leaf, sup: Leaf) -> _Met | None:
    if isinstance(sub.term, Element):
        mine: list[tuple[Name, Occupant]] = [(each.name, each) for each in words.sub.options(sub.term)]
    else:
        names = dict.fromkeys(words.names(sub.term, ()))
        mine = [(name, each) for name in names if (each := words.sub.admitted(sub.term, name)) is not None]
        if isinstance(sup.term, Element):
            return None
    found: _Met = []
    theirs = {each.name: each for each in words.sup.options(sup.term)} if isinstance(sup.term, Element) else None
    for name, occupant in mine:
        other = theirs.get(name) if theirs is not None else _let_in(words, sup, name)
        if other is None or (occupant is words.sub.schema.skipped and other is not words.sup.schema.skipped):
            return None
        found.append((name, occupant, other))
    return found


def _let_in(words: Words, sup: Leaf, name: Name) -> Occupant | None:
    return None if isinstance(sup.term, Element) else words.sup.admitted(sup.term, name)
