"""The nodes of a comparison, each made once and simplified when it is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable
from functools import lru_cache
from typing import TypeVar

from attrs import fields

from smswire.diff.json import apart, finite, nodes
from smswire.diff.json.jsontypes import written
from smswire.diff.json.nodes import ALL, ARRAY, BOOLEAN, INTEGER, NULL, WHOLE, Mask, Node
from smswire.diff.json.values import FALSE, TRUE, Json, Key, key

N = TypeVar("N", bound=Node)


class Universe:
    """Makes the nodes of both sides of a comparison, so that what is said on both is one node."""

    def __init__(self) -> None:
        self._nodes: dict[Hashable, Node] = {}
        self.anything = self._made(nodes.Anything(), ("anything",), ALL, ALL)
        self.nothing = self._made(nodes.Nothing(), ("nothing",), 0, 0)
        self.writing_counts = False
        """Whether some node tells 1 from 1.0."""

    def _made(self, node: N, words: Hashable, may: Mask | None = None, must: Mask | None = None) -> N:
        node.serial = len(self._nodes)
        self._nodes[words] = node
        node.applies = node.concerns
        node.may = ALL if may is None else may
        node.must = ALL & ~node.concerns if must is None else must
        return node

    def assertion(self, node: N) -> N | Node:
        """The node for an assertion that speaks of values of one type, with its parts made before."""
        if (simple := self._simple(node)) is not None:
            return simple
        words = _words(node)
        if (known := self._nodes.get(words)) is not None:
            return known
        made = self._made(node, words)
        if isinstance(node, nodes.AtLeast | nodes.AtMost):
            made.applies = node.what
            made.must = ALL & ~node.what
        return made

    def _simple(self, node: Node) -> Node | None:
        """What an assertion comes to that says nothing, or only how many there may be."""
        if isinstance(node, nodes.AtLeast):
            return None if node.count else self.anything
        if isinstance(node, nodes.Contains):
            return None if node.least else self.anything
        if isinstance(node, nodes.Item | nodes.Rest | nodes.Property | nodes.Matching | nodes.Others | nodes.Names):
            if node.part is self.anything:
                return self.anything
            if node.part is self.nothing and isinstance(node, nodes.Item | nodes.Rest):
                return self.assertion(nodes.AtMost(ARRAY, node.index if isinstance(node, nodes.Item) else node.start))
        return None

    def both(self, parts: Iterable[Node]) -> Node:
        """What holds iff all parts do."""
        found: dict[Node, None] = {}
        listed: dict[Key, Json] | None = None
        mask = ALL
        for part in parts:
            for each in part.parts if isinstance(part, nodes.Both) else (part,):
                if isinstance(each, nodes.OfType):
                    mask &= each.mask
                elif isinstance(each, nodes.OneOfValues):
                    listed = {k: v for k, v in each.values.items() if listed is None or k in listed}
                elif each is not self.anything:
                    found[each] = None
        if listed is not None:
            found[self.one_of_values([each for each in listed.values() if written(each) & mask])] = None
        may = mask
        for each in found:
            may &= each.may
        if not may or self.nothing in found:
            return self.nothing
        found = {each: None for each in found if each.applies & may}
        # types that a part rules out anyhow need no saying
        if mask != ALL and all(each.may & ~mask for each in found):
            found[self.of_type(mask)] = None
        return self._joined(found)

    def _joined(self, found: dict[Node, None]) -> Node:
        if not found:
            return self.anything
        if len(found) == 1:
            return next(iter(found))
        parts = tuple(sorted(found, key=_serial))
        words = ("both", *(each.serial for each in parts))
        if (known := self._nodes.get(words)) is not None:
            return known
        may = must = ALL
        for each in parts:
            may &= each.may
            must &= each.must
        return self._made(nodes.Both(parts), words, may, must)

    def either(self, parts: Iterable[Node]) -> Node:
        """What holds iff some part does."""
        found = self._alternatives(parts)
        must = 0
        for each in found:
            must |= each.must
        if must == ALL:
            return self.anything
        if len(found) < 2:
            return next(iter(found), self.nothing)
        ordered = tuple(sorted(found, key=_serial))
        words = ("either", *(each.serial for each in ordered))
        if (known := self._nodes.get(words)) is not None:
            return known
        may = 0
        for each in ordered:
            may |= each.may
        return self._made(nodes.Either(ordered), words, may, must)

    def _alternatives(self, parts: Iterable[Node]) -> dict[Node, None]:
        """The alternatives, those that list values or types as one each."""
        found: dict[Node, None] = {}
        mask: Mask = 0
        values: dict[Key, Json] = {}
        for part in parts:
            for each in part.parts if isinstance(part, nodes.Either) else (part,):
                if isinstance(each, nodes.OfType):
                    mask |= each.mask
                elif isinstance(each, nodes.OneOfValues):
                    values |= each.values
                else:
                    found[each] = None
        found[self.one_of_values([each for each in values.values() if written(each) & ~mask])] = None
        found = {each: None for each in found if each.may & ~mask}
        if mask:
            found[self.of_type(mask)] = None
        return found

    def single(self, parts: Iterable[Node]) -> Node:
        """What holds iff exactly one part does."""
        counts = Counter(each for each in parts if each is not self.nothing)
        # what is there twice never holds alone
        if more := [each for each, count in counts.items() if count > 1]:
            rest = self.single(each for each, count in counts.items() if count == 1)
            return self.both([rest, *(self.negation(each) for each in more)])
        found = sorted(counts, key=_serial)
        if len(found) < 2:
            return found[0] if found else self.nothing
        groups = apart.groups(found)
        if len(groups) > 1:
            return self.either(self.single(each) for each in groups)
        words = ("single", *(each.serial for each in found))
        if (known := self._nodes.get(words)) is not None:
            return known
        may = 0
        for each in found:
            may |= each.may
        return self._made(nodes.Single(tuple(found)), words, may, 0)

    def negation(self, part: Node) -> Node:
        """What holds iff the part does not."""
        if part is self.anything:
            return self.nothing
        if part is self.nothing:
            return self.anything
        if isinstance(part, nodes.Not):
            return part.part
        if isinstance(part, nodes.OfType):
            return self.of_type(ALL & ~part.mask)
        words = ("not", part.serial)
        if (known := self._nodes.get(words)) is not None:
            return known
        return self._made(nodes.Not(part), words, ALL & ~part.must, ALL & ~part.may)

    def of_type(self, mask: Mask) -> Node:
        """What holds for all values of some types."""
        if mask == ALL:
            return self.anything
        if not mask:
            return self.nothing
        words = ("type", mask)
        if (known := self._nodes.get(words)) is not None:
            return known
        if bool(mask & INTEGER) != bool(mask & WHOLE):
            self.writing_counts = True
        return self._made(nodes.OfType(mask), words, mask, mask)

    def one_of_values(self, values: Iterable[Json]) -> Node:
        """What holds for some values."""
        found = {key(each): each for each in values}
        if not found:
            return self.nothing
        words = ("values", frozenset(found))
        if (known := self._nodes.get(words)) is not None:
            return known
        may: Mask = 0
        for each in found.values():
            may |= written(each)
        must = (NULL if None in found else 0) | (BOOLEAN if {TRUE, FALSE} <= set(found) else 0)
        if must == may:
            return self.of_type(must)
        return self._made(nodes.OneOfValues(found), words, may, must)

    def others(self, names: Iterable[str], patterns: Collection[str], part: Node) -> Node:
        """What holds for the values of all properties that are neither named nor matched."""
        if finite.ALWAYS & set(patterns):
            return self.anything
        spelled = {each: finite.texts(each) for each in patterns}
        known = {*names, *(text for texts in spelled.values() for text in texts or ())}
        unread = sorted(each for each, texts in spelled.items() if texts is None)
        return self.assertion(nodes.Others(frozenset(known), tuple(unread), part))

    def loop(self, name: str, may: Mask, must: Mask) -> nodes.Loop:
        """A new recursive schema, whose target is set later."""
        words = ("loop", len(self._nodes))
        return self._made(nodes.Loop(name), words, may, must)

    def unknown(self, why: str, words: Key) -> Node:
        """What cannot be understood, and is the same wherever the words are."""
        asked = ("unknown", why, words)
        return self._nodes.get(asked) or self._made(nodes.Unknown(why, words), asked, ALL, 0)


def _serial(node: Node) -> int:
    return node.serial


def _words(node: Node) -> Hashable:
    """What tells an assertion from others."""
    kind = type(node)
    found: list[Hashable] = [kind.__name__]
    for name in _names(kind.__name__):
        value = getattr(node, name)
        found.append(value.serial if isinstance(value, Node) else value)
    return tuple(found)


@lru_cache(maxsize=64)
def _names(kind: str) -> tuple[str, ...]:
    return tuple(each.name for each in fields(getattr(nodes, kind)) if each.init)
