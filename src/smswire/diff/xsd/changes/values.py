"""What changed between two simple types."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from smswire.diff import leaf
from smswire.diff.leaf import Number, Text
from smswire.diff.model import Change, Effect, Place
from smswire.diff.xsd.simple import order
from smswire.diff.xsd.simple.atoms import Alternative, Alternatives, Atom, ListOf, builtin, number
from smswire.diff.xsd.simple.builtins import descends
from smswire.diff.xsd.simple.inclusion import included

_CALENDAR = {"date", "dateTime", "time", "gYear", "gYearMonth", "gMonth", "gDay", "gMonthDay", "duration"}
_BOUNDS = {"min": ("R411", "R412"), "max": ("R413", "R414")}


def compare(
    old: Alternatives, new: Alternatives, path: str, places: tuple[Place, Place], deadline: float | None
) -> Iterator[Change]:
    """The changes from one simple type to another, at a document path."""
    if old == new:
        return
    found = list(_compared(old, new, path, places, deadline))
    if len(found) > 1 and all(each.rule != "P427" for each in found) and all(_both(old, new, deadline)):
        was, now = described(old), described(new)
        yield _change("D803", path, places, *((was, now) if was != now else (None, None)))
    else:
        yield from found


def _compared(
    old: Alternatives, new: Alternatives, path: str, places: tuple[Place, Place], deadline: float | None
) -> Iterator[Change]:
    before, after = list(_merged(old)), list(_merged(new))
    for each in [each for each in before if each in after]:
        before.remove(each)
        after.remove(each)
    alone = len(old) == len(new) == 1
    for each in list(before):
        match = next((other for other in after if alone or _alike(each, other)), None)
        if match is not None:
            before.remove(each)
            after.remove(match)
            yield from _one(each, match, path, places, deadline)
    if len(before) == len(after) == 1 and len(_merged(old)) == len(_merged(new)):
        yield from _one(before.pop(), after.pop(), path, places, deadline)
    for each in before:
        yield _change("S502", path, places, shown(each), None)
    for each in after:
        yield _change("S501", path, places, None, shown(each))


def shown(kind: Alternative) -> str:
    """A simple type as a message names it."""
    if isinstance(kind, ListOf):
        return "list of " + " or ".join(dict.fromkeys(shown(each) for each in kind.items))
    if kind.values is not None:
        listed = ", ".join(each or '""' for each in kind.values[:6]) + (", ..." if len(kind.values) > 6 else "")
        return f"xs:{kind.base} ({listed})"
    return f"xs:{kind.base}"


def described(kinds: Alternatives) -> str:
    return " or ".join(dict.fromkeys(shown(each) for each in kinds))


def _change(
    rule: str, path: str, places: tuple[Place, Place], old: str | None, new: str | None, effect: Effect | None = None
) -> Change:
    return Change(rule=rule, path=path, old=old, new=new, old_place=places[0], new_place=places[1], effect=effect)


def _merged(kinds: Alternatives) -> Alternatives:
    """The alternatives, those that only list strings as one."""
    listed = [each for each in kinds if isinstance(each, Atom) and _lists(each)]
    if len(listed) < 2 or len({each.space for each in listed}) > 1:
        return kinds
    values = dict.fromkeys(value for each in listed for value in each.values or ())
    one = evolve(listed[0], values=tuple(values))
    return (*(each for each in kinds if each not in listed), one)


def _lists(kind: Atom) -> bool:
    return kind.values is not None and kind.builtin.family == "text" and not kind.patterns


def _alike(old: Alternative, new: Alternative) -> bool:
    if isinstance(old, Atom) and isinstance(new, Atom):
        return old.base == new.base and (old.values is None) == (new.values is None)
    return isinstance(old, ListOf) and isinstance(new, ListOf)


def _one(
    old: Alternative, new: Alternative, path: str, places: tuple[Place, Place], deadline: float | None
) -> Iterator[Change]:
    if isinstance(old, ListOf) and isinstance(new, ListOf):
        yield from compare(old.items, new.items, path, places, deadline)
        yield from leaf.changes(_text(old), _text(new), path, *places, deadline=deadline)
    elif isinstance(old, ListOf) or isinstance(new, ListOf):
        widened, narrowed = _both((old,), (new,), deadline)
        rule = "T202" if widened else "T203" if narrowed else "T201"
        yield _change(rule, path, places, shown(old), shown(new))
    else:
        yield from _atoms(old, new, path, places, deadline)


def _both(old: Alternatives, new: Alternatives, deadline: float | None) -> Iterator[bool | None]:
    """Whether one takes all that the other does, forth and back."""
    yield included(old, new, deadline).holds
    yield included(new, old, deadline).holds


def _atoms(old: Atom, new: Atom, path: str, places: tuple[Place, Place], deadline: float | None) -> Iterator[Change]:
    if not _comparable(old, new):
        yield _kind(old, new, path, places, deadline)
        return
    if old.base != new.base:
        yield _base(old, new, path, places, deadline)
    elif old.space != new.space:
        yield _change("P427", path, places, old.space, new.space)
    numbers = old.builtin.family == new.builtin.family == "number"
    texts = _text(old, values=not numbers), _text(new, values=not numbers)
    yield from leaf.changes(*texts, path, *places, deadline=deadline)
    yield from leaf.changes(_number(old, values=numbers), _number(new, values=numbers), path, *places)
    yield from _limits(old, new, path, places)


def _comparable(old: Atom, new: Atom) -> bool:
    """Whether the facets of two types say something of the same kind of value."""
    families = {old.builtin.family, new.builtin.family}
    return old.base == new.base or families == {"text"} or families <= {"number", "float"}


def _kind(old: Atom, new: Atom, path: str, places: tuple[Place, Place], deadline: float | None) -> Change:
    """The change from one kind of value to another, the facets of both within it."""
    widened, narrowed = _both((old,), (new,), deadline)
    if (widened and narrowed) or widened is narrowed is None:
        return _base(old, new, path, places, deadline)
    rule = "T202" if widened else "T203" if narrowed else _other(old, new)
    return _change(rule, path, places, shown(old), shown(new))


def _base(old: Atom, new: Atom, path: str, places: tuple[Place, Place], deadline: float | None) -> Change:
    names = (f"xs:{old.base}", f"xs:{new.base}")
    widened, narrowed = _both((builtin(old.base),), (builtin(new.base),), deadline)
    if widened and narrowed:
        if old.builtin.space != new.builtin.space:
            return _change("P427", path, places, *names)
        wider = new.base == "double" or descends(old.base, new.base)
        return _change("T202" if wider else "T203", path, places, *names, "neutral")
    if widened or narrowed:
        return _change("T202" if widened else "T203", path, places, *names)
    return _change(_other(old, new), path, places, *names)


def _other(old: Atom, new: Atom) -> str:
    """The rule of two kinds of value of which neither takes all of the other."""
    return "T208" if old.base in _CALENDAR and new.base in _CALENDAR else "T201"


def _text(kind: Alternative, *, values: bool = True) -> Text:
    return Text(
        min_length=kind.min_length,
        max_length=kind.max_length,
        patterns=kind.patterns,
        values=kind.values if values else None,
    )


def _number(kind: Atom, *, values: bool) -> Number:
    listed = tuple(found for each in kind.values or () if (found := number(each)) is not None)
    return Number(
        low=kind.low,
        high=kind.high,
        total_digits=kind.total_digits,
        fraction_digits=kind.fraction_digits,
        values=listed if values and kind.values is not None else None,
    )


def _limits(old: Atom, new: Atom, path: str, places: tuple[Place, Place]) -> Iterator[Change]:
    for side, (tighter, looser) in _BOUNDS.items():
        before = sorted(each for each in old.limits if each[0].startswith(side))
        after = sorted(each for each in new.limits if each[0].startswith(side))
        if before == after:
            continue
        was, now = (" ".join(found[0]) if found else None for found in (before, after))
        if not before or not after:
            yield _change(looser if before else tighter, path, places, was, now)
            continue
        implied = order.implied(old.base, *after[0], before), order.implied(old.base, *before[0], after)
        if implied[0] is None or implied[1] is None:
            yield _change(tighter, path, places, was, now, "unknown")
        else:
            yield _change(looser if implied[0] else tighter, path, places, was, now)
