"""What changed between two content models: order, branches and counts, over the elements that both have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from smswire.diff.model import Change, Effect, Place
from smswire.diff.xsd.automata import Expression, Expressions, included
from smswire.diff.xsd.changes.items import Counts, Item, kept, occurrences, shown, shown_counts
from smswire.diff.xsd.components import Element

_ORDER: dict[Effect, str] = {"widens": "S505", "narrows": "S506", "both": "S504", "neutral": "D803", "unknown": "S509"}

Same = Mapping[object, object]
"""The keys of the old model's leaves by which the new model has them."""


def compare(old: Item, new: Item, same: Same, path: str) -> Iterator[Change]:
    """The changes in how the leaves that both models have may stand; `same` pairs their keys."""
    theirs = set(same.values())
    before = kept(old, lambda each: each.key in same)
    after = kept(new, lambda each: each.key in theirs)
    if before is not None and after is not None:
        models = _Models(same, path)
        found = list(models.compare(before, after))
        yield from [models.rebuilt(before, after, "neutral")] if models.cancel(before, after, found) else found


class _Models:
    def __init__(self, same: Same, path: str) -> None:
        self.same = same
        self.path = path

    def compare(self, old: Item, new: Item) -> Iterator[Change]:
        if not old.parts and not new.parts:
            if self.same.get(old.key) == new.key:
                yield from self._counts(self._at(new), old, new)
            return
        if old.kind == new.kind:
            matched = self._matched(old, new)
            if matched is not None:
                yield from self._counts(self.path, old, new, shown(new))
                for each, other in matched:
                    yield from self.compare(each, other)
                return
        yield from self._rebuilt(old, new)

    def _matched(self, old: Item, new: Item) -> list[tuple[Item, Item]] | None:
        """The parts of two groups of one kind in pairs, None when they do not come so, or not in the same order."""
        if len(old.parts) != len(new.parts):
            return None
        others: dict[tuple[object, ...], list[Item]] = {}
        for each in new.parts:
            others.setdefault(self._keys(each, new=True), []).append(each)
        pairs: list[tuple[Item, Item]] = []
        for each in old.parts:
            left = others.get(self._keys(each))
            if not left:
                return None
            pairs.append((each, left.pop(0)))
        if old.kind == "sequence" and [other for _, other in pairs] != list(new.parts):
            return None
        return pairs

    def _keys(self, item: Item, *, new: bool = False) -> tuple[object, ...]:
        keys = [each.key if new else self.same.get(each.key) for each in item.leaves()]
        return tuple(sorted(map(repr, keys)))

    def _rebuilt(self, old: Item, new: Item) -> Iterator[Change]:
        """Two models of the same leaves that are built otherwise: what that does is what their words say."""
        effect = self._effect(old, new)
        counts = list(self._each_count(old, new))
        told = {each.effect for each in counts}
        # counts that only narrow, or only widen, are not all there is to what does both
        all_told = bool(told) and (effect != "both" or len(told) > 1)
        if effect != "neutral" and all_told and old.kind == new.kind and not self._reordered(old, new):
            yield from counts
            return
        yield self.rebuilt(old, new, effect, counts)

    def rebuilt(self, old: Item, new: Item, effect: Effect, counts: Sequence[Change] = ()) -> Change:
        """The change from one model to another as a whole."""
        return Change(
            rule=_ORDER[effect],
            path=self.path,
            old=shown(old),
            new=shown(new),
            old_place=old.place,
            new_place=new.place,
            children=tuple(counts) if effect != "neutral" else (),
            effect=effect,
            note=_regrouped(old, new) if effect != "neutral" else "",
        )

    def cancel(self, old: Item, new: Item, found: Sequence[Change]) -> bool:
        """Whether several changes of two models do nothing between them."""
        return len(found) > 1 and self._effect(old, new) == "neutral"

    def _reordered(self, old: Item, new: Item) -> bool:
        """Whether the first places of the leaves are in another order."""
        before = list(dict.fromkeys(self.same.get(each.key) for each in old.leaves()))
        after = list(dict.fromkeys(each.key for each in new.leaves()))
        return before != after

    def _effect(self, old: Item, new: Item) -> Effect:
        made: Expressions[object] = Expressions()
        tokens: dict[object, object] = {}
        before = _compiled(made, old, lambda key: tokens.setdefault(self.same.get(key), object()))
        after = _compiled(made, new, lambda key: tokens.setdefault(key, object()))
        widened, narrowed = included(made, before, after), included(made, after, before)
        if widened is None or narrowed is None:
            return "unknown"
        if widened and narrowed:
            return "neutral"
        return "widens" if widened else "narrows" if narrowed else "both"

    def _each_count(self, old: Item, new: Item) -> Iterator[Change]:
        before, after = occurrences(old), occurrences(new)
        leaves = {each.key: each for each in new.leaves()}
        for each in {each.key: each for each in old.leaves()}.values():
            key = self.same[each.key]
            if key in after and before[each.key] != after[key]:
                found = counted(before[each.key], after[key], self._at(leaves[key]), (each.place, leaves[key].place))
                yield from found

    def _counts(self, path: str, old: Item, new: Item, note: str = "") -> Iterator[Change]:
        if old.counts != new.counts:
            group = bool(old.parts)
            yield from counted(old.counts, new.counts, path, (old.place, new.place), note, group=group)

    def _at(self, item: Item) -> str:
        name = item.term.name[1] if isinstance(item.term, Element) else "*"
        return f"{self.path}/{name}"


def _regrouped(old: Item, new: Item) -> str:
    """Which kinds of groups came or went."""
    before, after = _kinds(old), _kinds(new)
    gone, come = (" and ".join(f"xs:{each}" for each in sorted(found)) for found in (before - after, after - before))
    if gone and come:
        return f"{gone} became {come}"
    return f"there is no {gone} any more" if gone else f"there is {come} now" if come else ""


def _kinds(item: Item) -> set[str]:
    return {item.kind, *(kind for each in item.parts for kind in _kinds(each))} if item.parts else set()


def counted(
    old: Counts, new: Counts, path: str, places: tuple[Place, Place], note: str = "", *, group: bool = False
) -> Iterator[Change]:
    """The changes from one pair of counts to another."""
    rules: list[tuple[str, Effect]] = []
    if old[0] != new[0]:
        if not group and not old[0]:
            rules.append(("F005", "narrows"))
        elif not group and not new[0]:
            rules.append(("F006", "widens"))
        else:
            rules.append(("C101", "narrows") if new[0] > old[0] else ("C102", "widens"))
    if old[1] != new[1]:
        raised = old[1] is not None and (new[1] is None or new[1] > old[1])
        one = old[1] if raised else new[1]
        if one == 1:
            rules.append(("C105", "widens") if raised else ("C106", "narrows"))
        else:
            rules.append(("C104", "widens") if raised else ("C103", "narrows"))
    for rule, effect in rules:
        yield Change(
            rule=rule,
            path=path,
            old=shown_counts(old),
            new=shown_counts(new),
            old_place=places[0],
            new_place=places[1],
            effect=effect,
            note=note and f"of {note} as a group",
        )


def _compiled(made: Expressions[object], item: Item, token: Callable[[object], object]) -> Expression[object]:
    if not item.parts:
        inner = made.empty if item.term is None else made.leaf(token(item.key))
    elif item.kind == "sequence":
        inner = made.empty
        for each in reversed(item.parts):
            inner = made.then(_compiled(made, each, token), inner)
    else:
        parts = [_compiled(made, each, token) for each in item.parts]
        inner = made.either(parts) if item.kind == "choice" else made.all(parts)
    return made.times(inner, item.low, item.high)
