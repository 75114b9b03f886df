"""Lines of a Python module in the making."""

from __future__ import annotations

import contextlib
from collections.abc import Generator


class Source:
    """A module: its docstring first, then whatever is added. `indented()` nests."""

    def __init__(self, doc: str) -> None:
        self._lines = [docstring(doc), "", "from __future__ import annotations", ""]
        self._indent = 0

    def add(self, *lines: str) -> None:
        self._lines += ["    " * self._indent + line if line else "" for line in lines]

    @contextlib.contextmanager
    def indented(self, opening: str) -> Generator[None]:
        self.add(opening)
        self._indent += 1
        yield
        self._indent -= 1

    def __str__(self) -> str:
        return "\n".join(self._lines) + "\n"


def docstring(text: str) -> str:
    """A literal of a text, between three quotes where it can stand there as it is."""
    return f'"""{text}"""' if not text.endswith('"') and "\\" not in text and '"""' not in text else repr(text)
