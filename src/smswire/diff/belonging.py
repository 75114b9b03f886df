"""Which files of a folder are documents of their own, and which are parts of others.

Every schema is a document, but for two kinds, which are compared through those that refer to them: what another schema
of the folder refers to, and a JSON Schema of definitions alone. A JSON Schema of which others need definitions only is
a document when it asserts something itself. A file that says its direction by its name is a document whatever refers to
it. JSON files that are no schemas (`jsonfiles.is_schema`) are none; one that cannot be read is, so that it is told of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote

from attrs import frozen

from smswire.diff import frontend, jsonfiles

DIRECTION = re.compile(r"\.(request|response)(?=\.)")
"""Where a file's name says its direction."""

_REFERENCE = re.compile(rb"""(?:schemaLocation\s*=\s*["']|"\$(?:dynamicR|r)ef"\s*:\s*")([^"'#?]+)(\??[^"'#]*#[^"'])?""")


def references(content: bytes) -> Sequence[str]:
    """The files that a schema refers to, as far as it can be seen without understanding it."""
    return [each for each, _ in _references(content)]


def _references(content: bytes) -> Iterator[tuple[str, bool]]:
    """The files, and whether they are referred to as a whole."""
    for each, fragment in _REFERENCE.findall(content.replace(b"\0", b"")):
        yield unquote(each.decode("utf-8", "replace")).replace("\\", "/"), not fragment


@frozen(kw_only=True)
class _File:
    """What a file says, as far as it matters here."""

    schema: bool = True
    asserts: bool = True
    library: bool = False
    whole: frozenset[Path] = frozenset()
    """The files that it refers to as a whole."""
    parts: frozenset[Path] = frozenset()
    """The files that it refers to definitions of."""


def documents(paths: Iterable[Path]) -> set[Path]:
    """The documents among the files of a folder."""
    files = {_resolved(each): (each, file) for each in paths if (file := _read(each)).schema}
    whole = frozenset[Path]().union(*(file.whole for _, file in files.values()))
    parts = frozenset[Path]().union(*(file.parts for _, file in files.values()))
    found: set[Path] = set()
    for own, (path, file) in files.items():
        part = own in whole or (own in parts and not file.asserts)
        if DIRECTION.search(path.name) or not (part or file.library):
            found.add(own)
    # those that refer to each other, and that nothing else needs, are parts of nothing
    reached = _reached(found, {own: file.whole | file.parts for own, (_, file) in files.items()})
    found.update(own for own, (_, file) in files.items() if own not in reached and not file.library)
    return {files[each][0] for each in found}


def _reached(start: Iterable[Path], edges: Mapping[Path, Iterable[Path]]) -> set[Path]:
    found: set[Path] = set()
    todo = list(start)
    while todo:
        at = todo.pop()
        if at not in found:
            found.add(at)
            todo += edges.get(at, ())
    return found


def _read(path: Path) -> _File:
    content = b""
    # one that cannot be read is told of when it is compared
    with suppress(OSError):
        content = path.read_bytes()
    own = _resolved(path)
    targets = [(_target(own, name), whole) for name, whole in _references(content)]
    whole = frozenset(each for each, entire in targets if entire and each != own)
    parts = frozenset(each for each, entire in targets if not entire and each != own)
    if frontend.is_xsd(path):
        return _File(whole=whole)
    try:
        value: object = json.loads(content)
    except (ValueError, RecursionError):
        return _File(whole=whole, parts=parts)
    anything = jsonfiles.takes_anything(value)
    return _File(
        schema=path.name.lower().endswith(".schema.json") or jsonfiles.is_schema(value),
        asserts=not anything,
        library=anything and jsonfiles.defines(value),
        whole=whole,
        parts=parts,
    )


def _target(own: Path, name: str) -> Path:
    return _resolved(own.parent / (name.rpartition("/")[2] if "://" in name else name))


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        # links in a circle, or a name that no file can have
        return path.absolute()
