"""Which schema files belong together, and which documents a folder is about."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal, NoReturn, TypeAlias
from urllib.parse import unquote

from attrs import frozen

from smswire.diff.errors import ComparisonError
from smswire.diff.model import Direction

Asked: TypeAlias = Direction | Literal["both", "auto"]
"""The direction as a user asks for it; "auto" takes it from the file's name, and both where that does not say."""

_SUFFIXES = (".schema.json", ".xsd", ".json")
_DIRECTION = re.compile(r"\.(request|response)(?=\.)")
_REFERENCE = re.compile(rb"""(?:schemaLocation\s*=\s*["']|"\$(?:dynamicR|r)ef"\s*:\s*")([^"'#?]+)""")


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
    sides = [_documents(each) for each in (old, new)]
    if any(_DIRECTION.search(name) for side in sides for name in side):
        # where files say their direction, those that do not are parts of them
        sides = [{name: path for name, path in side.items() if _DIRECTION.search(name)} for side in sides]
    names = sorted({*sides[0], *sides[1]})
    if not names:
        raise ComparisonError(f"{new}: nothing to compare, no folder holds a schema (.xsd, .schema.json, .json)")
    return tuple(
        Matched(
            name=_document(each), old=sides[0].get(each), new=sides[1].get(each), directions=_directions(each, asked)
        )
        for each in names
    )


def _document(name: str) -> str:
    """ "quicktel/sms_send.request.xsd" is "quicktel/sms_send.request"."""
    return name.removesuffix(next((each for each in _SUFFIXES if name.endswith(each)), ""))


def _directions(name: str, asked: Asked) -> tuple[Direction, ...]:
    if asked in ("request", "response"):
        return (asked,)
    found = _DIRECTION.search(name) if asked == "auto" else None
    if found is None:
        return ("request", "response")
    return ("request",) if found[1] == "request" else ("response",)


def _documents(folder: Path) -> Mapping[str, Path]:
    """The schema files of a folder and those below it, without those that others only refer to."""
    paths = sorted(_schemas(folder))
    if any(each.name.endswith(".schema.json") for each in paths):
        paths = [each for each in paths if each.name.endswith((".schema.json", ".xsd"))]
    parts = _referred(paths)
    documents = [each for each in paths if each.resolve() not in parts] or paths
    return {each.relative_to(folder).as_posix(): each for each in documents}


def _schemas(folder: Path) -> Iterator[Path]:
    """The files of a folder that are named like schemas, without what is hidden. Links that lead nowhere are there."""
    for parent, folders, names in os.walk(folder, onerror=_unreadable):
        folders[:] = [each for each in folders if not each.startswith(".")]
        paths = [Path(parent, each) for each in names if each.endswith(_SUFFIXES) and not each.startswith(".")]
        yield from (each for each in paths if each.is_file() or each.is_symlink())


def _unreadable(error: OSError) -> NoReturn:
    raise ComparisonError(f"{error.filename}: {error.strerror}")


def references(content: bytes) -> Sequence[str]:
    """What a schema refers to, as far as it can be seen without understanding it."""
    found = (each.decode("utf-8", "replace") for each in _REFERENCE.findall(content.replace(b"\0", b"")))
    return [unquote(each).replace("\\", "/") for each in found]


def _referred(paths: Sequence[Path]) -> set[Path]:
    """The files that others of these refer to."""
    found: set[Path] = set()
    for path in paths:
        # one that cannot be read is told of when it is compared
        with suppress(OSError):
            found.update(_targets(path))
    return found


def _targets(path: Path) -> Iterator[Path]:
    own = path.resolve()
    for each in references(path.read_bytes()):
        target = (own.parent / (each.rpartition("/")[2] if "://" in each else each)).resolve()
        if target != own:
            yield target
