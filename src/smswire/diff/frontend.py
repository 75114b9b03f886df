"""What a schema language gives the comparison, and which language two files are in."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from smswire.diff.errors import UnreadableSchema
from smswire.diff.model import Change, Inclusion, Side


class Pair(Protocol):
    """Two schemas of one language, read and ready to be compared.

    `deadline` is a time of `time.monotonic`: past it, what is not yet known is undecided. Nothing raises.
    """

    def included(self, sub: Side, *, deadline: float | None = None) -> Inclusion:
        """Whether every document of one side is valid under the other."""
        ...

    def changes(self, *, deadline: float | None = None) -> tuple[Change, ...]:
        """What changed from old to new, one change per cause, whatever the direction."""
        ...


def load(old: Path, new: Path, root: str | None = None) -> Pair:
    """Read two schema files of one language, XSD or JSON Schema.

    `root` names the root element that the comparison is about, or for JSON Schema a JSON pointer or an `$anchor`.
    Raises `UnreadableSchema` and `UnresolvedReference`.
    """
    languages = [is_xsd(old), is_xsd(new)]
    if languages[0] != languages[1]:
        raise UnreadableSchema(str(new), 0, f"is not in the language of {old.name}: XSD is compared with XSD only")
    if languages[0]:
        from smswire.diff import xsd

        return xsd.Pair.load(old, new, root)
    from smswire.diff import json

    pair = json.Pair.load(old, new, root)
    if not root and pair.only_defines():
        problem = "there is no document to compare: the root takes anything; choose a part with --root"
        raise UnreadableSchema(str(new), 0, problem)
    return pair


def is_xsd(path: Path) -> bool:
    """By the name, and where that says nothing, by the first sign of the content."""
    if path.suffix.lower() in (".xsd", ".json"):
        return path.suffix.lower() == ".xsd"
    try:
        with path.open("rb") as stream:
            head = stream.read(64)
    except OSError as error:
        raise UnreadableSchema(str(path), 0, error.strerror or "cannot be read") from None
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").startswith(b"<")
