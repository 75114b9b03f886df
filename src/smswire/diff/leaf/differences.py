"""What changed between two leaf types, one change per cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from smswire.diff import patterns
from smswire.diff.leaf import numbers, texts
from smswire.diff.leaf.grids import Bound, Number, tightness
from smswire.diff.leaf.kinds import Boolean, Leaf, Opaque, Value, name, spelled
from smswire.diff.leaf.texts import Text
from smswire.diff.model import Change, Effect, Place
from smswire.diff.patterns import Pattern

_SHOWN = 12
_BY_PATTERN = "as the pattern has it"


def changes(
    old: Leaf,
    new: Leaf,
    path: str,
    old_place: Place | None = None,
    new_place: Place | None = None,
    *,
    deadline: float | None = None,
) -> Iterator[Change]:
    """The changes from one leaf type to another, at a document path and two places in the schemas.

    `deadline`, a time of `time.monotonic`, is for the comparison of patterns.
    """
    for rule, was, now, effect, note in _changes(old, new, deadline):
        yield Change(
            rule=rule, path=path, old=was, new=now, old_place=old_place, new_place=new_place, effect=effect, note=note
        )


_Row = tuple[str, str | None, str | None, Effect | None, str]


def _changes(old: Leaf, new: Leaf, deadline: float | None) -> Iterator[_Row]:
    if old == new:
        return
    if isinstance(old, Opaque) and isinstance(new, Opaque):
        yield _opaque(old, new)
    elif type(old) is not type(new):
        yield "T201", name(old), name(new), None, ""
    elif isinstance(old, Text) and isinstance(new, Text):
        yield from _values(old.values, new.values)
        yield from _lengths(old, new, deadline)
        yield from _patterns(old, new, deadline)
    elif isinstance(old, Boolean) and isinstance(new, Boolean):
        yield from _values(old.values, new.values)
    elif isinstance(old, Number) and isinstance(new, Number):
        yield from _numbers(old, new)


def _opaque(old: Opaque, new: Opaque) -> _Row:
    if old.kind != new.kind:
        return "T208", old.kind, new.kind, None, ""
    was, now = (f"{each.kind} {', '.join(sorted(each.facets))}".strip() for each in (old, new))
    if old.facets < new.facets:
        return "T203", was, now, None, ""
    if old.facets > new.facets:
        return "T202", was, now, None, ""
    return "T208", was, now, "unknown", "facets of this type are not compared"


def _values(old: Iterable[Value] | None, new: Iterable[Value] | None) -> Iterator[_Row]:
    was = None if old is None else tuple(old)
    now = None if new is None else tuple(new)
    if was is None and now is None:
        return
    if was is None or now is None:
        one = len(was or now or ()) == 1
        rule = ("V306" if one else "V303") if was is None else ("V307" if one else "V304")
        yield rule, _listed(was), _listed(now), None, ""
    elif len(was) == len(now) == 1:
        if was != now:
            yield "V305", _listed(was), _listed(now), None, ""
    else:
        before, after = set(was), set(now)
        if gone := [each for each in was if each not in after]:
            yield "V302", _listed(gone), None, None, ""
        if more := [each for each in now if each not in before]:
            yield "V301", None, _listed(more), None, ""


def _listed(values: Iterable[Value] | None) -> str | None:
    if values is None:
        return None
    shown = [spelled(each) for each in values]
    rest = len(shown) - _SHOWN
    return ", ".join(shown[:_SHOWN]) + (f" and {rest} more" if rest > 0 else "")


def _bound(old: int | None, new: int | None, tighter: str, looser: str, sign: int) -> Iterator[_Row]:
    """A count that bounds from below (sign 1) or from above (sign -1)."""
    if old == new:
        return
    tightened = old is None or (new is not None and sign * new > sign * old)
    yield tighter if tightened else looser, _text(old), _text(new), None, ""


def _text(count: int | None) -> str | None:
    return None if count is None else str(count)


def _lengths(old: Text, new: Text, deadline: float | None) -> Iterator[_Row]:
    limits = (
        ("L401", "L402", 1, old.min_length or None, new.min_length or None),
        ("L403", "L404", -1, old.max_length, new.max_length),
    )
    for tighter, looser, sign, was, now in limits:
        for row in _bound(was, now, tighter, looser, sign):
            if set(old.patterns) == set(new.patterns):
                yield row
                continue
            # where patterns differ, one may say as much as the bound, or bound lengths, too
            tight, loose = (new, old) if row[0] == tighter else (old, new)
            limit = Text(min_length=tight.min_length) if sign > 0 else Text(max_length=tight.max_length)
            if texts.included(loose, limit, deadline) or texts.included(Text(patterns=tight.patterns), limit, deadline):
                continue
            reached = texts.least(loose, deadline) if sign > 0 else texts.most(loose, deadline)
            if reached == (loose.min_length if sign > 0 else loose.max_length):
                yield row
            else:
                was_there, is_now = (str(reached), row[2]) if loose is old else (row[1], str(reached))
                yield row[0], was_there, is_now, None, _BY_PATTERN


def _patterns(old: Text, new: Text, deadline: float | None) -> Iterator[_Row]:
    gone = [each for each in old.patterns if each not in new.patterns]
    more = [each for each in new.patterns if each not in old.patterns]
    if not gone and not more:
        return
    was, now = (" and ".join(each.source for each in found) or None for found in (gone, more))
    # the lengths are told by rules of their own
    narrower, wider = (
        patterns.included(sub.patterns, sup.patterns, sub_lengths=sub.lengths, deadline=deadline)
        for sub, sup in ((new, old), (old, new))
    )
    note = "; ".join(f"{each.source} {told}" for each in (*gone, *more) if (told := _boundless(each, deadline)))
    if narrower and wider:
        lengths = list(_lengths(old, new, deadline))
        if _BY_PATTERN not in {row[4] for row in lengths}:
            yield "D803", was, now, None, note or _same(old, new, deadline, told=bool(lengths))
    elif narrower or (not gone and wider is None):
        yield "P421", was, now, "narrows", note
    elif wider or (not more and narrower is None):
        yield "P422", was, now, "widens", note
    elif narrower is None or wider is None:
        yield "P424", was, now, "unknown", _reason([*gone, *more])
    else:
        yield "P423", was, now, "both", note


def _same(old: Text, new: Text, deadline: float | None, *, told: bool) -> str:
    """How far patterns take the same strings that do so as far as the lengths go. `told`: the lengths are others."""
    sides = ((old, new), (new, old))
    if all(patterns.included(sub.patterns, sup.patterns, deadline=deadline) for sub, sup in sides):
        return "the patterns take the same strings"
    with_lengths = "within the lengths" if told else "together with the lengths"
    return f"{with_lengths} the patterns take the same strings"


def _boundless(pattern: Pattern, deadline: float | None) -> str:
    """What is said of a pattern that is found in every string, which its author may not have meant."""
    if pattern.dialect == "xsd" or not patterns.included((), (pattern,), deadline=deadline):
        return ""
    anchored = {"^", "$"} & set(pattern.source)
    return "matches every string" if anchored else "is not anchored: it matches in every string"


def _reason(found: Iterable[patterns.Pattern]) -> str:
    reasons = [reason for each in found if (reason := patterns.unsupported(each))]
    return reasons[0] if reasons else "too large to be compared"


def _numbers(old: Number, new: Number) -> Iterator[_Row]:
    if old.integer != new.integer:
        yield "T202" if old.integer else "T203", _kind(old), _kind(new), None, ""
    yield from _values(old.values, new.values)
    yield from _limit(old.low, new.low, "R411", "R412", 1)
    yield from _limit(old.high, new.high, "R413", "R414", -1)
    yield from _multiples(old.multiples, new.multiples)
    yield from _bound(old.total_digits, new.total_digits, "R415", "R416", -1)
    yield from _bound(old.fraction_digits, new.fraction_digits, "R415", "R416", -1)


def _kind(number: Number) -> str:
    return "integer" if number.integer else "number"


def _limit(old: Bound | None, new: Bound | None, tighter: str, looser: str, sign: int) -> Iterator[_Row]:
    if old == new:
        return
    tightened = old is None or (new is not None and tightness(new, sign) > tightness(old, sign))
    yield tighter if tightened else looser, _limited(old, sign), _limited(new, sign), None, ""


def _limited(bound: Bound | None, sign: int) -> str | None:
    if bound is None:
        return None
    mark = (">" if sign > 0 else "<") + ("=" if bound.inclusive else "")
    return f"{mark} {spelled(bound.value)}"


def _multiples(old: tuple[Decimal, ...], new: tuple[Decimal, ...]) -> Iterator[_Row]:
    if set(old) == set(new):
        return
    was, now = (f"multiples of {_listed(each)}" if each else None for each in (old, new))
    before, after = Number(multiples=old), Number(multiples=new)
    tightened, loosened = numbers.included(after, before), numbers.included(before, after)
    if tightened and loosened:
        return
    if loosened:
        yield "R416", was, now, "widens", ""
    else:
        yield "R415", was, now, "narrows" if tightened else "both", ""
