"""What keeps two schemas from being compared at all, as opposed to what the comparison finds."""

from __future__ import annotations

from collections.abc import Callable


class ComparisonError(Exception):
    """Nothing could be compared; the text begins with the file, and the line where it is known."""

    def renamed(self, name: Callable[[str], str]) -> ComparisonError:
        """The same error with the file's name for people."""
        del name
        return self


class UnreadableSchema(ComparisonError):
    """A file is missing, or holds no schema that could be compared. `line` counts from 1, 0 where not known."""

    def __init__(self, file: str, line: int, problem: str) -> None:
        super().__init__(f"{_place(file, line)}: {problem}")
        self.file = file
        self.line = line
        self.problem = problem

    def renamed(self, name: Callable[[str], str]) -> UnreadableSchema:
        """The same error with the file's name for people."""
        return UnreadableSchema(name(self.file), self.line, self.problem)


class UnresolvedReference(ComparisonError):
    """A schema refers to something that is not on the disk beside it. Nothing is ever downloaded."""

    def __init__(self, file: str, line: int, reference: str) -> None:
        super().__init__(f"{_place(file, line)}: cannot resolve the reference {reference}")
        self.file = file
        self.line = line
        self.reference = reference

    def renamed(self, name: Callable[[str], str]) -> UnresolvedReference:
        """The same error with the file's name for people."""
        return UnresolvedReference(name(self.file), self.line, self.reference)


def _place(file: str, line: int) -> str:
    return f"{file}:{line}" if line else file
