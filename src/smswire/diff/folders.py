"""The documents of two files or two folders, side by side.

A folder's documents are paired by their names without the suffix, "status.response.schema.json" with
"status.response.json", unless one side has both. What is a document on either side (see `belonging`) is one.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NoReturn, TypeAlias

from attrs import frozen

from smswire.diff import belonging
from smswire.diff.belonging import DIRECTION
from smswire.diff.errors import ComparisonError
from smswire.diff.model import Direction

Asked: TypeAlias = Direction | Literal["both", "auto"]
"""The direction as a user asks for it; "auto" takes it from the file's name, and both where that does not say."""

_SUFFIXES = (".schema.json", ".xsd", ".json")


@frozen(kw_only=True)
class Matched:
    """A document and its schema on each side, None where it is not there."""

    name: str
    old: Path | None
    new: Path | None
    directions: tuple[Direction, ...]


def matched(old: Path, new: Path, asked: Asked) -> tuple[Matched, ...]:
    """The documents of two files, or of two folders by the names of their files. Raises `ComparisonError`."""
    for each in (old, new):
        if not each.exists():
            raise ComparisonError(f"{each}: is not there")
        if not each.is_file() and not each.is_dir():
            raise ComparisonError(f"{each}: is neither a file nor a folder")
    if old.is_dir() != new.is_dir():
        raise ComparisonError(f"{new}: a file is compared with a file, and a folder with a folder")
    if not old.is_dir():
        return (Matched(name=_document(new.name), old=old, new=new, directions=_directions(new.name, asked)),)
    sides = [{each.relative_to(folder).as_posix(): each for each in _schemas(folder)} for folder in (old, new)]
    keys = _keys(sides[0], sides[1])
    files = [{keys[name]: path for name, path in side.items()} for side in sides]
    chosen = [belonging.documents(side.values()) for side in sides]
    names = sorted({key for side, paths in zip(files, chosen, strict=True) for key in side if side[key] in paths})
    if not names:
        raise ComparisonError(f"{new}: nothing to compare, no folder holds a schema (.xsd, .schema.json, .json)")
    shown = Counter(_document(each) for each in names)
    return tuple(
        Matched(
            name=_document(each) if shown[_document(each)] == 1 else each,
            old=files[0].get(each),
            new=files[1].get(each),
            directions=_directions(each, asked),
        )
        for each in names
    )


def _keys(*sides: Mapping[str, Path]) -> Mapping[str, str]:
    """What the same document's files have in common, by the files' names."""
    plain = {each: _plain(each) for side in sides for each in side}
    doubled = {key for side in sides for key, count in Counter(plain[each] for each in side).items() if count > 1}
    return {name: name if key in doubled else key for name, key in plain.items()}


def _plain(name: str) -> str:
    """ "a.schema.json" is "a.json"."""
    return f"{_document(name)}.xsd" if name.lower().endswith(".xsd") else f"{_document(name)}.json"


def _document(name: str) -> str:
    """ "quicktel/sms_send.request.xsd" is "quicktel/sms_send.request"."""
    suffix = next((each for each in _SUFFIXES if name.lower().endswith(each)), "")
    return name[: len(name) - len(suffix)]


def _directions(name: str, asked: Asked) -> tuple[Direction, ...]:
    if asked in ("request", "response"):
        return (asked,)
    found = DIRECTION.search(name) if asked == "auto" else None
    if found is None:
        return ("request", "response")
    return ("request",) if found[1] == "request" else ("response",)


def _schemas(folder: Path) -> Iterator[Path]:
    """The files of a folder that are named like schemas, without what is hidden. Links that lead nowhere are there."""
    for parent, folders, names in os.walk(folder, onerror=_unreadable):
        folders[:] = [each for each in folders if not each.startswith(".")]
        paths = [Path(parent, each) for each in names if each.lower().endswith(_SUFFIXES) and not each.startswith(".")]
        yield from (each for each in paths if each.is_file() or each.is_symlink())


def _unreadable(error: OSError) -> NoReturn:
    raise ComparisonError(f"{error.filename}: {error.strerror}")
