"""Whether a value is in a node's set, by looking at the value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from smswire.diff.json import engines, nodes
from smswire.diff.json.jsontypes import type_of
from smswire.diff.json.nodes import Mask, Node
from smswire.diff.json.values import Json, key

Answer: TypeAlias = bool | None
"""None: it cannot be said."""


def holds(node: Node, value: Json) -> Answer:
    """Whether a node holds for a value. None: it cannot be said."""
    return _holds(node, value, type_of(value))


def _holds(node: Node, value: Json, kind: Mask) -> Answer:
    if not node.may & kind:
        return False
    if node.must & kind:
        return True
    if (assertion := _ASSERTIONS.get(type(node))) is not None:
        return assertion(node, value)
    connective = _CONNECTIVES.get(type(node))
    return None if connective is None else connective(node, value, kind)


def _both(node: nodes.Both, value: Json, kind: Mask) -> Answer:
    answer: Answer = True
    for each in node.parts:
        found = _holds(each, value, kind)
        if found is False:
            return False
        if found is None:
            answer = None
    return answer


def _either(node: nodes.Either, value: Json, kind: Mask) -> Answer:
    answer: Answer = False
    for each in node.parts:
        found = _holds(each, value, kind)
        if found:
            return True
        if found is None:
            answer = None
    return answer


def _single(node: nodes.Single, value: Json, kind: Mask) -> Answer:
    answers = [_holds(each, value, kind) for each in node.parts]
    sure = answers.count(True)
    return False if sure > 1 else None if None in answers else sure == 1


def _not(node: nodes.Not, value: Json, kind: Mask) -> Answer:
    return _negated(_holds(node.part, value, kind))


def _loop(node: nodes.Loop, value: Json, kind: Mask) -> Answer:
    assert node.target is not None
    return _holds(node.target, value, kind)


def _values(node: nodes.OneOfValues, value: Json) -> Answer:
    return key(value) in node.values


def _low(node: nodes.Low, value: int | Decimal) -> Answer:
    return value > node.value if node.exclusive else value >= node.value


def _high(node: nodes.High, value: int | Decimal) -> Answer:
    return value < node.value if node.exclusive else value <= node.value


def _multiple(node: nodes.Multiple, value: int | Decimal) -> Answer:
    return (Fraction(value) / Fraction(node.of)).denominator == 1


def _at_least(node: nodes.AtLeast, value: str | list[Json] | dict[str, Json]) -> Answer:
    return len(value) >= node.count


def _at_most(node: nodes.AtMost, value: str | list[Json] | dict[str, Json]) -> Answer:
    return len(value) <= node.count


def _matches(node: nodes.Matches, value: str) -> Answer:
    return engines.matches(node.pattern, value)


def _format(node: nodes.Format, value: str) -> Answer:
    return engines.is_format(node.name, value, node.dialect)


def _content(node: nodes.Content, value: str) -> Answer:
    return engines.is_content(node.encoding, node.media_type, value)


def _item(node: nodes.Item, value: list[Json]) -> Answer:
    return len(value) <= node.index or holds(node.part, value[node.index])


def _rest(node: nodes.Rest, value: list[Json]) -> Answer:
    return _all(holds(node.part, each) for each in _different(value[node.start :]))


def _contains(node: nodes.Contains, value: list[Json]) -> Answer:
    sure, possible = counted(node.part, value)
    return True if sure >= node.least else None if possible >= node.least else False


def _contains_at_most(node: nodes.ContainsAtMost, value: list[Json]) -> Answer:
    sure, possible = counted(node.part, value)
    return False if sure > node.most else None if possible > node.most else True


def _unique(_: nodes.Unique, value: list[Json]) -> Answer:
    return len({key(each) for each in value}) == len(value)


def counted(node: Node, items: list[Json]) -> tuple[int, int]:
    """How many items a node holds for: certainly, and possibly."""
    answers = {id(each): holds(node, each) for each in _different(items)}
    found = [answers[id(each)] for each in items]
    return found.count(True), len(found) - found.count(False)


def _different(items: list[Json]) -> Iterable[Json]:
    """The items without those that are the very same object."""
    return {id(each): each for each in items}.values()


def _has(node: nodes.Has, value: dict[str, Json]) -> Answer:
    return node.name in value


def _property(node: nodes.Property, value: dict[str, Json]) -> Answer:
    return node.name not in value or holds(node.part, value[node.name])


def _names(node: nodes.Names, value: dict[str, Json]) -> Answer:
    return _all(holds(node.part, each) for each in value)


def _matching(node: nodes.Matching, value: dict[str, Json]) -> Answer:
    return _all(_where(engines.matches(node.pattern, name), node.part, each) for name, each in value.items())


def _others(node: nodes.Others, value: dict[str, Json]) -> Answer:
    return _all(_where(is_other(node, name), node.part, each) for name, each in value.items())


def _where(concerned: Answer, node: Node, value: Json) -> Answer:
    """Whether a node holds for a value that it is asked of only if `concerned`."""
    if concerned is False:
        return True
    answer = holds(node, value)
    return answer if concerned or answer else None


def is_other(node: nodes.Others, name: str) -> Answer:
    """Whether a property's name is neither listed nor matched."""
    if name in node.names:
        return False
    return _all(_negated(engines.matches(each, name)) for each in node.patterns)


def _all(answers: Iterable[Answer]) -> Answer:
    found: Answer = True
    for each in answers:
        if each is False:
            return False
        if each is None:
            found = None
    return found


def _negated(answer: Answer) -> Answer:
    return None if answer is None else not answer


# each judges values of the types that its node says something about, which `may` and `must` have made sure of
_CONNECTIVES: Mapping[type[Node], Callable[[Any, Json, Mask], Answer]] = {
    nodes.Both: _both,
    nodes.Either: _either,
    nodes.Single: _single,
    nodes.Not: _not,
    nodes.Loop: _loop,
}
_ASSERTIONS: Mapping[type[Node], Callable[[Any, Any], Answer]] = {
    nodes.OneOfValues: _values,
    nodes.Low: _low,
    nodes.High: _high,
    nodes.Multiple: _multiple,
    nodes.AtLeast: _at_least,
    nodes.AtMost: _at_most,
    nodes.Matches: _matches,
    nodes.Format: _format,
    nodes.Content: _content,
    nodes.Item: _item,
    nodes.Rest: _rest,
    nodes.Contains: _contains,
    nodes.ContainsAtMost: _contains_at_most,
    nodes.Unique: _unique,
    nodes.Has: _has,
    nodes.Property: _property,
    nodes.Names: _names,
    nodes.Matching: _matching,
    nodes.Others: _others,
}
