"""What keeps two schemas from being compared at all, as opposed to what the comparison finds."""

from __future__ import annotations


class ComparisonError(Exception):
    """Nothing could be compared; the text begins with the file, and the line where it is known."""


class UnreadableSchema(ComparisonError):
    """A file is missing, or holds no schema that could be compared. `line` counts from 1, 0 where not known."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(f"{file}:{line}: {problem}" if line else f"{file}: {problem}")
        self.file = file
        self.line = line
        self.problem = problem


class UnresolvedReference(ComparisonError):
    """A schema refers to something that is not on the disk beside it. Nothing is ever downloaded."""

    def __init__(self, file: str, line: int, reference: str) -> None:
        where = f"{file}:{line}" if line else file
        super().__init__(f"{where}: cannot resolve the reference {reference}")
        self.file = file
        self.line = line
        self.reference = reference
