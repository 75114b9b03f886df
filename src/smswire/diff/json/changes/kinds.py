"""Types, listed values, and formats."""

from __future__ import annotations

from collections.abc import Mapping

from smswire.diff.json import assertions, values
from smswire.diff.json.changes import leaves
from smswire.diff.json.changes.drafts import Draft, Finder
from smswire.diff.json.changes.views import Spot, View, both
from smswire.diff.json.dialects import Dialect
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
    WHOLE,
    Anything,
    Mask,
    Node,
)
from smswire.diff.json.values import Json, Key, key

_WORDS: Mapping[Mask, str] = {NULL: "null", BOOLEAN: "boolean", STRING: "string", ARRAY: "array", OBJECT: "object"}
FORMATS = frozenset({"format", "contentEncoding", "contentMediaType"})
"""Keywords that assert in some drafts and only annotate in others."""
_VERSIONS = frozenset({"version", "specversion", "schemaversion", "apiversion", "schema_version", "spec_version"})


def compare(finder: Finder, path: str, old: View, new: View) -> Mask:
    """Find what changed in types and single values. Gives the types whose other keywords are worth comparing."""
    was, now = listed(old), listed(new)
    mine, theirs = allowed(old), allowed(new)
    shared = mine & theirs
    if was is not None and now is not None:
        _values(finder, path, old, new, was, now)
        formats(finder, path, old, new)
        return shared & (ARRAY | OBJECT)
    if was is None and now is None:
        _types(finder, path, old, new, *_of_alternatives(finder, old, new, mine, theirs))
    elif not shared:
        _types(finder, path, old, new, mine, theirs)
    else:
        # a list of values alone says nothing more of types than which it adds
        kinds = [_typed(view) or one | other for view, one, other in ((old, mine, theirs), (new, theirs, mine))]
        _types(finder, path, old, new, *kinds)
        _values(finder, path, old, new, was, now)
    leaves.compare(finder, path, old, new, shared)
    formats(finder, path, old, new)
    return shared


def allowed(view: View) -> Mask:
    """The types that a schema's own words allow."""
    mask = _typed(view) or (0 if "type" in view.said else ALL)
    values = listed(view)
    if values is not None:
        kinds_of_values: Mask = 0
        for each in values.values():
            kind = type_of(each)
            kinds_of_values |= INTEGER | WHOLE if kind in (INTEGER, WHOLE) else kind
        mask &= kinds_of_values
    return mask


def _typed(view: View) -> Mask:
    """The types that `type` names, none where nothing does."""
    mask = ALL if "type" in view.said else 0
    for said in view.said.get("type", ()):
        kinds = said.value if isinstance(said.value, list) else [said.value]
        one: Mask = NULL if said.nullable else 0
        for each in kinds:
            if isinstance(each, str):
                one |= assertions.mask(each, said.by.resource.dialect)
        mask &= one
    return mask


def _of_alternatives(finder: Finder, old: View, new: View, mine: Mask, theirs: Mask) -> tuple[Mask, Mask]:
    """The types, with those that alternatives leave where only one side has any."""
    if bool(old.unions()) == bool(new.unions()):
        return mine, theirs
    return mine & old.node(finder.universe).may, theirs & new.node(finder.universe).may


def described(mask: Mask) -> str:
    """The types by their names."""
    if mask & ~WHOLE == ALL & ~WHOLE:
        return "any"
    numbers = "number" if mask & FRACTION else "integer" if mask & (INTEGER | WHOLE) else None
    names = [name for kind, name in _WORDS.items() if kind & mask and kind != NULL]
    return " or ".join([*([numbers] if numbers else []), *names, *(["null"] if mask & NULL else [])]) or "nothing"


def spelled(view: View, spot: Spot) -> str:
    """The types that some schemas allow, for a message."""
    return described(allowed(View(view.side, spot))) if spot else "any"


def listed(view: View) -> dict[Key, Json] | None:
    """The only values that are allowed, None when they are not listed."""
    found: dict[Key, Json] | None = None
    lists = [(said, said.value) for said in view.said.get("enum", ()) if isinstance(said.value, list)]
    if view.dialect >= Dialect.D6:
        lists += [(said, [said.value]) for said in view.said.get("const", ())]
    groups = [[*each, None] if said.nullable else each for said, each in [*lists, *view.spelled()]]
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


def formats(finder: Finder, path: str, old: View, new: View) -> None:
    """Find what changed in formats, whether they assert or only annotate."""
    for keyword in sorted(FORMATS):
        was, now = ([said.value for said in view.said.get(keyword, ())] for view in (old, new))
        gone = [each for each in was if each not in now]
        more = [each for each in now if each not in was]
        mine, theirs = _only(finder, old, keyword), _only(finder, new, keyword)
        note = ""
        if not gone and not more:
            if mine is theirs:
                continue
            # the drafts take the same words otherwise
            gone, more = ([], now) if isinstance(mine, Anything) else (was, [])
            note = "which the new draft asserts" if more else "which the new draft only annotates"
        rule = "P425" if not gone else "P426" if not more else "T208"
        finder.add(
            Draft(
                rule=rule,
                path=path,
                old=values.listed(gone) or None,
                new=values.listed(more) or None,
                places=(old.place_of(keyword), new.place_of(keyword)),
                note=note,
                effect=finder.effect(mine, theirs),
            )
        )


def _only(finder: Finder, view: View, keyword: str) -> Node:
    """What the keyword alone asserts."""
    said = view.first(keyword)
    schema: dict[str, Json] = {} if said is None else {keyword: said.value}
    return finder.universe.both(assertions.asserted(schema, view.dialect, finder.universe))
