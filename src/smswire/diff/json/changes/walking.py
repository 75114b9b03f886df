"""The way through two schemas: every place that changed once, the shortest path to it first."""

from __future__ import annotations

import time
from heapq import heapify, heappop, heappush
from math import inf

from smswire.diff.json.changes import arrays, branches, conditions, fields, kinds, notes, renaming, unread
from smswire.diff.json.changes.drafts import Draft, Finder
from smswire.diff.json.changes.views import Spot, View
from smswire.diff.json.keywords import SILENT, children
from smswire.diff.json.locations import Location
from smswire.diff.json.nodes import ARRAY, OBJECT
from smswire.diff.json.sides import Side
from smswire.diff.json.universe import Universe
from smswire.diff.json.values import Json
from smswire.diff.model import Change

_HIDDEN = {"$defs", "definitions", "contentSchema"}
_HARMLESS = {"D803", "T208", "P425", "P426"}
_PATIENCE = 1.0
_JUDGED = {"not", "if", "contains", "propertyNames", "dependencies", "dependentSchemas"}


def changes(universe: Universe, old: Side, new: Side, deadline: float | None) -> tuple[Change, ...]:
    """What changed from old to new."""
    walk = _Walk(universe, old, new, inf if deadline is None else deadline)
    walk.run()
    found = [each.change() for each in renaming.joined(walk.finder.found.values())]
    return (*found, *notes.repetitions(old, new))


class _Walk:
    def __init__(self, universe: Universe, old: Side, new: Side, deadline: float) -> None:
        self.universe = universe
        self.old = old
        self.new = new
        self.finder = Finder(universe, deadline, compare=self._later)
        self.waiting: list[tuple[int, int, str, Spot, Spot]] = []
        self.count = 0
        self.patience = _PATIENCE
        """The seconds left for asking whether what is written otherwise says the same."""
        self.met: set[tuple[tuple[int, ...], tuple[int, ...]]] = set()

    def run(self) -> None:
        first = View(self.old, (self.old.location,)), View(self.new, (self.new.location,))
        notes.dialect(self.finder, *first)
        self._later("", (self.old.location,), (self.new.location,))
        while self.waiting and time.monotonic() < self.finder.deadline:
            _, _, path, old, new = heappop(self.waiting)
            asked = _ids(old), _ids(new)
            if asked in self.met:
                continue
            self.met.add(asked)
            try:
                self._compare(path, old, new)
            except RecursionError:
                places = ((old or new)[0].mark(), (new or old)[0].mark())
                self.finder.add(Draft(rule="X900", path=path, places=places, note="nested too deeply to be compared"))

    def _later(self, path: str, old: Spot, new: Spot) -> None:
        if (old or new) and (_ids(old), _ids(new)) not in self.met:
            self.count += 1
            heappush(self.waiting, (path.count("/"), self.count, path, old, new))

    def _compare(self, path: str, old: Spot, new: Spot) -> None:
        if len(old) == len(new) and all(one.schema == other.schema for one, other in zip(old, new, strict=True)):
            for one, other in zip(old, new, strict=True):
                self._same(path, one, other)
            return
        mine = View(self.old, old or (_anything(self.old),))
        theirs = View(self.new, new or (_anything(self.new),))
        before = len(self.finder.found)
        notes.compare(self.finder, path, mine, theirs)
        unread.compare(self.finder, path, mine, theirs)
        if mine.node(self.universe) is theirs.node(self.universe):
            self._restructured(path, mine, theirs, before)
            return
        told, asked = len(self.finder.found), self.count
        self._changed(path, mine, theirs)
        if self._says_the_same(mine, theirs, told, further=self.count > asked):
            self.finder.forget(told)
            self.waiting = [each for each in self.waiting if each[1] <= asked]
            heapify(self.waiting)
            self._rewritten(path, mine, theirs)

    def _changed(self, path: str, old: View, new: View) -> None:
        if old.never != new.never:
            rule, texts = ("T207", ("nothing", "any")) if old.never else ("T206", ("any", "nothing"))
            self.finder.add(Draft(rule=rule, path=path, old=texts[0], new=texts[1], places=(old.place, new.place)))
        elif not branches.widened(self.finder, path, old, new):
            shared = kinds.compare(self.finder, path, old, new)
            self._parts(path, old, new, shared)

    def _says_the_same(self, old: View, new: View, told: int, *, further: bool) -> bool:
        """Whether what was told of a place does nothing, taken together. It is asked as long as there is time.

        Where nothing was told and nothing `further` is to be compared, what differs is for no document.
        """
        rules = {each.rule for each in list(self.finder.found.values())[told:]}
        if (rules <= _HARMLESS and (rules or further)) or self.patience < 0:
            return False
        started = time.monotonic()
        effect = self.finder.effect(old.node(self.universe), new.node(self.universe))
        self.patience -= time.monotonic() - started
        return effect == "neutral"

    def _rewritten(self, path: str, old: View, new: View) -> None:
        """Documents are the same, though parts of the schemas differ. Parts that do not may be annotated otherwise."""
        self.finder.add(Draft(rule="D803", path=path, places=(old.place, new.place)))
        kinds.formats(self.finder, path, old, new)
        was, now = old.fields(), new.fields()
        for name in was:
            if name not in now:
                continue
            spots = was[name].spot, now[name].spot
            if self.finder.node(old, spots[0]) is self.finder.node(new, spots[1]):
                self._later(f"{path}/{name}", *spots)

    def _parts(self, path: str, old: View, new: View, shared: int) -> None:
        if shared & OBJECT:
            fields.compare(self.finder, path, old, new)
        if shared & ARRAY:
            arrays.compare(self.finder, path, old, new)
        branches.compare(self.finder, path, old, new)
        conditions.compare(self.finder, path, old, new)

    def _restructured(self, path: str, old: View, new: View, before: int) -> None:
        """Documents are the same; what is annotated further in may not be."""
        kinds.formats(self.finder, path, old, new)
        fields.named(self.finder, path, old, new)
        written = [[list(each.schema) for each in view.spot if isinstance(each.schema, dict)] for view in (old, new)]
        shapes = [{frozenset(each) - SILENT for each in side} for side in written]
        if shapes[0] != shapes[1] and len(self.finder.found) == before:
            places = (old.place, new.place)
            self.finder.add(Draft(rule="D803", path=path, places=places, note=unread.note(old, new)))
        first, rest = old.items()
        others, remaining = new.items()
        for index, (one, other) in enumerate(zip(first, others, strict=False)):
            self._later(f"{path}/{index}", (one,), (other,))
        if rest and remaining:
            self._later(f"{path}/*", rest, remaining)

    def _same(self, path: str, old: Location, new: Location) -> None:
        """Follow the references in schemas that are written alike: what they lead to may have changed."""
        todo = [(path, self.old.library.location(old), self.new.library.location(new))]
        while todo:
            at, one, other = todo.pop()
            asserting = isinstance(one.schema, dict) and kinds.FORMATS & one.schema.keys()
            if asserting and one.resource.dialect is not other.resource.dialect:
                kinds.formats(self.finder, at, View(self.old, (one,)), View(self.new, (other,)))
            for keyword in ("$ref", "$dynamicRef", "$recursiveRef"):
                mine, theirs = self.old.target(one, keyword), self.new.target(other, keyword)
                if isinstance(mine, Location) and isinstance(theirs, Location):
                    self._later(at, (mine,), (theirs,))
            if self._silent(one):
                continue
            for (steps, child), (_, twin) in zip(
                children(one.schema, one.resource.dialect), children(other.schema, other.resource.dialect), strict=False
            ):
                inner = self.old.library.location(one.child(*steps, schema=child))
                partner = self.new.library.location(other.child(*steps, schema=twin))
                if steps[0] in _JUDGED:
                    self._judged(at, str(steps[0]), inner, partner)
                elif steps[0] not in _HIDDEN:
                    todo.append((at + _step(steps), inner, partner))

    def _silent(self, location: Location) -> bool:
        """Whether nothing within a schema is referred to by the root, or it only refers itself."""
        schema = location.schema
        return isinstance(schema, dict) and "$ref" in schema and not location.resource.dialect.siblings

    def _judged(self, path: str, keyword: str, old: Location, new: Location) -> None:
        """What is written alike under a condition, and may mean something else."""
        mine, theirs = self.old.node_of(old), self.new.node_of(new)
        if mine is not theirs:
            places = (old.mark(), new.mark())
            note = f"what {keyword} refers to changed"
            self.finder.add(Draft(rule="S509", path=path, note=note, effect="unknown", places=places))


def _ids(spot: Spot) -> tuple[int, ...]:
    return tuple(sorted({id(each.schema) for each in spot}))


def _step(steps: tuple[str | int, ...]) -> str:
    """The step in documents that steps in a schema make."""
    if steps[0] == "properties":
        return f"/{steps[1]}"
    if steps[0] in ("patternProperties", "additionalProperties", "unevaluatedProperties"):
        return "/*"
    if steps[0] in ("items", "prefixItems", "additionalItems", "unevaluatedItems"):
        return f"/{steps[1]}" if len(steps) > 1 else "/*"
    return ""


def _anything(side: Side) -> Location:
    """A schema that says nothing, for a place where a side has none."""
    return Location(side.location.resource, side.location.pointer, _EMPTY)


_EMPTY: dict[str, Json] = {}
