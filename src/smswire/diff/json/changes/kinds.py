"""Types, listed values and what bounds single values: compared as leaf types, as for every schema language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from smswire.diff import leaf
from smswire.diff.json import assertions, finite, values
from smswire.diff.json.changes.drafts import Draft, Finder
from smswire.diff.json.changes.views import View, both
from smswire.diff.json.dialects import Dialect
from smswire.diff.json.jsontypes import type_of
from smswire.diff.json.nodes import (
    ALL,
    ARRAY,
    BOOLEAN,
    FRACTION,
    INTEGER,
    NULL,
    NUMBER,
    OBJECT,
    STRING,
    WHOLE,
    Mask,
    Node,
)
from smswire.diff.json.values import Json, Key, key
from smswire.diff.leaf import Bound, Number, Text
from smswire.diff.patterns import Pattern

_WORDS: Mapping[Mask, str] = {NULL: "null", BOOLEAN: "boolean", STRING: "string", ARRAY: "array", OBJECT: "object"}
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
_VERSIONS = frozenset({"version", "specversion", "schemaversion", "apiversion", "schema_version", "spec_version"})


def compare(finder: Finder, path: str, old: View, new: View) -> Mask:
    """Find what changed in types and single values. Gives the types whose other keywords are worth comparing."""
    was, now = listed(old), listed(new)
    mine, theirs = allowed(old), allowed(new)
    if was is None or now is None:
        _types(finder, path, old, new, mine, theirs)
    if was is not None or now is not None:
        _values(finder, path, old, new, was, now)
        if was is not None and now is not None:
            return mine & theirs & (ARRAY | OBJECT)
    shared = mine & theirs
    _leaves(finder, path, old, new, shared)
    formats(finder, path, old, new)
    return shared


def allowed(view: View) -> Mask:
    """The types that a schema's own words allow."""
    mask = ALL
    for said in view.said.get("type", ()):
        kinds = said.value if isinstance(said.value, list) else [said.value]
        one: Mask = 0
        for each in kinds:
            if isinstance(each, str):
                one |= assertions.mask(each, said.by.resource.dialect)
        mask &= one
    values = listed(view)
    if values is not None:
        kinds_of_values: Mask = 0
        for each in values.values():
            kind = type_of(each)
            kinds_of_values |= INTEGER | WHOLE if kind in (INTEGER, WHOLE) else kind
        mask &= kinds_of_values
    return mask


def described(mask: Mask) -> str:
    """The types by their names."""
    if mask & ~WHOLE == ALL & ~WHOLE:
        return "any"
    numbers = "number" if mask & FRACTION else "integer" if mask & (INTEGER | WHOLE) else None
    names = [name for kind, name in _WORDS.items() if kind & mask and kind != NULL]
    return " or ".join([*([numbers] if numbers else []), *names, *(["null"] if mask & NULL else [])]) or "nothing"


def listed(view: View) -> dict[Key, Json] | None:
    """The only values that are allowed, None when they are not listed."""
    found: dict[Key, Json] | None = None
    groups: list[Iterable[Json]] = [said.value for said in view.said.get("enum", ()) if isinstance(said.value, list)]
    if view.dialect >= Dialect.D6:
        groups += [[said.value] for said in view.said.get("const", ())]
    groups += [each for _, each in view.spelled()]
    for group in groups:
        found = {key(each): each for each in group if found is None or key(each) in found}
    return found


def _types(finder: Finder, path: str, old: View, new: View, mine: Mask, theirs: Mask) -> None:
    """Tell how the types changed."""
    if not (mine ^ theirs) & ~WHOLE:
        return
    finder.add(
        Draft(
            rule=_type_rule(finder, old, new, mine, theirs),
            path=path,
            old=described(mine),
            new=described(theirs),
            places=(
                old.place_of("type", "enum", "const", "anyOf", "oneOf"),
                new.place_of("type", "enum", "const", "anyOf", "oneOf"),
            ),
        )
    )


def _type_rule(finder: Finder, old: View, new: View, mine: Mask, theirs: Mask) -> str:
    less, more = mine & ~theirs & ~WHOLE, theirs & ~mine & ~WHOLE
    if not less:
        return "T207" if theirs & ~WHOLE == ALL & ~WHOLE else "T204" if more == NULL else "T202"
    if not more:
        return "T206" if mine & ~WHOLE == ALL & ~WHOLE else "T205" if less == NULL else "T203"
    if not mine & theirs & ~NULL:
        if more == ARRAY and _holds(finder, new, mine & ~NULL):
            return "C105"
        if less == ARRAY and _holds(finder, old, theirs & ~NULL):
            return "C106"
    return "T201"


def _holds(finder: Finder, view: View, mask: Mask) -> bool:
    """Whether an array's items may be of some types."""
    _, rest = view.items()
    return bool(rest) and bool(finder.node(view, rest).may & mask) and finder.node(view, rest).may != ALL


def _values(
    finder: Finder, path: str, old: View, new: View, was: dict[Key, Json] | None, now: dict[Key, Json] | None
) -> None:
    places = both(old, new, "enum", "const", "anyOf", "oneOf")
    if was is None or now is None:
        known = was or now or {}
        one = len(known) == 1
        rule = ("V306" if one else "V303") if was is None else ("V307" if one else "V304")
        texts = [None if each is None else values.listed(each.values()) for each in (was, now)]
        finder.add(Draft(rule=rule, path=path, old=texts[0], new=texts[1], places=places))
        return
    gone = [each for k, each in was.items() if k not in now]
    more = [each for k, each in now.items() if k not in was]
    if len(was) == len(now) == 1 and gone:
        name = path.rpartition("/")[2].lower()
        rule = "N705" if name in _VERSIONS else "V305"
        finder.add(Draft(rule=rule, path=path, old=values.listed(gone), new=values.listed(more), places=places))
        return
    if gone:
        rule = "T205" if gone == [None] else "V302"
        finder.add(Draft(rule=rule, path=path, old=values.listed(gone), places=places))
    if more:
        rule = "T204" if more == [None] else "V301"
        finder.add(Draft(rule=rule, path=path, new=values.listed(more), places=places))


def _leaves(finder: Finder, path: str, old: View, new: View, shared: Mask) -> None:
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


def formats(finder: Finder, path: str, old: View, new: View) -> None:
    """Find what changed in formats, whether they assert or only annotate."""
    for keyword in ("format", "contentEncoding", "contentMediaType"):
        was, now = ([said.value for said in view.said.get(keyword, ())] for view in (old, new))
        gone = [each for each in was if each not in now]
        more = [each for each in now if each not in was]
        if not gone and not more:
            continue
        rule = "P425" if not gone else "P426" if not more else "T208"
        finder.add(
            Draft(
                rule=rule,
                path=path,
                old=values.listed(gone) or None,
                new=values.listed(more) or None,
                places=(old.place_of(keyword), new.place_of(keyword)),
                effect=finder.effect(_only(finder, old, keyword), _only(finder, new, keyword)),
            )
        )


def _only(finder: Finder, view: View, keyword: str) -> Node:
    """What the keyword alone asserts."""
    said = view.first(keyword)
    schema: dict[str, Json] = {} if said is None else {keyword: said.value}
    return finder.universe.both(assertions.asserted(schema, view.dialect, finder.universe))
