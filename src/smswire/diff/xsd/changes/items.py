"""Content models as they read: groups within groups of the same kind, and groups of one, are written out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

from attrs import frozen

from smswire.diff.model import Place
from smswire.diff.xsd.components import Compositor, Element, Group, Leaf, Particle, Wildcard
from smswire.diff.xsd.names import Name

_SHOWN = 80

Kind: TypeAlias = Literal["element", "any"] | Compositor
Counts: TypeAlias = tuple[int, int | None]


@frozen(eq=False)
class Item:
    """A particle. `key` tells which elements, and which wildcards, of two models are taken for the same."""

    kind: Kind
    low: int
    high: int | None
    place: Place
    term: Element | Wildcard | None = None
    parts: tuple[Item, ...] = ()
    key: object = None

    @property
    def counts(self) -> Counts:
        return self.low, self.high

    def leaves(self) -> Iterator[Item]:
        if not self.parts:
            if self.term is not None:
                yield self
            return
        for each in self.parts:
            yield from each.leaves()


def read(particle: Particle | None) -> Item:
    """A content model as items; none at all is a sequence of nothing."""
    found = None if particle is None else _read(particle, [0])
    return found or Item("sequence", 1, 1, Place("") if particle is None else particle.place)


def _read(particle: Particle, wildcards: list[int]) -> Item | None:
    if particle.high == 0:
        return None
    if isinstance(particle, Leaf):
        term = particle.term
        if isinstance(term, Element):
            return Item("element", particle.low, particle.high, particle.place, term, key=term.name)
        wildcards[0] += 1
        return Item("any", particle.low, particle.high, particle.place, term, key=wildcards[0])
    parts = [found for each in particle.parts if (found := _read(each, wildcards)) is not None]
    return group(particle.kind, parts, (particle.low, particle.high), particle.place)


def group(kind: Compositor, parts: list[Item], counts: Counts, place: Place) -> Item | None:
    """A group of items, None when nothing is left of it."""
    if kind == "choice" and any(each.low == 0 for each in parts):
        # what is a choice of something and nothing may be left out itself
        parts = [counted(each, (1, each.high)) if each.low == 0 else each for each in parts]
        counts = (0, counts[1])
    flat: list[Item] = []
    for each in parts:
        same = each.kind == kind and each.counts == (1, 1) and each.parts
        flat.extend(each.parts if same else (each,))
    if not flat:
        return None
    if len(flat) == 1 and (merged := multiplied(flat[0].counts, counts)) is not None:
        return counted(flat[0], merged)
    return Item(kind, *counts, place, parts=tuple(flat))


def counted(item: Item, counts: Counts) -> Item:
    return Item(item.kind, *counts, item.place, item.term, item.parts, item.key)


def multiplied(inner: Counts, outer: Counts) -> Counts | None:
    """The counts of what is counted twice, None when they leave gaps."""
    if inner == (1, 1):
        return outer
    if outer != (1, 1) and inner[0] > 1:
        return None
    high = None if inner[1] is None or outer[1] is None else inner[1] * outer[1]
    return inner[0] * outer[0], high


def forbidden(particle: Particle | None) -> Iterator[Element]:
    """The elements that a model names to allow none of."""
    pending = [] if particle is None else [(particle, False)]
    while pending:
        each, none = pending.pop()
        none = none or each.high == 0
        if isinstance(each, Group):
            pending.extend((part, none) for part in each.parts)
        elif none and isinstance(each.term, Element):
            yield each.term


def kept(item: Item, wanted: Callable[[Item], bool]) -> Item | None:
    """A model without the leaves that are not wanted."""
    if item.kind in ("element", "any"):
        return item if wanted(item) else None
    assert item.kind != "element"
    assert item.kind != "any"
    return group(item.kind, [found for each in item.parts if (found := kept(each, wanted))], item.counts, item.place)


def occurrences(item: Item) -> dict[object, Counts]:
    """How often each leaf may stand in a whole model, by its key."""
    if not item.parts:
        return {item.key: item.counts} if item.term is not None else {}
    found: dict[object, Counts] = {}
    held: dict[object, list[Counts]] = {}
    for part in item.parts:
        for key, inner in occurrences(part).items():
            held.setdefault(key, []).append(inner)
    for key, counts in held.items():
        if item.kind == "choice":
            low = min(each[0] for each in counts) if len(counts) == len(item.parts) else 0
            high = _greatest(each[1] for each in counts)
        else:
            low = sum(each[0] for each in counts)
            high = None if any(each[1] is None for each in counts) else sum(each[1] or 0 for each in counts)
        most = None if high is None or item.high is None else high * item.high
        found[key] = (low * item.low, most)
    return found


def _greatest(highs: Iterator[int | None]) -> int | None:
    found = 0
    for each in highs:
        if each is None:
            return None
        found = max(found, each)
    return found


def shown_counts(counts: Counts) -> str:
    low, high = counts
    return f"{low}..{'unbounded' if high is None else high}"


def shown(item: Item) -> str:
    """A model in the notation of DTDs, cut where it is long."""
    text = _shown(item)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def _shown(item: Item) -> str:
    if isinstance(item.term, Element):
        text = item.term.name[1]
    elif item.term is not None:
        text = "*"
    else:
        mark = {"sequence": ", ", "choice": " | ", "all": " & "}[item.kind]
        text = "(" + mark.join(_shown(each) for each in item.parts[:30]) + ")"
    suffix = _SUFFIXES.get(item.counts)
    return text + (f"{{{shown_counts(item.counts)}}}" if suffix is None else suffix)


_SUFFIXES: dict[Counts, str] = {(1, 1): "", (0, 1): "?", (0, None): "*", (1, None): "+"}


def names(item: Item) -> dict[Name, Item]:
    """The elements of a model by name, the first of each."""
    found: dict[Name, Item] = {}
    for each in item.leaves():
        if isinstance(each.term, Element):
            found.setdefault(each.term.name, each)
    return found
