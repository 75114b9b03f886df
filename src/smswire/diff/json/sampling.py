"""Documents made up at random to the words of a schema, for what no proof decides: validators judge them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from random import Random

from smswire.diff import patterns
from smswire.diff.json import engines, nodes
from smswire.diff.json.evaluation import is_other
from smswire.diff.json.jsontypes import type_of
from smswire.diff.json.nodes import (
    ALL,
    ARRAY,
    BOOLEAN,
    FRACTION,
    INTEGER,
    NULL,
    OBJECT,
    STRING,
    TYPES,
    WHOLE,
    Mask,
    Node,
)
from smswire.diff.json.solving import formats
from smswire.diff.json.values import Json
from smswire.diff.patterns import Pattern, Undecidable

_DEEP = 12
_PARTS = 150
"""Beyond so many levels, or values in all, documents are kept small."""
_LONG = 100_000
"""No text is made longer."""


class Sampler:
    """Makes documents of nodes, different ones as `random` has it."""

    def __init__(self, random: Random, samples: Sequence[str] = ()) -> None:
        self.random = random
        self.samples = samples or ("a",)
        self._made = 0

    def document(self, *holding: Node, depth: int = 0) -> Json:
        """A value that is likely one of all nodes."""
        self._made = self._made + 1 if depth else 0
        if depth > 3 * _DEEP or self._made > 3 * _PARTS:
            return None
        if self._made > _PARTS:
            depth = max(depth, _DEEP + 1)
        assertions, mask = self._assertions(holding, depth)
        listed = [each for each in assertions if isinstance(each, nodes.OneOfValues)]
        if listed and self.random.random() < 0.95:
            return self.random.choice(list(self.random.choice(listed).values.values()))
        kinds = [each for each in TYPES if each & mask]
        if depth > _DEEP:
            kinds = [each for each in kinds if each not in (ARRAY, OBJECT)] or kinds
        kind = self.random.choice(kinds or [NULL])
        mine = [each for each in assertions if each.applies & kind]
        if kind == OBJECT:
            return self._object(mine, depth)
        if kind == ARRAY:
            return self._array(mine, depth)
        if kind == STRING:
            return self._text(mine)
        if kind & (INTEGER | WHOLE | FRACTION):
            return self._number(mine, kind)
        return self.random.choice([True, False]) if kind == BOOLEAN else None

    def _assertions(self, holding: Iterable[Node], depth: int) -> tuple[list[Node], Mask]:
        """One way for all nodes to hold, as far as it can be seen, and the types that it leaves."""
        todo, found, mask, steps = list(holding), list[Node](), ALL, 0
        while todo:
            node = todo.pop()
            mask = mask & node.may or mask
            steps += 1
            if isinstance(node, nodes.Both):
                todo += node.parts
            elif isinstance(node, nodes.Either | nodes.Single):
                simple = mask & ~(ARRAY | OBJECT) if depth > _DEEP else mask
                parts = [each for each in node.parts if each.may & simple] or list(node.parts)
                todo.append(self.random.choice(parts))
            elif isinstance(node, nodes.Loop) and node.target is not None and steps < 200:
                todo.append(node.target)
            elif isinstance(node, nodes.Not):
                todo += self._negated(node.part)
            else:
                found.append(node)
        return found, mask

    def _negated(self, node: Node) -> Iterator[Node]:
        """What may hold where a node does not."""
        if isinstance(node, nodes.Both):
            yield from self._negated(self.random.choice(node.parts))

    def _object(self, mine: list[Node], depth: int) -> Json:
        needed = [each.name for each in mine if isinstance(each, nodes.Has)]
        likely = 0.5 if depth < 3 else 0.15 if depth < 6 else 0.02
        named = dict.fromkeys(each.name for each in mine if isinstance(each, nodes.Property))
        chance = min(likely, 8 / (len(named) + 1))
        chosen = [*needed, *(each for each in named if self.random.random() < chance)]
        patterned = [each.pattern for each in mine if isinstance(each, nodes.Matching)]
        chosen += [self._word([each], 0, None) for each in patterned if self.random.random() < likely]
        if self.random.random() < 0.1:
            chosen.append(self.random.choice(["x", "extra", *self.samples]))
        least = max((each.count for each in mine if isinstance(each, nodes.AtLeast)), default=0)
        while len(set(chosen)) < min(least, 20):
            chosen.append(self.random.choice([*named, f"x{len(chosen)}"]))
        return {name: self.document(*_parts(mine, name), depth=depth + 1) for name in dict.fromkeys(chosen)}

    def _array(self, mine: list[Node], depth: int) -> Json:
        least = max((each.count for each in mine if isinstance(each, nodes.AtLeast)), default=0)
        most = min((each.count for each in mine if isinstance(each, nodes.AtMost)), default=least + 3)
        length = self.random.randint(min(least, 50), max(min(most, least + 3, 50), min(least, 50)))
        length = length if depth < 6 else min(least, 50)
        wanted = [each.part for each in mine if isinstance(each, nodes.Contains)]
        found: list[Json] = []
        for index in range(max(length, len(wanted))):
            parts = [each.part for each in mine if isinstance(each, nodes.Item) and each.index == index]
            parts += [each.part for each in mine if isinstance(each, nodes.Rest) and index >= each.start]
            found.append(self.document(*parts, *wanted[index : index + 1], depth=depth + 1))
        return found

    def _text(self, mine: list[Node]) -> str:
        low = min(max((each.count for each in mine if isinstance(each, nodes.AtLeast)), default=0), _LONG)
        high = min((each.count for each in mine if isinstance(each, nodes.AtMost)), default=None)
        found = [each.pattern for each in mine if isinstance(each, nodes.Matches)]
        named = [each.name for each in mine if isinstance(each, nodes.Format)]
        choice = self.random.random()
        if named and choice < 0.8:
            return self.random.choice(formats.TEXTS.get(named[0], formats.ODD))
        if choice < 0.2:
            return self.random.choice([*self.samples, *formats.ODD])
        length = self.random.choice([low, low + 1, low + 3, high if high is not None and high < 500 else low])
        return self._word(found, max(low, length), high)

    def _word(self, found: list[str], low: int, high: int | None) -> str:
        try:
            word = patterns.find([Pattern(each, "json") for each in found], lengths=(low, high))
        except Undecidable:
            word = None
        return self.random.choice(self.samples) if word is None else word

    def _number(self, mine: list[Node], kind: Mask) -> Json:
        bounds = [each.value for each in mine if isinstance(each, nodes.Low | nodes.High)]
        steps = [each.of for each in mine if isinstance(each, nodes.Multiple)]
        step = max(steps, default=1 if kind != FRACTION else Decimal("0.5"))
        base = self.random.choice([*bounds, 0, 1])
        value = (base // step + self.random.choice([0, 1, -1, 2, 7])) * step
        if kind == FRACTION:
            return Decimal(value) if value != int(value) else Decimal(value) + Decimal("0.5")
        return int(value) if kind == INTEGER else Decimal(int(value))


def _parts(mine: list[Node], name: str) -> list[Node]:
    """What a property's value has to be."""
    return [
        each.part
        for each in mine
        if (isinstance(each, nodes.Property) and each.name == name)
        or (isinstance(each, nodes.Matching) and engines.matches(each.pattern, name))
        or (isinstance(each, nodes.Others) and is_other(each, name))
    ]


def varied(value: Json, random: Random, samples: Sequence[str] = ("a",)) -> Json:
    """The document with something changed."""
    if isinstance(value, dict) and (value or random.random() < 0.5):
        choice = random.random()
        if not value or choice < 0.2:
            return {**value, random.choice(["x", *samples]): random.choice([None, 1, "a", {}, []])}
        name = random.choice(list(value))
        if choice < 0.4:
            return {other: each for other, each in value.items() if other != name}
        return {**value, name: varied(value[name], random, samples)}
    if isinstance(value, list) and value:
        index, choice = random.randrange(len(value)), random.random()
        if choice < 0.2:
            return [*value[:index], *value[index + 1 :]]
        if choice < 0.4:
            return [*value, value[index]]
        return [*value[:index], varied(value[index], random, samples), *value[index + 1 :]]
    if isinstance(value, str) and random.random() < 0.4:
        return random.choice([value + "a", value[:-1], value.upper(), ""])
    if type_of(value) & (INTEGER | WHOLE) and random.random() < 0.4:
        assert isinstance(value, int | Decimal)
        return value + random.choice([1, -1, 1000])
    return random.choice([None, True, 0, 1, Decimal("1.5"), "a", "", [], {}, random.choice(samples)])
