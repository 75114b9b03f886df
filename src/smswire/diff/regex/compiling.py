"""Expressions become terms. Assertions ask what comes before and after them, which is why that is handed on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby
from math import inf

from smswire.diff.regex.charset import Charset
from smswire.diff.regex.nodes import Anchor, Chars, Choice, Lookahead, Lookbehind, Node, Repeat, Unsupported
from smswire.diff.regex.nodes import Sequence as Sequenced
from smswire.diff.regex.terms import Space, Term

Follow = Callable[[bool], Term]
"""What may follow, asked with whether the beginning of the text is still where it was."""

_ASSERTIONS = (Anchor, Lookahead, Lookbehind)
_REPEATED = 60
"""The greatest count of an expression with assertions, which is written out."""


def compiled(space: Space, node: Node) -> Term:
    """The language of an expression that must match as a whole."""
    return _then(space, node, lambda _: space.empty_word, start=True)


def searched(space: Space, node: Node) -> Term:
    """The language of an expression that is searched for, where `^` stands for the beginning."""
    if isinstance(node, Sequenced) and node.parts and isinstance(node.parts[0], Lookbehind):
        before = _ending(space, space.any, node.parts[0])
        return space.then(before, _then(space, Sequenced(node.parts[1:]), lambda _: space.any, start=False))
    further = _then(space, node, lambda _: space.any, start=False)
    later = space.then(space.chars(space.full), space.then(space.any, further))
    return space.union((_then(space, node, lambda _: space.any, start=True), later))


def _then(space: Space, node: Node, follow: Follow, *, start: bool) -> Term:
    """The language of a node and what follows it."""
    if not _asserts(node):
        return _plainly(space, _plain(space, node), follow, start=start)
    if isinstance(node, Sequenced):
        return _sequence(space, _runs(node.parts), follow, start=start)
    if isinstance(node, Choice):
        return space.union([_then(space, each, follow, start=start) for each in node.branches])
    if isinstance(node, Anchor):
        if not node.end:
            return follow(start) if start else space.nothing
        return space.intersection((space.empty_word, follow(start)))
    if isinstance(node, Lookahead):
        ahead = _then(space, node.body, lambda _: space.any, start=start)
        return space.intersection((ahead if node.positive else space.negation(ahead), follow(start)))
    if isinstance(node, Repeat):
        return _repeated(space, node, follow, start=start)
    raise Unsupported("a lookbehind at what is not in its own sequence")


def _sequence(space: Space, parts: Sequence[Node], follow: Follow, *, start: bool) -> Term:
    if not parts:
        return follow(start)
    looks = [each for each in parts[1:2] if isinstance(each, Lookbehind)]
    after = parts[1 + len(looks) :]

    @cache
    def rest(still: bool) -> Term:  # noqa: FBT001
        return _sequence(space, after, follow, start=still)

    if not looks:
        return _then(space, parts[0], rest, start=start)
    if _asserts(parts[0]) or not (start or _lengths(looks[0].body)[1] <= _lengths(parts[0])[0]):
        raise Unsupported("a lookbehind at what is not in its own sequence")
    return _plainly(space, _ending(space, _plain(space, parts[0]), looks[0]), rest, start=start)


def _ending(space: Space, before: Term, look: Lookbehind) -> Term:
    """What of a language ends as a lookbehind demands."""
    if _asserts(look.body):
        raise Unsupported("an assertion within a lookbehind")
    ends = space.then(space.any, _plain(space, look.body))
    return space.intersection((before, ends if look.positive else space.negation(ends)))


def _repeated(space: Space, node: Repeat, follow: Follow, *, start: bool) -> Term:
    """A body with assertions, which each time ask for all that still comes."""
    if (node.high is None or node.high > 1) and not _lengths(node.body)[0]:
        raise Unsupported("what is repeated may be empty, and holds an assertion")
    if max(node.low, node.high or 0) > _REPEATED:
        raise Unsupported("an assertion is repeated too often")

    @cache
    def times(low: int, high: int | None, still: bool) -> Term:  # noqa: FBT001
        if high is None and low == 0 and not still:
            return space.loop(node.body, follow(False), lambda loop: _then(space, node.body, loop, start=False))  # noqa: FBT003
        if high == 0:
            return follow(still)
        fewer = None if high is None else high - 1

        def again(here: bool) -> Term:  # noqa: FBT001
            return times(max(low - 1, 0), fewer, here)

        once = _then(space, node.body, again, start=still)
        return once if low else space.union((once, follow(still)))

    return times(node.low, node.high, start)


def _plain(space: Space, node: Node) -> Term:
    """The language of a node that holds no assertion."""
    if isinstance(node, Chars):
        return space.of(node.charset)
    if isinstance(node, Sequenced):
        return space.chain([_plain(space, each) for each in node.parts])
    if isinstance(node, Choice):
        return space.union([_plain(space, each) for each in node.branches])
    assert isinstance(node, Repeat)
    return space.repeat(_plain(space, node.body), node.low, node.high)


def _plainly(space: Space, body: Term, follow: Follow, *, start: bool) -> Term:
    """A language without assertions and what follows it, which may need to know whether anything came before."""
    moved = space.then(body, follow(False))  # noqa: FBT003
    if not (start and body.nullable) or (still := follow(True)) is follow(False):  # noqa: FBT003
        return moved
    longer = space.intersection((body, space.negation(space.empty_word)))
    return space.union((still, space.then(longer, follow(False))))  # noqa: FBT003


def _runs(parts: Sequence[Node]) -> list[Node]:
    """The parts of a sequence, where what comes between assertions is one."""
    found: list[Node] = []
    for asserts, run in groupby(parts, key=_asserts):
        members = tuple(run)
        found += members if asserts else [Sequenced(members)]
    return found


def _asserts(node: Node) -> bool:
    return any(isinstance(each, _ASSERTIONS) for each in _all(node))


def _lengths(node: Node) -> tuple[float, float]:
    """The least and the greatest number of characters that a node takes."""
    if isinstance(node, Chars):
        return 1, 1
    if isinstance(node, Anchor | Lookahead | Lookbehind):
        return 0, 0
    inner = [_lengths(each) for each in _inner(node)]
    if isinstance(node, Repeat):
        most = inf if node.high is None else node.high
        return node.low * inner[0][0], most * inner[0][1] if inner[0][1] else 0
    if isinstance(node, Sequenced):
        return sum(low for low, _ in inner), sum(high for _, high in inner)
    return min(low for low, _ in inner), max(high for _, high in inner)


def charsets(node: Node) -> Iterator[Charset]:
    """Every set of characters that an expression names."""
    return (each.charset for each in _all(node) if isinstance(each, Chars))


def _all(node: Node) -> Iterator[Node]:
    """A node and whatever is in it."""
    todo = [node]
    while todo:
        each = todo.pop()
        yield each
        if not isinstance(each, Chars):
            todo += _inner(each)


def _inner(node: Node) -> Sequence[Node]:
    if isinstance(node, Sequenced):
        return node.parts
    if isinstance(node, Choice):
        return node.branches
    return () if isinstance(node, Chars | Anchor) else (node.body,)
