"""Files as code scanning and annotations name them: from the root of the checkout that one works in."""

from __future__ import annotations

from pathlib import Path


def split(file: str) -> tuple[str, str]:
    """The git revision of "v1.0:schemas/a.xsd", and the file. A single letter is a drive's.

    A file that is there is no revision's, whatever its name.
    """
    revision, _, path = file.partition(":")
    named = not path or len(revision) < 2 or Path(file).is_absolute() or Path(file).exists()
    return ("", file) if named else (revision, path)


def inside(file: str, checkout: Path | None) -> str | None:
    """A file from the root of a checkout: without one given, of that which the working folder is in, or that folder.

    None for a file outside of it. What git names in a revision begins at the root already.
    """
    revision, name = split(file)
    if revision:
        return name
    here = Path.cwd()
    root = checkout or next((each for each in (here, *here.parents) if (each / ".git").exists()), here)
    path = Path(name).resolve()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else None
