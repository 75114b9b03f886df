"""What a schema says without asserting it: defaults, deprecation, documentation, and names of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from smswire.diff.json import values
from smswire.diff.json.changes.drafts import Draft, Finder
from smswire.diff.json.changes.views import View, both
from smswire.diff.json.repetitions import repeated
from smswire.diff.json.sides import Side
from smswire.diff.json.values import Json, key
from smswire.diff.model import Change, Place

_DOCS = ("title", "description", "examples", "$comment")


def compare(finder: Finder, path: str, old: View, new: View) -> None:
    """Find what changed in annotations."""
    was, now = _first(old, "default"), _first(new, "default")
    if [key(each) for each in was] != [key(each) for each in now]:
        texts = [values.short(each[0]) if each else None for each in (was, now)]
        places = both(old, new, "default")
        finder.add(Draft(rule="V308", path=path, old=texts[0], new=texts[1], places=places))
    if _first(new, "deprecated") == [True] and _first(old, "deprecated") != [True]:
        places = (old.place, new.place_of("deprecated"))
        finder.add(Draft(rule="D802", path=path, places=places))
    if _docs(old) != _docs(new):
        places = both(old, new, *_DOCS)
        finder.add(Draft(rule="D801", path=path, places=places))


def _first(view: View, keyword: str) -> list[Json]:
    said = view.first(keyword)
    return [] if said is None else [said.value]


def _docs(view: View) -> list[list[object]]:
    return [[key(said.value) for said in view.said.get(each, ())] for each in _DOCS]


def dialect(finder: Finder, old: View, new: View) -> None:
    """Find what changed in the names of the schema itself."""
    for keyword in ("$schema", "$id", "id"):
        was, now = _texts(old, keyword), _texts(new, keyword)
        if was != now and (keyword != "id" or old.dialect == new.dialect == 4):
            places = both(old, new, keyword)
            finder.add(Draft(rule="D804", path="", old=was or None, new=now or None, effect="neutral", places=places))


def _texts(view: View, keyword: str) -> str:
    own: Iterable[Json] = [each.schema.get(keyword) for each in view.spot[:1] if isinstance(each.schema, dict)]
    return ", ".join(values.short(each) for each in own if isinstance(each, str))


def repetitions(old: Side, new: Side) -> Iterator[Change]:
    """What each side says twice in different ways, so that its readers may not agree on it."""
    sides = [[(each.path, each.text) for each in side.library.files.values()] for side in (old, new)]
    if [text for _, text in sides[0]] == [text for _, text in sides[1]]:
        return
    for index, files in enumerate(sides):
        for path, text in files:
            for name, line in repeated(text).items():
                place = Place(str(path), line)
                yield Change(
                    rule="X900",
                    path="",
                    note=f"{values.short(name)} is there twice in one object; the last is taken, as most readers do",
                    old_place=None if index else place,
                    new_place=place if index else None,
                )
