"""What was made in a temporary folder goes to its place: only what changed, and nothing that somebody else wrote."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import cast

from smswire_codegen.names import GENERATE

MANIFEST = "manifest.json"
_SUFFIXES = (".py", ".json", ".typed", ".xsd")


class Refused(Exception):
    """A package cannot be generated where it is wanted; the text says why."""


def files(folder: Path) -> list[str]:
    """The files below a folder that a build may have written, relative to it, in POSIX form."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix in _SUFFIXES)
    return sorted(path.relative_to(folder).as_posix() for path in found)


def written_before(folder: Path) -> list[str]:
    """The files that `smswire generate` wrote to a folder, by its manifest; none where there is nothing yet.

    Raises `Refused` for a folder with other things in it, and for what is no folder.
    """
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return []
    try:
        manifest = cast("dict[str, object]", json.loads((folder / MANIFEST).read_text("utf-8")))
        names = [str(each) for each in cast("list[object]", manifest["files"])]
        ours = manifest["command"] == GENERATE and not any(_outside(each) for each in names)
    except (OSError, ValueError, KeyError, TypeError):
        ours, names = False, []
    if not ours:
        raise Refused(f"there is something else already, which {GENERATE} did not write")
    return [MANIFEST, *names]


def _outside(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts


def replace(made: Path, folder: Path, before: Iterable[str]) -> list[str]:
    """Bring `folder`, to which the files `before` were written earlier, to what was made.

    Files that are the same stay untouched. Returns those that changed, were added or went. Raises `Refused`, and
    changes nothing, where a file that was not written earlier is in the way.
    """
    new = {name: (made / name).read_bytes() for name in files(made)}
    old = {name: (folder / name).read_bytes() for name in before if (folder / name).is_file()}
    if others := [name for name in new if name not in old and (folder / name).exists()]:
        raise Refused(f"{others[0]} is in the way, which {GENERATE} did not write")
    changed = [name for name in new.keys() | old.keys() if new.get(name) != old.get(name)]
    # the manifest before the files that it lists, so that a run that was cut short is made good by the next
    for name in sorted(changed, key=lambda name: (name in new, name != MANIFEST)):
        if name in new:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(new[name])
        else:
            (folder / name).unlink()
    return sorted(changed)
