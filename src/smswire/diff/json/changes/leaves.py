"""Strings and numbers, compared as leaf types, as for every schema language."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from smswire.diff import leaf
from smswire.diff.json import finite
from smswire.diff.json.changes.drafts import Draft, Finder
from smswire.diff.json.changes.views import View, both
from smswire.diff.json.nodes import NUMBER, STRING, Mask
from smswire.diff.leaf import Bound, Number, Text
from smswire.diff.patterns import Pattern

_PLACES: Mapping[str, tuple[str, ...]] = {
    "L401": ("minLength",),
    "L402": ("minLength",),
    "L403": ("maxLength",),
    "L404": ("maxLength",),
    "R411": ("minimum", "exclusiveMinimum"),
    "R412": ("minimum", "exclusiveMinimum"),
    "R413": ("maximum", "exclusiveMaximum"),
    "R414": ("maximum", "exclusiveMaximum"),
    "R415": ("multipleOf",),
    "R416": ("multipleOf",),
    "P421": ("pattern",),
    "P422": ("pattern",),
    "P423": ("pattern",),
    "P424": ("pattern",),
    "D803": ("pattern",),
}


def compare(finder: Finder, path: str, old: View, new: View, shared: Mask) -> None:
    """Find what changed in strings and numbers, where both are among the types that both sides allow."""
    pairs: list[tuple[leaf.Leaf, leaf.Leaf]] = []
    if shared & STRING:
        pairs.append((_text(old), _text(new)))
    if shared & NUMBER:
        pairs.append((_number(old), _number(new)))
    for mine, theirs in pairs:
        for change in leaf.changes(mine, theirs, path):
            keywords = _PLACES.get(change.rule, ())
            places = both(old, new, *keywords)
            finder.add(
                Draft(
                    rule=change.rule,
                    path=path,
                    old=change.old,
                    new=change.new,
                    effect=change.effect,
                    note=change.note,
                    places=places,
                )
            )


def _text(view: View) -> Text:
    sources = [str(said.value) for said in view.said.get("pattern", ()) if said.value not in finite.ALWAYS]
    return Text(
        min_length=int(max(_numbers(view, "minLength"), default=0)),
        max_length=None if not (found := _numbers(view, "maxLength")) else int(min(found)),
        patterns=tuple(Pattern(each, "json") for each in dict.fromkeys(sources)),
    )


def _number(view: View) -> Number:
    low = [(value, not strict) for value, strict in _bounds(view, "minimum", "exclusiveMinimum")]
    high = [(value, not strict) for value, strict in _bounds(view, "maximum", "exclusiveMaximum")]
    least = max(low, key=lambda bound: (bound[0], not bound[1]), default=None)
    most = min(high, key=lambda bound: (bound[0], bound[1]), default=None)
    return Number(
        low=None if least is None else Bound(*least),
        high=None if most is None else Bound(*most),
        multiples=tuple(dict.fromkeys(_numbers(view, "multipleOf"))),
    )


def _bounds(view: View, plain: str, exclusive: str) -> list[tuple[Decimal, bool]]:
    found = [(value, True) for value in _numbers(view, exclusive)]
    for said in view.said.get(plain, ()):
        schema = said.by.schema
        strict = isinstance(schema, dict) and schema.get(exclusive) is True
        if isinstance(said.value, int | Decimal):
            found.append((Decimal(said.value), strict))
    return found


def _numbers(view: View, keyword: str) -> list[Decimal]:
    return [
        Decimal(said.value)
        for said in view.said.get(keyword, ())
        if isinstance(said.value, int | Decimal) and not isinstance(said.value, bool)
    ]
