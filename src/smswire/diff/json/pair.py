"""Two JSON Schemas, read and ready to be compared."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from smswire.diff import jsonfiles
from smswire.diff.errors import UnreadableSchema
from smswire.diff.json import documents, inclusion
from smswire.diff.json.changes import changes
from smswire.diff.json.documents import Document
from smswire.diff.json.lowering import Loops
from smswire.diff.json.sides import Side
from smswire.diff.json.universe import Universe
from smswire.diff.model import Change, Inclusion


class Pair:
    """The two sides of a comparison, over one universe of nodes."""

    def __init__(self, universe: Universe, old: Side, new: Side) -> None:
        self.universe = universe
        self.old = old
        self.new = new

    @classmethod
    def load(cls, old: Path, new: Path, root: str | None = None) -> Pair:
        """Read two files. Raises `UnreadableSchema` and `UnresolvedReference`."""
        read = [(path, *documents.read(path)) for path in (old, new)]
        drafts = [documents.draft(path, raw) for path, _, raw in read]
        universe, loops = Universe(), Loops()
        sides: list[Side] = []
        try:
            free = documents.undeclared([raw for (_, _, raw), draft in zip(read, drafts, strict=True) if draft is None])
            for (path, text, raw), draft in zip(read, drafts, strict=True):
                document = Document(path, raw, text, draft or free)
                if document.problems and draft is None:
                    document = Document(path, raw, text, documents.undeclared([raw]))
                document.check()
                sides.append(Side(document, universe, loops, root))
        except RecursionError:
            raise UnreadableSchema(str(new if sides else old), 0, "is nested too deeply") from None
        return cls(universe, sides[0], sides[1])

    def only_defines(self) -> bool:
        """Whether the roots take anything, so that what differs is in definitions that they do not use."""
        old, new = (each.library.root.document.raw for each in (self.old, self.new))
        if not jsonfiles.takes_anything(old) or not jsonfiles.takes_anything(new):
            return False
        defined = jsonfiles.defines(old) or jsonfiles.defines(new)
        return defined and jsonfiles.wordless(old) != jsonfiles.wordless(new)

    def included(self, sub: Literal["old", "new"], *, deadline: float | None = None) -> Inclusion:
        """Whether every document of one side is valid under the other."""
        sides = (self.old, self.new) if sub == "old" else (self.new, self.old)
        return inclusion.included(self.universe, sides[0], sides[1], deadline)

    def changes(self, *, deadline: float | None = None) -> tuple[Change, ...]:
        """What changed from old to new, one change per cause."""
        return changes(self.universe, self.old, self.new, deadline)
